"""check_availability: at most three offers, held for the call while it decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from scheduling.business import Provider, Service
from scheduling.errors import Past
from scheduling.values import Offer, Offered, Window, Wish, WishedOrder
from voice.call import CallContext
from voice.spoken import lower_first, say_date, say_time
from voice.tool_results import ToolResult
from voice.tools.arguments import (
    find_provider,
    find_service,
    is_over,
    on_behalf,
    read_order,
    read_wanted,
)
from voice.tools.offering import (
    local,
    offer_facts,
    remember_offers,
    say_at,
    say_offers,
    slot_facts,
    today,
)
from voice.tools.reasons import Asked, say_held, say_span, say_why
from voice.tools.refusals import Incomplete, refuse
from voice.understanding.wishes.windows import windows_of

JUST_OVER = timedelta(days=28)
"""Less than a month, lest "in eleven months" seem to be a day gone by."""


async def check_availability(
    context: CallContext,
    *,
    service: str,
    when: str | None = None,
    date: str | None = None,
    provider: str | None = None,
    order: str | None = None,
) -> ToolResult:
    """Offers for a service; the next set replaces these."""
    wanted_service = find_service(context, service)
    asked = Asked(
        wanted_service,
        find_provider(context, provider, wanted_service),
        read_wanted(context, date, when),
    )
    if is_over(context, asked.wanted):
        return await _over(context, wanted_service, asked.person)
    wished = read_order(order) or asked.wanted.order
    if wished == "latest" and not asked.wanted.has_day:
        raise Incomplete("On which day would you like the latest time?")
    offered = await _offer(context, asked, wished)
    remember_offers(context, offered.offers)
    facts: dict[str, Any] = {"offers": offer_facts(context, offered.offers)}
    if offered.offers:
        spoken = _say_found(context, offered, asked, wished)
    else:
        facts["reason"] = offered.reason
        spoken = _say_none(context, offered, asked)
        if offered.next_free is not None:
            facts["next"] = slot_facts(context, offered.next_free)
    return ToolResult("check_availability", spoken, facts)


async def live_offers(context: CallContext) -> tuple[Offer, ...]:
    """The call's offers that can still be had; one whose hold ran out counts while it is free."""
    offers = await context.desk.offers(context.organisation.id, context.call.call_id)
    return tuple([offer for offer in offers if await _can_be_had(context, offer)])


async def _can_be_had(context: CallContext, offer: Offer) -> bool:
    if offer.held_until is not None and offer.held_until > context.now:
        return True
    only = Window(offer.start, offer.start + timedelta(minutes=1))
    wish = Wish(
        offer.service_id, (only,), provider_id=offer.provider_id, moving=context.facts.moving
    )
    free = await context.desk.first_free(context.organisation.id, wish, **on_behalf(context))
    return free is not None and free.start == offer.start


async def _over(context: CallContext, service: Service, person: Provider | None) -> ToolResult:
    """A refusal, because it says nothing of what is free then; the call's offers stay as they
    are."""
    wish = Wish(service.id, provider_id=person.id if person else None)
    free = await context.desk.first_free(context.organisation.id, wish, **on_behalf(context))
    told = refuse(context, "check_availability", Past("that is over", next_free=free))
    return replace(told, facts={"offers": [], "reason": "past", **told.facts})


async def _offer(context: CallContext, asked: Asked, order: WishedOrder | None) -> Offered:
    windows = windows_of(
        asked.wanted,
        zone=context.business.zone,
        now=context.now,
        horizon_days=context.business.booking.horizon_days,
        minutes=asked.service.minutes,
    )
    wish = Wish(
        asked.service.id,
        windows.windows,
        near=windows.near,
        provider_id=asked.person.id if asked.person else None,
        moving=context.facts.moving,
        ruled_out=windows.ruled_out,
        order=order,
    )
    organisation_id = context.organisation.id
    offered = await context.desk.offer(organisation_id, wish, **on_behalf(context))
    if not offered.offers and windows.wider and offered.reason != "past":
        wish = replace(wish, windows=windows.wider)
        offered = await context.desk.offer(organisation_id, wish, **on_behalf(context))
    return offered


def _say_found(
    context: CallContext, offered: Offered, asked: Asked, order: WishedOrder | None
) -> str:
    listed = say_offers(context, offered.offers)
    if offered.why is not None:
        reason = _say_why(context, offered, asked)
        soon = offered.why.reason in ("past", "too_soon")
        return f"{reason} {'I have' if soon else 'The nearest I have is'} {listed}."
    exact, first = asked.wanted.exact, asked.wanted.spans[0] if asked.wanted.spans else None
    at = None if first is None or first.at is None or first.day is None else first
    starts = [local(context, each.start) for each in offered.offers]
    if exact is None and at and all((s.date(), s.time()) != (at.day, at.at) for s in starts):
        taken = say_span(at, today(context), context.business.country).removeprefix("on ")
        return f"I don't have {taken}, but {listed}."
    if exact is not None and len(offered.offers) == 1:
        return f"{_capital(listed)} is free."
    if order in ("soonest", "latest"):
        return _say_extreme(context, offered.offers[0], asked, order)
    return f"For the {lower_first(asked.service.name)} I have {listed}."


def _say_extreme(context: CallContext, offer: Offer, asked: Asked, order: WishedOrder) -> str:
    """The first or the last time of those that were asked for, and of no others."""
    superlative = "earliest" if order == "soonest" else "latest"
    whose = f"{asked.person.name} has" if asked.person else "I have"
    at = say_at(context, offer.start) if asked.person else say_offers(context, [offer])
    spans = asked.wanted.spans
    if len(spans) != 1:
        return f"The {superlative} {whose} is {at}."
    [span] = spans
    if span.day is not None and not span.has_time:
        return f"The {superlative} {whose} is {at}."
    within = say_span(span, today(context), context.business.country)
    if span.day is not None:  # the day has been named already
        whom = "" if asked.person else f" with {offer.provider}"
        at = f"{say_time(local(context, offer.start), context.business.country)}{whom}"
    return f"The {superlative} {whose} {within}".rstrip() + f" is {at}."


def _say_none(context: CallContext, offered: Offered, asked: Asked) -> str:
    why = _say_why(context, offered, asked)
    if offered.next_free is None:
        return why
    who = context.business.provider(offered.next_free.provider_id).name
    at = say_at(context, offered.next_free.start)
    days = [span.day for span in asked.wanted.spans]
    same_day = local(context, offered.next_free.start).date() in days
    instead = "The nearest I have is" if same_day else "The next free time is"
    return f"{why} {instead} {at} with {who}."


def _say_why(context: CallContext, offered: Offered, asked: Asked) -> str:
    why = offered.why
    if why is None:
        return "I have nothing left."
    if offered.being_held:
        return say_held(context, why.window, asked)
    spans = asked.wanted.spans
    day = spans[0].day if len(spans) == 1 else None
    gone = _just_over(day, today(context)) if why.reason == "too_far" else None
    if gone is None:
        return say_why(context, why, asked)
    said = say_date(gone, today(context), context.business.country)
    return f"{said} is already over, and the next one is further ahead than we book."


def _just_over(day: date | None, now: date) -> date | None:
    """The same date a year earlier, where it has just gone by: dates are read as coming ones, but
    who names that one has most likely lost count of the days."""
    if day is None or (day.month, day.day) == (2, 29):
        return None
    earlier = day.replace(year=day.year - 1)
    return earlier if timedelta() < now - earlier < JUST_OVER else None


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
