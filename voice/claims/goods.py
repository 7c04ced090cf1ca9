"""What a clause tells of orders, money back, tickets, carts and stock.

Lies about them have endless words, so what is told passes only where it is known: each thing told
of goods must be so, its sums, days, counts and goods with it, and no other word may stand beside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from voice.claims.acts import PERSONS
from voice.claims.figures import NUMBER_WORD, amounts, figure_spans, number_told
from voice.claims.goods_known import KnownGoods
from voice.claims.statements import Known, stems_of, tells_unknown
from voice.claims.times import SaidTime
from voice.claims.wording import Wording
from voice.claims.words import Clause, Stretch
from voice.understanding.reading import When

_SAYS = Wording("goods")
_ABOUT = _SAYS.pattern("about")
_WILL, _MAY = _SAYS.words("will"), _SAYS.words("may")
_WORDS = stems_of((_SAYS.text("words"),))
_PRIORITY = re.compile(rf"\b(?:{_SAYS.text('priorities')})\b")
_STATUS = re.compile(rf"\bticket (?:is|was|has been) (?:\w+ )?({_SAYS.text('statuses')})\b")
_COUNT = re.compile(rf"\b(\d+|{NUMBER_WORD})\b(?! (?:dollars?|cents?|pounds?|pence|euros?))")
_KINDS: dict[str, Callable[[KnownGoods], frozenset[str]]] = {
    "refunded": KnownGoods.refunded,
    "delivered": lambda goods: goods.ordered("delivered"),
    "sent": lambda goods: goods.ordered("shipped", "delivered"),
    "paid": lambda goods: frozenset(
        line.key for each in goods.orders if each.paid for line in each.lines
    ),
    "open": lambda goods: frozenset(
        line.key for each in goods.orders if each.open for line in each.lines
    ),
    "ordered": lambda goods: goods.ordered(),
    "in_cart": KnownGoods.in_cart,
    "left": lambda goods: goods.stocked(there=True),
    "gone": lambda goods: goods.stocked(there=False),
    "noted": lambda goods: goods.references() if goods.tickets else frozenset(),
    "cancelled": lambda goods: goods.ordered("cancelled"),
}
"""What is told, and of which goods it is so."""
_TABLE = tuple((kind, _SAYS.pattern(kind)) for kind in _KINDS)
_OF_GOODS_ALONE = frozenset(("refunded", "sent", "in_cart"))
"""The same in a call that has not come to goods yet."""
_STRONG = frozenset("refunded delivered sent ordered in_cart gone noted".split())
"""What is told of goods and of nothing else, whatever it calls them."""
Verdict = Literal["so", "not_so"]


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing that is told of goods."""

    kind: str
    denied: bool
    coming: bool
    """It is to be, not so yet."""
    names: frozenset[str]
    """Of these goods."""


def told_of_goods(
    clause: Clause,
    goods: KnownGoods,
    known: Known,
    said: Sequence[SaidTime],
    spans: Sequence[When],
    dated: Set[str],
) -> Verdict | None:
    """Whether what it tells of goods is so; None: it tells nothing of them."""
    if clause.asks or any(told.conditional for told in clause.stretches):
        return None
    told = [one for stretch in clause.stretches for one in _told_in(stretch, goods)]
    kinds = frozenset(one.kind for one in told)
    of_ticket = _is_of_a_ticket(clause)
    if not _is_about_goods(clause, goods, kinds) or not (told or of_ticket):
        return None
    if not goods.any and all(one.denied for one in told) and not of_ticket:
        return None  # of what there is not, all may be denied
    names = goods.names(clause.text)
    so = (
        all(_is_so(one, goods) for one in told)
        and set(amounts(clause.text)) <= goods.sums(names, kinds)
        and not spans
        and all(any(one.fits(at) for at in goods.days(kinds)) for one in said)
        and _counted_right(clause, goods, names, kinds)
        and (not of_ticket or _is_as_the_ticket(clause, goods))
        and not _is_done_by_persons(clause, known.people)
        and not _has_other_words(clause, known, dated)
    )
    return "so" if so else "not_so"


