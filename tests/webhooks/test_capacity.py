"""Beyond so many turns at once, one sentence and no queue; and the server stays alive for all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

from tests.webhooks.doors import STAFF, VAPI, Opened, opened, served, settings_in
from tests.webhooks.payloads import call, completion, spoken, tool_call, tool_calls, user
from webhooks import resources
from webhooks.capacity import OVERLOADED, Capacity
from webhooks.connections import STARTS_A_ROUND, Connections

WHERE = user("Where are you?")


@pytest.fixture
async def crowded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Opened]:
    """A door with one place, which waits for nobody."""
    monkeypatch.setattr(resources, "LOCAL_TURNS", 1)
    monkeypatch.setattr(resources, "Capacity", partial(Capacity, patience=0.0))
    async with opened(settings_in(tmp_path)) as door:
        yield door


async def ask(door: Opened) -> str:
    """What is said to a custom model request."""
    body = completion(WHERE)
    response = await door.client.post("/vapi/chat/completions", json=body, headers=VAPI)
    assert response.status_code == 200
    return spoken(response.text)


async def test_each_door_says_in_one_sentence_that_there_is_no_place(crowded: Opened) -> None:
    assert await crowded.resources.capacity.take()
    assert await ask(crowded) == OVERLOADED
    chat = await crowded.client.post(
        "/v1/chat/completions", json={"messages": [WHERE]}, headers=STAFF
    )
    assert chat.status_code == 503
    assert chat.json()["error"] == {"code": "overloaded", "message": OVERLOADED}
    assert int(chat.headers["retry-after"]) > 0
    tools = tool_calls(tool_call("answer_question", {"question": "Where are you?"}))
    answered = await crowded.client.post("/vapi/events", json=tools, headers=VAPI)
    (result,) = answered.json()["results"]
    assert result["error"] == OVERLOADED
    counted = (await crowded.client.get("/metrics", headers=STAFF)).text
    assert "ringbook_turned_away_total 3.0" in counted
    assert (await crowded.client.get("/healthz")).status_code == 200


async def test_every_way_a_turn_ends_gives_its_place_back(crowded: Opened) -> None:
    for _ in range(3):
        assert "12 Willow Street" in await ask(crowded)
        for stream in (True, False):
            body = {"messages": [WHERE], "stream": stream}
            chat = await crowded.client.post("/v1/chat/completions", json=body, headers=STAFF)
            assert chat.status_code == 200
        refused = await crowded.client.post(
            "/v1/chat/completions?organisation=nobody", json={"messages": [WHERE]}, headers=STAFF
        )
        assert refused.status_code == 404
        call = tool_call("answer_question", {"question": "Where are you?"})
        tools = await crowded.client.post("/vapi/events", json=tool_calls(call), headers=VAPI)
        assert tools.json()["results"][0]["result"]


async def test_who_waits_gets_the_place_of_who_leaves() -> None:
    capacity = Capacity(1, patience=30.0)
    assert await capacity.take()
    waiting = asyncio.create_task(capacity.take())
    await asyncio.sleep(0)
    capacity.leave()
    assert await waiting
    assert capacity.turned_away == 0


async def test_so_many_wait_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webhooks.capacity.MOST_WAITING", 2)
    capacity = Capacity(1, patience=30.0)
    assert await capacity.take()
    waiting = [asyncio.create_task(capacity.take()) for _ in range(2)]
    await asyncio.sleep(0)
    assert not await capacity.take()
    for task in waiting:
        capacity.leave()
        assert await task


async def test_requests_that_come_together_begin_a_few_a_round() -> None:
    begun: list[int] = []

    def starting(number: int) -> Callable[[], None]:
        return lambda: begun.append(number)

    connections, loop = Connections(), asyncio.get_running_loop()
    for number in range(3 * STARTS_A_ROUND):
        connections.start_in_turn(loop, starting(number))
    rounds = []
    while len(begun) < 3 * STARTS_A_ROUND:
        await asyncio.sleep(0)
        rounds.append(len(begun))
    assert rounds == [STARTS_A_ROUND, 2 * STARTS_A_ROUND, 3 * STARTS_A_ROUND]
    assert begun == sorted(begun)


async def test_whoever_asks_whether_we_are_alive_passes_the_queue(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door:
        url, answered = door.client.base_url, []

        async def exchange(name: str, request: bytes) -> None:
            reader, writer = await asyncio.open_connection(url.host, url.port)
            writer.write(request)
            assert b"200" in await reader.readline()
            answered.append(name)
            writer.close()

        def turn(number: int) -> bytes:
            body = json.dumps(completion(WHERE, call=call(f"call-{number}"))).encode()
            head = (
                "POST /vapi/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                f"X-Vapi-Secret: {VAPI['X-Vapi-Secret']}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            return head.encode() + body

        health = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        turns = [exchange("turn", turn(number)) for number in range(60)]
        await asyncio.gather(*turns, exchange("health", health))
    assert answered.index("health") < len(turns) // 2
