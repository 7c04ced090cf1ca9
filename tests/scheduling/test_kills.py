"""A process killed by force leaves whole bookings or none, and none that was confirmed is lost."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from scheduling.desk import Desk
from scheduling.store import Store
from scheduling.values import CustomerDetails, Order, Organisation
from tests.scheduling.test_races import OVERLAPS
from tests.scheduling.willow import rows

ROOT = Path(__file__).resolve().parents[2]
PARTS = """
    SELECT booking.reference, booking.status, booking.start_at, booking.version, offer.state,
    (SELECT count(*) FROM occupancy WHERE booking_id = booking.id) AS kept,
    (SELECT count(*) FROM occupancy WHERE booking_id = booking.id
     AND start_at <> booking.start_at) AS elsewhere,
    (SELECT count(*) FROM booking_event WHERE booking_id = booking.id) AS events,
    (SELECT count(*) FROM outbox WHERE outbox.reference = booking.reference) AS messages,
    (SELECT count(*) FROM idempotency WHERE response IS NOT NULL
     AND CAST(response AS TEXT) LIKE '%' || booking.reference || '%') AS answers
    FROM booking JOIN offer ON offer.id = booking.offer_id
"""
STRAY = (
    "SELECT id FROM occupancy WHERE kind = 'booking'"
    " AND booking_id NOT IN (SELECT id FROM booking)",
    "SELECT key FROM idempotency WHERE response IS NULL",
    "SELECT code FROM offer WHERE state = 'booked' AND id NOT IN (SELECT offer_id FROM booking)",
    "SELECT reference FROM outbox WHERE reference NOT IN (SELECT reference FROM booking)",
)
pytestmark = pytest.mark.slow
KILLS = [3, pytest.param(60, marks=pytest.mark.timeout(900))]


def victim(address: str, act: str, name: str = "0") -> subprocess.Popen[str]:
    """A process that does this until it dies."""
    command = [sys.executable, "-m", "tests.scheduling.victim", address, act, name]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def lines(said: str) -> list[dict[str, Any]]:
    """Whole lines: what was cut off was not said."""
    return [json.loads(line) for line in said.splitlines(keepends=True) if line.endswith("\n")]


async def check_whole(store: Store) -> dict[str, Any]:
    """Every booking has all its parts, and no part lacks its booking; bookings by reference."""
    assert await rows(store, OVERLAPS) == []
    for query in STRAY:
        assert await rows(store, query) == []
    bookings = await rows(store, PARTS)
    for each in bookings:
        # A cleaning takes a provider and a chair; each change is one event and one message.
        assert each.kept == (2 if each.status == "booked" else 0), each
        assert each.elsewhere == 0, each
        assert each.events == each.messages == each.version, each
        assert (each.state, each.answers) == ("booked", 1), each
    return {each.reference: each for each in bookings}


async def test_killing_before_commit_leaves_no_row_and_after_commit_the_row_and_its_outbox(
    store: Store, store_url: str, desk: Desk, clinic: Organisation
) -> None:
    said, _ = victim(store_url, "book").communicate(timeout=100)
    *kills, done = lines(said)
    steps = [each["killed"] for each in kills]
    assert {"insert into booking", "insert into occupancy", "insert into outbox"} <= {
        " ".join(step.split()[:3]) for step in steps
    }
    assert steps[-2:] == ["commit", "committed"]
    stored = await check_whole(store)
    assert len(stored) == 2, "the one after whose commit was killed, and the one not killed"
    assert done["done"] in stored
    for step in range(len(kills)):
        call = f"book {step} {step}"
        order = Order(CustomerDetails(f"Victim {call}"), offer_id="a1")
        await desk.book(clinic.id, order, call_id=call, key=f"book {call}")
    asked_again = await check_whole(store)
    assert len(asked_again) == len(kills) + 1
    assert stored.keys() <= asked_again.keys()


@pytest.mark.parametrize("act", ["move", "cancel"])
async def test_a_change_that_was_killed_happened_whole_or_not_at_all(
    store: Store, store_url: str, desk: Desk, clinic: Organisation, act: str
) -> None:
    said, _ = victim(store_url, act).communicate(timeout=100)
    *kills, done = lines(said)
    stored = await check_whole(store)
    versions = [stored[each["done"]].version for each in kills]
    assert versions == [1] * (len(kills) - 1) + [2], "only the last was killed after its commit"
    assert stored[done["done"]].version == 2
    assert stored[done["done"]].status == done["status"]


@pytest.mark.parametrize("kills", KILLS)
async def test_no_confirmed_booking_is_lost_however_often_processes_are_killed(
    store: Store, store_url: str, desk: Desk, clinic: Organisation, kills: int
) -> None:
    chance, confirmed = random.Random(7), {}
    running = [victim(store_url, "loop", str(first)) for first in (0, 20)]
    for number in range(kills):
        process = running.pop(0)
        assert process.stdout is not None
        said = process.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=chance.random() * 0.3)
        process.send_signal(signal.SIGKILL)
        with process.stdout as rest:  # `communicate` would pass over what readline has read ahead
            said += rest.read()
        process.wait(timeout=60)
        for told in lines(said):
            confirmed[told["done"]] = told["status"]
        running.append(victim(store_url, "loop", str(20 * (number + 2))))
    for process in running:
        process.kill()
        process.communicate(timeout=60)
    stored = await check_whole(store)
    assert len(confirmed) >= kills
    # What came after the last word of a killed process may have happened without being said.
    later = {"booked": {"booked", "cancelled"}, "cancelled": {"cancelled"}}
    assert all(stored[ref].status in later[status] for ref, status in confirmed.items())
