"""What tests at the sample clinic's desk say in one word."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text

from scheduling import settlement
from scheduling.desk import Desk
from scheduling.settlement import Begun
from scheduling.store import Store
from scheduling.values import (
    Attempt,
    Booking,
    CustomerDetails,
    OnBehalf,
    Order,
    Organisation,
    Window,
    Wish,
)
from tests.clinic import NEW_YORK

JANE = CustomerDetails("Jane Doe", "+12125550142")
BOB = CustomerDetails("Bob Stone", "+12125550177")
TUESDAY = "2026-11-24"


def at(local: str) -> datetime:
    """A clinic time such as `2026-11-24 09:00`."""
    return datetime.fromisoformat(local).replace(tzinfo=NEW_YORK)


def day(local: str) -> Window:
    """All of a clinic day."""
    start = at(f"{local} 00:00")
    return Window(start, start + timedelta(days=1))


def checkup(local: str | None = None, *, provider_id: str | None = None) -> Wish:
    """A check-up at that time, or at any."""
    near = None if local is None else at(local)
    return Wish("checkup", near=near, provider_id=provider_id)


async def book_at(
    desk: Desk,
    clinic: Organisation,
    local: str,
    provider_id: str | None = "ana",
    **more: Any,
) -> Booking:
    """A booking at that time: Jane's check-up with Ana unless said otherwise."""
    order = Order(
        more.pop("customer", JANE),
        service_id=more.pop("service_id", "checkup"),
        start=at(local),
        provider_id=provider_id,
    )
    behalf: OnBehalf = {"by": "staff", **more}  # type: ignore[typeddict-item]  # keywords of book
    return await desk.book(clinic.id, order, **behalf)


async def begin(
    store: Store, clinic: Organisation, turn: int, *, unheard: int | None = None, call: str = "call"
) -> Begun:
    """A new attempt at a turn of a call."""
    return await store.write(
        lambda connection: settlement.begin(
            connection,
            now=store.now(connection),
            organisation_id=clinic.id,
            call_id=call,
            turn=turn,
            first_unheard=unheard or turn,
            holder="+12125550142",
        )
    )


async def attempt(
    store: Store, clinic: Organisation, turn: int, *, unheard: int | None = None
) -> Attempt:
    """The same, when nobody asks what it undid."""
    return (await begin(store, clinic, turn, unheard=unheard)).attempt


async def delivered(store: Store, attempt: Attempt) -> None:
    """The attempt's whole reply left."""
    await store.write(lambda s: settlement.delivered(s, attempt.id, store.now(s)))


async def hang_up(store: Store, clinic: Organisation) -> None:
    """The call ended."""
    await store.write(lambda s: settlement.settle_call(s, clinic.id, "call", store.now(s)))


async def pass_time(store: Store, **passed: float) -> None:
    """Let the store's clock go on."""
    now = await store.current_time()
    await store.start_clock((now + timedelta(**passed)).isoformat())


async def rows(store: Store, query: str) -> list[Any]:
    """What lies in the store, for what no desk function tells."""
    return await store.read(lambda connection: list(connection.execute(text(query)).all()))
