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
    Weight("lead", 0.2713),
    Weight("missed", -0.1387),
    Weight("contradicts", -3.3042),
    Weight("relevance", 0.1531),
    Weight("margin", 0.1302),
    Weight("rival", -0.0967),
    Weight("fits", 2.2875),
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over the signals, and the confidence under which we abstain.

    The numbers are what `python -m answers calibrate` gave on the development questions; on examples
    left out of the fit, right and wrong first answers are told apart with AUROC 0.79
    (docs/measurements.md). Similarities are counted in standard deviations, so that they mean much
    the same with another embedding model; whoever uses one should calibrate again. A signal without
    a weight does not count.
    """

    bias: float = -2.0685
    weights: tuple[Weight, ...] = _SHIPPED
    threshold: float = 0.381

    def confidence(self, signals: Signals) -> float:
        """The chance, 0..1, that the first answer is right."""
        logit = self.bias + sum(w.weight * float(getattr(signals, w.signal)) for w in self.weights)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
