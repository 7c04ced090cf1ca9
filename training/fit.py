"""Fine-tuning: batches by length, the losses, AdamW, averaged weights."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from training.minilm import (
    FROZEN,
    SIZE,
    Params,
    as_stored,
    dropped,
    layer_as_stored,
    lower_states,
    stacked,
    upper_states,
)
from voice.understanding.tagging.tagger_input import KINDS, MOST, MOST_OF_OURS, TaggerInput

LENGTHS = (8, 16, 24, 40, 64, MOST)
"""Pieces of the caller's words in a batch."""
OURS = MOST_OF_OURS + 2
SMOOTHED = 0.03
"""Of a tag's probability that is spread over the others: labellers differ in one of twelve."""
NOISY = 0.35
"""Of the turns in each epoch, how many are shown with a recogniser's noise."""
AVERAGED_OVER = 0.995


@dataclass(frozen=True, slots=True)
class Item:
    """One turn with what the model shall say of it."""

    seen: TaggerInput
    states: np.ndarray
    """Of its pieces above the frozen layers."""
    tags: np.ndarray
    """For every piece of the caller's; -1 where nothing is to be said."""
    labels: np.ndarray
    """1 for every label that the turn has."""
    corrects: np.ndarray
    """For the first piece of every `give`: 1 when it corrects; else -1."""


@dataclass(frozen=True, slots=True)
class Recipe:
    epochs: float
    peak: float = 3e-4
    tokens: int = 512
    """A batch has about so many pieces."""
    heads_faster: float = 12.0
    seed: int = 0


Variants = list[Item]
"""One turn as written and, maybe, as a poor recogniser would write it."""


def batches(
    turns: list[Variants], tokens: int, rng: np.random.Generator | None
) -> Iterator[Params]:
    """Of like length; the last of each length is filled up with empty turns."""
    noisy = [rng is not None and rng.random() < NOISY for _ in turns]
    items = [
        each[-1] if with_noise else each[0] for each, with_noise in zip(turns, noisy, strict=True)
    ]
    order = np.arange(len(items)) if rng is None else rng.permutation(len(items))
    waiting: dict[int, list[int]] = {length: [] for length in LENGTHS}
    ready: list[tuple[int, list[int]]] = []
    for i in order:
        length = next(most for most in LENGTHS if most >= len(items[i].tags))
        waiting[length].append(int(i))
        if len(waiting[length]) == tokens // length:
            ready.append((length, waiting[length]))
            waiting[length] = []
    ready += [(length, rest) for length, rest in waiting.items() if rest]
    if rng is not None:
        rng.shuffle(ready)  # type: ignore[arg-type]
    for length, chosen in ready:
        yield _batch(items, chosen, (tokens // length, length))


def _batch(items: list[Item], chosen: list[int], shape: tuple[int, int]) -> Params:
    size, _ = shape
    b: Params = {"kinds": np.zeros(shape, np.int32), "x": np.zeros((*shape, SIZE), np.float16)}
    b |= {name: np.full(shape, -1, np.int32) for name in ("tags", "corrects")}
    b |= {"mask": np.zeros(shape, bool), "ours_mask": np.zeros((size, OURS), bool)}
    b |= {"ours": np.zeros((size, OURS, SIZE), np.float16), "has": np.zeros(size, np.float32)}
    b |= {"labels": np.zeros((size, len(items[0].labels)), np.float32)}
    for row, i in enumerate(chosen):
        item, n, own = items[i], len(items[i].tags), items[i].seen.own
        b["ours"][row, :own], b["ours_mask"][row, :own] = item.states[:own], True
        b["x"][row, :n], b["kinds"][row, :n] = item.states[own:], item.seen.kinds[own:]
        b["mask"][row, :n] = True
        b["tags"][row, :n], b["corrects"][row, :n] = item.tags, item.corrects
        b["labels"][row], b["has"][row] = item.labels, 1
    b["mask"][len(chosen) :, 0] = True
    b["rows"] = np.array(chosen)
    return b


def outputs(p: Params, b: Params, key: jax.Array | None = None) -> Params:
    """Scores: of tags and of corrections for every piece, of labels for the turn."""
    x = b["x"].astype(jnp.float32) + p["kinds"][b["kinds"]]
    masks = (b["ours_mask"], b["mask"])
    x = upper_states(layer_as_stored(p["enc"]), x, b["ours"].astype(jnp.float32), masks, key)
    k1, k2 = (None, None) if key is None else jax.random.split(jax.random.fold_in(key, 7))
    own = b["mask"][..., None].astype(x.dtype)
    pooled = (x * own).sum(1) / own.sum(1)
    x, pooled = dropped(x, k1), dropped(pooled, k2)
    tags = x @ as_stored(p["tag"][0]) + p["tag"][1]
    whole = pooled @ as_stored(p["set"][0]) + p["set"][1]
    return {"tag": tags[..., :-1], "corrects": tags[..., -1], "set": whole}


def loss(p: Params, b: Params, key: jax.Array) -> jax.Array:
    out = outputs(p, b, key)
    known = b["tags"] >= 0
    right = jax.nn.one_hot(b["tags"], out["tag"].shape[-1])
    right = optax.smooth_labels(right, SMOOTHED)
    tags = optax.softmax_cross_entropy(out["tag"], right)
    total = (tags * known).sum() / jnp.maximum(known.sum(), 1)
    sets = optax.sigmoid_binary_cross_entropy(out["set"], b["labels"]).sum(1)
    total += 0.3 * (sets * b["has"]).sum() / jnp.maximum(b["has"].sum(), 1)
    gives = b["corrects"] >= 0
    corrects = optax.sigmoid_binary_cross_entropy(out["corrects"], b["corrects"])
    return total + 0.2 * (corrects * gives).sum() / jnp.maximum(gives.sum(), 1)


def _step(state: Params, b: Params, key: jax.Array, at: jax.Array) -> Any:
    """AdamW with clipping; what is new learns faster than the encoder. `at`: rate, step, faster."""
    rate, t, faster = at
    p, m, v, average = state["p"], state["m"], state["v"], state["average"]
    value, g = jax.value_and_grad(loss)(p, b, key)
    scale = jnp.minimum(1.0, 1.0 / jnp.sqrt(sum(jnp.vdot(x, x) for x in jax.tree.leaves(g))))
    g = jax.tree.map(lambda x: x * scale, g)
    m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, g)
    v = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, v, g)
    new = {}
    for name in p:
        r = rate * (1.0 if name == "enc" else faster)

        def move(w: Any, a: Any, b: Any, r: Any = r) -> Any:
            step = a / (1 - 0.9**t) / (jnp.sqrt(b / (1 - 0.999**t)) + 1e-8)
            return w - r * (step + 0.01 * w)

        new[name] = jax.tree.map(move, p[name], m[name], v[name])
    keep = jnp.minimum(AVERAGED_OVER, (1 + t) / (10 + t))
    average = jax.tree.map(lambda a, w: keep * a + (1 - keep) * w, average, new)
    return {"p": new, "m": m, "v": v, "average": average}, value


