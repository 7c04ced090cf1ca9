"""A line at a scripted carrier: the caller's words go in, and what we send comes out.

What the caller says is loudness, which the scripted recogniser reads; sound is heard by its
length, so nothing is sent at the pace of speech.
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from tests.voice.live.stand_ins import STEP, NoisySynthesizer, Samples
from voice.live.audio import encode
from voice.speech.engines import Hints, Transcript

ACCOUNT = "AC" + "0" * 32
FRAME_BYTES = 160
"""20 ms, as Twilio sends them."""
QUIET_SECONDS = 0.4
"""Without a message we have said it all: pieces of sound come every 40 ms."""


@dataclass
class Reading:
    """A recogniser that reads a text by how loud its sound is."""

    texts: list[str] = field(default_factory=list)

    def sound(self, text: str, seconds: float) -> bytes:
        """A caller's sound of which this text is made, in mu-law."""
        if text not in self.texts:
            self.texts.append(text)
        loudness = STEP * (2 + 2 * self.texts.index(text))
        samples = np.full(round(seconds * 8000), loudness, np.float32)
        return encode(samples, "pcmu")

    async def transcribe(self, samples: Samples, hints: Hints) -> Transcript:
        """By the level at which most of it stands."""
        del hints
        await asyncio.sleep(0)
        levels = np.rint(np.abs(samples) / STEP / 2).astype(int)
        (level, _), *_ = Counter(levels[levels > 0].tolist()).most_common(1) or [(0, 0)]
        return Transcript(self.texts[level - 1] if level else "", len(samples) / 16_000)


@dataclass
class Heard:
    """The line as the caller has it."""

    socket: ClientConnection
    call_sid: str
    stream_sid: str
    reading: Reading
    voice: NoisySynthesizer
    sound: bytearray = field(default_factory=bytearray)
    messages: list[dict[str, Any]] = field(default_factory=list)
    marks: bool = True
    """Whether it says at once that all was played."""
    read: int = 0
    """Messages that `until` has passed."""
    heard: int = 0
    """Sentences that `hears` has passed."""
    closed: int | None = None
    sequence: int = 1
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, event: str, **fields: Any) -> None:
        """One message, numbered."""
        self.sequence += 1
        numbered = {"sequenceNumber": str(self.sequence), "streamSid": self.stream_sid}
        await self.socket.send(json.dumps({"event": event, **numbered, **fields}))

    async def start(self, token: str, **fields: Any) -> None:
        """As a stream begins."""
        await self.send("connected", protocol="Call", version="1.0.0")
        begun = {
            "accountSid": ACCOUNT,
            "streamSid": self.stream_sid,
            "callSid": self.call_sid,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"token": token},
        }
        await self.send("start", start={**begun, **fields})

    async def plays(self, sound: bytes) -> None:
        """Sound of the caller's."""
        for at in range(0, len(sound), FRAME_BYTES):
            payload = base64.b64encode(sound[at : at + FRAME_BYTES]).decode()
            await self.send("media", media={"track": "inbound", "payload": payload})

    async def says(self, text: str, seconds: float = 1.0) -> None:
        """Words of the caller's, and the silence after them."""
        await self.plays(self.reading.sound(text, seconds) + b"\xff" * 8000 * 2)

    async def presses(self, keys: str) -> None:
        for key in keys:
            await self.send("dtmf", dtmf={"track": "inbound_track", "digit": key})

    async def listen(self) -> None:
        """Takes what we send, and says what it has played."""
        try:
            async for text in self.socket:
                message = json.loads(text)
                self.messages.append(message)
                if message["event"] == "media":
                    self.sound += base64.b64decode(message["media"]["payload"])
                if message["event"] == "mark" and self.marks:
                    await self.send("mark", mark=message["mark"])
                self._news.set()
        except ConnectionClosed:
            pass
        self.closed = self.socket.close_code
        self._news.set()

    async def until(self, what: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next such message after the last that was waited for."""
        while True:
            while self.read < len(self.messages):
                self.read += 1
                if what(self.messages[self.read - 1]):
                    return self.messages[self.read - 1]
            assert self.closed is None, f"closed with {self.closed}"
            await self._next()

    async def hears(self, words: str) -> str:
        """The sentence with these words in it, and all that follows until we are silent."""
        while True:
            new = self.voice.spoken[self.heard :]
            if any(words in sentence for sentence in new):
                break
            assert self.closed is None, f"closed with {self.closed}, after {new}"
            await self._next()
        await self.falls_silent(QUIET_SECONDS)
        said = self.voice.spoken[self.heard :]
        self.heard = len(self.voice.spoken)
        return " ".join(said)

    async def falls_silent(self, seconds: float) -> None:
        """Until no message has come for so long."""
        while await self._next(seconds):
            pass
        self.read = len(self.messages)

    async def _next(self, seconds: float | None = None) -> bool:
        """Whether anything came, and the line is open; waits so long for it, or until it does."""
        self._news.clear()
        coming = asyncio.ensure_future(self._news.wait())
        came, _ = await asyncio.wait([coming], timeout=seconds)
        coming.cancel()
        return bool(came) and self.closed is None

    async def until_closed(self) -> int | None:
        """The code with which we closed."""
        while self.closed is None:
            await self._next()
        return self.closed
