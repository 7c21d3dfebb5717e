"""Whatever a hand changes in the store behind the program's back, `verify` tells it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.errors import DamagedIndex
from indexer.index import open_index
from indexer.library import correct_metadata, remove_reports
from indexer.proof.verify import verify_index
from indexer.reports import open_reports
from indexer.store.database import STORE_NAME, open_store
from indexer.store.seals import Part
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, alter_value, columns, write_report


@pytest.mark.parametrize("place", ["first", "middle"])
@pytest.mark.parametrize(("table", "column"), columns())
def test_the_least_change_of_any_column_is_told(
    index_directory: Path, table: str, column: str, place: str
) -> None:
    alter_value(index_directory, table, column, first=place == "first")
    assert verify_index(index_directory)


TEXT = "（一）扩大就业。新增就业10万人。新建学校5所，增长很快。\n（二）办好教育。新建幼儿园30所。"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for number, name in enumerate("甲乙丙"):
        write_report(tmp_path / "in", name, f"{TEXT}{number}")
    build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    assert verify_index(tmp_path / "index") == ()
    return tmp_path / "index"


SWAPPED = """UPDATE {table} SET passage = CASE passage WHEN 1 THEN -2 WHEN 2 THEN -1 END WHERE passage IN (1, 2);
UPDATE {table} SET passage = -passage WHERE passage < 0"""


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        ("PRAGMA foreign_keys = ON; DELETE FROM documents WHERE name = '乙'", "名单"),
        ("DELETE FROM seals WHERE document = 2", "名单"),
        ("DELETE FROM index_seals", "名单"),
        (SWAPPED.format(table="passage_vectors") + ";" + SWAPPED.format(table="part_vectors"), "向量"),
        ("UPDATE sections SET heading_end = heading_end - 1 WHERE document = 2 AND number = 1", "标题"),
        ("UPDATE documents SET pages = '[0, 3]' WHERE id = 2", "页码"),
        ("UPDATE documents SET metadata = replace(metadata, '\"year\": null', '\"year\": 2031')", "年份"),
        ("UPDATE settings SET value = '\"other\"' WHERE key = 'fingerprint'", "设置"),
        ("UPDATE sqlite_sequence SET seq = 1", "编号"),
    ],
)
def test_what_no_row_by_itself_betrays_is_told(library: Path, statements: str, said: str) -> None:
    with closing(sqlite3.connect(library / STORE_NAME)) as connection:
        connection.executescript(statements)
        connection.commit()
    problems = verify_index(library)
    assert any(said in problem.zh for problem in problems), problems


def test_a_text_altered_with_its_digest_is_told_and_never_quoted(library: Path) -> None:
    with open_store(library) as store:
        text = next(report.text for report in store.reports() if report.name == "乙")
    altered = text.replace("10万", "90万")
    digest = hashlib.sha256(altered.encode()).hexdigest()
    alter(library, "UPDATE documents SET text = ?, text_digest = ? WHERE name = '乙'", altered, digest)
    assert {problem.document for problem in verify_index(library)} == {"乙"}
    with pytest.raises(DamagedIndex, match="乙"):
        open_reports(library, "乙")
    with pytest.raises(DamagedIndex, match="乙"):
        open_index(library, FakeEncoder().identity).report("乙")
    assert open_reports(library, "丙")[0].text.startswith("（一）")


def test_rows_of_one_report_that_make_no_sense_do_not_hide_what_is_wrong_with_others(library: Path) -> None:
    alter(library, "UPDATE documents SET metadata = '[]' WHERE name = '甲'")
    alter(library, "UPDATE documents SET text = x'00ff' WHERE name = '乙'")
    alter(library, "UPDATE documents SET source = 'elsewhere.txt' WHERE name = '丙'")
    assert {problem.document for problem in verify_index(library)} == {"甲", "乙", "丙"}


def test_what_is_changed_on_purpose_is_sealed_anew(library: Path) -> None:
    correct_metadata("甲", library, FakeEncoder(), {"speaker": "市长"})
    correct_metadata("甲", library, FakeEncoder(), {"region": "浙江省", "year": 2024})
    remove_reports("乙", library)
    assert verify_index(library) == ()


def test_a_correction_does_not_make_an_altered_value_true(library: Path) -> None:
    alter(library, "UPDATE documents SET metadata = replace(metadata, '甲', '丁') WHERE name = '甲'")
    with pytest.raises(DamagedIndex, match="甲"):
        correct_metadata("甲", library, FakeEncoder(), {"speaker": "市长"})
    assert verify_index(library)


def test_each_part_of_a_report_is_told_by_itself(index_directory: Path) -> None:
    alter(index_directory, "UPDATE documents SET source = 'x'")
    alter(index_directory, "UPDATE passage_vectors SET seal = zeroblob(8) WHERE passage = 5")
    with open_store(index_directory) as store:
        entry = store.entry(SEED_NAME)
        assert entry is not None
        assert store.seals.broken(entry.id) == (Part.SOURCE, Part.VECTORS)
        assert store.seals.broken_description(entry.id) == (Part.SOURCE,)
