"""Reports that are added have their statements in the ledger at once; nothing else of the library is read for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import indexer.shown_progress
import wenbao.command
from answers.commitments.stored_update import is_current
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from wenbao import Library


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    for place in ("江苏省", "湖北省"):
        text = f"{place}政府工作报告\n一、2025年重点工作\n新建学校7所。\n"
        write_report(tmp_path / "reports", f"2025年{place}政府工作报告", text)
    return tmp_path / "reports"


def test_reports_added_by_the_library_are_in_the_ledger(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library.open(tmp_path / "index", encoder=FakeEncoder())
    library.add(reports)
    assert is_current(tmp_path / "index")

    def read(*arguments: object) -> None:
        raise AssertionError("a report was read")

    monkeypatch.setattr("wenbao.current_reports.open_reports", read)
    monkeypatch.setattr("answers.commitments.stored_update.statements_of", read)
    assert [row.document for row in library.commitments(text="学校")] == [
        "2025年江苏省政府工作报告",
        "2025年湖北省政府工作报告",
    ]
    names = ["2025年湖北省政府工作报告", "2025年江苏省政府工作报告"]
    assert [row.document for row in library.commitments(names)] == names
    assert library.commitments([]) == []


def test_reports_added_by_the_command_are_in_the_ledger(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer.shown_progress, "load_encoder", FakeEncoder)
    ended = CliRunner().invoke(wenbao.command.app, ["add", str(reports), "--index", str(tmp_path / "index")])
    assert ended.exit_code == 0, ended.output
    assert is_current(tmp_path / "index")
