"""The records of a comparison: one row a report, one cell a column, and how the columns are headed."""

from __future__ import annotations

from dataclasses import dataclass

from answers.answer import Answer
from answers.comparison.questions.columns import Column
from answers.comparison.questions.plan import ComparisonPlan
from answers.understanding.period import Period
from embeddings.language import Language, Text
from indexer.index import ReportIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What one report says to one column.

    Attributes:
        answer: the quotation; None where the report is taken not to say it.
        nearest: the nearest that was found, also where it is no answer, so that a reader can check the
            silence; None where the report has no part that speaks of the period.
        confidence: 0..1, the chance that `nearest` answers.
        named: without an answer, whether a sentence of the report has the words that are asked for all the same.
        asked: whether the report was asked at all: of 2021's target and result its own report tells the one, the
            next year's the other.
    """

    answer: Answer | None
    nearest: Answer | None
    confidence: float
    named: bool = False
    asked: bool = True


NOT_ASKED = Cell(None, None, 0.0, asked=False)

# What is said of a cell without an answer; whether its words stand in the report is another thing than an answer.
_UNNAMED = Text("没有出现这些词", "these words do not occur")
_UNCLEAR = Text("没有找到明确答案", "no clear answer")
_OF_OTHER_YEARS = Text("讲的是别的年份", "speaks of other years")


def silence(cell: Cell, language: Language) -> str:
    """Why a cell is empty: nothing in the report has these words, what has them does not answer, or it was not asked."""
    if not cell.asked:
        return _OF_OTHER_YEARS.words(language)
    return (_UNCLEAR if cell.named else _UNNAMED).words(language)


@dataclass(frozen=True, slots=True)
class Row:
    """One report: its name, and its cells in the order of the columns."""

    document: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question put to several reports.

    Attributes:
        columns: as in the plan, with the period settled where the reports had to tell it.
        rows: in the order of the plan's reports.
        elapsed_ms: from the question to this table.
        complete: whether every report of the plan was asked; False where the work was cancelled.
    """

    plan: ComparisonPlan
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    elapsed_ms: float
    complete: bool = True

    def proven(self, index: ReportIndex) -> bool:
        """Whether every quotation is what its report says at its place, to the letter."""
        return all(
            answer.is_verbatim(index.report(row.document))
            for row in self.rows
            for cell in row.cells
            for answer in (cell.answer, cell.nearest)
            if answer is not None
        )


def column_label(column: Column, year: int | None, language: Language = "zh") -> str:
    """目标 or 结果, with the year that it speaks of where all reports are of one year; 经济增长 before it where several
    columns hold targets."""
    label = _period_label(column, year, language)
    return f"{column.topic} {label}".strip()


def _period_label(column: Column, year: int | None, language: Language) -> str:
    if column.period is None:
        return "原文" if language == "zh" else "Quotation"
    done = column.period is Period.RESULT
    about = "" if year is None else str(year - 1 if done else year)
    if language == "zh":
        return f"{about}{'年' if about else ''}{'结果' if done else '目标'}"
    return f"{about} {'result' if done else 'target'}".strip()


def column_labels(comparison: Comparison, index: ReportIndex, language: Language) -> tuple[str, ...]:
    """The labels of all columns: with the year that they speak of where the reports are of one, or one was asked for."""
    years = {index.entry(row.document).year for row in comparison.rows}
    common = years.pop() if len(years) == 1 else None
    if len(comparison.plan.years) != 1:
        return tuple(column_label(column, common, language) for column in comparison.columns)
    (asked,) = comparison.plan.years
    # What came of that year stands in the report of the next.
    return tuple(
        column_label(column, asked + (column.period is Period.RESULT), language)
        for column in comparison.columns
    )
