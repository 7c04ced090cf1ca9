"""From one time to another: "Monday to Wednesday", "from 4 pm today", "nine for two hours"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from voice.understanding.dates.clocks import ABOUT, UNTIL, clock
from voice.understanding.dates.days import day
from voice.understanding.dates.lengths import day_from_now, instant, length
from voice.understanding.dates.lexicon import MONTHS
from voice.understanding.dates.meaning import (
    FIRM,
    WEAK,
    Clock,
    Day,
    Days,
    Heard,
    Hours,
    Span,
    heard,
)
from voice.understanding.dates.numbers import cardinal, ordinal, year
from voice.understanding.dates.periods import period
from voice.understanding.dates.placing import place_day
from voice.understanding.dates.settling import settle
from voice.understanding.dates.words import Utterance

Found = tuple[Heard, int]
LAST_DAY = timedelta(1)
"""The last day that is named belongs to a span: "Monday to Wednesday" ends on Thursday, 00:00."""
BOUNDS = frozenset({"until", "till", "til", "untill", "between"})
"""Words that name a bound: "until the 5th" may or may not mean the 5th as well."""
MOVING = frozenset({"move", "moved", "moving", "change", "changed", "changing", "switch", "swap",
                    "reschedule", "rescheduled", "push", "pushed", "shift", "bring"})  # fmt: skip


def days_between(said: Utterance, at: int) -> Found | None:
    """ "From the 13th to the 15th of July", "Monday through Wednesday", "between the 3rd and 5th".

    The last day belongs to it, except after a word that names a bound.
    """
    month = MONTHS.get(said.at(at)) if said.at(at + 1) in ("from", "between") else None
    at = at + 1 if month else at
    opened = said.at(at) in ("from", "between")
    if said.at(at - 1 + opened) == "from" and is_moved(said, at):
        return None
    for first, place in ends_of_span(said, at + opened):
        joint = said.first_of(place, UNTIL)
        if joint is None or (said.at(place) == "and" and said.at(at) != "between"):
            continue
        for last, end in ends_of_span(said, joint):
            if month and first.day and not first.month:
                first = replace(first, month=month, strength=FIRM)
            if month and (told := year(said, end)):
                first, end = replace(first, year=told[0]), told[1]
            found = whole_span(said, first, last)
            if found and said.at(end - 1) in MONTHS and is_clock_of_date(said, end):
                return None
            if found and BOUNDS & {said.at(at), said.at(place)}:
                found = without_last_day(found)
            if found and (opened or FIRM in (first.strength, last.strength)):
                return heard(found), end
    return None


def without_last_day(span: Days) -> Days | None:
    """A span whose last day is not certain to be meant, nor to be left out."""
    assert span.start
    assert span.end
    end = span.end - LAST_DAY
    return replace(span, end=end, latest=span.end) if span.start < end else None


def is_clock_of_date(said: Utterance, at: int) -> bool:
    """Whether a day follows "5 to 6 of April": then those were hours of that date."""
    number = ordinal(said, at) or cardinal(said, at)
    if not number or not 1 <= number[0] <= 31:
        return False
    return said.at(number[1]) not in (":", "am", "pm")


def is_moved(said: Utterance, at: int) -> bool:
    """ "Move it from Monday to Tuesday" names two days, not the days between."""
    return any(said.at(place) in MOVING for place in range(max(0, at - 6), at))


def ends_of_span(said: Utterance, at: int) -> list[tuple[Day, int]]:
    """A day, or the bare number of one: "13" in "13 to 15 July"."""
    found = [match for match in (day(said, at), day_from_now(said, at)) if match]
    place = said.skip(at, ("the",))
    number = ordinal(said, place) or cardinal(said, place)
    if number and 1 <= number[0] <= 31 and said.at(number[1]) not in (":", "am", "pm", "h"):
        found.append((Day(day=number[0], strength=WEAK), number[1]))
    return sorted(found, key=lambda match: -match[1])


def is_number(day: Day) -> bool:
    """A bare number, which only a date beside it makes a day."""
    return day.strength == WEAK and day.day is not None and day.weekday is None


def whole_span(said: Utterance, first: Day, last: Day) -> Days | None:
    """Both ends placed; a month said once goes for both."""
    if first.strength == WEAK and last.strength == WEAK:
        return None
    if (is_number(first) and not last.day) or (is_number(last) and not first.day):
        return None
    if first.day and not first.month and last.month and not first.weekday:
        first = replace(first, month=last.month, year=last.year)
    if last.year and first.month and not first.year:
        first = replace(first, year=last.year)
    start = place_day(first, said.today).on
    if last.on or last.year:
        end = place_day(last, said.today).on
    elif last.weekday is not None and last.day is None:
        end = start + timedelta((last.weekday - start.weekday()) % 7)
    else:
        end = place_day(replace(last, which=None), start).on
    if end < start:
        return None
    named = first.which is None and first.day is None and last.day is None
    weekdays = None
    if named and first.weekday is not None and last.weekday is not None:
        weekdays = first.weekday, last.weekday
    end += timedelta(0) if last.counted else LAST_DAY
    return Days(start, end, weekdays=weekdays, numbered=first.is_number and last.is_number)


def moments_between(said: Utterance, at: int) -> Found | None:
    """ "From 4 pm today to 5 pm tomorrow", "between now and eight o'clock"."""
    if said.at(at) not in ("from", "between") or is_moved(said, at):
        return None
    first = moment(said, said.skip(at + 1, ABOUT))
    bare = clock(said, said.skip(at + 1, ABOUT))
    if not first or (bare and bare[1] == first[1]):
        return None
    joint = said.first_of(first[1], UNTIL)
    last = moment(said, said.skip(joint, ABOUT)) if joint else None
    if not last:
        return None
    start, end = first[0], last[0]
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (heard(Span(start, end)), last[1]) if start < end else None
    begin_day = start.date() if isinstance(start, datetime) else start.start
    if isinstance(end, datetime):
        end_day: date | None = end.date() + LAST_DAY
    else:
        bound = is_month(end) or bool(BOUNDS & {said.at(at), said.at(first[1])})
        end_day = end.start if bound else end.end
    if not begin_day or not end_day or begin_day >= end_day:
        return None
    return heard(Days(begin_day, end_day)), last[1]


def is_month(days: Days) -> bool:
    """ "From the 1st to March" ends where March begins; "to next Friday" ends with the day."""
    if not days.start or not days.end:
        return False
    return days.end - days.start >= timedelta(28)


def moment(said: Utterance, at: int) -> tuple[datetime | Days, int] | None:
    """An instant, a day with a time, or a stretch of days."""
    if found := instant(said, at):
        return found
    told, named = clock(said, at), day(said, at)
    on, end = said.today, at
    if told and (not named or told[1] > named[1]):
        end = told[1]
        named = day(said, said.skip(end, ("on", ",")))
    elif named:
        end = named[1]
        told = clock(said, said.skip(end, ("at", ",")))
    if named:
        on, end = place_day(named[0], said.today).on, max(end, named[1])
    if told:
        value = datetime.combine(on, settle(told[0], said, on, None).time)
        return value, max(end, told[1])
    whole = period(said, at)
    if named and not (whole and whole[1] > end):
        return Days(on, on + timedelta(1)), end
    return whole


def lasting(said: Utterance, at: int) -> Found | None:
    """ "From 4 pm for thirty minutes", "for two hours from nine", "for three days from today"."""
    if said.at(at) == "for":
        told = length(said, at + 1)
        joint = (
            said.first_of(told[1], ("from", ", from", "starting", "starting at", "starting from"))
            if told
            else None
        )
        if not told or not joint:
            return None
        begin, end = clock(said, said.skip(joint, ABOUT)) or day(said, joint) or (None, 0)
    else:
        place = said.skip(at, ("from", "at"))
        begin, joint = clock(said, place) or day(said, place) or (None, 0)
        told = length(said, joint + 1) if begin and said.at(joint) == "for" else None
        if not told:
            return None
        end = told[1]
    return spanned(said, begin, told[0].days, told[0].seconds, end) if begin else None


def spanned(
    said: Utterance, begin: Clock | Day, days: float, seconds: float, end: int
) -> Found | None:
    if isinstance(begin, Day):
        if seconds or not days:
            return None
        start = place_day(begin, said.today).on
        return heard(Days(start, start + timedelta(days))), end
    if days or not 0 < seconds < 24 * 3600:
        return None
    opening = settle(begin, said, None, None).minute
    closing = (opening + int(seconds) // 60) % (24 * 60)
    first = Clock(opening // 60 % 24, opening % 60, full=True)
    return heard(Hours(first, Clock(closing // 60, closing % 60, full=True))), end
