"""One run of the agents for a turn: their words, sentence by sentence, fit to leave."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from agents import Agent, RunConfig, Runner
from agents.items import TResponseInputItem
from agents.stream_events import AgentUpdatedStreamEvent, RawResponsesStreamEvent, StreamEvent
from openai.types.responses import ResponseCompletedEvent, ResponseTextDeltaEvent

from voice.call import CallContext
from voice.claims import ClaimsCheck
from voice.spoken import MOST_STATEMENTS, plain_text, sentences, split_ready
from voice.turn import Line
from voice.turn_model import TurnModel

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


class Speaking:
    """Runs the agents with one model and reads every sentence before it leaves."""

    def __init__(
        self,
        agents: Mapping[str, Agent[CallContext]],
        context: CallContext,
        *,
        claims: ClaimsCheck,
        model: TurnModel,
    ) -> None:
        self._agents = agents
        self._context = context
        self._claims = claims
        self._model = model
        self._length = ReplyLength()

    async def sentences(self) -> AsyncGenerator[str, None]:
        """What may be said, in order; the facts name the agent who said the last of it."""
        context = self._context
        agent = self._agents.get(context.facts.agent) or self._agents["triage"]
        run = Runner.run_streamed(
            agent,
            conversation_items(context.history, context.text),
            context=context,
            max_turns=MOST_MODEL_CALLS,
            run_config=RunConfig(model=self._model, tracing_disabled=True),
        )
        growing = ""
        try:
            async for event in run.stream_events():
                words, whole = _words(event)
                ready, growing = split_ready(growing + words, ended=whole)
                if whole and growing:
                    ready, growing = [*ready, growing], ""
                for sentence in ready:
                    async for admitted in self._admitted(sentence):
                        yield admitted
                if self._length.rambling:
                    return  # to wait for the end of it would keep the caller waiting too
                if isinstance(event, AgentUpdatedStreamEvent):
                    context.facts.agent = event.new_agent.name
        finally:
            if not run.is_complete:
                run.cancel()

    async def _admitted(self, sentence: str) -> AsyncGenerator[str, None]:
        bare = plain_text(sentence)
        if bare:
            for checked in sentences(await self._claims.check(bare)):
                if self._length.admits(checked):
                    yield checked


def _words(event: StreamEvent) -> tuple[str, bool]:
    """The words in this event, and whether it ends what a model had to say."""
    if not isinstance(event, RawResponsesStreamEvent):
        return "", False
    if isinstance(event.data, ResponseTextDeltaEvent):
        return event.data.delta, False
    return "", isinstance(event.data, ResponseCompletedEvent)


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
