"""Sound in and out of what lines carry."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from voice.live.audio import LineIn, LineOut, decode, encode, level
from voice.live.audio_format import PCM_24K, PCMA_8K, PCMU_8K, AudioFormat
from voice.live.echo import Echo
from voice.live.resampling import Resampler


def tone(
    hertz: float, rate: int, seconds: float = 1.0
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    at = np.arange(round(rate * seconds)) / rate
    return (0.5 * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


@pytest.mark.parametrize(
    ("encoding", "code", "sample"),
    [
        ("pcmu", 0x00, -32124), ("pcmu", 0x80, 32124), ("pcmu", 0xFF, 0), ("pcmu", 0x7F, 0),
        ("pcma", 0xD5, 8), ("pcma", 0x55, -8), ("pcma", 0xAA, 32256), ("pcma", 0x2A, -32256),
    ],
)  # fmt: skip
def test_codes_of_g711_are_those_of_its_tables(encoding: str, code: int, sample: int) -> None:
    assert decode(bytes([code]), encoding) * 32768 == sample


@pytest.mark.parametrize("encoding", ["pcm", "pcmu", "pcma"])
def test_what_was_decoded_encodes_to_the_same(encoding: str) -> None:
    every = (
        np.arange(-32768, 32768, dtype="<i2").tobytes() if encoding == "pcm" else bytes(range(256))
    )
    again = decode(encode(decode(every, encoding), encoding), encoding)
    assert np.array_equal(again, decode(every, encoding))


@pytest.mark.parametrize("encoding", ["pcmu", "pcma"])
def test_g711_keeps_a_voice_35_dB_above_its_noise(encoding: str) -> None:
    samples = tone(440, 8000)
    noise = decode(encode(samples, encoding), encoding) - samples
    assert level(samples) - level(noise) > 35


def test_what_is_too_loud_is_clipped_and_does_not_wrap() -> None:
    assert decode(encode(np.array([1.5, -1.5], np.float32), "pcm"), "pcm") == pytest.approx(
        [1.0, -1.0], abs=1e-4
    )


@pytest.mark.parametrize("line", [PCM_24K, PCMU_8K, PCMA_8K, AudioFormat("pcm", 16_000)])
@pytest.mark.parametrize("size", [1, 7, 160, 961])
def test_sound_in_pieces_of_any_size_is_the_same_sound(line: AudioFormat, size: int) -> None:
    audio = encode(tone(440, line.rate, 0.5), line.encoding)
    ear = LineIn(line)
    pieces = [ear.take(audio[at : at + size]) for at in range(0, len(audio), size)]
    heard = np.concatenate(pieces)
    wanted = tone(440, 16_000, 0.5)[: len(heard)]
    assert len(heard) >= 16_000 * 0.5 - 50  # 3 ms are held back
    middle = slice(1000, -1000)
    assert level(wanted[middle]) - level(heard[middle] - wanted[middle]) > 33


@pytest.mark.parametrize("line", [PCM_24K, PCMU_8K, PCMA_8K])
def test_our_sound_leaves_whole(line: AudioFormat) -> None:
    audio = encode(tone(440, 24_000, 0.5), "pcm")
    mouth = LineOut(line)
    sent = b"".join(mouth.take(audio[at : at + 4801]) for at in range(0, len(audio), 4801))
    sent += mouth.take(b"", last=True)
    assert len(sent) == pytest.approx(line.bytes_a_second / 2, abs=4)
    heard = decode(sent, line.encoding)
    wanted = tone(440, line.rate, 0.5)[: len(heard)]
    middle = slice(500, -500)
    assert level(wanted[middle]) - level(heard[middle] - wanted[middle]) > 33


def test_level_of_nothing_is_very_low() -> None:
    assert level(np.zeros(10, np.float32)) == pytest.approx(-100)
    assert level(np.empty(0, np.float32)) == -100
    assert level(np.ones(10, np.float32)) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.24, 0.6])
def test_our_own_voice_is_known_by_its_sound_at_any_delay(delay: float) -> None:
    noise = np.random.default_rng(3)
    ours = np.convolve(noise.normal(0, 0.1, 32_000), np.hanning(16) / 8, "same").astype(np.float32)
    theirs = np.convolve(noise.normal(0, 0.1, 32_000), np.hanning(16) / 8, "same").astype(
        np.float32
    )
    echo, stranger = Echo(), Echo()
    for ear in (echo, stranger):
        for at in range(0, len(ours), 640):
            ear.played(partial(ours.__getitem__, slice(at, at + 640)), at=5 + at / 16_000)
    late = np.concatenate([np.zeros(round(delay * 16_000), np.float32), ours / 4])
    for at in range(0, 24_576, 512):
        echo.heard(late[at : at + 512])
        stranger.heard(theirs[at : at + 512] + late[at : at + 512])
    now = 5 + 24_576 / 16_000
    assert echo.comes_back(now)
    assert not stranger.comes_back(now)
    assert not Echo().comes_back(now)


@pytest.mark.parametrize(("rate", "to"), [(8000, 16_000), (24_000, 16_000), (24_000, 8000)])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.88])
def test_another_rate_keeps_what_both_carry(rate: int, to: int, share: float) -> None:
    hertz = share * min(rate, to) / 2
    heard = Resampler(rate, to).take(tone(hertz, rate), last=True)
    wanted = tone(hertz, to)[: len(heard)]
    assert len(heard) == pytest.approx(to, abs=2)
    middle = slice(500, -500)
    assert level(wanted[middle]) - level(heard[middle] - wanted[middle]) > 55


def test_what_the_narrower_rate_cannot_carry_does_not_come_back_as_something_else() -> None:
    heard = Resampler(24_000, 8000).take(tone(4600, 24_000))
    assert level(heard[500:-500]) < -65
