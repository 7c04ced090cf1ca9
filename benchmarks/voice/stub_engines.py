"""Our own server with engines that take no time, so that what is measured is all but them.

    python -m benchmarks.voice.stub_engines --port 8000 [--deaf]

The recogniser always understands the same question and the voice is a tone; voice activity is the
real one. With `--deaf` there is none, and the tone of every sentence lasts a minute.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable
from functools import partial

import numpy as np
import uvloop
from numpy.typing import NDArray

from voice.speech.engines import HEARD_RATE, SPOKEN_RATE, Hints, Transcript
from voice.speech.opening import Engines, Speech
from voice.speech.seats import Seats
from voice.speech.voice_activity import VoiceActivity, open_session
from voice.speech.weights import VOICE_ACTIVITY, read_weights
from webhooks.app import create_app
from webhooks.commands.serve import Server, listen, server_config, settle_memory
from webhooks.connections import raise_descriptor_limit
from webhooks.logs import configure_logs
from webhooks.settings import read_settings

QUESTION = "Where do I park?"
CHARACTERS_A_SECOND = 28
"""Twice as fast as people speak, so that a run takes half as long."""
PIECE_SECONDS = 0.25
SEATS = 1000
MINUTE = (np.sin(np.arange(60 * SPOKEN_RATE) * 0.1) * 8000).astype("<i2").tobytes()
SIZE = int(PIECE_SECONDS * SPOKEN_RATE) * 2
TONE = tuple(MINUTE[at : at + SIZE] for at in range(0, len(MINUTE), SIZE))
"""In pieces that all calls share."""


class OneQuestion:
    """A recogniser that understands the same whatever is said."""

    async def transcribe(self, samples: NDArray[np.float32], _hints: Hints) -> Transcript:
        await asyncio.sleep(0)
        return Transcript(QUESTION, samples.size / HEARD_RATE)


class Tone:
    """A voice that is a tone, longer for longer texts, or always the same."""

    def __init__(self, *, always_long: bool) -> None:
        self._always_long = always_long

    async def speak(self, text: str) -> AsyncIterator[bytes]:
        size = len(text) * SPOKEN_RATE // CHARACTERS_A_SECOND * 2
        if self._always_long:
            size = len(MINUTE)
        for piece in TONE[: size // SIZE]:
            yield piece
        if size < len(MINUTE):
            yield TONE[0][: size % SIZE]


class Deaf:
    """Voice activity that hears nothing."""

    def probability(self, _frame: NDArray[np.float32]) -> float:
        return 0.0


async def load(*, deaf: bool) -> Engines:
    """As a process has them."""
    activity: Callable[[], object] = Deaf
    if not deaf:
        activity = partial(VoiceActivity, open_session(read_weights(VOICE_ACTIVITY)))
    voice = Tone(always_long=deaf)
    return Engines(OneQuestion(), voice, activity, Seats(SEATS), "stubs")  # type: ignore[arg-type]


async def serve(port: int, *, deaf: bool) -> None:
    """As `ringbook serve` does it, with other engines."""
    configure_logs()
    with listen("127.0.0.1", port) as listener:
        app = create_app(read_settings(speech="off"))
        server = Server(server_config(app, raise_descriptor_limit()), app)
        async with app.router.lifespan_context(app):
            app.state.live_calls.speech = Speech(asyncio.create_task(load(deaf=deaf)))
            settle_memory()
            await server.serve(sockets=[listener])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--deaf", action="store_true")
    given = parser.parse_args()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as loop:
        loop.run(serve(given.port, deaf=given.deaf))
