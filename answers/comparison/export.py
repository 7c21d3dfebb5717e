"""Take a comparison away: every cell in words with its citation, as XLSX, CSV, DOCX or Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.citation import citation
from answers.commitments.topics import topic_of_words
from answers.comparison.table import Cell, Comparison, Row, column_label, column_labels, silence
from answers.comparison.values import cell_value
from answers.public_address import place_link
from answers.quantities.amounts import Amount
from answers.quantities.bounds import bound_name
from answers.sheets.files import Format, written
from answers.sheets.sheet import Cell as SheetCell
from answers.sheets.sheet import Linked, Noted, Sheet
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.characters import simplified


@dataclass(frozen=True, slots=True)
class QuotedCell:
    """One cell in words.

    Attributes:
        amount: what the quotation says, in normal form; None where it is no amount.
        text: the quotation, or why there is none.
        cited: sentence and place, fit for print; empty where the report is silent.
        confidence: 0..1.
    """

    column: str
    amount: Amount | None
    text: str
    cited: str
    confidence: float
    mentioned: bool


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """One report in words, with a cell for each column."""

    document: str
    title: str
    region: str
    year: int | None
    cells: tuple[QuotedCell, ...]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was put to no report, and why: it keeps its row in the file."""

    question: str
    why: str


@dataclass(frozen=True, slots=True)
class _Line:
    """One cell of one report of one question as the columns of a file have it; empty cells where it says nothing."""

    question: str
    told: str
    topic: str = ""
    report: str = ""
    region: str = ""
    year: int | None = None
    column: str = ""
    amount: Amount | None = None
    cited: str = ""
    confidence: float | None = None
    opened: SheetCell = ""
    published: SheetCell = ""


@dataclass(frozen=True, slots=True)
class _Words:
    """The titles and headings of the files in one language."""

    report: str
    values: str
    value_headings: tuple[str, ...]
    quotations: str
    quotation_headings: tuple[str, ...]
    cell_headings: tuple[str, ...]
    opened: str
    published: str
    missing: str


_WORDS: dict[Language, _Words] = {
    "zh": _Words(
        report="报告",
        values="数值",
        value_headings=(
            "问题", "主题", "报告", "地区", "年份", "列", "引文", "数值", "数值上限", "单位", "界限", "把握", "链接", "网址",
        ),
        quotations="引文与出处",
        quotation_headings=("问题", "报告", "列", "引文", "出处", "把握"),
        cell_headings=(
            "问题", "主题", "报告", "地区", "年份", "列", "引文", "数值", "数值上限", "单位", "界限", "把握", "链接", "网址",
            "出处",
        ),
        opened="在问报里打开",
        published="发布的网页",
        missing="文库里没有这里的报告",
    ),
    "en": _Words(
        report="Report",
        values="Values",
        value_headings=(
            "Question", "Topic", "Report", "Region", "Year", "Column", "Quotation", "Value", "Upper value", "Unit",
            "Bound", "Confidence", "Link", "Published at",
        ),
        quotations="Quotations",
        quotation_headings=("Question", "Report", "Column", "Quotation", "Citation", "Confidence"),
        cell_headings=(
            "Question", "Topic", "Report", "Region", "Year", "Column", "Quotation", "Value", "Upper value", "Unit",
            "Bound", "Confidence", "Link", "Published at", "Citation",
        ),
        opened="Open in Wenbao",
        published="Web page",
        missing="The library has no report from here",
    ),
}  # fmt: skip


def exported(
    comparisons: Sequence[Comparison],
    index: ReportIndex,
    to: Format,
    language: Language = "zh",
    *,
    base: str = "",
    unanswered: Sequence[Unanswered] = (),
) -> bytes:
    """The file that holds these comparisons.

    A workbook has a sheet of values and one of quotations with their citations, a CSV file a line for each
    cell with the same columns and numbers, a document for each question the table as it is shown, its citations below it.
    What was asked and not answered keeps its row: reports that do not say it, places without a report, and questions
    that were put to no report (`unanswered`). `base`: the address of the app's page that shows a place, for the links.
    """
    words = _WORDS[language]
    if to in (Format.DOCX, Format.MARKDOWN):
        tables = [_table(comparison, index, language) for comparison in comparisons]
        failed = [Sheet(one.question, (words.report,), ((one.why,),)) for one in unanswered]
        return written([*tables, *failed], to)
    lines = [line for comparison in comparisons for line in _lines(comparison, index, language, base)] + [
        _Line(one.question, one.why) for one in unanswered
    ]
    if to is Format.CSV:
        return written([_cells(lines, words)], to)
    return written([_values(lines, words), _quotations(lines, words)], to)


