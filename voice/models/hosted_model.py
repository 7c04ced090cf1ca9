"""Any OpenAI-compatible server as a model: pre-built JSON out, our own reading of its stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import httpx2
import orjson
from agents.items import ModelResponse, TResponseOutputItem, TResponseStreamEvent
from agents.model_settings import ModelSettings
from agents.models.interface import Model

from voice.models.chat_completions import (
    ChatStream,
    Declared,
    HostedModelError,
    declare,
    messages,
    tools_json,
)
from voice.models.events import (
    asked,
    completed,
    created,
    in_progress,
    item_done,
    message,
    new_id,
    text_delta,
    tool_call,
    whole,
)

RETRIED_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
LINGER_SECONDS = 0.1


class HostedModel(Model):
    """Sends the model's name, messages, tools, temperature and length; nothing else of a call."""

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

    async def stream_response(
        self, *arguments: Any, **named: Any
    ) -> AsyncIterator[TResponseStreamEvent]:
        """Words as they arrive; tool calls once they are whole."""
        turn = asked(arguments, named)
        lines = messages(turn.system_instructions, turn.input)
        body = self._body(lines, declare(turn.tools, turn.handoffs), turn.model_settings)
        response_id, item_id = new_id("resp"), new_id("msg")
        yield created(response_id)
        said: list[str] = []
        stream = ChatStream()
        async with self._ask(body) as response:
            async for words in _words(response, stream):
                if words:
                    said.append(words)
                    yield text_delta(words, item_id=item_id)
                elif stream.tools:
                    yield in_progress(response_id)  # a tool call is growing: not late
        output = _output("".join(said), stream, item_id)
        for item in output:
            yield item_done(item)
        yield completed(response_id, output)

    async def get_response(self, *arguments: Any, **named: Any) -> ModelResponse:
        """The same, whole."""
        return await whole(self.stream_response(*arguments, **named))

    def _body(
        self, lines: list[dict[str, Any]], declared: Declared, settings: ModelSettings
    ) -> bytes:
        body: dict[str, Any] = {"model": self._model, "messages": lines, "stream": True}
        if settings.temperature is not None:
            body["temperature"] = settings.temperature
        if settings.max_tokens is not None:
            body["max_tokens"] = settings.max_tokens
        if declared:
            body["tools"] = orjson.Fragment(self._tools(declared))
        return orjson.dumps(body)

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
                    await response.aread()
                    raise HostedModelError(
                        "status",
                        f"{response.status_code} {response.text[:200]}",
                        may_retry=response.status_code in RETRIED_STATUSES,
                    )
                yield response
            finally:
                await response.aclose()
        except httpx2.TransportError as error:
            raise HostedModelError("unreachable", type(error).__name__, may_retry=True) from error


async def _words(response: httpx2.Response, stream: ChatStream) -> AsyncIterator[str]:
    if response.headers.get("content-type", "").startswith("application/json"):
        yield stream.read_whole(await response.aread())
        return
    received = response.aiter_bytes()
    async for piece in received:
        yield stream.feed(piece)
        if stream.ended:
            # Reading to the very end keeps the connection for the next turn.
            with suppress(TimeoutError):
                async with asyncio.timeout(LINGER_SECONDS):
                    async for _ in received:
                        continue
            return
    yield stream.close()


def _output(said: str, stream: ChatStream, item_id: str) -> list[TResponseOutputItem]:
    output: list[TResponseOutputItem] = [message(said, item_id=item_id)] if said else []
    for wanted in stream.tools:
        if not wanted.name:
            raise HostedModelError("garbage", "a tool call without a name")
        # The server's own ids may repeat within a turn; ours never do.
        output.append(tool_call(wanted.name, wanted.arguments or "{}"))
    if not output:
        raise HostedModelError("empty", "neither words nor tools", may_retry=True)
    return output
