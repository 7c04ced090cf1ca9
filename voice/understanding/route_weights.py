"""The weights of the route model: one compact file, checked before use.

Trained by `benchmarks/train_routes.py`; where the sentences came from is in
`weights/ATTRIBUTION.md`.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from voice.understanding.reading import Route

BUCKETS = 16384
"""Hashed features share this many rows; named ones follow."""
SHA256 = "f0550ce5476f022712287c4b8f3725975ea6f432979c05ee367ae6e18c403396"


class WeightsDamaged(RuntimeError):
    """The weights file is not the one that this code was released with."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: a row of one weight for each route, by feature."""

    routes: tuple[Route, ...]
    bias: tuple[float, ...]
    named: dict[str, int]
    rows: dict[int, tuple[float, ...]]


@cache
def load_weights() -> Weights:
    """Read once; a file that does not fit its checksum is refused."""
    packed = files("voice.understanding").joinpath("weights/routes.bin").read_bytes()
    if hashlib.sha256(packed).hexdigest() != SHA256:
        raise WeightsDamaged("voice/understanding/weights/routes.bin does not fit its checksum")
    return unpack(packed)


def pack(weights: Weights) -> bytes:
    """Eight bits a weight, scaled by the largest; rows of zeros are left out."""
    largest = max(abs(weight) for row in weights.rows.values() for weight in row)
    scale = largest / 127
    kept = {
        index: bytes(round(weight / scale) & 0xFF for weight in row)
        for index, row in sorted(weights.rows.items())
    }
    kept = {index: row for index, row in kept.items() if any(row)}
    head = {
        "routes": weights.routes,
        "bias": [round(each, 5) for each in weights.bias],
        "named": list(weights.named),
        "scale": scale,
        "rows": list(kept),
    }
    return zlib.compress(json.dumps(head).encode() + b"\n" + b"".join(kept.values()), 9)


def unpack(packed: bytes) -> Weights:
    """What `pack` wrote."""
    head_line, _, body = zlib.decompress(packed).partition(b"\n")
    head: Mapping[str, Sequence[str]] = json.loads(head_line)
    scale = float(str(head["scale"]))
    signed = memoryview(body).cast("b")
    width = len(head["routes"])
    rows = {
        int(index): tuple(weight * scale for weight in signed[at * width : (at + 1) * width])
        for at, index in enumerate(head["rows"])
    }
    return Weights(
        routes=tuple(head["routes"]),  # type: ignore[arg-type]  # checked by the checksum
        bias=tuple(float(each) for each in head["bias"]),
        named={name: place for place, name in enumerate(head["named"])},
        rows=rows,
    )
