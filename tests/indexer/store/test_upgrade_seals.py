"""A store of version 3, which had no seals."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.errors import IndexFault
from indexer.library import add_reports
from indexer.proof.verify import verify_index
from indexer.reports import open_reports
from indexer.store.database import STORE_NAME, open_store
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report


@pytest.fixture
def former(tmp_path: Path) -> Path:
    for name in "甲乙":
        write_report(tmp_path / "in", name, f"（一）{name}市新增就业20万人。\n（二）新建学校30所。")
    directory = tmp_path / "index"
    build_index([tmp_path / "in"], directory, FakeEncoder())
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        connection.executescript("DROP TABLE seals; DROP TABLE index_seals; PRAGMA user_version = 3")
    return directory


def version(directory: Path) -> int:
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_it_is_sealed_in_place_and_holds_what_it_held(former: Path) -> None:
    before = list(sqlite3.connect(former / STORE_NAME).iterdump())
    with open_store(former) as store:
        assert sorted(store.names()) == ["乙", "甲"]
    assert version(former) == 4
    after = list(sqlite3.connect(former / STORE_NAME).iterdump())
    assert [row for row in after if "seals" not in row] == before
    assert verify_index(former) == ()
    assert len(open_reports(former)) == 2


def test_what_is_altered_from_then_on_is_told(former: Path) -> None:
    assert verify_index(former) == ()
    alter(former, "UPDATE documents SET source = 'x' WHERE name = '乙'")
    assert {problem.document for problem in verify_index(former)} == {"乙"}


def test_no_vector_is_read_for_it(former: Path) -> None:
    alter(former, "UPDATE part_vectors SET vectors = 'no vectors', bounds = 'no bounds'")
    with open_store(former) as store:
        assert sorted(store.names()) == ["乙", "甲"]
    assert version(former) == 4


def test_it_is_sealed_by_the_first_change_too(former: Path, tmp_path: Path) -> None:
    add_reports(write_report(tmp_path, "丙", "今年新建医院3所。"), former, FakeEncoder())
    assert verify_index(former) == ()
    assert len(open_reports(former)) == 3


def test_settings_that_make_no_sense_are_not_sealed(former: Path) -> None:
    alter(former, "DELETE FROM settings WHERE key = 'model'")
    with pytest.raises(IndexFault, match="model"), open_store(former):
        pass
    assert version(former) == 3


def test_one_that_says_version_3_though_it_is_sealed_keeps_its_seals(former: Path) -> None:
    with open_store(former):
        pass
    alter(former, "UPDATE documents SET source = 'x' WHERE name = '乙'")
    alter(former, "PRAGMA user_version = 3")
    assert {problem.document for problem in verify_index(former)} == {"乙"}
