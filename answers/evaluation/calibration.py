"""Fit the confidence to runs whose right answers are known."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answers.answer import Signals
from answers.errors import QuestionError
from answers.evaluation.judgement import judge
from answers.evaluation.questions import QuestionKind, read_gold_questions
from answers.evaluation.replies import given_reply
from answers.evaluation.selective import FALSE_ANSWERS, apart, threshold_for
from answers.reading.confidence import KINDS, Calibration, Weight
from answers.runs import rows_of

_SIGNALS = tuple(field.name for field in fields(Signals))
# Signals that mean in a policy paper what they mean in reports. The others do not: a paper is short, so that nothing stands high
# above the rest of it, and what reports tell says nothing of it. Chosen on policy_dev, fitted without it (docs/measurements.md).
_OF_PAPERS = (
    "relevance",
    "margin",
    "rival",
    "fits",
    "contradicts",
    "elsewhere",
    "said_headed",
    "unsaid_headed",
)
_FOLDS = 10
_FREEDOM = 0.2  # the inverse of the strength of regularization
_OF_KIND = 0.15  # how freely a signal counts more for one kind of question: with 1 some count the wrong way round for a kind
_LEAST_ANSWERS = 10  # right ones, and wrong ones
_LEAST_UNANSWERABLE = 5


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen of a reply, and what became of it.

    Attributes:
        right: whether the first answer was right.
        answerable: whether the reports answer at all.
        document: the report that the question is about.
        run: the name of the run that it is from: that of a question set.
    """

    signals: Signals
    right: bool
    answerable: bool
    document: str
    run: str = ""


@dataclass(frozen=True, slots=True)
class Tenth:
    """The examples whose confidence lies in one tenth of 0..1, from `low`.

    Attributes:
        confidence: its mean; `right`, the share that was right, would equal it if all were well.
    """

    low: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class OfRun:
    """How the examples of one run do.

    Attributes:
        auroc: answerable against unanswerable questions; None where there are not both.
        false_abstain, false_answer: as those of `Fit`; None where there is no such question.
    """

    run: str
    count: int
    auroc: float | None
    false_abstain: float | None
    false_answer: float | None


@dataclass(frozen=True, slots=True)
class Fit:
    """A calibration and how it does on reports that it was not fitted to.

    Every example has its confidence from a fit without any example of its report.

    Attributes:
        auroc: right against wrong first answers.
        brier: the mean squared error of the confidence (Brier 1950); 0.25 is what 0.5 for everything has.
        tenths: how the confidence and the share of right answers agree.
        false_abstain: at the threshold, the share of answerable questions that are not answered.
        false_answer: the share of unanswerable ones that are.
        risk: the share of wrong ones among the answers given.
        runs: the same of each run, in their order.
    """

    calibration: Calibration
    examples: int
    documents: int
    auroc: float
    brier: float
    tenths: tuple[Tenth, ...]
    false_abstain: float
    false_answer: float
    risk: float
    runs: tuple[OfRun, ...]


