"""A caller's silence begins with his last sound: frames in, no clock."""

from __future__ import annotations

import asyncio
from collections import deque

import numpy as np

from tests.voice.live.line import LINE
from tests.voice.live.stand_ins import ManualClock, Samples, ScriptedEngines, settle
from voice.live.endpointing import FRAME_SAMPLES, FRAME_SECONDS, Signal
from voice.live.engines import CallEngines
from voice.live.hearing import Hearing, Listening
from voice.live.loudness import Loudness
from voice.speech.engines import Hints

LOUD = 0.1
ROOM = 0.0003
"""50 dB below."""


def frame(loudness: float) -> Samples:
    return np.where(np.arange(FRAME_SAMPLES) // 8 % 2, loudness, -loudness).astype(np.float32)


def test_nothing_is_too_soft_before_anybody_spoke() -> None:
    assert not Loudness().faint(frame(ROOM), speech=True)


def test_what_is_40_db_softer_than_the_words_before_it_is_no_part_of_them() -> None:
    line = Loudness()
    assert not line.faint(frame(LOUD), speech=True)
    assert line.faint(frame(ROOM), speech=True)
    assert not line.faint(frame(LOUD / 30), speech=True)


def test_who_lowers_the_voice_is_heard_again_soon() -> None:
    line = Loudness()
    line.faint(frame(1.0), speech=True)
    heard = [not line.faint(frame(0.008), speech=True) for _ in range(10)]
    assert not heard[0]
    assert heard[-1]


def test_a_bang_that_is_no_speech_makes_no_word_faint() -> None:
    line = Loudness()
    line.faint(frame(1.0), speech=False)
    assert not line.faint(frame(0.005), speech=True)


class RememberingJudge:
    """Voice activity that goes on for two frames after the last sound, as real ones do."""

    def __init__(self) -> None:
        self._lately: deque[bool] = deque(maxlen=3)

    def probability(self, sound: Samples) -> float:
        self._lately.append(float(np.abs(sound).max()) > LOUD / 2)
        return float(any(self._lately))


async def test_a_pause_is_counted_from_the_last_sound_not_from_the_last_guess_at_speech() -> None:
    engines = ScriptedEngines()
    engines.texts.said = ["a check-up"] * 20
    signals: list[Signal] = []
    hearing = Hearing(
        CallEngines(engines.transcriber, engines.synthesizer, RememberingJudge),
        Listening(
            lambda signal, _: signals.append(signal),
            lambda: None,
            Hints,
            lambda _: 0.5,
            lambda _: None,
        ),
        line=LINE,
        spawn=asyncio.ensure_future,
        clock=ManualClock().clock,
    )

    async def hears(loudness: float, frames: int) -> None:
        for _ in range(frames):
            sound = (frame(loudness) * 32767).astype("<i2").tobytes()
            await hearing.take(sound, lambda: False)
        await settle()

    await hears(LOUD, 10)
    await hears(ROOM, round(0.096 / FRAME_SECONDS))
    assert signals == [Signal.BEGAN]
    await hears(ROOM, 1)
    assert signals == [Signal.BEGAN, Signal.PAUSED]
