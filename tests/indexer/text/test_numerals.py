from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.formats.docx_numbering import formatted
from indexer.text.digit_words import arabic_year
from indexer.text.numerals import holds_number, numeral_value, numerals
from tests.numbers_in_characters import DIGITS, in_characters


@given(st.one_of(st.integers(0, 10**5), st.integers(0, 10**12), st.integers(0, 10**16 - 1)))
def test_a_number_written_out_is_read_back(number: int) -> None:
    written = in_characters(number)
    assert numeral_value(written) == number
    assert numeral_value(written.replace("二千", "两千").replace("二百", "两百")) == number
    assert numeral_value(written.removeprefix("一") if written.startswith("一十") else written) == number


@given(st.integers(0, 10**12), st.text(DIGITS, min_size=1, max_size=8))
def test_decimals_written_out_are_read_back(whole: int, decimals: str) -> None:
    digits = "".join(str(DIGITS.index(digit)) for digit in decimals)
    assert numeral_value(f"{in_characters(whole)}点{decimals}") == Decimal(f"{whole}.{digits}")


@given(st.integers(1, 9999))
def test_the_numbers_of_lists_in_word_files_are_read_back(number: int) -> None:
    assert numeral_value(formatted(number, "chineseCounting")) == number


@given(st.integers(1000, 9999), st.sampled_from("零〇○"))
def test_a_year_is_read_digit_by_digit(year: int, zero: str) -> None:
    written = "".join(DIGITS[int(digit)] for digit in str(year)).replace("零", zero)
    assert arabic_year(written) == numeral_value(written) == arabic_year(str(year)) == year


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("5.3万", "53000"), ("1,500", "1500"), ("３．５", "3.5"), ("4万多亿", "4E12"), ("3千万", "3E7"), ("10", "10"),
        ("十二", "12"), ("二十一", "21"), ("百万", "1E6"), ("万亿", "1E12"), ("一万亿二千亿", "1.2E12"), ("三亿五千万", "3.5E8"), ("两", "2"), ("三四", "4"),
        ("百分之五", "0.05"), ("百分之三点五", "0.035"), ("千分之五", "0.005"), ("四分之一", "0.25"), ("10分之3", "0.3"),
        ("6亿1800万", "6.18E8"), ("1千3百万", "1.3E7"), ("3万5000", "35000"), ("二点三亿", "2.3E8"), ("壹拾万零叁佰", "100300"), ("三万五", "35000"),
        ("一亿一千四百多万", "1.14E8"), ("1亿1400多万", "1.14E8"), ("1亿3千多万", "1.3E8"), ("1万6千多", "16000"), ("7，371万", "7.371E7"), ("三五·二", "35.2"),
        ("百分之六〇·九", "0.609"), ("一〇五万", "1.05E6"), ("一七·七亿", "1.77E9"), ("1 9 8", "198"), ("8 ．8", "8.8"), ("4000余万", "4E7"), ("三十余万", "3E5"), ("十几", "10"), ("百分之百", "1"), ("卅二", "32"),
    ],
)  # fmt: skip
def test_numbers_are_written_in_many_ways(words: str, value: str) -> None:
    assert numeral_value(words) == Decimal(value)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "几个",
        "5个",
        "5—6",
        "十点",
        "点五",
        "零分之一",
        "分之一",
        "1.2.3",
        "亿万",
        "千百",
        "一一",
        "二五",
        "万一",
        "1亿亿",
    ],
)
def test_what_is_no_number_has_no_value(words: str) -> None:
    with pytest.raises(ValueError):
        numeral_value(words)


@pytest.mark.parametrize("words", ["", "二四", "24年", "二〇二四年", "二零十四", "20245", "1.98"])
def test_what_is_no_year_is_refused(words: str) -> None:
    with pytest.raises(ValueError):
        arabic_year(words)


def test_the_numbers_of_a_text_come_with_their_places() -> None:
    text = "由1.5万增至两万5"
    assert [(text[n.start : n.end], int(n.value), n.scale) for n in numerals(text)] == [
        ("1.5万", 15000, 10000),
        ("两万", 20000, 10000),
        ("5", 5, 1),
    ]


def test_thousands_in_characters_have_their_own_comma() -> None:
    (found,) = numerals("全长一、五七〇公里")
    assert found.value == 1570
    assert [int(n.value) for n in numerals("推动一、二、三产业")] == [1, 2, 3]


def test_a_year_in_characters_ends_before_the_number_behind_it() -> None:
    found = [(int(n.low), int(n.high)) for n in numerals("一九八一和一九八二两个年度计划、三四个")]
    assert found == [(1981, 1981), (1982, 1982), (2, 2), (3, 4)]


@pytest.mark.parametrize("words", ["8400P", "近千亿元", "两成", "半数", "三十多家", "百分之五", "增长一倍半"])
def test_words_that_tell_a_number(words: str) -> None:
    assert holds_number(words)


@pytest.mark.parametrize(
    "words", ["进一步完善相关政策", "落实新一轮补奖政策", "引进一批项目", "统一管理", "有力推进"]
)
def test_one_as_a_part_of_words_is_no_number(words: str) -> None:
    assert not holds_number(words)
