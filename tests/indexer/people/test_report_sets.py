from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from indexer.errors import IndexFault
from indexer.people.report_sets import ReportSet, keep_set, remove_set, report_sets
from indexer.people.store import FILE_NAME


def test_a_set_is_kept_said_anew_and_let_go(tmp_path: Path) -> None:
    assert report_sets(tmp_path) == ()
    keep_set(tmp_path, " 华东  六省 ", ["甲", "乙", "甲"])
    keep_set(tmp_path, "我的县", ["丙"])
    keep_set(tmp_path, "华东 六省", ["乙"])
    assert report_sets(tmp_path) == (ReportSet("华东 六省", ("乙",)), ReportSet("我的县", ("丙",)))
    remove_set(tmp_path, "华东 六省")
    assert [one.title for one in report_sets(tmp_path)] == ["我的县"]
    keep_set(tmp_path, "华东 六省", ["丁"])
    assert report_sets(tmp_path)[0].documents == ("丁",)


@pytest.mark.parametrize(("title", "documents"), [("  ", ["甲"]), ("名" * 41, ["甲"]), ("空的", [])])
def test_a_set_without_a_name_or_a_report_is_refused(
    tmp_path: Path, title: str, documents: list[str]
) -> None:
    with pytest.raises(IndexFault):
        keep_set(tmp_path, title, documents)
    assert report_sets(tmp_path) == ()


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("CREATE TABLE diary (entry TEXT)")
    with pytest.raises(IndexFault, match="不要删除"):
        keep_set(tmp_path, "甲", ["乙"])
