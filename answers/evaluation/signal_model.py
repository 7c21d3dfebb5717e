"""A small model of the chance that a first answer is right: a logistic regression over what was seen of its reply."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from answers.answer import Signals
from answers.reading.confidence import KINDS, Calibration, Weight

SIGNALS = tuple(field.name for field in fields(Signals))
_FREEDOM = 0.2  # the inverse of the strength of regularization


@dataclass(frozen=True, slots=True)
class SignalModel:
    """A logistic regression over the signals in standard deviations, and over the same for each kind of question.

    Attributes:
        of_kind: how freely a signal counts more for one kind of question; 0 for not at all. With 1 some count the wrong way
            round for a kind.
        means, scales: of every signal.
        bias: the logit of what is all means.
        weights: of shape (1 + kinds, signals): what a signal counts for any question, and besides for each kind.
    """

    of_kind: float
    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    bias: float
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, table: NDArray[np.float64], right: NDArray[np.bool_], of_kind: float) -> SignalModel:
        """Fitted to a table of shape (examples, signals). The penalty keeps kinds that are seldom asked near the others."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import StandardScaler

        scaler = StandardScaler().fit(table)
        model = LogisticRegression(C=_FREEDOM, max_iter=5000)
        model.fit(_for_each_kind(scaler.transform(table), table, of_kind).reshape(len(table), -1), right)
        weights = model.coef_[0].reshape(1 + len(KINDS), len(SIGNALS))
        return cls(of_kind, scaler.mean_, scaler.scale_, float(model.intercept_[0]), weights)

    def chances(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each example that its first answer is right."""
        scaled = (table - self.means) / self.scales
        logits = self.bias + (_for_each_kind(scaled, table, self.of_kind) * self.weights).sum(axis=(1, 2))
        return np.asarray(1 / (1 + np.exp(-logits)), np.float64)

    def calibration(self, threshold: float) -> Calibration:
        """The same for signals as they are."""
        weights = self.weights / self.scales * np.array([[1.0], *[[self.of_kind]] * len(KINDS)])
        shifts = -(weights @ self.means)  # a kind's is a weight of the signal that tells the kind
        for kind, shift in zip(KINDS, shifts[1:], strict=True):
            weights[0, SIGNALS.index(kind)] += shift
        named = (
            Weight(signal, round(float(weight), 4), kind)
            for kind, own in zip(("", *KINDS), weights, strict=True)
            for signal, weight in zip(SIGNALS, own, strict=True)
            if not kind or round(float(weight), 4)
        )
        return Calibration(round(self.bias + float(shifts[0]), 4), tuple(named), threshold)


def _for_each_kind(
    scaled: NDArray[np.float64], table: NDArray[np.float64], share: float
) -> NDArray[np.float64]:
    """Of shape (examples, 1 + kinds, signals): the signals, and the same where a question is of a kind, else 0."""
    of_kind = table[:, [SIGNALS.index(kind) for kind in KINDS]]
    shares = np.concatenate([np.ones((len(table), 1)), share * of_kind], axis=1)
    return np.asarray(shares[:, :, None] * scaled[:, None, :], np.float64)