@dataclass(frozen=True, slots=True)
class _Model:
    """A logistic regression over the signals in standard deviations, and over the same for each kind of question.

    Attributes:
        means, scales: of every signal.
        bias: the logit of what is all means.
        weights: of shape (1 + kinds, signals): what a signal counts for any question, and besides for each kind.
    """

    means: NDArray[np.float64]
    scales: NDArray[np.float64]
    bias: float
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, table: NDArray[np.float64], right: NDArray[np.bool_]) -> _Model:
        """Fitted to a table of shape (examples, signals). The penalty keeps kinds that are seldom asked near the others."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.preprocessing import StandardScaler

        scaler = StandardScaler().fit(table)
        model = LogisticRegression(C=_FREEDOM, max_iter=5000)
        model.fit(_for_each_kind(scaler.transform(table), table).reshape(len(table), -1), right)
        weights = model.coef_[0].reshape(1 + len(KINDS), len(_SIGNALS))
        return cls(scaler.mean_, scaler.scale_, float(model.intercept_[0]), weights)

    def chances(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each example that its first answer is right."""
        scaled = (table - self.means) / self.scales
        logits = self.bias + (_for_each_kind(scaled, table) * self.weights).sum(axis=(1, 2))
        return np.asarray(1 / (1 + np.exp(-logits)), np.float64)

    def calibration(self, threshold: float) -> Calibration:
        """The same for signals as they are."""
        weights = self.weights / self.scales * np.array([[1.0], *[[_OF_KIND]] * len(KINDS)])
        shifts = -(weights @ self.means)  # a kind's is a weight of the signal that tells the kind
        for kind, shift in zip(KINDS, shifts[1:], strict=True):
            weights[0, _SIGNALS.index(kind)] += shift
        named = (
            Weight(signal, round(float(weight), 4), kind)
            for kind, own in zip(("", *KINDS), weights, strict=True)
            for signal, weight in zip(_SIGNALS, own, strict=True)
            if not kind or round(float(weight), 4)
        )
        return Calibration(round(self.bias + float(shifts[0]), 4), tuple(named), threshold)


