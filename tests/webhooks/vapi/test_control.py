"""The control address is called on Vapi's hosts only, briefly, and its refusals hurt nobody."""

from __future__ import annotations

import asyncio

import httpx2
import pytest

from webhooks.vapi.control import LiveControl, allowed_control_url

HOST = "https://phone-call-websocket.aws-us-west-2-backend-production1.vapi.ai"
GOOD = f"{HOST}/call-1/control"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://api.vapi.ai/control",
        "https://vapi.ai.evil.example/control",
        "https://evilvapi.ai/control",
        "https://vapi.ai@evil.example/control",
        "https://evil.example/?https://api.vapi.ai",
        "https://user@api.vapi.ai/control",
        "https://api.vapi.ai:8443/control",
        "https://api.vapi.ai:port/control",
        "https://127.0.0.1/control",
        "https://evil.example\\.vapi.ai/control",
        "https://evil.example/.vapi.ai",
        "file:///etc/passwd",
        "//api.vapi.ai/control",
    ],
)
def test_no_other_host_is_ever_called(url: str | None) -> None:
    assert allowed_control_url(url) is None


@pytest.mark.parametrize("url", [GOOD, "https://api.vapi.ai:443/control", "https://vapi.ai/c"])
def test_vapis_own_hosts_are(url: str) -> None:
    assert allowed_control_url(url) == url


class Outside(httpx2.AsyncBaseTransport):
    """Stands for Vapi: notes what is posted and answers as it was told to."""

    def __init__(self, answer: int | Exception = 200) -> None:
        self.answer = answer
        self.posted: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await self.posted.put((str(request.url), await request.aread()))
        if isinstance(self.answer, Exception):
            raise self.answer
        return httpx2.Response(self.answer, headers={"Location": "https://evil.example/"})


async def test_an_act_is_posted_to_the_calls_own_address() -> None:
    outside = Outside()
    async with LiveControl(outside) as control:
        assert await control.post(GOOD, {"type": "end-call"})
    assert outside.posted.get_nowait() == (GOOD, b'{"type":"end-call"}')


@pytest.mark.parametrize("answer", [404, 500, 302, httpx2.ConnectError("away")])
def test_a_call_that_is_over_or_a_vapi_that_is_away_raises_nothing(
    answer: int | Exception,
) -> None:
    outside = Outside(answer)

    async def post() -> bool:
        async with LiveControl(outside) as control:
            return await control.post(GOOD, {"type": "end-call"})

    assert not asyncio.run(post())
    assert outside.posted.qsize() == 1  # a redirect is not followed


async def test_a_strange_address_is_refused_before_anything_is_sent() -> None:
    outside = Outside()
    async with LiveControl(outside) as control:
        assert not await control.post("https://evil.example/control", {"type": "end-call"})
    assert outside.posted.empty()


async def test_an_act_waits_until_the_words_before_it_were_spoken() -> None:
    outside = Outside()
    async with LiveControl(outside) as control:
        control.after_speech("call-1", "Bye.", GOOD, {"type": "end-call"})
        assert outside.posted.empty()
        assert (await outside.posted.get())[0] == GOOD


async def test_an_act_is_dropped_when_the_caller_speaks_first() -> None:
    outside = Outside()
    async with LiveControl(outside) as control:
        control.after_speech("call-1", "Goodbye. " * 100, GOOD, {"type": "end-call"})
        control.after_speech("call-2", "", GOOD, {"type": "transfer"})
        control.forget("call-1")
        assert b"transfer" in (await outside.posted.get())[1]
    assert outside.posted.empty()
