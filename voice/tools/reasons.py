"""Why there is nothing where it was asked for, and when that was, in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from scheduling.business import Provider, Service
from scheduling.values import Absence, EmptyReason, WhyNone, Window, Wish
from voice.call import CallContext, person_name
from voice.spoken import (
    WEEKDAYS,
    list_of,
    lower_first,
    on_day,
    one_of,
    say_date,
    say_day,
    say_every,
    say_notice,
    say_number,
    say_time,
)
from voice.tools.offering import local, today
from voice.understanding.wishes.wanted import DAY, Span, Wanted

PARTS: dict[tuple[time, time], str] = {
    (time(8), time(12)): "morning",
    (time(), time(12)): "morning",
    (time(12), time(17)): "afternoon",
    (time(17), time(20)): "evening",
    (time(20), time(23, 59)): "night",
}
"""The parts of a day as the grammar of dates understands them."""
PLAIN: dict[EmptyReason, str] = {
    "too_far": "We do not book that far ahead.",
    "past": "That time is already over.",
}


class Asked(NamedTuple):
    """What was asked for, as far as a reason speaks of it."""

    service: Service
    person: Provider | None
    wanted: Wanted = Wanted()
    """Empty: the windows of the reasons are told instead."""

    @classmethod
    def of(cls, context: CallContext, wish: Wish) -> Asked:
        """What the desk was asked for."""
        business = context.business
        person = business.provider(wish.provider_id) if wish.provider_id else None
        return cls(business.service(wish.service_id), person)


def say_why(context: CallContext, why: WhyNone, asked: Asked) -> str:
    """One sentence in which the reason and the time it holds for belong together."""
    span = _span_told(context, why.window, asked.wanted)
    when = say_span(span, today(context), context.business.country)
    if why.absence is not None:
        return _say_absence(context, why.absence, span.first)
    match why.reason:
        case "closed":
            return _sentence("We are closed", when)
        case "away" if asked.person is not None:
            there = "is not here" if span.at is not None else "does not work"
            return _sentence(f"{asked.person.name} {there}", when)
        case "away":
            visit = one_of(lower_first(asked.service.name))
            return _sentence(f"There is nobody here for {visit}", when)
        case "too_short":
            visit = one_of(lower_first(asked.service.name))
            return _sentence(f"There is not enough time for {visit}", when)
        case "off_step":
            step = say_every(context.business.booking.step_minutes)
            at = _bare(when)
            return f"I don't have {at}: appointments begin {step}."
        case "limit_reached":
            day = Span(first=span.first, last=span.last)
            return say_limit(context, say_span(day, today(context), context.business.country))
        case "too_soon":
            return _say_too_soon(context, span)
        case "full":
            return _say_full(asked.person, span, when)
    return PLAIN[why.reason]


def say_held(context: CallContext, window: Window, asked: Asked) -> str:
    """That nobody has booked the time, but others are deciding about it."""
    span = _span_told(context, window, asked.wanted)
    when = say_span(span, today(context), context.business.country)
    what = when.removeprefix("on ") if span.at is not None else f"all that is left {when}".rstrip()
    return _sentence(what[:1].upper() + what[1:], "is being held at the moment")


def say_limit(context: CallContext, when: str) -> str:
    """That the customer has as many visits on a day as one may have."""
    most = context.business.booking.per_day
    visits = "one appointment" if most == 1 else f"{say_number(most)} appointments"
    has = "one" if most == 1 else "those"
    return f"We take {visits} a day for each person, and you have {has} {when}."


def say_span(span: Span, today: date, country: str) -> str:
    """`this Thursday morning, December 3rd`, `tomorrow at 3 PM`, `from Monday, … to Friday, …`;
    empty for any time."""
    timed = PARTS.get((span.after or time(), span.before or time()))
    part = timed if span.until is None else None
    clock = "" if part else _say_clock(span, country)
    if span.day is not None:
        said = on_day(say_day(span.day, today, country, part=part or ""))
        return f"{said} {clock}".strip()
    days = _say_days(span, today, country)
    if part is not None:
        return f"in the {part} {days}".strip()
    return f"{clock} {days}".strip()


def span_of(window: Window, context: CallContext) -> Span:
    """The window on the business's clock."""
    start, end = local(context, window.start), local(context, window.end)
    if end - start <= timedelta(seconds=60):
        return Span(first=start.date(), last=start.date(), at=start.time().replace(tzinfo=None))
    last = (end - timedelta(seconds=1)).date()
    if start.time() == end.time() == time():
        return Span(first=start.date(), last=end.date() - DAY)
    return Span(
        first=start.date(),
        last=last if end - start > DAY else start.date(),
        after=_unless_midnight(start),
        before=_unless_midnight(end),
    )


