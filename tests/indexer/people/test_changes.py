"""The log of changes: who did what, through which door; nothing of it is lost or overwritten."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.outcomes import FileResult, Outcome
from indexer.people.changes import By, ChangeLogError, Did, Door, changes, note, note_added
from indexer.people.store import CHANGES, FILE_NAME, altered_rows

EDITOR = By("张三", Door.PAGE)


def test_what_was_done_is_told_in_order_with_who_and_when(tmp_path: Path) -> None:
    assert changes(tmp_path) == ()
    results = (
        FileResult(Path("甲.txt"), Outcome.ADDED, "甲"),
        FileResult(Path("乙.txt"), Outcome.REPLACED, "乙"),
        FileResult(Path("丙.txt"), Outcome.UNCHANGED, "丙"),
        FileResult(Path("丁.txt"), Outcome.REFUSED, None),
    )
    note_added(tmp_path, By("CMS", Door.HTTP), results)
    note(tmp_path, EDITOR, Did.REMOVED, ["甲", "乙"])
    note(tmp_path, EDITOR, Did.CORRECTED, "丙", "year=2024")
    note_added(tmp_path, EDITOR, ())
    told = changes(tmp_path)
    assert [(one.name, one.door, one.did, one.what, one.detail) for one in told] == [
        ("CMS", Door.HTTP, Did.ADDED, "甲", "甲.txt"),
        ("CMS", Door.HTTP, Did.REPLACED, "乙", "乙.txt"),
        ("张三", Door.PAGE, Did.REMOVED, "甲", ""),
        ("张三", Door.PAGE, Did.REMOVED, "乙", ""),
        ("张三", Door.PAGE, Did.CORRECTED, "丙", "year=2024"),
    ]
    assert all(one.at.endswith("+00:00") for one in told)


def test_what_is_changed_or_taken_from_the_log_behind_its_back_is_found(tmp_path: Path) -> None:
    note(tmp_path, EDITOR, Did.REMOVED, ["甲", "乙"])
    assert altered_rows(tmp_path) == ()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE changes SET name = '李四' WHERE id = 1")
    (altered,) = altered_rows(tmp_path)
    assert (altered.kind, altered.key) == (CHANGES, 1)


def test_many_who_write_at_once_from_the_first_line_on_all_are_told(tmp_path: Path) -> None:
    """Each opens the file for itself, as processes do, and none of them finds it there."""
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: note(tmp_path, EDITOR, Did.REMOVED, str(number)), range(40)))
    assert sorted(int(one.what) for one in changes(tmp_path)) == list(range(40))
    assert altered_rows(tmp_path) == ()


def test_a_file_of_another_program_is_told_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("CREATE TABLE other (x)")
    with pytest.raises(ChangeLogError, match="改动的记录"):
        note(tmp_path, EDITOR, Did.REMOVED, "甲")
