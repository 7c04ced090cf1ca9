"""What a caller says now, joined to what was wanted before: "make it three", "another day"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from voice.understanding.reading import Reading, When
from voice.understanding.words import plain
from voice.wishes.discussed_days import among, days_under_discussion
from voice.wishes.wanted import ANY_TIME, DAY, Span, Wanted, spans_of


@dataclass(frozen=True, slots=True)
class Frame:
    """What the words of a turn lean on."""

    today: date
    anchor: datetime | None = None
    """The start under discussion, naive local, for "an hour later" or "make it three"."""
    offered: tuple[datetime, ...] = ()
    """Starts read to the caller last, naive local."""
    was: datetime | None = None
    """The start of the booking that is to be moved, naive local."""

    def times_of(self, wanted: Wanted, times: Iterable[When]) -> tuple[When, ...]:
        """The phrases with bare weekdays among the days under discussion."""
        anchor = self.anchor.date() if self.anchor else None
        days = days_under_discussion(wanted, self.offered, today=self.today, anchor=anchor)
        return among(times, days)

    def day(self, wanted: Wanted) -> date | None:
        """The one day under discussion."""
        if self.anchor is not None:
            return self.anchor.date()
        return wanted.spans[0].day if len(wanted.spans) == 1 else None


_ANY_TIME = re.compile(
    r"\b(?:any ?time|whenever|all day|any hour|what(?:ever)? time(?: you have)?|"
    r"(?:dont|do not) mind (?:when|what time)|flexible|no preference)\b"
)
_SOONEST = re.compile(
    r"\b(?:as soon as|how soon|how early|asap|right away|soonest|earliest|"
    r"next (?:opening|slot|free|appointment)|"
    r"(?:first|next) (?:\w+ )?(?:available|opening|slot|appointment|time))\b"
)
_MUCH = (
    r"(?:(?P<half>half an hour)|(?P<hour>an hour|one hour)|(?P<day>a day|one day)|"
    r"(?P<week>a week|one week)|"
    r"(?P<count>\d+|two|three|ten|fifteen|twenty|thirty|forty five) "
    r"(?P<unit>minutes?|hours?|days?|weeks?))(?: and a half)?"
)
_SHIFT = re.compile(rf"\b{_MUCH} (?P<way>later|earlier|after|before|sooner)\b")
_PUSH = re.compile(
    r"\b(?:mov|push|put|bring|brought|pull|shift|chang|mak|get|got)\w*\b.*"
    rf"\b(?P<way>forwards?|up|back|earlier|later|sooner)(?: by)?(?: about)? {_MUCH}\b"
)
""" "Bring it forward by a day", "push it back an hour"."""
_COUNTS = {
    "two": 2,
    "three": 3,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty five": 45,
}
_LATER = re.compile(r"\b(?:later|after that)\b")
_EARLIER = re.compile(r"\b(?:earlier|sooner|before that)\b")
_NEXT_DAY = re.compile(r"\b(?:(?:the )?(?:next|following) day|(?:the )?day after(?! tomorrow))\b")
_DAY_BEFORE = re.compile(r"\b(?:the )?(?:day before|previous day)\b")
_NEXT_WEEK = re.compile(r"\b(?:the )?(?:following week|week after(?! next))\b")
_WEEKDAY_ON = re.compile(
    r"\b(?:following (?P<next>(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?P<then>(?:mon|tues|wednes|thurs|fri|satur|sun)day) (?:after(?= that\b|$)|following))"
)
""" "The Saturday after", from the day under discussion; "after lunch" is none of it."""
_OTHER_DAY = re.compile(
    r"\b(?:an ?other|a different|some other|any other|other|different) (?:day|date)s?\b"
)
_SAME_DAY = re.compile(
    r"\ba (?:bit|little) (?:earlier|later|sooner)\b|\bsame day\b|\bthat day\b|\bthe day\b"
)
_JUST_THE_DAY = re.compile(r"\bsame day\b(?! (?:as|that)\b)")
_A_WEEK_ON = re.compile(r"\b(?:next week|week after|following week)\b")
_SAME_TIME = re.compile(r"\bsame (?:time|hour)\b")


def join(old: Wanted, reading: Reading, frame: Frame) -> Wanted:
    """The wish after these words: what is new replaces, what goes unsaid stays."""
    said = plain(reading.text)
    found = spans_of(frame.times_of(old, reading.times))
    excluded = [*old.excluded, *spans_of(frame.times_of(old, reading.exclude))]
    moved = _moved(said, found, old, frame)
    if moved is not None:
        spans = moved
    elif found:
        any_time = old.relative or bool(_ANY_TIME.search(said) or _SOONEST.search(said))
        spans = _merged(found, old, frame, any_time=any_time)
    elif _SOONEST.search(said):
        spans = (Span(first=frame.today),)
    elif _ANY_TIME.search(said):
        any_day = (Span(first=frame.today),)
        spans = tuple(span.at_times_of(ANY_TIME) for span in old.spans) or any_day
    elif _OTHER_DAY.search(said) or reading.answer == "ask_more":
        excluded += _ruled_out(said, frame)
        whole_day = _OTHER_DAY.search(said) is not None
        spans = _loosened(old.spans, frame.today, whole_day=whole_day)
    else:
        spans = old.spans
    kept = [ruled for ruled in excluded if not any(_asks_for(span, ruled) for span in spans)]
    beside = moved is not None and not found and all(span.at is None for span in spans)
    relative = beside or old.relative and spans == old.spans
    return Wanted(spans=spans, excluded=tuple(dict.fromkeys(kept)), relative=relative)


def _merged(
    found: tuple[Span, ...], old: Wanted, frame: Frame, *, any_time: bool
) -> tuple[Span, ...]:
    if all(span.has_day and span.has_time for span in found):
        return found
    if not any(span.has_day for span in found):
        return _on_discussed_days(found, old, frame)
    times = old.spans[0] if old.has_time and not any_time and _one_time(old) else ANY_TIME
    return tuple(
        span if span.has_time or _was_offered(span, times, frame) else span.at_times_of(times)
        for span in found
    )


def _was_offered(span: Span, times: Span, frame: Frame) -> bool:
    """Whether that day was offered at other times than those wanted before."""
    on_day = [start.time() for start in frame.offered if start.date() == span.day]
    return bool(on_day) and not any(
        at == times.at or (times.at is None and (times.after or time()) <= at) for at in on_day
    )


def _one_time(wanted: Wanted) -> bool:
    return len({(span.at, span.after, span.before) for span in wanted.spans}) == 1


def _on_discussed_days(found: tuple[Span, ...], old: Wanted, frame: Frame) -> tuple[Span, ...]:
    """Times alone: on the day of the start under discussion, else on the days spoken of."""
    days = {start.date() for start in frame.offered}
    day = frame.anchor.date() if frame.anchor else days.pop() if len(days) == 1 else None
    if day is not None:
        return tuple(span.on_days_of(Span(first=day, last=day)) for span in found)
    discussed = tuple(dict.fromkeys((span.first, span.last) for span in old.spans if span.has_day))
    if not discussed:
        return found
    return tuple(
        time.on_days_of(Span(first=first, last=last)) for first, last in discussed for time in found
    )


def _moved(
    said: str, found: tuple[Span, ...], old: Wanted, frame: Frame
) -> tuple[Span, ...] | None:
    """A wish given only by where it lies from the start under discussion."""
    if frame.was and _SAME_TIME.search(said) and not found and old.spans:
        same = Span(at=frame.was.time())
        return tuple(_same_weekday(span, frame.was).at_times_of(same) for span in old.spans)
    day = frame.was.date() if frame.was and not frame.offered else frame.day(old)
    if frame.was and not frame.offered and not found and _JUST_THE_DAY.search(said):
        return (Span(first=frame.was.date(), last=frame.was.date()),)
    on = _WEEKDAY_ON.search(said)
    if day is not None and on:
        there = day + (1 + (_named(on) - day.weekday() - 1) % 7) * DAY
        times = tuple(span for span in found if span.has_time) or old.spans[:1] or (ANY_TIME,)
        return tuple(time.on_days_of(Span(first=there, last=there)) for time in times)
    for pattern, days in ((_NEXT_DAY, 1), (_DAY_BEFORE, -1)):
        if day is not None and pattern.search(said):
            there = day + days * DAY
            times = tuple(span for span in found if span.has_time) or old.spans[:1] or (ANY_TIME,)
            return tuple(time.on_days_of(Span(first=there, last=there)) for time in times)
    starts = frame.offered or ((frame.anchor,) if frame.anchor else ())
    if not starts:
        return None
    anchor = frame.anchor or starts[0]
    shift = _SHIFT.search(said) or _PUSH.search(said)
    if shift:
        at = anchor + _length(shift)
        return (Span(first=at.date(), last=at.date(), at=at.time()),)
    if _SAME_TIME.search(said) and _A_WEEK_ON.search(said):
        day = anchor.date() + 7 * DAY
        return (Span(first=day, last=day, at=anchor.time()),)
    if _SAME_TIME.search(said) and found and not any(span.has_time for span in found):
        return tuple(span.at_times_of(Span(at=anchor.time())) for span in found)
    if found:
        return None
    if _NEXT_WEEK.search(said):
        monday = anchor.date() + timedelta(days=7 - anchor.weekday())
        return (Span(first=monday, last=monday + 6 * DAY),)
    gone = {span.day for span in old.excluded if span.day is not None and not span.has_time}
    return _beside(said, (min(starts), max(starts)), frame, gone)


def _same_weekday(span: Span, was: datetime) -> Span:
    """Of a whole week the day on which the booking is: "the week after, same time"."""
    if span.first is None or span.last is None or span.last - span.first != 6 * DAY:
        return span
    day = span.first + ((was.weekday() - span.first.weekday()) % 7) * DAY
    return Span(first=day, last=day)


def _named(on: re.Match[str]) -> int:
    """Monday is 0."""
    weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return weekdays.index(next(name for name in on.groups() if name)[:3])


def _length(shift: re.Match[str]) -> timedelta:
    back = shift["way"] not in ("later", "after", "back")
    if shift["half"] or shift["hour"]:
        length = timedelta(minutes=30 if shift["half"] else 60)
    elif shift["count"]:
        count = _COUNTS.get(shift["count"]) or int(shift["count"])
        length = timedelta(**{shift["unit"].rstrip("s") + "s": count})
    else:
        length = timedelta(days=1 if shift["day"] else 7)
    return -length if back else length


def _beside(
    said: str, between: tuple[datetime, datetime], frame: Frame, gone: set[date]
) -> tuple[Span, ...] | None:
    """Later or earlier than everything offered: that day, or any day on that side of it."""
    first, last = between
    later, earlier = _LATER.search(said), _EARLIER.search(said)
    if bool(later) == bool(earlier):
        return None
    if re.search(r"\b(?:day|date|week)\b", said) and not _SAME_DAY.search(said):
        return (
            (Span(first=last.date() + DAY),)
            if later
            else (Span(first=frame.today, last=first.date() - DAY),)
        )
    if later and last.date() in gone:
        return (Span(first=last.date() + DAY),)
    if later:
        after = (last + timedelta(minutes=1)).time()
        return (Span(first=last.date(), last=last.date(), after=after),)
    same_day = Span(first=first.date(), last=first.date(), before=first.time())
    if first.date() == frame.today or _SAME_DAY.search(said):
        return (same_day,)
    return (Span(first=frame.today, last=first.date() - DAY), same_day)


def _ruled_out(said: str, frame: Frame) -> list[Span]:
    """What was offered is not wanted: those days, or those starts."""
    if _OTHER_DAY.search(said):
        days = {start.date() for start in frame.offered}
        return [Span(first=day, last=day) for day in sorted(days)]
    return [Span(first=start.date(), last=start.date(), at=start.time()) for start in frame.offered]


def _loosened(spans: tuple[Span, ...], today: date, *, whole_day: bool) -> tuple[Span, ...]:
    """For others than those offered: an exact time no longer binds, nor does a day ruled out."""
    loose = tuple(span.at_times_of(ANY_TIME) if span.at else span for span in spans)
    if not whole_day:
        return loose
    return tuple(dict.fromkeys(span.on_days_of(Span(first=today)) for span in spans))


def _asks_for(span: Span, ruled: Span) -> bool:
    """Whether the wish names exactly what had been ruled out: then it no longer is."""
    if ruled.day is not None and span.day == ruled.day:
        return ruled.at is None or ruled.at == span.at
    if ruled.has_day or not ruled.has_time:
        return False
    if ruled.at is not None or span.at is None:
        return (ruled.at, ruled.after, ruled.before) == (span.at, span.after, span.before)
    return (ruled.after or time()) <= span.at and (ruled.before is None or span.at < ruled.before)
