"""Both models as one for one turn: the hosted one speaks while it can, the local one finishes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import orjson
import structlog
from agents.items import ModelResponse, TResponseOutputItem, TResponseStreamEvent
from agents.models.interface import Model
from openai.types.responses import (
    ResponseCompletedEvent,
    ResponseCreatedEvent,
    ResponseFunctionToolCall,
    ResponseTextDeltaEvent,
)

from voice.claims.check import ClaimsCheck
from voice.models.chat_completions import HostedModelError, declare
from voice.models.events import (
    Asked,
    asked,
    completed,
    created,
    item_done,
    message,
    new_id,
    text_delta,
    whole,
)
from voice.models.local_model import LocalModel
from voice.policy.hearing import take_in
from voice.spoken import split_ready

if TYPE_CHECKING:
    from voice.models.models import Models

Events = AsyncGenerator[TResponseStreamEvent, None]
log = structlog.stdlib.get_logger(__name__)
LONGEST_SENTENCE = 400
"""Characters; what runs on longer is no sentence for the telephone."""
OUT_OF_ORDER = frozenset({"unreachable", "status", "garbage", "stopped", "empty", "late"})
"""What the breaker counts; a model that answers badly is not out of order."""


class TurnModel(Model):
    """Never two voices for one sentence: what was said stays, the next may be the other's."""

    def __init__(
        self,
        models: Models,
        *,
        local: LocalModel,
        claims: ClaimsCheck,
        why_local: str | None,
    ) -> None:
        self._models = models
        self._local = local
        self._claims = claims
        self._context = claims.context
        self.why_local = why_local
        """Why the local model speaks from here on; None: it does not."""
        self._hosted_calls = 0
        self._deadline: float | None = None
        """For the first sentence of the whole turn, however many questions it takes."""
        self._extended = False
        self._asked_before: set[tuple[str, str]] = set()
        self._spoke = {"local": False, "hosted": False}

    @property
    def answered_by(self) -> str:
        """For the journal: `local`, `hosted`, or `hosted, local`."""
        return ", ".join(who for who in ("hosted", "local") if self._spoke[who])

    @property
    def kept_back(self) -> list[str]:
        """What the sentences claimed that were kept from the caller, one kind for each."""
        return [each.kind for each in self._claims.kept_back]

    def finish_locally(self, why: str) -> None:
        """From here on the local model speaks."""
        self.why_local = self.why_local or why

    async def stream_response(self, *arguments: Any, **named: Any) -> Events:
        """Whole sentences, as deltas; the hosted model's tool calls only when they make sense."""
        said: list[str] = []
        if self.why_local is None:
            try:
                async with aclosing(self._hosted(asked(arguments, named), said)) as events:
                    async for event in events:
                        yield event
                return
            except HostedModelError as error:
                self._give_up(error)
            if said and said[-1].endswith("?"):
                yield completed(new_id("resp"), [_message(said)])
                return
        self._spoke["local"] = True
        async for event in self._local.stream_response(*arguments, **named):
            if said and isinstance(event, ResponseCreatedEvent):
                continue
            if said and isinstance(event, ResponseCompletedEvent):
                event = completed(event.response.id, [_message(said), *event.response.output])
            yield event

    async def get_response(self, *arguments: Any, **named: Any) -> ModelResponse:
        """The same, whole."""
        if self.why_local is not None:
            self._spoke["local"] = True
            return await self._local.get_response(*arguments, **named)
        return await whole(self.stream_response(*arguments, **named))

    async def _hosted(self, turn: Asked, said: list[str]) -> Events:
        take_in(self._context)
        self._hosted_calls += 1
        if self._hosted_calls > self._models.patience.most_hosted_calls:
            raise HostedModelError("looping")
        self._set_deadline()
        tries = self._models.patience.tries
        for tried in range(1, tries + 1):
            try:
                async with aclosing(self._once(turn, said)) as events:
                    async for event in events:
                        yield event
                self._models.breaker.succeeded()
                return
            except HostedModelError as error:
                if said or tried == tries or not error.may_retry:
                    raise
                await asyncio.sleep(self._models.patience.backoff_seconds * 2 ** (tried - 1))

    def _set_deadline(self) -> None:
        """Once a turn; a tool that has run meanwhile sets it anew, once."""
        first, after_a_tool = self._deadline is None, bool(self._context.ran) and not self._extended
        if first or after_a_tool:
            self._extended = bool(self._context.ran)
            now = asyncio.get_running_loop().time()
            self._deadline = now + self._models.first_word_seconds

    async def _once(self, turn: Asked, said: list[str]) -> Events:
        """One question to the hosted model; nothing of an answer that cannot be used leaves."""
        assert self._models.hosted is not None
        item_id, growing = new_id("msg"), ""
        opened = False
        stream = self._models.hosted.stream_response(
            *turn, previous_response_id=None, conversation_id=None, prompt=None
        )
        async with aclosing(self._in_time(cast(Events, stream))) as events:
            async for event in events:
                if isinstance(event, ResponseTextDeltaEvent):
                    ready, growing = split_ready(growing + event.delta)
                elif isinstance(event, ResponseCompletedEvent):
                    ready = [growing.strip()] if growing.strip() else []
                else:
                    continue
                if any(len(one) > LONGEST_SENTENCE for one in (*ready, growing)):
                    raise HostedModelError("endless")
                for sentence in ready:
                    checked = await self._checked(sentence, turn, nothing_said=not said)
                    if not opened:
                        opened = True
                        yield created(new_id("resp"))
                    said.append(checked)
                    self._spoke["hosted"] = True
                    yield text_delta(checked + " ", item_id=item_id)
                if isinstance(event, ResponseCompletedEvent):
                    calls = self._usable_calls(event.response.output, turn)
                    output: list[TResponseOutputItem] = [_message(said)] if said else []
                    for item in (*output, *calls):
                        yield item_done(item)
                    yield completed(new_id("resp"), [*output, *calls])

    async def _in_time(self, stream: Events) -> Events:
        """The turn's first sentence by the deadline, and no long gaps."""
        loop = asyncio.get_running_loop()
        limit = loop.time() + self._models.first_word_seconds
        async with aclosing(stream) as events:
            while True:
                if not self._spoke["hosted"] and self._deadline is not None:
                    limit = min(limit, self._deadline)
                try:
                    async with asyncio.timeout_at(limit):
                        event = await anext(events)
                except StopAsyncIteration:
                    return
                except TimeoutError as error:
                    raise HostedModelError("late") from error
                if not isinstance(event, ResponseCreatedEvent):
                    limit = loop.time() + self._models.patience.stall_seconds
                yield event

    async def _checked(self, sentence: str, turn: Asked, *, nothing_said: bool) -> str:
        """The sentence, or a true one; a turn that begins with a lie is the local model's."""
        checked = await self._claims.check(sentence)
        fresh = nothing_said and not self._context.results
        if checked != sentence and fresh:
            raise HostedModelError("lying")
        if fresh and await self._needs_a_tool(turn):
            self._models.called_no_tool(self._context.call.call_id)
        return checked

    async def _needs_a_tool(self, turn: Asked) -> bool:
        """Whether the local model would reach for one here; it decides on a copy of the facts."""
        facts = self._context.facts.model_copy(deep=True)
        apart = replace(self._context, facts=facts, results=[], acts=[])
        response = await LocalModel(apart).get_response(*turn)
        return any(isinstance(item, ResponseFunctionToolCall) for item in response.output)

    def _usable_calls(
        self, output: list[TResponseOutputItem], turn: Asked
    ) -> list[ResponseFunctionToolCall]:
        calls = [item for item in output if isinstance(item, ResponseFunctionToolCall)]
        known = {name for name, _, _ in declare(turn.tools, turn.handoffs)}
        for call in calls:
            if call.name not in known:
                raise HostedModelError("unknown_tool", call.name[:60])
            if not _is_object(call.arguments):
                raise HostedModelError("bad_arguments", call.name)
            if (call.name, call.arguments) in self._asked_before:
                raise HostedModelError("looping", call.name)
            self._asked_before.add((call.name, call.arguments))
        if calls:
            self._models.called_a_tool(self._context.call.call_id)
        return calls

    def _give_up(self, error: HostedModelError) -> None:
        # The detail may hold a vendor's echo of the caller's words: only the kind is logged.
        log.warning("hosted model gave up", kind=error.kind, call_id=self._context.call.call_id)
        if error.kind in OUT_OF_ORDER:
            self._models.breaker.failed()
        self.finish_locally(error.kind)


def _message(said: list[str]) -> TResponseOutputItem:
    return message(" ".join(said), item_id=new_id("msg"))


def _is_object(arguments: str) -> bool:
    try:
        return isinstance(orjson.loads(arguments), dict)
    except orjson.JSONDecodeError:
        return False
