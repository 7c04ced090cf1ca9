"""One run of the agents for a turn: their words, sentence by sentence, fit to leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from typing import Any

from agents import Agent, RunConfig, Runner
from agents.items import (
    ModelResponse,
    TResponseInputItem,
    TResponseStreamEvent,
)
from agents.models.interface import Model
from openai.types.responses import ResponseCompletedEvent, ResponseTextDeltaEvent

from voice.call import CallContext
from voice.claims.check import ClaimsCheck
from voice.models.events import message, new_id, response, text_of
from voice.models.turn_model import TurnModel
from voice.spoken import MOST_STATEMENTS, plain_text, sentences, split_ready
from voice.turn import Line

MOST_MODEL_CALLS = 8
"""In one turn; who needs more is going round in circles."""
RAMBLING_SENTENCES = 3
"""So many left out of one reply, and no more is listened to."""
HISTORY_CHARACTERS = 6000


class ReplyLength:
    """At most two statements and one question, whoever speaks; the question ends the reply."""

    def __init__(self) -> None:
        self._statements = 0
        self._asked = False
        self._said: set[str] = set()
        self._left_out = 0

    def admits(self, sentence: str) -> bool:
        """Whether this sentence may still be said; if so it is counted."""
        question = sentence.rstrip("\"')]”’").endswith("?")
        full = not question and self._statements == MOST_STATEMENTS
        if self._asked or full or sentence in self._said:
            self._left_out += 1
            return False
        self._asked = question
        self._statements += not question
        self._said.add(sentence)
        return True

    @property
    def rambling(self) -> bool:
        """Whether the model goes on and on with what nobody will hear."""
        return self._left_out >= RAMBLING_SENTENCES


class Speaking(Model):
    """What the runner takes for the model: it hands on the questions, and what the turn's model
    says is said on the way, each sentence read before it leaves.

    So the runner need not stream, which would cost it half as much again (0.5 ms a model call).
    """

    def __init__(
        self,
        agents: Mapping[str, Agent[CallContext]],
        context: CallContext,
        *,
        claims: ClaimsCheck,
        model: TurnModel,
        say: Callable[[str], None],
    ) -> None:
        self._agents = agents
        self._context = context
        self._claims = claims
        self._model = model
        self._say = say
        self._length = ReplyLength()

    async def run(self) -> None:
        """Until the agents have nothing more to say; the facts name who of them spoke last."""
        context = self._context
        agent = self._agents.get(context.facts.agent) or self._agents["triage"]
        context.facts.agent = agent.name
        await Runner.run(
            agent,
            conversation_items(context.history, context.text),
            context=context,
            max_turns=MOST_MODEL_CALLS,
            run_config=RunConfig(model=self, tracing_disabled=True),
        )

    async def get_response(self, *arguments: Any, **named: Any) -> ModelResponse:
        """The answer of the turn's model, after its words were said."""
        if self._model.why_local is not None:
            decided = await self._model.get_response(*arguments, **named)
            for sentence in sentences(" ".join(map(text_of, decided.output))):
                await self._say_checked(sentence)
            return decided
        growing, said = "", list[str]()
        answer: ModelResponse | None = None
        async with aclosing(self.stream_response(*arguments, **named)) as events:
            async for event in events:
                if isinstance(event, ResponseTextDeltaEvent):
                    ready, growing = split_ready(growing + event.delta)
                elif isinstance(event, ResponseCompletedEvent):
                    ready, growing = [growing] if growing else [], ""
                    answer = response(event.response.output)
                else:
                    continue
                for sentence in ready:
                    await self._say_checked(sentence)
                said += ready
                if self._length.rambling:
                    break  # to wait for the end of it would keep the caller waiting too
        return answer or response([message(" ".join(said), item_id=new_id("msg"))])

    def stream_response(
        self, *arguments: Any, **named: Any
    ) -> AsyncGenerator[TResponseStreamEvent, None]:
        """The events of the turn's model."""
        return self._model.stream_response(*arguments, **named)

    async def _say_checked(self, sentence: str) -> None:
        bare = plain_text(sentence)
        if bare:
            for checked in sentences(await self._claims.check(bare)):
                if self._length.admits(checked):
                    self._say(checked)
                    await _let_it_leave()


async def _let_it_leave() -> None:
    """The door takes what was said, and the loop writes it out, before the turn's work goes on."""
    for _ in ("taken", "written"):
        await asyncio.sleep(0)


def conversation_items(history: Sequence[Line], text: str) -> list[TResponseInputItem]:
    """The newest lines that fit the budget, then the turn; open facts travel with the system
    text, so what is cut off here was talk."""
    kept: list[Any] = []
    left = HISTORY_CHARACTERS
    for line in reversed(history):
        left -= len(line.text)
        if left < 0:
            break
        kept.append({"role": "user" if line.who == "caller" else "assistant", "content": line.text})
    kept.reverse()
    return [*kept, {"role": "user", "content": text}]
