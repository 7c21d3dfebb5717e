"""How sure the first answer is right, and when to say that the reports do not answer."""

from __future__ import annotations

import math
from dataclasses import dataclass

from answers.answer import Signals


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over the signals, and the confidence under which we abstain.

    The numbers are what `python -m answers calibrate` gave on the development questions; on examples
    left out of the fit, right and wrong first answers are told apart with AUROC 0.79
    (docs/measurements.md). Similarities are counted in standard deviations, so that they mean much
    the same with another embedding model; whoever uses one should calibrate again.
    """

    bias: float = -0.479
    lead: float = 0.866
    missed: float = -1.234
    contradicts: float = -1.213
    threshold: float = 0.51

    def confidence(self, signals: Signals) -> float:
        """The chance, 0..1, that the first answer is right."""
        logit = (
            self.bias
            + self.lead * signals.lead
            + self.missed * signals.missed
            + self.contradicts * signals.contradicts
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
