"""A media stream beside a live call: what the carrier sends is heard, what we say is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import WebSocket
from starlette.websockets import WebSocketDisconnect

from voice.live.audio_format import PCMU_8K
from voice.live.call import TooMuchAudio
from voice.live.events import ActDue, Event, Interrupted, Mark, PartAudio
from voice.live.settings import LiveSettings
from voice.putting_through import TransferOutcome
from voice.turn import Transfer
from webhooks.budget import Budget
from webhooks.carriers.calls import CarrierCalls
from webhooks.carriers.media import (
    BadMessage,
    Played,
    Pressed,
    ReceivedMessage,
    Sound,
    StartOfStream,
    Stopped,
    clear_message,
    mark_message,
    read_media_message,
    sound_message,
)
from webhooks.live_calls import OpenCall

log = structlog.stdlib.get_logger(__name__)

SETTINGS = LiveSettings(audio_in=PCMU_8K, audio_out=PCMU_8K, marks=True)
SEND_SECONDS = 10.0
"""How long the carrier may leave what we send unread."""
AT_ONCE, A_SECOND = 1500, 120
"""Messages: fifty pieces of sound come a second, and half a minute of them after a stall."""
MOST_BAD = 20
"""Messages that are none, before a stream is not worth listening to."""
KEYS = frozenset("0123456789*#")


class TooMuch(Exception):
    """More comes than a media stream has, or what is none; in one line."""


class MediaStream:
    """One stream of one call, once it has shown which."""

    def __init__(
        self,
        websocket: WebSocket,
        line: OpenCall,
        calls: CarrierCalls,
        start: StartOfStream,
        came_back: Callable[[TransferOutcome], Awaitable[str]],
    ) -> None:
        """`came_back`: what a caller hears who was put through and reached nobody."""
        self._websocket = websocket
        self._line = line
        self._live = line.live
        self._calls = calls
        self._call_sid = start.call_sid
        self._stream_sid = start.stream_sid
        self._came_back = came_back
        self._newest = 0
        """Sequence number: what comes twice is taken once."""
        self._budget = Budget(AT_ONCE, A_SECOND)
        self._bad = 0
        self._transferring: asyncio.Task[None] | None = None

    async def serve(self, *, outcome: TransferOutcome | None) -> None:
        """Until either side has had enough. We speak first; `outcome`: of putting the caller
        through, who is back."""
        if not self._line.refused:
            if outcome is not None:
                self._live.say(await self._came_back(outcome))
            else:
                self._live.respond()
        reading = asyncio.create_task(self._read())
        try:
            async for event in self._line.events():
                await self._tell(event)
        except (TimeoutError, WebSocketDisconnect, RuntimeError):
            log.info("carrier left or does not read", call_id=self._call_sid)
            self._live.hang_up("caller")
        finally:
            running = [each for each in (reading, self._transferring) if each is not None]
            for each in running:
                each.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _tell(self, event: Event) -> None:
        """What of an event the carrier must know or do."""
        match event:
            case PartAudio():
                await self._send(sound_message(self._stream_sid, event.audio))
            case Mark():
                await self._send(mark_message(self._stream_sid, event.name))
            case Interrupted():
                await self._send(clear_message(self._stream_sid))
            case ActDue(act=Transfer(number=number)):
                self._transfer_to(number)
            case ActDue():
                await self._calls.hang_up(self._call_sid)
            case _:
                pass

    async def _send(self, message: str) -> None:
        """TimeoutError when the carrier does not read."""
        async with asyncio.timeout(SEND_SECONDS):
            await self._websocket.send_text(message)

    def _transfer_to(self, number: str) -> None:
        """Beside the call: the caller may speak while the carrier thinks about it."""
        if self._transferring is None or self._transferring.done():
            self._transferring = asyncio.create_task(self._transfer(number))

    async def _transfer(self, number: str) -> None:
        if await self._calls.transfer(self._call_sid, number):
            self._line.lose()  # until we are told whether anybody answered
        else:
            self._live.say(await self._came_back("not_possible"))

    async def _read(self) -> None:
        """What the carrier sends, until the call is over."""
        try:
            while True:
                text = await received(self._websocket)
                if not self._budget.spend():
                    raise TooMuch("more messages than any call needs")
                self._take(text)
        except WebSocketDisconnect:
            self._over()
        except (TooMuchAudio, TooMuch) as error:
            log.warning("stream given up", call_id=self._call_sid, why=str(error))
            self._live.hang_up("failed")
        except Exception as error:
            log.error("media stream failed", call_id=self._call_sid, exc_info=error)
            self._live.hang_up("failed")

    def _take(self, text: str | bytes) -> None:
        try:
            message = read_media_message(text)
        except BadMessage as bad:
            self._bad += 1
            if self._bad > MOST_BAD:
                raise TooMuch("more bad messages than good faith sends") from bad
            return
        if message is not None and self._is_ours_and_new(message):
            self._do(message)

    def _is_ours_and_new(self, message: ReceivedMessage) -> bool:
        if message.stream_sid not in (None, self._stream_sid):
            return False
        number = message.sequence_number
        if number is not None and number <= self._newest:
            return False
        self._newest = number or self._newest
        return True

    def _do(self, message: ReceivedMessage) -> None:
        match message:
            case Sound(audio=audio) if audio:
                self._live.hear(audio)
            case Pressed(dtmf=key) if key.digit in KEYS:
                self._live.press(key.digit)
            case Played(mark=mark):
                self._live.marked(mark.name)
            case Stopped():
                self._over()
            case _:
                pass

    def _over(self) -> None:
        """The caller hung up, or is being put through: the carrier does not say which."""
        if self._transferring is not None and not self._transferring.done():
            self._line.lose()
        else:
            self._live.hang_up("caller")


async def received(websocket: WebSocket) -> str | bytes:
    """The next message. Raises WebSocketDisconnect at the end."""
    message: dict[str, Any] = dict(await websocket.receive())
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code") or 1006)
    return message.get("text") or message.get("bytes") or ""
