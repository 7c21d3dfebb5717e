"""The figures of an evaluation, each a pure function of judged questions.

Those that the project's benchmark has are defined as its scorer defines them. Besides:

- nDCG@10: discounted cumulated gain over the best possible (Järvelin & Kekäläinen 2002, "Cumulated
  gain-based evaluation of IR techniques"), gain 1 for a passage that shows a part of the answer which none
  before it shows (`PassageVerdict`).
- The figures of selective answering are in `answers.evaluation.selective`.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answers.evaluation import selective
from answers.evaluation.judgement import Judgement
from answers.evaluation.questions import QuestionKind

Floats = NDArray[np.float64]
Draws = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Metric(ABC):
    """A figure over judged questions.

    Attributes:
        name: as the benchmark's scorer calls it, where it has it.
        less_is_better: as of rates of errors and of milliseconds.
    """

    name: str
    less_is_better: bool

    @abstractmethod
    def count(self, judged: Sequence[Judgement]) -> int:
        """How many of the questions it is taken over."""

    @abstractmethod
    def over(self, judged: Sequence[Judgement]) -> float | None:
        """The figure; None where no question has it."""

    @abstractmethod
    def resampled(self, judged: Sequence[Judgement], draws: Draws) -> Floats:
        """The figure over every row of `draws`, which are indices into `judged`; nan where none has it."""


@dataclass(frozen=True, slots=True)
class Mean(Metric):
    """The mean of a value that questions of some kinds have; `of` gives None for the others."""

    of: Callable[[Judgement], float | None]

    def count(self, judged: Sequence[Judgement]) -> int:
        """As `Metric.count`."""
        return int(np.sum(~np.isnan(self._values(judged))))

    def over(self, judged: Sequence[Judgement]) -> float | None:
        """As `Metric.over`."""
        values = self._values(judged)
        values = values[~np.isnan(values)]
        return float(values.mean()) if len(values) else None

    def resampled(self, judged: Sequence[Judgement], draws: Draws) -> Floats:
        """As `Metric.resampled`."""
        drawn = self._values(judged)[draws]
        counts = np.sum(~np.isnan(drawn), axis=1)
        sums = np.where(counts > 0, np.nansum(drawn, axis=1), np.nan)
        return np.asarray(sums / np.maximum(counts, 1))

    def _values(self, judged: Sequence[Judgement]) -> Floats:
        return np.array([self.of(j) for j in judged], float)  # None becomes nan


@dataclass(frozen=True, slots=True)
class Whole(Metric):
    """A figure that only the questions together have; `among` says which of them count."""

    among: Callable[[Judgement], bool]
    of: Callable[[Sequence[Judgement]], float | None]

    def count(self, judged: Sequence[Judgement]) -> int:
        """As `Metric.count`."""
        return sum(map(self.among, judged))

    def over(self, judged: Sequence[Judgement]) -> float | None:
        """As `Metric.over`."""
        counted = [j for j in judged if self.among(j)]
        return self.of(counted) if counted else None

    def resampled(self, judged: Sequence[Judgement], draws: Draws) -> Floats:
        """As `Metric.resampled`."""
        return np.array([self.over([judged[i] for i in row]) for row in draws], float)


def _recall(k: int) -> Callable[[Judgement], float | None]:
    def recall(judged: Judgement) -> float | None:
        passages = judged.passages
        return None if passages is None else float(passages.first is not None and passages.first < k)

    return recall


def reciprocal_rank(judged: Judgement) -> float | None:
    """One over the place, from 1, of the first right passage among ten; else 0."""
    if judged.passages is None:
        return None
    first = judged.passages.first
    return 1 / (first + 1) if first is not None and first < 10 else 0.0


def ndcg(judged: Judgement) -> float | None:
    """The gain of the first ten passages, discounted by place, over the best possible."""
    if judged.passages is None:
        return None
    got = sum(gain / math.log2(n + 2) for n, gain in enumerate(judged.passages.gains))
    return got / sum(1 / math.log2(n + 2) for n in range(min(10, judged.passages.relevant)))


def _right_among(k: int) -> Callable[[Judgement], float | None]:
    def right(judged: Judgement) -> float | None:
        answer = judged.answer
        return None if answer is None else float(answer.first_right is not None and answer.first_right < k)

    return right


def exact(judged: Judgement) -> float | None:
    """The first answer is right and to the letter an accepted one."""
    return None if judged.answer is None else float(judged.answer.exact)


def f1(judged: Judgement) -> float | None:
    """The character F1 of the first answer."""
    return None if judged.answer is None else judged.answer.f1


def evidence_recall(judged: Judgement) -> float | None:
    """The share of the parts that the first answers show."""
    return None if judged.evidence is None else judged.evidence.found / judged.evidence.parts


def evidence_first(judged: Judgement) -> float | None:
    """The first answer stands in a part."""
    return None if judged.evidence is None else float(judged.evidence.first)


def cell_recall(judged: Judgement) -> float | None:
    """The share of a comparison's cells that are right."""
    return None if judged.cells is None else judged.cells.right / judged.cells.parts


