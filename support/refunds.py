"""Refunds: whether the business's rules give money back, how much, and that once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from sqlalchemy import insert

from scheduling.errors import Invalid, NotAllowed, NotFound
from scheduling.local_time import local_day, seconds_of, utc
from scheduling.transaction import Transaction
from support.order_tables import refund
from support.order_values import PlacedOrder
from support.orders import change, find_order, note, order_of

WhyNoRefund = Literal[
    "already_refunded",
    "cancelled",
    "returned",  # staff have it in hand
    "no_policy",  # the business file says nothing of refunds
    "not_paid",  # or not all of it
    "too_late",
    "used",
    "use_unknown",  # only what is unused is taken back, and nobody has said whether it is
]

ADD_REFUND = insert(refund)


@dataclass(frozen=True, slots=True)
class LineQuantity:
    """So many of one line of an order."""

    number: int
    """Of the line, from 1."""
    quantity: int


@dataclass(frozen=True, slots=True)
class RefundWish:
    """What somebody would like their money back for, and what they say of it."""

    lines: tuple[LineQuantity, ...] = ()
    """Empty: all of the order that was not given back yet."""
    used: bool | None = None
    """Whether any of it was opened or used; None: nobody has asked."""


@dataclass(frozen=True, slots=True)
class Refundable:
    """The rules give this back."""

    reference: str
    lines: tuple[LineQuantity, ...]
    amount: Decimal
    currency: str
    last_day: date
    """Of the business's, on which it still is."""


@dataclass(frozen=True, slots=True)
class NotRefundable:
    """They do not, and why."""

    reference: str
    why: WhyNoRefund
    last_day: date | None = None
    """On which it would have been; None where no rule says."""


RefundVerdict = Refundable | NotRefundable


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that was given back."""

    reference: str
    """The order's."""
    lines: tuple[LineQuantity, ...]
    amount: Decimal
    currency: str
    at: datetime
    rest: Decimal
    """What of the order's payments was not given back."""


class RefundRefused(NotAllowed):
    """The rules do not give it back; `verdict` says why."""

    def __init__(self, verdict: NotRefundable) -> None:
        super().__init__(f"order {verdict.reference}: {verdict.why}")
        self.verdict = verdict


def verdict_on(tx: Transaction, order: PlacedOrder, wish: RefundWish) -> RefundVerdict:
    """What the business's rules say to it now, whoever asks."""
    policy, zone, reference = tx.business.support, tx.business.zone, order.reference
    lines = _lines_wanted(order, wish.lines)
    if (why := _why_not(order, lines)) is not None:
        return NotRefundable(reference, why)
    if policy.refund_days is None:
        return NotRefundable(reference, "no_policy")
    since = local_day(seconds_of(order.delivered_at or order.placed_at), zone)
    last_day = since + timedelta(days=policy.refund_days)
    if local_day(tx.second, zone) > last_day:
        return NotRefundable(reference, "too_late", last_day)
    if policy.unused_only and wish.used is not False:
        return NotRefundable(reference, "used" if wish.used else "use_unknown", last_day)
    prices = {line.number: line.price for line in order.lines}
    amount = sum((prices[each.number] * each.quantity for each in lines), Decimal(0))
    return Refundable(reference, lines, amount, order.currency, last_day)


def refundable(tx: Transaction, reference: str, wish: RefundWish) -> RefundVerdict:
    """The same for the order under that reference."""
    return verdict_on(tx, order_of(tx, find_order(tx, reference)), wish)


def give_back(tx: Transaction, reference: str, wish: RefundWish) -> Refund:
    """The refund that the rules allow, made; `RefundRefused` where they do not."""
    row = find_order(tx, reference, locked=True)
    order = order_of(tx, row)
    verdict = verdict_on(tx, order, wish)
    if isinstance(verdict, NotRefundable):
        raise RefundRefused(verdict)
    rest = order.paid - order.refunded - verdict.amount
    if rest < 0:
        raise NotAllowed(f"order {row.reference}: more than was paid")
    made = {
        "organisation_id": tx.organisation_id,
        "order_id": row.id,
        "order_version": row.version,
        "attempt_id": tx.asker.attempt_id,
        "amount": str(verdict.amount),
        "lines": [asdict(line) for line in verdict.lines],
        "at": tx.second,
        "who": tx.asker.by,
        "why": tx.asker.reason,
    }
    tx.connection.execute(ADD_REFUND, made)
    note(tx, change(tx, row), "refunded")
    at = utc(tx.second)
    return Refund(row.reference, verdict.lines, verdict.amount, verdict.currency, at, rest)


def _why_not(order: PlacedOrder, lines: Sequence[LineQuantity]) -> WhyNoRefund | None:
    """What of the order itself is against it."""
    if not lines:
        return "already_refunded"
    if order.status == "cancelled" or order.status == "returned":
        return order.status
    return None if order.is_paid else "not_paid"


def _lines_wanted(order: PlacedOrder, wanted: Sequence[LineQuantity]) -> tuple[LineQuantity, ...]:
    """Each line once with what was not given back yet; none where that is nothing of them all."""
    left = {line.number: line.quantity - line.refunded for line in order.lines}
    if not wanted:
        return tuple(LineQuantity(number, rest) for number, rest in left.items() if rest)
    asked: Counter[int] = Counter()
    for each in wanted:
        if each.number not in left:
            raise NotFound(f"order {order.reference} has no line {each.number}")
        if each.quantity < 1:
            raise Invalid("lines: a quantity is at least 1")
        asked[each.number] += each.quantity
    if not any(left[number] for number in asked):
        return ()
    for number, quantity in asked.items():
        if quantity > left[number]:
            raise Invalid(f"line {number} of order {order.reference}: only {left[number]} are left")
    return tuple(LineQuantity(number, quantity) for number, quantity in sorted(asked.items()))
