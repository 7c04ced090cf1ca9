"""`ringbook orders`: look orders up, as staff type what they know."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from scheduling.desk import Desk
from support.order_values import OrderFilter, PlacedOrder
from support.shop import Shop
from webhooks.admin.documents import order_document
from webhooks.commands.looking_up import Page, Search, Shown, cut, look_up

COLUMNS = (
    "reference", "status", "placed", "total", "refunded", "lines", "customer", "phone",
    "organisation",
)  # fmt: skip


def orders(search: Search, *, as_json: bool) -> None:
    """All that fit, the last placed first."""
    shown = Shown("orders", COLUMNS, row_of, order_document)
    look_up(search, read_page, shown, as_json=as_json)


async def read_page(
    desk: Desk, organisation_id: int | None, wanted: dict[str, Any]
) -> Page[PlacedOrder]:
    """As the shop gives it."""
    page = await Shop(desk).find(organisation_id, OrderFilter(**wanted))
    return page.orders, page.next_cursor


def row_of(order: PlacedOrder) -> tuple[str, ...]:
    """In the business's own time."""
    placed, written = order.placed_at.astimezone(ZoneInfo(order.timezone)), order_document(order)
    return (
        order.reference,
        order.status,
        f"{placed:%a %Y-%m-%d %H:%M}",
        f"{written['total']} {order.currency}",
        written["refunded"] if order.refunded else "",
        cut(", ".join(f"{line.quantity} {line.product}" for line in order.lines)),
        order.customer_name,
        order.customer_phone or "",
        order.organisation,
    )
