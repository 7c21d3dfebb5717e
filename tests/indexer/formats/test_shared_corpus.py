"""The real reports: every one is read in full."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from indexer.formats import extract

pytestmark = pytest.mark.shared


def squeezed(text: str) -> list[str]:
    """The paragraphs without white space and invisible characters."""
    lines = (re.sub(r"[\s\u200b-\u200f]+", "", line) for line in text.split("\n"))
    return [line for line in lines if line]


def test_every_provincial_report_reads_as_python_docx_reads_it(shared_directory: Path) -> None:
    files = sorted((shared_directory / "corpus" / "provinces-2025").glob("*.docx"))
    assert len(files) == 26
    for path in files:
        expected = squeezed("\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs))
        assert squeezed(extract(path, path.read_bytes()).text) == expected, path


def test_every_state_council_report_reads_as_it_is(shared_directory: Path) -> None:
    files = sorted((shared_directory / "corpus" / "state-council").glob("*.txt"))
    assert files
    for path in files:
        text = path.read_bytes().decode()
        for data in (path.read_bytes(), text.encode("gb18030"), text.encode("utf-16-le")):
            assert extract(path, data).text == text, path


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the PDF")
def test_paragraphs_come_back_from_a_pdf(shared_directory: Path, tmp_path: Path) -> None:
    path = shared_directory / "corpus" / "provinces-2025" / "2025年西藏政府工作报告.docx"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    made = tmp_path / f"{path.stem}.pdf"
    expected = squeezed(extract(path, path.read_bytes()).text)
    found = squeezed(extract(made, made.read_bytes()).text)
    assert sum(line in found for line in expected) >= 0.98 * len(expected)
