"""check_availability: at most three offers, held for the call while it decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from scheduling.business import Provider, Service
from scheduling.errors import Past
from scheduling.values import EmptyReason, Offered, Wish
from support.questions import hours_on
from voice.call import CallContext, ToolResult
from voice.spoken import lower_first, say_date, say_day, say_minutes
from voice.tools.arguments import find_provider, find_service, is_over, on_behalf, read_wanted
from voice.tools.offering import (
    local,
    offer_facts,
    remember_offers,
    say_at,
    say_offers,
    slot_facts,
    today,
)
from voice.tools.refusals import refuse
from voice.wishes.wanted import Wanted
from voice.wishes.windows import Windows, windows_of

WHY: dict[EmptyReason, str] = {
    "closed": "We are closed {when}.",
    "full": "I have nothing left {when}.",
    "too_soon": "I have nothing as soon as that.",
    "too_far": "We do not book that far ahead.",
    "past": "That time is already over.",
}
JUST_OVER = timedelta(days=28)
"""Less than a month, lest "in eleven months" seem to be a day gone by."""


async def check_availability(
    context: CallContext,
    *,
    service: str,
    when: str | None = None,
    date: str | None = None,
    provider: str | None = None,
) -> ToolResult:
    """Offers for a service; the next set replaces these."""
    wanted_service = find_service(context, service)
    person = find_provider(context, provider, wanted_service)
    wanted = read_wanted(context, date, when)
    if is_over(context, wanted):
        return await _over(context, wanted_service, person)
    offered, near = await _offer(context, wanted_service, person, wanted)
    remember_offers(context, offered.offers)
    facts: dict[str, Any] = {"offers": offer_facts(context, offered.offers)}
    if offered.offers:
        spoken = _say_found(context, wanted_service, offered, near)
    else:
        facts["reason"] = offered.reason
        spoken = _say_none(context, offered, wanted, person)
        if offered.next_free is not None:
            facts["next"] = slot_facts(context, offered.next_free)
    return ToolResult("check_availability", spoken, facts)


async def _over(context: CallContext, service: Service, person: Provider | None) -> ToolResult:
    """A refusal, because it says nothing of what is free then; the call's offers stay as they
    are."""
    wish = Wish(service.id, provider_id=person.id if person else None)
    free = await context.desk.first_free(context.organisation.id, wish)
    told = refuse(context, "check_availability", Past("that is over", next_free=free))
    return replace(told, facts={"offers": [], "reason": "past", **told.facts})


async def _offer(
    context: CallContext, service: Service, person: Provider | None, wanted: Wanted
) -> tuple[Offered, Windows]:
    windows = windows_of(
        wanted,
        zone=context.business.zone,
        now=context.now,
        horizon_days=context.business.booking.horizon_days,
    )
    wish = Wish(
        service.id,
        windows.windows,
        near=windows.near,
        provider_id=person.id if person else None,
        moving=context.facts.reference if context.facts.intent == "reschedule" else None,
    )
    organisation_id = context.organisation.id
    offered = await context.desk.offer(organisation_id, wish, **on_behalf(context))
    if not offered.offers and windows.wider and offered.reason != "past":
        wish = replace(wish, windows=windows.wider)
        offered = await context.desk.offer(organisation_id, wish, **on_behalf(context))
    return offered, windows


def _say_found(context: CallContext, service: Service, offered: Offered, windows: Windows) -> str:
    listed = say_offers(context, offered.offers)
    near = windows.near
    if near is None:
        return f"For your {lower_first(service.name)} I have {listed}."
    if any(offer.start == near for offer in offered.offers):
        return f"{_capital(listed)} is free."
    if near <= context.now:
        return f"That time is already over. I have {listed}."
    notice = context.business.booking.notice_minutes
    if near < context.now + timedelta(minutes=notice):
        return f"That is too soon: we need {say_minutes(notice)} of notice. I have {listed}."
    return f"I don't have {say_at(context, near)}. The nearest I have is {listed}."


def _say_none(
    context: CallContext, offered: Offered, wanted: Wanted, person: Provider | None
) -> str:
    day = wanted.spans[0].day if len(wanted.spans) == 1 else None
    when = "then"
    if day is not None:
        said = say_day(day, today(context))
        when = said if said in ("today", "tomorrow") else f"on {said}"
    if wanted.has_time and offered.reason == "closed":
        when = f"at that time {when}" if day is not None else "at that time"
    if offered.reason == "too_far" and (gone := _just_over(day, today(context))) is not None:
        said = say_date(gone, today(context))
        why = f"{said} is already over, and the next one is further ahead than we book."
    elif person is not None and offered.reason in ("closed", "full"):
        why = f"{person.name} has nothing free {when}."
    elif offered.reason == "closed" and day is not None and _somebody_is_here(context, wanted):
        why = f"There is nobody here for that {when}."
    else:
        why = WHY[offered.reason or "full"].format(when=when)
    if offered.next_free is None:
        return why
    who = context.business.provider(offered.next_free.provider_id).name
    return f"{why} The next free time is {say_at(context, offered.next_free.start)} with {who}."


def _somebody_is_here(context: CallContext, wanted: Wanted) -> bool:
    """Whether it is only those who do what is asked for that are away on the day wished for."""
    [span] = wanted.spans
    if span.day is None:
        return False
    earliest = span.at or span.after or time.min
    latest = span.at or span.before or time.max
    return any(
        local(context, start).time() <= latest and earliest < local(context, end).time()
        for start, end in hours_on(context.business, span.day).spans
    )


def _just_over(day: date | None, now: date) -> date | None:
    """The same date a year earlier, where it has just gone by: dates are read as coming ones, but
    who names that one has most likely lost count of the days."""
    if day is None or (day.month, day.day) == (2, 29):
        return None
    earlier = day.replace(year=day.year - 1)
    return earlier if timedelta() < now - earlier < JUST_OVER else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
