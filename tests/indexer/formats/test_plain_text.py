from __future__ import annotations

import codecs

import opencc
import pytest

from indexer.formats.plain_text import decoded, known_codec
from tests.indexer.formats.builders import REPORT, read, refusal

SIMPLIFIED = "\n".join(REPORT)
TRADITIONAL = opencc.OpenCC("s2tw").convert(SIMPLIFIED)
TEXTS = {"simplified": SIMPLIFIED, "traditional": TRADITIONAL}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize(
    "codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-16", "utf-32"]
)
def test_every_encoding_of_a_report_is_recognised(text: str, codec: str) -> None:
    assert read("a.txt", text.encode(codec)).text.removeprefix("\ufeff") == text


def test_big5_is_told_from_gb18030() -> None:
    assert read("a.txt", TRADITIONAL.encode("big5")).text == TRADITIONAL


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["政府工作报告", "改革开放", "2024年，发展。", "新增就业20万人", "聯通港澳經濟"]
)
def test_short_texts_too(text: str, codec: str) -> None:
    assert decoded(text.encode(codec)) == text


@pytest.mark.parametrize("text", ["政府工作報告", "經濟發展，社會和諧。", "提高農民收入"])
def test_short_big5(text: str) -> None:
    assert decoded(text.encode("big5")) == text


def test_two_bytes_that_are_also_valid_utf8() -> None:
    text = "推进"
    assert decoded("位".encode("gb18030") * 3 + text.encode("gb18030")) == "位位位推进"


@pytest.mark.parametrize("filling", ["", "."])
def test_english_with_a_few_curly_marks_is_no_utf16_whatever_its_length(filling: str) -> None:
    text = "Xi’an’s GDP exceeded RMB 500 billion, up by 9.9 percent. The city’s revenue rose." + filling
    assert decoded(text.encode()) == text
    assert decoded(f"Café. {filling}".encode()) == f"Café. {filling}"


def test_markup_before_the_first_chinese_character_does_not_mislead() -> None:
    text = "a" * 60_001 + "政府工作报告"
    assert decoded(text.encode()) == text
    assert decoded(text.encode("gb18030")) == text


def test_a_character_cut_in_half_at_the_end_is_dropped() -> None:
    assert decoded(SIMPLIFIED.encode()[:-1]) == SIMPLIFIED[:-1]
    assert decoded(SIMPLIFIED.encode("gb18030")[:-1]) == SIMPLIFIED[:-1]


def test_a_damaged_character_shows_and_the_rest_is_read() -> None:
    data = bytearray(SIMPLIFIED.encode())
    data[30] = 0xFF
    text = decoded(bytes(data))
    assert text is not None and "\ufffd" in text and text.endswith(SIMPLIFIED[40:])


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 200, b"abc\x00\x00\x01" * 50, codecs.BOM_UTF16_LE + b"\x00\xd8" * 99]
)  # fmt: skip
def test_binary_is_refused(data: bytes) -> None:
    assert "UTF-8" in refusal("a.txt", data).en


def test_text_is_kept_to_the_letter() -> None:
    assert read("a.txt", b"# \xe7\x94\xb2\r\n\r\n  b\tc").text == "# 甲\r\n\r\n  b\tc"


@pytest.mark.parametrize(
    ("declared", "codec"), [("GB2312", "gb18030"), ("gbk", "gb18030"), ("Big5", "big5hkscs"), ("rot13", None), ("x-none", None)]
)  # fmt: skip
def test_declared_names(declared: str, codec: str | None) -> None:
    assert known_codec(declared) == codec
