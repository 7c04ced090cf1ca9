"""Fits the choice among a business's answers to questions that the encoder has not learnt from.

    python -m training.choice

Prints the weights of `support/fitting.py` and how the other half of the businesses fares with them:
found, found wrongly, and, with the answer taken away, honestly not found.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax

from scheduling.business import Faq
from support.fitting import MAYBE, features
from voice.understanding.tagging.meaning import closeness

KEPT = Path("benchmarks/questions/kept_pairs.jsonl")
WITHOUT = 0.35
"""How much a question counts whose answer was taken away: most of callers' have one."""
STEPS, RATE = 400, 0.1


@dataclass(frozen=True, slots=True)
class Case:
    """One question: what is known of each answer, [answers, features], and which is right; None:
    none of them is."""

    business: str
    known: np.ndarray
    right: int | None


def cases() -> Iterator[Case]:
    """Each question, and each once more without its answer."""
    written: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in KEPT.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] == "faq":
            written[row["business"]].append(row)
    for business, rows in written.items():
        faqs = [Faq(str(row["question"]), str(row["answer"])) for row in rows]
        for place, row in enumerate(rows):
            for said in row["said"]:
                known = np.array(features(faqs, said, closeness), np.float32)
                yield Case(business, known, place)
                yield Case(business, np.delete(known, place, 0), None)


def chances(weights: jax.Array, none: jax.Array, known: jax.Array, there: jax.Array) -> jax.Array:
    """Log-chances [questions, answers + 1] of each answer, and last of none."""
    scores = jnp.where(there, known @ weights, -1e9)
    return jax.nn.log_softmax(jnp.concatenate([scores, jnp.full((len(known), 1), none)], 1))


def fit(some: list[Case]) -> tuple[np.ndarray, float]:
    """The weights of the features, and of none."""
    widest = max(len(case.known) for case in some)
    known = np.zeros((len(some), widest, some[0].known.shape[1]), np.float32)
    there = np.zeros((len(some), widest), bool)
    for row, case in enumerate(some):
        known[row, : len(case.known)], there[row, : len(case.known)] = case.known, True
    right = np.array([widest if case.right is None else case.right for case in some])
    counts = np.where(right == widest, WITHOUT, 1.0)

    @jax.jit
    def loss(learnt: dict[str, jax.Array]) -> jax.Array:
        told = chances(learnt["weights"], learnt["none"], known, there)
        return -(told[jnp.arange(len(right)), right] * counts).mean()

    learnt = {"weights": jnp.ones(known.shape[2]), "none": jnp.asarray(1.0)}
    adam = optax.adam(RATE)
    state = adam.init(learnt)
    for _ in range(STEPS):
        moved, state = adam.update(jax.grad(loss)(learnt), state)
        learnt = optax.apply_updates(learnt, moved)
    return np.asarray(learnt["weights"]), float(learnt["none"])


def main() -> None:
    every = list(cases())
    names = sorted({case.business for case in every})
    half = set(names[::2])
    weights, none = fit([case for case in every if case.business in half])
    print("weights", np.round(weights, 2), "none", round(none, 2))
    fared: dict[str, list[str]] = defaultdict(list)
    for case in every:
        if case.business in half:
            continue
        scores = case.known @ weights
        best = int(scores.argmax())
        chance = 1 / (np.exp(scores - scores[best]).sum() + np.exp(none - scores[best]))
        found = best if scores[best] > none and chance >= MAYBE else None
        kind = "without its answer" if case.right is None else "with its answer"
        wrong = "not found" if found is None else "found wrongly"
        fared[kind].append("right" if found == case.right else wrong)
    for kind, all_of_it in fared.items():
        shares = {each: round(all_of_it.count(each) / len(all_of_it), 2) for each in set(all_of_it)}
        print(kind, shares)


if __name__ == "__main__":
    main()
