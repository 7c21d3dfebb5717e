"""Tables whose rows hold documents, and tables that are one: CSV, JSON, JSON lines, XLSX."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from indexer.formats import Declared
from indexer.formats.records import Records, records_in
from indexer.text.fields import Said
from tests.indexer.formats.builders import REPORT, SENTENCE, lines_of, read, refusal, zipped

HEADER = ["地区", "年份", "标题", "正文"]
ROWS = [
    ["江苏省", "2024", "2024年江苏省政府工作报告", '各位代表：\n推进"放管服"改革，2023年生产总值增长5.1%。'],
    ["浙江省", "2024", "", "各位代表：\n2023年生产总值增长6.2%，全省上下团结奋斗。"],
]


def csv_of(rows: Sequence[Sequence[str]], delimiter: str = ",") -> bytes:
    quoted = [delimiter.join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in rows]
    return "\r\n".join(quoted).encode("gb18030")


def book(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), more: Sequence[str] = ()) -> bytes:
    """An XLSX file: its first sheet, and the names of further ones, the last of which is hidden."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "指标"
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for name in more:
        other = workbook.create_sheet(name)
        other.append([f"{name}里的字"])
        other.sheet_state = "hidden" if name == more[-1] else "visible"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def files() -> dict[str, bytes]:
    objects = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    return {
        "a.csv": csv_of([HEADER, *ROWS]),
        "b.csv": csv_of([HEADER, *ROWS], ";"),
        "a.tsv": csv_of([HEADER, *ROWS], "\t"),
        "a.json": json.dumps(objects).encode(),
        "a.jsonl": "\n".join(json.dumps(one, ensure_ascii=False) for one in objects).encode(),
        "a.xlsx": book([HEADER, *ROWS]),
    }


def found_in(name: str, data: bytes) -> Records | None:
    return records_in(Path(name), data)


@pytest.mark.parametrize("name", files())
def test_each_row_of_a_table_of_texts_is_a_document_of_its_own(name: str) -> None:
    records = found_in(name, files()[name])
    assert records is not None and records.column == "正文" and records.are_documents
    assert [records.record(n).text for n in range(len(records.rows))] == [row[3] for row in ROWS]
    one, other = (read("row.csv", records.as_file(n)) for n in range(2))
    assert one.text == ROWS[0][3] + "\n"
    title = "2024年江苏省政府工作报告"
    assert one.declared == Declared((title,), meant=True, said=Said(title, "江苏省", "2024"))
    assert other.declared == Declared(meant=False, said=Said(place="浙江省", year="2024"))
    assert [records.record(n).name for n in range(2)] == [title, "2024年浙江省"]


@pytest.mark.parametrize("name", files())
def test_such_a_table_as_one_document_says_of_each_text_what_stands_beside_it(name: str) -> None:
    assert lines_of(name, files()[name]) == [
        "地区：江苏省 | 年份：2024 | 标题：2024年江苏省政府工作报告", *ROWS[0][3].split("\n"),
        "地区：浙江省 | 年份：2024", *ROWS[1][3].split("\n"),
    ]  # fmt: skip


def test_pieces_of_one_document_are_read_as_that_document() -> None:
    articles = [f"第{n}条 本市实行第{n}项制度，由主管部门负责。" for n in "一二三四"]
    chapters = ["第一章 总则", "第一章 总则", "第二章 管理", "第二章 管理"]
    rows = [
        [str(n), "甲市养犬条例" if n == 1 else "", chapter, text]
        for n, (chapter, text) in enumerate(zip(chapters, articles, strict=True), 1)
    ]
    extracted = read("a.csv", csv_of([["id", "title", "chapter", "text"], *rows]))
    assert extracted.text.split() == " ".join([
        "第一章 总则", *articles[:2], "第二章 管理", *articles[2:],
    ]).split()  # fmt: skip
    assert extracted.declared.titles == ("甲市养犬条例",)


def test_a_column_of_long_texts_needs_no_name() -> None:
    rows = [["甲", str(n), SENTENCE * 20] for n in range(3)]
    records = found_in("a.csv", csv_of([["编号", "序", "备注栏"], *rows]))
    assert records is not None and records.column == "备注栏" and records.are_documents
    assert found_in("a.csv", csv_of([["编号", "序", "备注栏"], *[["甲", "1", "短"]] * 9])) is None


def test_paragraphs_of_one_report_in_rows_are_no_documents() -> None:
    records = found_in("a.csv", csv_of([["段", "内容"], *[[str(n), SENTENCE] for n in range(30)]]))
    assert records is not None and not records.are_documents


def test_a_table_of_figures_is_one_document() -> None:
    rows = [["指标", "2023年", "2024年"], ["生产总值", "5.1%", "5%左右"], ["就业", "", "20万人"]]
    for name, data in (("a.csv", csv_of(rows)), ("a.xlsx", book(rows))):
        assert found_in(name, data) is None
        assert lines_of(name, data) == [
            "指标：生产总值 | 2023年：5.1% | 2024年：5%左右",
            "指标：就业 | 2024年：20万人",
        ]


