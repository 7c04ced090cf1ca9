"""What our training adds to Whisper: a change of low rank to each matrix, put into its file.

The package's weights stay as they are published, and checked; 4 MB of ours lie beside them
(`training/hearing.py` makes them; LoRA, Hu et al. 2021). A model file of CTranslate2 is a header
and then one variable after the other, all in little endian: its name, shape, type and numbers.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

FLOAT16 = 4
"""CTranslate2's number for the type that the package keeps its matrices in."""
_SUFFIX = "/weight"


@dataclass(frozen=True, slots=True)
class Variable:
    """One array in a model file."""

    name: str
    shape: tuple[int, ...]
    type_number: int
    begin: int
    """Where its numbers begin, in bytes."""
    size: int


def variables(model: bytes) -> Iterator[Variable]:
    """Those of a `model.bin` of CTranslate2 (binary version 6)."""
    at = 4
    _, at = _text(model, at)
    _, count = struct.unpack_from("<II", model, at)
    at += 8
    for _ in range(count):
        name, at = _text(model, at)
        rank = model[at]
        *shape, type_number, size = struct.unpack_from(f"<{rank}IBI", model, at + 1)
        at += 1 + struct.calcsize(f"<{rank}IBI")
        yield Variable(name, tuple(shape), type_number, at, size)
        at += size


def adapted(model: bytes, adapter: bytes) -> bytes:
    """The model file with `up @ down` added to each matrix that the adapter changes.

    `adapter` is an `.npz` of float16 with NAME/down (rank, in) and NAME/up (out, rank); its reader
    has checked its digest. Raises ValueError when the two do not fit.
    """
    changed = bytearray(model)
    with np.load(io.BytesIO(adapter), allow_pickle=False) as arrays:
        names = {name.removesuffix("/down") for name in arrays.files if name.endswith("/down")}
        for variable in variables(model):
            name = variable.name.removesuffix(_SUFFIX)
            if name not in names:
                continue
            if variable.type_number != FLOAT16:
                raise ValueError(f"{variable.name} is not of float16")
            names.remove(name)
            down, up = (arrays[f"{name}/{end}"].astype(np.float32) for end in ("down", "up"))
            end = variable.begin + variable.size
            matrix = np.frombuffer(model[variable.begin : end], "<f2").reshape(variable.shape)
            changed[variable.begin : end] = (matrix + up @ down).astype("<f2").tobytes()
    if names:
        raise ValueError(f"the model has no {', '.join(sorted(names))}")
    return bytes(changed)


def _text(model: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it and a zero behind it, and where it ends."""
    (length,) = struct.unpack_from("<H", model, at)
    end = at + 2 + length
    return model[at + 2 : end - 1].decode(), end
