"""One live audio call, at no door in particular: a door feeds it and puts its events into words.

    live = LiveCall(facts, conversation=conversation, engines=engines, settings=LiveSettings())
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(live.run())
        async for event in live.events(): ...   # ends after `Ended`

What the door calls returns at once and may come in any state; after the end it does nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from voice.conversation import Conversation
from voice.live.attention import Attention
from voice.live.clock import Clock
from voice.live.engines import CallEngines
from voice.live.events import (
    Ended,
    EndReason,
    Event,
)
from voice.live.hooks import CallHooks
from voice.live.replies import Replies
from voice.live.settings import LiveSettings
from voice.turn import CallFacts

if TYPE_CHECKING:
    pass

log = structlog.stdlib.get_logger(__name__)

MOST_WAITING = 30.0
"""Seconds of sound that may wait to be heard."""
MOST_INPUTS = 5_000
MOST_UNREAD = 2_500
"""Events: more than a minute of sound that the door did not take."""
STILL_THERE = "Are you still there?"
SILENT_GOODBYE = "I can't hear you, so I'll hang up now. Please call again any time. Goodbye."
TOO_LONG = "I'm sorry, this call has become very long and has to end here. Please call again."
NOT_UNDERSTOOD = "I'm sorry, I didn't catch that. Could you say it again?"


class TooMuchAudio(Exception):
    """The line sends more than can be listened to; the door closes it."""


class LiveCall:
    """The tasks of one call, and the order in which what it hears is taken."""

    def __init__(
        self,
        call: CallFacts,
        *,
        conversation: Conversation,
        engines: CallEngines | None,
        settings: LiveSettings,
        turns_before: int = 0,
        clock: Clock | None = None,
    ) -> None:
        """`engines`: None where speech is not installed: then all is typed and written.
        `turns_before`: the last turn in the journal of a call that is resumed."""
        self._call = call
        self._conversation = conversation
        self._engines = engines
        self._settings = settings
        self._clock = clock or Clock()
        self._events: asyncio.Queue[Event] = asyncio.Queue()
        self._inbox: asyncio.Queue[bytes | Callable[[], None]] = asyncio.Queue()
        self._waiting_seconds = 0.0
        self._tasks: set[asyncio.Task[None]] = set()
        self._group: asyncio.TaskGroup | None = None
        self._over = asyncio.Event()
        self._reason: EndReason | None = None
        hooks = CallHooks(self._emit, self._spawn, self._end)
        self._replies = Replies(
            call,
            conversation=conversation,
            engines=engines,
            settings=settings,
            hooks=hooks,
            clock=self._clock,
        )
        self._replies.turns = turns_before
        self._attention = Attention(
            self._replies, settings=settings, hooks=hooks, clock=self._clock
        )

    @property
    def now(self) -> Callable[[], float]:
        """Seconds, by the clock of playback."""
        return self._clock.now

    async def run(self) -> None:
        """The call, until it ends. Its own faults end it as `failed`; cancelling it hangs up."""
        cancelled = False
        try:
            await self._run()
        except asyncio.CancelledError:
            cancelled = True
            self._end("caller")
        except Exception as error:
            log.error("live call failed", call_id=self._call.call_id, exc_info=error)
            self._reason = "failed"
        await self._replies.close()
        self._events.put_nowait(Ended(self._reason or "failed"))
        if cancelled:
            raise asyncio.CancelledError

    @property
    def reason(self) -> EndReason | None:
        """Why the call ends, from the moment on that this is certain."""
        return self._reason

    async def events(self) -> AsyncIterator[Event]:
        """For one reader; ends after `Ended`."""
        while True:
            event = await self._events.get()
            yield event
            if isinstance(event, Ended):
                return

    def hear(self, audio: bytes) -> None:
        """Sound from the line, in the format of the call, in pieces of any length.

        Raises TooMuchAudio when half a minute waits to be heard.
        """
        seconds = len(audio) / self._settings.audio_in.bytes_a_second
        if self._waiting_seconds + seconds > MOST_WAITING:
            raise TooMuchAudio("more than half a minute of sound waits to be heard")
        self._waiting_seconds += seconds
        self._put(audio)

    def change(self, settings: LiveSettings) -> None:
        """From the next piece of sound and the next reply on."""
        self._put(partial(self._change, settings))

    def type(self, text: str) -> None:
        """Words typed beside the voice: they wait for `respond`."""
        self._put(partial(self._attention.type, text))

    def press(self, key: str) -> None:
        """One key of the telephone: 0-9, * or #. Digits answer what was asked last."""
        self._put(partial(self._attention.press, key))

    def end_utterance(self) -> None:
        """What was heard since the last utterance becomes one, whatever it is."""
        self._put(self._attention.end_utterance)

    def clear(self) -> None:
        """What was heard since the last utterance is dropped."""
        self._put(self._attention.clear)

    def respond(self) -> None:
        """Answer what was said and typed; the greeting, in a call in which nothing was said."""
        self._put(self._attention.respond)

    def cancel(self) -> None:
        """Say no more of the reply in hand."""
        self._replies.interrupt()

    def truncated(self, reply: int, milliseconds: int) -> None:
        """The client says how much of this reply was played before it fell silent."""
        self._replies.truncated(reply, milliseconds)

    def marked(self, name: str) -> None:
        """The line has played all up to this mark."""
        self._replies.out.pacer.marked(name)

    def say(self, sentence: str) -> None:
        """Say this instead of what is being said; the call goes on."""
        self._put(partial(self._replies.say, sentence))

    def end_with(self, sentence: str, reason: EndReason) -> None:
        """Say this instead of anything else, then end the call: at shutdown, or when refused."""
        if self._group is None:
            self._put(partial(self._replies.say, sentence, then=reason))
        elif not self._over.is_set():
            self._replies.say(sentence, then=reason)

    def hang_up(self, reason: EndReason = "caller") -> None:
        """The line is gone, or the client ended the call: all stops now. Whether the call is over
        for good, or may be resumed, its door tells the conversation."""
        self._end(reason)

    async def _run(self) -> None:
        context = await self._conversation.tool_context(self._call)
        self._replies.begin(context)
        async with asyncio.TaskGroup() as self._group:
            if self._over.is_set():
                return
            if self._engines is not None:
                self._attention.begin(self._engines)
            for task in (self._take_all(), self._replies.out.pace(), self._cap()):
                self._spawn(task)
            await self._over.wait()
            for running in tuple(self._tasks):
                running.cancel()

    async def _take_all(self) -> None:
        """What comes in, in the order in which it came."""
        while True:
            item = await self._inbox.get()
            if isinstance(item, bytes):
                seconds = len(item) / self._settings.audio_in.bytes_a_second
                self._waiting_seconds = max(0.0, self._waiting_seconds - seconds)
                await self._attention.take(item)
            else:
                item()

    async def _cap(self) -> None:
        await self._clock.sleep(self._settings.longest_minutes * 60)
        self.end_with(TOO_LONG, "too_long")

    def _change(self, settings: LiveSettings) -> None:
        self._settings = settings
        self._attention.change(settings)

    def _end(self, reason: EndReason) -> None:
        if self._reason is None:
            self._reason = reason
        self._over.set()

    def _put(self, item: bytes | Callable[[], None]) -> None:
        if self._over.is_set():
            return
        if self._inbox.qsize() >= MOST_INPUTS:
            raise TooMuchAudio("more comes in than can be taken")
        self._inbox.put_nowait(item)

    def _emit(self, event: Event) -> None:
        if self._over.is_set():
            return
        if self._events.qsize() >= MOST_UNREAD:
            log.warning("events are not read", call_id=self._call.call_id)
            self._end("failed")
            return
        self._events.put_nowait(event)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task that does not outlive the call."""
        assert self._group is not None
        task = self._group.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
