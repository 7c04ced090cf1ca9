"""Whisper in jax: its weights out of CTranslate2's file, and the forward pass, with what is learnt.

What is learnt is a change of low rank to every matrix of both halves (LoRA, Hu et al. 2021): the
published weights stay as they are, and with them what they know of people whom no voice of ours
imitates.
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from voice.speech.adapter import FLOAT16, variables

LAYERS, HEADS, SIZE = 4, 6, 384
LOUDER = 2.0
"""What the change is multiplied by, so that steps of a usual size move it."""

Params = dict[str, Any]


def published(model: bytes) -> Params:
    """Every array of half precision, in single, by its name in the file."""
    found = {}
    for variable in variables(model):
        if variable.type_number == FLOAT16:
            numbers = np.frombuffer(model, "<f2", variable.size // 2, variable.begin)
            found[variable.name] = jnp.asarray(numbers.reshape(variable.shape), jnp.float32)
    return found


def no_change(weights: Params, rank: int, key: jax.Array) -> Params:
    """Where learning begins: down at random, up at zero."""
    change = {}
    names = [name.removesuffix("/weight") for name in sorted(weights) if _is_matrix(name)]
    for number, name in enumerate(names):
        out, into = weights[f"{name}/weight"].shape
        down = jax.random.normal(jax.random.fold_in(key, number), (rank, into)) / np.sqrt(into)
        change[name] = {"down": down, "up": jnp.zeros((out, rank))}
    return change


def _is_matrix(name: str) -> bool:
    return name.endswith("/weight") and "/linear_" in name


def _linear(weights: Params, change: Params, name: str, x: jax.Array) -> jax.Array:
    y = x @ weights[f"{name}/weight"].T + weights[f"{name}/bias"]
    return y + LOUDER * ((x @ change[name]["down"].T) @ change[name]["up"].T)


def _norm(weights: Params, name: str, x: jax.Array) -> jax.Array:
    mean = x.mean(-1, keepdims=True)
    spread = jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-5)
    return (x - mean) * spread * weights[f"{name}/gamma"] + weights[f"{name}/beta"]


def _attention(q: jax.Array, k: jax.Array, v: jax.Array, bias: jax.Array | float) -> jax.Array:
    q, k, v = (x.reshape(*x.shape[:2], HEADS, SIZE // HEADS).swapaxes(1, 2) for x in (q, k, v))
    near = jnp.einsum("bhqd,bhkd->bhqk", q, k) * (SIZE // HEADS) ** -0.5 + bias
    seen = jnp.einsum("bhqk,bhkd->bhqd", jax.nn.softmax(near, -1), v).swapaxes(1, 2)
    return seen.reshape(*seen.shape[:2], SIZE)


def _own(
    weights: Params, change: Params, layer: str, x: jax.Array, bias: jax.Array | float
) -> jax.Array:
    held = _norm(weights, f"{layer}/self_attention/layer_norm", x)
    inner = _linear(weights, change, f"{layer}/self_attention/linear_0", held)
    seen = _attention(*jnp.split(inner, 3, -1), bias)
    return x + _linear(weights, change, f"{layer}/self_attention/linear_1", seen)


def _forward(weights: Params, change: Params, layer: str, x: jax.Array) -> jax.Array:
    held = _norm(weights, f"{layer}/ffn/layer_norm", x)
    held = jax.nn.gelu(_linear(weights, change, f"{layer}/ffn/linear_0", held), approximate=False)
    return x + _linear(weights, change, f"{layer}/ffn/linear_1", held)


def _convolved(weights: Params, name: str, x: jax.Array, stride: int) -> jax.Array:
    y = jax.lax.conv_general_dilated(
        x, weights[f"{name}/weight"], (stride,), [(1, 1)], dimension_numbers=("NCH", "OIH", "NCH")
    )
    return jax.nn.gelu(y + weights[f"{name}/bias"][None, :, None], approximate=False)


def heard(weights: Params, change: Params, mel: jax.Array) -> jax.Array:
    """[batch, 80, frames] to [batch, frames / 2, 384]; the window may be shorter than 30 s."""
    x = _convolved(weights, "encoder/conv1", mel, 1)
    x = _convolved(weights, "encoder/conv2", x, 2).swapaxes(1, 2)
    x = x + weights["encoder/position_encodings/encodings"][: x.shape[1]]
    for number in range(LAYERS):
        layer = f"encoder/layer_{number}"
        x = _forward(weights, change, layer, _own(weights, change, layer, x, 0.0))
    return _norm(weights, "encoder/layer_norm", x)


def written(weights: Params, change: Params, sound: jax.Array, ids: jax.Array) -> jax.Array:
    """States [batch, pieces, 384] from which the next piece is told, of what is written so far."""
    pieces = ids.shape[1]
    x = weights["decoder/embeddings/weight"][ids]
    x = x + weights["decoder/position_encodings/encodings"][:pieces]
    later = jnp.where(jnp.tril(jnp.ones((pieces, pieces), bool)), 0.0, -1e9)
    for number in range(LAYERS):
        layer = f"decoder/layer_{number}"
        x = _own(weights, change, layer, x, later)
        held = _norm(weights, f"{layer}/attention/layer_norm", x)
        q = _linear(weights, change, f"{layer}/attention/linear_0", held)
        k, v = jnp.split(_linear(weights, change, f"{layer}/attention/linear_1", sound), 2, -1)
        seen = _attention(q, k, v, 0.0)
        x = x + _linear(weights, change, f"{layer}/attention/linear_2", seen)
        x = _forward(weights, change, layer, x)
    return _norm(weights, "decoder/layer_norm", x)
