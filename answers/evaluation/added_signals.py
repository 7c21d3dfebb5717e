"""Fit what a few signals count for, and leave all else of a calibration as it is.

A signal that only speaks of questions of one sort (who holds an office) needs no fit of everything anew: the weights that are
there stay, and what their logit leaves unexplained in runs of such questions is fitted to the new signals.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answers.errors import QuestionError
from answers.evaluation.calibration import Example
from answers.evaluation.selective import apart
from answers.evaluation.signal_model import SIGNALS
from answers.reading.confidence import Calibration, Weight

_FOLDS = 10
_PENALTY = 0.25  # of the square of a weight: a signal of 0 or 1 is not believed beyond what examples bear out
_STEPS = 50


@dataclass(frozen=True, slots=True)
class Shares:
    """How a calibration does at its threshold.

    Attributes:
        auroc: answerable against unanswerable questions; None where there are not both.
        false_abstain: the share of answerable questions that are not answered.
        false_answer: the share of unanswerable ones that are.
    """

    auroc: float | None
    false_abstain: float
    false_answer: float


@dataclass(frozen=True, slots=True)
class Added:
    """A calibration with more weights, and how it did before and does on reports that these were not fitted to."""

    calibration: Calibration
    before: Shares
    after: Shares


def fit_added(found: Sequence[Example], kept: Calibration, added: Collection[str]) -> Added:
    """Fit the weights of the signals `added` for questions of any kind, onto those of a calibration of reports.

    Raises:
        QuestionError: a name is no signal, or the examples are of one report only, all right or all wrong.
    """
    if strange := [name for name in added if name not in SIGNALS]:
        raise QuestionError(
            f"没有叫 {strange[0]} 的信号。有：{'、'.join(SIGNALS)}。",
            f"{strange[0]} is no signal. There are: {', '.join(SIGNALS)}.",
        )
    examples = [example for example in found if example.signals.report]
    right = np.array([example.right for example in examples], bool)
    documents = sorted({example.document for example in examples})
    if len(documents) < 2 or right.all() or not right.any():
        raise QuestionError(
            "例子只来自一份报告，或者全对、全错，拟合不出来。请加上别的问题。",
            "The examples are of one report only, or all right or all wrong: nothing can be fitted. Add other questions.",
        )
    held = replace(kept, weights=tuple(w for w in kept.weights if w.signal not in added or w.kind))
    table = np.array([[getattr(e.signals, name) for name in added] for e in examples], float)
    logits = np.array([_logit(held.confidence(example.signals)) for example in examples])
    folds = np.array([documents.index(example.document) % _FOLDS for example in examples])
    after = logits.copy()
    for fold in sorted(set(folds)):
        taught, judged = folds != fold, folds == fold
        after[judged] += table[judged] @ _weights(table[taught], right[taught], logits[taught])
    weights = _weights(table, right, logits)
    more = tuple(Weight(name, round(float(w), 4)) for name, w in zip(added, weights, strict=True))
    before = np.array([_logit(kept.confidence(example.signals)) for example in examples])
    return Added(
        replace(held, weights=(*held.weights, *more)),
        _shares(examples, before, kept.threshold),
        _shares(examples, after, kept.threshold),
    )


def _logit(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def _weights(
    table: NDArray[np.float64], right: NDArray[np.bool_], logits: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Of a logistic regression that starts from these logits, by Newton's method; without a bias of its own."""
    weights = np.zeros(table.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-(logits + table @ weights)))
        slope = table.T @ (chances - right) + _PENALTY * weights
        bend = (table * (chances * (1 - chances))[:, None]).T @ table + _PENALTY * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def _shares(examples: Sequence[Example], logits: NDArray[np.float64], threshold: float) -> Shares:
    chances = 1 / (1 + np.exp(-logits))
    asked = np.array([example.answerable for example in examples], bool)
    silent = chances < threshold
    return Shares(
        apart(chances[asked], chances[~asked]),
        float(silent[asked].mean()) if asked.any() else 0.0,
        float(1 - silent[~asked].mean()) if (~asked).any() else 0.0,
    )
