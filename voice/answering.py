"""How one attempt at a turn is answered, from opening it in the journal to closing it there."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace

import structlog

from scheduling.desk import Desk
from scheduling.errors import NotFound, Superseded
from scheduling.values import Organisation
from voice.call import CallContext
from voice.cards import NO_CARDS
from voice.emergency import emergency_reply
from voice.filler import Filler
from voice.journal.following import words_of
from voice.journal.journal import Journal
from voice.journal.values import Closing, Opened
from voice.keypad import keys_in_words
from voice.models.models import Models, Spoken
from voice.reply_in_hand import ReplyInHand
from voice.tool_results import RanTool
from voice.tools.account import tell_what_stands
from voice.tools.running import ended
from voice.turn import Line, Say, Turn

log = structlog.stdlib.get_logger(__name__)

LONGEST_TEXT = 1000
TOO_LONG = (
    "I'm sorry, that was more than I can take in at once.",
    "Could you tell me in a sentence or two what you need?",
)
CHANGING = frozenset(
    """book_appointment book_pair reschedule_appointment cancel_appointment process_refund checkout
    create_ticket add_to_ticket withdraw_ticket change_number
    change_name""".split()
)
SORRY = "I'm sorry, something went wrong on my side. Could you say that once more?"
BUSY = "I'm sorry, I can't get at the book just now. Could you say that again in a moment?"


@dataclass
class OneAnswer:
    """What is known of one attempt while its reply is made."""

    reply: ReplyInHand
    began: float = field(default_factory=time.perf_counter)
    opening: asyncio.Task[Opened] | None = None
    opened: Opened | None = None
    context: CallContext | None = None
    spoken: Spoken | None = None
    complete: bool = True
    timings: dict[str, int] = field(default_factory=dict)

    @property
    def turn(self) -> Turn:
        """The turn that is answered, as it was written down where the lines before are ours."""
        written = self.opened.turn if self.opened is not None else None
        return self.reply.turn if written is None or written.history is not None else written

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
    ) -> None:
        self._desk = desk
        self._journal = journal
        self._models = models

    async def answer(self, reply: ReplyInHand) -> None:
        """Makes the reply, and writes it down once it was heard or as far as it was."""
        one = OneAnswer(reply)
        try:
            try:
                await self._make(one)
                one.mark("made")
            except (asyncio.CancelledError, Superseded):
                one.complete = False
            reply.end()
            await reply.taken()
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
        opened = one.opened = await self._open(one)
        if opened is None or opened.attempt is None:
            for part in (opened.replay or ()) if opened and urgent is None else ():
                one.reply.add(part)
            return
        too_long, turn = len(turn.text) > LONGEST_TEXT, one.turn
        one.context = one.reply.context = context = CallContext(
            call=turn.call,
            organisation=Organisation(turn.call.organisation_id, business.slug),
            business=business,
            facts=opened.facts,
            now=opened.now,
            text=keys_in_words(turn.text, turn.keys, opened.facts),
            desk=self._desk,
            journal=self._journal,
            history=opened.history,
            attempt=opened.attempt,
        )
        one.reply.before_words = lambda: self._note_telling(context, opened)
        if urgent is not None:
            agenda = context.facts.agenda
            context.facts.agenda = agenda.but(
                alarmed=True, alarmed_by=(agenda.alarmed_by or context.text)[:LONGEST_TEXT]
            )
        elif too_long:
            for sentence in TOO_LONG:
                one.say(sentence)
        else:
            await self._speak(one, context)

    async def _note_telling(self, context: CallContext, opened: Opened) -> None:
        """Once, before the first words after a booking changed."""
        if opened.attempt is None or context.telling or not any(map(_changed, context.ran)):
            return
        await self._journal.begin_telling(opened.attempt)
        context.telling = True

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
        for sentence in await tell_what_stands(context):
            one.say(sentence)
        if one.turn.card_left_out:
            one.say(NO_CARDS)
        filler = Filler(one.reply, context, after=self._models.filler_seconds)
        try:
            await self._say_all(one, context)
        finally:
            filler.cancel()
        if not one.reply.speaking:
            one.say(context.results[-1].spoken if context.results else SORRY)
        for act in context.acts:
            one.reply.add(act)

    async def _say_all(self, one: OneAnswer, context: CallContext) -> None:
        """Everything that there is to say. What breaks in there is logged; what was done until
        then stands, and the caller hears of it."""
        one.spoken = Spoken()
        try:
            await self._models.speak(context, one.say, one.spoken)
        except (asyncio.CancelledError, Superseded):
            raise
        except Exception as error:
            if isinstance(error.__cause__, Superseded):
                raise error.__cause__ from error
            log.error("no reply could be made", call_id=context.call.call_id, exc_info=error)

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
        characters_heard=reply.heard_characters,
        delivered=reply.delivered,
        answered_by=one.spoken.answered_by if one.spoken else "local",
        timings={**one.timings, **reply.noted},
        tools=tuple(context.ran),
        outcomes=context.facts.agenda.outcomes,
        kept_back=tuple(one.spoken.kept_back) if one.spoken else (),
        lines=None if turn.history is None else (*turn.history, Line("caller", turn.text)),
        named=turn.call.named,
    )


def _changed(ran: RanTool) -> bool:
    """Whether a tool did something that a crash must not leave untold."""
    return ran.name in CHANGING and ran.result.refused is None


def _clipped(turn: Turn) -> Turn:
    """What goes into the journal of words that are too many."""
    return replace(turn, text=turn.text[:LONGEST_TEXT])
