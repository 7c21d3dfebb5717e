"""Write a trained cross-encoder as int8 ONNX for the app.

Matrices become int8 as `embeddings.bert_weights` tells; what enters them becomes int8 when it is computed
(docs/reader.md tells what each choice is worth).

usage: python -m training.export RUN_DIRECTORY OUT_DIRECTORY
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from embeddings.bert_weights import Array
from training.bert_graph import save
from training.encoding import LONGEST, SEPARATOR
from training.reader_graph import quantized_reader, reader_arrays, reader_graph
from training.smoothing import smoothing_factors, written_passages
from training.train import load


def export(run: Path, out: Path) -> None:
    """`out` gets model.onnx and tokenizer.json."""
    model = load(run).eval()
    config = model.encoder.config
    layers, heads, epsilon = config.num_hidden_layers, config.num_attention_heads, config.layer_norm_eps
    weights = {name: tensor.float().numpy() for name, tensor in model.state_dict().items()}
    arrays = reader_arrays(weights, layers)
    factors = smoothing_factors(reader_graph(arrays, layers, heads, epsilon), layers, _feeds(run))
    out.mkdir(parents=True, exist_ok=True)
    save(reader_graph(quantized_reader(arrays, factors), layers, heads, epsilon), out / "model.onnx")
    (out / "tokenizer.json").write_bytes((run / "tokenizer.json").read_bytes())


def _feeds(run: Path) -> Iterator[dict[str, Array]]:
    tokenizer = Tokenizer.from_file(str(run / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    for title, text, question in written_passages():
        yield {"ids": np.array([tokenizer.encode(question, title + SEPARATOR + text).ids], np.int64)}


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
