"""What the dialogue may know of a call, for deciding and wording."""

from __future__ import annotations

from voice.call import CallContext
from voice.dialogue.view import View


def view_of(context: CallContext) -> View:
    """What the call and its tools have come to, for deciding."""
    facts = context.facts
    return View(
        business=context.business,
        call=context.call,
        now=context.now,
        offers=tuple(facts.offers),
        found=tuple(facts.own),
        booked_here=tuple(facts.booked_here),
        given_up=facts.given_up,
        last_reply=facts.last_reply,
        orders=tuple(facts.own_orders),
        refunds=tuple(facts.refunds),
        products=tuple(facts.products),
        cart=facts.cart,
        tickets=tuple(facts.tickets),
    )
