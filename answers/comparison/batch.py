"""Many questions, from a paste box or a CSV file, each put to its reports."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from answers.comparison.compare import CompareProgress, Comparer, not_a_comparison
from answers.comparison.table import Comparison
from answers.errors import QuestionError
from embeddings import WenbaoError
from indexer.formats.plain_text import decoded

MOST_QUESTIONS = 200
_HEADS = ("问题", "question", "questions", "提问")


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of one question: its table, or why there is none."""

    question: str
    comparison: Comparison | None
    error: WenbaoError | None = None


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a batch is: the question it is at, counted from 1, and the reports asked for it."""

    question: int
    questions: int
    reports: CompareProgress | None = None

    @property
    def share(self) -> float:
        """0..1."""
        within = self.reports.done / max(1, self.reports.total) if self.reports else 0.0
        return min(1.0, (self.question - 1 + within) / max(1, self.questions))


def compare_all(
    comparer: Comparer,
    questions: Sequence[str],
    documents: Sequence[str] | None = None,
    progress: Callable[[BatchProgress], None] = lambda progress: None,
    cancelled: Callable[[], bool] = lambda: False,
    among: Sequence[str] | None = None,
) -> tuple[Compared, ...]:
    """Put every question to its reports, one after the other.

    `documents` are the reports to compare for all questions; None leaves them to each question, which chooses
    `among` those of a set where one is given, as `Comparer.plan`. Once `cancelled()`, it stops after the report that is being asked, and what was finished is returned.
    """
    found: list[Compared] = []
    for number, question in enumerate(questions, 1):
        if cancelled():
            break
        at = BatchProgress(number, len(questions))
        progress(at)

        def asked(reports: CompareProgress, at: BatchProgress = at) -> None:
            progress(replace(at, reports=reports))

        found.append(_compared(comparer, question, documents, among, asked, cancelled))
    return tuple(found)


def _compared(
    comparer: Comparer,
    question: str,
    documents: Sequence[str] | None,
    among: Sequence[str] | None,
    progress: Callable[[CompareProgress], None],
    cancelled: Callable[[], bool],
) -> Compared:
    try:
        plan = comparer.plan(question, documents, among)
        if plan is None:
            return Compared(question, None, not_a_comparison(question))
        return Compared(question, comparer.compare(plan, progress, cancelled))
    except WenbaoError as error:
        return Compared(question, None, error)


def pasted_questions(text: str) -> tuple[str, ...]:
    """The questions in a text, one a line.

    Raises:
        QuestionError: there is none, or more than 200.
    """
    return _checked([line.strip() for line in text.splitlines()])


def csv_questions(content: bytes) -> tuple[str, ...]:
    """The questions in a CSV file: the column headed 问题 or question, else the first.

    Raises:
        QuestionError: it cannot be read, there is no question, or there are more than 200.
    """
    try:
        text = decoded(content)
        if text is None:
            raise csv.Error("不是文字")
        rows = [
            row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) if any(map(str.strip, row))
        ]
    except csv.Error as error:
        raise QuestionError(
            f"CSV 文件读不出来（{error}）。请另存为 UTF-8 编码的 CSV。",
            f"The CSV file cannot be read ({error}). Save it as CSV in UTF-8.",
        ) from error
    if not rows:
        return _checked([])
    heads = [head.strip().casefold() for head in rows[0]]
    column = next((n for n, head in enumerate(heads) if head in _HEADS), None)
    if column is not None:
        rows = rows[1:]
    return _checked([row[column or 0].strip() for row in rows if len(row) > (column or 0)])


def _checked(lines: list[str]) -> tuple[str, ...]:
    questions = tuple(dict.fromkeys(line for line in lines if line))
    if not questions:
        raise QuestionError(
            "没有问题。请每行写一个问题，或上传含“问题”一列的 CSV。",
            "There is no question. Write one a line, or upload a CSV with a column named question.",
        )
    if len(questions) > MOST_QUESTIONS:
        raise QuestionError(
            f"问题太多（{len(questions)} 个，最多 {MOST_QUESTIONS}）。请分几次。",
            f"Too many questions ({len(questions)}, at most {MOST_QUESTIONS}). Take several turns.",
        )
    return questions
