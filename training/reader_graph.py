"""The reader as arrays, and its ONNX graph out of them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto

from embeddings.bert_weights import Array, Floats, layer_arrays, quantized
from training.bert_graph import BertGraph

# Of a layer, the modules by their short names.
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
EMBEDDINGS = {
    "words": "word_embeddings",
    "places": "position_embeddings",
    "types": "token_type_embeddings",
    "embedded": "LayerNorm",
}
HEADS = ("tokens", "pooled", "relevance")
_LARGEST = 127


def reader_arrays(weights: Mapping[str, Floats], layers: int) -> dict[str, Floats]:
    """The weights of a `training.model.CrossEncoder`, named as in its state, as arrays of its graph."""
    arrays = {}
    for short, name in EMBEDDINGS.items():
        arrays[f"{short}.weight"] = weights[f"encoder.embeddings.{name}.weight"]
    arrays["embedded.bias"] = weights["encoder.embeddings.LayerNorm.bias"]
    for layer in range(layers):
        own = {
            f"{short}.{kind[0]}": weights[f"encoder.encoder.layer.{layer}.{name}.{kind}"]
            for short, name in LAYER.items()
            for kind in ("weight", "bias")
        }
        arrays |= layer_arrays(f"l{layer}.", own)
    for name in HEADS:
        arrays[f"{name}.weight"] = np.ascontiguousarray(weights[f"{name}.weight"].T)
        arrays[f"{name}.bias"] = weights[f"{name}.bias"]
    return arrays


def quantized_reader(arrays: dict[str, Floats], factors: dict[str, Floats]) -> dict[str, Array]:
    """`arrays` with the matrices of the layers and the table of words as int8, a word with its own scale."""
    words = arrays["words.weight"]
    scale = np.maximum(np.abs(words).max(axis=1, keepdims=True) / _LARGEST, np.finfo(np.float32).tiny)
    found = quantized(arrays, factors)
    return found | {"words.weight": np.round(words / scale).astype(np.int8), "words.scale": scale}


def reader_graph(arrays: Mapping[str, Array], layers: int, heads: int, epsilon: float) -> onnx.ModelProto:
    """From `ids`, int64 of shape (texts, tokens), all of one length, to the logits of the four heads.

    `relevance` is float32 of shape (texts,); `start`, `end` and `inside` are of shape (texts, tokens).
    """
    graph = BertGraph(arrays, heads, epsilon)
    value = graph.normalized("embedded", _embedded(graph, "words.scale" in arrays), "states.0")
    for layer in range(layers):
        value = graph.layer(f"l{layer}.", value, f"states.{layer + 1}")
    last = graph.constant("last", np.array([-1], np.int64))
    per_token = ["start", "end", "inside"]
    graph.split(graph.dense("tokens", value, "heads"), [f"{name}.column" for name in per_token])
    for name in per_token:
        graph.operation("Squeeze", [f"{name}.column", last], name)
    first = graph.operation(
        "Gather", [value, graph.constant("first", np.array(0, np.int64))], "opening", axis=1
    )
    pooled = graph.operation("Tanh", [graph.dense("pooled", first, "pool")], "pooled")
    graph.operation("Squeeze", [graph.dense("relevance", pooled, "relevance.column"), last], "relevance")
    tokens: list[str | int] = ["texts", "tokens"]
    made = {"relevance": tokens[:1], **dict.fromkeys(per_token, tokens)}
    return graph.model({"ids": (TensorProto.INT64, tokens)}, made)


def _embedded(graph: BertGraph, int8: bool) -> str:
    """Word, place and type of each token, added up."""
    words = graph.operation("Gather", [graph.array("words.weight"), "ids"], "rows")
    if int8:
        wide = graph.operation("Cast", [words], "rows.wide", to=TensorProto.FLOAT)
        scales = graph.operation("Gather", [graph.array("words.scale"), "ids"], "rows.scale")
        words = graph.operation("Mul", [wide, scales], "rows.scaled")
    begin = graph.constant("begin", np.array([0], np.int64))
    length = graph.operation("Shape", ["ids"], "length", start=1, end=2)
    places = graph.operation("Slice", [graph.array("places.weight"), begin, length], "place_rows")
    placed = graph.operation("Add", [words, places], "placed")
    kind = graph.operation("Gather", [graph.array("types.weight"), begin], "type_row")
    return graph.operation("Add", [placed, kind], "typed")
