"""Web archives, books and OFD: files that hold pages of other files."""

from __future__ import annotations

import time

import pytest

from indexer.formats import epub, mhtml, ofd
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
    zipped,
)

PAGE = "<html><head><title>某市2025年政府工作报告_某市人民政府</title></head><body>{}</body></html>".format(
    "".join(f"<p>{line}</p>" for line in REPORT)
)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a.txt"])
def test_the_page_in_a_web_archive_is_read(name: str, charset: str, encoding: str) -> None:
    found = read(name, mhtml_file(PAGE.encode(charset), charset, encoding))
    assert [line for line in found.text.split("\n") if line] == REPORT
    assert found.declared.titles == ("某市2025年政府工作报告",)


def test_an_archive_without_a_page_and_a_letter_are_refused() -> None:
    data = mhtml_file(PAGE.encode())
    assert "MHTML" in refusal("a.mht", data.replace(b"text/html", b"text/css")).zh
    assert "letter" in refusal("a.mht", b"Received: from x\r\n" + data).en
    assert "letter" in refusal("a.eml", b"Subject: x\r\n\r\ntext").en
    assert "MHTML" in refusal("a.mhtml", "不是网页归档".encode()).zh


def test_a_page_whose_text_names_headers_is_no_archive() -> None:
    text = "MIME-Version: 1.0\n" + SENTENCE
    assert read("a.txt", text.encode()).text == text


def test_an_archive_of_endless_parts_is_refused() -> None:
    parts = b"------Part--x----\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 3_000
    data = mhtml_file(b"<html>").replace(b"------Part--x------", parts)
    assert "parts" in refusal("a.mht", data).en
    nested = b"".join(
        b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (n, n + 1) for n in range(1_500)
    )
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b0"\r\n\r\n'
    assert refusal("a.mht", head + nested)


def test_a_book_is_read_in_the_order_of_its_spine() -> None:
    chapters = [
        "<p>第二章</p><table><tr><th>指标</th><th>目标</th></tr><tr><td>GDP</td><td>5%</td></tr></table>",
        f"<h1>第一\n章</h1><p>{SENTENCE}<br/>又一行</p><script>x</script>",
    ]
    found = read("a.epub", epub_file(chapters, "某市2025年政府工作报告"))
    assert found.text.split("\n")[:-1] == ["第一章", SENTENCE, "又一行", "第二章", "指标：GDP | 目标：5%"]
    assert found.declared.titles == ("某市2025年政府工作报告",)


def test_broken_and_locked_books_are_refused() -> None:
    assert "EPUB" in refusal("a.epub", zipped({"META-INF/container.xml": "<container/>"})).zh
    assert "没有文字" in refusal("a.epub", epub_file([])).zh
    locked = zipped({"META-INF/container.xml": "<x/>", "META-INF/rights.xml": "<x/>"})
    assert "password" in refusal("a.epub", locked).en
    assert "tags" in refusal("a.epub", epub_file(["<p>x" * 160_000] * 2)).en


@pytest.mark.parametrize("scaled", [False, True])
def test_the_paragraphs_of_an_ofd_are_those_of_the_same_pdf(scaled: bool) -> None:
    placed = typeset(REPORT * 2, per_page=9)
    found = read("a.ofd", ofd_file(placed, scaled, "某市2025年政府工作报告"))
    same = read("a.pdf", pdf_file(placed))
    assert [(piece.page, piece.text) for piece in found.pieces] == [
        (piece.page, piece.text) for piece in same.pieces
    ]
    assert found.declared.titles == ("某市2025年政府工作报告",)
    assert lines_of("a.txt", ofd_file(typeset(REPORT))) == REPORT


def test_letters_of_a_line_of_an_ofd_keep_their_blanks() -> None:
    assert lines_of("a.ofd", ofd_file([[(90, 100, "GDP grew by 5.2% in 2024")]])) == [
        "GDP grew by 5.2% in 2024"
    ]


def test_broken_ofd_and_one_of_pictures_are_refused() -> None:
    assert "pictures" in refusal("a.ofd", ofd_file([[]])).en
    assert "OFD" in refusal("a.ofd", zipped({"OFD.xml": "<OFD/>"})).zh
    entity = '<!DOCTYPE x [<!ENTITY a "b">]><OFD>&a;</OFD>'
    assert "OFD" in refusal("a.ofd", zipped({"OFD.xml": entity})).zh


def test_every_suffix_of_these_is_known() -> None:
    assert {*mhtml.SUFFIXES, *epub.SUFFIXES, *ofd.SUFFIXES} == {".mhtml", ".mht", ".epub", ".ofd"}


def test_headers_without_end_cost_nothing() -> None:
    data = mhtml_file(PAGE.encode())
    endless = b"Content-Type: text/html; " + b'a="b"; ' * 700_000
    started = time.monotonic()
    assert "MHTML" in refusal("a.mht", data.replace(b"Content-Type: text/html", endless)).zh
    assert time.monotonic() - started < 5


def test_more_characters_than_a_page_can_hold_are_refused() -> None:
    many = [[(1.0, 1.0, "某县" * 60_000)]]
    assert "text" in refusal("a.ofd", ofd_file(many)).en
