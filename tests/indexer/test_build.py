from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from embeddings import ModelError
from indexer.build import build_index
from indexer.errors import IndexFault, SourceError
from indexer.index import open_index
from indexer.progress import BuildProgress
from indexer.store.database import STORE_NAME, open_store
from indexer.verify import verify_index
from tests.conftest import ROOT, SEED_NAME, SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, vector_files, write_report


def held(directory: Path) -> list[str]:
    """What the index answers from."""
    index = open_index(directory, FakeEncoder().identity)
    hits = index.retrieve(FakeEncoder().encode_queries(["新增就业多少人"])[0], 3)
    assert hits
    return [parsed.name for parsed in index.reports]


def generation(directory: Path) -> int:
    with open_store(directory) as store:
        return store.settings().generation


def test_the_index_holds_exactly_the_given_reports(tmp_path: Path) -> None:
    first = write_report(tmp_path, "甲", "今年新增就业20万人。新建学校30所。")
    second = write_report(tmp_path, "乙", "今年新增就业10万人。")
    result = build_index([first, second], tmp_path / "index", FakeEncoder())
    assert (result.documents, result.refusals) == (2, ())
    assert held(tmp_path / "index") == ["甲", "乙"]
    build_index([second], tmp_path / "index", FakeEncoder())
    assert held(tmp_path / "index") == ["乙"]


def test_the_result_counts_what_the_index_holds(built_index: Path, tmp_path: Path) -> None:
    result = build_index([SEEDS], tmp_path / "index", FakeEncoder())
    index = open_index(tmp_path / "index", FakeEncoder().identity)
    (parsed,) = index.reports
    assert (result.passages, result.units) == (len(parsed.passages), len(parsed.units))
    assert verify_index(tmp_path / "index") == ()


