from __future__ import annotations

import io
import time
import zipfile

import pytest

from indexer.formats import limits
from tests.indexer.formats.builders import (
    SENTENCE,
    W,
    lines_of,
    raw_word_file,
    read,
    refusal,
    word_file,
    zipped,
)


def body(xml: str, **parts: str) -> bytes:
    return raw_word_file(f"<w:document {W}><w:body>{xml}</w:body></w:document>", **parts)


def test_a_zip_bomb_by_its_ratio() -> None:
    assert "zip bomb" in refusal("a.docx", raw_word_file(f"<w:document {W}>" + "<w:p/>" * 2_000_000)).en
    assert "zip bomb" in refusal("a.docx", zipped({"inner.zip": bytes(60_000_000)})).en


def test_a_zip_bomb_that_lies_about_its_size() -> None:
    data = bytearray(raw_word_file(f"<w:document {W}>" + "<w:p/>" * 1_000_000))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    assert refusal("a.docx", bytes(data))


def test_all_that_is_unpacked_counts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ZIP_BYTES", 40_000)
    assert "zip bomb" in refusal("a.docx", word_file([SENTENCE])).en


def test_too_many_members() -> None:
    assert "zip bomb" in refusal("a.docx", zipped({f"word/{n}.xml": "" for n in range(5001)})).en


def test_an_encrypted_archive() -> None:
    stream = io.BytesIO(word_file())
    with zipfile.ZipFile(stream) as archive:
        first = archive.infolist()[0].header_offset
    data = bytearray(stream.getvalue())
    data[first + 6] |= 1
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert "password" in refusal("a.docx", bytes(data)).en


def document_with(declaration: str, entity: str) -> bytes:
    return raw_word_file(
        f"<!DOCTYPE d [{declaration}]><w:document {W}><w:body><w:p><w:r><w:t>甲{entity}</w:t></w:r></w:p></w:body></w:document>"
    )


def test_entities_are_inert() -> None:
    lol = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    assert refusal("a.docx", document_with(lol, "&a11;"))
    error = refusal("a.docx", document_with('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"))
    assert "root:" not in error.en


def test_depth_is_bounded() -> None:
    nested = (
        "<w:tbl><w:tr><w:tc>" * 60 + "<w:p><w:r><w:t>底</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 60
    )
    assert lines_of("a.docx", raw_word_file(f"<w:document {W}><w:body>{nested}</w:body></w:document>")) == [
        "底"
    ]
    deep = "<w:ins>" * 5000 + "</w:ins>" * 5000
    assert refusal("a.docx", raw_word_file(f"<w:document {W}><w:body>{deep}</w:body></w:document>"))


def test_a_cell_over_a_million_columns_names_no_more_than_there_are() -> None:
    def cell(text: str, span: str = "") -> str:
        return f"<w:tc><w:tcPr>{span}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    wide = "".join(cell(f"甲{number}", '<w:gridSpan w:val="999999"/>') for number in range(100))
    rows = f"<w:tr>{wide}</w:tr><w:tr>{cell('乙')}{cell('丙')}</w:tr>"
    assert lines_of("宽.docx", body(f"<w:tbl>{rows}</w:tbl>")) == ["甲0：乙 | 甲0：丙"]


def test_a_label_longer_than_any_number_is_left_out() -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="9999"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">{level.format("%1" * 50_000)}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    paragraph = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>好</w:t></w:r></w:p>'
    assert lines_of("号.docx", body(paragraph * 20, numbering=numbering)) == ["好"] * 20


def test_a_tag_of_endless_attributes_is_refused() -> None:
    attributes = " ".join(f'a{number}="1"' for number in range(200_000))
    said = refusal("页.html", f"<html><body><p {attributes}>好好好</p></body></html>".encode())
    assert "500 个属性" in said.zh and "500 attributes" in said.en


def test_a_long_picture_inside_a_tag_is_no_reason_to_refuse_a_page() -> None:
    picture = "data:image/png;base64," + "iVBOR/w0KGgo=" * 20_000
    article = "".join(f"<p>{SENTENCE * 3}</p>" for _ in range(5))
    page = f'<html><body><article>{article}<img src="{picture}"></article></body></html>'
    assert SENTENCE in read("页.html", page.encode()).text


def test_a_chain_of_styles_is_followed_only_so_far() -> None:
    styles = "".join(
        f'<w:style w:styleId="s{number}"><w:basedOn w:val="s{number + 1}"/></w:style>'
        for number in range(20_000)
    )
    begun = time.process_time()
    text = body("<w:p><w:r><w:t>好</w:t></w:r></w:p>", styles=f"<w:styles {W}>{styles}</w:styles>")
    assert lines_of("样式.docx", text) == ["好"]
    assert time.process_time() - begun < 10
