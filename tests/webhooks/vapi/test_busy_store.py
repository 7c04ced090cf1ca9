"""While somebody else keeps the store busy, Vapi is answered truly and nothing it told is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from scheduling import database, store
from scheduling.values import BookingFilter
from tests.webhooks.doors import VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import CALL_ID, end_of_call_report, message, tool_call, tool_calls
from voice.journal.values import CallRecord
from webhooks.vapi import postponed

ORDER = {
    "service": "checkup",
    "date": "2026-11-24",
    "time": "10:00",
    "provider": "Ana Ruiz",
    "name": "Wilma Stone",
}


@contextmanager
def kept_busy(folder: Path) -> Iterator[None]:
    """Another process writes and does not come to an end."""
    other = sqlite3.connect(folder / "ringbook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def post(door: Opened, body: Any) -> dict[str, Any]:
    response = await door.client.post("/vapi/events", json=body, headers=VAPI)
    assert response.status_code == 200, response.text
    answered: dict[str, Any] = response.json()
    return answered


async def written(door: Opened) -> CallRecord:
    """The call as the journal has it, once what was postponed is done."""
    await door.vapi.postponed.ended()
    record = await door.resources.journal.call(None, CALL_ID)
    assert record is not None
    return record


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    # So that the tests need not wait as long as a caller may.
    monkeypatch.setattr(postponed, "PAUSES_SECONDS", (0.05,) * 10_000)
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.05)
    for mode in ("write", "durable"):
        monkeypatch.setitem(database.MODES, mode, (20, "NORMAL"))


async def test_a_tool_call_asks_to_try_again_as_every_refusal_is_told(
    door: Opened, tmp_path: Path
) -> None:
    with kept_busy(tmp_path):
        answered = await post(door, tool_calls(tool_call("book_appointment", ORDER, "call_w")))
    (result,) = answered["results"]
    assert "error" not in result
    assert result["toolCallId"] == "call_w"
    assert result["metadata"]["refused"]["code"] == "try_again"
    assert result["result"] == result["metadata"]["refused"]["message"]
    assert "appointment book" in result["result"]


async def test_the_same_tool_call_books_once_the_store_is_free(
    door: Opened, tmp_path: Path
) -> None:
    body = tool_calls(tool_call("book_appointment", ORDER, "call_w"))
    with kept_busy(tmp_path):
        await post(door, body)
    (result,) = (await post(door, body))["results"]
    assert result["metadata"]["booking"]["customer"]["name"] == "Wilma Stone"


async def test_the_legacy_function_call_says_the_same(door: Opened, tmp_path: Path) -> None:
    asked = {"name": "book_appointment", "parameters": ORDER}
    with kept_busy(tmp_path):
        answered = await post(door, message("function-call", functionCall=asked))
    assert "appointment book" in answered["result"]


async def test_an_ending_is_taken_at_once_and_written_when_the_store_is_free(
    door: Opened, tmp_path: Path
) -> None:
    await post(door, message("status-update", status="in-progress"))
    with kept_busy(tmp_path):
        assert await post(door, message("status-update", status="ended", endedReason="x")) == {}
        assert await post(door, end_of_call_report(endedReason="customer-ended-call")) == {}
    kept = await written(door)
    assert kept.summary.ended_at is not None
    assert kept.summary.end_reason == "customer-ended-call"
    assert kept.report is not None


async def test_a_busy_store_is_said_to_be_busy_and_not_to_lack_its_guard(
    door: Opened, tmp_path: Path
) -> None:
    with kept_busy(tmp_path):
        refused = await door.client.get("/readyz")
    assert refused.status_code == 503
    assert refused.json()["error"] == {"code": "not_ready", "message": "The store is busy."}
    assert (await door.client.get("/readyz")).status_code == 200


async def test_what_a_call_held_is_free_once_its_ending_could_be_written(
    door: Opened, tmp_path: Path
) -> None:
    await post(door, tool_calls(tool_call("check_availability", {"service": "checkup"})))
    with kept_busy(tmp_path):
        await post(door, end_of_call_report())
    await written(door)
    held = await door.resources.desk.find(None, BookingFilter(status="held"))
    assert held.bookings == ()


async def test_a_shut_down_writes_what_was_still_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postponed, "PAUSES_SECONDS", (3600.0,))
    async with opened(settings_in(tmp_path)) as door:
        with kept_busy(tmp_path):
            await post(door, end_of_call_report())
    async with opened(settings_in(tmp_path)) as door:
        assert (await written(door)).summary.end_reason == "customer-ended-call"


async def test_what_cannot_be_written_for_long_is_given_up_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postponed, "PAUSES_SECONDS", ())
    async with opened(settings_in(tmp_path)) as door:
        with kept_busy(tmp_path), capture_logs() as logged:
            await post(door, end_of_call_report())
            await door.vapi.postponed.ended()
        assert await door.resources.journal.call(None, CALL_ID) is None
    assert ("given up", CALL_ID) in [(line["event"], line.get("call_id")) for line in logged]


@pytest.fixture
async def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opened]:
    """A door at which no more than two messages may wait."""
    monkeypatch.setattr(postponed, "MOST_WAITING", 2)
    async with opened(settings_in(tmp_path)) as door:
        yield door


async def test_no_more_than_so_many_messages_wait(crowded: Opened, tmp_path: Path) -> None:
    with kept_busy(tmp_path):
        reports = [end_of_call_report(call={"id": f"call-{number}"}) for number in range(3)]
        answers = [
            await crowded.client.post("/vapi/events", json=report, headers=VAPI)
            for report in reports
        ]
    assert [answer.status_code for answer in answers] == [200, 200, 503]
    await crowded.vapi.postponed.ended()
    assert await crowded.resources.journal.call(None, "call-1") is not None
