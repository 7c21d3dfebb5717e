"""Whether a question is about another year than the column of a table that an answer stands in.

In a row the part of the report says nothing of the time: each column is of a time of its own.
"""

from __future__ import annotations

import re

from answers.understanding.question import Understanding
from indexer.report.report import Report
from indexer.text.cells import cells_of
from indexer.text.span import Span

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def row_around(report: Report, answer: Span) -> Span | None:
    """The row of a table in which an answer stands; None where it stands in prose."""
    text = report.text
    row = Span(text.rfind("\n", 0, answer.start) + 1, _end_of_line(text, answer.end))
    return row if cells_of(text, row) else None


def is_of_other_column(question: Understanding, report: Report, row: Span, answer: Span) -> bool:
    """Whether a year that the question names is that of another column of the row, or nobody knows whose the answer is.

    A value in a cell over the columns of several years has no name: it is of none of them for certain.
    """
    asked = {*question.years.named}
    cells = cells_of(report.text, row)
    own = next((cell for cell in cells if cell.span.holds(answer)), None)
    if not asked or own is None:
        return False
    years = {int(year) for year in _YEAR.findall(own.name)}
    if years or own is cells[0]:
        return bool(years) and not years & asked
    return not own.name


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
