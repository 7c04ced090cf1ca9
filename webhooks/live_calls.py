"""The live audio calls of this process: a seat for each, two minutes to come back to one that was
cut off, and a last sentence when we stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from types import TracebackType
from weakref import WeakValueDictionary

import httpx2
import structlog

from voice.conversation import Conversation
from voice.journal.journal import Journal
from voice.journal.values import CallEntry
from voice.live.call import LiveCall
from voice.live.clock import Clock
from voice.live.engines import CallEngines
from voice.live.events import EndReason, Event, PartAudio, TurnTimed
from voice.live.settings import LiveSettings
from voice.speech.engines import EngineFailed
from voice.speech.hosted import HostedSpeech
from voice.speech.opening import Engines, Speech, SpeechChoice, open_engines
from voice.speech.seats import Seat
from voice.turn import CallFacts
from webhooks.certificates import trusted
from webhooks.metrics import Metrics
from webhooks.resources import OPENAI_BASE_URL, Resources
from webhooks.settings import Settings

log = structlog.stdlib.get_logger(__name__)

RESUME_SECONDS = 120.0
"""How long a call that was cut off may be taken up again, as the contract has it."""
LOADING_SECONDS = 20.0
"""How long a call that comes early waits for the engines."""
LAST_WORDS_SECONDS = 6.0
LEAST_MINUTES = 1 / 60
FULL = "I'm sorry, all our lines are taken just now. Please call again in a few minutes."
SPEECHLESS = "I'm sorry, we can't answer on this line just now. Please try again later."
STOPPING = "I'm sorry, I have to hang up now. Please call again in a minute."


class CallOver(Exception):
    """The call has ended; nobody can go on with it."""


@dataclass(slots=True)
class OpenCall:
    """A live call with a line to it."""

    call: CallFacts
    live: LiveCall
    metrics: Metrics
    engines: Engines | None
    """None where nobody can speak: then all is typed and written."""
    seat: Seat | None = None
    resumed: bool = False
    """It was cut off, and goes on."""

    @property
    def refused(self) -> bool:
        """All seats are taken: it hears so, and ends."""
        return self.engines is not None and self.seat is None

    @property
    def reason(self) -> EndReason | None:
        """Once it ends."""
        return self.live.reason

    @property
    def may_resume(self) -> bool:
        """Nobody hung up: the line broke, or could not be had again just now."""
        return self.reason == "lost" or (self.reason == "refused" and self.resumed)

    def lose(self) -> None:
        """The line is gone, and nobody hung up: the call may be taken up again."""
        self.live.hang_up("lost")

    async def events(self) -> AsyncIterator[Event]:
        """For one reader; ends after `Ended`."""
        async for event in self.live.events():
            if isinstance(event, TurnTimed):
                self.metrics.spoken.time_turn(self.call.door, event.timings)
            elif isinstance(event, PartAudio):
                self.metrics.spoken.pacer_lateness.observe(event.late_ms / 1000)
            yield event


class LiveCalls:
    """Opens live calls and sees them out."""

    def __init__(
        self,
        conversation: Conversation,
        journal: Journal,
        speech: Speech,
        *,
        metrics: Metrics,
        minutes: float,
        clock: Clock | None = None,
    ) -> None:
        """`minutes`: the longest that a call may be, however often its line breaks. `clock`: of
        playback; real time without."""
        self.speech = speech
        self._conversation = conversation
        self._journal = journal
        self._metrics = metrics
        self._minutes = minutes
        self._clock = clock
        self._open: dict[str, OpenCall] = {}
        self._began: dict[str, float] = {}
        """When each call began that is open or waits, by the monotonic clock."""
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._closed = asyncio.Condition()
        self._doorways: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        """Of each call that somebody is entering: one at a time."""
        self._stopping = False

    async def __aenter__(self) -> LiveCalls:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        await self.stop()
        waiting = tuple(self._waiting.values())
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    def goes_on(self, call_id: str) -> bool:
        """Whether somebody is on this call, or may come back to it."""
        return call_id in self._open or call_id in self._waiting

    def refusal(self) -> str | None:
        """What a caller should hear who comes now and cannot be served; None when one can be."""
        if self._stopping:
            return STOPPING
        if self.speech.state == "absent":
            return SPEECHLESS
        engines = self.speech.engines
        return FULL if engines is not None and engines.seats.full else None

    @asynccontextmanager
    async def open(self, call: CallFacts, settings: LiveSettings) -> AsyncIterator[OpenCall]:
        """A line to this call until the block ends; a line that it had before is let go.

        Raises CallOver when somebody has hung up.
        """
        engines = await self._engines()
        async with self._doorway(call.call_id):
            await self._let_go(call.call_id)
            # Only now: the line that was let go may have written down a turn.
            entry = await self._journal.entry(call.call_id)
            if entry is not None and entry.ended:
                raise CallOver
            line = self._begin(call, settings, engines, entry)
        running = asyncio.create_task(line.live.run())
        try:
            yield line
        finally:
            line.live.hang_up()
            await asyncio.shield(asyncio.ensure_future(self._see_out(line, running)))

    async def end(self, call_id: str, *, reason: str) -> None:
        """Nobody comes back to this call."""
        async with self._doorway(call_id):
            waiting = self._waiting.pop(call_id, None)
            if waiting is not None and waiting is not asyncio.current_task():
                waiting.cancel()
            self._began.pop(call_id, None)
            await self._conversation.hang_up(call_id, reason=reason)

    async def stop(self) -> None:
        """Say goodbye in every call, and wait a little until it was heard."""
        self._stopping = True
        for line in self._open.values():
            line.live.end_with(STOPPING, "shutdown")
        try:
            async with asyncio.timeout(LAST_WORDS_SECONDS), self._closed:
                await self._closed.wait_for(lambda: not self._open)
        except TimeoutError:
            log.warning("calls cut off at the stop", calls=len(self._open))
            for line in self._open.values():
                line.live.hang_up("shutdown")

    def _begin(
        self,
        call: CallFacts,
        settings: LiveSettings,
        engines: Engines | None,
        entry: CallEntry | None,
    ) -> OpenCall:
        """From here on the call has this line."""
        resumed = call.call_id in self._began
        if (waiting := self._waiting.pop(call.call_id, None)) is not None:
            waiting.cancel()
        began = self._began.setdefault(call.call_id, time.monotonic())
        left = self._minutes - (time.monotonic() - began) / 60
        live = LiveCall(
            call,
            conversation=self._conversation,
            engines=_for_calls(engines),
            settings=replace(settings, longest_minutes=max(left, LEAST_MINUTES)),
            turns_before=entry.last_turn if entry else 0,
            clock=self._clock,
        )
        seat = engines.admit() if engines is not None else None
        line = OpenCall(call, live, self._metrics, engines, seat=seat, resumed=resumed)
        if line.refused:
            live.end_with(FULL, "refused")
        elif self._stopping:
            live.end_with(STOPPING, "shutdown")
        self._open[call.call_id] = line
        self._metrics.spoken.calls.set(len(self._open))
        return line

    async def _let_go(self, call_id: str) -> None:
        """Whoever has a line to this call loses it."""
        if (before := self._open.get(call_id)) is not None:
            before.lose()
            async with self._closed:
                await self._closed.wait_for(lambda: self._open.get(call_id) is not before)
        if (waiting := self._waiting.pop(call_id, None)) is not None:
            waiting.cancel()

    def _doorway(self, call_id: str) -> asyncio.Lock:
        return self._doorways.setdefault(call_id, asyncio.Lock())

    async def _engines(self) -> Engines | None:
        try:
            async with asyncio.timeout(LOADING_SECONDS):
                return await self.speech.ready()
        except (EngineFailed, TimeoutError):
            return None

    async def _see_out(self, line: OpenCall, running: asyncio.Task[None]) -> None:
        """The line is closed: the call is over, or waits for another."""
        call_id = line.call.call_id
        await asyncio.wait({running})
        try:
            if line.may_resume and not self._stopping:
                self._waiting[call_id] = asyncio.create_task(self._give_up(call_id))
            elif not (line.may_resume or line.reason == "shutdown"):
                await self._conversation.hang_up(call_id, reason=line.reason or "failed")
        except Exception as error:  # the line and its seat are free all the same
            log.error("end of call not written", call_id=call_id, exc_info=error)
        if line.seat is not None:
            line.seat.leave()
        del self._open[call_id]
        if call_id not in self._waiting:
            self._began.pop(call_id, None)
        self._metrics.spoken.calls.set(len(self._open))
        async with self._closed:
            self._closed.notify_all()

    async def _give_up(self, call_id: str) -> None:
        """Nobody came back."""
        await asyncio.sleep(RESUME_SECONDS)
        await self.end(call_id, reason="cut off")


def _for_calls(engines: Engines | None) -> CallEngines | None:
    """What of the engines a call works with."""
    if engines is None:
        return None
    return CallEngines(engines.transcriber, engines.synthesizer, engines.voice_activity)


OpenLiveCalls = Callable[
    [Settings, Resources, httpx2.AsyncBaseTransport | None],
    AbstractAsyncContextManager[LiveCalls],
]
"""How an app comes to its live calls: as below, or as a rehearsal has them."""


@asynccontextmanager
async def open_live_calls(
    settings: Settings, resources: Resources, outside: httpx2.AsyncBaseTransport | None
) -> AsyncIterator[LiveCalls]:
    """Loads the engines behind the doors that type. To be closed before the conversation: what
    was begun in a call is written at its end."""
    # How long a caller waits is the engines' own affair; these only bound what is broken.
    timeout = httpx2.Timeout(30.0, connect=3.0)
    async with (
        httpx2.AsyncClient(transport=outside, verify=trusted(), timeout=timeout) as client,
        open_engines(speech_choice(settings), client) as speech,
        LiveCalls(
            resources.conversation,
            resources.journal,
            speech,
            metrics=resources.metrics,
            minutes=settings.call_minutes,
        ) as calls,
    ):
        yield calls


def speech_choice(settings: Settings) -> SpeechChoice:
    """What the settings say of speech."""
    hosted = None
    if settings.speech == "hosted":
        key = settings.openai_api_key
        hosted = HostedSpeech(
            base_url=settings.openai_base_url or OPENAI_BASE_URL,
            key=key.get_secret_value() if key else None,
            transcription_model=settings.stt_model or "",
            speech_model=settings.tts_model or "",
            voice=settings.tts_voice,
        )
    return SpeechChoice(
        off=settings.speech == "off",
        hosted=hosted,
        calls=settings.speech_calls,
        weights=settings.speech_weights,
    )
