"""A small learned model of what a question wants: logistic regressions over short runs of characters and words.

Fitted to labelled questions by `python -m training.wanted`. The weights lie beside this module; nothing but
numpy is needed to use them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("wanted.npz")
LONGEST_RUN = 3  # characters or words
LONGEST_PART = 4  # letters of a word

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)\s*年?")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_END_MARKS = re.compile(r"[?？。！!…\s]+$")
_TOKEN = re.compile(r"[a-z]+(?:['’][a-z]+)?|\S")
_WORD = re.compile(r"[a-z]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Guess:
    """A label and the chance, 0..1, that it is right."""

    label: str
    chance: float


@dataclass(frozen=True, slots=True)
class Head:
    """One of the things that the model tells: its labels, in the order of its outputs from `first` on."""

    name: str
    labels: tuple[str, ...]
    first: int


@dataclass(frozen=True, slots=True)
class WantedModel:
    """A fitted model.

    Attributes:
        rows: the row of each known feature.
        heads: what it tells.
        weights: of shape (features, labels of all heads), float32.
        bias: of shape (labels of all heads,), float32.
    """

    rows: Mapping[str, int]
    heads: tuple[Head, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def guess(self, head: str, query: str) -> Guess:
        """The likeliest label of a head ("ask", "measure") for a question in Simplified characters."""
        logits = self.logits(head, query)
        raised = np.exp(logits - logits.max())
        best = int(raised.argmax())
        return Guess(self._head(head).labels[best], float(raised[best] / raised.sum()))

    def logits(self, head: str, query: str) -> NDArray[np.float32]:
        """What speaks for each label of a head, of shape (labels,): the softmax of these are their chances."""
        told = self._head(head)
        known = [row for feature in features(query) if (row := self.rows.get(feature)) is not None]
        outputs = slice(told.first, told.first + len(told.labels))
        logits: NDArray[np.float32] = self.bias[outputs] + self.weights[known, outputs].sum(axis=0)
        return logits

    def _head(self, name: str) -> Head:
        (told,) = (one for one in self.heads if one.name == name)
        return told


@lru_cache(maxsize=1)
def shipped_wanted_model() -> WantedModel:
    """The model whose weights lie beside this module, read once."""
    return read_weights(WEIGHTS)


def features(query: str) -> list[str]:
    """What the model sees of a question, each thing once.

    Runs of one to three characters or words with the ends marked, parts of words, and a character said twice
    around another (支不支持 and 有没有 have one shape). Years and numbers are masked.
    """
    text = _END_MARKS.sub("", query.lower())
    tokens = ["^", *_TOKEN.findall(_NUMBER.sub("0", _YEAR.sub(" Ｙ ", text))), "$"]
    found = dict.fromkeys(
        "_".join(tokens[start : start + size])
        for size in range(1, LONGEST_RUN + 1)
        for start in range(len(tokens) - size + 1)
    )
    for word in _WORD.findall(text):
        marked = f"<{word}>"
        parts = (marked[i : i + LONGEST_PART] for i in range(len(marked) - LONGEST_PART + 1))
        found.update(dict.fromkeys(f"~{part}" for part in parts))
    for before, between, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if before == after != between and _HAN.match(before):
            found[f"={between}="] = None
    return list(found)


def read_weights(path: Path) -> WantedModel:
    """The model that `save_weights` wrote."""
    with np.load(path) as saved:
        names = saved["features"].tobytes().decode().split("\n")
        told = [line.split(" ") for line in saved["heads"].tobytes().decode().split("\n")]
        weights = saved["weights"].astype(np.float32) * saved["scale"]
        bias = saved["bias"].astype(np.float32)
    heads: list[Head] = []
    for name, *labels in told:
        heads.append(Head(name, tuple(labels), sum(len(head.labels) for head in heads)))
    return WantedModel({name: row for row, name in enumerate(names)}, tuple(heads), weights, bias)


def save_weights(
    path: Path,
    names: Sequence[str],
    labels: Mapping[str, Sequence[str]],
    weights: NDArray[np.float64],
    bias: NDArray[np.float64],
) -> None:
    """Write `weights`, of shape (features, labels of all heads), in 8 bits each.

    `labels` names the heads and the labels of each. The same input gives the same bytes.
    """
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    heads = "\n".join(" ".join((name, *told)) for name, told in labels.items())
    np.savez_compressed(
        path,
        features=np.frombuffer("\n".join(names).encode(), np.uint8),
        heads=np.frombuffer(heads.encode(), np.uint8),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
    )
