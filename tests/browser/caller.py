"""A caller at the browser: says what the test gives him, and remembers what he hears."""

from __future__ import annotations

import asyncio
import base64
import io
import json
import wave
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, WebSocket, expect

from benchmarks.telephone_line import to_16k
from voice.speech.engines import SPOKEN_RATE, Hints
from voice.speech.opening import SpeechChoice, open_engines

SOUND_SCRIPT = Path(__file__).with_name("sound.js")
PATIENCE = 60_000
"""Milliseconds until a test gives up waiting: engines share this machine with other tests."""
TRIES = 4
NOT_CAUGHT = "didn't catch that"
AUDIBLE = 0.01

Result = TypeVar("Result")


def spoken(sentences: Iterable[str]) -> dict[str, bytes]:
    """Each sentence as a wave file, in the voice of our own engine."""

    async def speak() -> dict[str, bytes]:
        async with httpx2.AsyncClient() as client, open_engines(SpeechChoice(), client) as speech:
            voice = (await speech.ready()).synthesizer
            return {
                each: wave_file(b"".join([piece async for piece in voice.speak(each)]))
                for each in sentences
            }

    return _in_a_loop_of_its_own(speak())


def understood(samples: NDArray[np.float32]) -> str:
    """What our own recogniser hears in this sound, at 24 kHz."""

    async def hear() -> str:
        async with httpx2.AsyncClient() as client, open_engines(SpeechChoice(), client) as speech:
            engines = await speech.ready()
            return (await engines.transcriber.transcribe(to_16k(samples), Hints())).text

    return _in_a_loop_of_its_own(hear())


def _in_a_loop_of_its_own(work: Coroutine[Any, Any, Result]) -> Result:
    """The browser's driver has the loop of this thread."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result()


def wave_file(samples: bytes, *, before: float = 0.0) -> bytes:
    """16-bit samples at 24 kHz, after so many seconds of silence."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SPOKEN_RATE)
        sound.writeframes(bytes(2 * int(before * SPOKEN_RATE)) + samples)
    return file.getvalue()


@dataclass
class Caller:
    """One page with a call, or several after one another."""

    page: Page
    clips: dict[str, bytes]
    sockets: list[str] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    """Events of the page, sound not among them."""
    told: list[dict[str, Any]] = field(default_factory=list)
    """Events of the server, sound not among them."""

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.add_init_script(path=SOUND_SCRIPT)
        self.page.on("websocket", self._watch)

    def _watch(self, socket: WebSocket) -> None:
        self.sockets.append(socket.url)
        socket.on("framesent", lambda text: _keep(self.sent, text))
        socket.on("framereceived", lambda text: _keep(self.told, text))

    def ring(self) -> None:
        """Press the button and hear the greeting out."""
        self.page.get_by_role("button", name="Talk to us").click()
        self.expect_state("Speaking")
        self.expect_state("Listening")

    def say(self, sentence: str) -> None:
        """Speak, until the last sound."""
        clip = base64.b64encode(self.clips[sentence]).decode()
        self.page.evaluate("(clip) => test.say(clip)", clip)

    def ask(self, sentence: str) -> str:
        """Speak, hear the answer out, and give it back as the page shows it.

        Says it again where it was not caught, as people do: on a machine that is busy with other
        things the recogniser may run out of time.
        """
        for _ in range(TRIES):
            before = self.answers.count()
            self.say(sentence)
            expect(self.answers).to_have_count(before + 1, timeout=PATIENCE)
            self.expect_state("Speaking")
            self.expect_state("Listening")
            answer = (self.answers.last.text_content() or "").removeprefix("We say: ")
            if NOT_CAUGHT not in answer:
                break
        return answer

    def expect_state(self, state: str) -> None:
        """Wait until the page says so."""
        expect(self.page.locator("#state")).to_have_text(state, timeout=PATIENCE)

    @property
    def answers(self) -> Locator:
        """The lines of ours, the greeting and the notice among them."""
        return self.page.locator(".line.us")

    def heard(self) -> NDArray[np.float32]:
        """All samples that left the loudspeaker so far, at 24 kHz."""
        encoded = self.page.evaluate("() => test.heardSoFar()")
        return np.frombuffer(base64.b64decode(encoded), "<f4")


def audible_seconds(samples: NDArray[np.float32]) -> float:
    """How much of it sounds, in pieces of 20 ms."""
    pieces = samples[: samples.size // 480 * 480].reshape(-1, 480)
    return float((np.abs(pieces).max(axis=1) > AUDIBLE).sum()) * 480 / SPOKEN_RATE


def _keep(events: list[dict[str, Any]], text: str | bytes) -> None:
    event = json.loads(text)
    if not event["type"].startswith(("input_audio_buffer.append", "response.output_audio.delta")):
        events.append(event)
