"""Writes the trained tagger as ONNX, eight bits a weight, one turn a call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.minilm import FROZEN, HEADS, SIZE, Params, unstacked


class Graph:
    """Nodes and constants as they come."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, value: Any) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        out = out or f"x{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, out: str = "") -> str:
        product = self.node("MatMul", x, self.constant(weight.astype(np.float32)))
        return self.node("Add", product, self.constant(bias.astype(np.float32)), out=out)

    def norm(self, x: str, wb: tuple[np.ndarray, np.ndarray]) -> str:
        scale, shift = self.constant(wb[0]), self.constant(wb[1])
        return self.node("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-12)

    def rows(self, table: np.ndarray, ids: str) -> str:
        return self.node("Gather", self.constant(table), ids)

    def packed_rows(self, table: np.ndarray, ids: str) -> str:
        """One byte a number, one scale a row."""
        scale = np.abs(table).max(1, keepdims=True) / 127
        whole = self.rows(np.round(table / scale).astype(np.int8), ids)
        real = self.node("Cast", whole, to=TensorProto.FLOAT)
        return self.node("Mul", real, self.rows(scale.astype(np.float32), ids))


def _layer(g: Graph, x: str, layer: Params, ours: str = "") -> str:
    """One layer; with `ours`, that is looked at too."""
    seen = g.node("Concat", ours, x, axis=1) if ours else x
    k = (SIZE / HEADS) ** -0.5  # the scale of attention is folded into the query
    q = _heads(g, g.linear(x, layer["q"][0] * k, layer["q"][1] * k))
    both = [np.concatenate([layer["k"][i], layer["v"][i]], -1) for i in (0, 1)]
    parts = [f"{x}_key", f"{x}_value"]
    g.nodes.append(
        helper.make_node("Split", [g.linear(seen, *both)], parts, axis=-1, num_outputs=2)
    )
    key, value = (_heads(g, part) for part in parts)
    key = g.node("Transpose", key, perm=[0, 1, 3, 2])
    y = g.node("MatMul", g.node("Softmax", g.node("MatMul", q, key), axis=-1), value)
    y = g.node("Transpose", y, perm=[0, 2, 1, 3])
    y = g.node("Reshape", y, g.constant(np.array([0, 0, SIZE], np.int64)))
    x = g.norm(g.node("Add", x, g.linear(y, *layer["o"])), layer["ln1"])
    up = g.node("Gelu", g.linear(x, *layer["up"]))
    return g.norm(g.node("Add", x, g.linear(up, *layer["down"])), layer["ln2"])


def _heads(g: Graph, x: str) -> str:
    split = g.node("Reshape", x, g.constant(np.array([0, 0, HEADS, SIZE // HEADS], np.int64)))
    return g.node("Transpose", split, perm=[0, 2, 1, 3])


def _graph(words: np.ndarray, encoder: Params, p: Params, meaning: list[Params]) -> Graph:
    g = Graph()
    last = g.constant(np.array([1], np.int64))
    length = g.node("Gather", g.node("Shape", "ids"), last)
    front = g.constant(np.zeros(1, np.int64))
    position = g.node("Slice", g.constant(encoder["pos"]), front, length)
    x = g.node("Add", g.packed_rows(words, "ids"), position)
    x = g.norm(g.node("Add", x, g.rows(encoder["type"], "types")), encoder["ln"])
    for layer in encoder["layers"][:FROZEN]:
        x = _layer(g, x, layer)
    _meaning(g, x, meaning)
    ours = g.node("Slice", x, front, "own", last)
    x = g.node("Slice", x, "own", length, last)
    x = g.node("Add", x, g.rows(p["kinds"], "kinds"))
    for layer in unstacked(p["enc"]):
        x = _layer(g, x, layer, ours)
    g.linear(x, *p["tag"], out="tags")
    g.linear(g.node("ReduceMean", x, last, keepdims=0), *p["set"], out="set")
    return g


def _meaning(g: Graph, x: str, layers: list[Params]) -> None:
    """What other upper layers make of all pieces together: texts that mean the like lie near."""
    for layer in layers:
        x = _layer(g, x, layer)
    mean = g.node("ReduceMean", x, g.constant(np.array([1], np.int64)), keepdims=0)
    length = g.node("ReduceL2", mean, g.constant(np.array([1], np.int64)), keepdims=1)
    g.node("Div", mean, length, out="meaning")


def write(
    folder: Path, words: np.ndarray, encoder: Params, p: Params, meaning: list[Params]
) -> None:
    """`acts.onnx`: ids, types [1, pieces], kinds [1, the caller's] and own [1]; tags, set and
    meaning, of which only what is asked for is reckoned."""
    g = _graph(words, encoder, p, meaning)
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, [1, "pieces"])
        for name in ("ids", "types")
    ]
    inputs.append(helper.make_tensor_value_info("kinds", TensorProto.INT64, [1, "own pieces"]))
    inputs.append(helper.make_tensor_value_info("own", TensorProto.INT64, [1]))
    outputs = [
        helper.make_tensor_value_info("tags", TensorProto.FLOAT, [1, "own pieces", "tags"]),
        helper.make_tensor_value_info("set", TensorProto.FLOAT, [1, "labels"]),
        helper.make_tensor_value_info("meaning", TensorProto.FLOAT, [1, SIZE]),
    ]
    graph = helper.make_graph(g.nodes, "acts", inputs, outputs, g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    # Unsigned weights: signed ones overflow on processors without VNNI, and many tags differ.
    quantize_dynamic(
        model, folder / "acts.onnx", op_types_to_quantize=["MatMul"], per_channel=True,
        weight_type=QuantType.QUInt8, extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
