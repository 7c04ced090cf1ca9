""" "Tuesday" or "the 26th", meant among the days under discussion rather than from today on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from voice.understanding.reading import Moment, When
from voice.wishes.wanted import DAY, Wanted

WEEK = timedelta(days=7)
LONGEST_RANGE = timedelta(days=14)
"""A longer wish does not tell which Tuesday is meant."""
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:weds?|thurs?|tues?)\b")
_ORDINAL = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)\b|\bthe [a-z-]+(?:st|nd|rd|th)\b")
_PLACED = re.compile(
    r"\b(?:next|this|coming|following|after|last|week|weeks|tomorrow|today|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|month|\d{4})\b|/"
)


def among(times: Iterable[When], days: frozenset[date]) -> tuple[When, ...]:
    """The same phrases; a bare weekday or day of the month is taken from those days, where one of
    them fits and only one."""
    return tuple(_meant(when, days) for when in times)


def days_under_discussion(
    wanted: Wanted, offered: Iterable[datetime], *, today: date, anchor: date | None
) -> frozenset[date]:
    """Days that a weekday alone can point to: those offered; else those wanted, or their week."""
    found = frozenset(start.date() for start in offered)
    if found:
        return found
    day = anchor or next((span.day for span in wanted.spans if span.day is not None), None)
    if day is not None:
        monday = day - timedelta(days=day.weekday())
        near = day - today < WEEK
        return frozenset() if near else frozenset(monday + count * DAY for count in range(7))
    return frozenset(
        span.first + count * DAY
        for span in wanted.spans
        if span.first and span.last and span.last - span.first < LONGEST_RANGE
        for count in range((span.last - span.first).days + 1)
    )


def _meant(when: When, days: frozenset[date]) -> When:
    at = when.value if when.value is not None else when.start
    text = when.text.lower()
    if not isinstance(at, date) or _PLACED.search(text):
        return when
    day = at.date() if isinstance(at, datetime) else at
    weekday, ordinal = _WEEKDAY.search(text), _ORDINAL.search(text)
    if not (weekday or ordinal):
        return when
    fitting = {
        each
        for each in days
        if (not weekday or each.weekday() == day.weekday()) and (not ordinal or each.day == day.day)
    }
    if len(fitting) != 1:
        return when
    shift = fitting.pop() - day
    return replace(
        when,
        value=_moved(when.value, shift),
        start=_moved(when.start, shift),
        end=_moved(when.end, shift),
    )


def _moved(moment: Moment | None, shift: timedelta) -> Moment | None:
    return moment + shift if isinstance(moment, date) else moment
