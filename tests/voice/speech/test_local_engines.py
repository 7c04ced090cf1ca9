"""The real engines: what the local voice says, the local recogniser hears."""

from __future__ import annotations

import asyncio
import csv
import os
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import numpy as np
import pytest
import pytest_asyncio

pytest.importorskip("ctranslate2")
pytest.importorskip("hibari")

from benchmarks.speech import REFERENCES, spoken
from benchmarks.telephone_line import Samples, over_the_line, read_wave
from benchmarks.word_errors import scored_words, word_errors
from voice.speech.engines import EngineFailed, Hints, Transcript
from voice.speech.local_transcriber import LONG_WINDOW_SECONDS, MOST_SECONDS, pieces
from voice.speech.opening import Engines, SpeechChoice, open_engines
from voice.speech.voice_activity import FRAME_SAMPLES
from voice.spoken import say_reference
from voice.understanding.numbers.phones import digits_in, finished

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def engines() -> AsyncIterator[Engines]:
    async with httpx2.AsyncClient() as client, open_engines(SpeechChoice(), client) as speech:
        yield await speech.ready()


@pytest.mark.parametrize("line", ["wide", "mu-law"])
async def test_a_sentence_of_ours_is_heard_as_it_was_said(engines: Engines, line: str) -> None:
    said = "I'd like to book a dental cleaning next Tuesday at half past two."
    sound = await spoken(engines.synthesizer, said)
    if line == "mu-law":
        sound = over_the_line(sound)
    heard = await engines.transcriber.transcribe(sound, Hints())
    assert word_errors(scored_words(said), scored_words(heard.text)) <= 1
    assert heard.seconds == sound.size / 16_000


async def test_names_that_are_expected_are_heard_as_they_are_written(engines: Engines) -> None:
    names = ("Mei Tanaka", "Vera Cruz", "Ana Ruiz", "Physiotherapy", "Willow Street Clinic")
    for name in names[:4]:
        sound = await spoken(engines.synthesizer, f"I'd like to see {name}, please.")
        heard = await engines.transcriber.transcribe(sound, Hints(names))
        assert name.lower() in heard.text.lower()


@pytest.mark.parametrize("awaited", [True, False])
async def test_a_number_loses_no_digit(engines: Engines, awaited: bool) -> None:
    sound = await spoken(engines.synthesizer, "2 1 2, 5 5 5, 0 1 3 4.")
    heard = await engines.transcriber.transcribe(sound, Hints(digits=awaited))
    assert "".join(sign for sign in heard.text if sign.isdigit()) == "2125550134"


async def test_no_repeated_digit_is_swallowed_on_a_telephone(engines: Engines) -> None:
    for said in ("2 0 1, 5 5 5, 0 4 1 3.", "two oh one, double five five, oh four one three."):
        sound = over_the_line(await spoken(engines.synthesizer, said))
        heard = await engines.transcriber.transcribe(sound, Hints(digits=True))
        assert finished(digits_in(heard.text, "US"), "US") == "+12015550413"


async def test_a_number_that_is_not_whole_is_heard_once_more_in_words(engines: Engines) -> None:
    sound = await spoken(engines.synthesizer, "two oh one, eight six seven, oh four one three.")
    asked: list[str] = []

    def only_in_words(text: str) -> bool:
        asked.append(text)
        return not any(map(str.isdigit, text))

    heard = await engines.transcriber.transcribe(sound, Hints(digits=True, is_whole=only_in_words))
    assert heard.text == asked[-1]
    assert finished(digits_in(heard.text, "US"), "US") == "+12018670413"
    assert len(asked) == 2


async def test_a_spelled_name_is_heard_letter_by_letter(engines: Engines) -> None:
    sound = await spoken(engines.synthesizer, "Grace Bennett. G, R, A, C, E. B, E, N, N, E, T, T.")
    heard = await engines.transcriber.transcribe(sound, Hints(("Ana Ruiz",), letters=True))
    assert "G-R-A-C-E" in heard.text
    assert "B-E-N-N-E-T-T" in heard.text


async def test_a_name_is_spelled_to_who_had_not_asked_for_it(engines: Engines) -> None:
    sound = await spoken(engines.synthesizer, "It's Bennett. B, E, N, N, E, T, T.")
    heard = await engines.transcriber.transcribe(over_the_line(sound), Hints())
    assert "B-E-N-N-E-T-T" in heard.text


async def test_references_are_heard_sign_by_sign_in_the_noise_of_a_telephone(
    engines: Engines,
) -> None:
    right = 0
    for reference in REFERENCES:
        sound = await spoken(engines.synthesizer, f"{say_reference(reference)}.")
        noise = np.random.default_rng(1).normal(0, 0.01, sound.size).astype(np.float32)
        heard = await engines.transcriber.transcribe(
            over_the_line(sound + noise), Hints(digits=True, signs=True)
        )
        signs = "".join(sign for sign in heard.text.upper() if sign.isalnum())
        right += sum(a == b for a, b in zip(signs, reference, strict=False))
    assert right >= 0.8 * sum(map(len, REFERENCES))


async def test_a_letter_is_no_article(engines: Engines) -> None:
    sound = await spoken(engines.synthesizer, "Anna Olsa, A, N, N, A. O, L, S, A")
    heard = await engines.transcriber.transcribe(sound, Hints(letters=True))
    assert "A-N-N-A" in heard.text
    assert "O-L-S-A" in heard.text


async def test_oh_oh_in_a_number_is_two_zeros(engines: Engines) -> None:
    sound = await spoken(engines.synthesizer, "oh seven four oh oh, one two three five six one.")

    def is_whole(text: str) -> bool:
        return finished(digits_in(text, "GB"), "GB") is not None

    heard = await engines.transcriber.transcribe(sound, Hints(digits=True, is_whole=is_whole))
    assert finished(digits_in(heard.text, "GB"), "GB") == "+447400123561"


