"""Take the ledger away: a 台账 as a table, each row with its citation and its link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from answers.citation import citation
from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.search import Entry
from answers.commitments.tracking.judgements import Judged
from answers.quantities.amounts import Bound
from answers.sheets.files import Format
from answers.sheets.sheet import Cell, Sheet
from indexer.report.report import Report

FORMATS = (Format.XLSX, Format.CSV)
"""What a ledger is taken away as: its seventeen columns fit on no page."""

KIND_NAMES = {StatementKind.TARGET: "目标", StatementKind.ACHIEVED: "结果"}
BOUND_NAMES = {
    Bound.EXACT: "", Bound.AT_LEAST: "以上", Bound.AT_MOST: "以内", Bound.OVER: "超过", Bound.AROUND: "左右",
    Bound.STRIVE: "力争",
}  # fmt: skip


def ledger_sheet(found: Sequence[Entry], report: Callable[[str], Report], base: str = "") -> Sheet:
    """The ledger as a table. `report` gives one by its name; `base`: the app's address, for the links."""
    headings = (
        "序号", "报告", "地区", "年份", "类型", "事项", "动作", "原文数量", "数值", "数值上限", "单位", "界限", "原句",
        "章节", "段", "引文", "链接",
    )  # fmt: skip
    rows = tuple(
        (
            number, entry.row.place.title, entry.region, entry.row.year, KIND_NAMES[entry.row.kind],
            entry.row.object, entry.row.action, entry.row.text, *_amount(entry.row), entry.sentence,
            " › ".join(entry.row.place.headings), entry.row.place.paragraph,
            citation(entry.row, report(entry.row.place.document)), link(entry.row, base),
        )
        for number, entry in enumerate(found, 1)
    )  # fmt: skip
    return _register("承诺台账", headings, rows)


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
                citation(pair.target, earlier), link(pair.target, base),
                citation(outcome, later) if outcome else "", link(outcome, base) if outcome else "",
            )
        )  # fmt: skip
    return _register("兑现台账", headings, tuple(rows))


def link(row: Commitment, base: str = "") -> str:
    """Where the app shows the row: the report and the half-open span of characters."""
    query = {"report": row.place.document, "start": row.span.start, "end": row.span.end}
    return f"{base}?{urlencode(query)}"


def _register(title: str, headings: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> Sheet:
    """A table to work with: its numbers stay in sight, its rows can be filtered."""
    return Sheet(title, headings, rows, fixed_columns=1, filtered=True)


def _amount(row: Commitment) -> tuple[Cell, Cell, Cell, Cell]:
    amount = row.amount
    if amount is None:
        return None, None, "", ""
    high = amount.high if amount.high != amount.low else None
    return amount.low, high, amount.unit, BOUND_NAMES[amount.bound]
