"""Commitments and comparisons as tables, and the digest that every record carries."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from pathlib import Path
from typing import Any

import pandas
import pytest

from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from wenbao import Cell, Commitment, Library

REPORTS = {"江苏省": "新建学校7所，新增就业20万人。", "湖北省": "新增就业超5.3万人。"}


@pytest.fixture
def provinces(tmp_path: Path) -> Library:
    for place, promises in REPORTS.items():
        text = f"{place}政府工作报告\n一、2025年重点工作\n{promises}\n"
        write_report(tmp_path / "reports", f"2025年{place}政府工作报告", text)
    library = Library.open(tmp_path / "index", encoder=FakeEncoder())
    library.add(tmp_path / "reports")
    return library


def names(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


def test_commitments_are_a_list_that_is_also_a_table(provinces: Library) -> None:
    rows = provinces.commitments()
    assert rows == list(rows) and len(rows) == 3
    frame = rows.to_frame()
    assert list(frame.columns) == names(Commitment)
    assert frame.object.tolist() == [row.object for row in rows]
    assert frame.value.tolist() == [7, 200_000, 53_000]
    assert frame.year.tolist() == [2025] * 3
    assert frame.year.dtype == "Int64" and frame.value.dtype == float
    assert frame.page.isna().all(), "a text has no pages"


def test_a_table_without_a_row_has_its_columns(provinces: Library) -> None:
    for none in (provinces.commitments(text="火星"), provinces.commitments([])):
        assert none == []
        frame = none.to_frame()
        assert frame.empty and list(frame.columns) == names(Commitment)


def test_rows_are_copied_and_pickled_as_lists_are(provinces: Library) -> None:
    rows = provinces.commitments()
    for same in (copy.copy(rows), pickle.loads(pickle.dumps(rows))):
        assert same == rows
        assert same.to_frame().equals(rows.to_frame())


def test_a_comparison_is_a_table_of_its_cells_silent_ones_too(provinces: Library) -> None:
    comparison = provinces.compare("江苏、湖北今年新建多少所学校？")
    frame = comparison.to_frame()
    assert list(frame.columns) == names(Cell)
    assert frame.document.tolist() == [cell.document for cell in comparison.cells]
    assert [None if pandas.isna(text) else text for text in frame.text] == [
        cell.text for cell in comparison.cells
    ]
    assert frame.start.dtype == "Int64"


def test_every_record_carries_the_digest_of_its_text(provinces: Library) -> None:
    digests = {entry.name: entry.text_digest for entry in provinces.catalogue}
    assert all(len(digest) == 64 for digest in digests.values()) and len(digests) == 2
    reply = provinces.ask("江苏今年新建多少所学校？")
    cells = provinces.compare("江苏、湖北今年新建多少所学校？").cells
    records: list[Any] = [*reply.candidates, *reply.passages, *cells, *provinces.commitments()]
    for record in records:
        assert record.text_digest == digests[record.document]


def test_one_report_is_had_without_the_others(provinces: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "2025年江苏省政府工作报告"
    read = provinces.report(name)
    assert read.name == name and "7所" in read.text
    (entry,) = [entry for entry in provinces.catalogue if entry.name == name]
    assert entry.characters == len(read.text)
    assert entry.text_digest == read.document.text_digest


def test_there_is_no_catalogue_where_there_is_no_index(tmp_path: Path) -> None:
    assert Library.open(tmp_path / "nowhere").catalogue == ()
