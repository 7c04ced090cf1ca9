"""A shop of ten people with years of full diaries, in a store of either kind."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from scheduling.business_file import parse_business
from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import CustomerDetails, Order, Window
from tests.postgresql import Databases, running_server
from webhooks.migrate import upgrade

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 6, tzinfo=ZONE)
"""A Monday; the first hour is at eight."""
PROVIDERS = [f"p{number}" for number in range(10)]
VISITS_A_DAY = 14
FULL_WEEK = Window(NOW + timedelta(days=7), NOW + timedelta(days=14))
"""Booked out but for its last hour, like every week until then since long ago."""
FREE_FROM = NOW.replace(hour=8) + timedelta(days=14)
SHOP = """\
[business]
slug = "bench"
name = "Bench"
timezone = "America/New_York"
country = "US"
phone = "+12125550100"
[booking]
step_minutes = 15
notice_minutes = 0
horizon_days = 90
[[service]]
id = "visit"
name = "Visit"
minutes = 60
"""
PROVIDER = """
[[provider]]
id = "{each}"
name = "Provider {each}"
services = ["visit"]
hours = {{ {hours} }}
"""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = """WITH RECURSIVE counted(n) AS (
    SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < :count
), numbers AS (
    SELECT n, 1 + n % 10 AS person, :newest - (n / 10 / 14) * 86400 - (n / 10 % 14) * 3600 AS at
    FROM counted WHERE n / 10 % 98 <> 0
)"""
FILL = (
    "INSERT INTO customer (id, organisation_id, phone, name, folded_name, created_at)"
    " VALUES (1, 1, '', 'Regular', 'regular', 0)",
    "INSERT INTO offer (id, organisation_id, call_id, code, service_id, provider_id, resource_id,"
    f" start_at, end_at, reference, state, created_at) {NUMBERS} SELECT n + 1, 1, '',"
    " 'R' || n, 'visit', 'p' || (person - 1), person, at, at + 3600, 'R' || n, 'booked', 0"
    " FROM numbers",
    "INSERT INTO booking (id, organisation_id, reference, offer_id, customer_id, customer_name,"
    " folded_name, customer_phone, service_id, service_name, provider_id, provider_name, start_at,"
    " end_at, booked_tz, status, call_id, created_at, updated_at, version, ical_uid, ical_sequence)"
    f" {NUMBERS} SELECT n + 1, 1, 'R' || n, n + 1, 1, 'Regular', 'regular', '', 'visit', 'Visit',"
    " 'p' || (person - 1), '', at, at + 3600, 'America/New_York', 'booked', '', 0, 0, 1, 'R' || n,"
    " 0 FROM numbers",
    "INSERT INTO occupancy (id, organisation_id, resource_id, start_at, end_at, kind, booking_id)"
    f" {NUMBERS} SELECT n + 1, 1, person, at, at + 3600, 'booking', n + 1 FROM numbers",
)
COUNT_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
WITHOUT_GUARD = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT 'ALTER TABLE occupancy ADD CONSTRAINT occupancy_no_overlap '"
    " || pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'occupancy_no_overlap'",
}
DROP = {
    "sqlite": (
        "DROP TRIGGER occupancy_no_overlap_insert",
        "DROP TRIGGER occupancy_no_overlap_update",
    ),
    "postgresql": ("ALTER TABLE occupancy DROP CONSTRAINT occupancy_no_overlap",),
}


def shop_toml() -> str:
    """Ten people, fourteen hours a day, every day."""
    hours = ", ".join(f'{day} = ["08:00-22:00"]' for day in DAYS)
    return SHOP + "".join(PROVIDER.format(each=each, hours=hours) for each in PROVIDERS)


@contextmanager
def fresh_store(kind: str) -> Iterator[str]:
    """The address of a migrated store; PostgreSQL flushes to the disk as it does in earnest."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            address = f"sqlite:///{Path(folder) / 'ringbook.db'}"
            upgrade(address)
            yield address
    else:
        with running_server(flushing=True) as server, Databases(server).fresh() as address:
            yield address


@asynccontextmanager
async def open_diary(address: str, bookings: int = 0) -> AsyncIterator[tuple[Store, Desk]]:
    """The store, so many hours booked in it, and its desk."""
    async with Store.open(address) as store:
        await store.start_clock(NOW.isoformat())
        desk, toml = Desk(store), shop_toml()
        await desk.apply([(parse_business(toml, "bench.toml"), toml)])
        if bookings:
            await store.write(lambda connection: fill(connection, bookings))
            await store.check_guard()
        yield store, desk


def fill(connection: Connection, bookings: int) -> None:
    """Books the hours before `FREE_FROM`; the guard is built over them at the end."""
    kind = connection.dialect.name
    guard = connection.execute(text(WITHOUT_GUARD[kind])).scalars().all()
    if kind == "postgresql":
        # What refers to what is known to be there: not to be asked four million times.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    for statement in DROP[kind]:
        connection.execute(text(statement))
    newest = int((FREE_FROM - timedelta(hours=11)).timestamp())
    for statement in FILL:
        connection.execute(text(statement), {"count": bookings, "newest": newest})
    for statement in guard:
        connection.execute(text(statement))
    if kind == "postgresql":
        for table in ("customer", "offer", "booking", "occupancy"):
            connection.execute(text(COUNT_ON.format(table=table)))
        connection.execute(text("ANALYZE"))


def free_hour(number: int) -> Order:
    """An order for a free hour of its own for each number."""
    hour, person = divmod(number, len(PROVIDERS))
    day, hour = divmod(hour, VISITS_A_DAY)
    start = FREE_FROM + timedelta(days=day, hours=hour)
    customer = CustomerDetails(f"Customer {number}")
    return Order(customer, service_id="visit", start=start, provider_id=PROVIDERS[person])
