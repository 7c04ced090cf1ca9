"""Morning or afternoon: what was said decides, then the part of day, then the opening hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time

from voice.understanding.dates.lexicon import AFTERNOON, EVENING, MORNING, PARTS
from voice.understanding.dates.meaning import Clock, Hours, Part
from voice.understanding.dates.parts import DAY_ENDS
from voice.understanding.dates.words import Utterance
from voice.understanding.dates.zones import minutes_to_home

WORKING_DAY = ((8 * 60, 18 * 60),)
"""Opening minutes where a business's own are not known."""
FIRST_MORNING_HOUR = 8
"""Earlier hours are taken for the afternoon where the opening hours leave both open."""
MIDDAY = 12 * 60
AFTERNOON_END = 17 * 60
LAST_HOURS = 3 * 60
"""Before closing, for "the end of the day"."""
LATE_CLOSING = 18 * 60 + 30
"""A business that closes by then has no evening: its afternoon lasts to the end."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Minutes since midnight; `others` are the readings not chosen."""

    minute: int
    others: tuple[int, ...] = ()
    asked: bool = False
    """Both readings are plausible: the caller is asked."""

    def moved(self, minutes: int) -> Settled:
        """Told in another zone: nothing is left to ask."""
        return Settled(self.minute + minutes)

    @property
    def time(self) -> time:
        return as_time(self.minute)


def as_time(minute: int) -> time:
    minute %= 24 * 60
    return time(minute // 60, minute % 60)


def settle(clock: Clock, said: Utterance, day: date | None, part: Part | None) -> Settled:
    """The time of day that is meant, by the business's clock."""
    if clock.zone:
        told = settle(replace(clock, zone=None), said, day, part)
        return told.moved(minutes_to_home(clock.zone, said, day, told.minute))
    minute = clock.hour * 60 + clock.minute
    if clock.full:
        return Settled(minute)
    if clock.half:
        late = clock.half == "pm"
        return Settled(minute % MIDDAY + (MIDDAY if late else 0))
    early, late_minute = minute % MIDDAY, minute % MIDDAY + MIDDAY
    if part:
        return settle_by_part(clock, part)
    if day == said.today and early < said.now.hour * 60 + said.now.minute <= late_minute:
        return Settled(late_minute)
    return settle_by_opening(clock, said, day)


def settle_by_part(clock: Clock, part: Part) -> Settled:
    early = (clock.hour * 60 + clock.minute) % MIDDAY
    if part.name in ("morning", "mornings", "morn", "forenoon", "first", "early day"):
        return Settled(early)
    if part.name in ("night", "nights", "tonight") and early < 5 * 60:
        return Settled(early)
    if part.name in ("evening", "evenings", "eve") and early < 60 and clock.hour == 12:
        return Settled(24 * 60 + early)
    return Settled(early + MIDDAY)


def hours_of(part: Part, said: Utterance, day: date | None) -> tuple[Settled, Settled]:
    """A part of the day in minutes; where opening hours are known it reaches to them."""
    start, end = part.start.hour * 60, part.end.hour * 60 + part.end.minute
    opening = opening_minutes(said, day)
    if said.context.opens and opening and PARTS.get(part.name) == (part.start, part.end):
        first = min(start for start, _ in opening)
        last = max(end for _, end in opening)
        if (part.start, part.end) == MORNING:
            start = min(start, first)
        elif (part.start, part.end) == AFTERNOON:
            end = last if end < last <= LATE_CLOSING else AFTERNOON_END
        elif (part.start, part.end) == EVENING:
            start, end = AFTERNOON_END, max(end, min(last, 24 * 60 - 1))
    elif said.context.opens and opening and part.name == DAY_ENDS:
        end = max(end for _, end in opening)
        start = max(min(start for start, _ in opening), end - LAST_HOURS)
    return Settled(start), Settled(end)


def settle_by_opening(clock: Clock, said: Utterance, day: date | None) -> Settled:
    early = (clock.hour * 60 + clock.minute) % MIDDAY
    late = early + MIDDAY
    opening = opening_minutes(said, day)
    opened = [minute for minute in (early, late) if is_open(minute, opening)]
    likely = early if FIRST_MORNING_HOUR * 60 <= early else late
    if len(opened) == 1:
        other = late if opened[0] == early else early
        return Settled(opened[0], (other,))
    other = late if likely == early else early
    return Settled(likely, (other,), asked=len(opened) == 2)


def opening_minutes(said: Utterance, day: date | None) -> tuple[tuple[int, int], ...]:
    opens = said.context.opens
    if opens is None:
        return WORKING_DAY
    if day is not None and opens.get(day.weekday()):
        return opens[day.weekday()]
    return tuple(window for windows in opens.values() for window in windows)


def is_open(minute: int, opening: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= minute < end or start <= minute + 1440 < end for start, end in opening)


def settle_hours(
    hours: Hours, said: Utterance, day: date | None, part: Part | None
) -> tuple[Settled | None, Settled | None]:
    """Both ends; what was said of one end tells about the other."""
    start, end = hours.start, hours.end
    if zone := (start and start.zone) or (end and end.zone):
        told = settle_hours(without_zone(hours), said, day, part)
        first = next(settled.minute for settled in told if settled)
        away = minutes_to_home(zone, said, day, first)
        opening, closing = (settled and settled.moved(away) for settled in told)
        return opening, closing
    if start is None or end is None:
        return (
            settle(start, said, day, part) if start else None,
            settle(end, said, day, part) if end else None,
        )
    if not is_told(start) and is_told(end):
        closing = settle(end, said, day, part)
        return before(start, closing, part), closing
    opening = settle(start, said, day, part)
    if is_told(end):
        return opening, settle(end, said, day, part)
    gap = (end.hour * 60 + end.minute - opening.minute) % MIDDAY or MIDDAY
    return opening, Settled(opening.minute + gap)


def without_zone(hours: Hours) -> Hours:
    start, end = (clock and replace(clock, zone=None) for clock in (hours.start, hours.end))
    return replace(hours, start=start, end=end)


def is_told(clock: Clock) -> bool:
    return clock.full or clock.half is not None


def before(start: Clock, closing: Settled, part: Part | None) -> Settled:
    """The last such time before the closing one: "11 to 3 pm" starts in the morning."""
    if part:
        return settle_by_part(start, part)
    gap = (closing.minute - start.hour * 60 - start.minute) % MIDDAY or MIDDAY
    return Settled((closing.minute - gap) % (24 * 60))
