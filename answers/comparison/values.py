"""The values in a table's cells, in one unit, and which of them may be drawn side by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from answers.answer import Answer
from answers.comparison.table import Cell, Comparison
from answers.quantities.amounts import Amount, Bound, converted, quantities
from answers.quantities.scales import scale
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


class Misfit(StrEnum):
    """Why a quotation cannot stand beside the values of the others."""

    UNIT = "unit"  # 亿元 beside %
    SHARE = "share"  # 占5% beside 增长5%
    CHANGE = "change"  # the other way round
    NO_NUMBER = "no number"  # it says no number, or several


@dataclass(frozen=True, slots=True)
class Other:
    """A report whose quotation says another kind of thing than those that are drawn, what it says, and why."""

    document: str
    text: str
    why: Misfit


@dataclass(frozen=True, slots=True)
class Series:
    """The values of a column that may be drawn together.

    Attributes:
        unit: of the points, with 万 or 亿 where these keep the numbers short: 亿斤.
        points: in the order of the rows; none where fewer than two are of one kind.
        silent: reports that do not mention it.
        others: reports whose value has another unit or meaning, or is no single number.
    """

    unit: str
    points: tuple[Point, ...]
    silent: tuple[str, ...]
    others: tuple[Other, ...]


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
    """What can be drawn of a column: the values of its commonest kind; None where fewer than two say a value."""
    values = column_values(comparison, column, index)
    kinds = Counter(value.kind for value in values if value is not None)
    if kinds.total() < 2:
        return None
    common = kinds.most_common(1)[0][0]
    unit = common.unit
    points: list[Point] = []
    others: list[Other] = []
    for row, value in zip(comparison.rows, values, strict=True):
        answer = row.cells[column].answer
        same = value is not None and common.holds(value)
        amount = converted(value.amount, unit) if value is not None and same else None
        if amount is not None:
            points.append(Point(row.document, amount.low, amount.high, amount))
        elif answer is not None and answer.is_verbatim(index.report(row.document)):
            others.append(Other(row.document, answer.text, _misfit(value, common)))
    silent = tuple(row.document for row in comparison.rows if _is_silent(row.cells[column]))
    factor, prefix = scale([end for point in points for end in (point.low, point.high)])
    scaled = tuple(Point(p.document, p.low / factor, p.high / factor, p.amount) for p in points)
    if len(points) < 2:
        return Series(unit, (), silent, tuple(others))
    return Series(prefix + unit, scaled, silent, tuple(others))


def _is_silent(cell: Cell) -> bool:
    return cell.asked and cell.answer is None


def _misfit(value: Value | None, common: ValueKind) -> Misfit:
    if value is None:
        return Misfit.NO_NUMBER
    if value.kind.unit != common.unit:
        return Misfit.UNIT
    return Misfit.CHANGE if value.meaning is Meaning.CHANGE else Misfit.SHARE


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
