"""A backup brings back all that nobody can make anew, and takes nothing away."""

from __future__ import annotations

import json
import sqlite3
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from indexer.__main__ import app
from indexer.errors import IndexFault
from indexer.index import open_index
from indexer.library import add_reports, correct_metadata, remove_reports
from indexer.originals import keep_upload
from indexer.people.store import FILE_NAME, JUDGEMENTS, add_said, count_said, open_people
from indexer.proof.verify import source_notices, verify_index
from indexer.reports import open_reports
from indexer.saving import restoring
from indexer.saving.backup import backup_index, copy_database
from indexer.saving.restoring import restore_index
from indexer.store.database import STORE_NAME, open_store
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report

TEXT = "（一）扩大就业。新增就业{number}万人，发展态势良好。\n（二）办好教育。新建学校{number}所。"


def judge(directory: Path, note: str) -> None:
    with open_people(directory) as connection:
        add_said(connection, JUDGEMENTS, ("t", "乙", "kept", "", note, "王", "2026-01-01T00:00:00+00:00"))


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Reports from a folder, one that was uploaded, a correction and a judgement."""
    directory = tmp_path / "index"
    for number, name in enumerate("甲乙"):
        write_report(tmp_path / "in", name, TEXT.format(number=number + 10))
    upload = keep_upload(directory, "丙.txt", TEXT.format(number=30).encode())
    add_reports([tmp_path / "in", upload], directory, FakeEncoder())
    correct_metadata("甲", directory, FakeEncoder(), {"speaker": "市长 王"})
    judge(directory, "看过")
    assert verify_index(directory) == ()
    return directory


@pytest.fixture
def saved(library: Path, tmp_path: Path) -> Path:
    return backup_index(library, tmp_path / "saved.zip").path


def held(directory: Path) -> dict[str, str]:
    return {report.name: report.text for report in open_reports(directory)}


def files(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def test_all_that_cannot_be_made_anew_comes_back(library: Path, saved: Path, tmp_path: Path) -> None:
    made = restore_index(saved, tmp_path / "other")
    assert (made.reports, made.judgements, made.uploads, made.kept) == (3, 1, 1, None)
    assert made.problems == ()
    assert verify_index(tmp_path / "other") == ()
    assert list(open_reports(tmp_path / "other")) != []
    assert held(tmp_path / "other") == held(library)
    with open_store(tmp_path / "other") as store:
        entry = store.entry("甲")
        assert entry is not None and entry.metadata.speaker == "市长 王"


def test_nothing_is_embedded_to_answer_from_it(library: Path, saved: Path, tmp_path: Path) -> None:
    restore_index(saved, tmp_path / "other")
    query = FakeEncoder().encode_queries(["新增就业多少万人？"])[0]
    before, after = (open_index(path, FakeEncoder().identity) for path in (library, tmp_path / "other"))
    assert [(one.key, one.whole) for one in after.scored(query, after.nearest(query, 5))] == [
        (one.key, one.whole) for one in before.scored(query, before.nearest(query, 5))
    ]
    assert after.worded("新建学校", 3)


def test_uploaded_files_are_found_where_they_are_now(library: Path, saved: Path, tmp_path: Path) -> None:
    restore_index(saved, tmp_path / "other")
    with open_store(tmp_path / "other") as store:
        entry = store.entry("丙")
    assert entry is not None
    assert Path(entry.source).is_relative_to(tmp_path / "other")
    assert source_notices(tmp_path / "other") == ()


def test_an_uploaded_file_that_is_damaged_comes_back_too(library: Path, saved: Path) -> None:
    (upload,) = (path for path in (library / "originals").rglob("*") if path.is_file())
    before = upload.read_bytes()
    upload.write_bytes(b"damaged")
    restore_index(saved, library, replacing=True)
    assert upload.read_bytes() == before


def test_an_index_that_is_there_is_left_alone(library: Path, saved: Path) -> None:
    before = files(library)
    with pytest.raises(IndexFault, match="--replace"):
        restore_index(saved, library)
    assert files(library) == before


def test_told_to_it_takes_the_place_of_the_old_one_which_is_kept(library: Path, saved: Path) -> None:
    remove_reports("乙", library)
    judge(library, "后来说的")
    made = restore_index(saved, library, replacing=True)
    assert sorted(held(library)) == ["丙", "乙", "甲"]
    assert count_said(library, JUDGEMENTS) == 1
    assert verify_index(library) == ()
    assert made.kept is not None
    assert sorted(held(made.kept)) == ["丙", "甲"]
    assert count_said(made.kept, JUDGEMENTS) == 2


def test_it_takes_the_place_of_one_that_cannot_be_read(library: Path, saved: Path) -> None:
    (library / STORE_NAME).write_bytes(b"no database" * 1000)
    made = restore_index(saved, library, replacing=True)
    assert verify_index(library) == ()
    assert made.kept is not None and (made.kept / STORE_NAME).read_bytes() == b"no database" * 1000


def test_another_programs_file_is_never_replaced(saved: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with closing(sqlite3.connect(tmp_path / "other" / STORE_NAME)) as connection:
        connection.execute("CREATE TABLE mine (x)")
    before = files(tmp_path / "other")
    with pytest.raises(IndexFault) as caught:
        restore_index(saved, tmp_path / "other", replacing=True)
    assert caught.value.foreign
    assert files(tmp_path / "other") == before


def test_it_is_taken_while_others_write(library: Path, tmp_path: Path) -> None:
    ended = threading.Event()

    def write() -> None:
        number = 0
        while not ended.is_set():
            number += 1
            path = write_report(tmp_path / "more", f"新{number}", TEXT.format(number=100 + number))
            add_reports(path, library, FakeEncoder())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        taken = [backup_index(library, tmp_path / f"{number}.zip") for number in range(4)]
    finally:
        ended.set()
        writer.join()
    for number, one in enumerate(taken):
        assert one.problems == ()
        restore_index(one.path, tmp_path / f"restored {number}")
        assert verify_index(tmp_path / f"restored {number}") == ()
        assert len(held(tmp_path / f"restored {number}")) == one.reports


def test_a_copy_ends_though_somebody_writes_between_all_its_steps(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (x BLOB)")
        connection.execute("INSERT INTO t VALUES (zeroblob(4000000))")
        ended = threading.Event()

        def write() -> None:
            with closing(sqlite3.connect(path, timeout=30, isolation_level=None)) as other:
                while not ended.is_set():
                    other.execute("INSERT INTO t VALUES (1)")

        writer = threading.Thread(target=write)
        writer.start()
        try:
            copy_database(path, tmp_path / "b.sqlite")
        finally:
            ended.set()
            writer.join()
    with closing(sqlite3.connect(tmp_path / "b.sqlite")) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_into_a_folder_it_gets_a_name_of_its_own_and_a_file_is_never_overwritten(
    library: Path, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    path = backup_index(library, tmp_path / "backups").path
    assert path.parent == tmp_path / "backups"
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    before = path.read_bytes()
    with pytest.raises(IndexFault, match="已经存在"):
        backup_index(library, path)
    assert path.read_bytes() == before


def test_what_is_wrong_with_the_index_is_told_when_it_is_saved_and_when_it_comes_back(
    library: Path, tmp_path: Path
) -> None:
    alter(library, "UPDATE documents SET text = replace(text, '就业', '失业') WHERE name = '乙'")
    one = backup_index(library, tmp_path / "saved.zip")
    assert {problem.document for problem in one.problems} == {"乙"}
    assert {problem.document for problem in restore_index(one.path, tmp_path / "other").problems} == {"乙"}


def rewritten(path: Path, target: Path, change: dict[str, bytes]) -> Path:
    """The backup with files added or changed, and its list of files with them."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in {**found, **change}.items():
            archive.writestr(name, content)
    return target


