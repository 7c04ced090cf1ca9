"""When a caller has finished, by what was said and asked. Serves every door that hears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from voice.call import CallContext, listening
from voice.understanding.acts import Asked, Reading
from voice.understanding.going_on import (
    ends_open,
    ends_with_goodbye,
    has_few_signs,
    is_dictating,
    is_spelling,
    only_asks_to_wait,
)
from voice.understanding.hearing import Hearing
from voice.understanding.names.letters_in_words import tells_letters
from voice.understanding.numbers.said_numbers import said_phones
from voice.understanding.read import read

FINISHED_SECONDS = 0.25
"""After what can hardly go on: a yes to a yes-or-no question, a whole time, a goodbye."""
ORDINARY_SECONDS = 0.5
DICTATING_SECONDS = 1.2
"""Numbers come in groups, and a name that is put right is spelled next."""
UNFINISHED_SECONDS = 1.6
"""After what can hardly be all: nobody ends on "and"."""

WITH_WORDS = "with words"
"""Stands in our question for letters told by words."""
YES_OR_NO = frozenset({"confirm", "confirm_move", "confirm_cancel", "person"})
REFERENCE_SIGNS = 6
SHORT_ANSWER = 3
"""Words: "yes please", "no thank you"; a longer answer may go on."""
_END_MARKS = ".?! …"


@dataclass(frozen=True, slots=True)
class Awaited:
    """What the caller was asked, with what helps to tell whether an answer to it is whole."""

    hearing: Hearing

    @classmethod
    def of(cls, call: CallContext) -> Awaited:
        """As the last reply of this call left it."""
        return cls(listening(call))

    @property
    def asked(self) -> Asked:
        """What our last line asked for."""
        return self.hearing.asked

    @property
    def digits(self) -> bool:
        """Whether a number or a reference is to come, which the recogniser likes to know."""
        return self.asked in ("phone", "reference")

    @property
    def letters(self) -> bool:
        """Whether a name is to come, or is read back: then it may be spelled."""
        return self.asked in ("name", "confirm", "confirm_name")

    @property
    def words_for_letters(self) -> bool:
        """Whether it was asked to be spelled with words, "N for November"."""
        return self.letters and WITH_WORDS in self.hearing.agent

    def is_whole_number(self, words: str) -> bool:
        """Whether these give a telephone number that can be dialled, with what was heard of it."""
        hearing = self.hearing
        (said,) = said_phones((words,), hearing.country, hearing.digits)
        return bool(said.value)


def asks_to_wait(said: str, awaited: Awaited) -> bool:
    """Whether the caller only asks us to wait."""
    return only_asks_to_wait(read(said, awaited.hearing))


def pause_before_reply(
    said: str,
    awaited: Awaited,
    *,
    ordinary: float = ORDINARY_SECONDS,
    marks_tell: bool = False,
) -> float:
    """Seconds of silence after which the caller counts as done.

    `marks_tell`: a full stop is there only when the voice fell; recognisers that get one stretch
    of speech at a time put one behind everything.
    """
    marked = said.rstrip().endswith((".", "?", "!"))
    words = said.strip().rstrip(_END_MARKS).strip()
    if ends_open(words):
        return UNFINISHED_SECONDS
    if ends_with_goodbye(words):
        return FINISHED_SECONDS
    reading = read(words, awaited.hearing)
    if awaited.asked in ("name", "phone", "reference"):
        return _detail_pause(words, reading, awaited, ordinary)
    if _is_whole(words, reading, awaited):
        return FINISHED_SECONDS
    renames = reading.first("deny") is not None and reading.first("give:name") is not None
    dictates = is_dictating(words) or awaited.letters and (renames or is_spelling(words))
    if dictates and not any(act.times for act in reading.acts):
        return DICTATING_SECONDS
    return FINISHED_SECONDS if marks_tell and marked else ordinary


def _detail_pause(words: str, reading: Reading, awaited: Awaited, ordinary: float) -> float:
    """After an answer to the question for a name, a number or a reference; who has no reference
    gives his number instead."""
    number = reading.first("give:phone") if awaited.digits else None
    if number is not None and number.value:
        return FINISHED_SECONDS
    if number is not None and number.digits:
        return UNFINISHED_SECONDS
    if awaited.asked == "phone":
        return UNFINISHED_SECONDS if is_dictating(words) else ordinary
    if awaited.asked == "reference":
        given = reading.first("give:reference")
        if given is not None and given.value and len(given.value) >= REFERENCE_SIGNS:
            # Digits alone are the beginning of a telephone number.
            begun = given.value.isdigit() and not awaited.is_whole_number(words)
            return UNFINISHED_SECONDS if begun else FINISHED_SECONDS
        return UNFINISHED_SECONDS if is_spelling(words) or has_few_signs(words) else ordinary
    return UNFINISHED_SECONDS if is_spelling(words) or tells_letters(words) else ordinary


def _is_whole(words: str, reading: Reading, awaited: Awaited) -> bool:
    """Whether this answers what was asked and can hardly go on."""
    if awaited.asked in YES_OR_NO and reading.first("affirm", "deny"):
        return len(words.split()) <= SHORT_ANSWER and reading.first("give") is None
    choice = reading.first("choose")
    if awaited.asked == "choose" and choice is not None and len(choice.which) == 1:
        return True
    times = [when for act in reading.acts for when in act.times]
    if not times or reading.ambiguous or awaited.asked not in ("date", "time", "choose"):
        return False
    last = max(times, key=lambda when: when.span[1])
    whole = isinstance(last.value, datetime) or (
        awaited.asked in ("time", "choose")
        and last.value is not None
        and not isinstance(last.value, date)
    )
    return whole and last.span[1] >= len(words)
