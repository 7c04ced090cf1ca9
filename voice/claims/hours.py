"""What is said of opening hours, held against the hours of the business."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import date, datetime, time

from voice.claims.known_times import KnownTimes
from voice.claims.times import SaidTime, any_within
from voice.claims.words import Clause
from voice.understanding.reading import When

_IS_OPEN_AT = re.compile(r"\b(?:is|are|'re|be|still|also) (?:\w+ )?open at\b")
_OPENS_AT = re.compile(r"\bopens? at (?!.*\b(?:to|until|till|close)\b)")
_BOUND = re.compile(r"\b(?:from|until|till|to|opens?|closes?)\b")


def in_hours(known: KnownTimes, clause: Clause, one: SaidTime, who: Set[str]) -> bool:
    """Whether that fits when the business, or who is named, is there; a bare time may fit any
    day."""
    for reading in one.readings:
        if isinstance(reading, datetime | date):
            day = reading.date() if isinstance(reading, datetime) else reading
            spans = known.hours_on(day, who)
            if not isinstance(reading, datetime):
                if bool(spans) != clause.shuts:
                    return True
            elif _open_at(reading, spans, clause):
                return True
        elif any(
            _open_at(datetime.combine(day, reading), known.hours_on(day, who), clause)
            for day in known.usual_days()
        ):
            return True
    return False


def ends_with_hours(known: KnownTimes, when: When, who: Set[str]) -> bool:
    """Whether a stretch like "until five" ends when somebody's hours end."""
    end = when.end
    if not isinstance(end, time | datetime) or (isinstance(end, datetime) and end.time() == time()):
        return True
    days = [end.date()] if isinstance(end, datetime) else known.usual_days()
    closing = [span[1] for day in days for span in known.hours_on(day, who)]
    return any(end in (closes, closes.time()) for closes in closing)


def is_open_within(known: KnownTimes, when: When, who: Set[str]) -> bool:
    """Whether a stretch without a clock time, like "Saturday mornings", has any hours in it."""
    opens = [span for day in known.usual_days() for span in known.hours_on(day, who)]
    if isinstance(when.start, datetime | date) and not isinstance(when.end, time):
        first = when.start.date() if isinstance(when.start, datetime) else when.start
        opens = known.hours_on(first, who)
    middles = [start + (end - start) * part / 8 for start, end in opens for part in range(8)]
    return any_within(when, middles)


def never_closed(known: KnownTimes, clause: Clause) -> bool:
    """Whether it falsely says that the business is open every day, or day and night."""
    if clause.every_day:
        return not all(known.hours_on(day) for day in known.usual_days())
    return clause.round_the_clock


def _open_at(at: datetime, spans: Sequence[tuple[datetime, datetime]], clause: Clause) -> bool:
    text = clause.text.lower()
    inside = any(start < at < end for start, end in spans)
    if clause.shuts:
        return not inside or any(at in span for span in spans)
    is_open = _IS_OPEN_AT.search(text) is not None
    if not is_open and _OPENS_AT.search(text):
        return any(at == start for start, _ in spans)
    return any(at in span for span in spans) or (inside and (is_open or not _BOUND.search(text)))
