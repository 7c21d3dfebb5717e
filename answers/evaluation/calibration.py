"""Fit the confidence to runs whose right answers are known."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
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
from answers.evaluation.signal_model import SIGNALS, SignalModel
from answers.reading.confidence import Calibration
from answers.runs import rows_of

# Signals that mean something of a policy paper. The others do not: a paper is short, so that nothing stands high above the
# rest of it, and what reports tell says nothing of it. Chosen on policy_dev, fitted without it (docs/measurements.md).
_OF_PAPERS = (
    "relevance",
    "margin",
    "rival",
    "contradicts",
    "elsewhere",
    "said_headed",
    "unsaid_headed",
    "told",
    "number",
    "several",
    "means",
    "whether",
    "asked",
)
_FOLDS = 10
_OF_KIND = 0.15  # how freely a signal counts more for one kind of question (`SignalModel.of_kind`)
_LEAST_ANSWERS = 10  # right ones, and wrong ones
_LEAST_UNANSWERABLE = 5
_LEAST_APART = 100  # right answers of papers, and wrong ones, to judge them by themselves


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

    Answers of documents that are no reports are judged by few signals of their own, fitted to such answers where there are
    enough of them (the rest are then fitted to reports alone), else to all. Each threshold is the lowest at which at most the
    share `false_answers` of the unanswerable questions is answered. Confidences to judge it by come from ten folds (fewer
    with fewer reports), with all examples of a report in one.

    Raises:
        QuestionError: there is too little to learn from, or only one report.
    """
    from sklearn.metrics import brier_score_loss, roc_auc_score

    papers = [example for example in found if not example.signals.report]
    reports = [example for example in found if example.signals.report]
    are_two = _is_enough(papers) and _is_enough(reports)
    of_reports = _Fitted.to(reports if are_two else found, SIGNALS, _OF_KIND, false_answers)
    of_papers = _Fitted.to(papers if are_two else found, _OF_PAPERS, 0.0, false_answers)
    judged = [*of_reports.judged, *of_papers.judged] if are_two else of_reports.judged
    right = np.array([one.example.right for one in judged], bool)
    held_out = np.array([one.chance for one in judged])
    asked = [one for one in judged if one.example.answerable]
    silent = [one for one in judged if not one.example.answerable]
    answered = [one.example.right for one in judged if one.is_answered]
    return Fit(
        calibration=replace(of_reports.calibration, of_papers=of_papers.calibration),
        examples=len(found),
        documents=len({example.document for example in found}),
        auroc=float(roc_auc_score(right, held_out)),
        brier=float(brier_score_loss(right, held_out)),
        tenths=tuple(_tenths(held_out, right)),
        false_abstain=1 - _answered(asked),
        false_answer=_answered(silent),
        risk=1 - float(np.mean(answered)) if answered else 0.0,
        runs=tuple(_of_runs(judged)),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """An example, its chance to be right by a fit without its report, and whether that is enough to answer."""

    example: Example
    chance: float
    is_answered: bool


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A calibration, and the examples that it was fitted to, judged without their reports."""

    calibration: Calibration
    judged: tuple[_Judged, ...]

    @classmethod
    def to(
        cls, found: Sequence[Example], counted: Collection[str], of_kind: float, false_answers: float
    ) -> _Fitted:
        """`counted` are the signals that count, `of_kind` as `SignalModel.of_kind`."""
        right = np.array([example.right for example in found], bool)
        answerable = np.array([example.answerable for example in found], bool)
        documents = {example.document for example in found}
        _check_enough(right, answerable, len(documents))
        table = np.array(
            [[getattr(e.signals, name) if name in counted else 0 for name in SIGNALS] for e in found], float
        )
        chances = np.zeros(len(found))
        for fitted, judged in _folds(found, right, min(_FOLDS, len(documents))):
            model = SignalModel.of(table[fitted], right[fitted], of_kind)
            chances[judged] = model.chances(table[judged])
        threshold = math.ceil(threshold_for(chances[~answerable], false_answers) * 1000) / 1000
        calibration = SignalModel.of(table, right, of_kind).calibration(threshold)
        return cls(
            replace(calibration, weights=tuple(w for w in calibration.weights if w.signal in counted)),
            tuple(
                _Judged(example, float(chance), bool(chance >= threshold))
                for example, chance in zip(found, chances, strict=True)
            ),
        )


def _answered(judged: Sequence[_Judged]) -> float:
    return float(np.mean([one.is_answered for one in judged]))


def _of_runs(judged: Sequence[_Judged]) -> Iterator[OfRun]:
    for run in dict.fromkeys(one.example.run for one in judged):
        own = [one for one in judged if one.example.run == run]
        asked = [one for one in own if one.example.answerable]
        silent = [one for one in own if not one.example.answerable]
        yield OfRun(
            run,
            len(own),
            apart(np.array([one.chance for one in asked]), np.array([one.chance for one in silent])),
            1 - _answered(asked) if asked else None,
            _answered(silent) if silent else None,
        )


def _is_enough(found: Sequence[Example]) -> bool:
    """Whether so many examples can be fitted by themselves."""
    right = sum(example.right for example in found)
    silent = sum(not example.answerable for example in found)
    documents = {example.document for example in found}
    return (
        min(right, len(found) - right) >= _LEAST_APART
        and silent >= _LEAST_UNANSWERABLE
        and len(documents) >= _FOLDS
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
