"""Business files brought into force. Nothing is deleted: what no longer fits is reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, insert, select, update

from scheduling.business import Business
from scheduling.errors import Invalid
from scheduling.locks import Lock, lock
from scheduling.queries import booking_value
from scheduling.roster import Roster, Rosters
from scheduling.stranded import Stranded, stranded
from scheduling.tables import booking, organisation, resource
from scheduling.values import Booking, Organisation

READ_ONE = select(organisation).where(organisation.c.slug == bindparam("slug")).with_for_update()
READ_KEYS = select(resource.c.key).where(resource.c.organisation_id == bindparam("of"))
READ_COMING = (
    select(booking)
    .where(
        booking.c.organisation_id == bindparam("of"),
        booking.c.status == "booked",
        booking.c.end_at > bindparam("now"),
    )
    .order_by(booking.c.start_at, booking.c.id)
)


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """What applying one business file did."""

    organisation: Organisation
    change: Literal["added", "changed", "unchanged"]
    stranded: tuple[Stranded, ...]
    """Coming bookings that now lack their provider, service, promised clock time or hours."""


def apply_businesses(
    connection: Connection,
    rosters: Rosters,
    businesses: Sequence[tuple[Business, str]],
    *,
    now: int,
) -> list[AppliedChange]:
    """Puts files, each with its text, into force; refuses two that share an address."""
    changes = [
        _apply_business(connection, rosters, each, source, now=now) for each, source in businesses
    ]
    _check_addresses(rosters.every(connection))
    return changes


def _apply_business(
    connection: Connection, rosters: Rosters, business: Business, source: str, *, now: int
) -> AppliedChange:
    """Puts one file into force, with the coming bookings that it leaves stranded."""
    lock(connection, Lock.BUSINESS_FILES, ["apply"])
    document = business.to_document()
    row = connection.execute(READ_ONE, {"slug": business.slug}).one_or_none()
    columns = {"document": document, "source": source}
    if row is None:
        added = insert(organisation).values(slug=business.slug, version=1, **columns)
        organisation_id = connection.execute(added.returning(organisation.c.id)).scalar_one()
    else:
        organisation_id = row.id
        if row.document != document or row.source != source:
            this = update(organisation).where(organisation.c.id == row.id)
            connection.execute(this.values(version=row.version + 1, **columns))
    _add_resources(connection, organisation_id, business)
    rosters.forget()
    roster = rosters.get(connection, organisation_id)
    same = row is not None and row.version == roster.version
    return AppliedChange(
        roster.organisation,
        "added" if row is None else "unchanged" if same else "changed",
        tuple(stranded(business, _coming(connection, roster, now))),
    )


def _check_addresses(rosters: Sequence[Roster]) -> None:
    """Refuses a number or an assistant that two businesses call theirs."""
    owners: dict[str, str] = {}
    for roster in rosters:
        for address in (*roster.business.numbers, *roster.business.assistants):
            owner = owners.setdefault(address, roster.organisation.slug)
            if owner != roster.organisation.slug:
                raise Invalid(f"{address} belongs to {owner} already")


def _add_resources(connection: Connection, organisation_id: int, business: Business) -> None:
    known = set(connection.execute(READ_KEYS, {"of": organisation_id}).scalars())
    new = [
        {"organisation_id": organisation_id, "key": key}
        for key in business.unit_keys()
        if key not in known
    ]
    if new:
        connection.execute(insert(resource), new)


def _coming(connection: Connection, roster: Roster, now: int) -> Iterator[Booking]:
    given = {"of": roster.organisation.id, "now": now}
    return (booking_value(row, roster) for row in connection.execute(READ_COMING, given))
