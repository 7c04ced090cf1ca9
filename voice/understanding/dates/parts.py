"""Parts of the day: "in the morning", "late afternoon", "tonight", "first thing"."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from voice.understanding.dates.lexicon import (
    AFTERNOON,
    MORNING,
    NEXT,
    PARTS,
    THIS,
    TODAY,
    TOMORROW,
    TONIGHT,
    WEEKDAYS,
)
from voice.understanding.dates.meaning import Day, Heard, Part, Span
from voice.understanding.dates.words import Utterance, read_once

Found = tuple[Heard, int]
EARLY, LATE = ("early", "early in", "earlier in"), ("late", "late in", "later in")
MIDDLE = ("mid", "middle of", "the middle of")
WORKING_DAY = ("business hours", "working hours", "office hours", "opening hours", "work hours")
DAY_END = ("end of the day", "end of day", "eod", "the end of the day", "the eod", "end of my day",
           "end of the working day")  # fmt: skip
LATE_IN_DAY = ("close of business", "cob", "end of business", "late in the day", "later in the day")
DAY_START = ("early in the day", "start of the day", "beginning of the day", "the start of the day")
DAY_MIDDLE = ("middle of the day", "the middle of the day", "mid day")
FIRST_THING = (
    "first thing in the morning",
    "first thing",
    "bright and early",
    "as early as possible",
)
GREETED = frozenset({"good", "have", "great", "nice", "lovely", "every", "each", "per"})
OF = ("of", "the", "this", "next", "in", "-")
EARLY_HOURS = (time(), time(9))
MEALS = frozenset({"lunch", "dinner", "breakfast"})
MEAL_CUES = frozenset("at after before around over during by until from between".split())
DAY_ENDS = "day ends"
"""The last hours before closing; the day's last minute where no opening hours are known."""
HOURS_OF_DAY = {
    "first": (time(8), time(10)),
    "early day": (time(0), time(12)),
    "late day": (time(15), time(18)),
    DAY_ENDS: (time(15), time(18)),
    "mid day": (time(10), time(14)),
    "working day": (time(8), time(18)),
}


@read_once
def part(said: Utterance, at: int) -> Found | None:
    """A part of a day, with its day when that is said too: "this morning"."""
    if said.at(at - 1) in GREETED or said.at(at - 1) == "that":
        return None
    return whole_day_part(said, at) or portion_of_day(said, at) or half(said, at) or named(said, at)


def named(said: Utterance, at: int) -> Found | None:
    """ "In the late afternoon", "tonight", "over lunch"."""
    start = said.skip(at, ("in", "during", "at", "for", "the", "sometime", "some", "over"))
    day, place = part_day(said, start)
    bound = None
    for name, phrases in (("early", EARLY), ("late", LATE), ("mid", MIDDLE)):
        if end := said.first_of(place, phrases):
            bound, place = name, said.skip(end, ("-", "the", "this"))
            if day is None and said.at(place - 1) == "this":
                day = Day(on=said.today)
    if bound == "early" and (end := said.follows(place, "hours of the morning")):
        return Heard(day=day, part=Part("morning", *EARLY_HOURS)), end
    word = said.at(place)
    if word in TONIGHT:
        if bound == "late":
            nine = datetime.combine(said.today, time(21))
            return Heard(span=Span(nine, nine + timedelta(hours=3))), place + 1
        day, word = Day(on=said.today), "night"
    if word not in PARTS or (word == "night" and said.at(place - 1) in ("last", "a")):
        return None
    end = said.skip(place + 1, ("time", "times", "hours", "ish", "break", "-"))
    if word in MEALS and day is None and end == place + 1 and not timed_meal(said, start, end):
        return None
    begin, close = PARTS[word]
    if word == "morning" and said.at(end) == "of" and not said.follows(at, "in the"):
        begin = time()
    return Heard(day=day, part=bounded(Part(word, begin, close), bound)), end


def timed_meal(said: Utterance, start: int, end: int) -> bool:
    """Whether a meal tells a time: "over lunch", "tomorrow at lunch", not "a lunch booking"."""
    cued = said.at(start - 1) in MEAL_CUES or said.at(start - 2) in MEAL_CUES
    return cued or names_day(said, start - 1) or names_day(said, said.skip(end, ("on",)))


def half(said: Utterance, at: int) -> Found | None:
    """ "Tuesday pm"."""
    if said.at(at) not in ("am", "pm") or not names_day(said, at - 1):
        return None
    if said.at(at) == "am":
        return Heard(part=Part("morning", *MORNING)), at + 1
    return Heard(part=Part("afternoon", *AFTERNOON)), at + 1


def portion_of_day(said: Utterance, at: int) -> Found | None:
    """ "Mid today", "the end of Sunday": a part, before the day that it is of."""
    place = said.skip(at, ("the",))
    if said.at(place) in ("mid", "early", "end") and names_day(said, said.skip(place + 1, OF)):
        name = {"mid": "mid day", "early": "early day", "end": DAY_ENDS}[said.at(place)]
        return Heard(part=Part(name, *HOURS_OF_DAY[name])), said.skip(place + 1, OF)
    return None


def names_day(said: Utterance, at: int) -> bool:
    return said.at(at) in WEEKDAYS or said.at(at) in TODAY | TOMORROW


def part_day(said: Utterance, at: int) -> tuple[Day | None, int]:
    if said.at(at) in THIS:
        return Day(on=said.today), at + 1
    if said.at(at) in NEXT and said.at(at + 1) in PARTS:
        return Day(on=said.today.fromordinal(said.today.toordinal() + 1)), at + 1
    return None, at


def whole_day_part(said: Utterance, at: int) -> Found | None:
    start = said.skip(at, ("at", "in", "by", "the", "during", "of"))
    for phrases, name in (
        (FIRST_THING, "first"),
        (DAY_START, "early day"),
        (DAY_END, DAY_ENDS),
        (LATE_IN_DAY, "late day"),
        (DAY_MIDDLE, "mid day"),
        (WORKING_DAY, "working day"),
    ):
        for place in (at, start):
            if end := said.first_of(place, phrases):
                return Heard(part=Part(name, *HOURS_OF_DAY[name])), end
    return None


def bounded(whole: Part, bound: str | None) -> Part:
    """The first, last or middle two hours of a part."""
    if bound is None:
        return whole
    middle = time(whole.start.hour + 2)
    if bound == "early":
        return Part(whole.name, whole.start, middle)
    if bound == "late":
        return Part(whole.name, middle, whole.end)
    return Part(whole.name, time(whole.start.hour + 1), time(whole.start.hour + 3))
