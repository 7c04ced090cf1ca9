"""One attempt at a turn of a call: what its tools may touch, and what they did."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from scheduling.business import Business
from scheduling.desk import Desk
from scheduling.values import Attempt, Organisation
from support.shop import Shop
from support.tickets import Tickets
from voice.dialogue.each_visit import visits_known
from voice.dialogue.known import BookingFact, OfferedFact
from voice.dialogue.statements import Asked
from voice.facts import Facts
from voice.journal.journal import Journal
from voice.tool_results import RanTool, ToolResult
from voice.turn import CallFacts, Line, Part
from voice.understanding import acts
from voice.understanding.acts import Reading
from voice.understanding.hearing import Hearing, Visit
from voice.understanding.names.identity import same_name
from voice.understanding.numbers.cards import without_marks
from voice.understanding.read import read
from voice.understanding.reading import Named, OfferedTime
from voice.understanding.wishes.joining import Frame
from voice.understanding.wishes.wanted import Wanted

ASKED_AS: dict[Asked, acts.Asked] = {
    "guess": "confirm", "change": "open", "help": "open", "reading": "open",
    "problem": "support", "helped": "support", "message": "support", "call_back": "support",
    "same_ticket": "confirm", "pass_on": "person", "confirm_number": "confirm",
    "confirm_forget": "confirm", "order": "reference", "which_order": "which_booking",
    "used": "support", "confirm_refund": "confirm", "ticket": "person",
    "move_or_cancel": "open", "product": "support", "take_it": "person", "which_product": "choose",
    "confirm_order": "confirm", "emergency": "confirm", "new_instead": "confirm",
    "confirm_name": "confirm", "in_place": "confirm",
}  # fmt: skip
"""How understanding is told of the questions that the examples know by another name."""


@dataclass
class CallContext:
    """What a tool may touch during one attempt at a turn; rides in the model SDK's context."""

    call: CallFacts
    organisation: Organisation
    business: Business
    facts: Facts
    now: datetime
    """Aware UTC, by the store's clock."""
    text: str
    """The caller's words of this turn."""
    desk: Desk
    journal: Journal
    history: tuple[Line, ...] = ()
    attempt: Attempt | None = None
    """None for the tool webhook, which is not an attempt at a turn."""
    key: str | None = None
    """Makes a write idempotent where there is no attempt."""
    results: list[ToolResult] = field(default_factory=list)
    """Of this turn, in the order in which the tools ended."""
    acts: list[Part] = field(default_factory=list)
    """Transfer or hang-up that a tool or the model asked for."""
    ran: list[RanTool] = field(default_factory=list)
    """The same results with their times, for the journal."""
    telling: bool = False
    """Whether the caller may have begun to hear of what was changed."""
    running: set[asyncio.Task[ToolResult]] = field(default_factory=set)
    """Tools that began and have not ended."""
    hosted: bool = False
    """A hosted model talks: what it gives a tool stands for itself."""
    proposed: bool = False
    """A change was asked for that the caller has not agreed to: we read it back and ask."""
    guessed: set[str] = field(default_factory=set)
    """Names told in this turn that were counted as wrong tries."""
    recognised: str | None = None
    """The caller's name, where words of this turn show whose number it is that rings."""
    last_tool: tuple[str, dict[str, Any]] | None = None
    """Name and arguments of the tool begun last in this turn."""

    @cached_property
    def shop(self) -> Shop:
        """What is sold; it stands on the desk's own store."""
        return Shop(self.desk)

    @cached_property
    def tickets(self) -> Tickets:
        """What staff see to; the same."""
        return Tickets(self.desk)

    @property
    def local_now(self) -> datetime:
        """The business's own clock, naive."""
        return self.now.astimezone(self.business.zone).replace(tzinfo=None)

    @property
    def phone(self) -> str | None:
        """How the customer can be reached: as said in the call, else as the door knows it."""
        return self.facts.phone or self.call.known_phone or self.call.claimed_phone

    @cached_property
    def reading(self) -> Reading:
        """What the caller does with the words of this turn; read once."""
        return self.read(self.text)

    def read(self, words: str) -> Reading:
        """What the caller does with these words, said here and now."""
        return read(without_marks(words), listening(self))


def listening(context: CallContext) -> Hearing:
    """What the words of this turn are heard in."""
    facts, business = context.facts, context.business
    asked = facts.asked
    known: acts.Asked = "none" if asked is None else ASKED_AS.get(asked, asked)  # type: ignore[arg-type]
    table = _read_out(context)
    if asked is None and not facts.last_reply:
        known = "open"
    elif asked == "guess" and len(table) > 1:
        known = "service"  # which of them, no yes or no
    elif asked == "anything_else" and table and facts.agenda.only_asks:
        known = "choose"  # what was only asked for may be wanted after all
    hours = business.weekly_hours()
    picked = getattr(facts.agenda.in_hand, "chosen", None)
    chosen = (
        at.start for at, one in zip(table, facts.offers, strict=False) if one.offer_id == picked
    )
    return Hearing(
        now=context.local_now,
        chosen=next(chosen, None),
        asked=known,
        agent=facts.last_reply or greeting_of(business),
        table=table,
        bookings=_own_bookings(context),
        has_bookings=bool(facts.own or getattr(facts.agenda.in_hand, "describes", None)),
        visits=(*visits_known(facts.agenda), *_visits_booked(facts)),
        services=tuple(Named(each.id, (each.name, *each.also)) for each in business.services),
        providers=tuple(Named(each.id, (each.name,)) for each in business.providers),
        goods=_goods(context),
        goods_spoken_of=goods_spoken_of(context),
        has_orders=bool(facts.own_orders),
        shopping=getattr(facts.agenda.in_hand, "kind", "") == "buy",
        about_use=asked == "used",
        opens={day: tuple((at.start, at.end) for at in spans) for day, spans in hours.items()},
        country=business.country,
        zone=business.zone.key,
        digits=facts.agenda.phone_digits,
        day_told=facts.agenda.day_told,
    )


