"""Orders and goods that a caller names: they go to the matter that is about them."""

from __future__ import annotations

from voice.dialogue.agenda import OutcomeKind
from voice.dialogue.matters.booking import Booking
from voice.dialogue.matters.table import MATTERS
from voice.dialogue.turn_heard import TurnHeard, take
from voice.understanding.acts import Act

ABOUT_GOODS = ("want:refund", "want:order", "want:billing", "want:buy")
OF_SOMETHING_ELSE = ("want:cancel", "want:move", "want:lookup", "want:message", "give:booking",
                     "ask:policy")  # fmt: skip
"""Labels beside which a thing is only named."""
BESIDE_GOODS = frozenset({"problem", "other"})
"""Slots that, beside a wish about goods, tell why."""


def wish_about_goods(hearing: TurnHeard) -> str | None:
    """Of what kind, where this turn has one that is ours to do."""
    for wish in hearing.reading.all(*ABOUT_GOODS):
        begun = MATTERS.get(wish.kind)
        if begun is not None and begun(kind=wish.kind).is_done_here(hearing.view):
            return wish.kind
    return None


def _is_told_beside(hearing: TurnHeard) -> bool:
    """Whether something else than goods is spoken of in the same breath."""
    return hearing.reading.first(*OF_SOMETHING_ELSE) is not None or bool(hearing.reading.complaint)


def give_goods(hearing: TurnHeard, act: Act) -> OutcomeKind:
    """Of an order, wherever its matter stands on the agenda: what is told before a wish belongs to
    it, and an order alone is asked after."""
    matters, view = hearing.agenda.matters, hearing.view
    wish = wish_about_goods(hearing)
    place = next((at for at, each in enumerate(matters) if each.claims(act, view)), None)
    if place is None:  # what is told beside a wish is of the one matter that the wish is of
        place = next((at for at, each in enumerate(matters) if each.kind == wish), None)
    if place is None:
        if hearing.agenda.done and wish is None and not act.adds:
            return "noted"  # of what is done
        if act.kind == "product" and wish is None and _is_told_beside(hearing):
            return "nothing to do"  # "this new cream I tried"
        bought = act.kind == "order" or any(each.has_any(act.likely) for each in view.orders)
        sold = any(one.id in act.likely for one in view.business.products)
        kind = wish or ("order" if bought else "buy" if sold else None)
        if kind is None and hearing.matter is not None:
            return "nothing to do"  # "just the one bike", of a visit
        matter = MATTERS[kind](kind=kind) if kind is not None else None
        if matter is None or not matter.is_done_here(view):
            return hearing.asks(act)
        if hearing.matter == Booking() and hearing.at not in hearing.begun:
            hearing.take_for(matter)
        else:
            hearing.begin(matter, len(matters))
        return take(hearing, act)
    at, hearing.at = hearing.at, place
    outcome = take(hearing, act)
    hearing.at = at
    return outcome
