"""Stores that hang, are full or are gone: said where monitors ask, and spoken to callers."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scheduling.database import HurriedConnection
from tests.postgresql import Databases
from tests.scheduling.willow import rows
from tests.stalling_proxy import behind_a_proxy
from tests.webhooks.doors import STAFF, VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import completion, message, spoken, tool_call, tool_calls, user

ORDER = {
    "service": "checkup",
    "date": "2026-11-24",
    "time": "10:00",
    "provider": "Ana Ruiz",
    "name": "Wilma Stone",
}


@contextmanager
def disk_full(folder: Path) -> Iterator[None]:
    """No file of this process may grow beyond what the store's log has by now: more than what
    else is written meanwhile."""
    other = sqlite3.connect(folder / "ringbook.db", isolation_level=None)
    other.execute("PRAGMA wal_autocheckpoint = 0")
    other.execute("CREATE TABLE filler AS SELECT zeroblob(8000000)")
    other.close()
    taken = (folder / "ringbook.db-wal").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (taken, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def turn(door: Opened, text: str = "When are you open?") -> str:
    body = completion(user(text))
    response = await door.client.post("/vapi/chat/completions", json=body, headers=VAPI)
    assert response.status_code == 200
    return spoken(response.text)


async def lacking(door: Opened) -> str:
    response = await door.client.get("/readyz")
    assert response.status_code == 503
    return str(response.json()["error"]["message"])


async def booked(door: Opened) -> dict[str, object]:
    body = tool_calls(tool_call("book_appointment", ORDER))
    response = await door.client.post("/vapi/events", json=body, headers=VAPI)
    (result,) = response.json()["results"]
    facts: dict[str, object] = result["metadata"]
    return facts


async def test_a_full_disk_is_not_ready_and_callers_are_asked_to_try_again(
    door: Opened, tmp_path: Path
) -> None:
    with disk_full(tmp_path):
        assert "disk" in await lacking(door)
        assert "sorry" in (await turn(door)).lower()
        refused = (await booked(door))["refused"]
        assert isinstance(refused, dict)
        assert refused["code"] == "try_again"
    assert (await door.client.get("/readyz")).status_code == 200
    assert "booking" in await booked(door)


@pytest.mark.parametrize("replaced", [False, True])
async def test_a_file_that_was_deleted_or_replaced_takes_no_bookings(
    door: Opened, tmp_path: Path, replaced: bool
) -> None:
    file = tmp_path / "ringbook.db"
    kept = file.read_bytes()
    file.unlink()
    if replaced:
        file.write_bytes(kept)
    assert "deleted or replaced" in await lacking(door)
    assert "sorry" in (await turn(door)).lower()
    refused = (await booked(door))["refused"]
    assert isinstance(refused, dict)
    assert refused["code"] == "try_again"
    assert (await door.client.get("/healthz")).status_code == 200


async def test_readiness_is_proved_once_for_all_who_ask_together(door: Opened) -> None:
    answers = await asyncio.gather(*(door.client.get("/readyz") for _ in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    [(writes,)] = await rows(door.resources.store, "SELECT writes FROM disk_proof")
    assert writes == 1


@pytest.mark.slow
async def test_callers_hear_an_apology_while_the_database_hangs_and_are_served_after(
    postgresql: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is patched is a length of time only: a test need not wait for all of it.
    monkeypatch.setattr(HurriedConnection, "answer_seconds", 0.3)
    with postgresql.fresh() as address:
        async with behind_a_proxy(address) as (proxy, through):
            async with opened(settings_in(tmp_path, database_url=through)) as door:
                assert "open" in await turn(door)
                proxy.flowing.clear()
                heard = await asyncio.gather(*(turn(door) for _ in range(20)))
                assert all("sorry" in each.lower() for each in heard)
                listed = await door.client.get("/admin/bookings", headers=STAFF)
                assert listed.status_code == 503
                asked = message("transfer-destination-request")
                person = await door.client.post("/vapi/events", json=asked, headers=VAPI)
                assert person.json()["destination"]["type"] == "number"
                assert await lacking(door)
                proxy.flowing.set()
                assert "open" in await turn(door)
                assert (await door.client.get("/readyz")).status_code == 200


async def test_what_we_make_can_be_read_by_our_own_account_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    made = settings_in(folder, admin_token=None)
    async with opened(made) as door:
        await turn(door)
        (folder / "ringbook.db-wal").chmod(0o644)
    async with opened(made):
        modes = {each.name: each.stat().st_mode & 0o777 for each in folder.iterdir()}
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {"ringbook.db", "admin-token", "caller-token-key"} <= set(modes)
        assert set(modes.values()) == {0o600}
