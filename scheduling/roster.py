"""Each organisation's business as it was applied, with the rows of what can be occupied."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from sqlalchemy import Connection, bindparam, select

from scheduling.business import Business, Service
from scheduling.errors import NotFound
from scheduling.prepared import prepare
from scheduling.tables import organisation, resource
from scheduling.values import Organisation

FRESH_SECONDS = 1.0
READ_ORGANISATION = prepare(select(organisation).where(organisation.c.id == bindparam("id")))
READ_VERSIONS = prepare(
    select(organisation.c.id, organisation.c.version).order_by(organisation.c.slug)
)
READ_RESOURCES = prepare(
    select(resource.c.key, resource.c.id).where(resource.c.organisation_id == bindparam("id"))
)


@dataclass(frozen=True)
class Roster:
    """A business file in force."""

    organisation: Organisation
    version: int
    business: Business
    rows: Mapping[str, int]
    """Row id by unit key; those that no file names any more are still there."""

    def provider_row(self, provider_id: str) -> int:
        """The provider's row."""
        return self.rows[f"provider:{provider_id}"]

    def unit_rows(self, resource_id: str) -> list[int]:
        """The rows of a resource's units, first unit first."""
        count = self.business.resource(resource_id).count
        return [self.rows[f"resource:{resource_id}:{unit}"] for unit in range(1, count + 1)]

    def rows_for(self, service: Service, provider_ids: Iterable[str]) -> list[int]:
        """Every row that a visit could occupy."""
        units = [row for need in service.needs for row in self.unit_rows(need)]
        return sorted({*units, *(self.provider_row(provider) for provider in provider_ids)})

    def candidates(self, service_id: str, provider_id: str | None) -> list[str]:
        """The provider asked for, who must perform the service; else all who do."""
        if provider_id is not None:
            return [self.business.performer(service_id, provider_id).id]
        return [provider.id for provider in self.business.performers(service_id)]


class Rosters:
    """Parsed once for each version. Which versions are in force is asked once a second, so a file
    applied by another process counts a second later; one applied here counts at once."""

    def __init__(self) -> None:
        self._known: dict[int, Roster] = {}
        self._by_slug: tuple[int, ...] = ()
        self._asked_at = -inf

    def get(self, connection: Connection, organisation_id: int) -> Roster:
        """The roster in force."""
        self._keep_fresh(connection)
        if organisation_id not in self._by_slug:
            self.forget()  # it may have come this very second
            self._keep_fresh(connection)
        if organisation_id not in self._by_slug:
            raise NotFound(f"no organisation {organisation_id}")
        return self._known[organisation_id]

    def every(self, connection: Connection) -> Sequence[Roster]:
        """All of them, by slug."""
        self._keep_fresh(connection)
        return [self._known[organisation_id] for organisation_id in self._by_slug]

    def forget(self) -> None:
        """A file is being applied: what was known may be out of force."""
        self._asked_at = -inf

    def _keep_fresh(self, connection: Connection) -> None:
        now = time.monotonic()
        if now - self._asked_at < FRESH_SECONDS:
            return
        versions = connection.execute(READ_VERSIONS).all()
        for each in versions:
            known = self._known.get(each.id)
            if known is None or known.version != each.version:
                self._known[each.id] = _read(connection, each.id)
        self._by_slug = tuple(each.id for each in versions)
        self._asked_at = now


def _read(connection: Connection, organisation_id: int) -> Roster:
    row = connection.execute(READ_ORGANISATION, {"id": organisation_id}).one()
    resources = connection.execute(READ_RESOURCES, {"id": organisation_id}).all()
    return Roster(
        organisation=Organisation(row.id, row.slug),
        version=row.version,
        business=Business.from_document(row.document),
        rows={each.key: each.id for each in resources},
    )
