from __future__ import annotations

import pytest

from indexer.formats import SUFFIXES, office
from indexer.formats.limits import FILE_BYTES
from tests.indexer.formats.builders import (
    REPORT,
    lines_of,
    pdf_file,
    read,
    refusal,
    typeset,
    word_file,
    zipped,
)

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def ole2(stream: str) -> bytes:
    return OLE2 + stream.encode("utf-16-le") + bytes(100)


def test_suffixes_are_lower_case_and_unique() -> None:
    assert len(set(SUFFIXES)) == len(SUFFIXES)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in SUFFIXES)


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a.doc", "a.png", "a"])
def test_the_name_does_not_mislead(name: str) -> None:
    assert lines_of(name, word_file()) == REPORT
    assert lines_of(name, pdf_file(typeset(REPORT))) == REPORT


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.pdf", "a.html"])
def test_an_image_under_another_name(name: str) -> None:
    error = refusal(name, PNG)
    assert "PNG" in error.zh and ".png" in error.en


@pytest.mark.parametrize("data", [b"", b" \n\t", bytes(90), b"\xef\xbb\xbf \n"])
def test_empty_files(data: bytes) -> None:
    assert "没有文字" in refusal("a.txt", data).zh


def test_a_file_too_large() -> None:
    assert "50 MB" in refusal("a.txt", b"a" * (FILE_BYTES + 1)).zh


@pytest.mark.parametrize(
    "suffix",
    [
        ".docx",
        ".pdf",
        ".doc",
        ".wps",
        ".rtf",
        ".odt",
        ".png",
        ".jpg",
        ".webp",
        ".ofd",
        ".epub",
        ".mhtml",
        ".xlsx",
    ],
)
def test_text_under_the_name_of_something_else(suffix: str) -> None:
    assert "damaged" in refusal(f"a{suffix}", "不是这种文件".encode() * 9).en


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (ole2("EncryptedPackage"), "password"), (ole2("Workbook"), "Excel"), (ole2("PowerPoint Document"), "PowerPoint"),
        (OLE2, "damaged"), (b"Rar!\x1a\x07\x00", "RAR"), (b"GIF89a", "GIF"), (b"\x7fELF\x02", "ELF"),
        (zipped({"xl/workbook.xml": "x", "[Content_Types].xml": "x"}), "Excel"), (zipped({"OFD.xml": "x"}), "OFD"),
        (zipped({"ppt/presentation.xml": "x", "[Content_Types].xml": "x"}), "PowerPoint"),
        (b'<?xml version="1.0"?><doc>x</doc>', "XML"), (b"% x\n\\documentclass{ctexart}x", "TeX"),
        (zipped({"报告.docx": word_file()}), "archive"), (zipped({"a.txt": "x"}), "archive"), (zipped({"content.xml": "x"}), "OpenDocument"),
    ],
)  # fmt: skip
def test_other_kinds_are_named(data: bytes, kind: str) -> None:
    assert kind in refusal("a.docx" if kind == "password" else "a.txt", data).en


@pytest.mark.parametrize(
    ("name", "kind"), [("a.xml", "XML"), ("a.tmx", "TMX"), ("a.tex", "TeX"), ("a.eml", "letter")]
)
def test_text_for_a_program_is_refused_by_its_suffix(name: str, kind: str) -> None:
    assert kind in refusal(name, "正文".encode()).en


@pytest.mark.parametrize(
    "data",
    [ole2("WordDocument"), b"{\\rtf1 x}", zipped({"mimetype": "application/vnd.oasis.opendocument.text"})],
)
def test_without_libreoffice_the_error_says_what_to_do(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_program", lambda: None)
    error = refusal("a.doc", data)
    assert "LibreOffice" in error.zh and ".docx" in error.en


def test_pieces_joined_are_the_text() -> None:
    found = read("a.pdf", pdf_file(typeset(REPORT, per_page=4)))
    assert "".join(piece.text for piece in found.pieces) == found.text
