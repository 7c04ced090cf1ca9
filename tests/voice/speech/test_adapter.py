"""What our training adds goes into the matrices that it names, and into nothing else."""

from __future__ import annotations

import io
import struct
from typing import Any

import numpy as np
import pytest

from voice.speech.adapter import adapted, variables

FLOAT16, INT8 = 4, 1


def model(*arrays: tuple[str, np.ndarray, int]) -> bytes:
    """A model file of these, as CTranslate2 writes them."""

    def text(told: str) -> bytes:
        return struct.pack("<H", len(told) + 1) + told.encode() + b"\0"

    written = struct.pack("<I", 6) + text("WhisperSpec") + struct.pack("<II", 3, len(arrays))
    for name, numbers, kind in arrays:
        held = numbers.tobytes()
        shape = struct.pack(f"<B{numbers.ndim}I", numbers.ndim, *numbers.shape)
        written += text(name) + shape + struct.pack("<BI", kind, len(held)) + held
    return written + struct.pack("<I", 0)


def change(name: str, down: np.ndarray, up: np.ndarray) -> bytes:
    held = io.BytesIO()
    arrays: Any = {f"{name}/down": down, f"{name}/up": up}
    np.savez(held, **arrays)
    return held.getvalue()


MATRIX = np.arange(6, dtype=np.float16).reshape(2, 3)
BIAS = np.ones(2, np.float16)
DOWN, UP = np.array([[1, 0, 2]], np.float16), np.array([[1], [10]], np.float16)
MODEL = model(
    ("a/weight", MATRIX, FLOAT16), ("a/bias", BIAS, FLOAT16), ("b/weight", MATRIX, FLOAT16)
)


def arrays(held: bytes) -> dict[str, np.ndarray]:
    return {
        each.name: np.frombuffer(held[each.begin : each.begin + each.size], "<f2").reshape(
            each.shape
        )
        for each in variables(held)
    }


def test_the_change_is_added_to_its_matrix_and_the_rest_stays_byte_for_byte() -> None:
    after = adapted(MODEL, change("a", DOWN, UP))
    assert len(after) == len(MODEL)
    found = arrays(after)
    assert np.array_equal(found["a/weight"], MATRIX + np.array([[1, 0, 2], [10, 0, 20]]))
    assert np.array_equal(found["a/bias"], BIAS)
    assert np.array_equal(found["b/weight"], MATRIX)


def test_a_change_for_a_matrix_that_the_model_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="the model has no c"):
        adapted(MODEL, change("c", DOWN, UP))


def test_a_change_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="a"):
        adapted(MODEL, change("a", np.ones((1, 4), np.float16), UP))


def test_a_matrix_that_is_not_kept_in_half_precision_is_refused() -> None:
    small = model(("a/weight", np.ones((2, 3), np.int8), INT8))
    with pytest.raises(ValueError, match="float16"):
        adapted(small, change("a", DOWN, UP))
