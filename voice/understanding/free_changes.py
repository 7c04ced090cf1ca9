"""How far ahead of a visit the business's own rule lets it be changed for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voice.spoken import sentences
from voice.understanding.dates.lengths import length
from voice.understanding.dates.words import Utterance
from voice.understanding.phrasebook import says
from voice.understanding.reading import Context
from voice.understanding.word_lists import word_lists
from voice.understanding.words import plain

LIST = "free_changes"


@dataclass(frozen=True, slots=True)
class FreeAhead:
    """The time ahead of a visit up to which it costs nothing, and what comes after that."""

    words: str
    """As the rule has it: "a day"."""
    ahead: timedelta
    charges: bool
    """Whether it says that something is charged after that."""


def free_ahead(rule: str, change: str) -> FreeAhead | None:
    """`change`: cancel or move. None where that is not certain: the rule is of no plain shape, says
    more than what comes after that time, or is of another change."""
    first, *others = sentences(rule) or [""]
    plainly = says(LIST, "rule", first) and says(LIST, change, first)
    told = _length(first)
    if told is None or not plainly or len(others) > 1:
        return None
    if not all(says(LIST, "after that", one) for one in others):
        return None
    return FreeAhead(*told, charges=any(says(LIST, "charged", one) for one in others))


def asks_just_that(words: str, change: str) -> bool:
    """Whether a question asks for nothing but what this change costs, of this visit."""
    other = "move" if change == "cancel" else "cancel"
    return set(plain(words).split()) <= word_lists(LIST)["asked"] and not says(LIST, other, words)


def _length(sentence: str) -> tuple[str, timedelta] | None:
    """The one length that it tells, as it says it; None where there are several, or of a length
    that is not the same for every day."""
    said = Utterance(sentence, Context(now=datetime.combine(date.min, time())))
    found, at = [], 0
    while at < len(said):
        match = length(said, at)
        if match is None:
            at += 1
            continue
        one, end = match
        words = sentence[said.words[at].start : said.words[end - 1].end]
        if one.months or one.working:
            return None
        found.append((words, timedelta(days=one.days, seconds=one.seconds)))
        at = end
    return found[0] if len(found) == 1 else None
