"""How sure the first answer is right, and when to say that the reports do not answer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from answers.answer import Signals


@dataclass(frozen=True, slots=True)
class Weight:
    """What one signal counts for: `signal` is the name of a field of `Signals`."""

    signal: str
    weight: float


_SHIPPED = (
    Weight("lead", 0.0187),
    Weight("missed", -0.1675),
    Weight("contradicts", -6.0167),
    Weight("relevance", 0.5287),
    Weight("margin", 0.0413),
    Weight("rival", -0.1083),
    Weight("fits", 2.1256),
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over the signals, and the confidence under which we abstain.

    The numbers are what `python -m answers calibrate` gave on the development questions; on reports
    left out of the fit, right and wrong first answers are told apart with AUROC 0.91
    (docs/measurements.md). Similarities are counted in standard deviations, so that they mean much
    the same with another embedding model; whoever uses one should calibrate again. A signal without
    a weight does not count.
    """

    bias: float = -1.6715
    weights: tuple[Weight, ...] = _SHIPPED
    threshold: float = 0.4

    def confidence(self, signals: Signals) -> float:
        """The chance, 0..1, that the first answer is right."""
        logit = self.bias + sum(w.weight * float(getattr(signals, w.signal)) for w in self.weights)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


# For a reader that was not trained and so gives no verdict; fitted to `SimilarityReader`.
BY_SIMILARITY = Calibration(
    bias=-0.479,
    weights=(Weight("lead", 0.866), Weight("missed", -1.234), Weight("contradicts", -1.213)),
    threshold=0.51,
)
