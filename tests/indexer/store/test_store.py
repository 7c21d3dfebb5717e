from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import numpy as np
import pytest

from embeddings import PassageText, PassageVectors
from indexer.errors import IndexFault
from indexer.report.passages import parse_report, passage_text
from indexer.report.records import Document, Metadata
from indexer.report.report import Report
from indexer.store import store as store_module
from indexer.store.database import STORE_NAME, address_of, create_store, open_store
from indexer.store.packing import units_in
from indexer.store.rows import EmbeddedReport
from indexer.store.settings import StoreSettings
from tests.conftest import make_document
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, embedded, files_in

SETTINGS = StoreSettings("m", 64, "f", 1, "d", 0, 0, "words-1")


def bare(report: Report) -> EmbeddedReport:
    """A report without a vector."""
    return EmbeddedReport(report, "", ())


def write(directory: Path, *report: Report) -> None:
    with create_store(directory) as store:
        for one in report:
            store.add(embedded(one, FakeEncoder()))
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
        (table,) = store.vectors(64)
        entry = store.entry(seed_parsed.name)
        assert entry is not None
        stored = store.passages_of(entry.id)
        assert store.passages([found.id for found in reversed(stored)]) == stored
    units = [units_in(found.packed, found.passage.number, found.passage.span) for found in stored]
    assert [unit for some in units for unit in some] == list(seed_parsed.units)
    assert [found.passage for found in stored] == [seed_parsed.passages[some[0].passage] for some in units]
    assert [found.role for found in stored] == [seed_parsed.role_of(found.passage) for found in stored]
    assert [found.id for found in stored] == table.ids.tolist()
    assert [found.id for found in stored] == [entry.first + found.passage.number for found in stored]
    texts = [passage_text(seed_parsed, found.passage) for found in stored]
    expected = np.stack([vectors.whole for vectors in FakeEncoder().encode_passages(texts)])
    assert np.abs(table.vectors - expected).max() < 0.01


def test_vectors_are_read_in_tables_and_between_ids(
    tmp_path: Path, seed_parsed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, seed_parsed)
    monkeypatch.setattr(store_module, "_ROWS", 7)
    with open_store(tmp_path) as store:
        found = list(store.vectors(64))
        ids = [key for table in found for key in table.ids.tolist()]
        assert max(len(table.ids) for table in found) == 7
        assert ids == sorted(set(ids)) and len(ids) == store.count_vectors()
        some = [key for table in store.vectors(64, ids[3], ids[20]) for key in table.ids.tolist()]
        assert some == ids[4:21]
        assert store.count_vectors(ids[3]) == len(ids) - 4


def test_vectors_of_another_dimension_are_damage(tmp_path: Path, seed_parsed: Report) -> None:
    write(tmp_path, seed_parsed)
    with open_store(tmp_path) as store, pytest.raises(IndexFault, match="dimension 32"):
        list(store.vectors(32))


@pytest.mark.parametrize("missing", ["a passage", "a part"])
def test_a_document_needs_a_vector_for_every_unit(seed_parsed: Report, missing: str) -> None:
    class Forgetful(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            found = super().encode_passages(passages)
            if missing == "a passage":
                return found[:-1]
            return [*found[:-1], PassageVectors(found[-1].whole, found[-1].parts[:-1])]

    with pytest.raises(ValueError, match=r"shorter|vectors for"):
        embedded(seed_parsed, Forgetful())


def test_a_name_is_given_once(tmp_path: Path) -> None:
    one = parse_report(make_document("好"))
    with pytest.raises(sqlite3.IntegrityError), create_store(tmp_path) as store:
        store.add(bare(one))
        store.add(bare(one))


def test_an_interrupted_store_leaves_the_old_one_and_no_files(tmp_path: Path) -> None:
    write(tmp_path, parse_report(make_document("旧的报告正文。")))
    with pytest.raises(KeyboardInterrupt), create_store(tmp_path) as store:
        store.add(bare(parse_report(make_document("好", "新"))))
        raise KeyboardInterrupt
    with open_store(tmp_path) as store:
        assert [report.text for report in store.reports()] == ["旧的报告正文。"]
    assert files_in(tmp_path) == {STORE_NAME}


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


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PureWindowsPath(r"C:\报告 库\a.sqlite"), "file:///C:/%E6%8A%A5%E5%91%8A%20%E5%BA%93/a.sqlite"),
        (PureWindowsPath(r"\\server\share\a.sqlite"), "file:////server/share/a.sqlite"),
        (PurePosixPath("/:memory:/a?b.sqlite"), "file:///%3Amemory%3A/a%3Fb.sqlite"),
    ],
)
def test_sqlite_is_told_the_path_and_nothing_else(path: PurePath, address: str) -> None:
    assert address_of(path) == address


@pytest.mark.parametrize("name", [":memory:", "file:x?mode=memory"])
def test_a_directory_named_like_a_wish_to_sqlite_is_a_directory(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, parse_report(make_document("好")))
    assert (tmp_path / name / STORE_NAME).is_file()
    with open_store(tmp_path / name) as store:
        assert store.settings() == SETTINGS


def test_what_a_killed_writer_left_is_removed(tmp_path: Path) -> None:
    for left in (f".{STORE_NAME}.4711", f".{STORE_NAME}.4711-journal", f".{STORE_NAME}.{'9' * 30}"):
        (tmp_path / left).touch()
    write(tmp_path, parse_report(make_document("好")))
    assert files_in(tmp_path) == {STORE_NAME}


def test_a_store_that_another_program_holds_open_is_named_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, parse_report(make_document("旧的报告正文。")))

    def replace(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Access is denied", str(self), 5, str(target))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(IndexFault, match="正打开着它") as caught:
            write(tmp_path, parse_report(make_document("新的报告正文。")))
    assert str(tmp_path / STORE_NAME) in caught.value.message("en")
    with open_store(tmp_path) as store:
        assert [report.text for report in store.reports()] == ["旧的报告正文。"]
    assert files_in(tmp_path) == {STORE_NAME}


def test_threads_that_write_one_store_come_one_after_the_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: write(tmp_path, parse_report(make_document(f"第{n}份。"))), range(24)))
    with open_store(tmp_path) as store:
        assert len(list(store.reports())) == 1
    assert files_in(tmp_path) == {STORE_NAME}


def test_reading_changes_nothing_on_disk(tmp_path: Path, seed_parsed: Report) -> None:
    write(tmp_path, seed_parsed)
    before = (tmp_path / STORE_NAME).read_bytes()
    with open_store(tmp_path) as store:
        list(store.reports())
    assert (tmp_path / STORE_NAME).read_bytes() == before
    assert files_in(tmp_path) == {STORE_NAME}


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
    assert "python -m indexer build" in caught.value.message("en")
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
