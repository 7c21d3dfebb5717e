"""The encoder that peers share: the bundled weights in sentence-transformers, without embedding a text twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from embeddings import PassageText, Vectors
from embeddings.bundled_transformer import transformer_directory
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.pooling import ALL_TOKENS

Compute = Callable[[Sequence[str]], Vectors]
"""Unit vectors of texts that have their prefix already, of shape (texts, dimension)."""
_TOGETHER = 256  # texts whose vectors are written together


def encoder_directory() -> str:
    """The bundled model as sentence-transformers reads it from disk."""
    return str(transformer_directory())


class KeptVectors:
    """Vectors by the text that they are of, in memory and in a file that grows; white space does not count.

    `kind` tells apart what different engines made.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self._vectors: dict[bytes, Vectors] = {}
        self._folder = folder / kind
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self._folder.glob("*.npz")):
            with np.load(path) as kept:
                self._vectors |= zip(map(bytes, kept["keys"]), kept["vectors"], strict=True)

    def of(self, texts: Sequence[str], compute: Compute) -> Vectors:
        """The vectors of the texts; `compute` makes those that are not kept."""
        plain = [" ".join(text.split()) for text in texts]
        keys = [hashlib.sha256(text.encode()).digest() for text in plain]
        new = {key: text for key, text in zip(keys, plain, strict=True) if key not in self._vectors}
        # Texts of one length together: little padding.
        order = sorted(new, key=lambda key: len(new[key]))
        for start in range(0, len(order), _TOGETHER):
            part = order[start : start + _TOGETHER]
            made = np.asarray(compute([new[key] for key in part]), np.float32)
            self._vectors |= zip(part, made, strict=True)
            self._write(part, made)
        return np.stack([self._vectors[key] for key in keys])

    def _write(self, keys: Sequence[bytes], made: Vectors) -> None:
        rows = np.frombuffer(b"".join(keys), np.uint8).reshape(len(keys), -1)
        name = hashlib.sha256(b"".join(keys)).hexdigest()[:16]
        np.savez(self._folder / f"{name}.npz", keys=rows, vectors=made)


@contextmanager
def kept_vectors(kept: KeptVectors, compute: Compute | None = None) -> Iterator[None]:
    """Within it, sentence-transformers embeds no text that is kept, whoever asks; else as always, or by `compute`."""
    from sentence_transformers import SentenceTransformer

    encode = SentenceTransformer.encode

    def remembered(model: Any, inputs: Any, *arguments: Any, **named: Any) -> Any:
        alone = isinstance(inputs, str)
        prompt = named.get("prompt")
        if prompt is None:
            prompt = model.prompts.get(named.get("prompt_name") or "", "")
        texts = [prompt + text for text in ([inputs] if alone else inputs)]

        def by_model(new: Sequence[str]) -> Vectors:
            return np.asarray(encode(model, list(new), batch_size=16, prompt=""))

        vectors = kept.of(texts, compute or by_model)
        return vectors[0] if alone else vectors

    SentenceTransformer.encode = remembered  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        SentenceTransformer.encode = encode  # type: ignore[method-assign]


def by_own_engine(encoder: OnnxEncoder) -> Compute:
    """The vectors as this project's int8 engine makes them of the same weights, two to three times as fast."""

    def compute(texts: Sequence[str]) -> Vectors:
        # The texts bring their prefixes, or have none because that is what is tried.
        return np.stack([encoder._pooled("", PassageText("", text, ()), ALL_TOKENS).whole for text in texts])

    return compute
