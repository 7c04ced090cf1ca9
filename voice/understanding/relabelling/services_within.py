"""Services that are named within the words of something else, in a stretch of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voice.understanding.acts import Tagged
from voice.understanding.hearing import Hearing
from voice.understanding.relabelling.beside import (
    is_beside,
    leans_on,
    timed_apart,
    with_its_place,
)
from voice.understanding.services.matching import where_named
from voice.understanding.services.services_said import said_service


def with_services(text: str, tags: Sequence[Tagged], hearing: Hearing) -> list[Tagged]:
    """Also the service that is named within the words of a wish for a visit, or of the story
    before two wanted at once or before "could I get it here", where no stretch of its own gives
    it."""
    wishes = [text[tag.start : tag.end] for tag in tags if tag.label == "want:book"]
    told = is_beside(text) or any(wish.split()[-1:] == ["it"] for wish in wishes)
    within = ("want:book", "story", "give:other") if told else ("want:book",)
    given = {
        said_service(text[tag.start : tag.end], hearing.services)[0]
        for tag in tags
        if tag.label in ("give:service", "give:problem")
    }
    made: list[Tagged] = []
    for tag in (part for each in tags for part in timed_apart(text, each, hearing)):
        words = text[tag.start : tag.end]
        timed = tag.label == "give:when"
        place = where_named(words, hearing.services) if timed or tag.label in within else None
        known = given and said_service(words, hearing.services)[0] in {None, *given}
        if place is None or known and not timed or timed and leans_on(words[: place[0]]):
            made.append(tag)
            continue
        start, end = tag.start + place[0], tag.start + place[1] + with_its_place(words[place[1] :])
        if text[tag.start : start].strip() and not words.startswith("to "):
            made.append(replace(tag, end=len(text[:start].rstrip())))
        made.append(replace(tag, label="give:service", start=start, end=end))
        if timed and text[end : tag.end].strip():
            made.append(replace(tag, start=end + 1))
    return made
