""" "Tuesday" or "the 26th", meant among the days under discussion rather than from today on.

A weekday is taken from those days or their week; a day of the month from their month, so that "no,
the fourteenth" of somebody who has just heard "January 13th" is no day of December.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from voice.understanding.dates.calendar import existing, month_after
from voice.understanding.dates.lexicon import MONTHS, ORDINALS
from voice.understanding.reading import Moment, When
from voice.understanding.wishes.wanted import DAY, Wanted

WEEK = timedelta(days=7)
LONGEST_RANGE = timedelta(days=14)
"""A longer wish does not tell which Tuesday is meant."""
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:weds?|thurs?|tues?)\b")
DAY_OF_THE_MONTH = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)\b|\b(?:{'|'.join(ORDINALS)})\b|\bthe \d{{1,2}}\b(?!:)"
)
_THAT_WEEK = re.compile(r"\b(?:that|the same|same) week\b")
_PLACED = re.compile(
    r"\b(?:next|this|coming|following|after(?=$| (?:that|this|next|the)\b)|last|week|weeks|"
    r"tomorrow|today|month|\d{4}|"
    rf"{'|'.join(MONTHS)})\b|/"
)


@dataclass(frozen=True, slots=True)
class Discussed:
    """Days that a weekday alone, or a day of the month alone, can point to."""

    days: frozenset[date] = frozenset()
    """Those offered; else those wanted, or their week."""
    around: frozenset[date] = frozenset()
    """Of the wish that was answered with offers; for a day that is not among those offered."""
    about: date | None = None
    """The day, or the first of the days, whose month is spoken of."""
    today: date = date.min


def among(times: Iterable[When], discussed: Discussed) -> tuple[When, ...]:
    """The same phrases; a bare weekday or day of the month is taken from those days, where one of
    them fits and only one, a day of the month also from their month."""
    return tuple(_meant(when, discussed) for when in times)


def in_the_week_of(times: Iterable[When], day: date) -> tuple[When, ...]:
    """The same phrases, each weekday in the week of that day: "Thursday or Friday that week"."""
    monday = day - timedelta(days=day.weekday())
    week = frozenset(monday + count * DAY for count in range(7))
    return among(times, Discussed(week, about=day))


def days_under_discussion(
    wanted: Wanted, offered: Iterable[datetime], *, today: date, anchor: date | None
) -> Discussed:
    """The days offered; else those wanted: several single days, the week of one, or a stretch."""
    found = frozenset(start.date() for start in offered)
    if found:
        around = days_under_discussion(wanted, (), today=today, anchor=anchor)
        return Discussed(found, around.days, anchor or min(found), today)
    single = {span.day for span in wanted.spans if span.day is not None}
    if anchor is None and len(single) > 1:
        return Discussed(frozenset(single), about=min(single), today=today)
    day = anchor or next(iter(single), None)
    if day is not None:
        monday = day - timedelta(days=day.weekday())
        near = day - today < WEEK
        week = () if near else (monday + count * DAY for count in range(7))
        return Discussed(frozenset(week), about=day, today=today)
    days = frozenset(
        span.first + count * DAY
        for span in wanted.spans
        if span.first and span.last and span.last - span.first < LONGEST_RANGE
        for count in range((span.last - span.first).days + 1)
    )
    about = _month_wanted(wanted) or min(days, default=None)
    return Discussed(days, about=about, today=today)


def _month_wanted(wanted: Wanted) -> date | None:
    """The first day of the one stretch within one month: "some time in January"."""
    firsts = {
        span.first
        for span in wanted.spans
        if span.first and span.last and span.first.replace(day=1) == span.last.replace(day=1)
    }
    return firsts.pop() if len(firsts) == 1 else None


def days_in_doubt(times: Iterable[When], today: date) -> tuple[date, ...]:
    """The two days that a weekday and a date which do not fit can mean, from today on."""
    readings = [reading for when in times for reading in (when, *when.candidates)]
    days = {day for reading in readings if (day := _day_of(reading)) is not None}
    return tuple(sorted(day for day in days if day >= today)[:2])


def _day_of(when: When) -> date | None:
    moment = when.value if when.value is not None else when.start
    if isinstance(moment, datetime):
        return moment.date()
    return moment if isinstance(moment, date) else None


def _meant(when: When, discussed: Discussed) -> When:
    at = next((end for end in (when.value, when.start, when.end) if end is not None), None)
    text = when.text.lower()
    that_week = _THAT_WEEK.search(text) and discussed.about
    if when.every or not isinstance(at, date) or _PLACED.search(text) and not that_week:
        return when
    day = at.date() if isinstance(at, datetime) else at
    weekday, ordinal = _WEEKDAY.search(text), DAY_OF_THE_MONTH.search(text)
    if not (weekday or ordinal):
        return when
    fitting: set[date] = set()
    if that_week and discussed.about:
        fitting = {discussed.about + (day.weekday() - discussed.about.weekday()) * DAY}
    for days in (discussed.days, discussed.around):
        fitting = fitting or {
            each
            for each in days
            if (not weekday or each.weekday() == day.weekday())
            and (not ordinal or each.day == day.day)
        }
    if len(fitting) != 1 and ordinal and not weekday and discussed.about:
        fitting = _of_month(day.day, discussed.about, discussed.today)
    if len(fitting) != 1:
        return when
    shift = fitting.pop() - day
    return replace(
        when,
        value=_moved(when.value, shift),
        start=_moved(when.start, shift),
        end=_moved(when.end, shift),
    )


def _of_month(number: int, about: date, today: date) -> set[date]:
    """That day of the month spoken of, unless it is past; late in a month, "the second" is the one
    that comes within days."""
    following = month_after(about, 1)
    soon = existing(following.year, following.month, number)
    if soon and soon - about < WEEK:
        return {soon}
    found = existing(about.year, about.month, number)
    return {found} if found and found >= today else set()


def _moved(moment: Moment | None, shift: timedelta) -> Moment | None:
    return moment + shift if isinstance(moment, date) else moment
