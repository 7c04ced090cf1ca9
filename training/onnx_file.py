"""Writes the trained tagger as ONNX, eight bits a weight, one turn a call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.minilm import FROZEN, HEADS, POSITIONS, SIZE, Params, unstacked


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


def _lower(words: np.ndarray, encoder: Params) -> Graph:
    """From word pieces to the states above the frozen layers, which all else goes on from."""
    g = Graph()
    last = g.constant(np.array([1], np.int64))
    length = g.node("Gather", g.node("Shape", "ids"), last)
    front = g.constant(np.zeros(1, np.int64))
    position = g.node("Slice", g.constant(encoder["pos"]), front, length)
    x = g.node("Add", g.packed_rows(words, "ids"), position)
    x = g.norm(g.node("Add", x, g.rows(encoder["type"], "types")), encoder["ln"])
    for layer in encoder["layers"][:FROZEN]:
        x = _layer(g, x, layer)
    g.node("Identity", x, out="states")
    return g


def _acts(readers: list[Params]) -> Graph:
    """Tags and labels of the caller's pieces, which stand behind the first `own` ones, by each of
    several readers that were trained apart."""
    g = Graph()
    front, end, axis = (g.constant(np.array([n], np.int64)) for n in (0, POSITIONS, 1))
    ours = g.node("Slice", "states", front, "own", axis)
    theirs = g.node("Slice", "states", "own", end, axis)
    tags, sets = [], []
    for p in readers:
        x = g.node("Add", theirs, g.rows(p["kinds"], "kinds"))
        for layer in unstacked(p["enc"]):
            x = _layer(g, x, layer, ours)
        tags.append(g.linear(x, *p["tag"]))
        sets.append(g.linear(g.node("ReduceMean", x, axis, keepdims=0), *p["set"]))
    g.node("Concat", *tags, out="tags", axis=0)
    g.node("Concat", *sets, out="set", axis=0)
    return g


def _meaning(layers: list[Params]) -> Graph:
    """What other upper layers make of all pieces together: texts that mean the like lie near."""
    g = Graph()
    x = "states"
    for layer in layers:
        x = _layer(g, x, layer)
    axis = g.constant(np.array([1], np.int64))
    mean = g.node("ReduceMean", x, axis, keepdims=0)
    g.node("Div", mean, g.node("ReduceL2", mean, axis, keepdims=1), out="meaning")
    return g


def write(
    folder: Path, words: np.ndarray, encoder: Params, readers: list[Params], meaning: list[Params]
) -> None:
    """`lower.onnx`: ids and types [1, pieces] to states [1, pieces, 384]; `acts.onnx`: these, kinds
    [1, the caller's] and own [1] to tags and set, a row for each reader; `meaning.onnx`: states to
    a vector. Three files, for onnxruntime reckons all of a graph, whatever is asked of it."""
    pieces = [1, "pieces"]
    ids, types = _whole("ids", pieces), _whole("types", pieces)
    states = _real("states", [1, "pieces", SIZE])
    kinds, own = _whole("kinds", [1, "own pieces"]), _whole("own", [1])
    tags, of_turn = (
        _real("tags", ["readers", "own pieces", "tags"]),
        _real("set", ["readers", "labels"]),
    )
    _file(folder / "lower.onnx", _lower(words, encoder), [ids, types], [states])
    _file(folder / "acts.onnx", _acts(readers), [states, kinds, own], [tags, of_turn])
    _file(folder / "meaning.onnx", _meaning(meaning), [states], [_real("meaning", [1, SIZE])])


def _whole(name: str, shape: list[Any]) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.INT64, shape)


def _real(name: str, shape: list[Any]) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def _file(path: Path, g: Graph, inputs: list[Any], outputs: list[Any]) -> None:
    graph = helper.make_graph(g.nodes, path.stem, inputs, outputs, g.constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    # Signed weights take half the time of unsigned ones; seven bits of them do not overflow where
    # there is no VNNI.
    quantize_dynamic(
        model, path, op_types_to_quantize=["MatMul"], per_channel=True, reduce_range=True,
        weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
