"""When a caller would like to come: days and times of day that go together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pydantic import BaseModel, ConfigDict

from voice.understanding.acts import Order
from voice.understanding.dates.resolving import SHORT_OF_A_PART
from voice.understanding.reading import When
from voice.understanding.words import plain

DAY = timedelta(days=1)


class Span(BaseModel):
    """Days and times of day that go together, both as the business's clock shows them."""

    model_config = ConfigDict(frozen=True)

    first: date | None = None
    """None with `last`: from today; None without: any day."""
    last: date | None = None
    """Included; None with `first`: no last day."""
    weekdays: tuple[int, ...] = ()
    """Only these of the days, Monday is 0; empty: all of them."""
    at: time | None = None
    """An exact time; `after` and `before` are then empty."""
    after: time | None = None
    before: time | None = None
    """Excluded; at or before `after` it is on the next day."""
    until: time | None = None
    """By when the visit must be over, whatever it takes."""
    fold: int | None = None
    """Which of two, where the clock shows the time twice."""

    @property
    def has_day(self) -> bool:
        """Whether it speaks of days at all."""
        return self.first is not None or self.last is not None or self.weekdays != ()

    @property
    def has_time(self) -> bool:
        """Whether it speaks of times of day at all."""
        return self.begins or self.until is not None

    @property
    def begins(self) -> bool:
        """Whether it speaks of when a visit begins."""
        return self.at is not None or self.after is not None or self.before is not None

    @property
    def day(self) -> date | None:
        """The one day it speaks of."""
        return self.first if self.first == self.last and self.has_on(self.first) else None

    @property
    def has_hours(self) -> bool:
        """Whether it begins at certain hours, with one end or both, and not at an exact time."""
        return self.after is not None or self.before is not None

    def has_on(self, day: date | None) -> bool:
        """Whether it speaks of such a day of the week."""
        return not self.weekdays or day is not None and day.weekday() in self.weekdays

    def on(self, day: date) -> bool:
        """Whether it speaks of that day."""
        early, late = self.first and day < self.first, self.last and day > self.last
        return self.has_on(day) and not early and not late

    def on_days_of(self, other: Span) -> Span:
        """The same times of day on the other's days."""
        days = {"first": other.first, "last": other.last, "weekdays": other.weekdays}
        return self.model_copy(update=days)

    def at_times_of(self, other: Span) -> Span:
        """The same days at the other's times of day."""
        times = {
            "at": other.at, "after": other.after, "before": other.before, "until": other.until,
            "fold": other.fold,
        }  # fmt: skip
        return self.model_copy(update=times)

    def over_by(self, until: time | None) -> Span:
        """The same, but the visit must be over by then."""
        return self.model_copy(update={"until": until})

    def holds(self, start: datetime, end: datetime) -> bool:
        """Whether a visit from then to then lies in it; naive local."""
        day, at = start.date(), start.time()
        if not self.on(day):
            return False
        if self.at is not None:
            return at == self.at
        if self.until is not None and (end.date(), end.time()) > (day, self.until):
            return False
        over_night = bool(self.after and self.before and self.before <= self.after)
        from_then = self.after is None or self.after <= at
        till_then = self.before is None or at < self.before
        return from_then or till_then if over_night else from_then and till_then

    def ending(self, minutes: int) -> Span:
        """The same in times of beginning, for a visit of so many minutes; where none can begin
        late enough to be over in time, the first minute of it."""
        if self.until is None or self.at is not None:
            return self
        end = self.until.hour * 60 + self.until.minute - minutes + 1
        first = self.after.hour * 60 + self.after.minute if self.after else 0
        end = max(first + 1, end)
        if self.before is not None and self.before > (self.after or time()):
            end = min(end, self.before.hour * 60 + self.before.minute)
        return self.model_copy(update={"before": time(end // 60, end % 60), "until": None})


ANY_TIME = Span()


class Wanted(BaseModel):
    """All that the caller has asked for and ruled out, in local time."""

    model_config = ConfigDict(frozen=True)

    spans: tuple[Span, ...] = ()
    """Any of them will do; none: no wish yet."""
    excluded: tuple[Span, ...] = ()
    order: Order | None = None
    """The very first or the very last of those times."""
    limits: tuple[Span, ...] = ()
    """Hours before which, or from which on, no visit may begin whatever the day, as was told last:
    one on each side at most."""
    relative: bool = False
    """Its times of day are only later or earlier than what was offered; another day has its own."""

    @property
    def has_day(self) -> bool:
        """Whether days were spoken of."""
        return any(span.has_day for span in self.spans)

    @property
    def has_time(self) -> bool:
        """Whether times of day were spoken of."""
        return any(span.has_time for span in self.spans)

    @property
    def exact(self) -> Span | None:
        """The one day and time that were asked for."""
        if len(self.spans) == 1 and self.spans[0].at is not None and self.spans[0].day is not None:
            return self.spans[0]
        return None

    @property
    def kept(self) -> Wanted:
        """What of it holds for whatever else is wanted: its limits, and hours ruled out on any
        day."""
        out = tuple(each for each in self.excluded if each.has_hours and not each.has_day)
        return Wanted(limits=self.limits, excluded=out)

    @property
    def within_limits(self) -> Wanted:
        """The same with what lies beyond the limits ruled out, where the wish itself does not say
        so: of an hour that is taken nothing beyond them is offered instead."""
        told = [span for span in self.spans if span.has_hours]
        if len(told) == len(self.spans):
            return self
        beyond = (Span(after=limit.before, before=limit.after) for limit in self.limits)
        return self.model_copy(update={"excluded": tuple(dict.fromkeys((*self.excluded, *beyond)))})

    def fits(self, start: datetime, end: datetime) -> bool:
        """Whether a visit from then to then is among what is wanted; naive local."""
        out = any(span.holds(start, end) for span in self.excluded)
        return not out and any(span.holds(start, end) for span in self.spans)

    def ending(self, minutes: int) -> Wanted:
        """The same in times of beginning, for a visit of so many minutes."""
        spans = tuple(span.ending(minutes) for span in self.spans)
        return self if spans == self.spans else self.model_copy(update={"spans": spans})


def limits_told(spans: Sequence[Span], before: Sequence[Span]) -> tuple[Span, ...]:
    """The limits after a wish: those it tells, if all of its days have the same; those told before
    as far as it asks for nothing beyond them."""
    hours = {Span(after=span.after, before=span.before) for span in spans}
    told = [each for each in hours if (each.after is None) != (each.before is None)]
    new = told if len(hours) == 1 and not any(span.at for span in spans) else []
    sides = {limit.after is None for limit in new}
    kept = [each for each in before if (each.after is None) not in sides]
    return tuple(new) + tuple(each for each in kept if all(_inside(span, each) for span in spans))


def _inside(span: Span, limit: Span) -> bool:
    """Whether some of a wish lies within a limit."""
    first, last = span.at or span.after or time(), span.at or span.before or time.max
    return (limit.after or time()) <= last and (limit.before is None or first < limit.before)


def limited(span: Span, limits: Iterable[Span]) -> Span:
    """The wish without what lies beyond the limits."""
    for limit in limits if span.at is None else ():
        after = max(filter(None, (span.after, limit.after)), default=None)
        before = min(filter(None, (span.before, limit.before)), default=None)
        span = span.model_copy(update={"after": after, "before": before})
    return span


def spans_of(times: Iterable[When]) -> tuple[Span, ...]:
    """What one utterance asks for: days and times of day that were said apart go together."""
    spans = _with_its_end(_narrowed([span for when in times for span in _span(when)]))
    days = [span for span in spans if span.has_day]
    dayless = [span for span in spans if not span.has_day]
    timeless = [span for span in days if not span.has_time]
    timed = [span for span in days if span.has_time]
    told = {span.day for span in timed} - {None}
    timeless = [span for span in timeless if span.day not in told]  # "but Friday's better"
    if dayless and timeless and not timed:
        return tuple(time.on_days_of(day) for day in timeless for time in dayless)
    if dayless and timed:
        return tuple(dict.fromkeys(_each_on_its_day(spans, timed[0])))
    if timeless and len({span.on_days_of(ANY_TIME) for span in timed}) == 1:
        timeless = [span.at_times_of(timed[-1]) for span in timeless]
    return tuple(dict.fromkeys((*dayless, *timeless, *timed)))


def _each_on_its_day(spans: Iterable[Span], first: Span) -> list[Span]:
    """Hours on the day named last before them: "that day after two, or Thursday before three"."""
    placed: list[Span] = []
    for span in spans:
        if span.has_day or not placed:
            placed.append(span if span.has_day else span.on_days_of(first))
        elif placed[-1].has_time:
            placed.append(span.on_days_of(placed[-1]))
        else:
            placed[-1] = span.on_days_of(placed[-1])
    return placed


def _narrowed(spans: list[Span]) -> list[Span]:
    """Limits said apart are all meant: "Thursday afternoon, any time after three", "next week,
    before the twelfth", "a Saturday in December". Those that cannot both be are two wishes."""
    kept = list(spans)
    for limit in spans:
        others = [span for span in kept if span is not limit]
        both = [_both(span, limit) for span in others]
        if limit in kept and _limits(limit) and any(both):
            kept = [one or span for one, span in zip(both, others, strict=True)]
    return kept


def _limits(span: Span) -> bool:
    """Whether it has one end alone, of days or of hours, or tells no more than a day of the week:
    what may bound another wish beside it."""
    if span.at is not None or span.until is not None:
        return False
    ends = (span.first is None) != (span.last is None)
    of_days = span.has_day and not span.has_hours and (ends or span.first is None)
    one_end = (span.after is None) != (span.before is None)
    return of_days or one_end and (not span.has_day or span.day is not None)


def _both(span: Span, limit: Span) -> Span | None:
    """What is left of a wish within the limit; None where nothing is, or where each tells what the
    other does not."""
    if limit.has_hours and limit.has_day and (span.day != limit.day or span.at):
        return None  # "Thursday or Friday after four, but Friday has to be before five"
    if limit.has_day and not limit.has_hours:
        if not span.has_day or span.weekdays and limit.weekdays:
            return None
        firsts = [day for day in (span.first, limit.first) if day]
        lasts = [day for day in (span.last, limit.last) if day]
        first, last = max(firsts, default=None), min(lasts, default=None)
        if limit.weekdays and span.day or first and last and first > last:
            return None
        weekdays = span.weekdays or limit.weekdays
        return span.model_copy(update={"first": first, "last": last, "weekdays": weekdays})
    if not span.has_hours:
        return None
    after = max([at for at in (span.after, limit.after) if at], default=None)
    before = min([at for at in (span.before, limit.before) if at], default=None)
    if span.after and span.before and limit.after and limit.after < span.before:
        if _minutes(span.before) - _minutes(limit.after) <= SHORT_OF_A_PART:
            before = None  # "in the afternoon, after three" may be after four as well
    if after and before and after >= before:
        return None
    return span.model_copy(update={"after": after, "before": before})


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _with_its_end(spans: list[Span]) -> list[Span]:
    """When a visit must be over binds all that was said beside it: "from half nine, and out by
    noon"; and so does an end beside a beginning that were said apart."""
    ends = [span for span in spans if span.until is not None]
    others = [span for span in spans if span.until is None]
    if ends and others:
        end = ends[-1]
        bound = [span for span in others if not span.has_day] or _same_day(spans, end) or others
        own_day = [end] if end.has_day and bound == others and all(s.has_day for s in bound) else []
        return [
            (span if span.has_day else span.on_days_of(end)).over_by(end.until)
            if span in bound
            else span
            for span in others
        ] + own_day
    return spans


def _same_day(spans: Sequence[Span], end: Span) -> list[Span]:
    """Those of the day that was named once more right before an end: "tomorrow or Thursday, but
    Thursday I've to be out by eleven"."""
    named = spans[spans.index(end) - 1]
    told = [span for span in spans if span.day and span.day == named.day]
    return told if len(told) > 1 and not named.has_time else []


def _span(when: When) -> Iterator[Span]:
    value, start, end = when.value, when.start, when.end
    if when.every:
        for once in _span(replace(when, every=False)):
            first, last = once.first or date.min, once.last or once.first or date.min
            days = range((last - first).days + 1)
            weekdays = tuple(sorted((first + count * DAY).weekday() for count in days))
            yield once.on_days_of(Span(weekdays=weekdays))
        return
    if when.over:
        yield from _over(value if value is not None else end)
        return
    if isinstance(value, datetime):
        yield Span(first=value.date(), last=value.date(), at=value.time())
    elif isinstance(value, date):
        yield Span(first=value, last=value)
    elif isinstance(value, time):
        yield Span(at=value)
    elif isinstance(start, datetime) or isinstance(end, datetime):
        from_now = plain(when.text).startswith("by ")  # whatever the hour is
        yield from _between(_midnight(start) if from_now else _moment(start), _moment(end))
    elif isinstance(start, date) or isinstance(end, date):
        yield Span(first=start, last=end - DAY if isinstance(end, date) else None)
    elif isinstance(start, time) or isinstance(end, time):
        yield Span(after=start, before=end)


def _over(end: object) -> Iterator[Span]:
    if isinstance(end, datetime):
        yield Span(first=end.date(), last=end.date(), until=end.time())
    elif isinstance(end, time):
        yield Span(until=end)


def _midnight(value: object) -> datetime | None:
    at = _moment(value)
    return at and datetime.combine(at.date(), time())


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime) or value is None:
        return value
    return datetime.combine(value, time()) if isinstance(value, date) else None


def _between(start: datetime | None, end: datetime | None) -> Iterator[Span]:
    """Hours of one day as they are; of several days the part of the first and of the last."""
    if start is None or end is None:
        at = start or end
        if at is not None and at.time() != time():
            key = "after" if start else "before"
            yield Span.model_validate({"first": at.date(), "last": at.date(), key: at.time()})
        elif start is not None:
            yield Span(first=start.date())
        elif end is not None:
            yield Span(last=end.date() - DAY)
        return
    if end - start <= DAY:
        yield Span(
            first=start.date(),
            last=start.date(),
            after=start.time() if start.time() != time() or end.time() != time() else None,
            before=end.time() if end.time() != time() else None,
        )
        return
    first, last = start.date(), end.date() - DAY
    if start.time() != time():
        yield Span(first=first, last=first, after=start.time())
        first += DAY
    if first <= last:
        yield Span(first=first, last=last)
    if end.time() != time():
        yield Span(first=end.date(), last=end.date(), before=end.time())


_OPEN = ".."
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NOTED = re.compile(
    r"(?P<first>\d{4}-\d\d-\d\d|\.\.)?(?:/(?P<last>\d{4}-\d\d-\d\d|\.\.))?"
    rf"(?: ?on (?P<weekdays>(?:(?:{'|'.join(_WEEKDAYS)}),?)+))?"
    r"(?: ?T(?P<after>\d\d:\d\d|\.\.)(?::00)?(?:/T?(?P<before>\d\d:\d\d|\.\.)(?::00)?)?)?"
    r"(?:<(?P<until>\d\d:\d\d))?(?:#(?P<fold>[12]))?"
)


def note(wanted: Wanted) -> str:
    """The wish as a tool argument: `2026-11-24T15:00`, `2026-11-24/2026-11-28 T13:00/17:00 or
    2026-12-01 except 2026-11-27`; both days are included, the later time is not. `T09:00/..<12:00`
    is from nine, and over by noon; `on Sat,Sun` leaves only these of the days."""
    said = " or ".join(_noted(span) for span in wanted.spans)
    if wanted.excluded:
        said += " except " + " or ".join(_noted(span) for span in wanted.excluded)
    return said.strip()


def read_note(text: str) -> Wanted | None:
    """What `note` wrote; None for anything else."""
    spans, _, excluded = f" {text.strip()} ".partition(" except ")
    try:
        return Wanted(spans=tuple(_read(spans)), excluded=tuple(_read(excluded)))
    except ValueError:
        return None


def _noted(span: Span) -> str:
    days = ""
    if span.day is not None:
        days = span.day.isoformat()
    elif span.first is not None or span.last is not None:
        days = "/".join(day.isoformat() if day else _OPEN for day in (span.first, span.last))
    if span.weekdays:
        days = f"{days} on {','.join(_WEEKDAYS[day] for day in span.weekdays)}".strip()
    if not span.has_time:
        return days
    joint = "" if span.day is not None and span.at is not None else " "
    if span.at is not None:
        times = f"{span.at:%H:%M}" if span.at.second == 0 else span.at.isoformat()
    else:
        times = "/".join(f"{at:%H:%M}" if at else _OPEN for at in (span.after, span.before))
    until = "" if span.until is None else f"<{span.until:%H:%M}"
    fold = "" if span.fold is None else f"#{span.fold + 1}"
    return f"{days}{joint}T{times}{until}{fold}".strip()


def _read(text: str) -> Iterator[Span]:
    for part in filter(None, (part.strip() for part in text.split(" or "))):
        found = _NOTED.fullmatch(part)
        if found is None or not any(found.groupdict().values()):
            raise ValueError(f"not a noted wish: {part}")
        first, last = _day(found["first"]), _day(found["last"])
        after, before = _time(found["after"]), _time(found["before"])
        exact = found["after"] is not None and found["before"] is None
        yield Span(
            first=first,
            last=first if found["last"] is None else last,
            weekdays=tuple(
                map(_WEEKDAYS.index, filter(None, (found["weekdays"] or "").split(",")))
            ),
            at=after if exact else None,
            after=None if exact else after,
            before=before,
            until=_time(found["until"]),
            fold=int(found["fold"]) - 1 if found["fold"] else None,
        )


def _day(noted: str | None) -> date | None:
    return None if noted in (None, _OPEN) else date.fromisoformat(noted or "")


def _time(noted: str | None) -> time | None:
    return None if noted in (None, _OPEN) else time.fromisoformat(noted or "")
