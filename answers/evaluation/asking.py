"""Ask every question of a set, and write the run."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from answers.comparison.compare import Comparer
from answers.comparison.runs import reply_row
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.evaluation.questions import GoldQuestion
from answers.runs import refused_row


def ask_all(
    answerer: Answerer, questions: Sequence[GoldQuestion], reports: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of a run, one a question; a question that cannot be asked is an abstention.

    With `reports`, each is asked of the one report that it is about; `reports` has the index's names of those
    that the questions call otherwise.

    Raises:
        QuestionError: `reports` is given, and a question does not tell its report.
        IndexFault: a report is not in the index.
    """
    # All of them first: a set that cannot be asked so is told before minutes of asking.
    chosen = [None if reports is None else [_own_report(question, reports)] for question in questions]
    comparer = Comparer(answerer)
    for question, documents in zip(questions, chosen, strict=True):
        try:
            yield reply_row(question.id, answerer.ask(question.question, documents), comparer)
        except QuestionError as error:
            yield refused_row(question.id, error)


def _own_report(question: GoldQuestion, reports: Mapping[str, str]) -> str:
    if question.about is None:
        raise QuestionError(
            f"题目 {question.id} 没有写明是哪份报告的（doc），不能用 --own-report。请补上 doc，或去掉这个选项。",
            f"Question {question.id} does not tell its report (doc), so --own-report cannot be used. "
            "Add doc, or leave the option out.",
        )
    return reports.get(question.about, question.about)


def check_writable(path: Path) -> None:
    """Find out before minutes of asking whether a run can be written there.

    Raises:
        QuestionError: it cannot.
    """
    if path.is_dir() or not os.access(path.absolute().parent, os.W_OK):
        raise _unwritable(path, "文件夹不存在或不可写", "its folder does not exist or cannot be written")


def write_run(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write the run; an earlier file of that name is replaced once the new one is whole.

    Raises:
        QuestionError: it cannot be written.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        partial.replace(path)
    except OSError as error:
        raise _unwritable(path, str(error), str(error)) from error


def _unwritable(path: Path, zh: str, en: str) -> QuestionError:
    return QuestionError(
        f"运行结果不能写到 {path}（{zh}）。请用 --write 给出可写的文件名。",
        f"The run cannot be written to {path} ({en}). Give a name that can be written with --write.",
    )
