"""Searching the ledger, comparing reports, and taking it away."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from answers.citation import citation
from answers.commitments.across_reports import over_reports
from answers.commitments.export import LedgerRows, indicator_sheet, ledger_sheet, link, tracking_sheet
from answers.commitments.rows import StatementKind
from answers.commitments.search import Entry, Filter, Order, entries
from answers.commitments.stored import StoredLedger
from answers.commitments.tracking.tracked_reports import TrackedReports
from answers.errors import LedgerError
from answers.quantities.amounts import Bound
from answers.sheets.files import Format, save_sheets, written
from answers.sheets.sheet import Linked
from indexer.report.report import Report
from tests.answers.commitments.ledger_files import stored
from tests.answers.commitments.test_tracking import report
from tests.answers.sheets.readers import csv_rows, docx_rows, markdown_rows, xlsx_rows
from tests.conftest import SEED_NAME
from tests.project.test_cli import Run, run  # noqa: F401

ONE = report(
    2025, "新建学校7所。", "（一）农业\n粮食产量稳定在100亿斤以上。新增就业3万人。地区生产总值增长5%左右。"
)
OTHER = report(
    2025,
    "好。",
    "（一）农业\n粮食产量稳定在40万吨。新增就业12万人。生产总值增长6%。开工建设甲地西站。",
    "乙省",
)
LEDGER = (*entries(ONE), *entries(OTHER))


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> StoredLedger:
    return stored(tmp_path_factory.mktemp("ledger"), [ONE, OTHER])


def texts(found: Iterable[Entry]) -> list[str]:
    return [entry.row.text for entry in found]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(kinds=(StatementKind.ACHIEVED,)), ["7所"]),
        (Filter(regions=("乙",)), ["40万吨", "12万人", "6%"]),
        (Filter(documents=("甲省2025",), kinds=(StatementKind.TARGET,)), ["100亿斤", "3万人", "5%"]),
        (Filter(topic="农业", unit="吨"), ["100亿斤", "40万吨"]),
        (Filter(text="就业 新增"), ["3万人", "12万人"]),
        (Filter(bounds=(Bound.AT_LEAST, Bound.AROUND)), ["100亿斤", "5%"]),
        (Filter(unit="人", low=100_000), ["12万人"]),
        (Filter(unit="人", high=100_000), ["3万人"]),
        (Filter(unit="吨", low=1_000_000), ["100亿斤"]),
        (Filter(years=(2024,)), ["7所"]),
        (Filter(report_years=(2024,)), []),
        (Filter(text="就業"), ["3万人", "12万人"]),
    ],
)
def test_filters_keep_what_they_name(ledger: StoredLedger, wanted: Filter, expected: list[str]) -> None:
    wanted = replace(wanted, numbered=True)
    assert texts(ledger.entries(wanted)) == expected
    assert texts(ledger.page(wanted)) == expected
    assert ledger.totals(wanted).rows == len(expected)
    assert sum(one.targets + one.results for one in ledger.by_topic(wanted)) == len(expected)


def test_amounts_are_sorted_by_their_normal_value(ledger: StoredLedger) -> None:
    wanted = Filter(text="粮食", unit="吨")
    assert texts(ledger.page(wanted, Order.LARGEST)) == ["100亿斤", "40万吨"]
    assert texts(ledger.page(wanted, Order.SMALLEST)) == ["40万吨", "100亿斤"]
    assert ledger.page(Filter(), Order.YEAR)[0].row.year == 2024


def test_a_range_that_holds_nothing_is_refused() -> None:
    with pytest.raises(LedgerError, match="下限大于上限"):
        Filter(low=2, high=1)


def test_one_indicator_is_compared_across_reports_also_under_other_names(ledger: StoredLedger) -> None:
    indicator = over_reports(ledger, "GDP", StatementKind.TARGET, "%")
    found = {one.region: one.entry and one.entry.row.text for one in indicator.reports}
    assert found == {"甲省": "5%", "乙省": "6%"}


def test_a_report_without_the_indicator_is_listed_as_silent(ledger: StoredLedger) -> None:
    found = over_reports(ledger, "新建学校", StatementKind.ACHIEVED).reports
    assert [(one.region, one.entry is not None) for one in found] == [("甲省", True), ("乙省", False)]


def test_promises_without_a_number_come_only_when_asked_for() -> None:
    assert "开工建设甲地西站" not in texts(LEDGER)
    (row,) = [entry.row for entry in entries(OTHER, unnumbered=True) if entry.row.amount is None]
    assert (row.text, row.action, row.object, row.kind) == (
        "开工建设甲地西站",
        "开工建设",
        "甲地西站",
        StatementKind.TARGET,
    )


def test_every_row_of_the_ledger_has_its_citation_and_link() -> None:
    sheet = ledger_sheet(LEDGER, "http://localhost:8501/")
    assert len(sheet.rows) == len(LEDGER)
    assert {len(row) for row in sheet.rows} == {len(sheet.headings)}
    row = dict(zip(sheet.headings, sheet.rows[1], strict=True))
    assert (row["数值"], row["单位"], row["界限"]) == (1e10, "斤", "以上")
    assert "粮食产量稳定在100亿斤以上" in str(row["引文"])
    span = LEDGER[1].row.span
    assert isinstance(row["链接"], Linked)
    assert row["链接"].address.endswith(f"start={span.start}&end={span.end}")


def test_a_workbook_of_the_ledger_has_real_links_where_an_address_is_known() -> None:
    web = "https://www.example.gov.cn/art/1.html?a=1&b=2"
    sheet = ledger_sheet(
        LEDGER, "http://localhost:8501/commitments", lambda name: {"甲省2025": web}.get(name, "")
    )
    page = openpyxl.load_workbook(io.BytesIO(written([sheet], Format.XLSX))).active
    assert page is not None
    heads = [cell.value for cell in page[1]]
    for number, entry in enumerate(LEDGER, 2):
        opened, published = (page.cell(number, heads.index(name) + 1) for name in ("链接", "网址"))
        assert opened.hyperlink is not None and opened.value == "在问报里打开"
        assert opened.hyperlink.target == link(entry.row, "http://localhost:8501/commitments")
        known = entry.row.place.document == "甲省2025"
        assert (published.hyperlink.target if published.hyperlink else None) == (web if known else None)
        assert page.cell(number, heads.index("主题") + 1).value == entry.topic.value
    # Nobody said where the app is: there is nothing to lead to.
    page = openpyxl.load_workbook(io.BytesIO(written([ledger_sheet(LEDGER)], Format.XLSX))).active
    assert page is not None
    assert not any(cell.hyperlink for row in page for cell in row)


def test_a_workbook_and_a_csv_file_of_the_ledger_have_the_same_numbers() -> None:
    sheet = ledger_sheet(LEDGER)
    (book,), lines = xlsx_rows(written([sheet], Format.XLSX)), csv_rows(written([sheet], Format.CSV))
    assert book == lines
    first = dict(zip(lines[0], lines[2], strict=True))
    assert (first["数值"], first["界限"], first["主题"]) == ("10000000000", "以上", "农业农村")


def test_a_report_that_says_nothing_of_an_indicator_keeps_its_row(ledger: StoredLedger) -> None:
    found = over_reports(ledger, "新增居民存款", StatementKind.TARGET)
    assert not found.found
    jobs = over_reports(ledger, "粮食产量", StatementKind.TARGET, among=Filter(documents=("甲省2025",)))
    silent = found.silent[-1]
    sheet = indicator_sheet((*jobs.found, silent), StatementKind.TARGET, "粮食产量")
    (rows,) = xlsx_rows(written([sheet], Format.XLSX))
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [(one["报告"], one["原文数量"], one["数值"]) for one in named] == [
        (jobs.found[0].title, "100亿斤", "10000000000"),
        (silent.title, "没有找到", ""),
    ]


def test_an_export_reads_its_rows_as_it_writes_them(ledger: StoredLedger, tmp_path: Path) -> None:
    wanted = Filter(numbered=True)
    rows = LedgerRows(ledger, wanted, Order.LARGEST)
    assert (len(rows), list(rows)) == (len(LEDGER), list(ledger.entries(wanted, Order.LARGEST)))
    assert rows[1] == list(rows)[1] and list(rows[1:3]) == list(rows)[1:3]
    assert len(list(LedgerRows(ledger, wanted, most=2))) == len(LedgerRows(ledger, wanted, most=2)) == 2
    for form in (Format.XLSX, Format.CSV):
        path = tmp_path / f"ledger.{form.value}"
        save_sheets(path, [ledger_sheet(rows)], form)
        sheet = ledger_sheet(list(rows))
        read = [csv_rows(path.read_bytes())] if form is Format.CSV else xlsx_rows(path.read_bytes())
        assert len(read[0]) == len(rows) + 1
        assert [row[8] for row in read[0][1:]] == [row[8] for row in sheet.rows]


def test_no_cell_of_a_ledger_acts_in_any_format() -> None:
    hostile = ("＝1+1", "－2", "=HYPERLINK(1)", "@SUM(A1)", "<b>粮</b>", "*粮*")
    first = LEDGER[0]
    found = [
        replace(
            first, row=replace(first.row, text=text, object=text, action=text), sentence=text, region=text
        )
        for text in hostile
    ]
    sheet = ledger_sheet(found)
    columns = [sheet.headings.index(name) for name in ("地区", "事项", "动作", "原文数量", "原句")]
    everywhere = (
        xlsx_rows(written([sheet], Format.XLSX)),
        [csv_rows(written([sheet], Format.CSV))],
        docx_rows(written([sheet], Format.DOCX)),
        markdown_rows(written([sheet], Format.MARKDOWN)),
    )
    for form, (rows,) in zip(Format, everywhere, strict=True):
        said = [f"'{t}" if form is Format.CSV and n < 4 else t for n, t in enumerate(hostile)]
        assert [[row[column] for column in columns] for row in rows[1:]] == [[text] * 5 for text in said]


def test_machine_and_person_have_their_own_columns() -> None:
    earlier = report(2024, "好。", "新建学校5所。")
    tracked = TrackedReports.of(earlier, [ONE])
    (pair,) = tracked.pairs
    sheet = tracking_sheet(tracked.told(), earlier, ONE)
    row = dict(zip(sheet.headings, sheet.rows[0], strict=True))
    assert (row["机器建议"], row["人工认定"]) == ("超额完成", "")
    assert citation(pair.target, earlier) == row["目标引文"]
    assert link(pair.target) == row["目标链接"]


@pytest.mark.parametrize("name", ["ledger.xlsx", "ledger.CSV"])
def test_the_command_line_writes_the_ledger(run: Run, built_index: Path, tmp_path: Path, name: str) -> None:  # noqa: F811
    path = tmp_path / name
    ended = run("answers", "commitments", "--export", path, "--index", built_index)
    assert (ended.status, path.stat().st_size > 1000) == (0, True)


@pytest.mark.parametrize("name", ["ledger.txt", "nowhere/ledger.xlsx"])
def test_a_table_that_cannot_be_written_is_an_error(
    run: Run, built_index: Path, tmp_path: Path, name: str  # noqa: F811
) -> None:  # fmt: skip
    ended = run("answers", "commitments", "--export", tmp_path / name, "--index", built_index)
    assert ended.status == 2
    assert name in ended.err


def test_the_command_line_filters(run: Run, built_index: Path) -> None:  # noqa: F811
    ended = run(
        "answers", "commitments", "--text", "专利", "--kind", "target", "--json", "--document", SEED_NAME,
        "--index", built_index,
    )  # fmt: skip
    assert len(ended.out.splitlines()) == 1
    more = run(
        "answers", "commitments", "--unnumbered", "--text", "宁波西站", "--json", "--index", built_index
    )
    assert '"value": null' in more.out


def test_entries_know_their_report(seed_parsed: Report) -> None:
    entry = entries(seed_parsed)[0]
    assert (entry.region, entry.report_year) == ("浙江省宁波市", 2023)
    changed = replace(seed_parsed, document=replace(seed_parsed.document, name="另一份"))
    assert not entry.row.is_verbatim(changed)
