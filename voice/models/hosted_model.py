"""Any OpenAI-compatible server as a model: pre-built JSON out, our own reading of its stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx2
import orjson
from agents.model_settings import ModelSettings

from voice.models.chat_completions import (
    ChatStream,
    Declared,
    HostedModelError,
    declare,
    messages,
    tools_json,
)
from voice.models.runner import ModelRequest

RETRIED_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
LINGER_SECONDS = 0.1
MOST_TOKENS = 1_000
"""Of one answer, unless the agent says otherwise: two sentences take fifty, a tool call a hundred,
and what some models think before that the rest."""
MOST_BYTES = 1024 * 1024
"""Of one answer, its frames included; what runs on longer has no end."""


class HostedModel:
    """Sends the model's name, messages, tools or a schema, temperature and length; nothing else
    of a call."""

    def __init__(
        self, client: httpx2.AsyncClient, *, base_url: str, model: str, key: str | None = None
    ) -> None:
        self._client = client
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._model = model
        self._headers = {
            "Content-Type": "application/json",
            "Accept": "text/event-stream",
            "Accept-Encoding": "identity",
        }
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._declared: dict[tuple[str, ...], tuple[Declared, bytes]] = {}

    async def answer(self, request: ModelRequest, into: ChatStream) -> AsyncGenerator[str, None]:
        """Words as they arrive, and an empty piece while a tool call grows; the calls are whole
        in `into` once there are no more."""
        lines = messages(request.system_instructions, request.input)
        declared = declare(request.tools, request.handoffs)
        body = self._body(lines, declared, request.model_settings)
        said = False
        async with self._ask(orjson.dumps(body)) as response:
            async for words in _words(response, into):
                said = said or bool(words)
                if words or into.tools:
                    yield words
        if any(not call.name for call in into.tools):
            raise HostedModelError("garbage", "a tool call without a name")
        if not said and not into.tools:
            raise HostedModelError("empty", "neither words nor tools", may_retry=True)

    async def fill(self, lines: list[dict[str, Any]], schema: dict[str, Any], most: int) -> str:
        """JSON after the schema, as long as `most` tokens; text, if the server heeds no schema."""
        body = {
            "model": self._model,
            "messages": lines,
            "stream": False,
            "temperature": 0,
            "max_tokens": most,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "strict": True, "schema": schema},
            },
        }
        async with self._ask(orjson.dumps(body)) as response:
            said = [words async for words in _words(response, ChatStream())]
        return "".join(said)

    def _body(
        self, lines: list[dict[str, Any]], declared: Declared, settings: ModelSettings
    ) -> dict[str, Any]:
        body: dict[str, Any] = {"model": self._model, "messages": lines, "stream": True}
        if settings.temperature is not None:
            body["temperature"] = settings.temperature
        body["max_tokens"] = MOST_TOKENS if settings.max_tokens is None else settings.max_tokens
        if declared:
            body["tools"] = orjson.Fragment(self._tools(declared))
        return body

    def _tools(self, declared: Declared) -> bytes:
        # An agent's tools are the same from turn to turn: comparing them costs a tenth of
        # writing them out again.
        names = tuple(name for name, _, _ in declared)
        kept = self._declared.get(names)
        if kept is None or kept[0] != declared:
            kept = self._declared[names] = (declared, tools_json(declared))
        return kept[1]

    @asynccontextmanager
    async def _ask(self, body: bytes) -> AsyncIterator[httpx2.Response]:
        """The open answer; leaving it, for whatever reason, hangs up on the server."""
        request = self._client.build_request("POST", self._url, content=body, headers=self._headers)
        try:
            response = await self._client.send(request, stream=True)
            try:
                if response.status_code != 200:
                    said = (await _read_whole(response)).decode(errors="replace")
                    raise HostedModelError(
                        "status",
                        f"{response.status_code} {said[:200]}",
                        may_retry=response.status_code in RETRIED_STATUSES,
                    )
                yield response
            finally:
                await response.aclose()
        except httpx2.TransportError as error:
            raise HostedModelError("unreachable", type(error).__name__, may_retry=True) from error


async def _words(response: httpx2.Response, stream: ChatStream) -> AsyncIterator[str]:
    if response.headers.get("content-type", "").startswith("application/json"):
        yield stream.read_whole(await _read_whole(response))
        return
    received, arrived = response.aiter_bytes(), 0
    async for piece in received:
        arrived += len(piece)
        if arrived > MOST_BYTES:
            raise HostedModelError("endless")
        yield stream.feed(piece)
        if stream.ended:
            # Reading to the very end keeps the connection for the next turn.
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    async for _ in received:
                        continue
            return
    yield stream.close()


async def _read_whole(response: httpx2.Response) -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > MOST_BYTES:
            raise HostedModelError("endless")
    return bytes(body)
