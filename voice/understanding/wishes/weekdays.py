"""Weekdays beside weeks, dates and months: which day each means, and whether any such will do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from voice.understanding.reading import When
from voice.understanding.wishes.discussed_days import DAY_OF_THE_MONTH
from voice.understanding.wishes.wanted import DAY
from voice.understanding.words import plain

LEAST_OF_A_WEEK = timedelta(3)
""" "Early next week" has three days, and a weekend is none."""
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekdays_placed(times: Sequence[When]) -> tuple[When, ...]:
    """A weekday beside a date that falls on it says nothing of its own ("Wednesday, that'd be the
    ninth", "the Wednesday after next, the sixteenth"); beside a week a bare one is the one of that
    week ("the week after next, the Wednesday")."""
    placed: list[When] = []
    sure = [one for one in times if DAY_OF_THE_MONTH.search(one.text.lower()) or one.since]
    dated = {day.weekday() for each in sure if (day := begins_on(each))}
    for when in times:
        day = begins_on(when)
        if day and day.weekday() in dated and _names_weekday(when) and when not in sure:
            continue
        if not is_bare_weekday(when):
            placed.append(when)
            continue
        others = [each for each in times if each is not when and not is_bare_weekday(each)]
        weekday = (_day_of(when) or date.min).weekday()
        beside = [told for each in others if (told := _day_of(each)) is not None]
        if any(each.weekday() == weekday for each in beside):
            continue
        weeks = [week for each in others if (week := _week_of(each)) is not None]
        day = weeks[0] + (weekday - weeks[0].weekday()) % 7 * DAY if weeks else None
        any_such = when.every or any(map(_is_month, others))
        placed.append(
            replace(when, every=any_such)
            if day is None
            else replace(when, value=day, candidates=(), every=False)
        )
    named = [day for each in placed if _names_weekday(each) and (day := begins_on(each))]
    return tuple(each for each in placed if not _is_week_around(each, named))


def _is_week_around(when: When, days: Iterable[date]) -> bool:
    first, end = _week_of(when), when.end
    return first is not None and isinstance(end, date) and any(first <= day < end for day in days)


def is_bare_weekday(when: When) -> bool:
    words = plain(when.text).split()
    return when.kind == "date" and len(words) == 1 and words[0][:3] in _WEEKDAYS


def _names_weekday(when: When) -> bool:
    return any(word[:3] in _WEEKDAYS and word.endswith("day") for word in plain(when.text).split())


def begins_on(when: When) -> date | None:
    """The day that it tells, or from a time of which on."""
    start = when.start
    return _day_of(when) or (start.date() if isinstance(start, datetime) else None)


def _day_of(when: When) -> date | None:
    """The one day that it tells."""
    if isinstance(when.value, datetime):
        return when.value.date()
    return when.value if isinstance(when.value, date) else None


def _week_of(when: When) -> date | None:
    """The first day of a week that it tells."""
    start, end = when.start, when.end
    if not isinstance(start, date) or not isinstance(end, date) or isinstance(start, datetime):
        return None
    return start if LEAST_OF_A_WEEK <= end - start <= timedelta(7) else None


def _is_month(when: When) -> bool:
    """Whether it is a stretch of whole days longer than a fortnight: "in December"."""
    start, end = when.start, when.end
    days = isinstance(start, date) and isinstance(end, date) and not isinstance(start, datetime)
    return days and end - start > timedelta(14)  # type: ignore[operator]
