"""What files of tests/calls say of the shop: orders that staff brought in, money back, what others
hold in their carts, what the call bought, and what is left of it."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from scheduling.values import CustomerDetails
from support.order_values import NewLine, NewOrder, OrderFilter
from webhooks.resources import Resources

if TYPE_CHECKING:
    from tests.test_calls import WrittenCall


async def bring_in_orders(resources: Resources, ordered: list[dict[str, Any]]) -> None:
    """Each `[[ordered]]`: `lines` hold a product's id and how many, at its price of today."""
    [organisation] = await resources.desk.organisations()
    business = await resources.desk.business(organisation.id)
    prices = {product.id: product.price for product in business.products}
    for row in ordered:
        placed, delivered = (
            datetime.fromisoformat(row[key]).replace(tzinfo=business.zone) if key in row else None
            for key in ("placed", "delivered")
        )
        assert placed is not None
        order = NewOrder(
            row["reference"],
            CustomerDetails(row["name"], row.get("phone")),
            placed,
            tuple(NewLine(each, count, prices[each]) for each, count in row["lines"]),
            status="delivered" if delivered else row.get("status", "placed"),
            paid=row.get("paid", True),
            delivered_at=delivered,
        )
        await resources.shop.bring_in(organisation.id, order)


async def fill_other_carts(resources: Resources, held: list[list[Any]]) -> None:
    """Somebody else is deciding about so many of these."""
    [organisation] = await resources.desk.organisations()
    for product_id, quantity in held:
        await resources.shop.add(organisation.id, product_id, quantity, call_id="another")


async def check_shop(resources: Resources, call: WrittenCall) -> None:
    """What was given back, by order, and nothing of all others; what the call bought; how many of
    some products the next caller can have."""
    [organisation] = await resources.desk.organisations()
    found = (await resources.shop.find(None, OrderFilter())).orders
    back = {each.reference: each.refunded for each in found if each.refunded}
    assert back == {reference: Decimal(amount) for reference, amount in call.refunded.items()}
    bought = [
        {
            "name": each.customer_name,
            "phone": each.customer_phone,
            "lines": [[line.product_id, line.quantity] for line in each.lines],
            "total": str(each.total),
        }
        for each in found
        if each.call_id
    ]
    assert len(bought) == len(call.bought), bought
    for row, wanted in zip(bought, call.bought, strict=True):
        assert {key: row[key] for key in wanted} == wanted
    stocked = await resources.shop.products(organisation.id, call_id="next")
    left = {each.product.id: each.left for each in stocked}
    assert {each: left[each] for each in call.left} == call.left