def _visits_booked(facts: Facts) -> tuple[Visit, ...]:
    """Those that were booked in this call, as they may be spoken of."""
    booked = [each for each in facts.found if each.reference in facts.booked_here]
    return tuple(Visit(each.service_id) for each in booked)


def _read_out(context: CallContext) -> tuple[OfferedTime, ...]:
    """What there is to pick from, in the order in which it was said."""
    facts = context.facts
    if facts.asked == "which_booking":
        return _own_bookings(context)
    if facts.asked == "which_order":
        zone = context.business.zone
        return tuple(
            OfferedTime(
                start=each.placed_at.astimezone(zone).replace(tzinfo=None),
                provider="",
                names=tuple(line.product for line in each.lines),
            )
            for each in facts.own_orders
        )
    shown = getattr(facts.agenda.in_hand, "shown", ())
    if facts.asked == "which_product":
        named = {each.product_id: each.name for each in facts.products}
        return tuple(OfferedTime(None, "", (named.get(each, each),)) for each in shown)
    if facts.asked in ("service", "guess"):
        return _services_read_out(facts.last_reply or "", context.business)
    if getattr(facts.agenda.in_hand, "searched", ""):
        return _on_the_table(context, facts.offers)
    return ()


def _services_read_out(line: str, business: Business) -> tuple[OfferedTime, ...]:
    """The services that a line of ours names, in its order; "eye test" is not one more where a
    "children's eye test" is named."""
    left, places = line.casefold(), {}
    for name in sorted((each.name for each in business.services), key=len, reverse=True):
        if (at := left.find(name.casefold())) >= 0:
            places[at] = name
            left = left.replace(name.casefold(), " " * len(name))
    return tuple(OfferedTime(None, "", (places[at],)) for at in sorted(places))


def _goods(context: CallContext) -> tuple[Named, ...]:
    """What is sold and what the caller has bought, under the ids of the one or the names of the
    other."""
    sold = {each.id: (each.name, *each.also) for each in context.business.products}
    bought = (line for order in context.facts.own_orders for line in order.lines)
    for line in bought:
        key = line.product_id or line.product
        sold[key] = (line.product, *sold.get(key, ()))
    return tuple(Named(key, names) for key, names in sold.items())


def goods_spoken_of(context: CallContext) -> tuple[str, ...]:
    """Ids of the things that were named last, those of them alone that are in the cart where some
    are; else all of the cart, else what the order known last has, else what was told of last."""
    facts = context.facts
    named = facts.agenda.goods
    chosen = tuple(each.product_id for each in getattr(facts.agenda.in_hand, "changes", ()))
    held = chosen or tuple(line.product_id for line in facts.cart.lines) if facts.cart else chosen
    if named or held:
        return tuple(each for each in named if each in held) or named or held
    if facts.own_orders:
        lines = facts.own_orders[0].lines
        return tuple(line.product_id for line in lines if line.product_id)
    return tuple(each.product_id for each in facts.products[-1:])


def _own_bookings(context: CallContext) -> tuple[OfferedTime, ...]:
    """The caller's, which are also called by whose they are."""
    facts = context.facts
    return tuple(
        replace(one, names=(*one.names, each.customer, *(("mine",) if own else ())))
        for one, each in zip(_on_the_table(context, facts.own), facts.own, strict=True)
        for own in [facts.name is not None and same_name(facts.name, each.customer)]
    )


def _on_the_table(
    context: CallContext, things: Sequence[OfferedFact | BookingFact]
) -> tuple[OfferedTime, ...]:
    business = context.business
    return tuple(
        OfferedTime(
            start=each.start.astimezone(business.zone).replace(tzinfo=None),
            provider=person_name(business, each.provider_id),
            names=tuple(
                name
                for one in business.services
                if one.id == each.service_id
                for name in (one.name, *one.also)
            ),
        )
        for each in things
    )


def wish_so_far(context: CallContext) -> tuple[Wanted, Frame]:
    """What is wanted in the matter in hand, and what a time said now leans on."""
    offered = tuple(
        each.start.astimezone(context.business.zone).replace(tzinfo=None)
        for each in context.facts.offers
    )
    anchor = offered[0] if len(offered) == 1 else None
    wanted = getattr(context.facts.agenda.in_hand, "wanted", Wanted())
    return wanted, Frame(today=context.local_now.date(), anchor=anchor, offered=offered)


def greeting_of(business: Business) -> str:
    """What a call begins with."""
    return business.greeting or f"{business.name}, how can I help?"


def person_name(business: Business, provider_id: str) -> str:
    """The provider's name; empty for one who has left since."""
    return next((who.name for who in business.providers if who.id == provider_id), "")
