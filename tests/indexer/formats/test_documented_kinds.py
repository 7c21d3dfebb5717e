"""What the guide says of the kinds of files that are read and refused: every line of its table is tried."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from PIL import Image

from indexer.formats import NOT_READ, SUFFIXES, ocr, office
from indexer.formats.lines import Line
from tests.conftest import ROOT
from tests.indexer.formats.builders import (
    REPORT,
    SENTENCE,
    epub_file,
    lines_of,
    mhtml_file,
    ofd_file,
    pdf_file,
    read,
    refusal,
    typeset,
    word_file,
    zipped,
)

TEXT = "\n".join(REPORT)
PAGE = f"<html><body>{''.join(f'<p>{line}</p>' for line in REPORT)}</body></html>".encode()
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def listed() -> Iterator[tuple[tuple[str, ...], str]]:
    """The suffixes of each row of the table in the guide, and what it says of them."""
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    table = guide.partition("<!-- kinds of files -->")[2].strip().partition("\n\n")[0]
    for row in table.splitlines()[2:]:
        suffixes, said = row.strip("| ").split(" | ")
        yield tuple(re.findall(r"`(\.\w+)`", suffixes)), said


def suffixes(words: str) -> list[str]:
    return [suffix for own, said in listed() if words in said for suffix in own]


REFUSED, BY_OFFICE, BY_RECOGNITION = suffixes("不读，"), suffixes("LibreOffice"), suffixes("装有文字识别")
READ = [s for own, _ in listed() for s in own if s not in (*REFUSED, *BY_OFFICE, *BY_RECOGNITION)]


def spreadsheet() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in REPORT:
        sheet.append([line])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def sample(suffix: str) -> bytes:
    """A file of a kind that holds `REPORT`, where it can hold a text."""
    match suffix:
        case ".docx" | ".docm" | ".dotx":
            return word_file()
        case ".pdf":
            return pdf_file(typeset(REPORT))
        case ".html" | ".htm":
            return PAGE
        case ".mhtml" | ".mht":
            return mhtml_file(PAGE)
        case ".ofd":
            return ofd_file(typeset(REPORT))
        case ".epub":
            return epub_file([f"<p>{line}</p>" for line in reversed(REPORT)])
        case ".xlsx":
            return spreadsheet()
        case ".json" | ".jsonl":
            return json.dumps({"正文": TEXT, "标题": "某市2025年政府工作报告"}).encode()
        case ".doc" | ".wps":
            return OLE2 + "WordDocument".encode("utf-16-le")
        case ".xls":
            return OLE2 + "Workbook".encode("utf-16-le")
        case ".ppt":
            return OLE2 + "PowerPoint Document".encode("utf-16-le")
        case ".pptx":
            return zipped({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"})
        case ".zip":
            return zipped({"报告.docx": word_file()})
        case ".rar" | ".7z" | ".caj":
            return {".rar": b"Rar!\x1a\x07\x00", ".7z": b"7z\xbc\xaf\x27\x1c", ".caj": b"CAJ\x00"}[
                suffix
            ] + bytes(90)
        case ".rtf":
            return b"{\\rtf1 x}"
        case ".odt":
            return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})
        case ".xml":
            return f"<doc><id>8841</id><body>{''.join(f'<p>{line}</p>' for line in REPORT)}</body></doc>".encode()
        case ".tmx":
            return f'<?xml version="1.0"?><doc>{TEXT}</doc>'.encode()
        case ".tex":
            return f"\\documentclass{{ctexart}}\\begin{{document}}{TEXT}".encode()
        case ".png" | ".jpg" | ".jpeg" | ".tif" | ".tiff" | ".bmp" | ".webp":
            stream = io.BytesIO()
            Image.new("RGB", (400, 300), "white").save(
                stream, {"jpg": "jpeg", "tif": "tiff"}.get(suffix[1:], suffix[1:])
            )
            return stream.getvalue()
        case _:
            return TEXT.encode()


def test_the_table_names_every_kind_that_a_folder_is_searched_for() -> None:
    # A .json may be what a person says of the report beside it.
    assert {*READ, *BY_OFFICE, *BY_RECOGNITION} == {*SUFFIXES, ".json"}
    assert not {*REFUSED} & {*SUFFIXES}
    # In a folder, too, such a file is told what to do.
    assert {*REFUSED} <= {*NOT_READ} and not {*NOT_READ} & {*SUFFIXES}


@pytest.mark.parametrize("suffix", READ)
def test_a_kind_that_is_said_to_be_read_is_read(suffix: str) -> None:
    found = [line for line in read(f"a{suffix}", sample(suffix)).text.split("\n") if line.strip()]
    assert (found[::-1] if suffix == ".epub" else found) in (REPORT, REPORT[::-1])


@pytest.mark.parametrize("suffix", REFUSED)
def test_a_kind_that_is_said_to_be_refused_is_refused_with_what_to_do(suffix: str) -> None:
    error = refusal(f"a{suffix}", sample(suffix))
    assert re.search(r"请(?:另存|编译|把|解压|给出|用)", error.zh) and error.en.count(". ") >= 1
    assert SENTENCE not in error.zh


@pytest.mark.parametrize("suffix", BY_OFFICE)
def test_a_kind_that_libreoffice_opens_is_read_where_that_is(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_program", lambda: None)
    assert "LibreOffice" in refusal(f"a{suffix}", sample(suffix)).zh
    (tmp_path / "made.docx").write_bytes(word_file())
    stand_in = tmp_path / "soffice"
    stand_in.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nmkdir -p "$2"\ncp {tmp_path}/made.docx "$2/report.docx"\n'
    )
    stand_in.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(stand_in))
    assert lines_of(f"a{suffix}", sample(suffix)) == REPORT


@pytest.mark.parametrize("suffix", BY_RECOGNITION)
def test_a_picture_is_read_where_recognition_is(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_ocr", lambda: False)
    assert "requirements-ocr.txt" in refusal(f"a{suffix}", sample(suffix)).zh
    seen: list[tuple[int, ...]] = []

    def recognised(pixels: np.ndarray) -> list[Line]:
        seen.append(pixels.shape)
        return [Line(SENTENCE, 10, 10, 390, 30, 14)]

    monkeypatch.setattr(ocr, "has_ocr", lambda: True)
    monkeypatch.setattr(ocr, "recognised_lines", recognised)
    assert lines_of(f"a{suffix}", sample(suffix)) == [SENTENCE]
    assert seen
