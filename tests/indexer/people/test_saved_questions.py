from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from indexer.errors import IndexFault
from indexer.people.saved_questions import SavedQuestion, keep_question, let_go_question, saved_questions
from indexer.people.store import FILE_NAME, SAVED_QUESTIONS, Altered, altered_rows, copy_people

ONE = SavedQuestion("今年新建多少所学校？", "q=a&region=%E6%B1%9F%E8%8B%8F")
OTHER = SavedQuestion("今年新建多少所学校？", "q=a")


def test_questions_are_kept_each_once_the_last_first_and_let_go(tmp_path: Path) -> None:
    assert saved_questions(tmp_path, "") == ()
    keep_question(tmp_path, "", ONE)
    keep_question(tmp_path, "", OTHER)
    keep_question(tmp_path, "", ONE)
    assert saved_questions(tmp_path, "") == (ONE, OTHER)
    let_go_question(tmp_path, "", ONE)
    assert saved_questions(tmp_path, "") == (OTHER,)
    keep_question(tmp_path, "", ONE)
    assert saved_questions(tmp_path, "") == (ONE, OTHER)


def test_each_keeps_his_own(tmp_path: Path) -> None:
    keep_question(tmp_path, "王芳", ONE)
    let_go_question(tmp_path, "", ONE)
    assert (saved_questions(tmp_path, "王芳"), saved_questions(tmp_path, "")) == ((ONE,), ())


@pytest.mark.parametrize("one", [SavedQuestion("  ", "q=a"), SavedQuestion("问", "q" * 4000)])
def test_an_empty_one_and_a_long_one_are_refused(tmp_path: Path, one: SavedQuestion) -> None:
    with pytest.raises(IndexFault, match="收藏"):
        keep_question(tmp_path, "", one)
    assert saved_questions(tmp_path, "") == ()


def test_they_are_sealed_and_go_with_a_copy(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    keep_question(tmp_path, "", ONE)
    copy_people(tmp_path, tmp_path / "other")
    assert saved_questions(tmp_path / "other", "") == (ONE,)
    with sqlite3.connect(tmp_path / FILE_NAME) as people:
        people.execute("UPDATE saved_questions SET address = 'x'")
    assert altered_rows(tmp_path) == (Altered(SAVED_QUESTIONS, 1),)


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("CREATE TABLE diary (entry TEXT)")
    with pytest.raises(IndexFault, match="不要删除"):
        keep_question(tmp_path, "", ONE)
