from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from indexer.formats import office
from tests.indexer.formats.builders import lines_of, refusal

RTF = b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\\f0 \\u25919?\\u24220?\\u24037?\\u20316?\\u25253?\\u21578?\\par 2025\\par}"


def program(directory: Path, script: str) -> str:
    """A program that stands in for LibreOffice."""
    path = directory / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_conversion_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = program(tmp_path, f"sh -c 'echo $$ > {tmp_path}/child; exec sleep 60'")
    monkeypatch.setattr(office, "_program", lambda: stand_in)
    monkeypatch.setattr(office, "_SECONDS", 2)
    assert "2 s" in refusal("a.rtf", RTF).en
    child = int((tmp_path / "child").read_text())
    status = Path(f"/proc/{child}/stat")
    # It has been killed; on a busy machine it takes its time to go, but not the minute that it would sleep.
    deadline = time.monotonic() + 20
    while running(status) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(status)


def running(status: Path) -> bool:
    """Whether a process is there, by its file under /proc, and has not ended."""
    try:
        return status.read_text().split()[2] != "Z"
    except OSError:
        return False


def test_a_conversion_that_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = program(tmp_path, "exit 1")
    monkeypatch.setattr(office, "_program", lambda: stand_in)
    assert "damaged" in refusal("a.rtf", RTF).en


def test_a_program_that_cannot_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_program", lambda: os.fspath(tmp_path / "none"))
    assert "did not start" in refusal("a.rtf", RTF).en


@pytest.mark.slow
@pytest.mark.skipif(not any(map(shutil.which, office._PROGRAMS)), reason="LibreOffice is not installed")
def test_rtf_through_libreoffice() -> None:
    assert lines_of("a.rtf", RTF) == ["政府工作报告", "2025"]