def quoted(comparison: Comparison, index: ReportIndex, language: Language = "zh") -> tuple[QuotedRow, ...]:
    """The table in words. A quotation that is not what the report says is left out as not mentioned."""
    return tuple(_row(comparison, row, index.report(row.document), language) for row in comparison.rows)


def _row(comparison: Comparison, row: Row, report: Report, language: Language) -> QuotedRow:
    return QuotedRow(
        document=row.document,
        title=report.title,
        region=report.region,
        year=report.year,
        cells=tuple(
            _cell(cell, column_label(column, report.year, language), report, language)
            for column, cell in zip(comparison.columns, row.cells, strict=True)
        ),
    )


def _cell(cell: Cell, label: str, report: Report, language: Language) -> QuotedCell:
    answer = cell.answer
    if answer is None or not answer.is_verbatim(report):
        return QuotedCell(label, None, silence(cell, language), "", cell.confidence, False)
    value = cell_value(cell, report)
    cited = citation(answer, report, language)
    return QuotedCell(label, value.amount if value else None, answer.text, cited, cell.confidence, True)


def _lines(comparison: Comparison, index: ReportIndex, language: Language, base: str) -> Iterator[_Line]:
    words = _WORDS[language]
    question = comparison.plan.question
    for row, quoted_row in zip(comparison.rows, quoted(comparison, index, language), strict=True):
        report = index.report(row.document)
        address = report.metadata.address
        for cell, told in zip(row.cells, quoted_row.cells, strict=True):
            place = _opened(cell, base) if told.mentioned else ""
            yield _Line(
                question,
                told.text,
                _topic(question, cell, report),
                quoted_row.title,
                quoted_row.region,
                quoted_row.year,
                told.column,
                told.amount,
                told.cited,
                round(told.confidence, 2),
                Linked(words.opened, place) if place else "",
                Linked(words.published, address) if address else "",
            )
    for region in comparison.plan.missing:
        yield _Line(question, words.missing, _topic(question), region=region)


def _topic(question: str, cell: Cell | None = None, report: Report | None = None) -> str:
    """The field of work that the question is about, else that of what was found."""
    said = cell.answer if cell is not None else None
    found = (*reversed(said.place.headings), said.sentence.of(report.text)) if said and report else ()
    return topic_of_words(simplified(question), *found).value


def _opened(cell: Cell, base: str) -> str:
    """Where the app shows the quotation; empty where nobody said where the app is."""
    answer = cell.answer
    return place_link(base, answer.place.document, answer.span) if answer is not None and base else ""


def _values(lines: Sequence[_Line], words: _Words) -> Sheet:
    rows = tuple(_value_cells(line, words) for line in lines)
    widths = (30, 14, 26, 12, 8, 12, 30, 16, 14, 10, 8, 8, 16, 14)
    return Sheet(words.values, words.value_headings, rows, widths=widths, filtered=True)


def _value_cells(line: _Line, words: _Words) -> tuple[SheetCell, ...]:
    return (
        line.question, line.topic, line.report, line.region, line.year, line.column, line.told,
        *_amount(line.amount, "en" if words is _WORDS["en"] else "zh"), line.confidence, line.opened, line.published,
    )  # fmt: skip


def _amount(amount: Amount | None, language: Language) -> tuple[SheetCell, ...]:
    if amount is None:
        return None, None, "", ""
    high = amount.high if amount.high != amount.low else None
    return amount.low, high, amount.unit, bound_name(amount.bound, language)


def _quotations(lines: Sequence[_Line], words: _Words) -> Sheet:
    rows = tuple(
        (line.question, line.report or line.region, line.column, line.told, line.cited, line.confidence)
        for line in lines
    )
    return Sheet(words.quotations, words.quotation_headings, rows, widths=(30, 26, 12, 40, 90, 8))


def _cells(lines: Sequence[_Line], words: _Words) -> Sheet:
    rows = tuple((*_value_cells(line, words), line.cited) for line in lines)
    return Sheet(words.quotations, words.cell_headings, rows)


def _table(comparison: Comparison, index: ReportIndex, language: Language) -> Sheet:
    columns = column_labels(comparison, index, language)
    rows = tuple(
        (row.title, *(Noted(cell.text, cell.cited) if cell.mentioned else cell.text for cell in row.cells))
        for row in quoted(comparison, index, language)
    )
    missing = tuple(
        (region, *(_WORDS[language].missing for _ in comparison.columns))
        for region in comparison.plan.missing
    )
    return Sheet(comparison.plan.question, (_WORDS[language].report, *columns), (*rows, *missing))