step = jax.jit(_step, donate_argnums=(0,))


def begun(encoder: Params, tags: int, labels: int, seed: int = 0) -> Params:
    """The published encoder with heads that know nothing yet."""
    rng = np.random.default_rng(seed)

    def head(n: int) -> tuple[jax.Array, jax.Array]:
        return jnp.asarray(rng.normal(0, 0.02, (SIZE, n)), jnp.float32), jnp.zeros(n)

    kinds = jnp.zeros((KINDS, SIZE))
    p = {
        "enc": stacked(encoder["layers"][FROZEN:]),
        "kinds": kinds,
        "tag": head(tags + 1),
        "set": head(labels),
    }
    return jax.tree.map(jnp.array, p)


def fit(
    p: Params, turns: list[Variants], recipe: Recipe, *,
    said: Callable[[str], object] = print, kept: Callable[[Params], object] | None = None,
) -> Params:  # fmt: skip
    """The averaged weights after training."""
    rng = np.random.default_rng(recipe.seed)
    state = {"p": p, "m": jax.tree.map(jnp.zeros_like, p), "v": jax.tree.map(jnp.zeros_like, p)}
    state["average"] = jax.tree.map(jnp.array, p)
    an_epoch = sum(1 for _ in batches(turns, recipe.tokens, np.random.default_rng(0)))
    most, t, losses = int(an_epoch * recipe.epochs), 0, []
    key, began = jax.random.PRNGKey(recipe.seed), time.time()
    while t < most:
        for b in batches(turns, recipe.tokens, rng):
            t += 1
            if t > most:
                break
            share = min(t / (0.1 * most), max(0.02, (most - t) / (0.9 * most)))
            del b["rows"]
            at = (np.float32(recipe.peak * share), np.float32(t), np.float32(recipe.heads_faster))
            state, value = step(state, b, jax.random.fold_in(key, t), at)
            losses.append(value)
            if t % 100 == 0:
                mean = np.mean([float(each) for each in losses[-100:]])
                said(f"step {t}/{most} loss {mean:.3f} {time.time() - began:.0f}s")
            if kept is not None and t % 300 == 0:
                kept(state["average"])
    return state["average"]


def lower(encoder: Params, words: np.ndarray, inputs: list[TaggerInput]) -> list[np.ndarray]:
    """The states of every turn above the frozen layers."""
    found: list[np.ndarray] = [np.empty(0)] * len(inputs)
    by_length = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
    for at in range(0, len(by_length), 64):
        chosen = by_length[at : at + 64]
        longest = next(most for most in (32, 48, 64, MOST) if most >= len(inputs[chosen[-1]].ids))
        ids, types = np.zeros((64, longest), np.int32), np.zeros((64, longest), np.int32)
        mask = np.zeros((64, longest), bool)
        mask[:, 0] = True
        for row, i in enumerate(chosen):
            n = len(inputs[i].ids)
            ids[row, :n], types[row, :n], mask[row, :n] = inputs[i].ids, inputs[i].types, True
        x = np.asarray(lower_states(encoder, words[ids], types, mask), np.float16)
        for row, i in enumerate(chosen):
            found[i] = x[row, : len(inputs[i].ids)].copy()
    return found
