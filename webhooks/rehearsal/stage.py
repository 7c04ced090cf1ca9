"""Where a rehearsed call happens: the real app on a store of its own, at the goal's own time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
from fastapi import FastAPI

from rehearsal.goals import Earlier, Goal, Person, Visit
from rehearsal.support_goals import Bought, ShopState
from scheduling.business import Business
from scheduling.errors import Refusal
from scheduling.values import Booking, BookingFilter, CustomerDetails, Order, Window, Wish
from support.order_values import NewLine, NewOrder, OrderFilter
from support.ticket_values import TicketFilter
from webhooks.app import create_app
from webhooks.live_calls import OpenLiveCalls, open_live_calls
from webhooks.migrate import upgrade
from webhooks.resources import Resources
from webhooks.settings import read_settings

PAGE = 200
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Rehearsed:
    """A business and the file it was read from; None is the built-in sample."""

    business: Business
    file: Path | None


@dataclass(frozen=True)
class Stage:
    """One call's app, open."""

    app: FastAPI
    client: httpx2.AsyncClient
    resources: Resources
    organisation_id: int
    business: Business

    async def enter(self, earlier: Sequence[Earlier]) -> list[Booking | None]:
        """Bookings as staff enter them; None where one no longer fits."""
        entered: list[Booking | None] = []
        for each in earlier:
            order = Order(
                CustomerDetails(each.name, each.phone),
                service_id=each.service_id,
                start=each.start,
                provider_id=each.provider_id,
            )
            try:
                booking = await self.resources.desk.book(self.organisation_id, order, by="staff")
            except Refusal:  # taken by one entered before, or closed: the store decides
                entered.append(None)
            else:
                entered.append(booking)
        return entered

    async def bookings(self) -> tuple[Booking, ...]:
        """Every booking, cancelled ones too."""
        wanted = BookingFilter(limit=PAGE)
        return (await self.resources.desk.find(self.organisation_id, wanted)).bookings

    async def bring_in(self, orders: Sequence[Bought], person: Person) -> None:
        """Orders of the caller's, as staff have them from elsewhere."""
        prices = {product.id: product.price for product in self.business.products}
        for each in orders:
            new = NewOrder(
                each.reference,
                CustomerDetails(person.name, person.phone),
                each.placed_at,
                tuple(NewLine(product, count, prices[product]) for product, count in each.lines),
                status=each.status,
                paid=each.paid,
                delivered_at=each.delivered_at,
            )
            await self.resources.shop.bring_in(self.organisation_id, new)

    async def shop_state(self, call_id: str) -> ShopState:
        """Every order and ticket, and what the call's cart comes to."""
        orders = await self.resources.shop.find(self.organisation_id, OrderFilter(limit=PAGE))
        tickets = await self.resources.tickets.find(self.organisation_id, TicketFilter(limit=PAGE))
        cart = await self.resources.shop.cart(self.organisation_id, call_id=call_id)
        return ShopState(orders.orders, tickets.tickets, cart.total)

    async def is_possible(self, visit: Visit, business: Business, moving: str | None) -> bool:
        """Whether the store has room for it now."""
        windows = visit.times.windows(business)
        wish = Wish(visit.service_id, provider_id=visit.provider_id, moving=moving)
        return any([await self._is_free(replace(wish, windows=(window,))) for window in windows])

    async def is_free(self, at: datetime, services: Sequence[str]) -> bool:
        """Whether any of the services could be booked to start at that minute."""
        window = Window(at, at + MINUTE)
        return any([await self._is_free(Wish(each, (window,))) for each in services])

    async def _is_free(self, wish: Wish) -> bool:
        """Whether there is a slot in the wish's one window: the desk tells the first from it on."""
        [window] = wish.windows
        slot = await self.resources.desk.first_free(self.organisation_id, wish)
        return slot is not None and slot.start < window.end


def blank_store(folder: Path) -> Path:
    """A store in which nothing is, made in this folder."""
    blank = folder / "blank.db"
    upgrade(f"sqlite:///{blank}")
    return blank


@asynccontextmanager
async def staged(
    blank: Path,
    rehearsed: Rehearsed,
    goal: Goal,
    *,
    live_calls: OpenLiveCalls = open_live_calls,
) -> AsyncIterator[Stage]:
    """The app as `serve` runs it, but for the store, the clock and the audio socket's calls; its
    store is a copy of `blank`, and gone afterwards."""
    store = Path(tempfile.mkdtemp(prefix="call-", dir=blank.parent)) / "ringbook.db"
    try:
        shutil.copy(blank, store)
        settings = read_settings(
            database_url=f"sqlite:///{store}",
            business=rehearsed.file,
            now=goal.now.isoformat(),
            vapi_secret=None,
            vapi_hmac=None,
            admin_token=None,
            speech="off",
        )
        app = create_app(settings, live_calls=live_calls)
        async with app.router.lifespan_context(app):
            transport = httpx2.ASGITransport(app=app, client=("127.0.0.1", 50000))
            address = "http://localhost"
            async with httpx2.AsyncClient(transport=transport, base_url=address) as client:
                resources: Resources = app.state.ringbook
                [organisation] = await resources.desk.organisations()
                yield Stage(app, client, resources, organisation.id, rehearsed.business)
    finally:
        shutil.rmtree(store.parent)
