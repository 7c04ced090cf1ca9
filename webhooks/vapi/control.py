"""Live control of a Vapi call: transfer and hang-up where the model may not ask for them."""

from __future__ import annotations

import asyncio
import re
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import httpx2
import structlog

from webhooks.certificates import trusted

log = structlog.stdlib.get_logger(__name__)

TIMEOUT_SECONDS = 3.0
_VAPI_HOST = re.compile(r"(?:[a-z0-9-]+\.)*vapi\.ai")
_SECONDS_A_CHARACTER = 0.065
"""Fifteen characters a second or so: how long speech takes after its text was sent."""


def allowed_control_url(url: str | None) -> str | None:
    """The address if it is Vapi's own: anybody may write one into a request's body."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme != "https" or parts.username is not None or port not in (None, 443):
        return None
    return url if _VAPI_HOST.fullmatch(parts.hostname or "") else None


class LiveControl:
    """Posts to calls' control addresses; owns the posts that wait until our words were spoken."""

    def __init__(self, transport: httpx2.AsyncBaseTransport | None = None) -> None:
        self._client = httpx2.AsyncClient(
            transport=transport,
            verify=trusted(),
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
            trust_env=False,
        )
        self._waiting: dict[str, asyncio.Task[None]] = {}

    async def __aenter__(self) -> LiveControl:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        for task in tuple(self._waiting.values()):
            task.cancel()
        await asyncio.gather(*self._waiting.values(), return_exceptions=True)
        await self._client.aclose()

    async def post(self, url: str, body: dict[str, Any]) -> bool:
        """Whether Vapi took it; a call that is over, or a Vapi that is away, raises nothing."""
        if allowed_control_url(url) is None:
            log.warning("control address refused", host=urlsplit(url).hostname)
            return False
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS):
                response = await self._client.post(url, json=body)
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
            log.warning("control failed", what=body["type"], error=type(error).__name__)
            return False
        if not response.is_success:
            log.warning("control declined", what=body["type"], status=response.status_code)
        return response.is_success

    def after_speech(self, call_id: str, spoken: str, url: str, body: dict[str, Any]) -> None:
        """Post once `spoken` has had time to be heard, unless the caller says something first."""
        self.forget(call_id)
        task = asyncio.create_task(self._later(len(spoken) * _SECONDS_A_CHARACTER, url, body))
        self._waiting[call_id] = task
        task.add_done_callback(lambda done: self._done(call_id, done))

    def forget(self, call_id: str) -> None:
        """The caller spoke again: what was waiting for silence no longer holds."""
        task = self._waiting.pop(call_id, None)
        if task is not None:
            task.cancel()

    async def _later(self, seconds: float, url: str, body: dict[str, Any]) -> None:
        await asyncio.sleep(seconds)
        await self.post(url, body)

    def _done(self, call_id: str, task: asyncio.Task[None]) -> None:
        if self._waiting.get(call_id) is task:
            del self._waiting[call_id]