def test_every_unit_is_embedded_with_its_title_and_heading(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    build_index([SEEDS], tmp_path / "index", encoder)
    assert "宁波市政府工作报告（2023年，下半部分） 加强住房保障 " in "\n".join(encoder.passages)
    assert all(text.startswith("宁波市政府工作报告（2023年，下半部分）") for text in encoder.passages)


def test_unreadable_files_are_told_and_the_rest_is_indexed(tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。")
    write_report(tmp_path / "in", "空", "")
    result = build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    assert [refusal.path.name for refusal in result.refusals] == ["空.txt"]
    assert held(tmp_path / "index") == ["甲"]


def test_progress_counts_up_to_every_unit_over_all_reports(tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。" * 60)
    write_report(tmp_path / "in", "乙", "今年新增就业10万人。" * 60)
    told: list[BuildProgress] = []
    result = build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder(), told.append)
    done = [progress.done for progress in told]
    assert done == sorted(done)
    assert done[-1] == result.units
    assert {progress.total for progress in told} == {result.units}
    assert {progress.document for progress in told} == {"甲", "乙"}


def test_what_the_same_model_embedded_before_is_not_embedded_again(tmp_path: Path) -> None:
    build_index([SEEDS], tmp_path / "index", FakeEncoder())
    again = FakeEncoder()
    build_index([SEEDS, write_report(tmp_path, "甲", "今年新增就业7万人。")], tmp_path / "index", again)
    assert again.passages == ["甲 今年新增就业7万人。"] * 2
    other = FakeEncoder(fingerprint="another")
    result = build_index([SEEDS], tmp_path / "index", other)
    assert len(other.passages) == result.units


def test_the_generation_grows_with_every_build(tmp_path: Path) -> None:
    for expected in (1, 2, 3):
        build_index([SEEDS], tmp_path, FakeEncoder())
        assert generation(tmp_path) == expected


def test_vector_files_of_earlier_builds_are_removed(tmp_path: Path) -> None:
    report = write_report(tmp_path, "甲", "今年新增就业20万人。")
    build_index([report], tmp_path / "index", FakeEncoder())
    before = vector_files(tmp_path / "index")
    report.write_text("今年新建学校30所。", encoding="utf-8")
    build_index([report], tmp_path / "index", FakeEncoder())
    after = vector_files(tmp_path / "index")
    assert len(after) == 1
    assert after != before
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == [after[0].name, STORE_NAME]


@pytest.mark.parametrize(
    "failure", [ModelError("模型坏了", "the model broke"), RuntimeError("out of memory"), KeyboardInterrupt()]
)
def test_a_model_that_fails_half_way_leaves_the_old_index_answering(
    index_directory: Path, tmp_path: Path, failure: BaseException
) -> None:
    before = sorted(path.name for path in index_directory.iterdir())
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。" * 60)
    with pytest.raises(type(failure)):
        build_index([tmp_path / "in"], index_directory, FakeEncoder(fail_after=32, failure=failure))
    assert held(index_directory) == [SEED_NAME]
    assert sorted(path.name for path in index_directory.iterdir()) == before
    assert generation(index_directory) == 1


def test_a_build_that_is_killed_leaves_the_old_index_answering(index_directory: Path, tmp_path: Path) -> None:
    write_report(tmp_path / "in", "甲", "今年新增就业20万人。" * 60)
    program = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from indexer.build import build_index
        from tests.fake_encoder import FakeEncoder

        def die(progress):
            os._exit(9)

        build_index([Path(sys.argv[1])], Path(sys.argv[2]), FakeEncoder(), die)
    """)
    arguments = [sys.executable, "-c", program, str(tmp_path / "in"), str(index_directory)]
    ended = subprocess.run(arguments, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert ended.returncode == 9
    assert held(index_directory) == [SEED_NAME]
    build_index([tmp_path / "in"], index_directory, FakeEncoder())
    assert held(index_directory) == ["甲"]


@pytest.mark.parametrize("sources", [["nowhere"], ["empty"], ["bad.txt"]])
def test_sources_that_cannot_be_read_leave_the_old_index(
    index_directory: Path, tmp_path: Path, sources: list[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.txt").write_bytes(b"\x00")
    with pytest.raises(SourceError):
        build_index([tmp_path / name for name in sources], index_directory, FakeEncoder())
    assert held(index_directory) == [SEED_NAME]


def test_another_programs_database_is_refused_and_untouched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / STORE_NAME)) as connection:
        connection.execute("CREATE TABLE mine (x)")
        connection.commit()
    before = (tmp_path / STORE_NAME).read_bytes()
    with pytest.raises(IndexFault, match="--index"):
        build_index([SEEDS], tmp_path, FakeEncoder())
    assert (tmp_path / STORE_NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [STORE_NAME]


def test_other_files_in_the_directory_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    build_index([SEEDS], tmp_path, FakeEncoder())
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("below", ["", "index"])
def test_a_file_in_the_place_of_the_index_is_refused_and_untouched(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(IndexFault, match="--index"):
        build_index([SEEDS], file / below, FakeEncoder())
    assert file.read_text() == "mine"


@pytest.mark.parametrize(
    "statement",
    [
        "PRAGMA user_version = 99",
        "DELETE FROM settings",
        "UPDATE settings SET value = '\"x\"' WHERE key = 'generation'",
        "DROP TABLE settings",
    ],
)
def test_a_damaged_or_older_index_of_ours_is_replaced(index_directory: Path, statement: str) -> None:
    alter(index_directory, statement)
    build_index([SEEDS], index_directory, FakeEncoder())
    assert held(index_directory) == [SEED_NAME]
    assert verify_index(index_directory) == ()


@pytest.mark.parametrize("size", [0, 20_000, 60_000, 120_000])
def test_a_full_disk_is_told_and_leaves_the_old_index(index_directory: Path, size: int) -> None:
    before = sorted(path.name for path in index_directory.iterdir())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        with pytest.raises(IndexFault, match="--index"):
            build_index([SEEDS], index_directory, FakeEncoder(fingerprint="another"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert held(index_directory) == [SEED_NAME]
    assert sorted(path.name for path in index_directory.iterdir()) == before


def test_a_fault_of_the_model_is_not_blamed_on_the_directory(tmp_path: Path) -> None:
    encoder = FakeEncoder(fail_after=0, failure=OSError("libtorch.so cannot be read"))
    with pytest.raises(Exception, match="libtorch") as caught:
        build_index([SEEDS], tmp_path / "index", encoder)
    assert "--index" not in str(caught.value)


@pytest.mark.parametrize("text", ["好。", "12345", "【上接第3版】", "一、"])
def test_a_report_in_which_nothing_can_be_found_is_indexed_all_the_same(tmp_path: Path, text: str) -> None:
    result = build_index([write_report(tmp_path, "甲", text)], tmp_path / "index", FakeEncoder())
    assert (result.documents, result.units) == (1, 0)
    index = open_index(tmp_path / "index", FakeEncoder().identity)
    assert index.retrieve(FakeEncoder().encode_queries(["什么"])[0], 5) == []
    assert verify_index(tmp_path / "index") == ()


@pytest.mark.parametrize("by", ["another's vector", "noise of unit length"])
def test_building_again_mends_vectors_that_were_damaged(index_directory: Path, by: str) -> None:
    """It is what the program tells a user to do whose index is damaged."""
    noise = np.full(64, 0.125, "<f4").tobytes()
    with open_store(index_directory) as store:
        sound = store.vectors(64).vectors
    vector = "(SELECT vector FROM units WHERE id = 6)" if by == "another's vector" else f"x'{noise.hex()}'"
    alter(index_directory, f"UPDATE units SET vector = {vector} WHERE id = 5")
    assert verify_index(index_directory) != ()
    build_index([SEEDS], index_directory, FakeEncoder())
    with open_store(index_directory) as store:
        assert np.array_equal(store.vectors(64).vectors, sound)


def test_an_index_can_be_moved(index_directory: Path, tmp_path: Path) -> None:
    moved = index_directory.rename(tmp_path / "别处")
    assert held(moved) == [SEED_NAME]
    assert verify_index(moved) == ()
