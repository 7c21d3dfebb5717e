"""Which states make the vector of a part, in one window and in several."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings import PassageText, Vectors
from embeddings.pooling import Pooling, Tokens, Window, pooled, prompted, windows

OWN = Pooling(head_in_parts=False, head_in_whole=True)


def tokens(before: int, text: int) -> Tokens:
    """<s>, a token a character of head and text, </s>; ids are 10, 11, …"""
    places = [(0, 0), *((i, i + 1) for i in range(before + text)), (0, 0)]
    special = [True, *[False] * (before + text), True]
    return Tokens(np.arange(10, 10 + len(places)), np.array(places, np.int32), np.array(special), before)


def one_hot(window: Window) -> Vectors:
    """States that tell which token they are of."""
    return np.eye(64, dtype=np.float32)[window.ids - 10]


def unit(*places: int) -> Vectors:
    vector = np.zeros(64, np.float32)
    vector[list(places)] = 1 / np.sqrt(len(places))
    return vector


def test_the_text_stands_behind_prompt_and_head() -> None:
    assert prompted("passage: ", PassageText("题", "文", ())) == ("passage: 题 文", 11)
    assert prompted("", PassageText("", "文", ())) == ("文", 0)


def test_a_part_is_the_mean_of_the_tokens_that_touch_it() -> None:
    read = windows(tokens(before=2, text=5), longest=64)
    passage = PassageText("", "一二三四五", ((0, 2), (1, 5), (4, 5), (0, 5)))
    found = pooled(passage, read, [one_hot(window) for window in read], OWN)
    expected = [unit(3, 4), unit(4, 5, 6, 7), unit(7), unit(3, 4, 5, 6, 7)]
    assert np.allclose(found.parts, expected, atol=1e-6)
    assert np.allclose(found.whole, unit(*range(9)), atol=1e-6)
    assert found.parts.dtype == found.whole.dtype == np.float32


def test_whether_the_head_counts_is_decided_in_one_place() -> None:
    read = windows(tokens(before=1, text=2), longest=64)
    states = [one_hot(window) for window in read]
    passage = PassageText("", "一二", ((0, 1),))
    found = pooled(passage, read, states, Pooling(head_in_parts=True, head_in_whole=False))
    assert np.allclose(found.parts, [unit(0, 1, 2, 4)], atol=1e-6)
    assert np.allclose(found.whole, unit(2, 3), atol=1e-6)


def test_a_token_over_two_parts_counts_in_both() -> None:
    given = Tokens(np.arange(10, 14), np.array([(0, 0), (0, 2), (2, 3), (0, 0)], np.int32), np.array([1, 0, 0, 1], np.bool_), 0)  # fmt: skip
    read = windows(given, longest=64)
    found = pooled(PassageText("", "一二三", ((0, 1), (1, 3))), read, [one_hot(each) for each in read], OWN)
    assert np.allclose(found.parts, [unit(1), unit(1, 2)], atol=1e-6)


def test_a_part_without_a_token_has_the_vector_of_the_whole() -> None:
    given = Tokens(np.arange(10, 13), np.array([(0, 0), (1, 2), (0, 0)], np.int32), np.array([1, 0, 1], np.bool_), 0)  # fmt: skip
    read = windows(given, longest=64)
    for pooling in (OWN, Pooling(head_in_parts=True, head_in_whole=False)):
        found = pooled(PassageText("", " 一 ", ((0, 1), (2, 3), (1, 2))), read, [one_hot(each) for each in read], pooling)  # fmt: skip
        assert np.array_equal(found.parts[:2], [found.whole, found.whole])
        assert not np.array_equal(found.parts[2], found.whole)


@pytest.mark.parametrize("text", ["", "一"])
def test_a_passage_without_parts_or_text_has_a_vector(text: str) -> None:
    read = windows(tokens(before=0, text=len(text)), longest=64)
    found = pooled(PassageText("", text, ()), read, [one_hot(window) for window in read], OWN)
    assert found.parts.shape == (0, 64)
    assert np.linalg.norm(found.whole) == pytest.approx(1)


@given(before=st.integers(0, 30), text=st.integers(0, 60), longest=st.integers(8, 40))
def test_windows_fit_hold_every_token_of_the_text_once_and_begin_and_end_alike(
    before: int, text: int, longest: int
) -> None:
    whole = tokens(before, text)
    read = windows(whole, longest)
    assert all(0 < len(window.ids) <= longest for window in read)
    own = np.concatenate([window.ids[window.own] for window in read])
    assert own.tolist() == whole.ids[whole.own].tolist()
    places = np.concatenate([window.offsets[window.own] for window in read])
    assert places.tolist() == [[i, i + 1] for i in range(text)]
    ends = {(tuple(window.ids[~window.own])) for window in read}
    assert len(ends) == 1
    (around,) = ends
    assert around[0] == 10 and (around[-1] == whole.ids[-1] or not text)
    if len(whole.ids) <= longest:
        assert len(read) == 1 and read[0].ids.tolist() == whole.ids.tolist()


def test_every_part_of_a_long_text_has_states_of_its_own() -> None:
    read = windows(tokens(before=3, text=40), longest=16)
    assert len(read) == 4
    parts = tuple((i, i + 1) for i in range(40))
    found = pooled(PassageText("", "字" * 40, parts), read, [one_hot(window) for window in read], OWN)
    assert np.allclose(found.parts, [unit(4 + i) for i in range(40)], atol=1e-6)
