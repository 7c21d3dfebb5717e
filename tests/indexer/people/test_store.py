"""What people said is proved as what the machine derived is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.people.store import (
    FEEDBACK,
    FILE_NAME,
    JUDGEMENTS,
    REPORT_SETS,
    Altered,
    add_said,
    altered_rows,
    copy_people,
    count_said,
    open_people,
    said,
)
from indexer.proof.verify import verify_index

COLUMNS = ("id", "target", "later", "status", "outcome", "note", "name", "at")


def judgement(number: int) -> tuple[str, ...]:
    return (f"target {number}", "乙", "kept", "", "", "王", "2026-01-01T00:00:00+00:00")


@pytest.fixture
def judged(index_directory: Path) -> Path:
    with open_people(index_directory) as connection:
        for number in range(3):
            add_said(connection, JUDGEMENTS, judgement(number))
    assert altered_rows(index_directory) == ()
    return index_directory


def alter(directory: Path, *statements: str) -> None:
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("column", COLUMNS)
def test_an_altered_judgement_is_told(judged: Path, column: str) -> None:
    new = "99" if column == "id" else "'other'"
    alter(judged, f"UPDATE judgements SET {column} = {new} WHERE id = 2")
    assert any("人工认定" in problem.zh for problem in verify_index(judged))


@pytest.mark.parametrize(
    "statements",
    [
        ("DELETE FROM judgements WHERE id = 3",),
        ("DELETE FROM judgements WHERE id = 3", "DELETE FROM judgement_seals WHERE id = 3"),
        ("INSERT INTO judgements VALUES (9, 'a', 'b', 'kept', '', '', 'x', '')",),
        ("UPDATE judgement_seals SET seal = zeroblob(16) WHERE id = 2",),
        ("UPDATE judgement_seals SET seal = zeroblob(16) WHERE id = 0",),
        ("DELETE FROM judgement_seals WHERE id = 0",),
    ],
)
def test_one_that_is_gone_or_slipped_in_is_told(judged: Path, statements: tuple[str, ...]) -> None:
    alter(judged, *statements)
    assert altered_rows(judged)
    assert any("人工认定" in problem.zh for problem in verify_index(judged))


def test_a_file_that_is_no_database_is_told(judged: Path) -> None:
    (judged / FILE_NAME).write_bytes(b"no database" * 99)
    (problem,) = verify_index(judged)
    assert FILE_NAME in problem.zh


def test_judgements_of_a_former_version_are_sealed_when_they_are_opened(judged: Path) -> None:
    alter(judged, "DROP TABLE judgement_seals")
    assert altered_rows(judged) == ()
    alter(judged, "UPDATE judgements SET note = 'x' WHERE id = 1")
    assert altered_rows(judged) == (Altered(JUDGEMENTS, 1),)


def test_copied_ones_are_sealed_too(judged: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert copy_people(judged, tmp_path / "other") == 3
    assert altered_rows(tmp_path / "other") == ()


def test_all_that_people_said_is_sealed_and_copied(judged: Path, tmp_path: Path) -> None:
    spoken = tuple("问对数甲答句乙该注王时")
    with open_people(judged) as connection:
        add_said(connection, FEEDBACK, spoken)
        add_said(connection, REPORT_SETS, ("华东", '["甲"]', "2026-01-01T00:00:00+00:00"))
    (tmp_path / "other").mkdir()
    copy_people(judged, tmp_path / "other")
    copy_people(judged, tmp_path / "other")
    assert [count_said(tmp_path / "other", kind) for kind in (JUDGEMENTS, FEEDBACK, REPORT_SETS)] == [3, 1, 1]
    with open_people(tmp_path / "other") as connection:
        assert said(connection, FEEDBACK) == [spoken]
    alter(judged, "UPDATE feedback SET wanted = 'x'", "DELETE FROM report_sets")
    assert {(one.kind.table, one.key) for one in altered_rows(judged)} == {
        ("feedback", 1),
        ("report_sets", 0),
    }
    assert {word for word in ("反馈", "报告组") if any(word in p.zh for p in verify_index(judged))} == {
        "反馈",
        "报告组",
    }


def test_a_file_of_a_former_version_keeps_its_judgements_and_takes_feedback(judged: Path) -> None:
    alter(judged, *(f"DROP TABLE {kind.table}" for kind in (FEEDBACK, REPORT_SETS)))
    alter(judged, *(f"DROP TABLE {kind.seals}" for kind in (FEEDBACK, REPORT_SETS)))
    with open_people(judged) as connection:
        add_said(connection, FEEDBACK, tuple("问对数甲答句乙该注王时"))
        assert len(said(connection, JUDGEMENTS)) == 3
    assert altered_rows(judged) == ()


def test_who_opens_the_file_while_another_makes_it_finds_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    statements: list[str] = []

    def another_makes_it(statement: str) -> None:
        statements.append(statement)
        if len(statements) == 2:  # between the first look and the second one
            monkeypatch.undo()
            with open_people(tmp_path) as other:
                add_said(other, JUDGEMENTS, judgement(1))

    def overtaken(path: Path, timeout: float) -> sqlite3.Connection:
        connection = connect(path, timeout=timeout)
        connection.set_trace_callback(another_makes_it)
        return connection

    monkeypatch.setattr(sqlite3, "connect", overtaken)
    with open_people(tmp_path) as connection:
        add_said(connection, JUDGEMENTS, judgement(2))
    assert count_said(tmp_path, JUDGEMENTS) == 2
