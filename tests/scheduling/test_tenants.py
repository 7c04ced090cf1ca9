"""What belongs to one organisation is nothing to another: not to read, not to change."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel

from scheduling.blocks import Block
from scheduling.calendars.feeds import Calendars
from scheduling.desk import Desk
from scheduling.errors import NotFound, Refusal, Superseded
from scheduling.store import Store
from scheduling.values import Attempt, BookingFilter, Order, Organisation, Target, Window, Wish
from tests.scheduling.willow import JANE, TUESDAY, at, attempt, book_at, checkup

TWO = f"{TUESDAY} 14:00"
WHOLE_DAY = Window(at(f"{TUESDAY} 00:00"), at(f"{TUESDAY} 00:00") + timedelta(days=1))
OF_NOBODY = {"apply", "organisations", "find_organisation"}
"""Of the desk: how one gets at an organisation in the first place."""
BY_SECRET = {"feed", "text"}
"""Of the calendars: the secret says whose it is."""


@dataclass(frozen=True)
class Owned:
    """The ids of all that the clinic has."""

    reference: str
    call_id: str
    offer_id: str
    block_id: str
    calendar_id: int
    attempt: Attempt


Case = Callable[[Desk, int, Owned], Awaitable[object]]

DESK: dict[str, Case] = {
    "business": lambda desk, of, own: desk.business(of),
    "offer": lambda desk, of, own: desk.offer(
        of, Wish("oil-change", moving=own.reference), call_id="other"
    ),
    "offers": lambda desk, of, own: desk.offers(of, own.call_id),
    "book": lambda desk, of, own: desk.book(
        of, Order(JANE, offer_id=own.offer_id), call_id=own.call_id
    ),
    "book_both": lambda desk, of, own: desk.book_both(
        of,
        (Order(JANE, offer_id=own.offer_id), Order(JANE, offer_id=own.offer_id)),
        call_id=own.call_id,
    ),
    "move": lambda desk, of, own: desk.move(
        of, own.reference, Target(start=at(f"{TUESDAY} 15:00")), by="staff"
    ),
    "cancel": lambda desk, of, own: desk.cancel(of, own.reference, by="staff"),
    "amend": lambda desk, of, own: desk.amend(
        of, own.reference, name="Mallory", phone="+12125550177", by="staff"
    ),
    "mark": lambda desk, of, own: desk.mark(of, own.reference, "arrived"),
    "block": lambda desk, of, own: desk.block(
        of, Block(WHOLE_DAY.start, WHOLE_DAY.end, provider_id="ana")
    ),
    "unblock": lambda desk, of, own: desk.unblock(of, own.block_id),
    "blocks": lambda desk, of, own: desk.blocks(of, WHOLE_DAY),
    "find": lambda desk, of, own: desk.find(of, BookingFilter(reference=own.reference)),
    "history": lambda desk, of, own: desk.history(of, own.reference),
    "release": lambda desk, of, own: desk.release(of, own.call_id),
    "first_free": lambda desk, of, own: desk.first_free(
        of, Wish("oil-change", moving=own.reference, provider_id="ana")
    ),
}


@pytest.fixture
async def calendars(store: Store) -> Calendars:
    return Calendars(store)


@pytest.fixture
async def own(
    store: Store, desk: Desk, calendars: Calendars, clinic: Organisation
) -> AsyncIterator[Owned]:
    """One of everything, all of it the clinic's; nothing of it may have changed afterwards."""
    booked = await book_at(desk, clinic, TWO)
    [offer, *_] = (await desk.offer(clinic.id, checkup(), call_id="call", holder="x")).offers
    block = Block(at("2026-11-25 09:00"), at("2026-11-25 10:00"), provider_id="ana")
    placed = await desk.block(clinic.id, block)
    [address, *_] = await calendars.addresses(clinic.id)
    running = await attempt(store, clinic, 1)
    before = await everything_of(store, clinic)
    yield Owned(booked.reference, "call", offer.offer_id, placed.block_id, address.id, running)
    assert await everything_of(store, clinic) == before


async def everything_of(store: Store, organisation: Organisation) -> dict[str, Sequence[Any]]:
    """Every row that the organisation owns, by table."""
    owned = [table for table in SQLModel.metadata.sorted_tables if "organisation_id" in table.c]
    return await store.read(
        lambda connection: {
            table.name: connection.execute(
                table.select()
                .where(table.c.organisation_id == organisation.id)
                .order_by(*table.primary_key)
            ).all()
            for table in owned
        }
    )


def public(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"}


def test_every_function_of_the_desk_takes_an_organisation_first() -> None:
    for kind, others in ((Desk, OF_NOBODY), (Calendars, BY_SECRET)):
        for name in public(kind) - others:
            _, first, *_ = inspect.signature(getattr(kind, name)).parameters
            assert first == "organisation_id", f"{kind.__name__}.{name}"


def test_every_function_of_the_desk_is_tried_below() -> None:
    assert DESK.keys() == public(Desk) - OF_NOBODY


@pytest.mark.parametrize("name", DESK)
async def test_no_id_of_one_organisation_works_for_another_at_the_desk(
    desk: Desk, own: Owned, other_shop: Organisation, name: str
) -> None:
    try:
        found = await DESK[name](desk, other_shop.id, own)
    except Refusal:
        return
    assert name in {"business", "offers", "blocks", "find", "release"}
    assert found in ((), 0) or name in {"business", "find"}
    assert own.reference not in str(found)


async def test_an_attempt_of_one_organisation_writes_nothing_for_another(
    desk: Desk, own: Owned, other_shop: Organisation
) -> None:
    with pytest.raises(Superseded):
        await desk.offer(other_shop.id, Wish("oil-change"), attempt=own.attempt)


async def test_no_calendar_of_one_organisation_is_anothers(
    calendars: Calendars, own: Owned, other_shop: Organisation
) -> None:
    with pytest.raises(NotFound):
        await calendars.revoke(other_shop.id, own.calendar_id)
    with pytest.raises(NotFound):
        await calendars.invitation(other_shop.id, own.reference)
    for address in await calendars.addresses(other_shop.id):
        assert address.id != own.calendar_id
        found = await calendars.feed(address.secret)
        assert found is not None
        assert found.entries == ()


async def test_a_key_of_one_organisation_is_free_for_another(
    desk: Desk, clinic: Organisation, other_shop: Organisation
) -> None:
    first = await book_at(desk, clinic, TWO, key="k")
    order = Order(JANE, service_id="oil-change", start=at("2026-11-24 16:00"))
    other = await desk.book(other_shop.id, order, by="staff", key="k")
    assert (first.organisation, other.organisation) == (clinic.slug, other_shop.slug)


async def test_holds_of_one_organisation_are_not_anothers(
    desk: Desk, own: Owned, other_shop: Organisation
) -> None:
    held = await desk.find(other_shop.id, BookingFilter(status="held"))
    assert held.bookings == ()
