from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.errors import IndexFault
from indexer.proof.verify import source_notices, verify_index
from indexer.store.database import STORE_NAME, open_store
from indexer.store.writing import refresh_vectors
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, rewrite, vector_files, write_report


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
        ("UPDATE passages SET role = 'glossary' WHERE number = 9", "段落 9"),
        ("UPDATE documents SET first_passage = first_passage + 1", "段落 9"),
        ("UPDATE documents SET passages = passages - 1", "目录"),
        ("UPDATE documents SET characters = characters + 1", "目录"),
        ("UPDATE passage_vectors SET passage = 1 WHERE passage = 5", "缺少向量"),
        ("UPDATE part_vectors SET bounds = (SELECT bounds FROM part_vectors WHERE passage = 6) WHERE passage = 5", "被改动"),
        ("UPDATE part_vectors SET bounds = CAST(x'010500000030750000' || substr(bounds, 10) AS BLOB) WHERE passage = 5", "检索单元"),
        ("UPDATE part_vectors SET vectors = zeroblob(length(vectors)) WHERE passage = 5", "被改动"),
        ("UPDATE passage_vectors SET vector = zeroblob(66) WHERE passage = 5", "被改动"),
        ("UPDATE passage_vectors SET vector = (SELECT vector FROM passage_vectors WHERE passage = 6) WHERE passage = 5", "被改动"),
        ("UPDATE passage_vectors SET embedded = zeroblob(16) WHERE passage = 5", "被改动"),
        ("DELETE FROM passage_vectors WHERE passage = 5", "缺少向量"),
        ("DELETE FROM part_vectors WHERE passage = 5", "缺少向量"),
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
        "UPDATE passage_vectors SET passage = 999 WHERE passage = 5",
        "UPDATE part_vectors SET passage = 999 WHERE passage = 5",
        "UPDATE passages SET document = 77 WHERE number = 6",
        "UPDATE passages SET role = 'x' WHERE number = 9",
        "UPDATE part_vectors SET bounds = CAST(x'07' || substr(bounds, 2) AS BLOB) WHERE passage = 5",
        "UPDATE part_vectors SET bounds = CAST(x'01FFFF0000' || substr(bounds, 6) AS BLOB) WHERE passage = 5",
        "UPDATE part_vectors SET bounds = x'01' WHERE passage = 5",
        "UPDATE part_vectors SET bounds = 'words', vectors = 7 WHERE passage = 5",
        "DELETE FROM passage_vectors",
        "DELETE FROM part_vectors",
        "UPDATE sections SET parent = 999 WHERE number = 5",
        "UPDATE documents SET text = x'00ff'",
        "UPDATE passage_vectors SET vector = x'00' WHERE passage = 5",
        "UPDATE passage_vectors SET vector = 7 WHERE passage = 5",
        "UPDATE passage_vectors SET seal = 'seal' WHERE passage = 5",
        "UPDATE documents SET metadata = '[]'",
        "UPDATE documents SET first_passage = 'x'",
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
    refresh_vectors(index_directory, always=True)
    (path,) = vector_files(index_directory)
    if change == "unlink":
        path.unlink()
    else:
        rewrite(path, path.read_bytes()[:-1])
    (problem,) = verify_index(index_directory)
    assert "FAISS" in problem.zh


def rows(directory: Path) -> list[object]:
    """All that the program reads of a store, in a form that can be compared."""
    with open_store(directory) as store:
        entries = list(store.entries())
        passages = [store.passages_of(entry.id) for entry in entries]
        vectors = [table.vectors.tobytes() for table in store.vectors(64)]
        return [list(store.reports()), entries, passages, store.text_digests(), vectors]


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
