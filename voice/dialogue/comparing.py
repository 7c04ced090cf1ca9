"""Prices side by side: by how much two services differ, and what the ordinary one costs."""

from __future__ import annotations

from decimal import Decimal

from scheduling.business import Service
from support.faq import content
from voice.dialogue.speaking import a_service
from voice.dialogue.view import View
from voice.spoken import is_plural, list_of, say_costs, say_price
from voice.understanding.acts import Act, Asking

PAIR = 2
"""Services of one kind of which the cheaper is the ordinary one."""


def compared(act: Act, in_hand: str | None, before: str | None, view: View) -> str:
    """Both prices and their difference, or the price of the plainest of a kind; empty where fewer
    are known than that takes. Two are compared that the question names, else one of them is the
    visit in hand, or was spoken of before, or bears the other's name within its own."""
    asking = act.asking or Asking()
    if not asking.compares and not asking.plainest or asking.count or asking.in_all:
        return ""
    first = _known(asking.services[:1] or (in_hand or before,), view)
    kin = _of_one_kind(first[0], act.text, view) if first else ()
    if asking.compares:
        others = tuple(each.id for each in kin if each is not first[0])
        nearest = others if len(others) == 1 and asking.services else ()
        named = (*asking.services, *(nearest if asking.plainest else ()))
        spoken = (*named, in_hand) if asking.services else (in_hand, *named)
        two = _known((*spoken, before, *nearest), view)[:2]
        return _difference(two[0], two[1], view) if len(two) > 1 else ""
    plainest = min(kin, key=_price) if len(kin) == PAIR else None
    if plainest is None or asking.services:
        return ""
    return f"{_capital(_costs(plainest, view))}."


def _known(ids: tuple[str | None, ...], view: View) -> list[Service]:
    """Those that have a price, each once."""
    found = [view.services.get(each or "") for each in dict.fromkeys(ids)]
    return [each for each in found if each is not None and each.price is not None]


def _of_one_kind(service: Service, words: str, view: View) -> tuple[Service, ...]:
    """It and the others that have a word of its name in theirs; only those called by a word of the
    question, where it has one of those. None where it is the only one."""
    own, said = set(content(service.name)), set(content(words))
    kin = [each for each in view.business.services if each.price is not None]
    kin = [each for each in kin if own & set(content(each.name))]
    shared = {word for each in kin if each is not service for word in own & set(content(each.name))}
    if said & shared:
        kin = [each for each in kin if said & shared & set(content(each.name))]
    return tuple(kin) if len(kin) > 1 else ()


def _difference(one: Service, other: Service, view: View) -> str:
    less, more = sorted((one, other), key=_price)
    by = _price(more) - _price(less)
    told = _capital(list_of([_costs(less, view), _costs(more, view)]))
    if not by:
        return f"{told}; there's no difference."
    return f"{told}; that's {say_price(by, view.business.currency)} more."


def _costs(service: Service, view: View) -> str:
    costs = say_costs(_price(service), view.business.currency, plural=is_plural(service.name))
    return f"{a_service(view, service.id)} {costs}"


def _price(service: Service) -> Decimal:
    return service.price or Decimal(0)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
