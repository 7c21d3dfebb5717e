from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.errors import IndexFault
from indexer.store.database import STORE_NAME, open_store
from indexer.verify import source_notices, verify_index
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, vector_files, write_report


def test_a_sound_index_has_no_problems(built_index: Path) -> None:
    assert verify_index(built_index) == ()
    assert source_notices(built_index) == ()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE documents SET text = replace(text, '1500家', '9500家')", "正文"),
        ("UPDATE documents SET text = text || '。'", "覆盖全文"),
        ("UPDATE passages SET start = start + 1 WHERE number = 9", "段落 9"),
        ('UPDATE passages SET "end" = "end" + 1 WHERE number = 9', "段落 10"),
        ('UPDATE passages SET "end" = "end" - 1 WHERE number = 54', "覆盖全文"),
        ("UPDATE passages SET section = 2 WHERE number = 9", "越出章节"),
        ("UPDATE sections SET start = start + 1 WHERE number = 9", "章节 9"),
        ("UPDATE sections SET parent = 3 WHERE number = 30", "章节 30"),
        ("UPDATE sections SET parent = NULL WHERE number = 5", "章节 5"),
        ("UPDATE sections SET heading_end = 4000 WHERE number = 5", "章节 5"),
        ("UPDATE units SET passage = passage + 1 WHERE id = 5", "检索单元"),
        ('UPDATE units SET "end" = "end" + 300 WHERE id = 5', "检索单元"),
        ("UPDATE units SET vector = zeroblob(256) WHERE id = 5", "被改动"),
        ("UPDATE units SET vector = (SELECT vector FROM units WHERE id = 6) WHERE id = 5", "FAISS"),
        ("DELETE FROM units WHERE id = 5", "FAISS"),
        ("UPDATE settings SET value = '\"0000\"' WHERE key = 'vector_digest'", "FAISS"),
    ],
)  # fmt: skip
def test_each_kind_of_corruption_is_found(index_directory: Path, statement: str, said: str) -> None:
    alter(index_directory, statement)
    problems = verify_index(index_directory)
    assert any(said in problem.zh for problem in problems), problems
    assert all(problem.en for problem in problems)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM passages WHERE number = 3",
        "DELETE FROM passages WHERE number = 54",
        "DELETE FROM passages",
        "DELETE FROM sections WHERE number = 54",
        "DELETE FROM sections",
        "DELETE FROM documents",
        'UPDATE sections SET "end" = "end" + 1 WHERE number = 54',
        "UPDATE passages SET section = 999 WHERE number = 3",
        "UPDATE passages SET section = -1 WHERE number = 3",
        "UPDATE units SET passage = 999 WHERE id = 5",
        "UPDATE units SET document = 77 WHERE id = 5",
        "UPDATE units SET kind = 'x' WHERE id = 5",
        'UPDATE units SET start = "end" + 5 WHERE id = 5',
        "UPDATE sections SET parent = 999 WHERE number = 5",
        "UPDATE documents SET text = x'00ff'",
        "UPDATE units SET vector = x'00' WHERE id = 5",
        "DELETE FROM settings",
        "DROP TABLE passages",
    ],
)
def test_rows_that_are_gone_or_make_no_sense_are_found_without_a_crash(
    index_directory: Path, statement: str
) -> None:
    alter(index_directory, statement)
    try:
        problems = verify_index(index_directory)
    except IndexFault as fault:
        assert str(index_directory) in str(fault)
    else:
        assert problems


def test_a_problem_of_a_report_names_the_report(index_directory: Path) -> None:
    alter(index_directory, "UPDATE passages SET start = start + 1 WHERE number = 9")
    assert {problem.document for problem in verify_index(index_directory)} == {SEED_NAME}


@pytest.mark.parametrize("change", ["unlink", "cut"])
def test_a_missing_or_changed_faiss_file_is_found(index_directory: Path, change: str) -> None:
    (path,) = vector_files(index_directory)
    if change == "unlink":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    (problem,) = verify_index(index_directory)
    assert "FAISS" in problem.zh


def rows(directory: Path) -> list[object]:
    """All that the program reads of a store, in a form that can be compared."""
    with open_store(directory) as store:
        table = store.vectors(64)
        return [list(store.reports()), store.units(), store.text_digests(), table.vectors.tobytes()]


@pytest.mark.parametrize("position", range(0, 300_000, 12_011))
def test_bytes_overwritten_on_disk_are_found_or_change_nothing(index_directory: Path, position: int) -> None:
    before = rows(index_directory)
    path = index_directory / STORE_NAME
    data = bytearray(path.read_bytes())
    position %= len(data) - 600
    data[position : position + 600] = b"\xa5" * 600
    path.write_bytes(data)
    try:
        assert verify_index(index_directory) or rows(index_directory) == before
    except IndexFault as fault:
        assert str(index_directory) in str(fault)


def test_a_missing_index_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IndexFault):
        verify_index(tmp_path)
    with pytest.raises(IndexFault):
        source_notices(tmp_path)


def test_changed_and_deleted_files_are_notices_not_problems(tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    write_report(tmp_path / "in", "甲", "改过的报告正文。")
    assert [notice.document for notice in source_notices(tmp_path / "index")] == ["甲"]
    assert verify_index(tmp_path / "index") == ()
