"""Dates written in digits: "2/15", "29/03", "8/26/18", "2018-04-28"."""

from __future__ import annotations

from datetime import timedelta

from voice.understanding.dates.calendar import whole_month
from voice.understanding.dates.lexicon import MONTHS, NEXT, WEEKDAYS
from voice.understanding.dates.meaning import Day
from voice.understanding.dates.numbers import cardinal
from voice.understanding.dates.words import Utterance

Found = tuple[Day, int]
MONTH_FIRST = frozenset({"US", "PH", "CA"})
"""Countries that write the month before the day."""


def written_date(said: Utterance, at: int) -> Found | None:
    """ "2/15", "29/03", "8/26/18", "2018-04-28", "2019-sep-1", and "nine slash twenty two"."""
    if found := read_out(said, at):
        return found
    first, mark, second = said.at(at), said.at(at + 1), said.at(at + 2)
    if not first.isdecimal() or mark not in ("/", "-", ".") or said.is_blocked(at):
        return None
    months = MONTHS.get(second)
    if not second.isdecimal() and not (months and len(first) == 4):
        return None
    third = said.at(at + 4) if said.at(at + 3) == mark and said.glued(at + 4) else ""
    if len(first) == 4:
        month = months or int(second)
        if not third.isdecimal() or len(third) > 2:
            return None
        return checked(Day(year=int(first), month=month, day=int(third)), at + 5)
    if len(first) > 2 or len(second) > 2:
        return None
    if third.isdecimal() and len(third) in (2, 4):
        told = int(third) if len(third) == 4 else 2000 + int(third)
        return checked(in_order(said, int(first), int(second), told), at + 5)
    return short_date(said, at)


def read_out(said: Utterance, at: int) -> Found | None:
    """ "Nine slash twenty two"; "on nine twenty four", where the month is written first and the
    minutes are none that anybody would name."""
    first = cardinal(said, at)
    if not first or said.is_blocked(at):
        return None
    slashed = said.at(first[1]) == "slash"
    second = cardinal(said, first[1] + slashed)
    if not second or not (slashed or second[0] % 5 and second[0] > 12):
        return None
    told = slashed or said.at(at - 1) == "on" and said.context.country in MONTH_FIRST
    if not told or not 1 <= second[0] <= 31 or said.at(second[1]) in ("am", "pm", "o'clock"):
        return None
    return checked(in_order(said, first[0], second[0], None), second[1])


def short_date(said: Utterance, at: int) -> Found | None:
    first, mark, second = int(said.at(at)), said.at(at + 1), int(said.at(at + 2))
    end = at + 3
    if said.at(end) == "." and said.glued(end + 1) and said.at(end + 1).isdecimal():
        return None
    after_weekday = said.at(at - 1 if said.at(at - 1) != "," else at - 2) in WEEKDAYS
    if (
        said.at(end) in (":", "%", "am", "pm", "p", "hour", "hours", "h", "/")
        or said.at(at - 1) == "$"
    ):
        return None
    if mark == "." and not (after_weekday or said.at(at - 1) in NEXT):
        return None
    sure = mark == "/" or after_weekday or second > 12 or said.at(at - 1) in NEXT
    if not sure or (mark == "/" and second in (2, 4) and said.at(at - 1) == "in"):
        return None
    return checked(in_order(said, first, second, None), end)


def in_order(said: Utterance, first: int, second: int, told: int | None) -> Day:
    """Month and day in the order of the country, unless only the other order is a date."""
    month_first = said.context.country in MONTH_FIRST
    if (month_first and first <= 12) or second > 12:
        return Day(month=first, day=second, year=told)
    return Day(month=second, day=first, year=told)


def checked(found: Day, end: int) -> Found | None:
    if not (found.month and found.day and 1 <= found.month <= 12):
        return None
    last = (whole_month(found.year or 2000, found.month)[1] - timedelta(1)).day
    return (found, end) if 1 <= found.day <= last else None
