"""The words that dates and times are made of."""

from __future__ import annotations

from datetime import time
from typing import Literal

Half = Literal["am", "pm"]
Which = Literal["this", "next", "coming", "after next"]
Unit = Literal["second", "minute", "hour", "day", "weekday", "week", "month", "year"]


def spelled(table: dict[str, int]) -> dict[str, int]:
    """The table with every "a/b" key taken apart."""
    return {word: value for words, value in table.items() for word in words.split("/")}


WEEKDAYS = spelled(
    {
        "monday/mondays/mon/monday's": 0,
        "tuesday/tuesdays/tue/tues/tuesday's": 1,
        "wednesday/wednesdays/wed/weds/wensday/wednesday's": 2,
        "thursday/thursdays/thu/thur/thurs/thursday's": 3,
        "friday/fridays/fri/friday's": 4,
        "saturday/saturdays/sat/saturday's": 5,
        "sunday/sundays/sun/sunday's": 6,
    }
)
MONTHS = spelled(
    {
        "january/jan": 1,
        "february/feb/febuary": 2,
        "march/mar": 3,
        "april/apr": 4,
        "may": 5,
        "june/jun": 6,
        "july/jul": 7,
        "august/aug": 8,
        "september/sept/sep": 9,
        "october/oct": 10,
        "november/nov": 11,
        "december/dec": 12,
    }
)
EVERYDAY = frozenset({"may", "march", "mar", "sat", "sun", "mon", "wed", "fri", "dec", "second"})
"""Words with an everyday meaning of their own: a time only beside other evidence."""

ONES = spelled(
    {
        "zero/oh/o": 0,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "thirteen": 13,
        "fourteen": 14,
        "fifteen": 15,
        "sixteen": 16,
        "seventeen": 17,
        "eighteen": 18,
        "nineteen": 19,
    }
)
TENS = spelled({"twenty": 20, "thirty": 30, "forty/fourty": 40, "fifty": 50})
ORDINALS = spelled(
    {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10,
        "eleventh": 11,
        "twelfth": 12,
        "thirteenth": 13,
        "fourteenth": 14,
        "fifteenth": 15,
        "sixteenth": 16,
        "seventeenth": 17,
        "eighteenth": 18,
        "nineteenth": 19,
        "twentieth": 20,
        "thirtieth": 30,
    }
)
UNIT_WORDS: dict[Unit, str] = {
    "second": "second/seconds/sec/secs",
    "minute": "minute/minutes/min/mins",
    "hour": "hour/hours/hr/hrs/h",
    "day": "day/days",
    "weekday": "weekday/weekdays",
    "week": "week/weeks/wk/wks",
    "month": "month/months",
    "year": "year/years",
}
UNITS = {word: unit for unit, words in UNIT_WORDS.items() for word in words.split("/")}

NEXT = frozenset({"next", "following", "nxt"})
COMING = frozenset({"coming", "upcoming"})
THIS = frozenset({"this", "current"})
LAST = frozenset({"last", "past", "previous"})
TODAY = frozenset({"today", "todays", "today's"})
TOMORROW = frozenset(
    {"tomorrow", "tomorrows", "tomorrow's", "tmrw", "tmr", "tomorow", "tommorow", "tommorrow"}
)
TONIGHT = frozenset({"tonight", "tonite", "tonight's"})

MORNING = (time(8), time(12))
AFTERNOON = (time(12), time(16))
EVENING = (time(16), time(20))
NIGHT = (time(20), time(23, 59))
"""Ends at 23:59: a time cannot say 24:00."""
PARTS: dict[str, tuple[time, time]] = {
    "morning": MORNING,
    "mornings": MORNING,
    "morn": MORNING,
    "forenoon": MORNING,
    "afternoon": AFTERNOON,
    "afternoons": AFTERNOON,
    "arvo": AFTERNOON,
    "arvos": AFTERNOON,
    "evening": EVENING,
    "evenings": EVENING,
    "eve": EVENING,
    "night": NIGHT,
    "nights": NIGHT,
    "tonight": NIGHT,
    "lunch": (time(11), time(13)),
    "lunchtime": (time(11), time(13)),
    "breakfast": (time(8), time(12)),
    "dinner": (time(16), time(20)),
    "dinnertime": (time(16), time(20)),
    "daytime": (time(8), time(18)),
}
"""Four parts of four hours share the waking day, so no hour belongs to two of them."""
