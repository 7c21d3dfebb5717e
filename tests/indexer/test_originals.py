"""Uploads: who can read them, and how long they stay."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import time
from collections import namedtuple
from pathlib import Path

import pytest

from indexer.errors import SourceError
from indexer.imports import add_uploads
from indexer.library import add_reports, remove_reports
from indexer.originals import ORIGINALS, forget_uploads, keep_upload, kept_original, safe_name, sweep_uploads
from indexer.outcomes import Outcome
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

ONE = "（一）扩大就业。新增就业20万人，发展态势良好。".encode()
TWO = "（一）扩大就业。新增就业30万人，发展态势良好。".encode()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


def uploads(directory: Path) -> list[str]:
    return sorted(path.name for path in (directory / ORIGINALS).glob("*/*"))


def entry(directory: Path, name: str) -> ReportEntry:
    with open_store(directory) as store:
        found = store.entry(name)
    assert found is not None
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_only_the_owner_reads_an_upload_whatever_the_umask_and_whatever_was_there(directory: Path) -> None:
    (directory / ORIGINALS).mkdir(parents=True)
    (directory / ORIGINALS).chmod(0o755)
    before = os.umask(0)
    try:
        path = keep_upload(directory, "甲.txt", ONE)
        path.chmod(0o644)
        assert keep_upload(directory, "甲.txt", ONE) == path
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]


def test_the_longest_name_that_a_browser_can_send_is_kept(directory: Path) -> None:
    path = keep_upload(directory, "长" * 400 + ".txt", ONE)
    assert path.read_bytes() == ONE
    assert len(safe_name("𠮷" * 400 + ".txt").encode()) <= 200


def test_an_accepted_upload_stays_until_its_report_is_removed(directory: Path) -> None:
    path = keep_upload(directory, "甲.txt", ONE)
    add_uploads([path], directory, FakeEncoder())
    assert kept_original(directory, entry(directory, "甲")) == path
    remove_reports(["甲"], directory)
    assert uploads(directory) == []
    assert list((directory / ORIGINALS).iterdir()) == []


def test_a_refused_upload_and_one_that_is_there_already_go_at_once(directory: Path) -> None:
    first = keep_upload(directory, "甲.txt", ONE)
    again, bad = keep_upload(directory, "乙.txt", ONE), keep_upload(directory, "坏.docx", b"no docx")
    results = add_uploads([first, again, bad], directory, FakeEncoder())
    assert [result.outcome for result in results] == [Outcome.ADDED, Outcome.UNCHANGED, Outcome.REFUSED]
    assert uploads(directory) == ["甲.txt"]
    add_uploads([keep_upload(directory, "甲.txt", ONE)], directory, FakeEncoder())
    assert kept_original(directory, entry(directory, "甲")) is not None


def test_of_a_replaced_report_the_new_file_stays_and_one_that_waits_for_a_word_stays_too(
    directory: Path,
) -> None:
    old = keep_upload(directory, "甲.txt", ONE)
    add_uploads([old], directory, FakeEncoder())
    new = keep_upload(directory, "甲.txt", TWO)
    (waiting,) = add_uploads([new], directory, FakeEncoder())
    assert waiting.outcome is Outcome.DIFFERS
    assert old.exists() and new.exists()
    (replaced,) = add_uploads([new], directory, FakeEncoder(), replacing=True)
    assert replaced.outcome is Outcome.REPLACED
    assert not old.exists() and new.exists()


def test_a_file_that_was_read_where_it_lay_is_never_deleted_nor_offered(
    directory: Path, tmp_path: Path
) -> None:
    path = write_report(tmp_path, "甲", ONE.decode())
    add_reports([path], directory, FakeEncoder())
    assert kept_original(directory, entry(directory, "甲")) is None
    remove_reports("甲", directory)
    forget_uploads(directory, [path])
    assert path.exists()


def test_a_changed_upload_is_not_offered(directory: Path) -> None:
    path = keep_upload(directory, "甲.txt", ONE)
    add_uploads([path], directory, FakeEncoder())
    path.write_bytes(TWO)
    assert kept_original(directory, entry(directory, "甲")) is None


def test_what_nobody_came_back_for_is_swept_after_a_day(directory: Path) -> None:
    kept = keep_upload(directory, "甲.txt", ONE)
    add_uploads([kept], directory, FakeEncoder())
    old, fresh = keep_upload(directory, "乙.txt", TWO), keep_upload(directory, "丙.txt", TWO)
    for path in (kept, old):
        os.utime(path, (time.time() - 100_000,) * 2)
    sweep_uploads(directory)
    assert (kept.exists(), old.exists(), fresh.exists()) == (True, False, True)


def test_the_disk_is_never_filled(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**12, 10**12 - 10**9, 10**9))
    with pytest.raises(SourceError, match=r"磁盘快满了.*甲\.txt"):
        keep_upload(directory, "甲.txt", ONE)
    assert uploads(directory) == []