def _unless_midnight(at: datetime) -> time | None:
    return at.time() if at.time() != time() else None


def _span_told(context: CallContext, window: Window, wanted: Wanted) -> Span:
    """The caller's own span where the reason holds for it; else the window the reason names."""
    if len(wanted.spans) == 1 and wanted.exact is None:
        return wanted.spans[0]
    return span_of(window, context)


def _say_days(span: Span, today: date, country: str) -> str:
    if span.weekdays:
        on = list_of([WEEKDAYS[day] for day in span.weekdays], "or")
        within = _say_days(span.model_copy(update={"weekdays": ()}), today, country)
        return f"on a {on} {within}".strip()
    if span.first is not None and span.last is not None:
        first, last = (say_date(day, today, country) for day in (span.first, span.last))
        return f"from {first} to {last}"
    if span.last is not None:
        return f"until {say_day(span.last, today, country)}"
    if span.first is not None and span.first > today:
        return f"from {say_day(span.first, today, country)} on"
    return ""


def _say_clock(span: Span, country: str) -> str:
    if span.at is not None:
        return f"at {say_time(span.at, country)}"
    over = f" that is over by {say_time(span.until, country)}" if span.until is not None else ""
    if span.after is not None and span.before is not None:
        after, before = say_time(span.after, country), say_time(span.before, country)
        return f"between {after} and {before}{over}"
    if span.after is not None and span.after.minute % 5 == 1:  # later than what was offered
        return f"after {say_time(span.after.replace(minute=span.after.minute - 1), country)}{over}"
    if span.after is not None:
        return f"from {say_time(span.after, country)} on{over}"
    if span.before is not None:
        return f"before {say_time(span.before, country)}{over}"
    return over.strip()


def _say_full(person: Provider | None, span: Span, when: str) -> str:
    if span.at is not None and person is None:
        return _sentence("I don't have", _bare(when))
    if span.at is not None and person is not None:
        return _sentence(f"{person.name} is not free", when)
    if person is not None:
        return _sentence(f"{person.name} has nothing free", when)
    return _sentence("I have nothing left", when)


def _bare(when: str) -> str:
    """A time as a thing that one has: `Friday … at nine`, `nine in the morning`."""
    return when.removeprefix("on ").removeprefix("at ")


def _say_too_soon(context: CallContext, span: Span) -> str:
    notice = context.business.booking.notice_minutes
    if span.at is None or not notice:
        return "I have nothing as soon as that."
    return f"That is too soon: we need {say_notice(notice)}."


def _say_absence(context: CallContext, absence: Absence, day: date | None) -> str:
    """Days as a span, hours with the day they were asked for."""
    now, country = today(context), context.business.country
    who = person_name(context.business, absence.provider_id) if absence.provider_id else ""
    off = f"{who} is away" if who else "We are closed"
    if absence.hours is not None:
        at = Span(first=day or absence.first, last=day or absence.first)
        start, end = absence.hours
        until = "" if end == time() else f" to {say_time(end, country)}"
        hours = f"from {say_time(start, country)}{until}"
        return _sentence(off, f"{hours} {say_span(at, now, country)}")
    return _sentence(off, say_span(Span(first=absence.first, last=absence.last), now, country))


def _sentence(words: str, when: str) -> str:
    return f"{words} {when}".strip() + "."
