"""The values in a table's cells, in one unit, and which of them may be drawn side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from answers.answer import Answer
from answers.comparison.table import Cell, Comparison
from answers.quantities.amounts import Amount, Bound, converted, quantities
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.sentences import PART_MARK

_CHANGE = re.compile(r"增长|增速|增幅|增加|提高|上升|扩大|下降|降低|减少|压减|提升|上涨")
_LONGEST = 30  # characters of a quotation that still is a value rather than a sentence with figures in it


class Meaning(StrEnum):
    """What a share says: 增长5% is not 占5%."""

    CHANGE = "change"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Value:
    """A cell's quotation as an amount, and whether a share is one of growth."""

    amount: Amount
    meaning: Meaning

    @property
    def kind(self) -> ValueKind:
        """What it may be compared with."""
        return ValueKind(self.amount.unit, self.meaning if self.amount.unit == "%" else Meaning.LEVEL)


@dataclass(frozen=True, slots=True)
class ValueKind:
    """Values of one kind may be compared: a unit, and for shares what they say."""

    unit: str
    meaning: Meaning

    def holds(self, value: Value) -> bool:
        """Whether a value is of this kind, in its unit or one that converts to it."""
        fits = self.unit != "%" or value.meaning is self.meaning
        return fits and converted(value.amount, self.unit) is not None


@dataclass(frozen=True, slots=True)
class Point:
    """A value to draw: `low` and `high` differ for a range, `amount` is as the report has it."""

    document: str
    low: float
    high: float
    amount: Amount

    @property
    def middle(self) -> float:
        """Where a range is drawn and sorted."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a column that may be drawn together.

    Attributes:
        unit: of the points, with 万 or 亿 where these keep the numbers short: 亿斤.
        points: in the order of the rows.
        silent: reports that do not mention it.
        others: reports whose value has another unit or meaning, or is no single number.
    """

    unit: str
    points: tuple[Point, ...]
    silent: tuple[str, ...]
    others: tuple[str, ...]


def cell_value(cell: Cell, report: Report) -> Value | None:
    """The amount that a cell's quotation says (`answer_value`); None for a silent report."""
    return None if cell.answer is None else answer_value(cell.answer, report)


def answer_value(answer: Answer, report: Report) -> Value | None:
    """The amount that a quotation says, read inside its sentence of the report.

    None where it says none, or says more than one and is too long for a value.
    """
    plain = report.simplified
    found = [q for q in quantities(plain, answer.sentence) if answer.span.holds(q.figure.bare)]
    if not found or (len(found) > 1 and len(answer.span) > _LONGEST):
        return None
    first = found[0]
    before = plain[max(answer.sentence.start, first.figure.span.start - 12) : first.figure.span.start]
    change = _CHANGE.search(PART_MARK.split(before)[-1]) is not None
    return Value(first.amount, Meaning.CHANGE if change else Meaning.LEVEL)


def column_values(comparison: Comparison, column: int, index: ReportIndex) -> tuple[Value | None, ...]:
    """The value of every cell of a column, in the order of the rows."""
    return tuple(cell_value(row.cells[column], index.report(row.document)) for row in comparison.rows)


def series(comparison: Comparison, column: int, index: ReportIndex) -> Series | None:
    """What can be drawn of a column: the values of its commonest kind; None where these are fewer than two."""
    values = column_values(comparison, column, index)
    kinds = Counter(value.kind for value in values if value is not None)
    if not kinds:
        return None
    common = kinds.most_common(1)[0][0]
    unit = common.unit
    points: list[Point] = []
    others: list[str] = []
    for row, value in zip(comparison.rows, values, strict=True):
        same = value is not None and common.holds(value)
        amount = converted(value.amount, unit) if value is not None and same else None
        if amount is not None:
            points.append(Point(row.document, amount.low, amount.high, amount))
        elif row.cells[column].answer is not None:
            others.append(row.document)
    if len(points) < 2:
        return None
    silent = tuple(row.document for row in comparison.rows if row.cells[column].answer is None)
    factor, prefix = _scale(points)
    scaled = tuple(Point(p.document, p.low / factor, p.high / factor, p.amount) for p in points)
    return Series(prefix + unit, scaled, silent, tuple(others))


def by_value(comparison: Comparison, column: int, index: ReportIndex) -> tuple[str, ...]:
    """The names of the reports, the largest value first; then those of another kind, the silent last."""
    drawn = series(comparison, column, index)
    middles = {point.document: point.middle for point in drawn.points} if drawn else {}
    silent = {row.document for row in comparison.rows if row.cells[column].answer is None}

    def order(name: str) -> tuple[int, float]:
        return (0, -middles[name]) if name in middles else (2 if name in silent else 1, 0.0)

    return tuple(sorted((row.document for row in comparison.rows), key=order))


def bound_sign(bound: Bound) -> str:
    """How a bound is written at a point: ≥ for 以上 and 不低于."""
    return {
        Bound.EXACT: "",
        Bound.AT_LEAST: "≥ ",
        Bound.AT_MOST: "≤ ",
        Bound.OVER: "> ",
        Bound.AROUND: "≈ ",
        Bound.STRIVE: "→ ",
    }[bound]


def _scale(points: Sequence[Point]) -> tuple[float, str]:
    """Hundred millions and ten thousands, as reports count."""
    largest = max(abs(point.high) for point in points)
    for factor, prefix in ((1e8, "亿"), (1e4, "万")):
        if largest >= factor:
            return factor, prefix
    return 1.0, ""
