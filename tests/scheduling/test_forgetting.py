"""A store that serves for years holds what matters and nothing that nobody can read any more."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection, Executable, text

from scheduling.desk import Desk
from scheduling.forgetting import FORGET
from scheduling.prepared import Prepared
from scheduling.store import Store
from scheduling.values import Order, Organisation
from tests.scheduling.willow import JANE, TUESDAY, book_at, checkup, hang_up, pass_time, rows

COUNTS = (
    "SELECT (SELECT count(*) FROM offer), (SELECT count(*) FROM occupancy),"
    " (SELECT count(*) FROM idempotency), (SELECT count(*) FROM booking)"
)


async def test_offers_holds_and_keys_of_long_ago_are_forgotten_when_a_call_ends(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    await desk.offer(clinic.id, checkup(), call_id="left the line")
    await book_at(desk, clinic, f"{TUESDAY} 14:00", key="once")
    [offer, *_] = (await desk.offer(clinic.id, checkup(), call_id="other")).offers
    await desk.book(clinic.id, Order(JANE, offer_id=offer.offer_id), call_id="other")
    assert await rows(store, COUNTS) == [(7, 5, 1, 2)]
    await pass_time(store, days=3)
    await hang_up(store, clinic)
    assert await rows(store, COUNTS) == [(2, 2, 1, 2)]
    await pass_time(store, days=28)
    await hang_up(store, clinic)
    assert await rows(store, COUNTS) == [(2, 2, 0, 2)]


async def test_what_a_call_may_still_take_up_is_kept(
    store: Store, desk: Desk, clinic: Organisation
) -> None:
    offered = await desk.offer(clinic.id, checkup("2026-11-30 10:00"), call_id="long call")
    await pass_time(store, hours=20)
    await hang_up(store, clinic)
    order = Order(JANE, offer_id=offered.offers[0].offer_id)
    assert await desk.book(clinic.id, order, call_id="long call")


async def test_another_organisations_leftovers_are_its_own(
    store: Store, desk: Desk, clinic: Organisation, other_shop: Organisation
) -> None:
    await desk.offer(clinic.id, checkup(), call_id="left the line")
    await pass_time(store, days=3)
    await hang_up(store, other_shop)
    assert await rows(store, "SELECT count(*) FROM offer") == [(3,)]


async def test_what_is_old_is_found_by_an_index(store: Store) -> None:
    def plan(connection: Connection, kept: Executable) -> str:
        assert isinstance(kept, Prepared)
        compiled = kept.statement.compile(connection.engine)
        given = compiled.construct_params({"of": 1, "calls_before": 0, "keys_before": 0})
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET enable_seqscan = off"))
            explain = "EXPLAIN"
        values = tuple(given[name] for name in compiled.positiontup or ())
        found = connection.exec_driver_sql(f"{explain} {compiled}", values)
        return " ".join(str(line) for line in found)

    claims, offers, keys = [await store.read(partial(plan, kept=each)) for each in FORGET]
    assert "occupancy_ending" in claims
    assert "offer_unused" in offers
    assert "idempotency_age" in keys
