from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.characters import normalise


@pytest.mark.parametrize("break_", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_becomes_one_newline(break_: str) -> None:
    assert normalise(f"甲{break_}乙") == "甲\n乙"


def test_empty_lines_stay() -> None:
    assert normalise("甲\r\n\r\n乙\n\r丙") == "甲\n\n乙\n\n丙"


@pytest.mark.parametrize("blank", ["\t", "\u00a0", "\u2003", "\u202f", "\u3000"])
def test_every_blank_becomes_a_space(blank: str) -> None:
    assert normalise(f"甲{blank}{blank}乙") == "甲  乙"


@pytest.mark.parametrize(
    "mark",
    [
        *["\x00", "\x07", "\x1f", "\x7f", "\ufeff", "\ud800", "\uffff"],
        *["\u00ad", "\u200b", "\u200d", "\u2060", "\u034f", "\u180e", "\u3164", "\ufe0f", "\ufff9"],
        *["\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u206a"],
        *["\U000e0041", "\U000e0100", "\U0001d173"],
    ],
)
def test_invisible_characters_go(mark: str) -> None:
    assert normalise(f"{mark}甲{mark}乙{mark}") == "甲乙"


def test_composed_characters_are_used() -> None:
    assert normalise("cafe\u0301") == "café"


def test_words_figures_and_punctuation_stay_as_printed() -> None:
    printed = "（一）增长５%～6%，達1,500亿元；“双一流”——㎡ Ⅲ 😀。"
    assert normalise(printed) == printed


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(st.characters(codec="utf-8")))
def test_what_is_left_can_be_stored_and_holds_no_other_line_breaks(text: str) -> None:
    assert normalise(text).encode().decode().splitlines() == normalise(text).removesuffix("\n").split(
        "\n"
    ) or (normalise(text) == "")


def test_no_character_that_changes_the_direction_or_has_no_width_is_left() -> None:
    every = normalise("".join(map(chr, range(sys.maxunicode + 1))))
    assert {unicodedata.bidirectional(c) for c in every} & {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN",
    } == set()  # fmt: skip
    # What is left of the format characters is printed: ۝ and the like.
    left = (unicodedata.name(c) for c in every if unicodedata.category(c) == "Cf")
    assert {name.split()[0] for name in left} <= {"ARABIC", "SYRIAC", "KAITHI"}
