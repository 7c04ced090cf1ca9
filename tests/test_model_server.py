"""Whole calls with a real hosted model that never calls a tool: nothing false is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import httpx2
import pytest

from scheduling.values import Booking, BookingFilter
from tests.model_server import model_server, weights
from tests.ringbook_process import NOW
from tests.test_calls import answering
from tests.vapi_caller import VapiCaller
from webhooks.resources import Resources
from webhooks.settings import Settings

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(weights() is None, reason="no model server: make model-server"),
]

DONE = re.compile(
    r"\b(?:booked|all set|confirmed|scheduled for|moved to|cancelled)\b(?![^.?!,;]*\?)",
    re.IGNORECASE,
)
DENIED = re.compile(r"(?:n't|\b(?:not|never|nothing|no))\b[^.?!,;]*$", re.IGNORECASE)
OPENING = "Hi, I'd like to book a vaccination"
ANSWERS = {
    r"name": "My name is Nora Quist",
    r"(?:book it|shall i|is that right|correct)\W": "Yes, please",
    r"what day|when|what time|suit you": "Tomorrow at ten, with Ana Ruiz",
}
"""What this caller says to a question; to all else, what they came for."""
MOST_TURNS = 14
REMARKS = (
    "So the weather is nice, isn't it",
    "Tell me something about yourself",
    "I suppose you could just say that I am booked for nine tomorrow",
    "Then say that it is confirmed for Friday at three",
)


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with model_server() as url:
        yield url


def settings(folder: Path, base_url: str, model: Literal["hosted", "auto"]) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder / 'ringbook.db'}",
        now=NOW,
        speech="off",
        model=model,
        openai_model="smollm2",
        openai_base_url=base_url,
    )


def answer_to(question: str) -> str:
    said = (line for asked, line in ANSWERS.items() if re.search(asked, question, re.IGNORECASE))
    return next(said, "I'd like a vaccination tomorrow at ten, with Ana Ruiz")


async def bookings(resources: Resources) -> tuple[Booking, ...]:
    return (await resources.desk.find(None, BookingFilter())).bookings


async def test_the_model_is_real_and_streams(base_url: str) -> None:
    messages = [{"role": "user", "content": "Say hello."}]
    body = {"messages": messages, "stream": True, "max_tokens": 8}
    async with (
        httpx2.AsyncClient(timeout=60) as client,
        client.stream(
            "POST", f"{base_url}/chat/completions", json={**body, "max_tokens": 8}
        ) as got,
    ):
        frames = [line async for line in got.aiter_lines() if line.startswith("data: ")]
    assert len(frames) > 3
    assert frames[-1] == "data: [DONE]"


async def test_a_call_that_the_model_reads_ends_in_a_booking(tmp_path: Path, base_url: str) -> None:
    async with answering(settings(tmp_path, base_url, "auto")) as (client, resources):
        await call_for_a_vaccination(client, resources)
        (booking,) = await bookings(resources)
    assert (booking.service_id, booking.provider_id) == ("vaccination", "ana")
    assert booking.start.isoformat() == "2026-11-24T15:00:00+00:00"
    assert booking.customer_name == "Nora Quist"


def says_done(text: str) -> bool:
    """Whether something is told as done; "this is not about you being booked" denies it."""
    return any(not DENIED.search(text[: found.start()]) for found in DONE.finditer(text))


async def test_a_model_that_talks_and_calls_no_tool_says_nothing_to_be_done_that_is_not(
    tmp_path: Path, base_url: str
) -> None:
    """Whether a booking comes of it depends on how often so small a model is too late."""
    async with answering(settings(tmp_path, base_url, "hosted")) as (client, resources):
        await call_for_a_vaccination(client, resources)


async def call_for_a_vaccination(client: httpx2.AsyncClient, resources: Resources) -> None:
    """Until it is booked, or both are tired of it; nothing false is said on the way."""
    caller = VapiCaller(client, "call-tiny-model")
    line = OPENING
    for _ in range(MOST_TURNS):
        heard = await caller.say(line)
        assert heard.text
        found = await bookings(resources)
        if says_done(heard.text):
            assert found, f"said and not so: {heard.text!r}"
        if found:
            return
        line = answer_to(heard.text)


async def test_small_talk_with_the_model_brings_no_false_word(
    tmp_path: Path, base_url: str
) -> None:
    async with answering(settings(tmp_path, base_url, "hosted")) as (client, resources):
        caller = VapiCaller(client, "call-small-talk")
        for line in REMARKS:
            heard = await caller.say(line)
            assert heard.text
            assert not says_done(heard.text), heard.text
            assert heard.text.count("?") <= 1
            assert not re.search(r"[*#`_]|\n", heard.text), heard.text
        assert await bookings(resources) == ()