def false_days(clause: Clause, goods: KnownGoods) -> bool:
    """Whether a day that is past is told of goods to which something else happened then, or
    nothing."""
    told = [one for stretch in clause.stretches for one in _told_in(stretch, goods)]
    kinds = frozenset(one.kind for one in told if not one.denied)
    happened = {at.date() for at in goods.days(kinds)}
    days = {one for one, _ in goods.days_in(clause.text)}
    return bool(kinds) and not days <= happened


def _is_about_goods(clause: Clause, goods: KnownGoods, kinds: Set[str]) -> bool:
    text = " ".join(told.text for told in clause.stretches)
    if _ABOUT.search(text) is not None or not _OF_GOODS_ALONE.isdisjoint(kinds):
        return True
    names = goods.names(clause.text)
    if names and "left" in kinds or _counts_what_is_left(clause):
        return True  # how much there is needs a look, whatever was spoken of before
    return goods.any and (bool(names) or not _STRONG.isdisjoint(kinds))


def _told_in(told: Stretch, goods: KnownGoods) -> list[_Told]:
    found, names = [], goods.names(told.text)
    for kind, pattern in _TABLE:
        for hit in pattern.finditer(told.text):
            at = told.text[: hit.start()].count(" ")
            before = frozenset(told.words[:at])
            denied = told.denied(at) or "not" in hit[0].split()
            if before & _MAY and not denied:
                continue  # what can be is a rule of the business, and asked of as such
            found.append(_Told(kind, denied, bool(before & _WILL), names))
    return found


def _is_so(one: _Told, goods: KnownGoods) -> bool:
    holds = _KINDS[one.kind](goods)
    if one.denied:
        return not (holds & one.names if one.names else holds)
    if one.kind == "noted":
        return bool(holds) and not one.coming
    return bool(holds) and one.names <= holds and not one.coming


def _is_of_a_ticket(clause: Clause) -> bool:
    return any("ticket" in told.words for told in clause.stretches)


def _counts_what_is_left(clause: Clause) -> bool:
    return any(
        re.search(rf"\b(?:{NUMBER_WORD}|\d+|only one) (?:left|in stock|remaining)\b", told.text)
        for told in clause.stretches
    )


def _counted_right(
    clause: Clause, goods: KnownGoods, names: frozenset[str], kinds: frozenset[str]
) -> bool:
    """Whether as many are told of as there are; sums are no counts."""
    kind = next((one for one in ("left", "in_cart", "refunded") if one in kinds), "ordered")
    if "noted" in kinds or not (names or kind == "left"):
        return True
    text = clause.text.lower()
    for start, end in reversed(figure_spans(text)):
        text = text[:start] + text[end:]
    told = [number_told(found[1]) for found in _COUNT.finditer(text)]
    return all(count is None or count in goods.counts(names, kind) for count in told)


def _is_as_the_ticket(clause: Clause, goods: KnownGoods) -> bool:
    text = " ".join(told.text for told in clause.stretches)
    if not goods.tickets and "your ticket" in text:
        return False
    priorities = {each.priority for each in goods.tickets}
    statuses = {each.status for each in goods.tickets}
    told = _STATUS.search(text)
    return priorities.issuperset(_PRIORITY.findall(text)) and (told is None or told[1] in statuses)


def _is_done_by_persons(clause: Clause, people: Sequence[str]) -> bool:
    """What people do with goods or tickets no call knows."""
    persons = "|".join((PERSONS, *people))
    doing = re.compile(rf"\b(?:{persons}) (?:is|are|will|has|have|was|were)\b")
    return any(
        not told.denied(told.text[: found.start()].count(" "))
        for told in clause.stretches
        for found in doing.finditer(told.text)
    )


def _has_other_words(clause: Clause, known: Known, dated: Set[str]) -> bool:
    allowed = replace(known, words=known.words | _WORDS)
    return any(tells_unknown(told, allowed, dated) for told in clause.stretches)
