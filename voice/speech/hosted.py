"""Any OpenAI-compatible server as an engine: `/audio/transcriptions` and `/audio/speech`."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2
import orjson

from voice.speech.engines import (
    HEARD_RATE,
    SPOKEN_RATE,
    EngineFailed,
    Hints,
    Synthesizer,
    Transcriber,
    Transcript,
)
from voice.speech.hinted_names import restore_names
from voice.speech.speakable import speakable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TRANSCRIPT_SECONDS = 3.0
"""From the end of the caller's sound to all of its words; then the local engine is quicker."""
FIRST_PIECE_SECONDS = 1.5
NEXT_PIECE_SECONDS = 2.0
MOST_TRANSCRIPT_BYTES = 64_000
MOST_SOUND_BYTES = 120 * SPOKEN_RATE * 2


@dataclass(frozen=True, slots=True)
class HostedSpeech:
    """A server and what to ask of it."""

    base_url: str
    """Up to and without `/audio`."""
    key: str | None
    transcription_model: str
    speech_model: str
    voice: str

    def headers(self) -> dict[str, str]:
        """Who we are, where the server wants to know."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    def url(self, what: str) -> str:
        """Of `audio/transcriptions` or `audio/speech`."""
        return f"{self.base_url.rstrip('/')}/{what}"


class HostedTranscriber(Transcriber):
    """Sends one utterance as a WAV file, with the names that it may hold."""

    def __init__(self, client: httpx2.AsyncClient, server: HostedSpeech) -> None:
        self._client = client
        self._server = server

    async def transcribe(self, samples: NDArray[np.float32], hints: Hints) -> Transcript:
        """See Transcriber."""
        fields = {
            "model": self._server.transcription_model,
            "language": "en",
            "response_format": "json",
        }
        if hints.names:
            fields["prompt"] = f"{', '.join(hints.names)}."
        request = self._client.build_request(
            "POST",
            self._server.url("audio/transcriptions"),
            headers=self._server.headers(),
            data=fields,
            files={"file": ("utterance.wav", wave_file(samples), "audio/wav")},
        )
        async with _deadline(TRANSCRIPT_SECONDS), _answer(self._client, request) as response:
            told = await _at_most(response, MOST_TRANSCRIPT_BYTES)
        return Transcript(restore_names(_text(told), hints.names), samples.size / HEARD_RATE)


class HostedSynthesizer(Synthesizer):
    """Asks for raw sound and passes its pieces on as they come."""

    def __init__(self, client: httpx2.AsyncClient, server: HostedSpeech) -> None:
        self._client = client
        self._server = server

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        """See Synthesizer."""
        asked = {
            "model": self._server.speech_model,
            "voice": self._server.voice,
            "input": speakable(text),
            "response_format": "pcm",
        }
        request = self._client.build_request(
            "POST",
            self._server.url("audio/speech"),
            headers={**self._server.headers(), "Content-Type": "application/json"},
            content=orjson.dumps(asked),
        )
        async with _answer(self._client, request, FIRST_PIECE_SECONDS) as response:
            _check_kind(response)
            async for piece in _whole_samples(response):
                yield piece


def wave_file(samples: NDArray[np.float32]) -> bytes:
    """16 kHz mono, 16 bits."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(HEARD_RATE)
        file.writeframes((samples.clip(-1.0, 1.0) * 32767).astype("<i2").tobytes())
    return held.getvalue()


async def _whole_samples(response: httpx2.Response) -> AsyncIterator[bytes]:
    """Pieces of an even number of bytes, the first within its time and each after it in its own."""
    received = response.aiter_bytes()
    half, total, seconds = b"", 0, FIRST_PIECE_SECONDS
    while True:
        async with _deadline(seconds):
            piece = await anext(received, None)
        if piece is None:
            break
        total += len(piece)
        if total > MOST_SOUND_BYTES:
            raise EngineFailed("speech: endless")
        if total == len(piece) and piece.startswith((b"RIFF", b"ID3", b"OggS")):
            raise EngineFailed("speech: a sound file instead of raw sound")
        seconds = NEXT_PIECE_SECONDS
        piece = half + piece
        whole = len(piece) // 2 * 2
        piece, half = piece[:whole], piece[whole:]
        if piece:
            yield piece
    if total < 2:
        raise EngineFailed("speech: empty")


def _check_kind(response: httpx2.Response) -> None:
    kind = response.headers.get("content-type", "").partition(";")[0]
    if kind.startswith(("text/", "application/json")):
        raise EngineFailed(f"speech: {kind} instead of sound")


def _text(told: bytes) -> str:
    try:
        text = orjson.loads(told)["text"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise EngineFailed("transcription: no text in the answer") from error
    if not isinstance(text, str):
        raise EngineFailed("transcription: no text in the answer")
    return " ".join(text.split())


async def _at_most(response: httpx2.Response, most: int) -> bytes:
    held = b""
    async for piece in response.aiter_bytes():
        held += piece
        if len(held) > most:
            raise EngineFailed("transcription: endless")
    return held


@asynccontextmanager
async def _deadline(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise EngineFailed("late") from error


@asynccontextmanager
async def _answer(
    client: httpx2.AsyncClient, request: httpx2.Request, seconds: float | None = None
) -> AsyncIterator[httpx2.Response]:
    """The open answer, begun within `seconds`; leaving it hangs up on the server."""
    try:
        async with _deadline(seconds or TRANSCRIPT_SECONDS):
            response = await client.send(request, stream=True)
        try:
            if response.status_code != 200:
                raise EngineFailed(f"status {response.status_code}")
            yield response
        finally:
            await response.aclose()
    except httpx2.HTTPError as error:
        raise EngineFailed(f"unreachable: {type(error).__name__}") from error