@pytest.mark.parametrize("hints", [Hints(), Hints(("Mei Tanaka",)), Hints(digits=True)])
async def test_silence_and_noise_say_nothing(engines: Engines, hints: Hints) -> None:
    noise = np.random.default_rng(1).normal(0, 0.003, 32_000).astype(np.float32)
    for sound in (np.zeros(24_000, np.float32), noise, noise[:800]):
        assert (await engines.transcriber.transcribe(sound, hints)).text == ""


async def test_what_is_too_long_is_refused(engines: Engines) -> None:
    endless = np.zeros(MOST_SECONDS * 16_000 + 1, np.float32)
    with pytest.raises(EngineFailed, match="120 seconds"):
        await engines.transcriber.transcribe(endless, Hints())
    with pytest.raises(EngineFailed, match="characters"):
        await anext(aiter(engines.synthesizer.speak("la " * 1000)))


async def test_a_decode_that_nobody_waits_for_is_dropped(engines: Engines) -> None:
    sound = await spoken(engines.synthesizer, "Could you move it to the afternoon?")
    task = asyncio.create_task(engines.transcriber.transcribe(sound, Hints()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    heard: Transcript = await engines.transcriber.transcribe(sound, Hints())
    assert "afternoon" in heard.text


async def test_what_is_said_again_sounds_the_same(engines: Engines) -> None:
    said = [
        [piece async for piece in engines.synthesizer.speak("Anything else? No? Goodbye.")]
        for _ in range(2)
    ]
    assert said[0] == said[1]
    assert len(said[0]) == 3
    assert all(len(piece) % 2 == 0 and len(piece) > 4800 for piece in said[0])


async def test_a_sentence_begins_without_a_wait(engines: Engines) -> None:
    sound = b"".join([piece async for piece in engines.synthesizer.speak("Good morning.")])
    loud = np.flatnonzero(np.abs(np.frombuffer(sound, "<i2")) > 300)
    assert loud[0] < 24_000 // 25


async def test_signs_alone_are_not_spoken(engines: Engines) -> None:
    assert [piece async for piece in engines.synthesizer.speak("... —")] == []


async def test_speech_is_told_from_silence_and_calls_do_not_share_what_they_heard(
    engines: Engines,
) -> None:
    sound = await spoken(engines.synthesizer, "I need to cancel my appointment on Friday.")
    first, second = engines.voice_activity(), engines.voice_activity()
    silence = np.zeros(FRAME_SAMPLES, np.float32)
    spoke = [first.probability(frame) for frame in frames(sound)]
    quiet = [second.probability(silence) for _ in range(30)]
    assert np.mean(spoke) > 0.6
    assert max(quiet) < 0.3
    again = engines.voice_activity()
    assert [again.probability(frame) for frame in frames(sound)] == spoke
    with pytest.raises(ValueError, match="512"):
        first.probability(silence[:100])


async def test_a_short_word_is_speech_after_much_noise(engines: Engines) -> None:
    """The noise of a line, 15 dB below the voice, on which nobody speaks for most of a minute."""
    random, judge = np.random.default_rng(1), engines.voice_activity()
    word = over_the_line(await spoken(engines.synthesizer, "No."))
    level = float(np.sqrt(np.mean(word[np.abs(word) > 0.005] ** 2)))
    for seconds in (8, 8, 8, 8):
        sound = np.concatenate([np.zeros(seconds * 16_000, np.float32), word])
        noise = random.normal(0, level * 10 ** (-15 / 20), sound.size)
        noisy = (sound + noise).astype(np.float32)
        spoke = [judge.probability(frame) for frame in frames(noisy)]
    assert sum(each > 0.5 for each in spoke) >= 5


def frames(sound: Samples) -> list[Samples]:
    whole = sound.size // FRAME_SAMPLES * FRAME_SAMPLES
    return list(sound[:whole].reshape(-1, FRAME_SAMPLES))


async def test_long_sound_is_cut_where_it_is_quiet_and_nothing_is_lost() -> None:
    sound = np.ones(70 * 16_000, np.float32)
    sound[25 * 16_000 : 26 * 16_000] = 0.0
    cut = list(pieces(sound))
    assert np.array_equal(np.concatenate(cut), sound)
    assert all(piece.size <= LONG_WINDOW_SECONDS * 16_000 for piece in cut)
    assert 25 * 16_000 <= cut[0].size <= 26 * 16_000


@pytest.mark.slow
@pytest.mark.public_data
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("line", "most"), [("wide", 0.04), ("mu-law", 0.05)])
async def test_few_words_of_the_public_clips_are_misheard(
    engines: Engines, line: str, most: float
) -> None:
    if "RINGBOOK_TEST_DATA" not in os.environ:
        pytest.skip("RINGBOOK_TEST_DATA is not set")
    folder = Path(os.environ["RINGBOOK_TEST_DATA"]) / "data" / "speech"
    wrong: dict[bool, int] = {True: 0, False: 0}
    count: dict[bool, int] = {True: 0, False: 0}
    with (folder / "corpus.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for row in rows:
        number = row["group"] == "digits8k"
        sound = read_wave(folder / row["file"])
        if line == "mu-law":
            sound = over_the_line(sound)
        heard = await engines.transcriber.transcribe(sound, Hints(digits=number))
        said = scored_words(row["text"], digits=number)
        wrong[number] += word_errors(said, scored_words(heard.text, digits=number))
        count[number] += len(said)
    assert sum(wrong.values()) / sum(count.values()) <= most
    assert wrong[True] / count[True] <= 0.05
