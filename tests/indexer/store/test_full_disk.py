"""A full disk, a folder that may not be written, a file that is held: an error that says so, and the old index stays."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from answers.commitments.search import Filter
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_update import bring_up
from answers.errors import LedgerError
from indexer.build import build_index
from indexer.errors import IndexFault, unwritable
from indexer.library import add_reports, correct_metadata, remove_reports, repair_index
from indexer.originals import keep_upload
from indexer.proof.verify import verify_index
from indexer.reports import open_reports
from indexer.saving.backup import backup_index
from indexer.saving.restoring import restore_index
from indexer.store import lasting
from indexer.store.lasting import keep_names, move_in
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

SIZE = 8 << 20
OTHER = FakeEncoder(fingerprint="other")
# Of the disk, in KB, when the work begins: each lets it come a little further.
LEFT = (0, 8, 40, 100, 300, 700)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes; only root may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def text(name: str) -> str:
    return "\n".join(
        f"（{n}）{name}县今年新增就业{n}万人，新建学校{n + 3}所，建设公路{n * 7}公里。" for n in range(1, 60)
    )


@pytest.fixture
def library(disk: Path, tmp_path: Path) -> Path:
    for name in "甲乙":
        write_report(tmp_path / "in", name, text(name))
    build_index([tmp_path / "in"], disk / "index", FakeEncoder())
    for name in "丙丁戊":
        write_report(tmp_path / "more", name, text(name) * 3)
    return disk / "index"


def fill(disk: Path, left: int) -> Path:
    """Fill the disk but for so many kilobytes; the file that does it."""
    filler = disk / "filler"
    state = os.statvfs(disk)
    with filler.open("wb") as stream:
        stream.write(bytes(max(0, state.f_bavail * state.f_frsize - (left << 10))))
    return filler


def held(directory: Path) -> dict[str, str]:
    return {report.name: report.text for report in open_reports(directory)}


WORK: dict[str, Callable[[Path, Path], object]] = {
    "add": lambda index, more: add_reports(more, index, FakeEncoder()),
    "build": lambda index, more: build_index([more], index, FakeEncoder()),
    "remove": lambda index, more: remove_reports("甲", index),
    "correct": lambda index, more: correct_metadata("甲", index, FakeEncoder(), {"region": "浙江省", "year": 2024}),
    "repair": lambda index, more: repair_index(index, OTHER),
}  # fmt: skip


@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize("work", WORK)
def test_on_a_full_disk_the_index_is_as_it_was_and_the_same_work_is_done_later(
    library: Path, disk: Path, tmp_path: Path, work: str, left: int
) -> None:
    before = held(library)
    filler = fill(disk, left)
    try:
        WORK[work](library, tmp_path / "more")
    except IndexFault as fault:
        assert "磁盘满" in fault.message("zh"), fault
        after = held(library)
        # What was committed before the disk was full is there; nothing is half.
        assert after.items() >= before.items() or work == "remove"
    else:
        after = held(library)
    filler.unlink()
    for problem in verify_index(library):
        assert "自动重建" in problem.zh, problem
    if after == before:
        WORK[work](library, tmp_path / "more")
    repair_index(library, OTHER if work == "repair" else FakeEncoder())
    assert verify_index(library) == ()


@pytest.mark.parametrize("left", LEFT[:3])
def test_a_backup_that_does_not_fit_leaves_nothing(library: Path, disk: Path, left: int) -> None:
    fill(disk, left)
    before = sorted(disk.iterdir())
    with pytest.raises(IndexFault, match="磁盘满"):
        backup_index(library, disk / "saved.zip")
    assert sorted(disk.iterdir()) == before
    assert len(held(library)) == 2


@pytest.mark.parametrize("left", LEFT[:4])
def test_a_restore_that_does_not_fit_leaves_the_old_index(
    library: Path, disk: Path, tmp_path: Path, left: int
) -> None:
    path = backup_index(library, tmp_path / "saved.zip").path
    remove_reports("甲", library)
    filler = fill(disk, left)
    with pytest.raises(IndexFault, match="磁盘满"):
        restore_index(path, library, replacing=True)
    assert sorted(held(library)) == ["乙"]
    filler.unlink()
    restore_index(path, library, replacing=True)
    assert sorted(held(library)) == ["乙", "甲"]


def test_an_upload_that_does_not_fit_leaves_no_part_of_it(
    library: Path, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(disk, 8)
    monkeypatch.setattr("indexer.originals.FREE_BYTES", -(10**9))  # else it is refused before it is written
    with pytest.raises(IndexFault, match="磁盘满"):
        keep_upload(library, "大.txt", bytes(100_000))
    assert not [path for path in (library / "originals").rglob("*") if path.is_file()]


def test_a_ledger_that_does_not_fit_is_made_later(library: Path, disk: Path) -> None:
    filler = fill(disk, 8)
    with pytest.raises(LedgerError, match="磁盘满"):
        bring_up(library)
    filler.unlink()
    bring_up(library)
    assert len(list(StoredLedger(library).entries(Filter()))) > 100


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘满"),
        (PermissionError(errno.EACCES, "Permission denied"), "权限"),
        (OSError(errno.EROFS, "Read-only file system"), "权限"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), "磁盘满"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "再试一次"),
    ],
)
def test_what_the_system_says_decides_what_is_advised(tmp_path: Path, error: Exception, said: str) -> None:
    told = unwritable(tmp_path, error).message("zh")
    assert said in told
    assert ("权限" in told) is (said == "权限")


def _holding(monkeypatch: pytest.MonkeyPatch, times: float) -> list[Path]:
    """Renaming fails so often as on Windows, where another program has the file open."""
    tries: list[Path] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        tries.append(self)
        if len(tries) <= times:
            error = PermissionError(errno.EACCES, "The process cannot access the file")
            error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    return tries


def test_a_file_that_is_held_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lasting, "_POLL", 0.001)
    tries = _holding(monkeypatch, 3)
    add_reports(write_report(tmp_path / "in", "甲", text("甲")), tmp_path / "index", FakeEncoder())
    assert len(tries) >= 4
    assert verify_index(tmp_path / "index") == ()


def test_one_that_stays_held_is_named_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_reports(write_report(tmp_path / "in", "甲", text("甲")), tmp_path / "index", FakeEncoder())
    monkeypatch.setattr(lasting, "_POLL", 0.001)
    monkeypatch.setattr(lasting, "_PATIENCE", 0.01)
    with monkeypatch.context() as patched:
        _holding(patched, float("inf"))
        with pytest.raises(IndexFault, match=r"别的程序|另一个程序"):
            repair_index(tmp_path / "index", OTHER)
    assert held(tmp_path / "index") == {"甲": text("甲")}


def test_a_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, real = os.fsync, Path.replace

    def keep(descriptor: int) -> None:
        done.append("kept")
        fsync(descriptor)

    def rename(self: Path, target: Path) -> Path:
        done.append("renamed")
        return real(self, target)

    monkeypatch.setattr(os, "fsync", keep)
    monkeypatch.setattr(Path, "replace", rename)
    (tmp_path / "a").write_text("a")
    move_in(tmp_path / "a", tmp_path / "b")
    assert done == ["kept", "renamed", "kept"]
    keep_names(tmp_path / "nowhere")  # a file system that cannot is none of our business
