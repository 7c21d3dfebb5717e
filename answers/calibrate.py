"""Fit the confidence to runs whose right answers are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from answers.answer import Signals
from answers.confidence import Calibration, Weight
from answers.errors import QuestionError
from answers.runs import rows_of
from answers.scoring import Gold, is_evidence, is_right

_WHOLE_SENTENCE_KINDS = {"list", "measure"}
_SIGNALS = tuple(field.name for field in fields(Signals))


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen of a reply, and whether its first answer was right."""

    signals: Signals
    right: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """A calibration and how it does.

    Attributes:
        auroc_held_out: right against wrong, every example judged by a fit without it.
        false_abstain, false_answer: at the threshold, also held out: the share of right answers
            that would be withheld, and of wrong ones that would be given.
    """

    calibration: Calibration
    examples: int
    auroc_held_out: float
    false_abstain: float
    false_answer: float


def examples(questions: Path, run: Path, same_name: dict[str, str]) -> Iterator[Example]:
    """Examples from a question file with gold answers and a run of `ask --questions`.

    `same_name` maps the run's document names to the questions' where they differ.

    Raises:
        QuestionError: a file cannot be read, or a row lacks what is needed.
    """
    rows = {row["id"]: row for row in rows_of(run)}
    for question in rows_of(questions):
        row = rows.get(question["id"])
        try:
            if row is None or question["kind"] == "compare" or row.get("signals") is None:
                continue
            yield Example(Signals(**row["signals"]), _first_is_right(question, row, same_name))
        except (KeyError, TypeError) as error:
            raise QuestionError(
                f"{questions} 或 {run} 里题目 {question['id']} 缺少字段（{error}）。请用带答案的题集和 ask --json 的结果。",
                f"Question {question['id']} in {questions} or {run} lacks a field ({error}). Give a question set "
                "with answers and the output of ask --json.",
            ) from error


def fit(found: Sequence[Example], withheld: float = 0.15) -> Fit:
    """Fit a calibration; the threshold withholds at most the share `withheld` of right answers.

    Raises:
        QuestionError: there are too few right or wrong answers to learn from.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import LeaveOneOut, cross_val_predict

    right = np.array([example.right for example in found], bool)
    if right.sum() < 10 or (~right).sum() < 10:
        raise QuestionError(
            f"例子太少（对 {right.sum()}，错 {(~right).sum()}），至少各 10 个。请加上可答和不可答的问题。",
            f"Too few examples ({right.sum()} right, {(~right).sum()} wrong), 10 of each at least.",
        )
    table = np.array([[getattr(example.signals, name) for name in _SIGNALS] for example in found], float)
    model = LogisticRegression(C=1.0)
    held_out = cross_val_predict(model, table, right, cv=LeaveOneOut(), method="predict_proba")[:, 1]
    threshold = float(np.quantile(held_out[right], withheld))
    model.fit(table, right)
    weights = tuple(Weight(s, round(float(w), 3)) for s, w in zip(_SIGNALS, model.coef_[0], strict=True))
    return Fit(
        Calibration(round(float(model.intercept_[0]), 3), weights, round(threshold, 3)),
        examples=len(found),
        auroc_held_out=float(roc_auc_score(right, held_out)),
        false_abstain=float(np.mean(held_out[right] < threshold)),
        false_answer=float(np.mean(held_out[~right] >= threshold)),
    )


def _first_is_right(question: dict[str, Any], row: dict[str, Any], same_name: dict[str, str]) -> bool:
    if not row["answers"]:
        return False
    first = row["answers"][0]
    document = same_name.get(first["document"], first["document"])
    golds = [Gold(g["doc"], g["quote"], tuple(g["answers"])) for g in question["gold"]]
    here = [gold for gold in golds if gold.document == document]
    if question["kind"] in _WHOLE_SENTENCE_KINDS:
        return any(is_evidence(first["sentence"], gold) for gold in here)
    return any(is_right(first["text"], first["sentence"], gold) for gold in here)
