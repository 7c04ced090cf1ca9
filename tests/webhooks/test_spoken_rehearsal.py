"""Callers who speak: their lines go through the audio socket, and the store says who was served."""

from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import orjson
import pytest
from typer.testing import CliRunner

from rehearsal.gap import kind_of, lines_spoken
from rehearsal.score import Played
from tests.webhooks.chords import Chords
from voice.live.audio import decode
from voice.speech.weights import speech_installed
from webhooks.__main__ import app
from webhooks.rehearsal.call_time import CallTime
from webhooks.rehearsal.caller_sound import NOISE_BELOW_SPEECH, CallerSound, spoken_by
from webhooks.rehearsal.doors import Aloud
from webhooks.rehearsal.line import LineKind
from webhooks.rehearsal.running import Plan, rehearse, rehearsed_from

SEED = 4
NEEDS_SPEECH = pytest.mark.skipif(speech_installed() is not None, reason="speech is an extra")


async def played_by(chords: Chords, numbers: list[int], line: LineKind = "wide") -> list[Played]:
    aloud = Aloud(chords.engines(), line)
    plan = Plan(numbers, SEED, wordings=1)
    return [each async for each in rehearse(rehearsed_from([]), plan, aloud)]


@pytest.mark.parametrize("line", ["wide", pytest.param("telephone", marks=pytest.mark.slow)])
async def test_no_call_fails_by_speech_when_all_is_heard_rightly(line: LineKind) -> None:
    played = await played_by(Chords(), [2, 0], line)
    assert [each.number for each in played] == [2, 0]
    assert all(each.passed or kind_of(each) == "dialogue" for each in played)
    assert [each.false_claims for each in played] == [(), ()]
    spoken, misheard = lines_spoken(played)
    assert spoken > 6
    assert misheard == 0


async def test_the_same_seed_is_the_same_call() -> None:
    [first], [again] = [await played_by(Chords(), [1]) for _ in range(2)]
    heard = [
        [line.heard for line in each.transcript if line.who == "caller"] for each in (first, again)
    ]
    assert heard[0] == heard[1]
    assert first.shortfalls == again.shortfalls


async def test_a_call_that_fails_by_what_is_misheard_says_so() -> None:
    [failed] = await played_by(Chords(garbled=True), [0])
    assert not failed.passed
    assert kind_of(failed) == "misheard"


async def test_time_passes_for_sleepers_in_order_and_stands_still_for_work() -> None:
    time, woken = CallTime(), []

    async def sleeper(seconds: float) -> None:
        await time.clock.sleep(seconds)
        woken.append((seconds, time.seconds))

    sleeping = [asyncio.create_task(sleeper(each)) for each in (0.3, 0.1, 0.2)]
    await asyncio.sleep(0)
    with time.standing_still():
        passing = asyncio.create_task(time.advance(0.25))
        for _ in range(50):
            await asyncio.sleep(0)
        assert not passing.done()
    await passing
    assert woken == [(0.1, 0.1), (0.2, 0.2)]
    assert time.seconds == 0.25
    await time.advance(0.25)
    assert woken[-1] == (0.3, 0.3)
    await asyncio.gather(*sleeping)


async def test_a_telephone_has_noise_below_speech_and_the_same_seed_the_same() -> None:
    sound, again = (CallerSound(Chords(), "telephone", seed=7) for _ in range(2))
    assert await sound.words("Hello.") == await again.words("Hello.")
    noise = decode(sound.silence(2.0), "pcmu")
    speech = decode(await sound.words("Hello."), "pcmu")
    below = 10 * np.log10(np.mean(speech**2) / np.mean(noise**2))
    assert below == pytest.approx(NOISE_BELOW_SPEECH, abs=1.0)
    assert not any(decode(CallerSound(Chords(), "wide", seed=7).silence(0.1), "pcm"))


def test_another_speaker_is_as_much_higher_as_quicker() -> None:
    at = np.arange(24_000) * 2 * np.pi / 24_000
    higher = spoken_by(1.12, np.sin(500 * at).astype(np.float32))
    assert len(higher) == round(24_000 / 1.12)
    peak = np.abs(np.fft.rfft(higher, 24_000)).argmax()
    assert peak == pytest.approx(560, abs=1)


def test_without_speech_nobody_can_call_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RINGBOOK_SPEECH", "off")
    told = CliRunner().invoke(app, ["rehearse", "--aloud"])
    assert told.exit_code == 1
    assert "speech is switched off" in str(told.exception)


@NEEDS_SPEECH
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_callers_are_served_aloud_by_the_real_engines(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        app, ["rehearse", "--aloud", "--callers", "4", "--seed", str(SEED), "--json"]
    )
    document = orjson.loads(told.output)
    assert document["line"] == "wide"
    assert document["lines"] > 12
    assert document["tempers"][-1]["calls"] == 4
    assert document["tempers"][-1]["pass_1"] >= 0.5, told.output
    assert document["tempers"][-1]["false_claims"] == 0
