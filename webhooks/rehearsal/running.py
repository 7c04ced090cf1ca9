"""Many calls: goals drawn in turn for each business, each played in several wordings."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx2

from rehearsal.drawing import draw_goal
from rehearsal.score import WORDINGS, Played
from scheduling.business_file import load_businesses, load_files
from voice.speech.opening import open_engines
from webhooks.live_calls import speech_choice
from webhooks.rehearsal.doors import Aloud
from webhooks.rehearsal.line import LineKind
from webhooks.rehearsal.playing import play
from webhooks.rehearsal.stage import Rehearsed, blank_store
from webhooks.settings import read_settings

LINES = 4
"""Spoken calls at a time: two are recognised at once, on two cores."""


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


async def rehearse(
    rehearsed: Sequence[Rehearsed], plan: Plan, aloud: Aloud | None = None
) -> AsyncGenerator[Played, None]:
    """Call after call, told in their order; the businesses take turns. Spoken ones are on several
    lines at a time: while one is being recognised, another speaks."""
    with tempfile.TemporaryDirectory(prefix="ringbook-rehearsal-") as folder:
        blank = await asyncio.to_thread(blank_store, Path(folder))
        lines = asyncio.Semaphore(1 if aloud is None else LINES)

        async def call(number: int, wording: int) -> Played:
            async with lines:
                whose = rehearsed[number % len(rehearsed)]
                goal = draw_goal(whose.business, number, plan.seed)
                if aloud is not None:  # who knows that no number is shown has his papers at hand
                    goal = replace(goal, person=replace(goal.person, shows_number=False))
                return await play(blank, whose, goal, wording=wording, seed=plan.seed, aloud=aloud)

        calls = [(number, wording) for number in plan.numbers for wording in range(plan.wordings)]
        playing = [asyncio.create_task(call(*each)) for each in calls]
        try:
            for each in playing:
                yield await each
        finally:
            for each in playing:
                each.cancel()
            await asyncio.gather(*playing, return_exceptions=True)


@asynccontextmanager
async def speaking(line: LineKind) -> AsyncIterator[Aloud]:
    """The engines that the settings name, for our side and the callers'. Raises EngineFailed."""
    choice = replace(speech_choice(read_settings()), calls=LINES)
    async with httpx2.AsyncClient() as client, open_engines(choice, client) as speech:
        yield Aloud(await speech.ready(), line)
