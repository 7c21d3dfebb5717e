"""A repair mends what can be mended, report by report, and says what cannot be had back."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from embeddings import Vectors
from indexer.__main__ import app
from indexer.errors import DamagedIndex, IndexFault
from indexer.index import open_index
from indexer.library import add_reports, correct_metadata, repair_index
from indexer.proof.verify import verify_index
from indexer.reports import open_reports
from indexer.store.catalogue import ReportEntry
from indexer.store.database import STORE_NAME, open_store
from indexer.store.schema import SCHEMA
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, alter_value, columns, write_report

NAMES = ("2024年甲市政府工作报告", "2024年乙市政府工作报告", "2024年丙市政府工作报告")


def text(number: int) -> str:
    return f"各位代表：\n一、扩大就业。新增就业{number}万人，发展态势良好。\n二、办好教育。新建学校{number}所，增长很快。"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for number, name in enumerate(NAMES, start=11):
        write_report(tmp_path / "in", name, text(number))
    add_reports([tmp_path / "in" / f"{name}.txt" for name in NAMES], tmp_path / "index", FakeEncoder())
    correct_metadata(NAMES[0], tmp_path / "index", FakeEncoder(), {"speaker": "市长 王"})
    assert verify_index(tmp_path / "index") == ()
    return tmp_path / "index"


def entry(directory: Path, name: str) -> ReportEntry:
    with open_store(directory) as store:
        found = store.entry(name)
    assert found is not None
    return found


def texts(directory: Path) -> dict[str, str]:
    return {report.name: report.text for report in open_reports(directory)}


@pytest.mark.parametrize("gone", [False, True], ids=["files there", "files gone"])
@pytest.mark.parametrize(("table", "column"), columns())
def test_whatever_one_value_was_altered_the_index_is_sound_again_and_no_true_text_is_lost(
    library: Path, tmp_path: Path, table: str, column: str, gone: bool
) -> None:
    before = texts(library)
    alter_value(library, table, column)
    if gone:
        for path in (tmp_path / "in").iterdir():
            path.unlink()
    assert verify_index(library)
    notices = repair_index(library, FakeEncoder())
    assert verify_index(library) == ()
    after = texts(library)
    if (table, column) == ("documents", "name") and gone:
        assert sorted(after.values()) == sorted(before.values())
    elif (table, column) in (("documents", "text"), ("seals", "text")) and gone:
        (lost,) = set(before) - set(after)
        assert any(notice.document == lost and "移出索引" in notice.zh for notice in notices)
        assert after.items() <= before.items()
        assert len(list((library / "lost").rglob("*.txt"))) == 1
    else:
        assert after == before
    assert repair_index(library, FakeEncoder()) == ()


def test_an_altered_text_is_read_from_its_file_with_all_that_people_said_kept(library: Path) -> None:
    alter(library, "UPDATE documents SET text = replace(text, '11万', '99万')")
    (notice,) = repair_index(library, FakeEncoder())
    assert notice.document == NAMES[0] and "恢复" in notice.zh
    assert "11万" in texts(library)[NAMES[0]]
    assert entry(library, NAMES[0]).metadata.speaker == "市长 王"


def test_a_text_altered_with_its_digest_does_not_become_true(library: Path, tmp_path: Path) -> None:
    altered = texts(library)[NAMES[1]].replace("12万", "99万")
    digest = hashlib.sha256(altered.encode()).hexdigest()
    alter(library, "UPDATE documents SET text = ?, text_digest = ? WHERE id = 2", altered, digest)
    (tmp_path / "in" / f"{NAMES[1]}.txt").unlink()
    (notice,) = repair_index(library, FakeEncoder())
    assert "移出索引" in notice.zh
    assert sorted(texts(library)) == sorted((NAMES[0], NAMES[2]))
    (kept,) = (library / "lost").rglob("*.txt")
    assert kept.read_text(encoding="utf-8") == altered
    index = open_index(library, FakeEncoder().identity)
    assert all("99万" not in one.report.name for one in index.scored(_query(), index.nearest(_query(), 9)))


def _query() -> Vectors:
    query: Vectors = FakeEncoder().encode_queries(["新增就业多少万人？"])[0]
    return query


def test_altered_metadata_are_read_again_and_the_correction_that_is_lost_is_told(library: Path) -> None:
    alter(library, "UPDATE documents SET metadata = replace(metadata, '甲市', '丁市') WHERE id = 1")
    with pytest.raises(DamagedIndex):
        open_reports(library, NAMES[0])
    (notice,) = repair_index(library, FakeEncoder())
    assert notice.document == NAMES[0] and "更正" in notice.zh
    assert entry(library, NAMES[0]).metadata.speaker == ""
    assert "甲市" in entry(library, NAMES[0]).metadata.title


def test_altered_metadata_that_the_file_proves_need_no_notice(library: Path) -> None:
    before = entry(library, NAMES[1])
    alter(library, "UPDATE documents SET metadata = '[]' WHERE id = 2")
    assert repair_index(library, FakeEncoder()) == ()
    assert entry(library, NAMES[1]) == before


def test_an_altered_name_is_had_back_from_its_file(library: Path) -> None:
    alter(library, "UPDATE documents SET name = 'x' WHERE id = 2")
    assert repair_index(library, FakeEncoder()) == ()
    assert sorted(texts(library)) == sorted(NAMES)


def test_a_path_that_was_altered_is_found_beside_the_other_reports(library: Path, tmp_path: Path) -> None:
    before = entry(library, NAMES[1])
    alter(library, "UPDATE documents SET source = 'elsewhere.txt', source_digest = 'x' WHERE id = 2")
    assert repair_index(library, FakeEncoder()) == ()
    assert entry(library, NAMES[1]) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE settings SET value = '\"other\"' WHERE key = 'fingerprint'",
        "UPDATE settings SET value = '\"other\"' WHERE key = 'model'",
        "DELETE FROM settings",
        "INSERT INTO settings VALUES ('other', '1')",
        "DELETE FROM settings WHERE key = 'generation'",
    ],
)
def test_settings_are_had_back_without_embedding_anything(library: Path, statement: str) -> None:
    alter(library, statement)
    encoder = FakeEncoder()
    (notice,) = repair_index(library, encoder)
    assert "设置" in notice.zh
    assert encoder.passages == []
    assert verify_index(library) == ()
    assert len(open_index(library, FakeEncoder().identity).reports) == 3


def test_several_damages_at_once_keep_nobody_from_being_mended(library: Path, tmp_path: Path) -> None:
    alter(library, "UPDATE documents SET metadata = '[]' WHERE id = 1")
    alter(library, "UPDATE documents SET text = x'00ff' WHERE id = 2")
    alter(library, "UPDATE sections SET kind = 'x' WHERE document = 3")
    alter(library, "UPDATE passages SET role = 'x' WHERE document = 1")
    alter(library, "DELETE FROM settings")
    (tmp_path / "in" / f"{NAMES[1]}.txt").write_text("别的正文。", encoding="utf-8")
    notices = repair_index(library, FakeEncoder())
    assert [notice.document for notice in notices if "移出索引" in notice.zh] == [NAMES[1]]
    assert sorted(texts(library)) == sorted((NAMES[0], NAMES[2]))
    assert verify_index(library) == ()


def test_a_report_that_was_deleted_by_hand_is_told(library: Path) -> None:
    with closing(sqlite3.connect(library / STORE_NAME)) as connection:
        connection.executescript("PRAGMA foreign_keys = ON; DELETE FROM documents WHERE id = 2")
    (notice,) = repair_index(library, FakeEncoder())
    assert "清单" in notice.zh
    assert verify_index(library) == ()


def test_what_not_even_a_repair_can_read_is_left_and_the_advice_loses_nothing(library: Path) -> None:
    (library / STORE_NAME).write_bytes(b"no database" * 1000)
    with pytest.raises(IndexFault) as caught:
        repair_index(library, FakeEncoder())
    said = caught.value.message("en")
    assert "restore" in said and f"build SOURCE --index {library}-new" in said
    assert (library / STORE_NAME).read_bytes() == b"no database" * 1000


@pytest.mark.parametrize("statement", ["DELETE FROM settings", "UPDATE documents SET metadata = '[]'"])
def test_no_advice_would_drop_a_report(library: Path, statement: str) -> None:
    alter(library, statement)
    with pytest.raises(DamagedIndex) as caught:
        open_index(library, FakeEncoder().identity)
    for language in ("zh", "en"):
        assert f"indexer repair --index {library}" in caught.value.message(language)
        assert "build" not in caught.value.message(language)


def test_the_command_tells_what_was_lost(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("indexer.shown_progress.load_encoder", FakeEncoder)
    alter(library, "UPDATE documents SET text = '改过' WHERE id = 2")
    (tmp_path / "in" / f"{NAMES[1]}.txt").unlink()
    app(["repair", "--index", str(library)], standalone_mode=False)
    said = capsys.readouterr()
    assert NAMES[1] in said.err and "移出索引" in said.err
    assert "已修复" in said.out


def test_every_column_of_the_store_is_altered_here() -> None:
    assert {table for table, _ in columns()} == {
        name.split()[2] for name in SCHEMA.split("\n") if name.startswith("CREATE TABLE")
    }
