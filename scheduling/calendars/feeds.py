"""Calendar addresses: making, listing and revoking them, and what is read at them."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from scheduling.business import Business
from scheduling.calendars.entries import Reader, block_entry, booking_entry, read_taken
from scheduling.calendars.ics import Entry, Guest, feed_text, invitation_text
from scheduling.errors import NotFound
from scheduling.local_time import seconds_of, utc
from scheduling.queries import find_booking
from scheduling.roster import Roster, Rosters
from scheduling.staff_tables import calendar
from scheduling.store import Store
from scheduling.transaction import Transaction

PAST_SHOWN = timedelta(days=30)
_own = calendar.c.organisation_id == bindparam("of")
READ_ALL = select(calendar).where(_own).order_by(calendar.c.provider_id, calendar.c.id)
# The one statement that no organisation narrows: the address is what says whose it is.
READ_ADDRESS = select(calendar).where(
    calendar.c.id == bindparam("row_id"), calendar.c.revoked_at.is_(None)
)
ADD = insert(calendar).returning(calendar)
REVOKE = (
    update(calendar)
    .where(_own, calendar.c.id == bindparam("row_id"), calendar.c.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"), secret="")
    .returning(calendar.c.id)
)


@dataclass(frozen=True, slots=True)
class CalendarAddress:
    """Where a calendar program reads; whoever knows the secret may."""

    id: int
    organisation: str
    provider_id: str | None
    """None: everybody's bookings."""
    secret: str
    with_names: bool
    with_phones: bool
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """What is read at an address; `tag` changes whenever the text would."""

    calendar_id: int
    business: Business
    title: str
    entries: tuple[Entry, ...]
    tag: str


class Calendars:
    """The addresses of calendar feeds, and invitations to bookings."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rosters = Rosters()
        self._texts: dict[int, tuple[str, bytes]] = {}

    async def addresses(self, organisation_id: int) -> tuple[CalendarAddress, ...]:
        """Those in force; whoever never had one, business or provider, gets theirs now."""

        def work(connection: Connection) -> tuple[CalendarAddress, ...]:
            tx = self._begin(connection, organisation_id)
            known = tx.connection.execute(READ_ALL, {"of": organisation_id}).all()
            had = {row.provider_id for row in known}
            everybody = ("", *(provider.id for provider in tx.business.providers))
            new = [_add(tx, each) for each in everybody if each not in had]
            in_force = [row for row in known if row.revoked_at is None]
            return tuple(_address(row, tx.roster) for row in (*in_force, *new))

        return await self._store.write(work, durable=True)

    async def make(
        self,
        organisation_id: int,
        *,
        provider_id: str | None = None,
        with_names: bool = False,
        with_phones: bool = False,
    ) -> CalendarAddress:
        """One more address, of one provider or of everybody."""

        def work(connection: Connection) -> CalendarAddress:
            tx = self._begin(connection, organisation_id)
            whose = tx.business.provider(provider_id).id if provider_id else ""
            row = _add(tx, whose, with_names=with_names, with_phones=with_phones)
            return _address(row, tx.roster)

        return await self._store.write(work, durable=True)

    async def revoke(self, organisation_id: int, calendar_id: int) -> None:
        """From now on nothing is read there; `NotFound` unless it was in force."""

        def work(connection: Connection) -> None:
            at = int(self._store.now(connection).timestamp())
            given = {"of": organisation_id, "row_id": calendar_id, "at": at}
            if connection.execute(REVOKE, given).one_or_none() is None:
                raise NotFound(f"no calendar {calendar_id}")

        await self._store.write(work, durable=True)

    async def feed(self, secret: str) -> Feed | None:
        """What is read at the address; None when it is nobody's, or revoked."""

        def work(connection: Connection) -> Feed | None:
            row = _find(connection, secret)
            if row is None:
                return None
            return _feed(self._begin(connection, row.organisation_id), row)

        return await self._store.read(work)

    async def text(self, feed: Feed) -> bytes:
        """The feed as iCalendar; written once for as long as it stays the same.

        A thousand events take a second of the processor, which turns of calls would feel.
        """
        tag, text = self._texts.get(feed.calendar_id, ("", b""))
        if tag != feed.tag:
            text = await asyncio.to_thread(feed_text, feed.business, feed.title, feed.entries)
            self._texts[feed.calendar_id] = (feed.tag, text)
        return text

    async def invitation(self, organisation_id: int, reference: str) -> bytes:
        """The booking as a file that its customer's calendar takes."""

        def work(connection: Connection) -> bytes:
            tx = self._begin(connection, organisation_id)
            row = find_booking(tx, reference)
            guest = Guest(row.customer_name, row.customer_phone or None)
            entry = booking_entry(row, tx.roster, whose="customer")
            return invitation_text(tx.business, entry, guest)

        return await self._store.read(work)

    def _begin(self, connection: Connection, organisation_id: int) -> Transaction:
        roster = self._rosters.get(connection, organisation_id)
        return Transaction(connection, roster, self._store.now(connection))


def _add(
    tx: Transaction, provider_id: str, *, with_names: bool = False, with_phones: bool = False
) -> Row[Any]:
    columns = {
        "organisation_id": tx.organisation_id,
        "provider_id": provider_id,
        "secret": secrets.token_urlsafe(32),
        "with_names": with_names,
        "with_phones": with_phones,
        "created_at": tx.second,
    }
    return tx.connection.execute(ADD, columns).one()


def _address(row: Row[Any], roster: Roster) -> CalendarAddress:
    return CalendarAddress(
        id=row.id,
        organisation=roster.organisation.slug,
        provider_id=row.provider_id or None,
        secret=f"{row.id}-{row.secret}",
        with_names=row.with_names,
        with_phones=row.with_phones,
        made_at=utc(row.created_at),
    )


def _find(connection: Connection, secret: str) -> Row[Any] | None:
    """The row by its number; what is secret is compared in the same time, right or wrong."""
    number, _, given = secret.partition("-")
    row = None
    if number.isascii() and number.isdigit() and len(number) < 19:
        row = connection.execute(READ_ADDRESS, {"row_id": int(number)}).one_or_none()
    kept = secrets.token_urlsafe(32) if row is None else row.secret
    return row if secrets.compare_digest(kept.encode(), given.encode()) else None


def _feed(tx: Transaction, row: Row[Any]) -> Feed:
    since = seconds_of(tx.now - PAST_SHOWN)
    bookings, blocks = read_taken(tx, row.provider_id, since=since)
    whose: Reader = "provider" if row.provider_id else "everybody"
    shown = {"with_names": row.with_names, "with_phones": row.with_phones}
    entries = [booking_entry(each, tx.roster, whose=whose, **shown) for each in bookings]
    entries += [block_entry(each, tx.roster) for each in blocks]
    entries.sort(key=lambda entry: (entry.start, entry.uid))
    title = tx.business.name
    if row.provider_id:
        names = {provider.id: provider.name for provider in tx.business.providers}
        title = f"{title}: {names.get(row.provider_id, row.provider_id)}"
    said = repr((title, tx.roster.version, entries))
    tag = hashlib.sha256(said.encode()).hexdigest()[:32]
    return Feed(row.id, tx.business, title, tuple(entries), tag)
