"""How far ahead of a visit the business's own rule lets it be changed for nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voice.spoken import sentences
from voice.understanding.dates.lengths import length
from voice.understanding.dates.words import Utterance
from voice.understanding.phrasebook import says
from voice.understanding.reading import Context


@dataclass(frozen=True, slots=True)
class FreeAhead:
    """The time ahead of a visit up to which it costs nothing, and what comes after that."""

    words: str
    """As the rule has it: "a day"."""
    ahead: timedelta
    charges: bool
    """Whether it says that something is charged after that."""


def free_ahead(rule: str, change: str) -> FreeAhead | None:
    """`change`: cancel or move. None where that is not certain: the rule tells of several lengths,
    of working days, of an exception, or of another change alone."""
    told = [(one, found) for one in sentences(rule) for found in _lengths(one)]
    if len(told) != 1 or says("free_changes", "beyond it", rule):
        return None
    [(sentence, (words, ahead))] = told
    plainly = says("free_changes", "free", sentence) and says("free_changes", change, sentence)
    if not plainly or says("free_changes", "within", sentence):
        return None
    after = rule[rule.index(sentence) + len(sentence) :]
    return FreeAhead(words, ahead, says("free_changes", "charged", after))


def _lengths(sentence: str) -> list[tuple[str, timedelta]]:
    said = Utterance(sentence, Context(now=datetime.combine(date.min, time())))
    found, at = [], 0
    while at < len(said):
        match = length(said, at)
        if match is None:
            at += 1
            continue
        one, end = match
        words = sentence[said.words[at].start : said.words[end - 1].end]
        exact = not (one.months or one.working)
        found.append((words, timedelta(days=one.days, seconds=one.seconds if exact else 0)))
        if not exact:
            found.append(found[-1])  # no certain length
        at = end
    return found
