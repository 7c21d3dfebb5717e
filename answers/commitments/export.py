"""Take the ledger away: a 台账 as a table, each row with its citation and its link."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import overload

from answers.citation import citation
from answers.commitments.across_reports import Compared
from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.search import Entry, Filter, Order
from answers.commitments.stored import StoredLedger
from answers.commitments.topics import topic_of
from answers.commitments.tracking.finding import Told
from answers.commitments.tracking.results import dated, source_of
from answers.public_address import place_link
from answers.quantities.amounts import Amount
from answers.quantities.bounds import bound_name
from answers.sheets.files import Format
from answers.sheets.sheet import Cell, Linked, Sheet
from indexer.report.report import Report

FORMATS = (Format.XLSX, Format.CSV)
"""What a ledger is taken away as: its nineteen columns fit on no page."""

KIND_NAMES = {StatementKind.TARGET: "目标", StatementKind.ACHIEVED: "结果"}

Published = Callable[[str], str]
"""Where on the web a report was published, by its name; empty where nobody knows."""

_OPEN, _PUBLISHED = "在问报里打开", "发布的网页"
_NOT_FOUND = "没有找到"

_HEADINGS = (
    "序号", "报告", "地区", "年份", "类型", "主题", "事项", "动作", "原文数量", "数值", "数值上限", "单位", "界限", "原句",
    "章节", "段", "引文", "链接", "网址",
)  # fmt: skip


def _unknown(document: str) -> str:
    """Nobody knows where any report was published."""
    return ""


class LedgerRows(Sequence[Entry]):
    """The entries of the ledger that a filter finds: counted at once, and read a few at a time as they are written.

    An export of all of the ledger is never in memory as a whole. Every method raises LedgerError as the ledger's do.
    """

    def __init__(
        self, ledger: StoredLedger, wanted: Filter, order: Order = Order.PLACE, most: int | None = None
    ) -> None:
        """`most`: how many are taken at most, from the first on."""
        self._ledger, self._wanted, self._order, self._most = ledger, wanted, order, most

    def __len__(self) -> int:
        rows = self._ledger.totals(self._wanted).rows
        return rows if self._most is None else min(rows, self._most)

    def __iter__(self) -> Iterator[Entry]:
        return islice(self._ledger.entries(self._wanted, self._order), self._most)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        places = range(len(self))[place]
        if isinstance(places, int):
            return self._ledger.page(self._wanted, self._order, places, 1)[0]
        return list(islice(self, places.start, places.stop, places.step))


class _Rows(Sequence[tuple[Cell, ...]]):
    """Entries as rows of the table, each made when it is asked for."""

    def __init__(self, found: Sequence[Entry], base: str, published: Published) -> None:
        self._found, self._base, self._published = found, base, published

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return (self._row(number, entry) for number, entry in enumerate(self._found, 1))

    @overload
    def __getitem__(self, place: int) -> tuple[Cell, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[Cell, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        places = range(len(self))[place]
        if isinstance(places, int):
            return self._row(places + 1, self._found[places])
        found: Sequence[Entry] = self._found[places.start : places.stop : places.step]
        return [self._row(number + 1, entry) for number, entry in zip(places, found, strict=True)]

    def _row(self, number: int, entry: Entry) -> tuple[Cell, ...]:
        return _row(number, entry, self._base, self._published)


def ledger_sheet(found: Sequence[Entry], base: str = "", published: Published = _unknown) -> Sheet:
    """The ledger as a table, whose rows are made as they are written. `base`: the app's address, for the links."""
    return _register("承诺台账", _HEADINGS, _Rows(found, base, published))


def indicator_sheet(
    found: Sequence[Compared], kind: StatementKind, name: str, base: str = "", published: Published = _unknown
) -> Sheet:
    """What every report says of one indicator, in the columns of the ledger; one that says nothing keeps its row."""
    rows = [
        _row(number, one.entry, base, published)
        if one.entry is not None
        else (
            number, one.title, one.region, one.year, KIND_NAMES[kind], "", name, "", _NOT_FOUND, *_amount(None), "", "",
            None, "", "", _source(one.document, published),
        )
        for number, one in enumerate(found, 1)
    ]  # fmt: skip
    return _register(name, _HEADINGS, rows)


def _row(number: int, entry: Entry, base: str, published: Published) -> tuple[Cell, ...]:
    row = entry.row
    return (
        number, row.place.title, entry.region, row.year, KIND_NAMES[row.kind], entry.topic.value, row.object, row.action,
        row.text, *_amount(row.amount), entry.sentence, " › ".join(row.place.headings), row.place.paragraph,
        entry.citation(), _opened(row, base), _source(row.place.document, published),
    )  # fmt: skip


def _opened(row: Commitment, base: str) -> Cell:
    """The link to the row in the app; without the app's address only what would follow it."""
    return Linked(_OPEN, link(row, base)) if base else link(row)


def _source(document: str, published: Published) -> Cell:
    address = published(document)
    return Linked(_PUBLISHED, address) if address else ""


def tracking_sheet(targets: Sequence[Told], earlier: Report, *later: Report, base: str = "") -> Sheet:
    """Targets beside their outcomes as a table; the machine's proposal and the person's word apart."""
    headings = (
        "序号", "指标", "目标", "目标原句", "结果", "结果原句", "机器建议", "建议依据", "人工认定", "认定依据原文", "说明",
        "认定人", "认定时间", "目标引文", "目标链接", "结果引文", "结果链接", "结果出处", "结果文件日期", "主题", "目标网址",
        "结果网址",
    )  # fmt: skip
    rows = []
    for number, told in enumerate(targets, 1):
        one = told.judged
        pair, said = one.tracked, one.judgement
        outcome, source = pair.outcome, source_of(pair, later)
        rows.append(
            (
                number, pair.indicator, pair.target.text, pair.target.sentence.of(earlier.text),
                outcome.text if outcome else "",
                outcome.sentence.of(source.text) if outcome else "",
                told.proposal.finding.value, told.proposal.reason,
                said.status.value if said else "", said.outcome if said else "", said.note if said else "",
                said.name if said else "", said.at if said else "",
                citation(pair.target, earlier), _opened(pair.target, base),
                citation(outcome, source) if outcome else "", _opened(outcome, base) if outcome else "",
                source.title if outcome else "", dated(source) if outcome else "",
                topic_of(pair.target, pair.target.sentence.of(earlier.text)).value,
                _web(earlier), _web(source) if outcome else "",
            )
        )  # fmt: skip
    return _register("兑现台账", headings, tuple(rows))


def link(row: Commitment, base: str = "") -> str:
    """Where the app shows the row: the report and the half-open span of characters."""
    return place_link(base, row.place.document, row.span)


def _register(title: str, headings: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Sheet:
    """A table to work with: its numbers stay in sight, its rows can be filtered."""
    return Sheet(title, headings, rows, fixed_columns=1, filtered=True)


def _web(report: Report) -> Cell:
    return _source(report.name, lambda _: report.metadata.address)


def _amount(amount: Amount | None) -> tuple[Cell, Cell, Cell, Cell]:
    if amount is None:
        return None, None, "", ""
    high = amount.high if amount.high != amount.low else None
    return amount.low, high, amount.unit, bound_name(amount.bound)
