"""How well the speech engines hear, on a wide line and on a telephone's, and how quick they are.

`python -m benchmarks.speech` reads the clips below RINGBOOK_TEST_DATA, has the local voice speak
the names of business files and references, and prints word error rates and milliseconds.
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import os
import statistics
import time as clock
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import numpy as np

from benchmarks.telephone_line import Samples, from_pcm, over_the_line, read_wave, to_16k
from benchmarks.word_errors import scored_words, word_errors
from scheduling.business import Business
from scheduling.business_file import load_businesses
from voice.speech.engines import Hints, Synthesizer
from voice.speech.opening import Engines, SpeechChoice, open_engines
from voice.speech.voice_activity import FRAME_SAMPLES
from voice.spoken import say_reference

BUSINESSES = (None, *sorted((Path(__file__).parent / "businesses").glob("*.toml")))
LONG_SECONDS = 30.0
NAMED = ("I'd like to see {}, please.", "Is {} there on Friday?", "Can I have a {} tomorrow?")
REFERENCES = ("K7M2QX", "B4RT9Z", "HJ6WPA", "3NEV8C", "XQ5DYS", "F2GULK", "9ATM7B", "PW4ZE6")


@dataclass(frozen=True, slots=True)
class Clip:
    """Sound and what is said in it."""

    group: str
    words: str
    sound: Samples
    hints: Hints = Hints()
    digits: bool = False
    """Its numbers are read digit by digit."""


def corpus(folder: Path) -> Iterator[Clip]:
    """The public clips; phone numbers are heard as a dialogue hears what it awaits."""
    with (folder / "data" / "speech" / "corpus.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            number = row["group"] == "digits8k"
            group = "real, 44 s" if float(row["seconds"]) > LONG_SECONDS else row["group"]
            yield Clip(
                group,
                row["text"],
                read_wave(folder / "data" / "speech" / row["file"]),
                Hints(digits=number),
                digits=number or "vosk" in row["file"],
            )


async def named(voice: Synthesizer, business: Business) -> AsyncIterator[Clip]:
    """Every provider and service of a business, said by our own voice, hinted as in a call."""
    people = [provider.name for provider in business.providers]
    services = [service.name for service in business.services]
    hints = Hints(names=(*people, *services, business.name))
    for pattern in NAMED:
        for name in services if pattern.startswith("Can") else people:
            yield Clip("names", name, await spoken(voice, pattern.format(name)), hints)


async def references(voice: Synthesizer) -> AsyncIterator[Clip]:
    """References said sign by sign."""
    for reference in REFERENCES:
        sound = await spoken(voice, f"{say_reference(reference)}.")
        yield Clip("references", reference, sound, Hints(digits=True, signs=True))


async def spoken(voice: Synthesizer, text: str) -> Samples:
    """16 kHz, with a little silence on both sides, as voice activity leaves it."""
    sound = b"".join([piece async for piece in voice.speak(text)])
    return np.pad(to_16k(from_pcm(sound)), 3200).astype(np.float32)


async def accuracy(engines: Engines, clips: list[Clip], *, tell: bool) -> None:
    """Prints errors in a hundred words; of names and references, how many of them were wrong."""
    for line in ("wide", "mu-law"):
        wrong: Counter[str] = Counter()
        count: Counter[str] = Counter()
        for clip in clips:
            sound = over_the_line(clip.sound) if line == "mu-law" else clip.sound
            heard = (await engines.transcriber.transcribe(sound, clip.hints)).text
            errors, words = _errors(clip, heard)
            wrong[clip.group] += errors
            count[clip.group] += words
            if errors and tell:
                print(f"    {clip.group}: {clip.words!r} heard as {heard!r}")
        recorded = [group for group in count if group not in ("names", "references")]
        wrong["all clips"] = sum(wrong[group] for group in recorded)
        count["all clips"] = sum(count[group] for group in recorded)
        for group, words in count.items():
            print(f"  {line:8} {group:12} {100 * wrong[group] / words:6.1f} %  of {words}")


def _errors(clip: Clip, heard: str) -> tuple[int, int]:
    if clip.group == "references":
        signs = "".join(sign for sign in heard.upper() if sign.isalnum())
        return int(signs != clip.words), 1
    words = scored_words(heard, digits=clip.digits)
    if clip.group == "names":
        name = " ".join(scored_words(clip.words))
        return int(name not in " ".join(words)), 1
    said = scored_words(clip.words, digits=clip.digits)
    return word_errors(said, words), len(said)


async def latency(engines: Engines, clips: list[Clip]) -> None:
    """Prints milliseconds: words after a sentence or a number, sound after a text, one frame."""
    sentences = [clip for clip in clips if clip.group == "synth"][:20]
    numbers = [clip for clip in clips if clip.group == "digits8k"][:6]
    for name, some in (("words of a sentence", sentences), ("words of a number", numbers)):
        took = [await _timed(engines.transcriber.transcribe(c.sound, c.hints)) for c in some]
        _print_latency(name, took)
    texts = [f"{clip.words} {number}" for number, clip in enumerate(sentences)]
    for name in ("sound of a sentence", "sound said before"):
        took = [await _timed(spoken(engines.synthesizer, text)) for text in texts]
        _print_latency(name, took)
    activity = engines.voice_activity()
    frames = clips[0].sound[: clips[0].sound.size // FRAME_SAMPLES * FRAME_SAMPLES]
    took = []
    for frame in frames.reshape(-1, FRAME_SAMPLES):
        begun = clock.perf_counter()
        activity.probability(frame)
        took.append(1000 * (clock.perf_counter() - begun))
    _print_latency("a frame's activity", took)


async def _timed(work: Awaitable[object]) -> float:
    begun = clock.perf_counter()
    await work
    return 1000 * (clock.perf_counter() - begun)


def _print_latency(name: str, took: list[float]) -> None:
    print(f"  {name:22} p50 {statistics.median(took):7.2f} ms  most {max(took):7.2f} ms")


async def main() -> None:
    """Accuracy, then latency; `--tell` prints what was misheard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("RINGBOOK_TEST_DATA"))
    parser.add_argument("--tell", action="store_true")
    asked = parser.parse_args()
    if not asked.data:
        parser.error("name the folder of the public data: --data or RINGBOOK_TEST_DATA")
    clips = list(corpus(Path(asked.data)))
    async with httpx2.AsyncClient() as client, open_engines(SpeechChoice(), client) as speech:
        begun = clock.perf_counter()
        engines = await speech.ready()
        print(f"  ready after {clock.perf_counter() - begun:.1f} s; {engines.names}")
        await latency(engines, clips)
        voice = engines.synthesizer
        for path in BUSINESSES:
            for business, _ in load_businesses(path):
                clips += [clip async for clip in named(voice, business)]
        clips += [clip async for clip in references(voice)]
        await accuracy(engines, clips, tell=asked.tell)


if __name__ == "__main__":
    asyncio.run(main())
