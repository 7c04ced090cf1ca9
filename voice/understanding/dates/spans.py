"""From one day to another, and open ends: "Monday to Wednesday", "before Friday", "after three"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from voice.understanding.dates.clocks import ABOUT, UNTIL, clock
from voice.understanding.dates.days import day
from voice.understanding.dates.lengths import day_from_now, instant, length
from voice.understanding.dates.meaning import (
    FAIR,
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
from voice.understanding.dates.numbers import cardinal, ordinal
from voice.understanding.dates.parts import part
from voice.understanding.dates.periods import period
from voice.understanding.dates.placing import place_day
from voice.understanding.dates.relations import counted_from
from voice.understanding.dates.settling import settle
from voice.understanding.dates.words import Utterance

Found = tuple[Heard, int]
AFTER = ("after", "later than", "not before", "no earlier than", "no sooner than",
         "not earlier than")  # fmt: skip
FROM = ("from", "since", "starting", "starting from", "starting at", "starting on", "beginning",
        "beginning on", "as of", "as from")  # fmt: skip
BEFORE = ("before", "earlier than", "prior to", "ahead of", "sooner than")
UP_TO = ("until", "till", "til", "by", "no later than", "not later than", "as late as", "up to",
         "up until", "not after", "untill")  # fmt: skip
ONWARDS = ("or later", "or after", "onwards", "onward", "and later", "and after", "and onwards",
           "at the earliest", "or thereafter", "and onward")  # fmt: skip
BACKWARDS = ("or earlier", "or before", "at the latest", "the latest", "and before", "and earlier")
LAST_DAY = timedelta(1)
"""The last day that is named belongs to a span: "Monday to Wednesday" ends on Thursday, 00:00."""
MOVING = frozenset({"move", "moved", "moving", "change", "changed", "changing", "switch", "swap",
                    "reschedule", "rescheduled", "push", "pushed", "shift", "bring"})  # fmt: skip


def days_between(said: Utterance, at: int) -> Found | None:
    """ "From the 13th to the 15th of July", "Monday through Wednesday"; both ends included."""
    opened = said.at(at) in ("from", "between")
    if said.at(at - 1 + opened) == "from" and is_moved(said, at):
        return None
    for first, place in ends_of_span(said, at + opened):
        joint = said.first_of(place, UNTIL)
        if joint is None or (said.at(place) == "and" and said.at(at) != "between"):
            continue
        for last, end in ends_of_span(said, joint):
            found = whole_span(said, first, last)
            if found and (opened or FIRM in (first.strength, last.strength)):
                return heard(found), end
    return None


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


def whole_span(said: Utterance, first: Day, last: Day) -> Days | None:
    """Both ends placed; a month said once goes for both."""
    if first.strength == WEAK and last.strength == WEAK:
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
    return Days(start, end + LAST_DAY, weekdays=weekdays)


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
    end_day = end.date() + LAST_DAY if isinstance(end, datetime) else end.end
    if not begin_day or not end_day or begin_day >= end_day:
        return None
    return heard(Days(begin_day, end_day)), last[1]


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


def open_end(said: Utterance, at: int) -> Found | None:
    """ "After three", "before Friday", "until noon", "the 3rd or later"."""
    if said.at(at) == "from" and is_moved(said, at):
        return None
    for phrases, side in ((UP_TO, "up to"), (BEFORE, "before"), (AFTER, "after"), (FROM, "from")):
        if end := said.first_of(at, phrases):
            if found := one_sided(said, said.skip(end, ABOUT), side):
                return found
    if end := said.first_of(at, ("more than", "at least")):
        told = counted_from(said, end)
        return (bounded(said, told[0].day, "from"), told[1]) if told and told[0].day else None
    return trailing(said, at)


def trailing(said: Utterance, at: int) -> Found | None:
    """ "Three or later", "Monday onwards"."""
    for rule in (clock, day):
        if found := rule(said, at):
            if end := said.first_of(found[1], ONWARDS):
                return bounded(said, found[0], "from"), end
            if end := said.first_of(found[1], BACKWARDS):
                return bounded(said, found[0], "up to"), end
    return None


def one_sided(said: Utterance, at: int, side: str) -> Found | None:
    at = said.skip(at, ("the",)) if said.at(at + 1) in ("end", "eom", "eow") else at
    end_of = said.first_of(at, ("the end of", "end of")) if side in ("up to", "before") else None
    rules = (clock, day, period, instant, day_from_now, length_on)
    found = [match for rule in rules if (match := rule(said, at))]
    if side == "after" and (counted := length_on(said, at)):
        return bounded(said, counted[0], "from"), counted[1]
    if end_of and (whole := period(said, end_of)):
        return bounded(said, whole[0], "up to"), whole[1]
    if not found:
        return part_sided(said, at, side)
    inner, end = max(found, key=lambda match: match[1])
    if isinstance(inner, Day):
        place = said.skip(end, ("at", ",", "@"))
        if (time_of := clock(said, place)) and (place > end or time_of[0].strength == FIRM):
            on = place_day(inner, said.today).on
            moment = datetime.combine(on, settle(time_of[0], said, on, None).time)
            return bounded(said, moment, side), time_of[1]
    return bounded(said, inner, side), end


def length_on(said: Utterance, at: int) -> tuple[Day, int] | None:
    """The day so long from today, for "after five days"; or from a day, for "after … Monday"."""
    if counted := counted_from(said, at):
        return (counted[0].day, counted[1]) if counted[0].day else None
    told = length(said, at)
    if not told or not told[0].whole_days or told[0].months > 600:
        return None
    return Day(on=told[0].from_day(said.today)), told[1]


def part_sided(said: Utterance, at: int, side: str) -> Found | None:
    found = part(said, at)
    if not found or not found[0].part or side == "from":
        return None
    told = found[0].part
    moment = told.start if side == "before" else told.end
    clock_then = Clock(moment.hour, moment.minute, full=True)
    span = Hours(clock_then, None) if side == "after" else Hours(None, clock_then)
    return replace(found[0], part=None, hours=span), found[1]


def bounded(said: Utterance, inner: Clock | Day | Days | datetime, side: str) -> Heard:
    """The open span on one side; whole days after the named ones, or up to and with them."""
    later = side in ("after", "from")
    if isinstance(inner, Clock):
        strength = max(inner.strength, FAIR)
        return heard(Hours(inner, None, strength) if later else Hours(None, inner, strength))
    if isinstance(inner, datetime):
        return heard(Span(inner, None) if later else Span(None, inner))
    if isinstance(inner, Day):
        on = place_day(inner, said.today).on
        inner = Days(on, on + timedelta(1), strength=inner.strength)
    if later:
        return heard(Days(inner.end if side == "after" else inner.start, None, strength=FAIR))
    return heard(Days(None, inner.start if side == "before" else inner.end, strength=FAIR))


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
