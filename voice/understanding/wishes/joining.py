"""What a caller says now, joined to what was wanted before: "make it three", "another day"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from voice.understanding.acts import Act, Order
from voice.understanding.dates.resolving import SHORT_OF_A_PART
from voice.understanding.phrasebook import says
from voice.understanding.reading import When
from voice.understanding.wishes.discussed_days import (
    among,
    days_under_discussion,
    in_the_week_of,
)
from voice.understanding.wishes.extremes import FIRST_HOURS, order_after
from voice.understanding.wishes.mended import left_of
from voice.understanding.wishes.shifts import shift_told
from voice.understanding.wishes.wanted import (
    ANY_TIME,
    DAY,
    Span,
    Wanted,
    limited,
    limits_told,
    spans_of,
)
from voice.understanding.wishes.weekdays import begins_on, is_bare_weekday, weekdays_placed
from voice.understanding.words import plain

WEEK = 7
WEEKENDS = ("weekend", "the weekend", "weekends", "the weekends")


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


_LATER = re.compile(r"\b(?:later|after that|too (?:early|soon))\b")
_EARLIER = re.compile(r"\b(?:earlier|sooner|before that|too late)\b")
_NEXT_DAY = re.compile(r"\b(?:(?:the )?(?:next|following) day|(?:the )?day after(?! tomorrow))\b")
_DAY_BEFORE = re.compile(r"\b(?:the )?(?:day before|previous day)\b")
_NEXT_WEEK = re.compile(r"\b(?:the )?(?:following week|week after(?! next))\b")
_WEEKDAY_ON = re.compile(
    r"\b(?:following (?P<next>(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?P<then>(?:mon|tues|wednes|thurs|fri|satur|sun)day) "
    r"(?:after(?= (?:that|instead|same|please|for|with|would|at|after|before|in|from|any|anytime|"
    r"like|late|early|sometime|maybe|if|or|and|but|then|so)\b| *$)|following))"
)
""" "The Saturday after", from the day under discussion; "after lunch" is none of it."""
_OTHER_DAY = re.compile(
    r"\b(?:an ?other|a different|some other|any other|other|different) (?:day|date)s?\b"
)
_SAME_DAY = re.compile(
    r"\b(?:a (?:wee bit|bit|wee|little) (?:earlier|later|sooner)|too (?:early|late|soon))\b|"
    r"\bsame day\b|\bthat day\b|\bthe day\b"
)
_THERE = re.compile(r"\b(?:same|that) day\b")
_JUST_THE_DAY = re.compile(r"\bsame day\b(?! (?:as|that)\b)")
_A_WEEK_ON = re.compile(r"\b(?:next week|week after|following week)\b")
_SAME_WEEK = re.compile(r"\b(?:the|that) same week\b|\bthat week\b")
_THERE_BEFORE = re.compile(r"\bbefore (?:it|that)\b")
_THERE_AFTER = re.compile(r"\bafter (?:it|that)\b")
_SAME_DAY_ON = re.compile(r"\bsame day (?:of )?(?:the )?(?:next week|week after|following week)\b")
_AT_THE_EARLIEST = re.compile(r"\bat the (?:very )?earliest\b")
_SAME_TIME = re.compile(r"\bsame (?:time|hour)\b")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was said about when, with what it says beyond days and hours."""

    said: str
    """Plain words."""
    times: tuple[When, ...] = ()
    least: tuple[Span, ...] = ()
    """From when on the caller can be there at all."""
    exclude: tuple[When, ...] = ()
    more: bool = False
    """Whether others than those offered are wanted."""
    order: Order | None = None
    any_time: bool = False
    first_thing: bool = False


def joined(wanted: Wanted, act: Act | Sequence[Act], frame: Frame) -> Wanted:
    """The wish after these acts of one turn, in the order said: what is new replaces, what goes
    unsaid stays. Several wishes in one turn are all meant, but for one that another corrects."""
    acts = [act] if isinstance(act, Act) else list(act)
    wishes = _without_kept_bounds([each for each in acts if each.name != "rule_out"])
    said = plain(" , ".join(map(_own_words, wishes)))
    times: list[When] = []
    for each in wishes:
        if each.corrects:
            times = [left for when in times for left in left_of(when, each.times)]
        times += [when for when in each.times if when not in times]
    wish = _Wish(
        said=said,
        times=weekdays_placed([when for when in times if not when.least]),
        least=spans_of(when for when in times if when.least),
        exclude=tuple(when for each in acts if each.name == "rule_out" for when in each.times),
        more=any(each.name == "more" for each in wishes),
        order=next((each.order for each in reversed(wishes) if each.order), None),
        any_time=says("wishes", "any time", said),
        first_thing=says("wishes", "first thing", said),
    )
    return _join(wanted, wish, frame)


