"""Fits how sure the tagger may be of a span, on turns that it has not learnt from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.examples import spans_of
from voice.understanding.tagging.tagger import LOW, SHA256, TaggedTurn, logit, tagger_of

UNFITTED = {"words": 1.0, "turn": 0.0, "bias": 0.0, "yes_over_no": -100.0}
ASKED_BACK = 0.04
"""Of plain yeses, how many may be held for unsure."""

Row = dict[str, Any]


def calibrate(folder: Path, rows: Sequence[Row], least: float = 0.0) -> dict[str, float]:
    """Written into the settings in the folder; a yes outweighs a no by `least` at least."""
    path = folder / "acts.json"
    settings = json.loads(path.read_text())
    path.write_text(json.dumps(settings | {"calibration": UNFITTED}))
    tagger = tagger_of({name: (folder / name).read_bytes() for name in SHA256})
    read = [
        (row, tagger.tag_turn(row["text"], asked=row["asked"], agent=row["agent"])) for row in rows
    ]
    fitted = _confidence(read) | {"yes_over_no": max(least, _margin(read))}
    path.write_text(json.dumps(settings | {"calibration": fitted}))
    return fitted


def _confidence(read: Sequence[tuple[Row, TaggedTurn]]) -> dict[str, float]:
    """Logistic regression on the words' and the turn's sureness, by Newton's method."""
    seen, right = [], []
    for row, turn in read:
        gold = spans_of(row)
        for each in turn.tagged:
            seen.append([logit(each.confidence), logit(turn.chances[each.label]), 1.0])
            right.append(
                any(
                    label == each.label and start < each.end and each.start < end
                    for start, end, label in gold
                )
            )
    x, y, w = np.array(seen), np.array(right, float), np.zeros(3)
    for _ in range(20):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve(x.T @ (x * (p * (1 - p))[:, None]) + np.eye(3), x.T @ (y - p) - w)
    return dict(zip(("words", "turn", "bias"), np.round(w, 4).tolist(), strict=True))


def _margin(read: Sequence[tuple[Row, TaggedTurn]]) -> float:
    """By how much a yes must outweigh a no: as few refusals as can be are heard as a yes."""
    yeses, noes = [], []
    for row, turn in read:
        gold = {label for _, _, label in spans_of(row)}
        far = logit(turn.chances["affirm"]) - logit(turn.chances["deny"]) if turn.chances else 0.0
        if any(each.label == "affirm" and each.confidence > LOW for each in turn.tagged):
            if "affirm" in gold and "deny" not in gold:
                yeses.append(far)
            elif gold & {"deny", "drop"}:
                noes.append(far)
    margins = [
        each for each in np.arange(0, 6, 0.25) if np.mean(np.array(yeses) < each) <= ASKED_BACK
    ]
    return float(min(margins, key=lambda each: (np.sum(np.array(noes) >= each), each)))
