"""What staff do: enter, move, cancel and mark bookings, block time; behind the admin token."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request
from fastapi.responses import JSONResponse

from scheduling.blocks import Block
from scheduling.values import CustomerDetails, Order, Target, Window
from webhooks.admin.asking import Key, Slug, refusals_of, staff_behalf
from webhooks.admin.documents import block_document
from webhooks.admin.entries import (
    BlockEntry,
    BlockListing,
    BlockNamed,
    BookingEntry,
    Id,
    MarkEntry,
    MoveEntry,
    Sent,
    days_window,
    provider_named,
    read_instant,
    resource_named,
    service_named,
)
from webhooks.admin.organisations import organisation_meant, organisation_of
from webhooks.admin.versions import IfMatch, shown_booking
from webhooks.admission import StaffRoute
from webhooks.problems import Problem

router = APIRouter(prefix="/admin", route_class=StaffRoute)

LISTED_AHEAD = timedelta(days=366)
Document = dict[str, Any]


@router.post("/bookings", status_code=201)
async def enter_booking(
    request: Request, entry: BookingEntry, slug: Slug = None, key: Key = None
) -> JSONResponse:
    """A booking, entered as a diary has it."""
    resources, organisation_id, business = await organisation_meant(request, entry, slug)
    whom = entry.whom()
    order = Order(
        CustomerDetails(whom.name, whom.phone),
        service_id=service_named(business, entry.service),
        start=read_instant("start", entry.start, business.zone),
        provider_id=provider_named(business, entry.provider),
    )
    async with refusals_of(business):
        booked = await resources.desk.book(organisation_id, order, **staff_behalf(key, entry))
    return shown_booking(booked, 201)


@router.post("/bookings/{reference}/move")
async def move_booking(
    request: Request,
    reference: str,
    entry: MoveEntry,
    slug: Slug = None,
    key: Key = None,
    seen: IfMatch = None,
) -> JSONResponse:
    """The booking at its new time."""
    resources, organisation_id, business = await organisation_of(request, reference, entry, slug)
    target = Target(
        start=read_instant("start", entry.start, business.zone),
        provider_id=provider_named(business, entry.provider),
    )
    behalf = staff_behalf(key, entry, seen)
    async with refusals_of(business, seen):
        moved = await resources.desk.move(organisation_id, reference, target, **behalf)
    return shown_booking(moved)


@router.post("/bookings/{reference}/cancel")
async def cancel_booking(
    request: Request,
    reference: str,
    entry: Annotated[Sent | None, Body()] = None,
    slug: Slug = None,
    key: Key = None,
    seen: IfMatch = None,
) -> JSONResponse:
    """The booking, cancelled; twice is once."""
    said = entry or Sent()
    resources, organisation_id, business = await organisation_of(request, reference, said, slug)
    behalf = staff_behalf(key, said, seen)
    async with refusals_of(business, seen):
        cancelled = await resources.desk.cancel(organisation_id, reference, **behalf)
    return shown_booking(cancelled)


@router.post("/bookings/{reference}/status")
async def mark_booking(
    request: Request,
    reference: str,
    entry: MarkEntry,
    slug: Slug = None,
    key: Key = None,
    seen: IfMatch = None,
) -> JSONResponse:
    """The booking with what became of it."""
    resources, organisation_id, business = await organisation_of(request, reference, entry, slug)
    behalf = staff_behalf(key, entry, seen)
    async with refusals_of(business, seen):
        if entry.status == "cancelled":
            marked = await resources.desk.cancel(organisation_id, reference, **behalf)
        else:
            marked = await resources.desk.mark(organisation_id, reference, entry.status, **behalf)
    return shown_booking(marked)


@router.get("/blocks")
async def list_blocks(request: Request, days: Annotated[BlockListing, Query()]) -> Document:
    """Blocks in force, from today on unless days are named."""
    slug = days.organisation
    resources, organisation_id, business = await organisation_meant(request, Sent(), slug)
    today = (await resources.store.current_time()).astimezone(business.zone).date()
    first = days.day or days.first_day or today
    ahead = min(max(first, today), date.max - LISTED_AHEAD) + LISTED_AHEAD
    last = days.day or days.last_day or ahead
    window: Window = days_window(first, last, business.zone)
    found = await resources.desk.blocks(organisation_id, window)
    return {"blocks": [block_document(block) for block in found]}


@router.post("/blocks", status_code=201)
async def enter_block(
    request: Request, entry: BlockEntry, slug: Slug = None, key: Key = None
) -> Document:
    """Time, taken out; refused with what is in the way."""
    resources, organisation_id, business = await organisation_meant(request, entry, slug)
    window = entry.window(business.zone)
    block = Block(
        window.start,
        window.end,
        provider_id=provider_named(business, entry.provider),
        resource_id=resource_named(business, entry.resource),
        units=entry.units,
        reason=entry.reason,
    )
    async with refusals_of(business):
        placed = await resources.desk.block(organisation_id, block, **staff_behalf(key, entry))
    return block_document(placed)


@router.delete("/blocks")
async def lift_block(
    request: Request,
    block_id: Annotated[Id | None, Query(alias="id")] = None,
    entry: Annotated[BlockNamed | None, Body()] = None,
    slug: Slug = None,
    key: Key = None,
) -> Document:
    """The block, lifted; twice is once. Its id stands in the query or the body."""
    named = entry or BlockNamed()
    wanted = named.id or block_id
    if wanted is None or block_id not in (None, wanted):
        raise Problem(422, "id: which block, as its entering answered")
    resources, organisation_id, business = await organisation_meant(request, named, slug)
    async with refusals_of(business):
        lifted = await resources.desk.unblock(organisation_id, wanted, **staff_behalf(key, named))
    return block_document(lifted)


@router.delete("/blocks/{block_id}")
async def lift_named_block(
    request: Request, block_id: Annotated[Id, Path()], slug: Slug = None, key: Key = None
) -> Document:
    """The same, for whom the id belongs into the address."""
    return await lift_block(request, block_id, None, slug, key)
