"""How much of what a question says stands where its answer was found, and what of it stands nowhere.

A near miss has the place, the year and most of the words, and lacks the one that was asked for: 专利 for PCT国际专利,
肉类总产量 for 羊肉产量. So the pairs of characters of a question are looked for around the answer, each weighed by how rare it
is in reports (inverse document frequency, Spärck Jones 1972), as learned from two thousand of them (`training.rarity`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

RARITY = Path(__file__).with_name("rarity.npz")
"""Where it is learned how rare pairs of characters are."""

RAREST = 9.0
"""The weight of a pair that hardly any passage has: the logarithm of one in so many passages."""

_RUN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a text has of the pairs of a question.

    Attributes:
        share: of their weight, 0..1; one half where the question has none.
        rarest: the weight of the rarest that is not there, 0..`RAREST`; 0 where all are.
    """

    share: float
    rarest: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of neighbouring characters of a question, each once, with their weights."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, terms: str) -> Pairs:
        """Those of the words that a question is searched by, in Simplified characters."""
        runs = (run[0] for run in _RUN.finditer(terms))
        pairs = dict.fromkeys(run[n : n + 2] for run in runs for n in range(len(run) - 1))
        known = _rarity()
        return cls({pair: known.get(pair, RAREST) for pair in pairs})

    def said(self, text: str) -> Said:
        """How much of them a text in Simplified characters has."""
        if not self.weights:
            return Said(0.5, 0.0)
        missing = [weight for pair, weight in self.weights.items() if pair not in text]
        return Said(1 - sum(missing) / sum(self.weights.values()), max(missing, default=0.0))


@cache
def _rarity() -> dict[str, float]:
    with np.load(RARITY) as arrays:
        return dict(zip(arrays["pairs"].tolist(), (arrays["weights"] / 25).tolist(), strict=True))