def cell_precision(judged: Judgement) -> float | None:
    """The share of a comparison's filled cells that are right."""
    cells = judged.cells
    return None if cells is None else cells.right / max(1, cells.right + cells.wrong)


def false_abstain(judged: Judgement) -> float | None:
    """It abstains though the reports answer."""
    return float(judged.reply.abstained) if selective.is_answerable(judged) else None


def false_answer(judged: Judgement) -> float | None:
    """It answers though the reports do not."""
    return float(not judged.reply.abstained) if judged.question.kind is QuestionKind.UNANSWERABLE else None


def squared_error(judged: Judgement) -> float | None:
    """Of the confidence, as the chance that the first answer is right (Brier 1950)."""
    if not selective.is_selective(judged):
        return None
    return (judged.reply.confidence - judged.first_is_right) ** 2


def _at(share: float) -> Callable[[Sequence[Judgement]], float | None]:
    def milliseconds(judged: Sequence[Judgement]) -> float | None:
        known = sorted(j.reply.elapsed_ms for j in judged if j.reply.elapsed_ms is not None)
        return known[min(len(known) - 1, int(len(known) * share))]

    return milliseconds


def _is_timed(judged: Judgement) -> bool:
    return judged.reply.elapsed_ms is not None


MARK = Mean("mark", False, lambda judged: judged.mark)
"""The mean of `Judgement.mark`, which every kind of question has."""

METRICS: tuple[Metric, ...] = (
    Mean("missing_rate", True, lambda judged: float(judged.reply.missing)),
    *(Mean(f"passage_recall@{k}", False, _recall(k)) for k in (1, 5, 10)),
    Mean("passage_mrr@10", False, reciprocal_rank),
    Mean("passage_ndcg@10", False, ndcg),
    *(Mean(f"answer_right@{k}", False, _right_among(k)) for k in (1, 3)),
    Mean("answer_em", False, exact),
    Mean("answer_f1", False, f1),
    Mean("evidence_recall", False, evidence_recall),
    Mean("evidence_first", False, evidence_first),
    Mean("compare_cell_recall", False, cell_recall),
    Mean("compare_cell_precision", False, cell_precision),
    Mean("false_abstain_rate", True, false_abstain),
    Mean("false_answer_rate", True, false_answer),
    Whole("abstain_auroc", False, selective.is_selective, selective.auroc),
    Whole("false_abstain_at_0.2", True, selective.is_selective, selective.best_false_abstain),
    *(
        Whole(f"risk@{share}", True, selective.is_selective, selective.risk_at(share))
        for share in (0.5, 0.7, 0.8, 0.9, 1.0)
    ),
    Whole("risk_area", True, selective.is_selective, selective.risk_area),
    Mean("brier", True, squared_error),
    *(Whole(f"ms_p{n}", True, _is_timed, _at(n / 100)) for n in (50, 95)),
)
