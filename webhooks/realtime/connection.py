"""One client's socket beside one live call: events go both ways until either has had enough."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import singledispatchmethod

import orjson
import structlog
from fastapi import WebSocket
from starlette.websockets import WebSocketDisconnect, WebSocketState

from voice.live.call import TooMuchAudio
from voice.live.events import Committed, Ended, EndReason, Event, ReplyBegan
from voice.live.settings import LiveSettings
from webhooks.admission import Speaker, spend_turn
from webhooks.live_calls import OpenCall
from webhooks.problems import Problem
from webhooks.realtime import client_events as sent
from webhooks.realtime.allowance import Allowed, TooFast
from webhooks.realtime.server_events import Message, ServerEvents, error_message, message
from webhooks.realtime.session import SentSession, ServerVad, Session

log = structlog.stdlib.get_logger(__name__)

SEND_SECONDS = 10.0
"""How long a client may leave what we send unread."""
CLOSING_SECONDS = 2.0
LEAST_COMMITTED_SECONDS = 0.1
"""As OpenAI's own server has it: with less there is nothing to commit."""
HUNG_UP = 1000
GOING_AWAY = 1001
POLICY = 1008
FAULT = 1011
TRY_LATER = 1013
CLOSES: dict[EndReason | None, int] = {
    "refused": TRY_LATER,
    "failed": FAULT,
    "shutdown": GOING_AWAY,
    "lost": POLICY,
}
"""How a call's end is told; every other end is an ordinary one."""


