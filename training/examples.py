"""Labelled turns as the tagger's learning needs them: spans, and a tag for every word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

FOLDER = Path("voice/understanding/examples")
KEPT = Path("rehearsal/kept_hands")
"""Hands that nothing is learnt from: they measure, and simulated callers speak in their words."""
KINDS = ("matter", "slot", "topic", "kind")

Span = tuple[int, int, str]


def load(hands: Iterable[str] = (), folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The turns of these hands, or of all that may be learnt from; a hand is a file."""
    wanted = set(hands)
    kept = KEPT.glob("*.jsonl") if wanted else ()
    paths = sorted((*folder.glob("*.jsonl"), *kept), key=lambda path: path.stem)
    rows = []
    for path in paths:
        if wanted and path.stem not in wanted:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                rows.append(json.loads(line) | {"hand": path.stem})
    return rows


def label_of(act: dict[str, Any]) -> str:
    """`give:when`, `affirm`."""
    return ":".join([act["act"], *[act[kind] for kind in KINDS if act.get(kind)]])


def spans_of(row: dict[str, Any]) -> list[Span]:
    """Where the acts of a row lie in its text, in order."""
    at, found = 0, []
    for act in row["acts"]:
        start = row["text"].find(act["text"], at)
        if start < 0 or not act["text"]:
            continue
        at = start + len(act["text"])
        found.append((start, at, label_of(act)))
    return found


def corrected(row: dict[str, Any]) -> list[bool]:
    """For every span of a row, whether it replaces what was said before."""
    return [bool(act.get("corrects")) for act in row["acts"] if act["text"]]


def tags_of(words: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[str]:
    """`O`, or `B-` where a span begins and `I-` where it goes on, for every word."""
    tags, last = [], None
    for start, end in words:
        hit = next((i for i, span in enumerate(spans) if span[0] < end and start < span[1]), None)
        tags.append("O" if hit is None else ("I-" if hit == last else "B-") + spans[hit][2])
        last = hit
    return tags
