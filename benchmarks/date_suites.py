"""When an answer of the grammar of dates is what a public suite expects.

A suite's last reading is the future one, which is what a caller means. Days are compared by day,
times by minute, ranges at both ends; Duckling's ends may lie one grain further.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from voice.understanding.reading import Moment, When

Case = dict[str, Any]
GRAINS = {
    "Second": timedelta(seconds=1),
    "Minute": timedelta(minutes=1),
    "Hour": timedelta(hours=1),
    "Day": timedelta(days=1),
    "Week": timedelta(days=7),
    "Month": timedelta(days=31),
    "Year": timedelta(days=366),
}


def instant(moment: Moment | None, reference: datetime) -> datetime | None:
    """The moment on the reference calendar; a bare time is its next occurrence."""
    if moment is None or isinstance(moment, datetime):
        return moment
    if isinstance(moment, date):
        return datetime.combine(moment, time())
    found = datetime.combine(reference.date(), moment)
    return found if found >= reference.replace(second=0) else found + timedelta(1)


def parsed(value: str | None) -> Moment | None:
    """A suite's text as a moment, cut to the minute."""
    if value is None:
        return None
    if len(value) == 10:
        return date.fromisoformat(value)
    if len(value) == 8:
        return time.fromisoformat(value).replace(second=0)
    return datetime.fromisoformat(value).replace(second=0)


def cut(moment: Moment | None) -> Moment | None:
    if isinstance(moment, datetime | time):
        return moment.replace(second=0)
    return moment


def matches_recognizers(found: When, expected: Case) -> bool:
    if found.kind != expected["kind"]:
        return False
    if found.kind in ("range", "timerange"):
        ends = (parsed(expected.get("start")), parsed(expected.get("end")))
        return (cut(found.start), cut(found.end)) == ends
    return cut(found.value) == parsed(expected["value"])


def matches_duckling(found: When, expected: Case, reference: datetime) -> bool:
    """Duckling dates everything: bare times and parts of day are compared as next occurrences."""
    if expected["kind"] == "range":
        if found.kind not in ("range", "timerange"):
            return False
        start, end = spread(found, reference)
        wanted_start = instant(parsed(expected.get("start")), reference)
        wanted_end = instant(parsed(expected.get("end")), reference)
        grain = GRAINS[expected["grain"]]
        ends = {wanted_end, wanted_end - grain} if wanted_end else {None}
        return start == wanted_start and end in ends
    if found.kind not in ("date", "time", "datetime"):
        return False
    value, wanted = instant(cut(found.value), reference), parsed(expected["value"])
    if expected["kind"] == "date":
        return found.kind == "date" and found.value == wanted
    return found.kind != "date" and value == wanted


PARTS = ("morning", "afternoon", "evening", "night", "lunch", "tonite", "end of", "eod")


def by_choice(found: When, expected: Case, phrase: str) -> bool:
    """The last named day counted in; another length of a part of the day; "by" without a start."""
    if found.kind not in ("range", "timerange"):
        return False
    start, end = parsed(expected.get("start")), parsed(expected.get("end"))
    if isinstance(found.end, date) and isinstance(end, date) and found.start == start:
        return found.end - end == timedelta(1) and not isinstance(end, datetime)
    if phrase.startswith("by "):
        return found.start is None
    return any(part in phrase.lower() for part in PARTS)


def spread(found: When, reference: datetime) -> tuple[datetime | None, datetime | None]:
    """Both ends as instants; a span of hours is the one that is not over yet."""
    if found.kind == "range":
        return instant(cut(found.start), reference), instant(cut(found.end), reference)
    ends = [
        datetime.combine(reference.date(), moment) if isinstance(moment, time) else None
        for moment in (found.start, found.end)
    ]
    start, end = ends
    if start and end and end <= start:
        end += timedelta(1)
    if end and end <= reference:
        return (start and start + timedelta(1)), end + timedelta(1)
    return start, end
