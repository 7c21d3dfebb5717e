from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from indexer.errors import IndexFault
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata
from indexer.report.report import Report
from indexer.store.database import STORE_NAME, create_store, open_store
from indexer.store.embedding import EmbeddedUnits
from indexer.store.settings import StoreSettings
from tests.conftest import make_document
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter

SETTINGS = StoreSettings("m", 64, "f", 350, 1, 3, "d")


def embedded(report: Report) -> EmbeddedUnits:
    """A vector for every unit, and a digest that tells them apart."""
    vectors = FakeEncoder().encode_passages([str(unit) for unit in report.units])
    return EmbeddedUnits(tuple(str(unit).encode() for unit in report.units), vectors)


NONE = EmbeddedUnits((), np.zeros((0, 64), np.float32))


def write(directory: Path, *report: Report) -> None:
    with create_store(directory) as store:
        for one in report:
            store.add(one, embedded(one))
        store.write_settings(SETTINGS)


def test_documents_come_back_as_they_went_in(tmp_path: Path, seed_parsed: Report) -> None:
    plain = Document("乙", "没有年份的报告。\n第二段。", Metadata("乙"), "目录/乙.txt", "1" * 64)
    write(tmp_path, seed_parsed, parse_report(plain))
    with open_store(tmp_path) as store:
        assert list(store.reports()) == [seed_parsed, parse_report(plain)]
        assert store.text_digests() == {
            seed_parsed.name: seed_parsed.document.text_digest,
            "乙": plain.text_digest,
        }
        assert store.settings() == SETTINGS
        assert store.integrity() == "ok"


def test_units_and_vectors_come_back_in_the_same_order(tmp_path: Path, seed_parsed: Report) -> None:
    write(tmp_path, seed_parsed)
    with open_store(tmp_path) as store:
        table = store.vectors(64)
        units = store.units()
    assert [unit.unit for unit in units] == list(seed_parsed.units)
    assert [unit.id for unit in units] == table.ids.tolist()
    expected = FakeEncoder().encode_passages([str(unit) for unit in seed_parsed.units])
    assert np.array_equal(table.vectors, expected)


def test_vectors_of_another_dimension_are_damage(tmp_path: Path, seed_parsed: Report) -> None:
    write(tmp_path, seed_parsed)
    with open_store(tmp_path) as store, pytest.raises(IndexFault, match="dimension 32"):
        store.vectors(32)


def test_a_document_needs_a_vector_for_every_unit(tmp_path: Path, seed_parsed: Report) -> None:
    with pytest.raises(ValueError, match="1 vectors"), create_store(tmp_path) as store:
        store.add(seed_parsed, EmbeddedUnits((b"a",), np.zeros((1, 64), np.float32)))


def test_a_name_is_given_once(tmp_path: Path) -> None:
    one = parse_report(make_document("好"))
    with pytest.raises(sqlite3.IntegrityError), create_store(tmp_path) as store:
        store.add(one, NONE)
        store.add(one, NONE)


def test_an_interrupted_store_leaves_the_old_one_and_no_files(tmp_path: Path) -> None:
    write(tmp_path, parse_report(make_document("旧的报告正文。")))
    with pytest.raises(KeyboardInterrupt), create_store(tmp_path) as store:
        store.add(parse_report(make_document("好", "新")), NONE)
        raise KeyboardInterrupt
    with open_store(tmp_path) as store:
        assert [report.text for report in store.reports()] == ["旧的报告正文。"]
    assert [path.name for path in tmp_path.iterdir()] == [STORE_NAME]


def test_a_reader_keeps_the_store_it_opened_while_another_is_written(tmp_path: Path) -> None:
    write(tmp_path, parse_report(make_document("旧的报告正文。")))
    with open_store(tmp_path) as store:
        write(tmp_path, parse_report(make_document("新的报告正文。")))
        assert [report.text for report in store.reports()] == ["旧的报告正文。"]
    with open_store(tmp_path) as store:
        assert [report.text for report in store.reports()] == ["新的报告正文。"]


@pytest.mark.parametrize("name", ["with space", "百分%41号", "a?b", "a#b", "it's"])
def test_a_directory_may_have_any_name(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, parse_report(make_document("好")))
    with open_store(tmp_path / name) as store:
        assert store.settings() == SETTINGS


def test_reading_changes_nothing_on_disk(tmp_path: Path, seed_parsed: Report) -> None:
    write(tmp_path, seed_parsed)
    before = (tmp_path / STORE_NAME).read_bytes()
    with open_store(tmp_path) as store:
        list(store.reports())
    assert (tmp_path / STORE_NAME).read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_missing_store_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexFault, match="python -m indexer build") as caught, open_store(tmp_path):
        pass
    assert str(tmp_path) in str(caught.value)
    assert not caught.value.foreign


def test_another_programs_database_is_foreign(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STORE_NAME)) as connection:
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
    with pytest.raises(IndexFault, match="--index") as caught, open_store(tmp_path):
        pass
    assert caught.value.foreign


def test_a_store_of_another_version_asks_to_be_built_again(tmp_path: Path) -> None:
    write(tmp_path, parse_report(make_document("好")))
    alter(tmp_path, "PRAGMA user_version = 99")
    with pytest.raises(IndexFault, match="99") as caught, open_store(tmp_path):
        pass
    assert "python -m indexer build" in caught.value.text.en
    assert not caught.value.foreign


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 2000])
def test_what_is_no_database_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / STORE_NAME).write_bytes(content)
    with pytest.raises(IndexFault), open_store(tmp_path) as store:
        store.settings()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("dimension", '"64"'),
        ("generation", '"x"'),
        ("generation", "null"),
        ("model", "7"),
        ("fingerprint", "{}"),
        ("dimension", "{"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_damage(tmp_path: Path, key: str, value: str) -> None:
    write(tmp_path, parse_report(make_document("好")))
    alter(tmp_path, "UPDATE settings SET value = ? WHERE key = ?", value, key)
    with open_store(tmp_path) as store, pytest.raises(IndexFault):
        store.settings()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM settings WHERE key = 'generation'",
        "INSERT INTO settings VALUES ('other', '1')",
        "DELETE FROM settings",
    ],
)
def test_missing_and_unknown_settings_are_damage(tmp_path: Path, statement: str) -> None:
    write(tmp_path, parse_report(make_document("好")))
    alter(tmp_path, statement)
    with open_store(tmp_path) as store, pytest.raises(IndexFault):
        store.settings()


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexFault, match="--index") as caught, create_store(tmp_path / "file" / "index"):
        pass
    assert str(tmp_path / "file" / "index") in str(caught.value)
