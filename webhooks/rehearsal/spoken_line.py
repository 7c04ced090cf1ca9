"""A caller's line to the audio socket: his words go in as sound, ours are read as they are told."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from random import Random
from typing import Any

from fastapi import FastAPI

from voice.live.audio_format import AudioFormat
from webhooks.realtime.session import NAMES
from webhooks.rehearsal.call_time import CallTime
from webhooks.rehearsal.caller_sound import CallerSound
from webhooks.rehearsal.line import LineFailed, Spoken
from webhooks.rehearsal.socket_client import Message, SocketClient

STEP_SECONDS = 0.04
"""Of sound in each event."""
THINKS_SECONDS = (0.1, 0.7)
"""Then, before the caller's first sound."""
HESITATES_SECONDS = (0.5, 1.0)
"""Within a sentence, where the temper speaks with pauses."""
LISTENS_SECONDS = 0.2
"""After our last sound: whether we hang up."""
AFTER_SECONDS = 2.0
"""So long after his words a caller takes what we said while he spoke for the answer to them."""
PATIENCE_SECONDS = 60.0
"""Of the call's own time, for an answer."""
DOOR_SECONDS = 120.0
"""Real ones, for the first words of an answer; a door that takes longer has failed."""


@dataclass(slots=True)
class Reply:
    """One response of ours."""

    began: float
    text: str = ""
    status: str = "in_progress"

    @property
    def heard(self) -> str:
        """Its words; a sentence that was cut off ends there."""
        return f"{self.text}..." if self.status == "cancelled" else self.text


class SpokenLine:
    """One call, in a time of its own."""

    def __init__(
        self, app: FastAPI, token: str, *, sound: CallerSound, time: CallTime, random: Random
    ) -> None:
        self._socket = SocketClient(app, token, self._told)
        self._sound = sound
        self._time = time
        self._random = random
        self._replies: list[Reply] = []
        self._heard: list[str] = []
        """What was understood of the caller, since he began to speak."""
        self._plays_until = 0.0
        self._unanswered = False
        """An utterance was taken, and no response to it has begun."""
        self._news = asyncio.Event()
        self._failure = ""

    async def ring(self, greeting: str) -> None:
        """The call begins, and the caller hears the greeting out."""
        del greeting  # it is asked for, and heard
        await self._socket.connect()
        shown = _shown(self._sound.format)
        audio = {"input": {"format": shown}, "output": {"format": shown}}
        session = {"type": "realtime", "audio": audio}
        await self._socket.send({"type": "session.update", "session": session})
        await self._socket.send({"type": "response.create"})
        self._unanswered = True
        await self._until_answered(0)

    async def say(self, text: str, *, early: str | None = None) -> Spoken:
        """Speaks and listens to the end. `early` is after what the caller hesitates."""
        first, self._heard = len(self._replies), []
        await self._wait(self._random.uniform(*THINKS_SECONDS))
        if early is not None:
            await self._speak(early)
            await self._wait(self._random.uniform(*HESITATES_SECONDS))
            text = " ".join(text.split()[len(early.split()) :])
        await self._speak(text)
        await self._until_answered(first)
        said = " ".join(each.heard for each in self._replies[first:] if each.text)
        acts = ("endCall",) if self._socket.closed else ()
        return Spoken(said, acts, heard=tuple(self._heard))

    async def hang_up(self) -> None:
        """The caller's side ends the call."""
        await self._socket.close()

    async def _speak(self, text: str) -> None:
        await self._send(await self._sound.words(text))

    async def _wait(self, seconds: float) -> None:
        await self._send(self._sound.silence(seconds))

    async def _send(self, sound: bytes) -> None:
        """At the pace at which it sounds, by the call's own time."""
        rate = self._sound.format.bytes_a_second
        step = round(rate * STEP_SECONDS)
        for at in range(0, len(sound), step):
            piece = sound[at : at + step]
            if self._socket.closed:
                return
            audio = base64.b64encode(piece).decode("ascii")
            await self._socket.send({"type": "input_audio_buffer.append", "audio": audio})
            await self._time.advance(len(piece) / rate)
            await self._until_worded()

    async def _until_worded(self) -> None:
        """Time stands still while the answer is being thought of."""
        try:
            async with asyncio.timeout(DOOR_SECONDS):
                while self._thinking and not self._socket.closed:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise LineFailed("no answer began") from None
        if self._failure:
            raise LineFailed(self._failure)

    @property
    def _thinking(self) -> bool:
        if self._unanswered or not self._replies:
            return self._unanswered
        last = self._replies[-1]
        return not last.text and last.status == "in_progress"

    async def _until_answered(self, first: int) -> None:
        """Until a reply that is no older than `first` was heard out, or the line is closed."""
        silent_since = self._time.seconds
        while not self._socket.closed:
            if self._time.seconds > silent_since + PATIENCE_SECONDS:
                raise LineFailed("no answer came")
            await self._wait(STEP_SECONDS)
            reply = self._replies[-1] if len(self._replies) > first else None
            if reply is None or self._unanswered or reply.status == "in_progress":
                continue
            newer = reply.began >= silent_since
            waited = self._time.seconds >= silent_since + AFTER_SECONDS
            if (newer or waited) and self._time.seconds >= self._plays_until + LISTENS_SECONDS:
                return

    def _told(self, message: Message) -> None:
        """What the socket tells."""
        self._news.set()
        match message["type"]:
            case "response.created":
                self._unanswered = False
                self._replies.append(Reply(self._time.seconds))
            case "response.output_audio_transcript.delta":
                self._replies[-1].text += message["delta"]
            case "response.output_audio.delta":
                seconds = 3 * len(message["delta"]) / 4 / self._sound.format.bytes_a_second
                self._plays_until = max(self._plays_until, self._time.seconds) + seconds
            case "response.output_audio_transcript.done":
                self._replies[-1].text = message["transcript"]  # as far as it was heard
            case "response.done":
                self._replies[-1].status = message["response"]["status"]
                if self._replies[-1].status == "cancelled":
                    self._plays_until = self._time.seconds
            case "input_audio_buffer.committed":
                self._unanswered = True
            case "conversation.item.input_audio_transcription.completed":
                self._heard.append(message["transcript"])
            case "error":
                self._failure = message["error"]["message"]


def _shown(line: AudioFormat) -> dict[str, Any]:
    name = NAMES[line]
    return {"type": name, "rate": line.rate} if name == "audio/pcm" else {"type": name}
