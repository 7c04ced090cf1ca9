"""What a live call says: turns are answered, cut short, gone on with, and told as far as heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence

import structlog

from voice.call import CallContext
from voice.cards import text_without_cards
from voice.conversation import Conversation
from voice.live.beforehand import Beforehand
from voice.live.clock import Clock
from voice.live.engines import CallEngines
from voice.live.events import (
    ActDue,
    EndReason,
    Interrupted,
    ReplyBegan,
    ReplyEnded,
    ToolRan,
    TurnTimed,
)
from voice.live.hooks import CallHooks
from voice.live.outgoing import Outgoing
from voice.live.playing import Cut, Playing, Saying, Voice, one_after_another
from voice.live.settings import LiveSettings
from voice.live.unheard import Unheard
from voice.live_reply import LiveReply
from voice.speech.engines import Synthesizer
from voice.turn import CallFacts, HangUp, Line, Part, Say, Turn
from voice.turn_end import Awaited

log = structlog.stdlib.get_logger(__name__)

PATIENCE_SECONDS = 8.0
"""For the next part of a reply, a filler among them."""
SAY_AGAIN = "Sorry, could you say that again?"
"""What a client means that asks for an answer and says nothing: after a line that broke, the caller
may have heard half of the last one."""
SORRY = "I'm sorry, something went wrong on my side. Could you say that again?"


class Replies:
    """The mouth of one call: at most one reply at a time."""

    def __init__(
        self,
        call: CallFacts,
        *,
        conversation: Conversation,
        engines: CallEngines | None,
        settings: LiveSettings,
        hooks: CallHooks,
        clock: Clock,
    ) -> None:
        self._call = call
        self._conversation = conversation
        self._engines = engines
        self._settings = settings
        self._hooks = hooks
        self._clock = clock
        self._count = 0
        self._turn: Turn | None = None
        self._beforehand: Beforehand | None = None
        """The reply to what may be asked next."""
        self._unheard = self._unheard_before = Unheard()
        self._task: asyncio.Task[None] | None = None
        self._leaving: EndReason | None = None
        """After the sentence in hand the call ends so."""
        self._cut: tuple[Playing, Cut] | None = None
        """The reply that was interrupted last, until the next one."""
        self._may_go_on = False
        self._open: set[LiveReply] = set()
        self._learnt: tuple[LiveReply | None, int] = (None, 0)
        """From which reply, and how many tools of it were told."""
        self._before: dict[str, float] = {}
        """When the steps before the next turn came."""
        self.turns = 0
        """Number of the last turn."""
        self.out = Outgoing(settings, clock=clock, emit=hooks.emit)
        self.awaited: Awaited
        self.names: tuple[str, ...] = ()

    def begin(self, context: CallContext) -> None:
        """What is known of the call before anything is said in it."""
        self.awaited = Awaited.of(context)
        business = context.business
        people = [each.name for each in business.providers]
        self.names = (business.name, *(each.name for each in business.services), *people)

    @property
    def busy(self) -> bool:
        """Whether a reply is being made, said or heard."""
        return self.out.playing is not None

    @property
    def answering(self) -> bool:
        """Whether more of a reply will be sent; what was sent may still be playing after that."""
        playing = self.out.playing
        return playing is not None and not playing.told_end

    def as_kept(self, text: str, unanswered: Sequence[str]) -> str:
        """Words that came after what was said last and these, without the digits of a card."""
        lines: tuple[Line, ...] = ()
        live = self._learnt[0]
        if live is not None and live.context is not None:
            ours = " ".join(part.text for part in live.parts if isinstance(part, Say))
            lines = (*live.context.history, Line("caller", live.context.text), Line("us", ours))
        return text_without_cards(text, (*lines, *(Line("caller", each) for each in unanswered)))

    def change(self, settings: LiveSettings) -> None:
        """From the next reply on."""
        self._settings = settings

    def steps_before(self, **times: float) -> None:
        """When the caller's last sound, and his words, came; for the turn that comes next."""
        self._before = times

    def ask(self, text: str, *, keys: tuple[str, ...] = ()) -> None:
        """The next turn; with it, turns of which no answer was heard."""
        if self._leaving is not None:
            return
        self.interrupt()
        self.turns += 1
        self._unheard = self._unheard.and_then(self.turns, text, keys)
        self._turn = self._unheard.turn(self._call, self.turns)
        self._answer(self._turn)

    def prepare(self, text: str) -> None:
        """The reply to this is begun, in case that it is asked for next; unheard of until then.
        Not while a reply that was cut may have to be gone on with."""
        if self._leaving is not None or self.busy or self._cut is not None:
            return
        self.unprepare()
        turn = self._unheard.and_then(self.turns + 1, text, ()).turn(self._call, self.turns + 1)
        live = self._conversation.answer(turn)
        self._open.add(live)
        self._beforehand = Beforehand(
            turn,
            live,
            synthesizer=self._synthesizer,
            spawn=self._hooks.spawn,
            at=self._clock.now(),
        )

    def unprepare(self) -> None:
        """Other words may come than a reply was prepared for."""
        beforehand, self._beforehand = self._beforehand, None
        if beforehand is not None:
            self._hooks.spawn(self._drop(beforehand))

    def greet_or_ask(self) -> None:
        """The greeting, in a call in which nothing was said; else what was said last, again."""
        if self._count or self.turns:
            self.ask(SAY_AGAIN)
        else:
            self._start(self._greeting())

    def say(self, sentence: str, *, then: EndReason | None = None) -> None:
        """A sentence of our own, instead of what is being said; `then` the call ends so."""
        if self._leaving is not None:
            return
        self.interrupt()
        self.unprepare()
        self._leaving = then
        self._start(one_after_another(Say(sentence)))

    def interrupt(self, *, barge_in: bool = False, may_go_on: bool = False) -> None:
        """Say no more of the reply in hand; what was heard of it stands."""
        playing = self.out.playing
        if playing is None or self._leaving is not None:
            return
        if barge_in:
            playing.times["barge_in"] = self._clock.now()
        self._stop(playing, self.out.drop())
        self._may_go_on = may_go_on

    def go_on(self) -> None:
        """What interrupted us was nothing: say what was left."""
        if self._cut is None or not self._may_go_on or self.busy:
            return
        playing, cut = self._cut
        live = playing.live
        if live is not None and not live.said and self._turn is not None:
            self._answer(self._turn)
            return
        rest = playing.rest(cut)
        if rest is None:
            return
        parts = live.parts[rest.index + 1 :] if live else ()
        self._start(one_after_another(*parts), live=live, begins_with=rest)

    def truncated(self, reply: int, milliseconds: int) -> None:
        """So much of this reply was played, says the client."""
        playing = self.out.playing
        if playing is not None and playing.number == reply:
            self.out.drop()
            self._stop(playing, milliseconds / 1000)
        elif self._cut is not None and self._cut[0].number == reply:
            playing = self._cut[0]
            self._cut = (playing, playing.cut(milliseconds / 1000))
            if playing.live is not None and not playing.live.said:
                self._unheard = self._unheard_before

    async def close(self) -> None:
        """Say nothing more; returns when all that was heard and done is written down."""
        playing = self.out.playing
        if playing is not None:
            self._stop(playing, self.out.drop())
        for live in tuple(self._open):
            await live.aclose()
            await live.written_down()
        self._open.clear()

    def _answer(self, turn: Turn) -> None:
        beforehand = self._beforehand
        if beforehand is not None and beforehand.turn == turn:
            self._beforehand = None
            self._before["prepared"] = beforehand.at
            live = beforehand.live
        else:
            self.unprepare()
            beforehand, live = None, self._conversation.answer(turn)
            self._open.add(live)
        self._start(self._in_time(live), live=live, beforehand=beforehand)

    def _start(
        self,
        parts: AsyncIterator[Part],
        *,
        live: LiveReply | None = None,
        begins_with: Saying | None = None,
        beforehand: Beforehand | None = None,
    ) -> None:
        past, self._cut = self._cut, None
        if not self.out.pacer.sending and self.out.left_seconds <= 0:
            self.out.change(self._settings)
        self._count += 1
        voice = Voice(
            pacer=self.out.pacer,
            emit=self._hooks.emit,
            wake=self.out.wake,
            room=self.out.room,
            synthesizer=self._synthesizer
            and (beforehand and beforehand.synthesizer or self._synthesizer),
            line_out=self.out.line_out,
        )
        playing = Playing(self._count, parts, voice, live=live, begins_with=begins_with)
        playing.times.update(self._before, arrived=self._clock.now())
        self._before = {}
        self.out.playing = playing
        stale = past[0].live if past is not None and past[0].live is not live else None
        self._hooks.emit(ReplyBegan(playing.number))
        self._task = self._hooks.spawn(self._tell(playing, stale))

    async def _tell(self, playing: Playing, stale: LiveReply | None) -> None:
        """One reply, from its making to the end of its sound."""
        try:
            if stale is not None:
                await self._close(stale)
            await playing.run()
            await playing.played.wait()
            self.out.playing = None
            await self._heard_out(playing)
        except Exception as error:  # one reply is lost, the call is not
            log.error("reply failed", call_id=self._call.call_id, exc_info=error)
            await self._failed(playing)

    async def _heard_out(self, playing: Playing) -> None:
        leaving, live = self._leaving, playing.live
        if live is not None:
            self._unheard = Unheard()
            self._hooks.emit(TurnTimed(self.turns, playing.note_times()))
            await live.played()
            await self._close(live)
        for act in playing.acts:
            self._hooks.emit(ActDue(act))
            if isinstance(act, HangUp):
                leaving = leaving or "agent"
        if leaving is not None:
            self._hooks.end(leaving)

    async def _failed(self, playing: Playing) -> None:
        if self.out.playing is playing:
            playing.cut(self.out.drop())
        if not playing.told_end:
            self._hooks.emit(ReplyEnded(playing.number, "failed"))
        if playing.live is not None:
            await self._close(playing.live)
        self._unheard = Unheard()
        if self._leaving is not None:
            self._hooks.end(self._leaving)
        elif playing.live is not None and not playing.sayings:
            self.say(SORRY)

    def _stop(self, playing: Playing, seconds: float) -> None:
        """It was heard so far; nothing more of it is made or sent."""
        if self._task is not None:
            self._task.cancel()
        cut = playing.cut(seconds)
        if playing.times.get("first_audio") is not None:
            self._hooks.emit(Interrupted(playing.number, cut.part, cut.milliseconds, cut.words))
        if not playing.told_end:
            self._hooks.emit(ReplyEnded(playing.number, "cancelled"))
        self._cut, self._may_go_on = (playing, cut), False
        if playing.live is not None:
            playing.live.halt()
            self._learn(playing.live)
            self._unheard_before = self._unheard
            if playing.live.said:
                self._unheard = Unheard()
                self._hooks.emit(TurnTimed(self.turns, playing.note_times()))

    async def _in_time(self, live: LiveReply) -> AsyncGenerator[Part, None]:
        """The parts, or TimeoutError when one is too long in coming."""
        while True:
            async with self._clock.deadline(PATIENCE_SECONDS):
                part = await anext(live, None)
            if part is None:
                break
            playing = self.out.playing
            if playing is not None and isinstance(part, Say) and not part.filler:
                playing.times.setdefault("first_sentence", self._clock.now())
            self._learn(live)
            yield part

    async def _greeting(self) -> AsyncGenerator[Part, None]:
        yield Say(await self._conversation.greet(self._call))

    def _learn(self, live: LiveReply) -> None:
        """What the caller is asked now, and which tools ran."""
        context = live.context
        if context is None:
            return
        self.awaited = Awaited.of(context)
        told = self._learnt[1] if self._learnt[0] is live else 0
        self._learnt = (live, len(context.ran))
        for ran in context.ran[told:]:
            result = ran.result
            self._hooks.emit(ToolRan(ran.name, ran.arguments, result.facts, ran.milliseconds))

    async def _drop(self, beforehand: Beforehand) -> None:
        await beforehand.drop()
        await self._close(beforehand.live)

    async def _close(self, live: LiveReply) -> None:
        await live.aclose()
        self._open.discard(live)

    @property
    def _synthesizer(self) -> Synthesizer | None:
        engines = self._engines
        return engines.synthesizer if engines is not None and self._settings.speaks else None
