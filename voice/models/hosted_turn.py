"""One turn in which a hosted model talks: its words, sentence by sentence, fit to leave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import Any

import orjson
from agents import Agent, RunConfig, Runner
from agents.items import ModelResponse, TResponseStreamEvent
from agents.models.interface import Model
from openai.types.responses import ResponseFunctionToolCall

from voice.agents.specialists import SPECIALISTS
from voice.call import CallContext
from voice.claims.check import ClaimsCheck
from voice.dialogue.following import to_be_confirmed, told
from voice.dialogue.speaking import phrase
from voice.models.chat_completions import AskedTool, ChatStream, HostedModelError, declare
from voice.models.hosted_side import HostedSide
from voice.models.put_questions import Put, put_in
from voice.models.runner import (
    ModelRequest,
    conversation_items,
    model_request,
    response,
    tool_call,
)
from voice.spoken import MOST_STATEMENTS, plain_text, sentences, split_ready
from voice.turn import HangUp
from voice.viewing import view_of

LONGEST_PIECE = 4_000
"""Characters that may come at once, from a server that does not stream; measured before they are
looked through for sentences."""
LONGEST_SENTENCE = 400
"""Characters; what runs on longer is no sentence for the telephone."""
RAMBLING_SENTENCES = 3
"""So many left out of one reply, and no more is listened to."""
KEPT_BACK = (
    "What you just wrote was not said to the caller, for nothing backs it ({kind}). Answer once "
    "more, and say only what tools and facts hold."
)


class ReplyLength:
    """At most two statements and one question; the question ends the reply."""

    def __init__(self) -> None:
        self._statements = 0
        self._asked = False
        self._said: set[str] = set()
        self._left_out = 0

    def admits(self, sentence: str) -> bool:
        """Whether this sentence may still be said; if so it is counted."""
        question = is_question(sentence)
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


def is_question(sentence: str) -> bool:
    """By its mark."""
    return sentence.rstrip("\"')]”’").endswith("?")


class HostedTurn(Model):
    """What the runner of the SDK takes for the model. Words are said on the way, so that the
    runner need not stream, which would cost it half as much again (0.5 ms a model call)."""

    def __init__(
        self,
        side: HostedSide,
        context: CallContext,
        *,
        claims: ClaimsCheck,
        say: Callable[[str], None],
    ) -> None:
        self._side = side
        self._context = context
        self._claims = claims
        self._say = say
        self._length = ReplyLength()
        self._questions = 0
        """Put to the model."""
        self._deadline = 0.0
        """For the first sentence of the whole turn, however many questions it takes."""
        self._asked_before: set[tuple[str, str]] = set()
        self._known_before = len(context.results)
        """Results that there were when it was first asked."""
        self._told_results = 0
        """Results that there were when it last spoke."""
        self.said: list[str] = []
        self.hands_back = False
        """The turn is to be ended by the built-in dialogue."""

    @property
    def asked(self) -> bool:
        """Whether the reply has come to its question, after which nothing is said."""
        return bool(self.said) and is_question(self.said[-1])

    async def run(self, agents: Mapping[str, Agent[CallContext]]) -> None:
        """Until the agents have nothing more to say. Raises HostedModelError where the model
        fails; what was said until then stays said."""
        context = self._context
        agent = agents.get(context.facts.agent) or agents[SPECIALISTS[0].name]
        context.facts.agent = agent.name
        await Runner.run(
            agent,
            conversation_items(context.history, context.text),
            context=context,
            max_turns=self._side.patience.most_hosted_calls + 1,
            run_config=RunConfig(model=self, tracing_disabled=True),
        )

    def settle(self) -> None:
        """The agenda after what the model said: its question is open, and what it told of is told.
        Where the built-in dialogue goes on, that is not told again."""
        facts, view = self._context.facts, view_of(self._context)
        if not self.hands_back:
            put = self._put(self.said)
            facts.agenda = told(facts.agenda, put.asked, put.offer_id, view)
        elif self._told_results and self._told_results == len(self._context.results):
            facts.agenda = facts.agenda.but(owed=())

    async def get_response(self, *arguments: Any, **named: Any) -> ModelResponse:
        """The model's answer, after its words were said."""
        if self._context.proposed:
            self.hands_back = True
        if self.hands_back:
            return response([], [])
        if any(isinstance(act, HangUp) for act in self._context.acts):
            if not self.said:
                self._leave(phrase("farewell"))
            return response([], [])
        request = model_request(arguments, named)
        said, calls = await self._answer(request)
        if not said and not calls and not self.hands_back:
            if not self._claims.kept_back:
                raise HostedModelError("empty")
            note = KEPT_BACK.format(kind=self._claims.kept_back[-1].kind)
            said, calls = await self._answer(request.with_note(note))
            if not said and not calls and not self.hands_back:
                raise HostedModelError("lying")
        return response(said, calls)

    def stream_response(
        self, *arguments: Any, **named: Any
    ) -> AsyncGenerator[TResponseStreamEvent, None]:
        """Never asked for."""
        raise NotImplementedError

    async def _answer(
        self, request: ModelRequest
    ) -> tuple[list[str], list[ResponseFunctionToolCall]]:
        self._questions += 1
        patience = self._side.patience
        if self._questions > patience.most_hosted_calls:
            raise HostedModelError("looping")
        if self._questions <= 2:  # the second comes after a tool or a handoff
            now = asyncio.get_running_loop().time()
            self._deadline = now + patience.first_word_seconds
        for tried in range(1, patience.tries + 1):
            said: list[str] = []
            try:
                calls = await self._once(request, said)
                self._side.breaker.succeeded()
                return said, calls
            except HostedModelError as error:
                if said or tried == patience.tries or not error.may_retry:
                    raise
                await asyncio.sleep(patience.backoff_seconds * 2 ** (tried - 1))
        raise AssertionError("the last try returns or raises")

    async def _once(self, request: ModelRequest, said: list[str]) -> list[ResponseFunctionToolCall]:
        """One question to the model; nothing of an answer that cannot be used leaves."""
        stream, growing = ChatStream(), ""
        async with aclosing(self._in_time(self._side.model.answer(request, stream))) as pieces:
            async for piece in pieces:
                if len(piece) > LONGEST_PIECE:
                    raise HostedModelError("endless")
                ready, growing = split_ready(growing + piece)
                if any(len(one) > LONGEST_SENTENCE for one in (*ready, growing)):
                    raise HostedModelError("endless")
                for sentence in ready:
                    await self._take(sentence, said)
                if self._length.rambling or self.hands_back:
                    return []  # to wait for the end of it would keep the caller waiting too
        if growing.strip():
            await self._take(growing.strip(), said)
        return [] if self.hands_back else self._usable(stream.tools, request)

    async def _in_time(self, pieces: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
        """The turn's first sentence by the deadline, and no long gaps."""
        loop = asyncio.get_running_loop()
        limit = loop.time() + self._side.patience.first_word_seconds
        async with aclosing(pieces):
            while True:
                if not self.said:
                    limit = min(limit, self._deadline)
                try:
                    async with asyncio.timeout_at(limit):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    return
                except TimeoutError as error:
                    raise HostedModelError("late") from error
                limit = loop.time() + self._side.patience.stall_seconds
                yield piece

    async def _take(self, sentence: str, said: list[str]) -> None:
        """Says the sentence, or a true one in its place. One that is kept back from the beginning
        of a turn is left out: what follows may carry the turn."""
        bare = plain_text(sentence)
        if not bare or self.hands_back or self._is_ours_to_ask(bare, said):
            return
        before = len(self._claims.kept_back)
        checked = await self._claims.check(bare)
        lied = len(self._claims.kept_back) > before
        if lied and not said and len(self._context.results) == self._known_before:
            return
        for one in sentences(checked):
            if self._length.admits(one) and not (lied and self._is_ours_to_ask(one, said)):
                said.append(one)
                self._leave(one)
                await _let_it_leave()

    def _leave(self, sentence: str) -> None:
        self.said.append(sentence)
        self._told_results = len(self._context.results)
        self._say(sentence)

    def _is_ours_to_ask(self, sentence: str, said: list[str]) -> bool:
        """Whether the question asks for the yes to a change. Only we put that one, after a
        read-back of our own; so the turn is ours from here on."""
        if not is_question(sentence):
            return False
        put, facts = self._put([*said, sentence]), self._context.facts
        if put.asked is None:
            return False
        ours = to_be_confirmed(facts.agenda, put.asked, put.offer_id, view_of(self._context))
        if ours is None:
            return False
        facts.agenda = ours
        self.hands_back = True
        return True

    def _put(self, said: list[str]) -> Put:
        return put_in(self._context, said)

    def _usable(
        self, asked: list[AskedTool], request: ModelRequest
    ) -> list[ResponseFunctionToolCall]:
        known = {name for name, _, _ in declare(request.tools, request.handoffs)}
        for call in asked:
            arguments = call.arguments or "{}"
            if call.name not in known:
                raise HostedModelError("unknown_tool", call.name[:60])
            if not _is_object(arguments):
                raise HostedModelError("bad_arguments", call.name)
            if (call.name, arguments) in self._asked_before:
                raise HostedModelError("looping", call.name)
            self._asked_before.add((call.name, arguments))
        # The server's own ids may repeat within a turn; ours never do.
        return [tool_call(call.name, call.arguments or "{}") for call in asked]


async def _let_it_leave() -> None:
    """The door takes what was said, and the loop writes it out, before the turn's work goes on."""
    for _ in ("taken", "written"):
        await asyncio.sleep(0)


def _is_object(arguments: str) -> bool:
    try:
        return isinstance(orjson.loads(arguments), dict)
    except orjson.JSONDecodeError:
        return False
