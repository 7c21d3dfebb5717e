"""Take the weights of a shipped reader back out of its ONNX file, so that training can go on from them.

usage: python -m training.restore MODEL_DIRECTORY OUT

What int8 rounded away is lost: a weight comes back within half a step of what was exported.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor
from transformers import BertConfig

from embeddings.bundled import bundled_model_directory
from training.model import CrossEncoder
from training.train import save

_QUANTIZED = "_quantized"  # one step for a column
_BLOCKS = "_Q8"  # one step for each block of a row
_MATRIX = re.compile(rf"val_(\d+)(?:{_QUANTIZED}|{_BLOCKS})")
_MIDDLE = 128  # the zero of unsigned blocks
_EMBEDDINGS = ("word_embeddings", "position_embeddings", "token_type_embeddings")
# Of a layer, the matrices in the order in which they are multiplied.
_MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


def restored(directory: Path) -> tuple[BertConfig, dict[str, Tensor]]:
    """The configuration and the weights, float32, of the model in `directory`.

    Raises:
        ValueError: the file is not one that `training.export` wrote.
    """
    model = onnx.load(directory / "model.onnx")
    arrays = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    # The exporter numbers the matrices in the order in which they are multiplied.
    numbered = {int(found[1]): name for name in arrays if (found := _MATRIX.fullmatch(name))}
    matrices = [numbered[number] for number in sorted(numbered)]
    config = BertConfig.from_pretrained(bundled_model_directory())
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    config.vocab_size = len(arrays[f"encoder.embeddings.word_embeddings.weight{_QUANTIZED}"])
    layers, rest = divmod(len(matrices) - 1, len(_MATRICES))  # the last one is the heads over the tokens
    if rest or layers < 1:
        raise ValueError(f"{directory}: {len(matrices)} matrices are not whole layers and a head")
    config.num_hidden_layers = layers
    weights = {name: torch.from_numpy(array.copy()) for name, array in arrays.items() if _is_plain(name)}
    for name in _EMBEDDINGS:
        full = f"encoder.embeddings.{name}.weight"
        weights[full] = _float(arrays, full + _QUANTIZED)
    targets = [f"encoder.encoder.layer.{n}.{m}.weight" for n in range(layers) for m in _MATRICES]
    for target, name in zip([*targets, "tokens.weight"], matrices, strict=True):
        weights[target] = (_blocks if name.endswith(_BLOCKS) else _columns)(arrays, name)
    for name in ("pooled", "relevance"):
        weights[f"{name}.weight"] = _columns(arrays, f"{name}.weight_Transposed{_QUANTIZED}")
    return config, weights


def _is_plain(name: str) -> bool:
    return name.endswith((".bias", "LayerNorm.weight"))


def _float(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Tensor:
    base = name.removesuffix(_QUANTIZED)
    zero = arrays[f"{base}_zero_point"].astype(np.float32)
    scale = arrays[f"{base}_scale"].astype(np.float32)
    return torch.from_numpy((arrays[name].astype(np.float32) - zero) * scale)


def _columns(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Tensor:
    """A matrix of a linear layer, (out, in), stored as (in, out)."""
    return _float(arrays, name).T.contiguous()


def _blocks(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Tensor:
    """A matrix of a linear layer, (out, in), stored as (out, blocks, in of a block)."""
    scale = arrays[f"{name.removesuffix(_BLOCKS)}_scales"].astype(np.float32)
    values = (arrays[name].astype(np.float32) - _MIDDLE) * scale[..., None]
    return torch.from_numpy(values.reshape(len(values), -1))


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
