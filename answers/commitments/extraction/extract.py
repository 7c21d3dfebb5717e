"""Every quantified statement of a report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from answers.commitments.extraction.measured import measured
from answers.commitments.extraction.plan_headings import PlanHeadings
from answers.commitments.extraction.statements import is_statement, quoted_in
from answers.commitments.extraction.table_rows import TableCell, table_cells
from answers.commitments.extraction.target_or_result import (
    kind_of,
    looks_back,
    opens_this_year,
    speaks_of_plans,
    year_of,
)
from answers.commitments.rows import Commitment, StatementKind
from answers.place import Place
from answers.quantities.amounts import Bound, Quantity, in_unit, quantities
from answers.quantities.figures import Figure
from answers.quantities.former import Former, formers
from indexer.report.records import DocumentKind
from indexer.report.report import Report
from indexer.report.roles import Role, paragraph_roles
from indexer.text.headings import MARKER
from indexer.text.sentences import Clauses, sentences
from indexer.text.span import Span
from indexer.text.table_units import unit_at

_NARROW = str.maketrans("０１２３４５６７８９％", "0123456789%")
_MOST_FIGURES = 10_000
_BOUNDS_BEHIND = {"以上": Bound.AT_LEAST, "以内": Bound.AT_MOST, "以下": Bound.AT_MOST, "左右": Bound.AROUND}
_BOUND_BEHIND = re.compile(f"(?<=.)(?:{'|'.join(_BOUNDS_BEHIND)})$")


def commitments(report: Report) -> tuple[Commitment, ...]:
    """The quantified statements of a report in the order of the text; its glossary makes none, nor does a law.

    What stands behind the 10,000th figure is left out: the longest reports have 400, and a file of nothing but figures
    shall not keep the ledger busy.
    """
    kind = report.metadata.sure_kind
    return tuple(_commitments(report)) if kind is None or kind.is_counted else ()


def statements_told(report: Report) -> tuple[Commitment, ...]:
    """The statements of a document from which results are to be read, whatever its kind.

    In one that is no work report (a communiqué, a list of what was carried out, a half-year note) a number is a result
    unless its sentence speaks of plans; it is of the year that its sentence names, else of the document's own.
    """
    kind = report.metadata.sure_kind
    if kind in (None, DocumentKind.WORK_REPORT):
        return commitments(report)
    return tuple(_told(row, report) for row in _commitments(report))


def _told(row: Commitment, report: Report) -> Commitment:
    sentence = row.sentence.of(report.simplified)
    if row.kind is StatementKind.TARGET and speaks_of_plans(sentence):
        return row
    year = row.year if row.year is not None and str(row.year) in sentence else report.year
    return replace(row, kind=StatementKind.ACHIEVED, year=year)


def _commitments(report: Report) -> Iterator[Commitment]:
    original = report.text
    # 萬, 個 and ７％ count as 万, 个 and 7%; the length is the same, so the spans are the original's.
    text = report.simplified.translate(_NARROW)
    paragraph, back, this_year = -1, False, False
    plans = PlanHeadings(report)
    left = _MOST_FIGURES
    paragraphs = paragraph_roles(report.simplified, report.sections, report.roles, report.paragraphs)
    for number, sentence in _sentences(report):
        if left <= 0:
            return
        back = looks_back(sentence.of(text), back and number == paragraph)
        if number != paragraph:
            this_year = opens_this_year(sentence.of(text), report.metadata.planned_year, this_year)
        paragraph = number
        section = report.passage_at(sentence.start).section
        role = paragraphs[number]
        if role is Role.GLOSSARY:
            continue
        figures = list(quantities(text, sentence))[:left]
        if not figures:
            continue
        left -= len(figures)
        cells = table_cells(
            text, sentence, report.metadata.planned_year, unit_at(report.table_units, sentence.start)
        )
        figures = [_in_cell(quantity, cells) for quantity in figures]
        clauses = Clauses.of(text, sentence)
        # 由120元提高到200元 tells one thing, not two: the former value is no statement of its own.
        former = formers(text, [quantity.figure for quantity in figures])
        found = _statements(text, clauses, figures, former)
        if not found:
            continue
        headings = plans.above(section)
        for quantity, what in zip(found, measured(text, clauses, found, former), strict=True):
            figure = quantity.figure
            clause = clauses.around(figure.span)
            kind = kind_of(role, sentence.of(text), clause.of(text), back)
            said_from = sentence.start
            cell = _cell_of(figure, cells)
            if cell is not None:
                if not cell.counts:
                    continue
                kind, said_from = cell.kind or kind, cell.span.start
                what = replace(what, object=cell.object or what.object, action="")
            span = figure.bare
            amount = quantity.amount
            if amount.bound is Bound.EXACT and (said := _BOUND_BEHIND.search(what.object)):
                amount = replace(amount, bound=_BOUNDS_BEHIND[said[0]])  # 联通60个县以上
                what = replace(what, object=what.object[: said.start()])
            if kind is StatementKind.ACHIEVED and amount.bound is Bound.STRIVE:
                amount = replace(amount, bound=Bound.EXACT)  # 争取资金63亿元 in a review: it was obtained
            yield Commitment(
                place=Place.of(report, section, span),
                span=span,
                text=span.of(original),
                amount=amount,
                object=what.object,
                action=what.action,
                kind=kind,
                year=year_of(
                    kind,
                    text[said_from : figure.span.start],
                    headings,
                    report.metadata.planned_year,
                    this_year,
                ),
                sentence=sentence,
                section=section,
            )


def _cell_of(figure: Figure, cells: Sequence[TableCell]) -> TableCell | None:
    place = bisect_right(cells, figure.span.start, key=lambda cell: cell.span.start) - 1
    return cells[place] if place >= 0 and cells[place].span.holds(figure.span) else None


def _in_cell(quantity: Quantity, cells: Sequence[TableCell]) -> Quantity:
    """A quantity in the unit of the cell that it stands in, where it has none of its own."""
    cell = _cell_of(quantity.figure, cells)
    return in_unit(quantity, cell.unit) if cell is not None and cell.counts else quantity


def _sentences(report: Report) -> Iterator[tuple[int, Span]]:
    """Every sentence with the number of its paragraph; a heading's marker belongs to none, an aside has none."""
    text = report.simplified
    for number, paragraph in enumerate(report.paragraphs):
        if report.is_aside(paragraph.start):
            continue
        marker = MARKER.match(text, paragraph.start, paragraph.end)
        start = marker.end() if marker else paragraph.start
        for sentence in sentences(text, Span(start, paragraph.end)):
            yield number, sentence


def _statements(
    text: str, clauses: Clauses, figures: Sequence[Quantity], former: Sequence[Former]
) -> list[Quantity]:
    """The quantities of a sentence, among all that it has, that state how much; `former` state none."""
    left_behind = {one.figure for one in former}
    sentence = clauses.sentence
    found = [(quantity, clauses.around(quantity.figure.span)) for quantity in figures]
    shared = Counter(clause for _, clause in found)
    quoted = quoted_in(text, sentence) if found else ()
    return [
        quantity
        for quantity, clause in found
        if quantity.figure not in left_behind
        and is_statement(text, sentence, quantity, shared[clause] == 1, quoted)
    ]
