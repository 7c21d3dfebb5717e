from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.reading.decoding import best_span, grown, span_score, spread
from embeddings.cross_encoder import TokenScores
from indexer.text.span import Span


def reading(start: list[float], end: list[float]) -> TokenScores:
    """Tokens of two characters each."""
    places = np.arange(len(start), dtype=np.int32)
    return TokenScores(
        0.0,
        0.0,
        np.stack([places * 2, places * 2 + 2], axis=1),
        np.array(start, np.float32),
        np.array(end, np.float32),
        np.zeros(len(start), np.float32),
    )


def test_the_best_span_never_ends_before_it_begins() -> None:
    found = best_span(reading([0, 0, 9, 0], [9, 0, 1, 0]))
    assert found is not None
    assert (found.span, found.score) == (Span(4, 6), 10)


def test_a_span_is_not_longer_than_allowed() -> None:
    logits = reading([5, 0, 0, 0], [0, 0, 0, 5])
    assert best_span(logits, longest=4) is not None
    assert best_span(logits, longest=4).span == Span(0, 8)  # type: ignore[union-attr]
    assert len(best_span(logits, longest=3).span) <= 6  # type: ignore[union-attr]


def test_what_lies_between_first_and_last_must_belong_to_the_answer() -> None:
    # Alone, start and end would take both names and what stands between them.
    logits = reading([5, 0, 0, 4.5, 0], [0, 4.5, 0, 0, 5])
    assert best_span(logits).span == Span(0, 10)  # type: ignore[union-attr]
    marked = replace(logits, inside=np.array([3, 3, -6, 1, 1], np.float32))
    found = best_span(marked)
    assert found is not None
    assert (found.span, found.score) == (Span(0, 4), 9.5)  # the score is that of its ends


def test_only_whole_tokens_inside_count() -> None:
    logits = reading([1, 9, 1], [1, 9, 1])
    assert best_span(logits, Span(0, 3)).span == Span(0, 2)  # type: ignore[union-attr]
    assert best_span(logits, Span(2, 3)) is None


def test_the_score_of_a_span_is_that_of_its_outer_tokens() -> None:
    logits = reading([1, 2, 3], [10, 20, 30])
    assert span_score(logits, Span(1, 3)) == 1 + 20
    assert span_score(logits, Span(6, 9)) is None


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=12), st.integers(1, 6))
def test_no_allowed_span_scores_higher(logits: list[tuple[float, float]], longest: int) -> None:
    found = reading([s for s, _ in logits], [e for _, e in logits])
    best = best_span(found, longest=longest)
    assert best is not None
    every = [
        float(found.start[i] + found.end[j])
        for i in range(len(logits))
        for j in range(i, min(len(logits), i + longest))
    ]
    assert best.score == pytest.approx(max(every))


def test_a_list_grows_over_what_belongs_to_it() -> None:
    tokens = replace(reading([0] * 8, [0] * 8), inside=np.array([5, -5, 1, 2, 3, 0, -5, 5], np.float32))
    anywhere = Span(0, 16)
    assert grown(tokens, Span(6, 8), anywhere, -1) == Span(4, 12)
    assert grown(tokens, Span(6, 8), anywhere, 1.5) == Span(6, 10)
    assert grown(tokens, Span(6, 8), Span(6, 10), -1) == Span(6, 10)  # not beyond the sentence
    assert grown(tokens, Span(6, 7), anywhere, -1) == Span(6, 7)  # less than a token


def test_an_answer_spreads_over_whole_clauses_that_belong_to_it_the_surest_first() -> None:
    inside = np.array([1, 1, -5, -5, 5, 5, 2, 2, 3, 3, -9, -9], np.float32)
    tokens = replace(reading([0] * 12, [0] * 12), inside=inside)
    pieces = [Span(n, n + 4) for n in range(0, 24, 4)]
    assert spread(tokens, Span(8, 12), pieces, -3, 100) == Span(8, 20)  # not over the gaps at either side
    assert spread(tokens, Span(8, 12), pieces, -6, 100) == Span(0, 20)
    assert spread(tokens, Span(8, 12), pieces, -3, 8) == Span(8, 16)
    assert spread(tokens, Span(10, 12), pieces, 4, 100) == Span(10, 12)  # its own ends stay where they are
    assert spread(tokens, Span(30, 32), pieces, -3, 100) == Span(30, 32)  # beyond what was read
