"""The one way in: offer, book, move, cancel, find; one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Unpack

from sqlalchemy import Connection

from scheduling import (
    amending,
    applying,
    blocking,
    booking,
    finding,
    marking,
    moving,
    offering,
    searching,
    settlement,
)
from scheduling.applying import AppliedChange
from scheduling.blocks import Block, PlacedBlock
from scheduling.business import Business
from scheduling.errors import Ambiguous, LimitReached, NotFound, Refusal
from scheduling.idempotency import once
from scheduling.queries import booking_value, events_of, find_booking, tidy_reference
from scheduling.store import Store
from scheduling.transaction import Transaction
from scheduling.transactions import Transactions
from scheduling.values import (
    Asker,
    BookedPair,
    Booking,
    BookingEvent,
    BookingFilter,
    BookingPage,
    Mark,
    Offer,
    Offered,
    OnBehalf,
    Order,
    Organisation,
    Slot,
    Target,
    Window,
    Wish,
)


class Desk:
    """What callers' agents and staff ask of the store. Refusals carry what could be had instead."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.transactions = Transactions(store)
        """For those who keep rows of their own beside the desk's."""
        self._rosters = self.transactions.rosters

    async def apply(self, businesses: Sequence[tuple[Business, str]]) -> list[AppliedChange]:
        """Puts checked business files, each with its text, into force: all of them or none."""

        def work(connection: Connection) -> list[AppliedChange]:
            now = int(self._store.now(connection).timestamp())
            return applying.apply_businesses(connection, self._rosters, businesses, now=now)

        try:
            return await self._store.write(work, durable=True)
        finally:
            self._rosters.forget()

    async def organisations(self) -> tuple[Organisation, ...]:
        """All of them, by slug."""
        rosters = await self._store.read(self._rosters.every)
        return tuple(roster.organisation for roster in rosters)

    async def business(self, organisation_id: int) -> Business:
        """The business file in force."""
        return (await self._store.read(lambda s: self._rosters.get(s, organisation_id))).business

    async def find_organisation(
        self,
        *,
        dialled: str | None = None,
        assistant: str | None = None,
        slug: str | None = None,
    ) -> Organisation | None:
        """Whose number, assistant or slug it is; asked for nothing, the only one."""
        rosters = await self._store.read(self._rosters.every)
        found = [
            roster.organisation
            for roster in rosters
            if (dialled is None or dialled in roster.business.numbers)
            and (assistant is None or assistant in roster.business.assistants)
            and (slug is None or slug == roster.organisation.slug)
        ]
        return found[0] if len(found) == 1 else None

    async def offer(self, organisation_id: int, wish: Wish, **behalf: Unpack[OnBehalf]) -> Offered:
        """At most three offers, held for the call, in place of those it had."""
        return await self.transactions.write(
            organisation_id, Asker(**behalf), lambda tx: offering.make_offers(tx, wish)
        )

    async def offers(self, organisation_id: int, call_id: str) -> tuple[Offer, ...]:
        """The call's offers in force."""
        return await self.transactions.read(
            organisation_id, offering.live_offers, Asker(call_id=call_id)
        )

    async def book(self, organisation_id: int, order: Order, **behalf: Unpack[OnBehalf]) -> Booking:
        """The booking; the same key or the same offer gives the same booking again."""
        asker = Asker(**behalf)

        def work(tx: Transaction) -> Booking:
            body = ("book", booking.tidied(tx, order))
            return once(tx, body, Booking, lambda: booking.book(tx, order))

        try:
            return await self.transactions.write(organisation_id, asker, work, durable=True)
        except Refusal as refusal:
            await self._offer_instead(
                organisation_id, refusal, asker, lambda tx: booking.wish_of(tx, order)
            )
            raise

    async def book_both(
        self, organisation_id: int, orders: tuple[Order, Order], **behalf: Unpack[OnBehalf]
    ) -> BookedPair:
        """Both bookings, or none; refused, another pair is offered."""
        asker = Asker(**behalf)

        def work(tx: Transaction) -> BookedPair:
            body = ("book both", *(booking.tidied(tx, order) for order in orders))
            return once(tx, body, BookedPair, lambda: booking.book_both(tx, orders))

        try:
            return await self.transactions.write(organisation_id, asker, work, durable=True)
        except Refusal as refusal:
            await self._offer_instead(
                organisation_id, refusal, asker, lambda tx: booking.wish_of_both(tx, orders)
            )
            raise

    async def move(
        self,
        organisation_id: int,
        reference: str,
        target: Target,
        **behalf: Unpack[OnBehalf],
    ) -> Booking:
        """The booking at its new time, under its old reference."""
        asker = await self._as_seen(organisation_id, reference, Asker(**behalf))
        body = ("move", tidy_reference(reference), target)
        try:
            return await self.transactions.once(
                organisation_id, asker, body, Booking, lambda tx: moving.move(tx, reference, target)
            )
        except Refusal as refusal:
            await self._offer_instead(
                organisation_id, refusal, asker, lambda tx: moving.wish_of(tx, reference, target)
            )
            raise

    async def cancel(
        self, organisation_id: int, reference: str, **behalf: Unpack[OnBehalf]
    ) -> Booking:
        """The booking, cancelled; twice is once."""
        asker = await self._as_seen(organisation_id, reference, Asker(**behalf))
        body = ("cancel", tidy_reference(reference))
        return await self.transactions.once(
            organisation_id, asker, body, Booking, lambda tx: moving.cancel(tx, reference)
        )

    async def amend(
        self,
        organisation_id: int,
        reference: str,
        *,
        name: str | None = None,
        phone: str | None = None,
        **behalf: Unpack[OnBehalf],
    ) -> Booking:
        """The booking under another name of its customer, or with another number to reach them
        on; what is not given stays."""
        asker = await self._as_seen(organisation_id, reference, Asker(**behalf))
        body = ("amend", tidy_reference(reference), name, phone)
        return await self.transactions.once(
            organisation_id,
            asker,
            body,
            Booking,
            lambda tx: amending.amend(tx, reference, name, phone),
        )

    async def mark(
        self, organisation_id: int, reference: str, status: Mark, **behalf: Unpack[OnBehalf]
    ) -> Booking:
        """The booking with what became of it; staff's doing unless said otherwise."""
        asker = await self._as_seen(organisation_id, reference, Asker.staff(**behalf))
        body = ("mark", tidy_reference(reference), status)
        return await self.transactions.once(
            organisation_id, asker, body, Booking, lambda tx: marking.mark(tx, reference, status)
        )

    async def block(
        self, organisation_id: int, wanted: Block, **behalf: Unpack[OnBehalf]
    ) -> PlacedBlock:
        """The time, taken out; `InTheWay` names what is there."""
        asker, body = Asker.staff(**behalf), ("block", wanted)
        return await self.transactions.once(
            organisation_id, asker, body, PlacedBlock, lambda tx: blocking.block(tx, wanted)
        )

    async def unblock(
        self, organisation_id: int, block_id: str, **behalf: Unpack[OnBehalf]
    ) -> PlacedBlock:
        """The block, lifted; twice is once."""
        asker, body = Asker.staff(**behalf), ("unblock", tidy_reference(block_id))
        return await self.transactions.once(
            organisation_id, asker, body, PlacedBlock, lambda tx: blocking.unblock(tx, block_id)
        )

    async def blocks(self, organisation_id: int, window: Window) -> tuple[PlacedBlock, ...]:
        """Blocks in force with some time in the window, by start."""
        return await self.transactions.read(
            organisation_id, lambda tx: blocking.blocks_in(tx, window)
        )

    async def find(self, organisation_id: int | None, wanted: BookingFilter) -> BookingPage:
        """Bookings by start; None searches every organisation."""

        def work(connection: Connection) -> BookingPage:
            second = int(self._store.now(connection).timestamp())
            rosters = self.transactions.rosters_of(connection, organisation_id)
            return finding.find(connection, rosters, wanted, second=second)

        return await self._store.read(work)

    async def history(
        self, organisation_id: int | None, reference: str
    ) -> tuple[Booking, tuple[BookingEvent, ...]]:
        """A booking with all that happened to it; `Ambiguous` if several organisations have it."""

        def work(connection: Connection) -> list[tuple[Booking, tuple[BookingEvent, ...]]]:
            return [
                (booking_value(row, roster), events_of(connection, row))
                for roster in self.transactions.rosters_of(connection, organisation_id)
                for row in finding.with_reference(connection, roster, reference)
            ]

        found = await self._store.read(work)
        if not found:
            raise NotFound(f"no booking {reference!r}")
        if len(found) > 1:
            slugs = [each.organisation for each, _ in found]
            raise Ambiguous(f"several bookings {reference!r}", candidates=slugs)
        return found[0]

    async def release(self, organisation_id: int, call_id: str) -> int:
        """Frees what a call holds; how many offers that ends."""
        return await self._store.write(
            lambda connection: settlement.release_offers(connection, organisation_id, call_id)
        )

    async def first_free(
        self, organisation_id: int, wish: Wish, **behalf: Unpack[OnBehalf]
    ) -> Slot | None:
        """The soonest slot from the first window on."""
        return await self.transactions.read(
            organisation_id,
            lambda tx: searching.next_free(
                tx, wish, find_booking(tx, wish.moving) if wish.moving else None
            ),
            Asker(**behalf),
        )

    async def _as_seen(self, organisation_id: int, reference: str, asker: Asker) -> Asker:
        """With the booking's version as asking arrives: of two changes at once one happens."""
        if asker.version is not None:
            return asker
        row = await self.transactions.read(
            organisation_id, lambda tx: find_booking(tx, reference), asker
        )
        return replace(asker, version=row.version)

    async def _offer_instead(
        self,
        organisation_id: int,
        refusal: Refusal,
        asker: Asker,
        wish_of: Callable[[Transaction], Wish],
    ) -> None:
        """Puts into the refusal what could be had: what was refused wrote nothing."""
        if not refusal.answered_with_offers:
            return

        def work(tx: Transaction) -> tuple[Wish, Offered]:
            wish = wish_of(tx)
            if isinstance(refusal, LimitReached):
                wish = searching.after_that_day(tx, wish)
            return wish, offering.make_offers(tx, wish)

        refusal.wish, offered = await self.transactions.write(organisation_id, asker, work)
        refusal.offers, refusal.next_free = offered.offers, offered.next_free
        refusal.why = offered.why
