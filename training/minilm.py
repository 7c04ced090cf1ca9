"""MiniLM-L6 (BERT, six layers of 384) in jax: its weights as published, and the forward pass."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from safetensors.numpy import load as load_tensors

LAYERS, HEADS, SIZE = 6, 12, 384
FROZEN = 2
"""Layers from below that stay as published, so that their states need computing only once."""
POSITIONS = 128
NORMS = ("ln1", "ln2")
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

Params = dict[str, Any]


def published(model: Path) -> tuple[list[str], np.ndarray, Params]:
    """The vocabulary, the table of word vectors, and everything that is trained further."""
    held = (model / "model.safetensors").read_bytes()
    if sha256(held).hexdigest() != SHA256:
        raise SystemExit(f"{model}: not sentence-transformers/all-MiniLM-L6-v2")
    raw = {name.removeprefix("bert."): value for name, value in load_tensors(held).items()}
    vocabulary = (model / "vocab.txt").read_text(encoding="utf-8").splitlines()
    layers = [_layer(raw, f"encoder.layer.{number}.") for number in range(LAYERS)]
    frozen = [layer_as_stored(layer) for layer in layers[:FROZEN]]
    encoder = {
        "pos": raw["embeddings.position_embeddings.weight"][:POSITIONS],
        "type": raw["embeddings.token_type_embeddings.weight"],
        "ln": _pair(raw, "embeddings.LayerNorm", turned=False),
        "layers": [*jax.tree.map(np.asarray, frozen), *layers[FROZEN:]],
    }
    return vocabulary, raw["embeddings.word_embeddings.weight"], encoder


def _pair(raw: Params, name: str, *, turned: bool = True) -> tuple[np.ndarray, np.ndarray]:
    weight = raw[name + ".weight"]
    return (np.ascontiguousarray(weight.T) if turned else weight), raw[name + ".bias"]


def _layer(raw: Params, at: str) -> Params:
    return {
        "q": _pair(raw, at + "attention.self.query"),
        "k": _pair(raw, at + "attention.self.key"),
        "v": _pair(raw, at + "attention.self.value"),
        "o": _pair(raw, at + "attention.output.dense"),
        "ln1": _pair(raw, at + "attention.output.LayerNorm", turned=False),
        "up": _pair(raw, at + "intermediate.dense"),
        "down": _pair(raw, at + "output.dense"),
        "ln2": _pair(raw, at + "output.LayerNorm", turned=False),
    }


def norm(x: jax.Array, wb: tuple[jax.Array, jax.Array]) -> jax.Array:
    mean = x.mean(-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) * jax.lax.rsqrt(variance + 1e-12) * wb[0] + wb[1]


def dropped(x: jax.Array, key: jax.Array | None, rate: float = 0.1) -> jax.Array:
    if key is None:
        return x
    lost = round(rate * 256)
    stays = jax.random.bits(key, x.shape, jnp.uint8) >= lost
    return jnp.where(stays, x * (256 / (256 - lost)), 0)


@jax.jit
def lower_states(p: Params, vectors: jax.Array, types: jax.Array, mask: jax.Array) -> jax.Array:
    """Hidden states [batch, time, 384] above the frozen layers, of word vectors."""
    x = norm(vectors + p["pos"][: vectors.shape[1]] + p["type"][types], p["ln"])
    bias = jnp.where(mask, 0.0, -1e9)[:, None, None, :]
    for layer in p["layers"][:FROZEN]:
        x = layer_states(layer, x, x, bias, (None, None))
    return x


def upper_states(
    stacked: Params, x: jax.Array, ours: jax.Array, masks: tuple[jax.Array, jax.Array],
    key: jax.Array | None = None,
) -> jax.Array:  # fmt: skip
    """What the trained layers make of the caller's pieces `x`.

    Our line is only looked at, as the frozen layers left it: that saves half of the work.
    """
    count = LAYERS - FROZEN
    keys = None if key is None else jax.random.split(key, 2 * count).reshape(count, 2, -1)
    bias = jnp.where(jnp.concatenate(masks, 1), 0.0, -1e9)[:, None, None, :]

    def one(x: jax.Array, given: Any) -> tuple[jax.Array, None]:
        layer, lucks = given
        first, second = (None, None) if lucks is None else (lucks[0], lucks[1])
        return layer_states(layer, x, jnp.concatenate([ours, x], 1), bias, (first, second)), None

    return jax.lax.scan(one, x, (stacked, keys))[0]


def layer_states(
    layer: Params, x: jax.Array, seen: jax.Array, bias: jax.Array, keys: tuple[Any, Any]
) -> jax.Array:
    """One layer; `x` looks at all that is `seen`. The keys are of what is dropped in training."""
    x = norm(x + dropped(_attention(layer, x, seen, bias), keys[0]), layer["ln1"])
    y = jax.nn.gelu(x @ layer["up"][0] + layer["up"][1], approximate=False)
    y = y @ layer["down"][0] + layer["down"][1]
    return norm(x + dropped(y, keys[1]), layer["ln2"])


def _attention(layer: Params, x: jax.Array, seen: jax.Array, bias: jax.Array) -> jax.Array:
    """Of `x` to all that is seen."""

    def split(of: jax.Array, wb: tuple[jax.Array, jax.Array]) -> jax.Array:
        return (of @ wb[0] + wb[1]).reshape(len(x), -1, HEADS, SIZE // HEADS).transpose(0, 2, 1, 3)

    q, k, v = split(x, layer["q"]), split(seen, layer["k"]), split(seen, layer["v"])
    a = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / np.sqrt(SIZE / HEADS) + bias)
    h = (a @ v).transpose(0, 2, 1, 3).reshape(x.shape)
    return h @ layer["o"][0] + layer["o"][1]


def as_stored(w: Any) -> Any:
    """A matrix [in, out], or several, as its file holds it: 129 steps a column, the most that no
    processor overflows on. Slopes pass through as if nothing had been rounded: training learns
    with the weights that will read."""
    step = jnp.abs(w).max(-2, keepdims=True) / 64
    return w + jax.lax.stop_gradient(jnp.round(w / step) * step - w)


def layer_as_stored(layer: Params) -> Params:
    """With its matrices rounded, or those of several layers stacked."""
    return {
        name: (wb if name in NORMS else (as_stored(wb[0]), wb[1])) for name, wb in layer.items()
    }


def stacked(layers: list[Params]) -> Params:
    """Layers as one, for `upper_states`."""
    return jax.tree.map(lambda *each: np.stack(each), *layers)


def unstacked(layers: Params) -> list[Params]:
    def one(place: int) -> Params:
        return jax.tree.map(lambda each: np.asarray(each[place]), layers)

    return [one(place) for place in range(LAYERS - FROZEN)]
