"""The words that dates and times are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Literal, TypeVar

Half = Literal["am", "pm"]
Which = Literal["this", "next", "coming", "after next"]
Unit = Literal["second", "minute", "hour", "day", "weekday", "week", "month", "year"]


T = TypeVar("T")


def spelled(table: Mapping[str, T]) -> dict[str, T]:
    """The table with every "a/b" key taken apart."""
    return {word: value for words, value in table.items() for word in words.split("/")}


def counted(words: str, since: int = 0) -> dict[str, int]:
    """These words with their numbers in this order."""
    return spelled({each: number for number, each in enumerate(words.split(), since)})


WEEKDAYS = counted(
    """monday/mondays/mon/monday's tuesday/tuesdays/tue/tues/tuesday's
    wednesday/wednesdays/wed/weds/wensday/wednesday's thursday/thursdays/thu/thur/thurs/thursday's
    friday/fridays/fri/friday's saturday/saturdays/sat/saturday's sunday/sundays/sun/sunday's"""
)
MONTHS = counted(
    """january/jan february/feb/febuary march/mar april/apr may june/jun july/jul august/aug
    september/sept/sep october/oct november/nov december/dec""",
    since=1,
)
EVERYDAY = frozenset({"may", "march", "mar", "sat", "sun", "mon", "wed", "fri", "dec", "second"})
"""Words with an everyday meaning of their own: a time only beside other evidence."""

ONES = counted(
    """zero/oh/o one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen"""
)
TENS = spelled({"twenty": 20, "thirty": 30, "forty/fourty": 40, "fifty": 50})
ORDINALS = counted(
    """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""",
    since=1,
) | {"thirtieth": 30}
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
PARTS = spelled(
    {
        "morning/mornings/morn/forenoon": MORNING,
        "afternoon/afternoons/arvo/arvos": AFTERNOON,
        "evening/evenings/eve": EVENING,
        "night/nights/tonight": NIGHT,
        "lunch/lunchtime/lunchtimes": (time(11), time(13)),
        "breakfast": (time(8), time(12)),
        "dinner/dinnertime": (time(16), time(20)),
        "daytime": (time(8), time(18)),
    }
)
"""Four parts of four hours share the waking day, so no hour belongs to two of them."""