def _own_words(wish: Act) -> str:
    """Without those of a day that was told by another, and is known."""
    words = wish.text
    for when in wish.times:
        if when.since or _THERE.search(when.text.lower()):
            start, end = (max(place - wish.start, 0) for place in when.span)
            words = words[:start] + " " * len(words[start:end]) + words[end:]
    return words


def _without_kept_bounds(wishes: Sequence[Act]) -> list[Act]:
    """A day "at the earliest" says nothing more beside a later one that is named with it."""
    kept: list[Act] = []
    for each in wishes:
        days = [day for when in each.times if (day := begins_on(when))]
        others = [when for other in wishes if other is not each for when in other.times]
        later = [day for when in others if (day := begins_on(when)) and days and day >= days[0]]
        if not (later and _AT_THE_EARLIEST.search(plain(each.text))):
            kept.append(each)
    return kept


def _join(old: Wanted, wish: _Wish, frame: Frame) -> Wanted:
    said = wish.said
    times = wish.times
    if frame.was and not frame.offered and _SAME_WEEK.search(said):
        times = in_the_week_of(times, frame.was.date())
    found = _within_the_stretch(spans_of(frame.times_of(old, times)), old)
    if wish.first_thing:
        found = tuple(
            span.at_times_of(ANY_TIME) if (span.after, span.before) == FIRST_HOURS else span
            for span in found
        )
    moved = _moved(said, found, old, frame)
    spans = moved if moved is not None else _spans(wish, found, old, frame)
    spans = tuple(_not_sooner(span, least) for span in spans for least in wish.least[-1:]) or spans
    spans = spans or wish.least
    if not wish.any_time:
        spans = tuple(_within_the_end(_within_the_hours(span, old), old) for span in spans)
    limits = () if wish.any_time and not found else limits_told(found, old.limits)
    spans = tuple(limited(span, limits) for span in spans)
    days = {span.day for span in found} - {None}
    stands = [r for r in old.excluded if r.has_time or not any(d and r.on(d) for d in days)]
    ruled_out = _excluded(wish, spans, frame)
    spans = spans if found else _left_of(spans, ruled_out)
    excluded = [*stands, *ruled_out]
    if moved is None and not found and not wish.order and not wish.any_time:
        excluded += _ruled_out(said, frame) if wish.more or _OTHER_DAY.search(said) else []
    kept = [ruled for ruled in excluded if not any(_asks_for(span, ruled) for span in spans)]
    beside = moved is not None and not found and all(span.at is None for span in spans)
    relative = beside or old.relative and spans == old.spans
    order = order_after(wish.order, old, found, moved=moved is not None or wish.any_time)
    return Wanted(
        spans=spans, excluded=tuple(dict.fromkeys(kept)), relative=relative, order=order,
        limits=limits,
    )  # fmt: skip


def _not_sooner(span: Span, least: Span) -> Span:
    """The same within the hours at which the caller can be there."""
    then = least.after or time()
    if least.has_day and span.has_day and not span.on(least.first or date.min):
        return span
    if span.at is not None:
        return span if span.at >= then else span.at_times_of(least)
    return span if span.after and span.after > then else span.model_copy(update={"after": then})


def _spans(wish: _Wish, found: tuple[Span, ...], old: Wanted, frame: Frame) -> tuple[Span, ...]:
    """The days and hours wanted now, where they are not told by where they lie from others."""
    if found:
        any_time = old.relative or wish.any_time or wish.order is not None
        return _merged(found, old, frame, any_time=any_time)
    if wish.order == "latest" or wish.first_thing:
        return tuple(dict.fromkeys(span.at_times_of(ANY_TIME) for span in old.spans))
    if wish.order == "soonest" and not old.has_day:
        return (Span(first=frame.today),)
    if wish.order == "soonest":
        return tuple(span.at_times_of(ANY_TIME) if span.at else span for span in old.spans)
    if wish.any_time:
        any_day = (Span(first=frame.today),)
        return tuple(span.at_times_of(ANY_TIME) for span in old.spans) or any_day
    if says("wishes", "any day", wish.said):
        days = tuple(span.on_days_of(Span(first=frame.today)) for span in old.spans)
        return tuple(dict.fromkeys(days)) or (Span(first=frame.today),)
    if _OTHER_DAY.search(wish.said) or wish.more:
        whole_day = _OTHER_DAY.search(wish.said) is not None
        return _loosened(old.spans, frame.today, whole_day=whole_day)
    return old.spans


