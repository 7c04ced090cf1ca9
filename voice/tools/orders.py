"""lookup_order: the orders that are the caller's to hear of, and what can be given back of one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from scheduling.errors import Invalid
from support.order_values import PlacedOrder
from support.payments import Payment
from support.refunds import LineQuantity, NotRefundable, RefundVerdict, RefundWish
from voice.call import CallContext
from voice.dialogue.goods import (
    OrderFact,
    OrderLineFact,
    PaymentFact,
    VerdictFact,
    written_lines,
)
from voice.dialogue.goods_spoken import say_goods, say_order, say_ordered_on
from voice.spoken import list_of, say_number
from voice.tool_results import ToolResult
from voice.tools.offering import local, today
from voice.tools.proving import ORDER, TOO_MANY, clean_reference, order_with, prove, tries_are_over
from voice.tools.refusals import Incomplete, WhoIsCalling
from voice.understanding.reading import Named
from voice.understanding.services.matching import all_named

MOST_ORDERS_SPOKEN = 3
NO_ORDER = "I find no order of yours."


async def lookup_order(
    context: CallContext,
    *,
    reference: str | None = None,
    name: str | None = None,
    items: str | None = None,
    used: str | None = None,
) -> ToolResult:
    """The caller's orders, or the one with that reference and what can be given back of it."""
    wanted = clean_reference(reference)
    orders = await _shown(context, wanted)
    if not orders and (name or wanted or not context.facts.proved_orders):
        given = name or context.facts.name
        orders = (await prove(context, given, (wanted,) if wanted else (), ORDER)).orders
    if len(orders) == 1:
        return await _told_of_one(context, orders[0], items, read_used(used))
    orders = sorted(orders, key=lambda each: each.placed_at, reverse=True)
    for order in reversed(orders):
        remember_order(context, order_fact(order))
    facts = {"orders": [order_document(context, each) for each in orders]}
    return ToolResult("lookup_order", _say_several(context, orders), facts)


async def owned_order(context: CallContext, reference: str | None) -> PlacedOrder:
    """The order, which must be this caller's; without a reference their only one."""
    wanted = clean_reference(reference)
    proved = context.facts.proved_orders
    if not wanted and len(proved) == 1:
        wanted = proved[0]
    order = await order_with(context, wanted) if wanted in proved else None
    if order is None:
        raise WhoIsCalling(TOO_MANY if await tries_are_over(context, wanted) else ORDER.whose)
    return order


def remember_order(context: CallContext, fact: OrderFact) -> None:
    """The caller has heard of this order as it is now."""
    facts = context.facts
    others = [known for known in facts.orders if known.reference != fact.reference]
    facts.orders = sorted([*others, fact], key=lambda each: each.placed_at, reverse=True)


def order_fact(
    order: PlacedOrder,
    payments: Sequence[Payment] = (),
    verdict: VerdictFact | None = None,
) -> OrderFact:
    """The order as the call keeps it."""
    return OrderFact(
        reference=order.reference,
        status=order.status,
        placed_at=order.placed_at,
        delivered_at=order.delivered_at,
        lines=tuple(
            OrderLineFact(
                number=line.number,
                product_id=line.product_id,
                product=line.product,
                quantity=line.quantity,
                price=line.price,
                refunded=line.refunded,
            )
            for line in order.lines
        ),
        total=order.total,
        paid=order.paid,
        refunded=order.refunded,
        open=order.open,
        customer=order.customer_name,
        payments=tuple(
            PaymentFact(amount=each.amount, paid_at=each.paid_at, how=each.how) for each in payments
        ),
        verdict=verdict,
    )


def order_document(context: CallContext, order: PlacedOrder) -> dict[str, Any]:
    """The contract's `order`; money in digits of the order's currency."""

    def at(instant: datetime | None) -> str | None:
        return local(context, instant).isoformat() if instant is not None else None

    return {
        "reference": order.reference,
        "organisation": order.organisation,
        "customer": {"name": order.customer_name, "phone": order.customer_phone},
        "placed_at": at(order.placed_at),
        "delivered_at": at(order.delivered_at),
        "status": order.status,
        "paid": order.is_paid,
        "lines": [
            {
                "number": line.number,
                "product": line.product,
                "quantity": line.quantity,
                "price": digits_of(line.price, order.currency),
                "refunded": line.refunded,
            }
            for line in order.lines
        ],
        "total": digits_of(order.total, order.currency),
        "open": digits_of(order.open, order.currency),
        "refunded": digits_of(order.refunded, order.currency),
        "currency": order.currency,
        "created_at": at(order.created_at),
        "updated_at": at(order.updated_at),
    }


