"""The weights of a BERT encoder as its ONNX graph has them: named arrays, and matrices of int8.

A layer multiplies by four matrices, (in, out): `qkv` (query, key and value side by side), `ao` (what comes out
of the attention), `fi` and `fo` (into the feed-forward part and out of it).

Weights take 7 bits and one scale a column: with 8 the products of AVX2, summed by twos in 16 bits, saturate,
and processors with VNNI are as fast with 7, so that one file serves all. Some features of what goes into a
matrix are a hundred times larger than others, and activations, made int8 as they come, have one scale: each
feature is divided by a factor and its row of weights multiplied by it, so that both have a share of what is
difficult (SmoothQuant, Xiao et al. 2023).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

MATRICES = ("qkv", "ao", "fi", "fo")
_LARGEST = 63  # of 7 bits with a sign

Array = NDArray[Any]
Floats = NDArray[np.float32]


def layer_arrays(prefix: str, weights: dict[str, Floats]) -> dict[str, Floats]:
    """The arrays of a layer, float32, by their names in the graph.

    `weights` names a layer's tensors as `embeddings.e5_file` does, matrices as (out, in): q.w, q.b, k.w, k.b,
    v.w, v.b, ao.w, ao.b, aln.w, aln.b, fi.w, fi.b, fo.w, fo.b, oln.w, oln.b.
    """
    arrays = {
        "qkv.weight": np.concatenate([weights[f"{name}.w"] for name in "qkv"]).T,
        "qkv.bias": np.concatenate([weights[f"{name}.b"] for name in "qkv"]),
    }
    for name in ("ao", "fi", "fo"):
        arrays |= {f"{name}.weight": weights[f"{name}.w"].T, f"{name}.bias": weights[f"{name}.b"]}
    for name in ("aln", "oln"):
        arrays |= {f"{name}.weight": weights[f"{name}.w"], f"{name}.bias": weights[f"{name}.b"]}
    return {prefix + name: np.ascontiguousarray(array) for name, array in arrays.items()}


def quantized(arrays: dict[str, Floats], factors: dict[str, Floats]) -> dict[str, Array]:
    """`arrays` with every matrix for which there are `factors` as int8.

    Besides NAME.weight, int8 of shape (in, out), it gets NAME.scale, float32 of shape (out,), and NAME.factor,
    float32 of shape (in,), by which the activations are multiplied. `factors` are by NAME, of shape (in,).
    """
    found: dict[str, Array] = {}
    for key, array in arrays.items():
        name, _, kind = key.rpartition(".")
        if kind == "weight" and name in factors:
            factor = factors[name].astype(np.float32)
            smoothed = array * factor[:, None]
            scale = np.maximum(np.abs(smoothed).max(axis=0) / _LARGEST, np.finfo(np.float32).tiny)
            found[key] = np.clip(np.round(smoothed / scale), -_LARGEST, _LARGEST).astype(np.int8)
            found[f"{name}.scale"] = scale.astype(np.float32)
            found[f"{name}.factor"] = 1 / factor
        else:
            found[key] = array
    return found
