"""Many calls: goals drawn in turn for each business, each played in several wordings."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearsal.drawing import draw_goal
from rehearsal.score import WORDINGS, Played
from scheduling.business_file import load_businesses, load_files
from webhooks.rehearsal.playing import play
from webhooks.rehearsal.stage import Rehearsed


@dataclass(frozen=True, slots=True)
class Plan:
    """Which callers call, by number, and how often each."""

    numbers: Sequence[int]
    seed: int
    wordings: int = WORDINGS


def rehearsed_from(files: Sequence[Path]) -> list[Rehearsed]:
    """The businesses of the files, checked; no file is the built-in sample."""
    if not files:
        return [Rehearsed(business, None) for business, _ in load_businesses(None)]
    loaded = load_files(files)
    return [Rehearsed(business, file) for (business, _), file in zip(loaded, files, strict=True)]


async def rehearse(rehearsed: Sequence[Rehearsed], plan: Plan) -> AsyncIterator[Played]:
    """Call after call; the businesses take turns."""
    with tempfile.TemporaryDirectory(prefix="ringbook-rehearsal-") as folder:
        for number in plan.numbers:
            whose = rehearsed[number % len(rehearsed)]
            goal = draw_goal(whose.business, number, plan.seed)
            for wording in range(plan.wordings):
                yield await play(Path(folder), whose, goal, wording=wording, seed=plan.seed)