def digits_of(amount: Decimal, currency: str) -> str:
    """`24.00`, with as many decimals as the currency has."""
    from babel.numbers import get_currency_precision  # it takes long to import

    return f"{amount:.{get_currency_precision(currency)}f}"


def read_lines(order: PlacedOrder, items: str | None) -> tuple[LineQuantity, ...]:
    """Which lines are meant, by number (`1x2, 3`) or by what is on them; none: all of them."""
    if not items:
        return ()
    names = [Named(str(line.number), (line.product,)) for line in order.lines]
    lines = []
    for part in items.split(","):
        number, _, quantity = part.strip().casefold().partition("x")
        if number.strip().isdecimal() and (not quantity or quantity.strip().isdecimal()):
            lines.append(LineQuantity(int(number), int(quantity or 1)))
            continue
        for named in all_named(part, names):
            line = order.lines[int(named) - 1]
            lines.append(LineQuantity(line.number, max(line.quantity - line.refunded, 1)))
    if not lines:
        raise Incomplete("Which of the things that you ordered is it?")
    return tuple(lines)


def read_used(said: str | None) -> bool | None:
    """Whether it was opened or used, of `yes` and `no`; None: nobody said."""
    return {"yes": True, "true": True, "no": False, "false": False}.get((said or "").casefold())


async def _shown(context: CallContext, wanted: str) -> list[PlacedOrder]:
    """As they now are, those that the caller has proved to be theirs, or the one that is wanted."""
    proved = context.facts.proved_orders
    references = [each for each in proved if wanted in ("", each)]
    found = [await order_with(context, each) for each in references]
    return [each for each in found if each is not None]


async def _told_of_one(
    context: CallContext, order: PlacedOrder, items: str | None, used: bool | None
) -> ToolResult:
    shop, organisation_id = context.shop, context.organisation.id
    wish = RefundWish(read_lines(order, items), used)
    try:
        verdict = await shop.refundable(organisation_id, order.reference, wish)
    except Invalid as error:
        raise Incomplete("There are not so many of that in the order.") from error
    payments = await shop.payments(organisation_id, order.reference)
    fact = order_fact(order, payments, verdict_fact(verdict, wish))
    remember_order(context, fact)
    spoken = say_order(context.business, fact, today(context))
    document = order_document(context, order)
    return ToolResult("lookup_order", spoken, {"order": {**document, **_verdict_facts(verdict)}})


def verdict_fact(verdict: RefundVerdict, wish: RefundWish) -> VerdictFact:
    """The verdict as the call keeps it."""
    items = written_lines(tuple((each.number, each.quantity) for each in wish.lines))
    if isinstance(verdict, NotRefundable):
        return VerdictFact(items=items, used=wish.used, why=verdict.why, last_day=verdict.last_day)
    return VerdictFact(
        items=items, used=wish.used, amount=verdict.amount, last_day=verdict.last_day
    )


def _verdict_facts(verdict: RefundVerdict) -> dict[str, Any]:
    if isinstance(verdict, NotRefundable):
        return {"refundable": None, "why_not": verdict.why}
    return {"refundable": digits_of(verdict.amount, verdict.currency)}


def _say_several(context: CallContext, orders: Sequence[PlacedOrder]) -> str:
    if not orders:
        return NO_ORDER
    listed = []
    for order in orders[:MOST_ORDERS_SPOKEN]:
        goods = say_goods((line.quantity, line.product) for line in order.lines)
        what = say_ordered_on(context.business, order_fact(order), today(context))
        listed.append(f"{what} with {goods}")
    more = len(orders) - len(listed)
    tail = f", and {say_number(more)} more before that" if more else ""
    return f"There is {list_of(listed)}{tail}."