def _excluded(wish: _Wish, spans: tuple[Span, ...], frame: Frame) -> tuple[Span, ...]:
    """What is ruled out; a bare weekday in the week that is wanted."""
    week = days_under_discussion(
        Wanted(spans=spans), frame.offered, today=frame.today, anchor=None
    ).days
    out = (
        replace(when, every=True)
        if is_bare_weekday(when) and len(week) != WEEK or plain(when.text) in WEEKENDS
        else when
        for when in wish.exclude
    )
    placed = frame.times_of(Wanted(spans=spans), out)
    return tuple(span for when in placed for span in spans_of((when,)))


def _left_of(spans: tuple[Span, ...], out: Sequence[Span]) -> tuple[Span, ...]:
    """The days and hours wanted so far, without a day, or an hour, that will not do after all."""
    kept = (span for span in spans if not any(_asks_for(span, e) and not e.has_time for e in out))
    return tuple(e.at_times_of(ANY_TIME) if any(_asks_for(e, r) for r in out) else e for e in kept)


def _within_the_stretch(found: tuple[Span, ...], old: Wanted) -> tuple[Span, ...]:
    """ "A Thursday", of the days that were wanted before, where these were several."""
    stretches = {(span.first, span.last) for span in old.spans if span.day is None and span.last}
    if len(stretches) != 1:
        return found
    first, last = stretches.pop()
    return tuple(
        span.model_copy(update={"first": first, "last": last})
        if span.weekdays and not (span.first or span.last)
        else span
        for span in found
    )


def _merged(
    found: tuple[Span, ...], old: Wanted, frame: Frame, *, any_time: bool
) -> tuple[Span, ...]:
    if all(span.has_day and span.begins for span in found):
        return found
    if not any(span.has_day for span in found):
        found = tuple(_from_the_beginning(span, old, frame) for span in found)
        return _on_discussed_days(found, old, frame)
    times = old.spans[0] if old.has_time and not any_time and _one_time(old) else ANY_TIME
    found = tuple(
        span.at_times_of(times).over_by(span.until) if span.until and not span.begins else span
        for span in found
    )
    return tuple(
        span if span.has_time or _was_offered(span, times, frame) else span.at_times_of(times)
        for span in found
    )


def _from_the_beginning(span: Span, old: Wanted, frame: Frame) -> Span:
    """By when a visit must be over leaves as it was when it may begin."""
    if span.begins or span.until is None or not _one_time(old) or not old.spans:
        return span
    return span if frame.offered and old.exact else old.spans[0].over_by(span.until)


def _within_the_hours(span: Span, old: Wanted) -> Span:
    """ "After half nine" leaves the noon standing by which it was to begin, and the other way
    round."""
    if (
        not (old.spans and _one_time(old))
        or span.at
        or (span.after is None) == (span.before is None)
    ):
        return span
    after, before = span.after or old.spans[0].after, span.before or old.spans[0].before
    if after is None or before is None or not _long_enough(after, before):
        return span
    return span.model_copy(update={"after": after, "before": before})


def _long_enough(after: time, before: time) -> bool:
    return (before.hour - after.hour) * 60 + before.minute - after.minute > SHORT_OF_A_PART


def _within_the_end(span: Span, old: Wanted) -> Span:
    """When a visit may begin leaves as it was by when it must be over."""
    ends = {each.until for each in old.spans}
    end = ends.pop() if len(ends) == 1 else None
    begins = span.at or span.after or time()
    if end is None or span.until is not None or not span.begins or begins >= end:
        return span
    return span.over_by(end)


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
    discussed = tuple(
        dict.fromkeys(ANY_TIME.on_days_of(span) for span in old.spans if span.has_day)
    )
    if not discussed:
        return found
    return tuple(time.on_days_of(days) for days in discussed for time in found)


def _moved(
    said: str, found: tuple[Span, ...], old: Wanted, frame: Frame
) -> tuple[Span, ...] | None:
    """A wish given only by where it lies from the start under discussion."""
    if frame.was and _SAME_TIME.search(said) and not found and old.spans:
        same = Span(at=frame.was.time())
        return tuple(_same_weekday(span, frame.was).at_times_of(same) for span in old.spans)
    if frame.was and not frame.offered and (there := _day_from(frame.was.date(), said)):
        hours = tuple(span for span in found if span.has_time) or (ANY_TIME,)
        if _SAME_TIME.search(said):
            hours = (Span(at=frame.was.time()),)
        return tuple(hour.on_days_of(Span(first=there, last=there)) for hour in hours)
    day = frame.was.date() if frame.was and not frame.offered else frame.day(old)
    if frame.was and not frame.offered and not found and _JUST_THE_DAY.search(said):
        return (Span(first=frame.was.date(), last=frame.was.date()),)
    if day is not None and _SAME_WEEK.search(said) and not any(span.has_day for span in found):
        week = _week_of_day(day, said, frame.today)
        return tuple(time.on_days_of(week) for time in found or (ANY_TIME,))
    if day is not None and (there := _day_from(day, said)) is not None:
        times = tuple(span for span in found if span.has_time) or old.spans[:1] or (ANY_TIME,)
        return tuple(time.on_days_of(Span(first=there, last=there)) for time in times)
    return _from_a_start(said, found, old, frame)


