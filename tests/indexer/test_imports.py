"""Imports that were cut short are told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import indexer.imports
import indexer.intake
from embeddings import WenbaoError
from indexer.apart import Waiting
from indexer.imports import add_uploads, interrupted
from indexer.originals import ORIGINALS, keep_upload
from indexer.progress import BuildProgress, Step
from indexer.reading import read_apart, read_report
from indexer.report.report import Report
from tests.conftest import ROOT
from tests.fake_encoder import FakeEncoder

TEXT = "（一）扩大就业。新增就业{}万人，发展态势良好。"
# Adds the first of two uploads, and is killed while it is at the second.
KILLED = """
import os, sys
from pathlib import Path
from indexer.imports import _recorded
from indexer.library import add_reports
from tests.fake_encoder import FakeEncoder
directory, *paths = map(Path, sys.argv[1:])
with _recorded(directory, paths):
    add_reports(paths[:1], directory, FakeEncoder())
    print("half", flush=True)
    sys.stdin.read()
"""


def endless(path: str) -> Report:
    """A file that takes longer than anybody waits, as a long scan does."""
    time.sleep(80)
    raise AssertionError(path)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "index"


def uploaded(directory: Path, *names: str) -> list[Path]:
    return [
        keep_upload(directory, f"{name}.txt", TEXT.format(number).encode())
        for number, name in enumerate(names)
    ]


def test_an_import_that_was_killed_is_told_with_what_is_missing_and_can_go_on(directory: Path) -> None:
    first, second = uploaded(directory, "甲", "乙")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(directory), str(first), str(second)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        assert interrupted(directory) == (), "somebody is at it"
        os.kill(process.pid, signal.SIGKILL)
    (left,) = interrupted(directory)
    assert (left.files, left.lost) == ((second,), ())
    assert left.names == ("乙.txt",)
    second.unlink()
    (left,) = interrupted(directory)
    assert (left.files, left.names) == ((), ("乙.txt",))
    left.settle()
    assert interrupted(directory) == ()


def test_what_was_added_meanwhile_is_told_no_more(directory: Path) -> None:
    first, second = uploaded(directory, "甲", "乙")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(directory), str(first), str(second)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    add_uploads([second], directory, FakeEncoder())
    assert interrupted(directory) == ()
    assert list((directory / ORIGINALS).glob("*.import*")) == []


def test_an_import_in_this_process_is_not_interrupted_while_it_runs(directory: Path) -> None:
    paths = uploaded(directory, "甲", "乙")
    seen: list[object] = []

    def look(progress: BuildProgress) -> None:
        seen.append(interrupted(directory))

    add_uploads(paths, directory, FakeEncoder(), progress=look)
    assert seen and set(seen) == {()}
    assert list((directory / ORIGINALS).glob("*.import*")) == []


def test_an_import_that_ends_in_an_error_or_is_stopped_leaves_no_record(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = uploaded(directory, "甲", "乙")
    assert add_uploads(paths, directory, FakeEncoder(), cancelled=lambda: True) == ()
    assert all(path.exists() for path in paths), "the user may go on with them"

    def fail(*_: object, **__: object) -> None:
        raise WenbaoError("坏了", "broken")

    monkeypatch.setattr(indexer.imports, "add_reports", fail)
    with pytest.raises(WenbaoError):
        add_uploads(paths, directory, FakeEncoder())
    assert list((directory / ORIGINALS).glob("*.import*")) == []


def test_what_the_file_at_hand_is_at_is_told_with_how_many_are_done(directory: Path) -> None:
    paths = [*uploaded(directory, "甲", "乙"), keep_upload(directory, "坏.docx", b"no docx")]
    told: list[BuildProgress] = []
    add_uploads(paths, directory, FakeEncoder(), progress=told.append)
    assert (told[0].step, told[0].title, told[0].file, told[0].files) == (Step.READING, "甲.txt", 1, 3)
    assert {(one.step, one.title) for one in told} == {
        (Step.READING, "甲.txt"), (Step.READING, "乙.txt"), (Step.READING, "坏.docx"),
        (Step.EMBEDDING, "甲"), (Step.EMBEDDING, "乙"),
    }  # fmt: skip
    assert [one.file for one in told] == sorted(one.file for one in told)
    assert [one.done for one in told] == sorted(one.done for one in told)


def test_a_stop_while_a_file_is_read_ends_within_seconds_and_leaves_the_files_that_were_not_reached(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths, stopped = uploaded(directory, "甲", "乙"), threading.Event()
    read_here = read_report

    def read(path: Path, waiting: Waiting) -> Report:
        if path == paths[0]:
            return read_here(path, waiting)
        stopped.set()
        return read_apart(endless, path, waiting)

    monkeypatch.setattr(indexer.intake, "read_report", read)
    begun = time.monotonic()
    results = add_uploads(paths, directory, FakeEncoder(), cancelled=stopped.is_set)
    assert (
        time.monotonic() - begun < 30
    )  # a new process is started for it, which takes seconds on a busy machine
    assert {result.path for result in results} <= {paths[0]}
    assert paths[1].exists(), "the user may go on with it"


def test_a_damaged_record_is_no_import(directory: Path) -> None:
    uploaded(directory, "甲")
    (directory / ORIGINALS / "x.import").write_bytes(b"[1, nothing that was written")
    assert interrupted(directory) == ()
