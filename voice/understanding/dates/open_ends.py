"""Spans with one end: "after three", "before Friday", "until noon", "by the end of the month"."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Literal

from voice.understanding.dates.clocks import ABOUT, clock
from voice.understanding.dates.days import day
from voice.understanding.dates.lengths import day_from_now, instant, length
from voice.understanding.dates.lexicon import WEEKDAYS
from voice.understanding.dates.meaning import (
    FAIR,
    FIRM,
    Clock,
    Day,
    Days,
    Heard,
    Hours,
    Phrase,
    Span,
    heard,
)
from voice.understanding.dates.parts import DAY_ENDS, part
from voice.understanding.dates.periods import period
from voice.understanding.dates.placing import place_day
from voice.understanding.dates.relations import counted_from
from voice.understanding.dates.settling import settle
from voice.understanding.dates.spans import is_moved
from voice.understanding.dates.words import Utterance

Found = tuple[Heard, int]
Side = Literal["up to", "until", "by", "before", "past", "after", "from"]
PAST = ("later than",)
AFTER = ("after", "efter")
BY = ("by",)
FROM = ("not before", "no before", "nae before", "not afore", "no afore", "nae afore",
        "never before", "no earlier than", "no sooner than", "not earlier than",
        "not until", "not till", "from", "since", "starting", "starting from", "starting at",
        "starting on", "beginning", "beginning on", "as of", "as from")  # fmt: skip
BEFORE = ("before", "afore", "earlier than", "prior to", "ahead of", "sooner than",
          "this side of")  # fmt: skip
UNTIL = ("until", "till", "til", "untill", "up until", "up till")
UP_TO = ("no later than", "not later than", "as late as", "up to", "not after")
ONWARDS = ("or later", "or after", "onwards", "onward", "and later", "and after", "and onwards",
           "at the earliest", "or thereafter", "and onward")  # fmt: skip
BACKWARDS = ("or earlier", "or before", "at the latest", "the latest", "and before", "and earlier")
DENIALS = frozenset(
    "not don't can't cannot won't doesn't didn't couldn't isn't aren't never nothing".split()
)
ENDED = frozenset({".", "?", "!"})
ENDING = frozenset(". , ; ! ? but and or so".split())
BACK_TO: tuple[tuple[tuple[str, ...], Side], ...] = (
    (("after that", "after then", "from then on", "from then", "from there on"), "after"),
    (("before that", "before then", "until then", "till then", "by then"), "before"),
)
COUNTED = frozenset(
    {"day", "days", "one", "week", "weeks", "month", "months", "weekend", "hour", "hours",
     "minutes", "soon", "straight", "right", "shortly", *WEEKDAYS}
)  # fmt: skip
""" "The day after that" is another day, no open span."""
SIDES: tuple[tuple[tuple[str, ...], Side], ...] = (
    (UP_TO, "up to"),
    (UNTIL, "until"),
    (BY, "by"),
    (BEFORE, "before"),
    (PAST, "past"),
    (AFTER, "after"),
    (FROM, "from"),
)


def open_end(said: Utterance, at: int) -> Found | None:
    """ "After three", "before Friday", "until noon", "the 3rd or later"."""
    if said.at(at) == "from" and (is_moved(said, at) or said.at(at - 1) in ("apart", "aside")):
        return None
    for phrases, side in SIDES:
        if end := said.first_of(at, phrases):
            if side == "until" and is_denied(said, at):
                side = "from"
            if found := one_sided(said, said.skip(end, ABOUT | {"say"}), side):
                return found
    if said.at(at) == "gone" and said.at(at - 1) not in ("it's", "its", "has"):
        told = clock(said, at + 1)
        return (
            (bounded(said, told[0], "after"), told[1])
            if told
            else part_sided(said, at + 1, "after")
        )
    if end := said.first_of(at, ("more than", "at least")):
        later = counted_from(said, end)
        return (bounded(said, later[0].day, "from"), later[1]) if later and later[0].day else None
    return trailing(said, at)


def refers_back(said: Utterance, at: int) -> int | None:
    """Where "after that" or "before then" ends when it is said here."""
    if said.at(at - 1) in COUNTED:
        return None
    return next((end for phrases, _ in BACK_TO if (end := said.first_of(at, phrases))), None)


def since_that(said: Utterance, at: int, before: Phrase | None) -> Found | None:
    """ "I finish at five, so after that", "I fly out on Friday, so before then"."""
    end = refers_back(said, at)
    if before is None or end is None or ENDED & set(said.texts[before.end : at]):
        return None
    side: Side = "after" if said.first_of(at, BACK_TO[0][0]) else "before"
    meaning = before.meaning
    if before.end == at and not (meaning.clock or meaning.hours):
        return None  # "I work until five, Thursday after that"
    if meaning.hours:
        start, close = meaning.hours.start, meaning.hours.end
        clock_then = (close or start) if side == "after" else (start or close)
    elif meaning.part and not meaning.clock:
        moment = meaning.part.end if side == "after" else meaning.part.start
        clock_then = Clock(moment.hour, moment.minute, full=True)
    else:
        clock_then = meaning.clock
    if clock_then:
        hours = Hours(clock_then, None) if side == "after" else Hours(None, clock_then)
        return Heard(day=meaning.day, hours=hours), end
    named = meaning.day or meaning.days
    return (bounded(said, named, side), end) if named else None


def is_denied(said: Utterance, at: int) -> bool:
    """ "I can't get there until four", "I don't finish until five": the time is free from then."""
    for place in range(at - 1, max(-1, at - 8), -1):
        if said.at(place) in ENDING:
            return False
        if said.at(place) in DENIALS:
            return True
    return False


def trailing(said: Utterance, at: int) -> Found | None:
    """ "Three or later", "Monday onwards"."""
    for rule in (clock, day):
        if found := rule(said, at):
            if end := said.first_of(found[1], ONWARDS):
                return bounded(said, found[0], "from"), end
            if end := said.first_of(found[1], BACKWARDS):
                return bounded(said, found[0], "up to"), end
    return None


def one_sided(said: Utterance, at: int, side: Side) -> Found | None:
    at = said.skip(at, ("the",)) if said.at(at + 1) in ("end", "eom", "eow") else at
    end_of = (
        said.first_of(at, ("the end of", "end of"))
        if side in ("up to", "until", "by", "before")
        else None
    )
    if side == "by" and is_moved(said, at) and length(said, at):
        return None  # "bring it forward by a day" tells how far
    rules = (clock, day, period, instant, day_from_now, length_on)
    found = [match for rule in rules if (match := rule(said, at))]
    if side in ("after", "past") and (counted := length_on(said, at)):
        return bounded(said, counted[0], "from"), counted[1]
    if end_of and (whole := period(said, end_of)):
        return bounded(said, whole[0], "by" if side == "by" else "up to"), whole[1]
    if not found:
        return part_sided(said, at, side)
    inner, end = max(found, key=lambda match: match[1])
    if inner == said.now and side not in (
        "after",
        "past",
        "from",
    ):  # "I forgot about it until just now"
        return None
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


def part_sided(said: Utterance, at: int, side: Side) -> Found | None:
    found = part(said, at)
    if not found or not found[0].part or side == "from" or said.at(at) == "in":
        return None  # "the week after, in the morning" is that morning
    told = found[0].part
    if told.name == DAY_ENDS and side == "by" and not found[0].day:
        midnight = datetime.combine(said.today, time()) + timedelta(1)
        return heard(Span(said.now, midnight)), found[1]
    moment = told.start if side == "before" else told.end
    moment = time(23, 59) if told.name == DAY_ENDS else moment
    clock_then = Clock(moment.hour, moment.minute, full=True)
    span = Hours(clock_then, None) if side == "after" else Hours(None, clock_then)
    return replace(found[0], part=None, hours=span), found[1]


def bounded(said: Utterance, inner: Clock | Day | Days | datetime, side: Side) -> Heard:
    """The open span on one side; whole days after the named ones, or up to and with them."""
    if side == "past":
        side = "after"
        if isinstance(inner, Clock):  # the hour itself is too early, or when ruled out still good
            inner = replace(inner, minute=inner.minute + 1)
    later = side in ("after", "from")
    if isinstance(inner, Clock):
        strength = max(inner.strength, FAIR)
        return heard(Hours(inner, None, strength) if later else Hours(None, inner, strength))
    if isinstance(inner, datetime):
        begin = said.now if side == "by" and inner > said.now else None
        return heard(Span(inner, None) if later else Span(begin, inner))
    if isinstance(inner, Day):
        on = place_day(inner, said.today).on
        inner = Days(on, on + timedelta(1), strength=inner.strength)
    if side == "by" and inner.end and inner.end > said.today:
        return heard(Span(said.now, datetime.combine(inner.end, time())))
    if later:
        start = inner.end if side == "after" else inner.start
        return heard(Days(start, None, strength=max(FAIR, inner.strength)))
    end = inner.start if side in ("until", "before") else inner.end
    latest = inner.end if side == "until" else None
    return heard(Days(None, end, strength=max(FAIR, inner.strength), latest=latest))