@pytest.mark.parametrize("damage", ["cut", "flipped", "other text", "other file", "no zip", "missing"])
def test_a_damaged_backup_restores_nothing(saved: Path, tmp_path: Path, damage: str) -> None:
    content = saved.read_bytes()
    bad = tmp_path / "bad.zip"
    if damage == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        middle = len(content) // 2
        bad.write_bytes(content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :])
    elif damage == "other text":
        rewritten(saved, bad, {FILE_NAME: b"other"})
    elif damage == "other file":
        with zipfile.ZipFile(bad, "w") as archive:
            archive.writestr("holiday.jpg", b"...")
    elif damage == "no zip":
        bad.write_bytes(b"no zip")
    with pytest.raises(IndexFault, match="备份"):
        restore_index(bad, tmp_path / "other")
    assert not files(tmp_path / "other")


@pytest.mark.parametrize(
    "name", ["../out.txt", "originals/../../out.txt", "/out.txt", "originals\\..\\x", "else.txt"]
)
def test_no_file_is_written_outside(saved: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(saved) as archive:
        contents = json.loads(archive.read("wenbao-backup.json"))
    contents["digests"][name] = "0" * 64
    bad = rewritten(
        saved, tmp_path / "bad.zip", {name: b"out", "wenbao-backup.json": json.dumps(contents).encode()}
    )
    with pytest.raises(IndexFault, match="损坏"):
        restore_index(bad, tmp_path / "a" / "other")
    assert not list(tmp_path.rglob("out.txt"))


@pytest.mark.parametrize(
    "step", ["take_out", "_follow", "_prepared", "_kept", "_put_judgements", "take_place"]
)
def test_cut_short_the_old_index_answers_as_before(
    library: Path, saved: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    remove_reports("乙", library)
    before = held(library)

    def dies(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(restoring, step, dies)
        with pytest.raises(SystemExit):
            restore_index(saved, library, replacing=True)
    assert held(library) == before
    assert verify_index(library) == ()
    restore_index(saved, library, replacing=True)
    assert "乙" in held(library)
    assert verify_index(library) == ()


def test_the_commands_say_what_was_saved_and_where_the_old_index_is(
    library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*words: str) -> str:
        app([*words, "--index", str(library)], standalone_mode=False)
        return capsys.readouterr().out

    path = tmp_path / "a.zip"
    assert "3 份报告，1 条人工认定，1 个上传的文件" in run("backup", str(path))
    said = run("restore", str(path), "--replace")
    assert "3 份报告，1 条人工认定，1 个上传的文件" in said
    assert "replaced-" in said
