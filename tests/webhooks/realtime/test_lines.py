"""Who may open an audio socket, how its line ends, and how a call is taken up again."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy")

from websockets.exceptions import InvalidStatus

from tests.webhooks.doors import STAFF, Opened
from tests.webhooks.realtime.callers import (
    LOUD,
    SILENCE,
    Event,
    Told,
    a_page,
    bookings,
    calling,
    house,
    until_true,
)
from webhooks import live_calls, tokens
from webhooks.live_calls import LiveCalls
from webhooks.rates import Allowance
from webhooks.realtime.places import SocketPlaces


async def refused(door: Opened, **how: Any) -> tuple[int, str]:
    """Status and code of the answer that is given instead of a socket."""
    with pytest.raises(InvalidStatus) as denied:
        async with calling(door, **how):
            pass
    response = denied.value.response
    assert response.body is not None
    return response.status_code, json.loads(response.body)["error"]["code"]


async def in_journal(door: Opened, call_id: str) -> Event:
    """The call as staff see it."""
    call: Event = (await door.client.get(f"/admin/calls/{call_id}", headers=STAFF)).json()
    return call


def lines(door: Opened) -> LiveCalls:
    calls: LiveCalls = door.app.state.live_calls
    return calls


async def test_a_page_shows_its_token_as_a_subprotocol(door: Opened, told: Told) -> None:
    token, call_id = await a_page(door)
    async with calling(door, told, token=token, by_subprotocol=True) as client:
        assert client.socket.subprotocol == "realtime"
        assert client.call_id == call_id
        assert await client.asks()


async def test_nobody_else_is_let_in(door: Opened) -> None:
    token, _ = await a_page(door)
    assert await refused(door, token="") == (401, "unauthorized")
    assert await refused(door, token="wrong") == (401, "unauthorized")
    assert await refused(door, token=token[:-3] + "abc", by_subprotocol=True) == (
        401,
        "unauthorized",
    )
    for _ in range(40):
        status, _ = await refused(door, token="guess")
    assert status == 429


async def test_a_call_is_its_owners_alone(door: Opened, told: Told) -> None:
    token, call_id = await a_page(door)
    other, _ = await a_page(door)
    async with calling(door, told, token=token) as client:
        await client.asks()
        for query, by in ((f"&call_id={call_id}", other), ("&call_id=nobody", other)):
            assert await refused(door, token=by, query=query) == (404, "not_found")
        assert await refused(door, query=f"&call_id={call_id}") == (404, "not_found")
        assert await refused(door, query="&call_id=unknown") == (404, "not_found")
        assert await refused(door, query="&call_id=%0Abc") == (422, "invalid_request")
        assert await refused(door, query="&organisation=none") == (404, "unknown_organisation")
        assert await client.types("What are your opening hours?")


async def test_a_line_that_broke_is_taken_up_with_everything_known(
    door: Opened, told: Told
) -> None:
    async with calling(door, told) as client:
        await client.says("This is Anna Berg, I'd like a dental cleaning tomorrow at ten.")
        call_id = client.call_id
        while (await in_journal(door, call_id))["turns"][-1]["state"] != "answered":
            pass  # what was not heard would be asked again
        client.socket.transport.abort()
    async with calling(door, told, query=f"&call_id={call_id}") as again:
        assert again.call_id == call_id
        await again.says("Yes, please.")
        await again.says("My number is 518 555 0134.")
        await again.says("Yes, that's right.")
    (booking,) = await bookings(door)
    assert booking["customer"]["name"] == "Anna Berg"
    assert booking["call_id"] == call_id


async def test_hanging_up_ends_the_call_and_frees_what_was_held(door: Opened, told: Told) -> None:
    async with calling(door, told) as client:
        await client.says("I'd like a dental cleaning tomorrow at ten.")
        held = await door.client.get("/admin/bookings?status=held", headers=STAFF)
        assert held.json()["bookings"]
    await until_true(lambda: not lines(door).goes_on(client.call_id))
    held = await door.client.get("/admin/bookings?status=held", headers=STAFF)
    assert not held.json()["bookings"]
    call = await in_journal(door, client.call_id)
    assert (call["ended_at"] is not None, call["end_reason"]) == (True, "caller")
    query = f"&call_id={client.call_id}"
    assert await refused(door, query=query) == (409, "call_over")


async def test_a_call_that_nobody_comes_back_to_is_given_up(
    door: Opened, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_calls, "RESUME_SECONDS", 0.05)
    async with calling(door, told) as client:
        await client.asks()
        client.socket.transport.abort()
    await until_true(lambda: not lines(door).goes_on(client.call_id))
    assert (await in_journal(door, client.call_id))["end_reason"] == "cut off"


async def test_the_newest_line_has_the_call(door: Opened, told: Told) -> None:
    """Also when several come at once: one has it, the others lose it one after the other."""
    async with calling(door, told) as first:
        await first.says("I'd like a dental cleaning tomorrow at ten.")
        query = f"&call_id={first.call_id}"
        async with (
            calling(door, told, query=query) as second,
            calling(door, told, query=query) as third,
        ):
            assert await first.closed() == 1008
            assert await second.closed() == 1008
            assert await third.says("Yes, please.")
            assert len(door.app.state.live_calls._open) == 1
    turns = (await in_journal(door, first.call_id))["turns"]
    assert [turn["number"] for turn in turns] == [1, 2]


async def test_a_token_whose_time_is_over_does_not_cut_its_call(
    door: Opened, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, call_id = await a_page(door)
    unused, _ = await a_page(door)
    async with calling(door, told, token=token) as client:
        now = time.time()
        monkeypatch.setattr(time, "time", lambda: now + tokens.CALLER_TOKEN_SECONDS + 1)
        assert await client.says("What are your opening hours?")
        client.socket.transport.abort()
    async with calling(door, told, token=token) as again:
        assert again.call_id == call_id
        assert await again.says("Where can I park?")
    await until_true(lambda: not lines(door).goes_on(call_id))
    assert await refused(door, token=token) == (401, "unauthorized")
    assert await refused(door, token=unused) == (401, "unauthorized")


async def test_a_call_too_many_hears_so_and_running_ones_go_on(door: Opened, told: Told) -> None:
    told.seats.calls = 1
    async with calling(door, told) as running:
        async with calling(door, told) as late:
            assert await late.closed() == 1013
        assert "too_many_calls" in [
            event["error"]["code"] for event in late.events if event["type"] == "error"
        ]
        (done,) = [event for event in late.events if event["type"] == "response.done"]
        assert "lines are taken" in str(done)
        assert "response.output_audio.delta" in late.kinds()
        assert await running.says("What are your opening hours?")
        running.socket.transport.abort()
    await until_true(lambda: told.seats.taken == 0)
    async with calling(door, told):  # takes the only seat
        async with calling(door, told, query=f"&call_id={running.call_id}") as again:
            assert await again.closed() == 1013
        assert lines(door).goes_on(running.call_id)


async def test_who_is_on_a_call_hears_that_we_stop(door: Opened, told: Told) -> None:
    async with calling(door, told) as client:
        await client.says("I'd like a dental cleaning tomorrow at ten.")
        stopping = asyncio.create_task(lines(door).stop())
        assert "hang up" in await client.hears()
        assert await client.closed() == 1001
        await stopping
    assert (await in_journal(door, client.call_id))["ended_at"] is None


async def test_without_speech_all_is_written_and_it_says_why(tmp_path: Path) -> None:
    async with house(tmp_path, None) as door, calling(door) as client:
        assert client.events[0]["session"]["output_modalities"] == ["text"]
        error = await client.error()
        assert error["code"] == "speech_unavailable"
        assert "switched off" in error["message"]
        shown = await client.update(output_modalities=["audio"])
        assert shown["output_modalities"] == ["text"]
        assert "Willow Street Clinic" in await client.asks()
        await client.append(bytes(4800))
        await client.send("input_audio_buffer.commit")
        assert (await client.error())["code"] == "input_audio_buffer_commit_empty"
        assert "Monday" in await client.types("What are your opening hours?")


async def test_we_hang_up_when_all_is_said(door: Opened, told: Told) -> None:
    async with calling(door, told) as client:
        await client.asks()
        await client.says("That's all, thank you, goodbye.")
        assert await client.closed() == 1000
    assert (await in_journal(door, client.call_id))["end_reason"] == "agent"


async def test_a_long_call_ends_however_often_its_line_broke(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house(tmp_path, told) as door:
        async with calling(door, told) as client:
            await client.asks()
            client.socket.transport.abort()
        began = lines(door)._began
        await until_true(lambda: client.call_id in lines(door)._waiting)
        began[client.call_id] -= 3600
        async with calling(door, told, query=f"&call_id={client.call_id}") as again:
            assert "very long" in await again.hears()
            assert await again.closed() == 1000
    assert not began


async def test_turns_are_counted_as_those_that_are_typed(door: Opened, told: Told) -> None:
    token, _ = await a_page(door)
    token_id = door.resources.caller_tokens.read(token).token_id
    async with calling(door, told, token=token) as client:
        for _ in range(60):
            door.resources.rates.spend(Allowance.TURNS_BY_TOKEN, token_id)
        await client.send("response.create")
        assert (await client.error())["code"] == "rate_limit_exceeded"
        told.ear.text = "What are your opening hours?"
        await client.append(LOUD + 2 * SILENCE)
        assert (await client.error())["code"] == "rate_limit_exceeded"
        assert await client.closed() == 1008


async def test_one_network_has_so_many_sockets(door: Opened, told: Told) -> None:
    door.app.state.socket_places = SocketPlaces(most=3, most_of_a_network=1)
    first, _ = await a_page(door)
    second, _ = await a_page(door)
    async with calling(door, told, token=first) as client:
        assert await refused(door, token=second) == (429, "too_many_requests")
        async with calling(door, told), calling(door, told):
            assert await refused(door) == (503, "not_ready")
        await client.socket.close()
        await until_true(lambda: door.app.state.socket_places.taken == 0)
        async with calling(door, told, token=second):
            pass
