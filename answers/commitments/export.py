"""Take the ledger away: a 台账 as XLSX or CSV, each row with its citation and its link."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from answers.citation import quotation
from answers.commitments.rows import Commitment, Kind
from answers.commitments.search import Entry
from answers.commitments.tracking.judgements import Judged
from answers.quantities.amounts import Bound
from indexer.report.report import Report

Cell = str | float | int | None

KIND_NAMES = {Kind.TARGET: "目标", Kind.ACHIEVED: "结果"}
BOUND_NAMES = {
    Bound.EXACT: "", Bound.AT_LEAST: "以上", Bound.AT_MOST: "以内", Bound.OVER: "超过", Bound.AROUND: "左右",
    Bound.STRIVE: "力争",
}  # fmt: skip
# Control characters are forbidden in XLSX and do harm in CSV; a tab or a line break may stay in a cell.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
# What a spreadsheet would take for the beginning of a formula.
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767  # Excel's limit
_WIDEST = 48


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table ready to be written: `rows` have as many cells as there are `headings`."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def ledger_sheet(found: Sequence[Entry], documents: Mapping[str, Report], base: str = "") -> Sheet:
    """The ledger as a table. `documents`: the reports by name; `base`: the app's address, for the links."""
    headings = (
        "序号", "报告", "地区", "年份", "类型", "事项", "动作", "原文数量", "数值", "数值上限", "单位", "界限", "原句",
        "章节", "段", "引文", "链接",
    )  # fmt: skip
    rows = tuple(
        (
            number, entry.row.place.title, entry.region, entry.row.year, KIND_NAMES[entry.row.kind],
            entry.row.object, entry.row.action, entry.row.text, *_amount(entry.row), entry.sentence,
            " › ".join(entry.row.place.headings), entry.row.place.paragraph,
            cited(entry.row, documents[entry.row.place.document]), link(entry.row, base),
        )
        for number, entry in enumerate(found, 1)
    )  # fmt: skip
    return Sheet("承诺台账", headings, rows)


def tracking_sheet(judged: Sequence[Judged], earlier: Report, later: Report, base: str = "") -> Sheet:
    """Targets beside their outcomes as a table; the machine's proposal and the person's word apart."""
    headings = (
        "序号", "指标", "目标", "目标原句", "结果", "结果原句", "机器建议", "建议依据", "人工认定", "认定依据原文", "说明",
        "认定人", "认定时间", "目标引文", "目标链接", "结果引文", "结果链接",
    )  # fmt: skip
    rows = []
    for number, one in enumerate(judged, 1):
        pair, said = one.tracked, one.judgement
        outcome = pair.outcome
        rows.append(
            (
                number, pair.indicator, pair.target.text, pair.target.sentence.of(earlier.text),
                outcome.text if outcome else "",
                outcome.sentence.of(later.text) if outcome else "",
                pair.status.value, pair.reason,
                said.status.value if said else "", said.outcome if said else "", said.note if said else "",
                said.name if said else "", said.at if said else "",
                cited(pair.target, earlier), link(pair.target, base),
                cited(outcome, later) if outcome else "", link(outcome, base) if outcome else "",
            )
        )  # fmt: skip
    return Sheet("兑现台账", headings, tuple(rows))


def cited(row: Commitment, report: Report) -> str:
    """The citation of a row, as of an answer."""
    return quotation(row.sentence, row.place, report)


def link(row: Commitment, base: str = "") -> str:
    """Where the app shows the row: the report and the half-open span of characters."""
    query = {"report": row.place.document, "start": row.span.start, "end": row.span.end}
    return f"{base}?{urlencode(query)}"


def as_csv(sheet: Sheet) -> bytes:
    """The table as CSV in UTF-8 with a byte-order mark, as Excel needs it to read Chinese.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(sheet.headings)
    for row in sheet.rows:
        writer.writerow([_inert(cell) for cell in row])
    return b"\xef\xbb\xbf" + written.getvalue().encode("utf-8")


def as_xlsx(sheet: Sheet) -> bytes:
    """The table as XLSX: a frozen heading, a filter, numbers as numbers, every text inert."""
    # It costs 0.3 s and only an export needs it.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "B2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.headings))}{len(sheet.rows) + 1}"
    for column, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate((sheet.headings, *sheet.rows)):
        cells = []
        for value in row:
            cell = WriteOnlyCell(page, value=None)
            if isinstance(value, str):
                cell.value = _clean(value)
                # openpyxl stores what begins with = as a formula: a text is a text, whatever it begins with.
                cell.data_type = "s"
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if number == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        page.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _amount(row: Commitment) -> tuple[Cell, Cell, Cell, Cell]:
    amount = row.amount
    if amount is None:
        return None, None, "", ""
    high = amount.high if amount.high != amount.low else None
    return amount.low, high, amount.unit, BOUND_NAMES[amount.bound]


def _inert(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    cell = _clean(cell)
    return "'" + cell if cell.lstrip(" ").startswith(_ACTIVE) else cell


def _clean(text: str) -> str:
    return _CONTROLS.sub("", text)[:_LONGEST_CELL]


def _widths(sheet: Sheet) -> list[int]:
    """Widths in characters; a Chinese one takes two. Long sentences are wrapped."""
    columns = zip(*(sheet.headings, *sheet.rows[:200]), strict=True)
    return [min(_WIDEST, 2 + max(2 * len(str(cell or "")) for cell in column)) for column in columns]
