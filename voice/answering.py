"""How one attempt at a turn is answered, from opening it in the journal to closing it there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeGuard

import structlog
from agents import Agent
from agents.exceptions import MaxTurnsExceeded

from scheduling.desk import Desk
from scheduling.errors import NotFound, Superseded
from scheduling.values import Organisation
from voice.call import CallContext
from voice.claims.check import ClaimsCheck
from voice.emergency import emergency_reply
from voice.filler import Filler
from voice.journal.journal import Journal
from voice.journal.turns import words_of
from voice.journal.values import Closing, Opened
from voice.models.hosted_question import note_question
from voice.models.models import Models
from voice.models.turn_model import TurnModel
from voice.reply_in_hand import ReplyInHand
from voice.speaking import Speaking
from voice.tools.running import ended
from voice.turn import Part, Say, Turn

log = structlog.stdlib.get_logger(__name__)

LONGEST_TEXT = 1000
TOO_LONG = (
    "I'm sorry, that was more than I can take in at once.",
    "Could you tell me in a sentence or two what you need?",
)
SORRY = "I'm sorry, something went wrong on my side. Could you say that once more?"
BUSY = "I'm sorry, I can't get at the book just now. Could you say that again in a moment?"


@dataclass
class OneAnswer:
    """What is known of one attempt while its reply is made."""

    reply: ReplyInHand
    began: float = field(default_factory=time.perf_counter)
    opening: asyncio.Task[Opened] | None = None
    context: CallContext | None = None
    model: TurnModel | None = None
    claims: ClaimsCheck | None = None
    complete: bool = True
    timings: dict[str, int] = field(default_factory=dict)

    @property
    def turn(self) -> Turn:
        """The turn that is answered."""
        return self.reply.turn

    def say(self, text: str) -> None:
        """One more sentence for the caller."""
        if not self.reply.speaking:
            self.mark("first")
        self.reply.add(Say(text))

    def mark(self, what: str) -> None:
        """This came so many milliseconds after the turn."""
        self.timings[what] = round((time.perf_counter() - self.began) * 1000)


class Answering:
    """Makes replies; holds what they share."""

    def __init__(
        self,
        *,
        desk: Desk,
        journal: Journal,
        models: Models,
        agents: Mapping[str, Agent[CallContext]],
    ) -> None:
        self._desk = desk
        self._journal = journal
        self._models = models
        self._agents = agents

    async def answer(self, reply: ReplyInHand) -> None:
        """Makes the reply, and writes it down once it was taken or as far as it came."""
        one = OneAnswer(reply)
        try:
            await self._make(one)
            one.mark("made")
            reply.end()
            await reply.taken()
        except (asyncio.CancelledError, Superseded):
            one.complete = False
        except NotFound as error:
            reply.fail(error)
        finally:
            reply.closing = True
            await self._write_down(one)

    async def _make(self, one: OneAnswer) -> None:
        turn = one.turn
        business = await self._desk.business(turn.call.organisation_id)
        urgent = emergency_reply(business, turn.text)
        if urgent is not None:
            one.say(urgent)
        opened = await self._open(one)
        if opened is None or opened.attempt is None:
            for part in (opened.replay or ()) if opened and urgent is None else ():
                one.reply.add(part)
            return
        one.context = context = CallContext(
            call=turn.call,
            organisation=Organisation(turn.call.organisation_id, business.slug),
            business=business,
            facts=opened.facts,
            now=opened.now,
            text=turn.text,
            desk=self._desk,
            journal=self._journal,
            history=opened.history,
            attempt=opened.attempt,
        )
        if urgent is None and len(turn.text) > LONGEST_TEXT:
            for sentence in TOO_LONG:
                one.say(sentence)
        elif urgent is None:
            await self._speak(one, context)

    async def _open(self, one: OneAnswer) -> Opened | None:
        """None when the store could not be reached, which the caller is then told."""
        # A write that began ends even if the caller goes: were it left behind, it could begin
        # after the next attempt and take its place.
        one.opening = asyncio.create_task(self._journal.open_attempt(_clipped(one.turn)))
        try:
            opened = await asyncio.shield(one.opening)
        except NotFound:
            raise
        except Exception as error:
            log.error("no attempt could be opened", call_id=one.turn.call.call_id, exc_info=error)
            if not one.reply.speaking:
                one.say(BUSY)
            return None
        one.mark("opened")
        return opened

    async def _speak(self, one: OneAnswer, context: CallContext) -> None:
        claims = one.claims = ClaimsCheck(context)
        model = one.model = self._models.for_turn(context, claims)
        filler = Filler(one.reply, context, after=self._models.patience.first_word_seconds)
        try:
            await self._say_all(one, context, claims=claims, model=model)
            if not one.reply.speaking and model.answered_by != "local":
                model.finish_locally("empty")
                await self._say_all(one, context, claims=claims, model=model)
        finally:
            filler.cancel()
        if not one.reply.speaking:
            one.say(context.results[-1].spoken if context.results else SORRY)
        if model.answered_by == "hosted":
            note_question(context, [part.text for part in one.reply.parts if _is_said(part)])
        for act in context.acts:
            one.reply.add(act)
        self._models.answered(model)

    async def _say_all(
        self, one: OneAnswer, context: CallContext, *, claims: ClaimsCheck, model: TurnModel
    ) -> None:
        """Everything that the agents have to say. What breaks in there is logged; what they did
        until then stands, and the caller hears of it."""
        speaking = Speaking(self._agents, context, claims=claims, model=model, say=one.say)
        try:
            await speaking.run()
        except (asyncio.CancelledError, Superseded):
            raise
        except MaxTurnsExceeded:
            log.warning("agents went round in circles", call_id=context.call.call_id)
        except Exception as error:
            if isinstance(error.__cause__, Superseded):
                raise error.__cause__ from error
            log.error("agents failed", call_id=context.call.call_id, exc_info=error)

    async def _write_down(self, one: OneAnswer) -> None:
        if one.opening is None:
            return
        await asyncio.wait({one.opening})
        if one.opening.cancelled() or one.opening.exception() is not None:
            return
        opened = one.opening.result()
        if opened.attempt is None:
            return
        if one.context is not None:
            await ended(one.context)
        if one.context is None or not one.reply.said:
            await self._journal.withdraw(opened.attempt)
        else:
            await self._journal.close_attempt(opened.attempt, closing_of(one, one.context))


def closing_of(one: OneAnswer, context: CallContext) -> Closing:
    """What the journal keeps of this answer."""
    reply, turn = one.reply, one.turn
    context.facts.last_reply = words_of(reply.parts) or context.facts.last_reply
    return Closing(
        parts=tuple(reply.parts),
        facts=context.facts,
        complete=one.complete,
        parts_heard=reply.heard,
        delivered=reply.delivered,
        answered_by=one.model.answered_by if one.model else "local",
        timings=one.timings,
        tools=tuple(context.ran),
        kept_back=tuple(one.claims.kept_back) if one.claims else (),
        lines=None if turn.call.named else context.history,
    )


def _is_said(part: Part) -> TypeGuard[Say]:
    return isinstance(part, Say) and not part.filler


def _clipped(turn: Turn) -> Turn:
    """What goes into the journal of words that are too many."""
    return replace(turn, text=turn.text[:LONGEST_TEXT])
