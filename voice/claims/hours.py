"""What is said of opening hours, held against the hours of the business."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date, datetime, time

from voice.claims.backing import Backing
from voice.claims.times import SaidTime, any_within, ends, is_day
from voice.claims.wording import Wording
from voice.claims.words import Clause
from voice.understanding.reading import Moment, When

_SAYS = Wording("hours")
_HOURS = _SAYS.pattern("hours")
_EVERY_WEEK = _SAYS.pattern("every_week")
TIMES_FREE = _SAYS.pattern("times_free")
_SHUT = _SAYS.pattern("shut")
_EVERY_DAY = _SAYS.pattern("every_day")
_ROUND_THE_CLOCK = _SAYS.pattern("round_the_clock")
_ONLY_THEN = _SAYS.pattern("only_then")
"""It would have to be known of every other day."""
_CLOCK = _SAYS.pattern("clock")
_IS_OPEN_AT = _SAYS.pattern("is_open_at")
_OPENS_AT = _SAYS.pattern("opens_at")
_BOUND = _SAYS.pattern("bound")


def tells_hours(clause: Clause) -> bool:
    """Whether it speaks of when the business is open."""
    weekly = bool(_EVERY_WEEK.search(clause.text)) and not TIMES_FREE.search(clause.text)
    return weekly or bool(_HOURS.search(clause.text))


def false_hours(
    known: Backing, clause: Clause, said: Sequence[SaidTime], spans: Sequence[When], who: Set[str]
) -> bool:
    """Whether what it tells of hours is not so; `who`: of whom."""
    if not clause.asks:
        if _EVERY_DAY.search(clause.text):
            return not all(known.hours_on(day) for day in known.usual_days())
        if _ROUND_THE_CLOCK.search(clause.text) or _ONLY_THEN.search(clause.text):
            return True
    if not all(_in_hours(known, clause, one, who) for one in said):
        return True
    return not (
        clause.asks or all(_are_hours(known, clause, each, who) for each in _on_day(spans, said))
    )


def has_clock(when: When) -> bool:
    """Whether it is bounded by clock times, not by days alone."""
    return _CLOCK.search(when.text) is not None


def _shuts(clause: Clause) -> bool:
    return clause.denies or bool(_SHUT.search(clause.text))


def _in_hours(known: Backing, clause: Clause, one: SaidTime, who: Set[str]) -> bool:
    """Whether that fits when the business, or who is named, is there; a bare time may fit any
    day."""
    for reading in one.readings:
        if isinstance(reading, datetime | date):
            day = reading.date() if isinstance(reading, datetime) else reading
            spans = known.hours_on(day, who)
            if not isinstance(reading, datetime):
                if bool(spans) != _shuts(clause):
                    return True
            elif _open_at(reading, spans, clause):
                return True
        elif any(
            _open_at(datetime.combine(day, reading), known.hours_on(day, who), clause)
            for day in known.usual_days()
        ):
            return True
    return False


def _are_hours(known: Backing, clause: Clause, when: When, who: Set[str]) -> bool:
    """Whether a stretch told is of the opening hours."""
    if not has_clock(when):
        return _is_open_within(known, when, who) != _shuts(clause)
    fits = all(_in_hours(known, clause, one, who) for one in ends(when))
    return fits and _ends_with_hours(known, when, who)


def _ends_with_hours(known: Backing, when: When, who: Set[str]) -> bool:
    """Whether a stretch like "until five" ends when somebody's hours end."""
    end = when.end
    if not isinstance(end, time | datetime) or (isinstance(end, datetime) and end.time() == time()):
        return True
    days = [end.date()] if isinstance(end, datetime) else known.usual_days()
    closing = [span[1] for day in days for span in known.hours_on(day, who)]
    return any(end in (closes, closes.time()) for closes in closing)


def _is_open_within(known: Backing, when: When, who: Set[str]) -> bool:
    """Whether a stretch without a clock time, like "Saturday mornings", has any hours in it."""
    opens = [span for day in known.usual_days() for span in known.hours_on(day, who)]
    if isinstance(when.start, datetime | date) and not isinstance(when.end, time):
        first = when.start.date() if isinstance(when.start, datetime) else when.start
        opens = known.hours_on(first, who)
    middles = [start + (end - start) * part / 8 for start, end in opens for part in range(8)]
    return any_within(when, middles)


def _on_day(spans: Sequence[When], said: Sequence[SaidTime]) -> list[When]:
    """With the one day that is named beside them: "on Saturday we're here until three"."""
    days = {one for each in said for one in each.readings if is_day(one)}
    if len(days) != 1:
        return list(spans)
    (day,) = days

    def put(end: Moment | None) -> Moment | None:
        return datetime.combine(day, end) if isinstance(end, time) else end

    return [replace(when, start=put(when.start), end=put(when.end)) for when in spans]


def _open_at(at: datetime, spans: Sequence[tuple[datetime, datetime]], clause: Clause) -> bool:
    text = clause.text.lower()
    inside = any(start < at < end for start, end in spans)
    if _shuts(clause):
        return not inside or any(at in span for span in spans)
    is_open = _IS_OPEN_AT.search(text) is not None
    if not is_open and _OPENS_AT.search(text):
        return any(at == start for start, _ in spans)
    return any(at in span for span in spans) or (inside and (is_open or not _BOUND.search(text)))
