"""Hosted engines against a server of our own on loopback, and the second engine behind them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field

import httpx2
import numpy as np
import pytest
from numpy.typing import NDArray

from voice.breaker import Breaker
from voice.speech import hosted
from voice.speech.engines import EngineFailed, Hints, Transcript
from voice.speech.falling_back import FallingBackSynthesizer, FallingBackTranscriber
from voice.speech.hosted import HostedSpeech, HostedSynthesizer, HostedTranscriber, wave_file

SERVER = HostedSpeech("http://speech.test/v1/", "secret", "ears-1", "mouth-1", "alloy")
SOUND = np.zeros(16_000, np.float32)
Answering = Callable[[httpx2.Request], httpx2.Response]


@dataclass
class Outside:
    """What answers in place of the server, and what it was asked."""

    answer: Answering
    asked: list[httpx2.Request] = field(default_factory=list)

    def client(self) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))

    async def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        return self.answer(request)


class Spare:
    """An engine that always works."""

    async def transcribe(self, samples: NDArray[np.float32], hints: Hints) -> Transcript:
        return Transcript("from here", samples.size / 16_000)

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        yield b"spare"


class Stream(httpx2.AsyncByteStream):
    """Pieces, then what ends them; knows whether it was hung up on."""

    def __init__(self, *pieces: bytes, end: Exception | None = None, hang: bool = False) -> None:
        self.pieces, self.end, self.hang = pieces, end, hang
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        if self.hang:
            await asyncio.Event().wait()
        if self.end is not None:
            raise self.end

    async def aclose(self) -> None:
        self.closed = True


async def test_an_utterance_is_sent_as_a_wave_file_with_its_names() -> None:
    outside = Outside(lambda _: httpx2.Response(200, json={"text": " Vera cross,\n please. "}))
    async with outside.client() as client:
        heard = await HostedTranscriber(client, SERVER).transcribe(SOUND, Hints(("Vera Cruz",)))
    assert heard == Transcript("Vera Cruz, please.", 1.0)
    request = outside.asked[0]
    body = request.content
    assert str(request.url) == "http://speech.test/v1/audio/transcriptions"
    assert request.headers["authorization"] == "Bearer secret"
    assert wave_file(SOUND) in body
    assert b"ears-1" in body
    assert b"Vera Cruz." in body


async def test_pieces_of_sound_are_passed_on_in_whole_samples() -> None:
    outside = Outside(lambda _: httpx2.Response(200, stream=Stream(b"abc", b"de", b"f")))
    async with outside.client() as client:
        pieces = [p async for p in HostedSynthesizer(client, SERVER).speak("K7M2QX at 14:30")]
    assert pieces == [b"ab", b"cd", b"ef"]
    assert b'"K, 7, M, 2, Q, X at 2:30 PM"' in outside.asked[0].content


@pytest.mark.parametrize(
    "answer",
    [
        lambda: httpx2.Response(500),
        lambda: httpx2.Response(200, text="hello"),
        lambda: httpx2.Response(200, json={"text": 3}),
        lambda: httpx2.Response(200, json=[]),
        lambda: httpx2.Response(200, content=b" " * (hosted.MOST_TRANSCRIPT_BYTES + 1)),
        lambda: httpx2.Response(200, stream=Stream(end=httpx2.ReadError("gone"))),
    ],
)
async def test_no_words_from_the_server_are_words_from_here(
    answer: Callable[[], httpx2.Response],
) -> None:
    outside = Outside(lambda _: answer())
    async with outside.client() as client:
        breaker = Breaker(failures=2, rest_seconds=60)
        both = FallingBackTranscriber(HostedTranscriber(client, SERVER), Spare(), breaker)
        for _ in range(4):
            assert (await both.transcribe(SOUND, Hints())).text == "from here"
    assert len(outside.asked) == 2  # then the breaker spares callers the wait


@pytest.mark.parametrize(
    ("stream", "heard"),
    [
        (Stream(), [b"spare"]),
        (Stream(b"RIFF....WAVE"), [b"spare"]),
        (Stream(b"ab", end=httpx2.ReadError("gone")), [b"ab", b"spare"]),
    ],
)
async def test_no_sound_from_the_server_is_sound_from_here(
    stream: Stream, heard: list[bytes]
) -> None:
    outside = Outside(lambda _: httpx2.Response(200, stream=stream))
    async with outside.client() as client:
        breaker = Breaker(failures=1, rest_seconds=60)
        both = FallingBackSynthesizer(HostedSynthesizer(client, SERVER), Spare(), breaker)
        assert [piece async for piece in both.speak("Hello.")] == heard
        assert [piece async for piece in both.speak("Hello.")] == [b"spare"]
    assert stream.closed
    assert len(outside.asked) == 1


async def test_a_server_that_stops_speaking_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    # The times that callers would wait for: nothing here depends on how short they are.
    monkeypatch.setattr(hosted, "FIRST_PIECE_SECONDS", 0.01)
    stream = Stream(hang=True)
    async with Outside(lambda _: httpx2.Response(200, stream=stream)).client() as client:
        with pytest.raises(EngineFailed, match="late"):
            _ = [piece async for piece in HostedSynthesizer(client, SERVER).speak("Hello.")]
    assert stream.closed


async def test_who_stops_listening_hangs_up_on_the_server() -> None:
    stream = Stream(b"ab", hang=True)
    async with Outside(lambda _: httpx2.Response(200, stream=stream)).client() as client:
        breaker = Breaker(failures=1, rest_seconds=60)
        both = FallingBackSynthesizer(HostedSynthesizer(client, SERVER), Spare(), breaker)
        async with aclosing(both.speak("Hello.")) as pieces:
            assert await anext(pieces) == b"ab"
        assert stream.closed
    assert not breaker.is_open
