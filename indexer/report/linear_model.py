"""A small learned model as a file: a logistic regression over short runs of characters. Nothing but numpy is needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LONGEST_RUN = 3
_DIGIT = re.compile(r"[0-9０-９]+")
_YEAR = re.compile(r"[一二][九〇○零][〇○零一二三四五六七八九]{2}年")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A fitted model.

    Attributes:
        rows: the row of each known feature.
        weights: of shape (features, labels), float32.
        bias: of shape (labels,), float32.
    """

    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def chances(self, features: Iterable[str]) -> NDArray[np.float64]:
        """The chance, 0..1, of every label, of shape (labels,); each feature is given once.

        A long text counts no more than a short one.
        """
        known = [row for feature in features if (row := self.rows.get(feature)) is not None]
        logits = self.bias + self.weights[known].sum(axis=0) / np.sqrt(max(1, len(known)))
        raised = np.exp(logits.astype(np.float64) - logits.max())
        found: NDArray[np.float64] = raised / raised.sum()
        return found


def runs(text: str) -> list[str]:
    """The runs of one to three characters of a text, each once."""
    lengths = range(1, LONGEST_RUN + 1)
    return list(dict.fromkeys(text[i : i + size] for size in lengths for i in range(len(text) - size + 1)))


def masked(text: str) -> str:
    """A text without blanks and with every number and year as 0: 2024年 and 二〇一四年 are alike."""
    return _DIGIT.sub("0", _YEAR.sub("0年", _BLANK.sub("", text.lower())))


def read_weights(path: Path) -> LinearModel:
    """The model that `save_weights` wrote."""
    with np.load(path) as saved:
        names = saved["features"].tobytes().decode().split("\n")
        weights = saved["weights"].astype(np.float32) * saved["scale"]
        bias = saved["bias"].astype(np.float32)
    return LinearModel({name: row for row, name in enumerate(names)}, weights, bias)


def save_weights(
    path: Path, names: Sequence[str], weights: NDArray[np.float64], bias: NDArray[np.float64], kept: int
) -> None:
    """Write the `kept` features of largest weight; `weights`, of shape (features, labels), in 8 bits each.

    The same input gives the same bytes.
    """
    best = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:kept])
    chosen = weights[best]
    scale = np.maximum(np.abs(chosen).max(axis=0), 1e-9) / 127
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names[i] for i in best).encode(), np.uint8),
        weights=np.round(chosen / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
    )
