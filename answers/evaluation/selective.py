"""How well the confidence tells what to answer: the figures of selective answering.

Every question but a comparison counts, also the unanswerable ones, to which any answer is wrong. Where
confidences are equal, so is the chance of each of these questions to be answered first.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from answers.evaluation.judgement import Judgement
from answers.evaluation.questions import QuestionKind

FALSE_ANSWERS = 0.2
"""The share of unanswerable questions that may be answered, where one is fixed."""


def is_selective(judged: Judgement) -> bool:
    """Whether the confidence is about this question: it is no comparison."""
    return judged.question.kind is not QuestionKind.COMPARE


def is_answerable(judged: Judgement) -> bool:
    """Whether the reports answer it, and it is no comparison."""
    return judged.question.kind not in (QuestionKind.COMPARE, QuestionKind.UNANSWERABLE)


def auroc(judged: Sequence[Judgement]) -> float | None:
    """The chance that an answerable question has a higher confidence than an unanswerable one."""
    return apart(*_confidences(judged))


def apart(asked: NDArray[np.float64], silent: NDArray[np.float64]) -> float | None:
    """The chance that one of the confidences `asked` is higher than one of `silent`; None where there are not both."""
    if not len(asked) or not len(silent):
        return None
    silent = np.sort(silent)
    below = np.searchsorted(silent, asked, "left").sum()
    not_above = np.searchsorted(silent, asked, "right").sum()
    return float(below + not_above) / (2 * len(asked) * len(silent))


def best_false_abstain(judged: Sequence[Judgement]) -> float | None:
    """The least false_abstain_rate that a threshold reaches with a false_answer_rate of at most 0.2."""
    asked, silent = _confidences(judged)
    if not len(asked) or not len(silent):
        return None
    return float(np.mean(asked < threshold_for(silent, FALSE_ANSWERS)))


def threshold_for(silent: NDArray[np.float64], share: float) -> float:
    """The lowest confidence to answer from, so that at most `share` of these questions is answered.

    `silent` holds the confidences of questions that the reports do not answer.
    """
    allowed = math.floor(share * len(silent) + 1e-9)
    if allowed >= len(silent):
        return 0.0
    return float(np.nextafter(np.sort(silent)[-1 - allowed], np.inf))


def risk_at(coverage: float) -> Callable[[Sequence[Judgement]], float]:
    """The share of wrong first answers when the most confident share `coverage` is answered.

    Geifman & El-Yaniv 2017, "Selective classification for deep neural networks".
    """

    def risk(judged: Sequence[Judgement]) -> float:
        risks = _risks(judged)
        return float(risks[max(1, math.ceil(coverage * len(risks) - 1e-9)) - 1])

    return risk


def risk_area(judged: Sequence[Judgement]) -> float:
    """The area under the risk-coverage curve: the mean risk over all coverages."""
    return float(_risks(judged).mean())


def _risks(judged: Sequence[Judgement]) -> NDArray[np.float64]:
    """The risk when the 1, 2, … most confident questions are answered."""
    confidence = np.array([-j.reply.confidence for j in judged])
    wrong = np.array([not j.first_is_right for j in judged], float)
    _, group, sizes = np.unique(confidence, return_inverse=True, return_counts=True)
    expected = (np.bincount(group, wrong) / sizes)[np.sort(group)]
    return np.asarray(np.cumsum(expected) / np.arange(1, len(wrong) + 1))


def _confidences(judged: Sequence[Judgement]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Those of answerable and of unanswerable questions, each in order."""
    asked = np.array([j.reply.confidence for j in judged if is_answerable(j)])
    silent = np.array([j.reply.confidence for j in judged if j.question.kind is QuestionKind.UNANSWERABLE])
    return np.sort(asked), np.sort(silent)
