"""A weekday and a date that do not fit: both days stay under discussion until one is named."""

from __future__ import annotations

import re

from voice.call import CallContext
from voice.understanding.reading import Reading
from voice.understanding.words import plain
from voice.wishes.discussed_days import either_day
from voice.wishes.wanted import Wanted

_ONE_OF_TWO = re.compile(
    r"(?:(?:um+|uh+|oh|ok|okay|yes|no|sorry|i mean|i meant|well|the) )*"
    r"(?:(?P<first>first|former|earlier)|second|last|latter|later)"
    r"(?: one| day| please| then| of (?:the two|those|them))*"
)


def take_doubt(context: CallContext, reading: Reading) -> bool:
    """Whether these words bring up two such days, or take the one or the other by its place; a day
    that is named is found among them like any other."""
    facts = context.facts
    if reading.disagreement is not None:
        days = either_day(reading.times, context.local_now.date())
        facts.wanted, facts.searched = Wanted(spans=days), ""
        return True
    spans = facts.wanted.spans
    found = _ONE_OF_TWO.fullmatch(plain(reading.text))
    asked_back = facts.asked == "date" and not facts.searched and len(spans) == 2
    if found is None or not asked_back or not all(span.day for span in spans):
        return False
    place = 0 if found["first"] else 1
    if "one" in reading.text or not any(span.day and span.day.day == place + 1 for span in spans):
        facts.wanted = Wanted(spans=(spans[place],))
        return True
    return False  # "the second", of December 2nd and 3rd, is a date
