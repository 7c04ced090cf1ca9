"""Trains what we add to Whisper: hearing on a telephone's line, dictated signs, and short windows.

    pip install -e .[train] piper-tts && apt-get install flite
    python -m training.hearing speak --kokoro FOLDER --joe FILE --flite --out trained/said.pickle
    python -m training.hearing fit trained/said.pickle --minutes 45 --out trained/dictation.npz
    python -m benchmarks.speech

`dictation.npz` goes to `voice/speech/weights`, its SHA-256 into `voice/speech/weights.py`. Speaking
took 25 minutes on two cores. Every time a clip is learnt from it is another person's, on another
line: higher or lower, wide or through a telephone, with another noise behind it. It is heard as in
a call, its noise taken down, and behind the very line that is written before such a decode.
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from training import whisper
from training.utterances import SERVICES, Utterance, utterances
from training.voices import Sources, said, speakers
from voice.live.audio import LineIn, encode
from voice.live.audio_format import PCM_24K, PCMU_8K
from voice.live.resampling import Resampler
from voice.speech.local_transcriber import DIGITS_LINE, LETTERS_LINE, SIGNS_LINE, WORDS_LINE
from voice.speech.log_mel import log_mel
from voice.speech.noise import without_noise
from voice.speech.vocabulary import Vocabulary, read_vocabulary
from voice.speech.weights import WHISPER, read_weights
from webhooks.rehearsal.caller_sound import as_loud, spoken_by

RANK = 32
PEAK = 1e-3
WARM_UP = 100
"""Steps."""
KEPT = 0.7
"""Of the change is written: as good for what is dictated as all of it, and nearer to what was
published, which has heard people (Wortsman et al. 2022)."""
AVERAGED = 0.98
"""Of the mean of the change so far stays at each step, in the second half."""
TELEPHONES = 0.7
NOT_AMONG = 4096
"""Pieces that no clip has, drawn for each step: what is right is told from these and from all that
are learnt."""
SHAPES = ((6, 16, 0.5), (12, 8, 0.42), (30, 3, 0.08))
"""Seconds of a window, clips in a batch, and how often."""
MOST_PIECES, MOST_BEFORE = 48, 190


@dataclass(frozen=True, slots=True)
class Clip:
    """An utterance, spoken once."""

    utterance: Utterance
    sound: np.ndarray
    rate: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """What stands before what is learnt, and what is learnt."""

    before: list[int]
    after: list[int]


class Lines:
    """Clips as a call hears them, each time on another line."""

    def __init__(self, clips: Sequence[Clip], seed: int) -> None:
        self.clips = clips
        self.luck = random.Random(seed)
        self.noise = np.random.default_rng(seed)

    def heard(self, clip: Clip) -> np.ndarray:
        """16 kHz, as it comes to the recogniser."""
        telephone = self.luck.random() < TELEPHONES
        line = PCMU_8K if telephone else PCM_24K
        samples = as_loud(spoken_by(self.luck.uniform(0.88, 1.14), clip.sound))
        lead, tail = (int(clip.rate * self.luck.uniform(0.1, 0.4)) for _ in range(2))
        samples = np.pad(samples, (lead, tail)).astype(np.float32)
        if clip.rate != line.rate:
            samples = Resampler(clip.rate, line.rate).take(samples, last=True)
        if telephone and self.luck.random() < 0.5:
            samples = self._without_lows(samples, line.rate)
        if self.luck.random() < (0.92 if telephone else 0.6):
            below = self.luck.uniform(9, 26) if telephone else self.luck.uniform(14, 34)
            samples = samples + self._noise(len(samples)) * np.float32(0.1 * 10 ** (-below / 20))
        samples = (samples * np.float32(10 ** self.luck.uniform(-0.7, 0.25))).astype(np.float32)
        return without_noise(LineIn(line).take(encode(samples, line.encoding)))

    def _without_lows(self, samples: np.ndarray, rate: int) -> np.ndarray:
        """As the filter of a telephone exchange passes them."""
        spectrum = np.fft.rfft(samples)
        hertz = np.maximum(np.fft.rfftfreq(len(samples), 1 / rate), 1)
        spectrum /= 1 + (self.luck.uniform(150, 320) / hertz) ** 4
        return np.fft.irfft(spectrum, len(samples)).astype(np.float32)

    def _noise(self, length: int) -> np.ndarray:
        """At level 1: even, deeper, of a room full of people, or of the mains."""
        kind = self.luck.choice(["even", "even", "even", "deep", "deep", "people", "mains"])
        noise = self.noise.standard_normal(length)
        if kind == "deep":
            spectrum = np.fft.rfft(noise)
            noise = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1.0), length)
        elif kind == "people":
            noise = np.zeros(length)
            for _ in range(self.luck.randint(3, 6)):
                noise += np.resize(self.luck.choice(self.clips).sound[::3], length)
        elif kind == "mains":
            turns = np.arange(length) * self.luck.choice([50, 60]) / PCMU_8K.rate
            for harmonic in (1, 2, 3, 5, 7):
                noise += 3 * self.luck.random() * np.sin(2 * np.pi * harmonic * turns)
        return (noise / (np.sqrt(np.mean(noise**2)) + 1e-9)).astype(np.float32)


def line_before(utterance: Utterance, luck: random.Random) -> str:
    """What a call writes before such a decode: mostly what belongs to it, now and then another."""
    names = utterance.names or luck.sample(SERVICES, luck.randint(2, 7))
    hints, at = f"{', '.join(names)}.", luck.random()
    match utterance.kind:
        case "hinted":
            return hints
        case "reference":
            return SIGNS_LINE if at < 0.8 else hints if at < 0.9 else ""
        case "phone":
            return DIGITS_LINE if at < 0.9 else SIGNS_LINE
        case "spelled" | "named":
            return f"{hints} {LETTERS_LINE}" if at < 0.8 else hints if at < 0.9 else ""
        case "worded":
            return f"{hints} {WORDS_LINE if at < 0.8 else LETTERS_LINE}"
    other = luck.choice([DIGITS_LINE, SIGNS_LINE, f"{hints} {LETTERS_LINE}"])
    return hints if at < 0.6 else "" if at < 0.8 else other


class Learning:
    """Batches, and the steps that they teach."""

    def __init__(self, lines: Lines, vocabulary: Vocabulary, weights: whisper.Params) -> None:
        self._lines, self._vocabulary = lines, vocabulary
        ids = vocabulary.ids
        self._start = [ids["<|startoftranscript|>"], ids["<|notimestamps|>"]]
        self._previous, self._end = ids["<|startofprev|>"], ids["<|endoftext|>"]
        self._table = np.asarray(weights["decoder/embeddings/weight"])
        pieces = {piece for clip in lines.clips for piece in self._encoded(clip.utterance.written)}
        self._learnt = np.array(sorted({*pieces, self._end, self._start[1]}))
        self._place = {int(piece): place for place, piece in enumerate(self._learnt)}
        self._others = np.setdiff1d(np.arange(vocabulary.first_special), self._learnt)

    def _encoded(self, text: str) -> list[int]:
        return self._vocabulary.encode(f" {text}")

    def batch(self) -> dict[str, np.ndarray]:
        """Of one shape of three: see SHAPES."""
        luck = self._lines.luck
        window, size, _ = luck.choices(SHAPES, [shape[2] for shape in SHAPES])[0]
        mels, pieces = [], []
        while len(mels) < size:
            clip = luck.choice(self._lines.clips)
            sound = self._lines.heard(clip)
            found = self._pieces(clip.utterance)
            if sound.size <= (window - 0.5) * 16_000 and self._fits(found):
                mels.append(log_mel(sound, window))
                pieces.append(found)
        return {"mel": np.stack(mels), "near": self._near()} | self._shaped(pieces)

    def _near(self) -> np.ndarray:
        drawn = self._lines.noise.choice(self._others, NOT_AMONG, replace=False)
        return self._table[np.concatenate([self._learnt, drawn])]

    def _pieces(self, utterance: Utterance) -> Pieces:
        line = line_before(utterance, self._lines.luck)
        told = [self._previous, *self._encoded(line)] if line else []
        return Pieces([*told, *self._start], [*self._encoded(utterance.written), self._end])

    def _fits(self, pieces: Pieces) -> bool:
        return len(pieces.after) < MOST_PIECES and len(pieces.before) < MOST_BEFORE - MOST_PIECES

    def _shaped(self, every: Sequence[Pieces]) -> dict[str, np.ndarray]:
        longest = max(len(each.before) + len(each.after) for each in every)
        width = MOST_BEFORE if longest > MOST_BEFORE // 2 else MOST_BEFORE // 2
        shaped = {
            "ids": np.full((len(every), width), self._end, np.int32),
            "places": np.zeros((len(every), MOST_PIECES), np.int32),
            "next": np.zeros((len(every), MOST_PIECES), np.int32),
            "counts": np.zeros((len(every), MOST_PIECES), np.float32),
        }
        for row, each in enumerate(every):
            written = [*each.before, *each.after[:-1]]
            count = len(each.after)
            shaped["ids"][row, : len(written)] = written
            shaped["places"][row, :count] = len(each.before) - 1 + np.arange(count)
            shaped["next"][row, :count] = [self._place[piece] for piece in each.after]
            shaped["counts"][row, :count] = 1
        return shaped


def loss(change: Any, weights: whisper.Params, batch: dict[str, jax.Array]) -> jax.Array:
    """Of the next piece, wherever one is learnt."""
    sound = whisper.heard(weights, change, batch["mel"])
    states = whisper.written(weights, change, sound, batch["ids"])
    states = jnp.take_along_axis(states, batch["places"][..., None], 1)
    chances = jax.nn.log_softmax(states @ batch["near"].T, -1)
    right = jnp.take_along_axis(chances, batch["next"][..., None], -1)[..., 0]
    return -(right * batch["counts"]).sum() / batch["counts"].sum()


def fit(learning: Learning, weights: whisper.Params, minutes: float, seed: int) -> Any:
    """The change after so many minutes, the mean of its second half."""
    change = whisper.no_change(weights, RANK, jax.random.PRNGKey(seed))
    adam = optax.inject_hyperparams(
        lambda rate: optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, b2=0.98))
    )(rate=0.0)
    state, began, losses, mean = adam.init(change), time.time(), [], None

    @jax.jit
    def step(change: Any, state: Any, batch: dict[str, jax.Array]) -> Any:
        value, slope = jax.value_and_grad(loss)(change, weights, batch)
        moved, state = adam.update(slope, state, change)
        return optax.apply_updates(change, moved), state, value

    for batch in _ahead(learning):
        spent = (time.time() - began) / 60 / minutes
        if spent >= 1:
            break
        rate = PEAK * min(1.0, (len(losses) + 1) / WARM_UP) * (1 - spent)
        state.hyperparams["rate"] = jnp.asarray(rate)
        change, state, value = step(change, state, batch)
        losses.append(float(value))
        if spent > 0.5:
            before = change if mean is None else mean
            mean = jax.tree.map(lambda x, y: AVERAGED * x + (1 - AVERAGED) * y, before, change)
        if len(losses) % 25 == 0:
            print(f"step {len(losses)} loss {np.mean(losses[-25:]):.3f} {spent:.0%}", flush=True)
    return change if mean is None else mean


def _ahead(learning: Learning) -> Iterator[dict[str, np.ndarray]]:
    """The next batch is made while one is learnt from."""
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(learning.batch)
        while True:
            batch, coming = coming.result(), maker.submit(learning.batch)
            yield batch


def keep(change: Any, path: Path) -> None:
    """As `voice.speech.adapter` reads it."""
    arrays = {}
    for name, pair in change.items():
        arrays[f"{name}/down"] = np.asarray(pair["down"], np.float16)
        arrays[f"{name}/up"] = (KEPT * whisper.LOUDER * np.asarray(pair["up"])).astype(np.float16)
    np.savez(path, **arrays)


def speak(given: argparse.Namespace) -> None:
    luck = random.Random(given.seed)
    voices = speakers(Sources(given.kokoro, given.joe, given.flite))
    clips = []
    for utterance in utterances(luck):
        sound, rate = said(utterance.groups, luck.choice(voices), luck)
        clips.append(Clip(utterance, sound.astype(np.float16), rate))
    given.out.write_bytes(pickle.dumps(clips))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    ways = asked.add_subparsers(dest="way", required=True)
    speaking, fitting = ways.add_parser("speak"), ways.add_parser("fit")
    speaking.add_argument("--kokoro", type=Path)
    speaking.add_argument("--joe", type=Path)
    speaking.add_argument("--flite", action="store_true")
    fitting.add_argument("said", type=Path)
    fitting.add_argument("--minutes", type=float, default=45.0)
    for way in (speaking, fitting):
        way.add_argument("--out", type=Path, required=True)
        way.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    if given.way == "speak":
        speak(given)
        return
    files = {file.name: read_weights(file) for file in WHISPER}
    weights = whisper.published(files["model.bin"])
    clips = [
        replace(clip, sound=clip.sound.astype(np.float32))
        for clip in pickle.loads(given.said.read_bytes())
    ]
    learning = Learning(Lines(clips, given.seed), read_vocabulary(files["tokenizer.json"]), weights)
    keep(fit(learning, weights, given.minutes, given.seed), given.out)


if __name__ == "__main__":
    main()
