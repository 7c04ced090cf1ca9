"""Behind a real server: official clients hold whole conversations, hang-ups are felt at once."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openai import AsyncOpenAI

from scheduling.values import BookingFilter
from tests.scripted_openai import Answer, calls, frame, hangs, says, scripted_openai
from tests.webhooks.doors import ADMIN_TOKEN, SECRET, VAPI, Opened, served, settings_in
from tests.webhooks.payloads import CALL_ID, completion, said, spoken, user
from voice.turn import CallFacts, Part, Say, Turn
from webhooks.replying import SORRY, reply_parts
from webhooks.settings import Settings

GREETING = "Willow Street Clinic, how can I help?"
BASE = "/vapi/chat/completions"


async def talk(client: AsyncOpenAI, history: list[Any], words: str, **extra: Any) -> str:
    """One turn as a client takes it: the whole history up, sentences down."""
    history.append({"role": "user", "content": words})
    stream = await client.chat.completions.create(
        model="ringbook", messages=history, stream=True, extra_body=extra or None
    )
    pieces = [chunk.choices[0].delta.content or "" async for chunk in stream if chunk.choices]
    reply = "".join(pieces).strip()
    history.append({"role": "assistant", "content": reply})
    return reply


@pytest.mark.parametrize("base", ["/vapi", "/vapi/v1", "/v1"])
async def test_the_official_client_books_in_a_whole_conversation(tmp_path: Path, base: str) -> None:
    key = ADMIN_TOKEN if base == "/v1" else SECRET
    async with served(settings_in(tmp_path)) as door:
        address = f"{door.client.base_url}".rstrip("/") + base
        async with AsyncOpenAI(base_url=address, api_key=key, max_retries=0) as client:
            history: list[Any] = [{"role": "assistant", "content": GREETING}]
            await talk(client, history, "I'd like a check-up tomorrow at ten.")
            for words in ("Rosa Marin.", "212 555 0188", "Yes, please.", "Yes."):
                if (await door.resources.desk.find(None, BookingFilter())).bookings:
                    break
                await talk(client, history, words)
        (booking,) = (await door.resources.desk.find(None, BookingFilter())).bookings
        assert booking.service_id == "checkup"
        assert booking.start == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
        assert booking.customer_name == "Rosa Marin"
        assert booking.customer_phone == "+12125550188"


def hosted(tmp_path: Path, base_url: str) -> Settings:
    return settings_in(tmp_path, model="hosted", openai_model="scripted", openai_base_url=base_url)


async def test_a_callers_hang_up_ends_the_upstream_call_and_writes_nothing(
    tmp_path: Path,
) -> None:
    async with scripted_openai(hangs()) as upstream:
        async with served(hosted(tmp_path, upstream.base_url)) as door:
            body = completion(said(GREETING), user("Tell me something about physiotherapy."))
            async with door.client.stream("POST", BASE, json=body, headers=VAPI) as response:
                assert response.status_code == 200
                await upstream.asked.wait()
            await upstream.left.wait()
            await door.resources.conversation.hang_up(CALL_ID)
            record = await door.resources.journal.call(None, CALL_ID)
            assert record is not None
            assert [turn.state for turn in record.turns] == ["withdrawn"]
    ended = {"door": "vapi", "outcome": "left"}
    assert door.resources.metrics.registry.get_sample_value("ringbook_turns_total", ended) == 1


async def test_sentences_leave_as_they_are_made(tmp_path: Path) -> None:
    rest = asyncio.Event()
    first = frame({"role": "assistant", "content": "Physiotherapy helps with backs. "})
    last = frame({"content": "Shall I look for a time?"}, "stop")
    answer = Answer((first, frame({"content": "Shall "}), rest, last, b"data: [DONE]\n\n"))
    async with scripted_openai(answer) as upstream:
        async with served(hosted(tmp_path, upstream.base_url)) as door:
            body = completion(said(GREETING), user("Tell me something about physiotherapy."))
            async with door.client.stream("POST", BASE, json=body, headers=VAPI) as response:
                lines = response.aiter_lines()
                heard = await anext(lines)
                assert "content" in heard
                assert not rest.is_set()
                rest.set()
                assert [line async for line in lines][-2] == "data: [DONE]"


async def test_a_superseded_turn_leaves_one_outcome(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door:
        partial = ["I'd like a check-up", "tomorrow at ten.", "I'm Rosa Marin. Book it, please."]
        for count in range(1, 4):
            body = completion(said(GREETING), user(" ".join(partial[:count])))
            stream = (await door.client.post(BASE, json=body, headers=VAPI)).text
            assert spoken(stream)
        record = await door.resources.journal.call(None, CALL_ID)
        assert record is not None
        assert [turn.state for turn in record.turns] == ["undone", "undone", "answered"]
        assert {turn.number for turn in record.turns} == {1}
        held = (await door.resources.desk.find(None, BookingFilter(status="held"))).bookings
        assert len(held) <= 1


async def test_what_nobody_hears_of_any_more_says_nothing(tmp_path: Path) -> None:
    """An attempt whose rival came while it was being made ends its stream without words."""
    async with scripted_openai(hangs(), hangs()) as upstream:
        async with served(hosted(tmp_path, upstream.base_url)) as door:
            early = completion(said(GREETING), user("Tell me something"))
            late = completion(said(GREETING), user("Tell me something about physiotherapy."))
            async with door.client.stream("POST", BASE, json=early, headers=VAPI) as first:
                await upstream.asked.wait()
                async with door.client.stream("POST", BASE, json=late, headers=VAPI):
                    text = "".join([piece async for piece in first.aiter_text()])
        assert spoken(text) == ""
        assert text.endswith("data: [DONE]\n\n")


@pytest.mark.parametrize("base", ["/vapi", "/v1"])
async def test_a_filler_is_flushed_to_vapis_voice_and_to_nobody_else(
    tmp_path: Path, base: str
) -> None:
    known = asyncio.Event()

    def looks_it_up(asked: dict[str, Any]) -> Answer:
        names = [tool["function"]["name"] for tool in asked["tools"]]
        if any(called == "answer_question" for called in tools_called(asked["messages"])):
            return says("There is parking behind the building.", after=known)
        if "answer_question" in names:
            return calls(("answer_question", {"question": "Where can I park?"}))
        return calls((next(name for name in names if "question" in name), {}))

    async with scripted_openai() as upstream:
        upstream.otherwise = looks_it_up
        async with served(hosted(tmp_path, upstream.base_url)) as door:
            key = ADMIN_TOKEN if base == "/v1" else SECRET
            body = completion(said(GREETING), user("Where can I park?"))
            headers = {"Authorization": f"Bearer {key}"}
            path = f"{base}/chat/completions"
            async with door.client.stream("POST", path, json=body, headers=headers) as response:
                lines = response.aiter_lines()
                filler = await anext(lines)
                known.set()
                rest = [line async for line in lines]
    assert "One moment" in filler
    assert ("<flush />" in filler) == (base == "/vapi")
    assert "<flush" not in "".join(rest)


def tools_called(messages: list[dict[str, Any]]) -> list[str]:
    """What the model asked for so far in this turn."""
    asked = [call for message in messages for call in message.get("tool_calls") or ()]
    return [call["function"]["name"] for call in asked]


async def test_a_hosted_model_sees_nothing_of_the_call_but_its_words(tmp_path: Path) -> None:
    reply = Answer((frame({"content": "Of course."}, "stop"), b"data: [DONE]\n\n"))
    async with scripted_openai(reply, reply, reply) as upstream:
        async with served(hosted(tmp_path, upstream.base_url)) as door:
            body = completion(said(GREETING), user("Tell me something about physiotherapy."))
            await door.client.post(BASE, json=body, headers=VAPI)
        allowed = {"model", "messages", "stream", "temperature", "max_tokens", "tools"}
        assert all(set(request) <= allowed for request in upstream.requests)
        assert all("x-vapi-secret" not in headers for headers in upstream.headers)
        assert "not-to-be-logged" not in str(upstream.requests)


async def test_of_attempts_that_would_each_book_one_booking_stands(tmp_path: Path) -> None:
    async with served(settings_in(tmp_path)) as door:
        history = [said(GREETING)]
        for words in ("A check-up tomorrow at ten, please.", "Rosa Marin."):
            stream = await door.client.post(
                BASE, json=completion(*history, user(words)), headers=VAPI
            )
            history += [user(words), said(spoken(stream.text))]
        for words in ("Yes.", "Yes, book it.", "Yes, book it please."):
            body = completion(*history, user(words))
            await door.client.post(BASE, json=body, headers=VAPI)
        found = (await door.resources.desk.find(None, BookingFilter())).bookings
        assert [booking.customer_name for booking in found] == ["Rosa Marin"]
        record = await door.resources.journal.call(None, CALL_ID)
        assert record is not None
        last = [turn.state for turn in record.turns if turn.number == 3]
        assert last == ["undone", "undone", "answered"]


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Opened]:
    """The sample business behind a real server."""
    async with served(settings_in(tmp_path)) as door:
        yield door


async def test_a_reply_that_stalls_becomes_one_spoken_sentence(
    door: Opened, tmp_path: Path
) -> None:
    call = CallFacts("stalled", organisation_id=1, door="vapi", credential="vapi")
    turn = Turn(call, number=1, first_unheard=1, text="Hello.", history=())
    rival = sqlite3.connect(tmp_path / "ringbook.db", isolation_level=None)
    try:
        rival.execute("BEGIN IMMEDIATE")
        parts: list[Part] = []
        async for part in reply_parts(door.resources, turn, patience=0.2):
            parts.append(part)
    finally:
        rival.close()
    assert parts == [Say(SORRY)]


async def test_a_stream_that_is_left_does_not_trouble_the_next(door: Opened) -> None:
    body = completion(said(GREETING), user("Where are you?"))
    for _ in range(3):
        async with door.client.stream("POST", BASE, json=body, headers=VAPI) as response:
            async for _piece in response.aiter_text():
                break
    whole = await door.client.post(BASE, json=body, headers=VAPI)
    assert spoken(whole.text)