def _week_of_day(day: date, said: str, today: date) -> Span:
    """ "That same week", or the days of it before or after the one under discussion."""
    monday = day - day.weekday() * DAY
    first, last = max(monday, min(today, day)), monday + 6 * DAY
    if _THERE_BEFORE.search(said) and day > first:
        return Span(first=first, last=day - DAY)
    if _THERE_AFTER.search(said) and day < last:
        return Span(first=day + DAY, last=last)
    return Span(first=first, last=last)


def _from_a_start(
    said: str, found: tuple[Span, ...], old: Wanted, frame: Frame
) -> tuple[Span, ...] | None:
    """The same where it lies from the times on offer, or from the one time under discussion."""
    starts = frame.offered or ((frame.anchor,) if frame.anchor else ())
    if not starts:
        return None
    anchor = frame.anchor or starts[0]
    if frame.was and not frame.anchor and _SAME_TIME.search(said):
        anchor = frame.was  # of several on offer none is the time that is known
    if shift := shift_told(said):
        at = anchor + shift
        return (Span(first=at.date(), last=at.date(), at=at.time()),)
    if _SAME_TIME.search(said) and _A_WEEK_ON.search(said):
        day = anchor.date() + 7 * DAY
        return (Span(first=day, last=day, at=anchor.time()),)
    if _SAME_TIME.search(said) and found and not any(span.has_time for span in found):
        return tuple(span.at_times_of(Span(at=anchor.time())) for span in found)
    if _NEXT_WEEK.search(said) and not any(span.has_day for span in found):
        monday = anchor.date() + timedelta(days=7 - anchor.weekday())
        kept = old.spans[:1] if _one_time(old) and not (old.exact or old.relative) else ()
        week = Span(first=monday, last=monday + 6 * DAY)
        return tuple(hours.on_days_of(week) for hours in found or kept or (ANY_TIME,))
    if found:
        return _beside_on(said, found, starts, frame)
    gone = {span.day for span in old.excluded if span.day is not None and not span.has_time}
    return _beside(said, (min(starts), max(starts)), frame, gone)


def _beside_on(
    said: str, found: tuple[Span, ...], starts: Sequence[datetime], frame: Frame
) -> tuple[Span, ...] | None:
    """ "Wednesday a bit later", "a bit earlier, I've to be home for six": beside what was offered
    on such a day, or "Thursday, later if possible", where the booking is."""
    on = [start for start in starts if any(span.on(start.date()) for span in found)]
    there = frame.was or _SAME_DAY.search(said)
    if not (on and there) or any(span.begins for span in found):
        return None
    beside = _beside(said, (min(on), max(on)), frame, set()) or ()
    days = {start.date() for start in on}
    beside = tuple(span for span in beside if span.day in days) or beside
    return tuple(span.over_by(found[-1].until) for span in beside) or None


def _day_from(was: date, said: str) -> date | None:
    """The day that is told by where it lies from another one: "the Friday after"."""
    ahead = (_named(on) - was.weekday() - 1) % 7 + 1 if (on := _WEEKDAY_ON.search(said)) else None
    for pattern, days in ((_SAME_DAY_ON, 7), (_NEXT_DAY, 1), (_DAY_BEFORE, -1)):
        if ahead is None and pattern.search(said):
            ahead = days
    return None if ahead is None else was + ahead * DAY


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
    same_day = ruled.day is not None and span.day == ruled.day
    if same_day and not ruled.has_hours:
        return ruled.at is None or ruled.at == span.at
    if ruled.weekdays and not ruled.has_time:
        return span.day is not None and ruled.on(span.day)
    if ruled.has_day and not same_day or not ruled.has_time:
        return False
    if ruled.at is not None or span.at is None:
        return (ruled.at, ruled.after, ruled.before) == (span.at, span.after, span.before)
    return (ruled.after or time()) <= span.at and (ruled.before is None or span.at < ruled.before)
