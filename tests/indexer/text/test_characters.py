from __future__ import annotations

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
    "mark", ["\x00", "\x07", "\x1f", "\x7f", "\u200b", "\u200d", "\u202e", "\u2060", "\ufeff", "\ud800"]
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
