"""Opening the engines of one process: behind the doors that type, which do not wait for them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import httpx2
import structlog

from voice.breaker import Breaker
from voice.speech.engines import EngineFailed, Synthesizer, Transcriber
from voice.speech.falling_back import FallingBackSynthesizer, FallingBackTranscriber
from voice.speech.hosted import HostedSpeech, HostedSynthesizer, HostedTranscriber
from voice.speech.seats import Seat, Seats
from voice.speech.vocabulary import read_vocabulary
from voice.speech.weights import (
    DICTATION,
    UNKNOWN_WORDS,
    VOICE,
    VOICE_ACTIVITY,
    WHISPER,
    read_weights,
    speech_installed,
)
from voice.speech.workers import Workers

if TYPE_CHECKING:
    from voice.speech.voice_activity import VoiceActivity

log = structlog.stdlib.get_logger(__name__)

CALLS = 8
"""At once, on two cores: then a turn still waits 0.25 s for its engines (ARCHITECTURE.md)."""
DECODES = 2
"""At once: what is asked of a sound over our own does not wait for a whole utterance."""
THREADS_A_DECODE = 2
"""Alone it takes 360 ms instead of 515, two at once are no slower, beside a voice neither (an AMD
EPYC of two cores). Where there is one core it has one."""
WAITING = 32
"""Decodes and sentences that may wait: more than the calls that are admitted bring about."""
FAILURES = 3
REST_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class SpeechChoice:
    """Which engines, and for how many."""

    off: bool = False
    """Nobody speaks here: all is typed."""

    hosted: HostedSpeech | None = None
    """None: nothing that a caller says leaves this machine."""
    calls: int = CALLS
    weights: Path | None = None
    """A folder whose files stand before those of packages."""


@dataclass(frozen=True, slots=True)
class Engines:
    """What a live call hears and speaks with; shared by all calls of the process."""

    transcriber: Transcriber
    synthesizer: Synthesizer
    voice_activity: Callable[[], VoiceActivity]
    """Makes one for a call."""
    seats: Seats
    names: str
    """As `serve` prints them."""

    def admit(self) -> Seat | None:
        """A seat for a new call, to be left at its end; None when the house is full."""
        return self.seats.admit()


class Speech:
    """The engines as they load: not there yet, there, or why they cannot be."""

    def __init__(self, loading: asyncio.Task[Engines]) -> None:
        self._loading = loading

    async def ready(self) -> Engines:
        """The engines, once they are loaded. Raises EngineFailed when they cannot be."""
        return await asyncio.shield(self._loading)

    @property
    def engines(self) -> Engines | None:
        """The engines if they are there now."""
        return None if self.why_not else self._loading.result()

    @property
    def state(self) -> Literal["ready", "loading", "absent"]:
        """How far they are."""
        if not self._loading.done():
            return "loading"
        return "absent" if self.why_not else "ready"

    @property
    def why_not(self) -> str | None:
        """Why nobody can speak now, in one line; None when everybody can."""
        if not self._loading.done():
            return "speech is still loading"
        if self._loading.cancelled():
            return "speech is closed"
        failure = self._loading.exception()
        return str(failure) if failure is not None else None


@asynccontextmanager
async def open_engines(choice: SpeechChoice, client: httpx2.AsyncClient) -> AsyncIterator[Speech]:
    """Begins to load at once, and does not wait for it. `client` carries what is hosted."""
    hearing = Workers("recogniser", threads=DECODES, waiting=WAITING)
    speaking = Workers("voice", threads=1, waiting=WAITING)
    loading = asyncio.create_task(_load(choice, client, hearing, speaking))
    loading.add_done_callback(_report)
    try:
        yield Speech(loading)
    finally:
        loading.cancel()
        await asyncio.wait([loading])
        await asyncio.to_thread(hearing.close)
        await asyncio.to_thread(speaking.close)


async def _load(
    choice: SpeechChoice, client: httpx2.AsyncClient, hearing: Workers, speaking: Workers
) -> Engines:
    if choice.off:
        raise EngineFailed("speech is switched off")
    if (missing := speech_installed()) is not None:
        raise EngineFailed(missing)
    try:
        transcriber, activity = await hearing.run(partial(_open_hearing, choice.weights, hearing))
        synthesizer = await speaking.run(partial(_open_speaking, choice.weights, speaking))
    except (ImportError, OSError, RuntimeError, ValueError) as error:  # out of native code
        raise EngineFailed(f"speech cannot be loaded: {type(error).__name__}: {error}") from error
    names = "Whisper tiny.en hears, hibari speaks, on this machine"
    server = choice.hosted
    if server is not None:
        transcriber = FallingBackTranscriber(
            HostedTranscriber(client, server), transcriber, _breaker()
        )
        synthesizer = FallingBackSynthesizer(
            HostedSynthesizer(client, server), synthesizer, _breaker()
        )
        names = (
            f"{server.transcription_model} hears, {server.speech_model} speaks, "
            f"at {httpx2.URL(server.base_url).host}; this machine when they fail"
        )
    return Engines(transcriber, synthesizer, activity, Seats(choice.calls), names)


def _open_hearing(
    folder: Path | None, workers: Workers
) -> tuple[Transcriber, Callable[[], VoiceActivity]]:
    from voice.speech.adapter import adapted
    from voice.speech.local_transcriber import LocalTranscriber, open_model
    from voice.speech.voice_activity import VoiceActivity, open_session

    files = {file.name: read_weights(file, folder) for file in WHISPER}
    vocabulary = read_vocabulary(files["tokenizer.json"])
    session = open_session(read_weights(VOICE_ACTIVITY, folder))
    threads = min(THREADS_A_DECODE, os.cpu_count() or 1)
    model = open_model(files, DECODES, threads=threads)
    files["model.bin"] = adapted(files["model.bin"], read_weights(DICTATION, folder))
    dictation = open_model(files, DECODES, threads=threads)
    transcriber = LocalTranscriber(model, dictation, vocabulary, workers)
    return transcriber, partial(VoiceActivity, session)


def _open_speaking(folder: Path | None, workers: Workers) -> Synthesizer:
    from voice.speech.local_synthesizer import LocalSynthesizer, open_voice

    model, unknown_words = read_weights(VOICE, folder), read_weights(UNKNOWN_WORDS, folder)
    return LocalSynthesizer(open_voice(model, unknown_words), workers)


def _breaker() -> Breaker:
    return Breaker(failures=FAILURES, rest_seconds=REST_SECONDS)


def _report(loading: asyncio.Task[Any]) -> None:
    if not loading.cancelled() and (failure := loading.exception()) is not None:
        log.warning("speech_unavailable", why=str(failure))