class Connection:
    """Reads what its client sends, and writes what comes of the call."""

    def __init__(
        self,
        websocket: WebSocket,
        line: OpenCall,
        session: Session,
        *,
        speaker: Speaker,
        typed_because: str | None,
    ) -> None:
        """`typed_because`: why nobody can speak here; None when everybody can."""
        self._websocket = websocket
        self._line = line
        self._live = line.live
        self._session = session
        self._speaker = speaker
        self._typed_because = typed_because
        self._events = ServerEvents(session)
        self._sending = asyncio.Lock()
        self._sends = 0
        """Begun and ended: odd while one is under way."""
        self._allowed = Allowed.ordinary(self._live.now)
        self._uncommitted = 0.0
        """Seconds of sound since the last utterance."""

    async def serve(self) -> None:
        """Until the call ends, or its line."""
        parts = (self._write(), self._read(), self._watch())
        working = {asyncio.create_task(part) for part in parts}
        try:
            done, _ = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)
        faults = [fault for task in done if (fault := task.exception()) is not None]
        if faults:
            await self._give_up(faults[0])
        else:
            await self._close(CLOSES.get(self._line.reason, HUNG_UP))

    async def _write(self) -> None:
        """The call's events, until it ends."""
        await self._send([message("session.created", session=self._session.shown())])
        if self._typed_because is not None:
            what = f"Nobody can speak here, so all is written: {self._typed_because}."
            await self._tell("speech_unavailable", what)
        if self._line.refused:
            await self._tell("too_many_calls", "All lines are taken; try again in a while.")
        async for event in self._line.events():
            if isinstance(event, Ended):
                return
            await self._send(self._told(event))

    async def _watch(self) -> None:
        """TimeoutError when the client does not read. A timer for each message costs more."""
        while True:
            sends = self._sends
            await asyncio.sleep(SEND_SECONDS)
            if sends % 2 and sends == self._sends:
                raise TimeoutError

    def _told(self, event: Event) -> Iterable[Message]:
        """What the client hears of this. TooFast for more turns than one caller may take."""
        if isinstance(event, Committed):
            self._uncommitted = 0.0
            if self._session.turn_detection is not None:
                try:
                    spend_turn(self._websocket, self._speaker)
                except Problem as problem:
                    raise TooFast(str(problem.detail)) from None
        elif isinstance(event, ReplyBegan):
            self._allowed.answered()
        return self._events.of(event)

    async def _read(self) -> None:
        """What the client sends, until it goes; what cannot be used is answered, and it goes on."""
        while True:
            received = await self._websocket.receive()
            if received["type"] == "websocket.disconnect":
                self._gone(received.get("code"))
                return
            text = received.get("text")
            await self._take(text if text is not None else received.get("bytes") or b"")

    def _gone(self, code: int | None) -> None:
        """A client that hangs up says so; everything else is a line that broke."""
        if code == HUNG_UP:
            self._live.hang_up("caller")
        else:
            self._line.lose()

    async def _how_it_left(self) -> int | None:
        """The code behind all that the client sent before it went."""
        with suppress(RuntimeError):  # we have read it already
            while True:
                received = await self._websocket.receive()
                if received["type"] == "websocket.disconnect":
                    return received.get("code")
        return None

    async def _take(self, text: str | bytes) -> None:
        event_id = None
        try:
            event = sent.read_client_event(text)
            if isinstance(event, sent.Append):  # most are
                self._hear(event.audio)
                return
            event_id = event.event_id
            self._allowed.event()
            if messages := self._do(event):
                await self._send(messages)
        except sent.BadEvent as bad:
            self._allowed.event()
            bad.event_id = bad.event_id or event_id
            await self._send([error_message(bad)])

    def _hear(self, audio: bytes) -> None:
        seconds = len(audio) / self._session.audio_in.bytes_a_second
        self._allowed.sound(seconds)
        self._uncommitted += seconds
        self._live.hear(audio)

    async def _give_up(self, fault: BaseException) -> None:
        """The line is lost, by the client's doing or by ours."""
        call_id = self._session.call_id
        if isinstance(fault, WebSocketDisconnect):  # noticed in sending, before it was read
            self._gone(await self._how_it_left())
            log.info("realtime client left", call_id=call_id)
            return
        self._line.lose()
        match fault:
            case TooFast() | TooMuchAudio():
                log.warning("realtime client sends too much", call_id=call_id)
                await say_last(self._websocket, sent.BadEvent("rate_limit_exceeded", f"{fault}"))
                await self._close(POLICY)
            case TimeoutError():
                log.warning("realtime client does not read", call_id=call_id)
                await self._close(POLICY)
            case _:
                log.error("realtime socket failed", call_id=call_id, exc_info=fault)
                await self._close(FAULT)

    # What each event does. What it returns is told at once; the rest follows from the call.

    @singledispatchmethod
    def _do(self, event: sent.ClientEvent) -> Iterable[Message]:
        raise NotImplementedError(type(event))

    @_do.register
    def _(self, event: sent.SessionUpdate) -> Iterable[Message]:
        session = self._session.updated(event.session)
        if self._typed_because is not None:
            session = session.updated(SentSession(output_modalities=["text"]))
        self._session = self._events.session = session
        self._live.change(live_settings(session))
        return [message("session.updated", session=session.shown())]

    @_do.register
    def _(self, _event: sent.Commit) -> Iterable[Message]:
        if self._uncommitted < LEAST_COMMITTED_SECONDS or self._typed_because is not None:
            raise sent.BadEvent(
                "input_audio_buffer_commit_empty",
                "There is not a tenth of a second of sound that could be committed.",
            )
        self._uncommitted = 0.0
        self._live.end_utterance()
        return ()

    @_do.register
    def _(self, _event: sent.Clear) -> Iterable[Message]:
        self._uncommitted = 0.0
        self._live.clear()
        return [message("input_audio_buffer.cleared")]

    @_do.register
    def _(self, event: sent.CreateItem) -> Iterable[Message]:
        self._allowed.words(event.item.text)
        told = list(self._events.typed(event.item))
        self._live.type(event.item.text)
        return told

    @_do.register
    def _(self, event: sent.TruncateItem) -> Iterable[Message]:
        reply = self._events.truncated(event.item_id, event.content_index, event.audio_end_ms)
        self._live.truncated(reply, event.audio_end_ms)
        told = {"item_id": event.item_id, "content_index": event.content_index}
        return [message("conversation.item.truncated", **told, audio_end_ms=event.audio_end_ms)]

    @_do.register
    def _(self, event: sent.RetrieveItem) -> Iterable[Message]:
        return [self._events.retrieved(event.item_id)]

    @_do.register
    def _(self, event: sent.DeleteItem) -> Iterable[Message]:
        return [self._events.deleted(event.item_id)]

    @_do.register
    def _(self, _event: sent.CreateResponse) -> Iterable[Message]:
        self._events.may_ask()
        try:
            spend_turn(self._websocket, self._speaker)
        except Problem as problem:
            raise sent.BadEvent("rate_limit_exceeded", str(problem.detail)) from None
        self._events.asked()
        self._live.respond()
        return ()

    @_do.register
    def _(self, event: sent.CancelResponse) -> Iterable[Message]:
        self._events.given_up(event)
        self._live.cancel()
        return ()

    async def _tell(self, code: str, text: str) -> None:
        await self._send([error_message(sent.BadEvent(code, text), fault="server_error")])

    async def _send(self, messages: Iterable[Message]) -> None:
        """In order; `_watch` sees how long it takes."""
        async with self._sending:
            self._sends += 1
            try:
                await send_all(self._websocket, messages)
            finally:
                self._sends += 1

    async def _close(self, code: int) -> None:
        await close(self._websocket, code)


async def send_all(websocket: WebSocket, messages: Iterable[Message]) -> None:
    """One after the other, for as long as the client takes to read them."""
    for each in messages:
        await websocket.send_text(orjson.dumps(each).decode())


async def say_last(websocket: WebSocket, why: sent.BadEvent) -> None:
    """Why the line is closed, to whoever is still there."""
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(CLOSING_SECONDS):
            await send_all(websocket, [error_message(why, fault="server_error")])


async def close(websocket: WebSocket, code: int) -> None:
    """Say why, to whoever is still there."""
    if WebSocketState.DISCONNECTED in (websocket.client_state, websocket.application_state):
        return
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(CLOSING_SECONDS):
            await websocket.close(code)


def live_settings(session: Session) -> LiveSettings:
    """What of the session the call itself must know."""
    detection = session.turn_detection
    settings = LiveSettings(
        audio_in=session.audio_in,
        audio_out=session.audio_out,
        speaks=session.speaks,
        detects_turns=detection is not None,
        answers_turns=detection is None or detection.create_response,
    )
    if isinstance(detection, ServerVad):
        return replace(settings, silence_seconds=detection.silence_duration_ms / 1000)
    return settings
