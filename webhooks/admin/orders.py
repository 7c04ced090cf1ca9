"""Orders for staff: brought in, looked up, and what became of them; behind the admin token."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from scheduling.values import CustomerDetails
from support.order_values import NewLine, NewOrder, OrderFilter, OrderStatus
from webhooks.admin.asking import Key, Slug, refusals_of, staff_behalf
from webhooks.admin.documents import order_document, order_event_document
from webhooks.admin.entries import OrderEntry, OrderMarkEntry, read_past
from webhooks.admin.organisations import organisation_meant, organisation_of
from webhooks.admin.searching import CustomerSearch, call_of, organisation_id_of
from webhooks.admin.versions import IfMatch, shown
from webhooks.admission import StaffRoute
from webhooks.resources import Resources

router = APIRouter(prefix="/admin/orders", route_class=StaffRoute)


class OrderSearch(CustomerSearch):
    """Filters of orders; days are those on which they were placed."""

    status: OrderStatus | None = None


@router.get("")
async def list_orders(request: Request, search: Annotated[OrderSearch, Query()]) -> dict[str, Any]:
    """Orders, the last placed first."""
    resources: Resources = request.app.state.ringbook
    organisation_id = await organisation_id_of(resources, search.organisation)
    wanted = OrderFilter(**search.typed(), status=search.status)
    page = await resources.shop.find(organisation_id, wanted)
    listed = [order_document(order) for order in page.orders]
    return {"orders": listed, "next_cursor": page.next_cursor}


@router.post("", status_code=201)
async def bring_in_order(
    request: Request, entry: OrderEntry, slug: Slug = None, key: Key = None
) -> JSONResponse:
    """An order that was placed elsewhere, kept as it was."""
    resources, organisation_id, business = await organisation_meant(request, entry, slug)
    new = _new_order(entry, business.zone)
    async with refusals_of(business):
        order = await resources.shop.bring_in(organisation_id, new, **staff_behalf(key, entry))
    return shown(order_document(order), order.version, 201)


@router.get("/{reference}")
async def show_order(
    request: Request, reference: str, organisation: str | None = None
) -> JSONResponse:
    """One order, what happened to it, and the call it was made in."""
    resources: Resources = request.app.state.ringbook
    organisation_id = await organisation_id_of(resources, organisation)
    order, events = await resources.shop.history(organisation_id, reference)
    history = [order_event_document(event, order.timezone) for event in events]
    beside = {"history": history, "call": await call_of(resources, order)}
    return shown(order_document(order) | beside, order.version)


@router.post("/{reference}/status")
async def mark_order(
    request: Request,
    reference: str,
    entry: OrderMarkEntry,
    slug: Slug = None,
    key: Key = None,
    seen: IfMatch = None,
) -> JSONResponse:
    """The order with what became of it."""
    history = request.app.state.ringbook.shop.history
    resources, organisation_id, business = await organisation_of(
        request, reference, entry, slug, history=history
    )
    async with refusals_of(business, seen):
        order = await resources.shop.set_status(
            organisation_id, reference, entry.status, **staff_behalf(key, entry, seen)
        )
    return shown(order_document(order), order.version)


def _new_order(entry: OrderEntry, zone: ZoneInfo) -> NewOrder:
    delivered = entry.delivered_at
    return NewOrder(
        reference=entry.reference,
        customer=CustomerDetails(entry.customer.name, entry.customer.phone),
        placed_at=read_past("placed_at", entry.placed_at, zone),
        lines=tuple(NewLine(each.product, each.quantity, each.price) for each in entry.lines),
        status=entry.status,
        paid=entry.paid,
        delivered_at=read_past("delivered_at", delivered, zone) if delivered else None,
    )