def _for_each_kind(scaled: NDArray[np.float64], table: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of shape (examples, 1 + kinds, signals): the signals, and the same where a question is of a kind, else 0."""
    of_kind = table[:, [_SIGNALS.index(kind) for kind in KINDS]]
    shares = np.concatenate([np.ones((len(table), 1)), _OF_KIND * of_kind], axis=1)
    return np.asarray(shares[:, :, None] * scaled[:, None, :], np.float64)


def examples(questions: Path, run: Path, same: Mapping[str, str]) -> Iterator[Example]:
    """Examples from a question set with gold and a run of `ask --questions` or `evaluate --write`.

    `same` maps the run's names of reports to the questions' where they differ. Comparisons, and
    questions to which the run has no answer, are no examples.

    Raises:
        QuestionError: a file cannot be read, or a row lacks what is needed.
    """
    rows = {str(row["id"]): row for row in rows_of(run)}
    for question in read_gold_questions([questions]):
        row = rows.get(question.id)
        if row is None or question.kind is QuestionKind.COMPARE or row.get("signals") is None:
            continue
        judged = judge(question, given_reply(row, same, str(run)))
        answered = [answer.document for answer in judged.reply.answers]
        yield Example(
            _signals(row, run),
            judged.first_is_right,
            question.kind is not QuestionKind.UNANSWERABLE,
            question.about or (answered[0] if answered else ""),
            run.stem,
        )


def fit(found: Sequence[Example], false_answers: float = FALSE_ANSWERS) -> Fit:
    """Fit a calibration.

    The threshold is the lowest at which at most the share `false_answers` of the unanswerable questions
    is answered. Confidences to judge it by come from ten folds (fewer with fewer reports), with all
    examples of a report in one.

    Raises:
        QuestionError: there is too little to learn from, or only one report.
    """
    from sklearn.metrics import brier_score_loss, roc_auc_score

    right = np.array([example.right for example in found], bool)
    answerable = np.array([example.answerable for example in found], bool)
    documents = np.unique([example.document for example in found]) if found else np.array([])
    _check_enough(right, answerable, len(documents))
    table = np.array([[getattr(example.signals, name) for name in _SIGNALS] for example in found], float)
    held_out = np.zeros(len(found))
    for fitted, judged in _folds(found, right, min(_FOLDS, len(documents))):
        held_out[judged] = _Model.of(table[fitted], right[fitted]).chances(table[judged])
    threshold = math.ceil(threshold_for(held_out[~answerable], false_answers) * 1000) / 1000
    return Fit(
        calibration=replace(
            _Model.of(table, right).calibration(threshold), of_papers=_of_papers(table, right, threshold)
        ),
        examples=len(found),
        documents=len(documents),
        auroc=float(roc_auc_score(right, held_out)),
        brier=float(brier_score_loss(right, held_out)),
        tenths=tuple(_tenths(held_out, right)),
        false_abstain=float(np.mean(held_out[answerable] < threshold)),
        false_answer=float(np.mean(held_out[~answerable] >= threshold)),
        risk=float(np.mean(~right[held_out >= threshold])) if (held_out >= threshold).any() else 0.0,
        runs=tuple(_of_runs(found, held_out, threshold)),
    )


def _of_papers(table: NDArray[np.float64], right: NDArray[np.bool_], threshold: float) -> Calibration:
    """From the same examples, of few signals."""
    counted = np.isin(_SIGNALS, _OF_PAPERS)
    found = _Model.of(table * counted, right).calibration(threshold)
    return replace(found, weights=tuple(w for w in found.weights if w.signal in _OF_PAPERS and not w.kind))


def _of_runs(found: Sequence[Example], held_out: NDArray[np.float64], threshold: float) -> Iterator[OfRun]:
    answerable = np.array([example.answerable for example in found], bool)
    for run in dict.fromkeys(example.run for example in found):
        own = np.array([example.run == run for example in found], bool)
        asked, silent = held_out[own & answerable], held_out[own & ~answerable]
        yield OfRun(
            run,
            int(own.sum()),
            apart(asked, silent),
            float(np.mean(asked < threshold)) if len(asked) else None,
            float(np.mean(silent >= threshold)) if len(silent) else None,
        )


def _check_enough(right: NDArray[np.bool_], answerable: NDArray[np.bool_], documents: int) -> None:
    counts = int(right.sum()), int((~right).sum()), int((~answerable).sum())
    if min(counts[:2]) < _LEAST_ANSWERS or counts[2] < _LEAST_UNANSWERABLE:
        raise QuestionError(
            f"例子太少（对 {counts[0]}，错 {counts[1]}，其中报告答不了的 {counts[2]}），对错至少各 {_LEAST_ANSWERS} 个，"
            f"答不了的至少 {_LEAST_UNANSWERABLE} 个。请加上可答和不可答的问题。",
            f"Too few examples ({counts[0]} right, {counts[1]} wrong, {counts[2]} of them unanswerable): "
            f"{_LEAST_ANSWERS} right and wrong and {_LEAST_UNANSWERABLE} unanswerable ones at least.",
        )
    if documents < 2:
        raise QuestionError(
            "例子只来自一份报告，看不出在别的报告上如何。请加上别的报告的问题。",
            "All examples are on one report, which tells nothing of others. Add questions on another report.",
        )


def _folds(
    found: Sequence[Example], right: NDArray[np.bool_], count: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    from sklearn.model_selection import StratifiedGroupKFold

    splits = StratifiedGroupKFold(count, shuffle=True, random_state=0)
    groups = [example.document for example in found]
    for fitted, judged in splits.split(right, right, groups):
        if right[fitted].all() or not right[fitted].any():
            raise QuestionError(
                "除去一份报告，余下的例子全对或全错。请加上更多报告的问题。",
                "Without one report all examples are right, or all wrong. Add questions on more reports.",
            )
        yield fitted, judged


def _tenths(held_out: NDArray[np.float64], right: NDArray[np.bool_]) -> Iterator[Tenth]:
    tenths = np.minimum((held_out * 10).astype(int), 9)
    for tenth in range(10):
        inside = tenths == tenth
        if inside.any():
            yield Tenth(
                tenth / 10, int(inside.sum()), float(held_out[inside].mean()), float(right[inside].mean())
            )


def _signals(row: dict[str, Any], run: Path) -> Signals:
    try:
        signals = Signals(**row["signals"])
        if not all(type(value) in (int, float) and math.isfinite(value) for value in astuple(signals)):
            raise TypeError(repr(row["signals"]))
        return signals
    except (TypeError, OverflowError) as error:
        raise QuestionError(
            f"{run} 里题目 {row['id']} 的 signals 不对（{error}）。请用现在的程序重新运行 evaluate --write。",
            f"The signals of question {row['id']} in {run} are not valid ({error}). Run evaluate --write again "
            "with the program as it is.",
        ) from error
