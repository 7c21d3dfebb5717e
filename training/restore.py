"""Take the weights of a shipped reader back out of its ONNX file, so that training can go on from them.

usage: python -m training.restore MODEL_DIRECTORY OUT

What int8 rounded away is lost: a weight comes back within half a step of what was exported.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from transformers import BertConfig

from embeddings.bert_weights import Array, Floats
from embeddings.bundled import weights_path
from embeddings.bundled_transformer import bert_config
from embeddings.e5_file import E5File
from training.model import CrossEncoder
from training.reader_graph import EMBEDDINGS, HEADS, LAYER
from training.train import save


def restored(directory: Path) -> tuple[BertConfig, dict[str, Tensor]]:
    """The configuration and the weights, float32, of the model in `directory`.

    Raises:
        ValueError: the file is not one that `training.export` wrote.
    """
    model = onnx.load(directory / "model.onnx")
    arrays = {array.name: numpy_helper.to_array(array) for array in model.graph.initializer}
    config = BertConfig(**bert_config(E5File(weights_path()).config))
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    config.num_hidden_layers = sum(name.endswith(".qkv.weight") for name in arrays)
    try:
        config.vocab_size = len(arrays["words.weight"])
        weights = _weights(arrays, config.num_hidden_layers)
    except KeyError as error:
        raise ValueError(f"{directory}: the model has no array {error}") from error
    return config, {name: torch.from_numpy(np.array(array)) for name, array in weights.items()}


def _weights(arrays: Mapping[str, Array], layers: int) -> dict[str, Array]:
    """By their names in the state of a `CrossEncoder`; the reverse of `reader_arrays` and `quantized_reader`."""
    weights: dict[str, Array] = {}
    for short, name in EMBEDDINGS.items():
        weights[f"encoder.embeddings.{name}.weight"] = arrays[f"{short}.weight"]
    weights["encoder.embeddings.word_embeddings.weight"] = arrays["words.weight"] * arrays["words.scale"]
    weights["encoder.embeddings.LayerNorm.bias"] = arrays["embedded.bias"]
    for layer in range(layers):
        for short, (weight, bias) in _layer(arrays, f"l{layer}.").items():
            prefix = f"encoder.encoder.layer.{layer}.{LAYER[short]}"
            weights |= {f"{prefix}.weight": weight, f"{prefix}.bias": bias}
    for name in HEADS:
        weights |= {f"{name}.weight": arrays[f"{name}.weight"].T, f"{name}.bias": arrays[f"{name}.bias"]}
    return weights


def _layer(arrays: Mapping[str, Array], prefix: str) -> dict[str, tuple[Array, Array]]:
    """Weight and bias of the modules of a layer; matrices are (out, in), as torch has them."""
    together = np.split(_matrix(arrays, f"{prefix}qkv"), 3)
    found = dict(
        zip("qkv", zip(together, np.split(arrays[f"{prefix}qkv.bias"], 3), strict=True), strict=True)
    )
    for name in ("ao", "fi", "fo"):
        found[name] = _matrix(arrays, f"{prefix}{name}"), arrays[f"{prefix}{name}.bias"]
    for name in ("aln", "oln"):
        found[name] = arrays[f"{prefix}{name}.weight"], arrays[f"{prefix}{name}.bias"]
    return found


def _matrix(arrays: Mapping[str, Array], name: str) -> Floats:
    steps = arrays[f"{name}.factor"][:, None] * arrays[f"{name}.scale"]
    matrix: Floats = (arrays[f"{name}.weight"] * steps).T
    return matrix


def main(arguments: list[str]) -> None:
    """Write a run that `training.train --start` can begin from."""
    directory, out = map(Path, arguments)
    config, weights = restored(directory)
    model = CrossEncoder(config)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or any(not name.endswith("position_ids") for name in missing):
        raise ValueError(f"{directory}: missing {missing}, unknown {unexpected}")
    out.mkdir(parents=True, exist_ok=True)
    config.save_pretrained(out)
    save(model, out)
    (out / "tokenizer.json").write_bytes((directory / "tokenizer.json").read_bytes())


if __name__ == "__main__":
    main(sys.argv[1:])
