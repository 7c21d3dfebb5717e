from __future__ import annotations

import io
import zipfile

import pytest

from indexer.formats import limits
from tests.indexer.formats.builders import SENTENCE, W, lines_of, raw_word_file, refusal, word_file, zipped


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
