"""How much of a question's words a text says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.reading.said import RAREST, Pairs, Said

_WORDS = st.text("专利申请羊肉产量地铁客流多少件 A1", max_size=30)


def test_the_rarer_word_counts_more() -> None:
    pairs = Pairs.of("国际专利申请 增长")
    assert pairs.said("专利申请增长8%").share > 0.4
    assert pairs.said("增长8%").share < 0.2 < pairs.said("国际专利").share


def test_a_near_miss_lacks_the_word_that_was_asked_for() -> None:
    pairs = Pairs.of("羊肉产量")
    near = pairs.said("肉类总产量达到280万吨，增长3%")
    there = pairs.said("羊肉产量达到110万吨")
    assert near.rarest > 5 > there.rarest == 0
    assert near.share < there.share == 1


def test_what_no_report_says_is_as_rare_as_can_be() -> None:
    assert Pairs.of("饕餮").weights == {"饕餮": RAREST}


@pytest.mark.parametrize("terms", ["", "GDP 2024", "多"])
def test_a_question_without_pairs_says_nothing_for_or_against(terms: str) -> None:
    assert Pairs.of(terms).said("地区生产总值增长5%") == Said(0.5, 0.0)


def test_words_apart_make_no_pair() -> None:
    assert list(Pairs.of("地铁 客流").weights) == ["地铁", "客流"]


@given(_WORDS, _WORDS, _WORDS)
def test_more_text_never_says_less(terms: str, text: str, more: str) -> None:
    pairs = Pairs.of(terms)
    short, long = pairs.said(text), pairs.said(text + more)
    assert 0 <= short.share <= long.share + 1e-9 <= 1 + 2e-9
    assert RAREST >= short.rarest >= long.rarest >= 0


@given(_WORDS)
def test_a_text_that_repeats_the_question_says_all_of_it(terms: str) -> None:
    pairs = Pairs.of(terms)
    assert pairs.said(f"（{terms}）") == (Said(1.0, 0.0) if pairs.weights else Said(0.5, 0.0))
