"""Stretches that tell one thing together, joined again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.services.matching import where_named
from voice.understanding.words import words_of

ONE_PIECE = frozenset({"give:name", "give:phone", "give:email", "give:reference", "give:when"})
"""What is told in one piece: neighbouring stretches of it are one."""
BETWEEN = " ,.-"
"""Signs that part no two stretches."""


def run_together(text: str, tags: Sequence[Tagged], hearing: Hearing) -> Iterator[Tagged]:
    """The tags, those of one piece joined, and a service whose name ends in a time put right."""
    held: Tagged | None = None
    for tag in tags:
        if held is not None and (held.label, tag.label) == ("give:service", "give:when"):
            if end := _end_of_name(text, held, tag, hearing):  # "the check before" and "the MOT"
                held = replace(held, end=end)
                behind = words_of(text[end : tag.end])
                if not behind:
                    continue
                tag = replace(tag, start=end + behind[0].start)
        beside = held is not None and not text[held.end : tag.start].strip(BETWEEN)
        if (
            held is not None
            and beside
            and tag.label == held.label
            and (tag.label in ONE_PIECE or _end_of_name(text, held, tag, hearing))
        ):
            sure = max(held.confidence, tag.confidence)
            held = replace(held, end=tag.end, confidence=sure)
            continue
        if held is not None:
            yield held
        held = tag
    if held is not None:
        yield held


def _end_of_name(text: str, held: Tagged, tag: Tagged, hearing: Hearing) -> int:
    """Where the name of one service ends that begins in the one stretch and ends in the other: "a
    tuning" and "with pitch raise"; 0: there is none."""
    found = where_named(text[held.start : tag.end], hearing.services)
    if found is None or held.label != "give:service":
        return 0
    start, end = (held.start + at for at in found)
    return end if start < held.end and end > tag.start else 0