def test_cells_of_a_spreadsheet_are_told_as_they_are_shown() -> None:
    workbook = openpyxl.load_workbook(
        io.BytesIO(book([["指标", "数"], *[["x", None]] * 7], more=["附表", "草稿"]))
    )
    sheet = workbook["指标"]
    shown = [
        (0.051, "0.0%", "5.1%"), (12345.678, "#,##0.00", "12,345.68"), (0.1 + 0.2, "General", "0.3"), (5000, "0", "5000"),
        (date(2024, 1, 25), "yyyy\\-mm\\-dd", "2024-01-25"), (True, "General", "是"), (45.0, 'General"亿元"', "45"),
    ]  # fmt: skip
    for number, (value, form, _) in enumerate(shown, 2):
        sheet.cell(number, 2, value).number_format = form
    stream = io.BytesIO()
    workbook.save(stream)
    lines = lines_of("a.xlsx", stream.getvalue())
    assert lines[0] == "指标" and lines[-2:] == ["附表", "附表里的字"]
    assert [line.removeprefix("指标：x | 数：") for line in lines[1:-2]] == [text for _, _, text in shown]


def test_merged_cells_of_a_spreadsheet() -> None:
    rows: list[list[Any]] = [
        ["某市重点指标", None, None, None], ["领域", "项目", "2023年", None], [None, None, "计划", "完成"],
        ["教育", "幼儿园", "6所", "7所"], [None, "食堂", "18个", None], ["合计", None, 24, 25],
    ]  # fmt: skip
    merged = ["A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5", "C5:D5", "A6:B6"]
    assert lines_of("a.xlsx", book(rows, merged)) == [
        "某市重点指标",
        "领域：教育 | 项目：幼儿园 | 2023年计划：6所 | 2023年完成：7所",
        "领域：教育 | 项目：食堂 | 2023年：18个",
        "合计 | 2023年计划：24 | 2023年完成：25",
    ]


def test_json_of_a_program_holds_no_text() -> None:
    assert "没有文字" in refusal("a.json", b'{"type": {"x": [1, {"y": 2}]}}').zh
    assert "JSON" in refusal("a.json", b'{"title": ').zh
    assert "JSONL" in refusal("a.jsonl", b"[1, 2\n").zh
    assert refusal("a.json", b"[" * 100_000)


def test_what_somebody_says_of_a_report_is_no_report() -> None:
    said = {"title": "某县政府工作报告", "region": "某县", "year": 2024, "kind": "work report"}
    assert "元数据" in refusal("a.json", json.dumps(said).encode()).zh
    assert "新增就业" in read("a.json", json.dumps({**said, "content": "新增就业2万人。"}).encode()).text
    assert "就业" in read("a.json", json.dumps({**said, "indicator": "就业"}).encode()).text


def test_broken_spreadsheets_are_refused() -> None:
    assert "XLSX" in refusal("a.xlsx", "不是表格".encode()).zh
    assert "Excel" in refusal("a.xlsx", zipped({"xl/worksheets/sheet1.xml": "<x/>"})).zh
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>'
    assert "Excel" in refusal("a.xlsx", zipped({"xl/workbook.xml": bomb})).zh


def test_spans_beyond_any_sheet_cost_nothing() -> None:
    sheet = "<worksheet><sheetData>{}</sheetData><mergeCells>{}</mergeCells></worksheet>".format(
        "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>x{n}</v></c></row>' for n in range(1, 3_000)),
        "".join(f'<mergeCell ref="{c}1:{c}1048576"/>' for c in ("B", "C", "XFD")),
    )
    parts = {
        "xl/workbook.xml": '<workbook><sheets><sheet name="s" id="1"/></sheets></workbook>', "xl/worksheets/sheet1.xml": sheet,
        "xl/_rels/workbook.xml.rels": '<R><Relationship Id="1" Target="worksheets/sheet1.xml"/></R>',
    }  # fmt: skip
    started = time.monotonic()
    assert len(lines_of("a.xlsx", zipped(parts))) == 2_999 - 1
    everywhere = '<mergeCell ref="B1:B1048576"/>' * 5_000
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<mergeCells>", f"<mergeCells>{everywhere}")
    assert "cells" in refusal("a.xlsx", zipped(parts)).en
    assert time.monotonic() - started < 5


def test_cells_without_end_are_refused_before_they_are_read() -> None:
    started = time.monotonic()
    assert "cells" in refusal("a.csv", b"a," * 4_000_000).en
    assert "objects" in refusal("a.jsonl", b'{"a":1}\n' * 200_000).en
    assert time.monotonic() - started < 5


def test_a_column_of_texts_on_one_of_several_sheets_is_the_document_and_the_others_stand_below_it() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book([["序号", "内容"], *enumerate(REPORT, 1)])))
    other = workbook.create_sheet("附表")
    for row in (["指标", "数值"], ["粮食产量", "19.37万吨"]):
        other.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    lines = lines_of("a.xlsx", stream.getvalue())
    assert lines[: len(REPORT)] == list(REPORT)
    assert lines[len(REPORT) :] == ["附表", "指标：粮食产量 | 数值：19.37万吨"]
