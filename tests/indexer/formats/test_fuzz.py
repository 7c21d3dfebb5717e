"""Whatever happens to a file, it is read or refused with a `SourceError`: nothing else, and soon."""

from __future__ import annotations

import io
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from indexer.errors import SourceError
from indexer.formats import extract, ocr
from tests.indexer.formats.builders import (
    REPORT,
    epub_file,
    mhtml_file,
    mutated,
    mutated_member,
    ofd_file,
    pdf_file,
    saved,
    typeset,
)

_SECONDS = 20


def rich_word_file() -> bytes:
    document = docx.Document()
    for line in REPORT:
        document.add_paragraph(line, style="List Number")
    document.add_table(3, 3).cell(0, 0).merge(document.tables[0].cell(1, 1)).text = "合并"
    return saved(document)


def spreadsheet() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for number, line in enumerate(["指标", *REPORT]):
        sheet.append([line, number / 7, number])
    sheet.merge_cells("A2:A4")
    sheet["B3"].number_format = "0.0%"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def image(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.linear_gradient("L").save(stream, kind)
    return stream.getvalue()


TEXT = "\n".join(REPORT)
SAMPLES: dict[str, tuple[str, bytes, Callable[[random.Random, bytes], bytes]]] = {
    "docx": ("a.docx", rich_word_file(), mutated),
    "docx members": ("a.docx", rich_word_file(), mutated_member),
    "pdf": ("a.pdf", pdf_file(typeset(REPORT)), mutated),
    "html": ("a.html", ("<html><body>" + "".join(f"<p>{line}</p>" for line in REPORT)).encode("gb18030"), mutated),
    "mhtml": ("a.mht", mhtml_file(("<html><body>" + "".join(f"<p>{line}</p>" for line in REPORT)).encode()), mutated),
    "epub members": ("a.epub", epub_file([f"<p>{line}</p>" for line in REPORT]), mutated_member),
    "ofd members": ("a.ofd", ofd_file(typeset(REPORT)), mutated_member),
    "xlsx": ("a.xlsx", spreadsheet(), mutated),
    "xlsx members": ("a.xlsx", spreadsheet(), mutated_member),
    "csv": ("a.csv", "\n".join(f'"{line}","{number}"' for number, line in enumerate(REPORT)).encode(), mutated),
    "json": ("a.json", json.dumps([{"title": line, "content": line * 9} for line in REPORT]).encode(), mutated),
    "utf-8": ("a.txt", TEXT.encode(), mutated),
    "gb18030": ("a.txt", TEXT.encode("gb18030"), mutated),
    "utf-16": ("a.txt", TEXT.encode("utf-16"), mutated),
    **{kind: (f"a.{kind}", image(kind), mutated) for kind in ("png", "jpeg", "tiff", "bmp", "webp")},
}  # fmt: skip


def check(kind: str, count: int) -> None:
    name, data, change = SAMPLES[kind]
    for number in range(count):
        broken = change(random.Random(f"{kind} {number}"), data)
        started = time.monotonic()
        try:
            extract(Path(name), broken)
        except SourceError as error:
            assert name in error.text.zh and name in error.text.en
        assert time.monotonic() - started < _SECONDS, f"{kind} {number}"


@pytest.fixture(autouse=True)
def _no_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pictures are decoded, and not read: that would take seconds each."""
    monkeypatch.setattr(ocr, "has_ocr", lambda: True)
    monkeypatch.setattr(ocr, "recognised_lines", lambda pixels: [])


@pytest.mark.parametrize("kind", SAMPLES)
def test_some_broken_files(kind: str) -> None:
    check(kind, 4 if kind == "pdf" else 12)


@pytest.mark.slow
@pytest.mark.parametrize("kind", SAMPLES)
def test_many_broken_files(kind: str) -> None:
    check(kind, 50)
