"""The factors that even out what enters the matrices of a model, for `embeddings.bert_weights.quantized`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from embeddings.bert_weights import Array, Floats
from training.bert_graph import inputs_of_matrices

PASSAGES = Path(__file__).parent / "questions" / "passages.jsonl"
_PASSAGES = 64  # the largest activations hardly grow with more


def written_passages() -> Iterator[tuple[str, str, str]]:
    """Title, text and a question of passages that were written for training, some of each kind."""
    rows = PASSAGES.read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, islice(rows, 0, None, max(1, len(rows) // _PASSAGES))):
        yield row["title"], row["context"], row["questions"][0]["question"]


def smoothing_factors(
    model: onnx.ModelProto, layers: int, feeds: Iterable[Mapping[str, Array]]
) -> dict[str, Floats]:
    """By the name of each matrix the factors of its rows, float32 of shape (in,).

    `model` is a `BertGraph` of float32, which is run on `feeds`. A feature's factor is the root of the largest
    activation by the largest weight (SmoothQuant with α = ½); they are scaled to a geometric mean of 1.
    """
    entering = inputs_of_matrices(layers)
    names = sorted(set(entering.values()))
    largest = _largest(model, names, feeds)
    weights = {array.name: onnx.numpy_helper.to_array(array) for array in model.graph.initializer}
    factors = {}
    for matrix, value in entering.items():
        weight = np.abs(weights[f"{matrix}.weight"]).max(axis=1)
        factor = np.sqrt(np.maximum(largest[value], 1e-3) / np.maximum(weight, 1e-5))
        factors[matrix] = (factor / np.exp(np.log(factor).mean())).astype(np.float32)
    return factors


def _largest(
    model: onnx.ModelProto, names: list[str], feeds: Iterable[Mapping[str, Array]]
) -> dict[str, Floats]:
    """The largest absolute value of each feature of the values `names`."""
    told = onnx.ModelProto()
    told.CopyFrom(model)
    known = {value.name for value in told.graph.output}
    told.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names if name not in known
    )
    session = onnxruntime.InferenceSession(told.SerializeToString(), providers=["CPUExecutionProvider"])
    largest: dict[str, Floats] = {}
    for feed in feeds:
        for name, found in zip(names, session.run(names, dict(feed)), strict=True):
            highest = np.abs(found).reshape(-1, found.shape[-1]).max(axis=0)
            largest[name] = np.maximum(largest.get(name, highest), highest)
    return largest
