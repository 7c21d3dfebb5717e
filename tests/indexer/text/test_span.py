"""Which pieces of a text a span touches."""

from __future__ import annotations

import pytest

from indexer.text.span import Span, touched

PIECES = (Span(0, 4), Span(4, 9), Span(10, 15))


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(1, 3), Span(0, 4)),
        (Span(4, 5), Span(4, 9)),  # half-open: what ends where the span begins is not touched
        (Span(3, 5), Span(0, 9)),
        (Span(2, 11), Span(0, 15)),
        (Span(9, 10), None),  # between two pieces
        (Span(20, 30), None),
        (Span(5, 5), Span(4, 9)),
    ],
)
def test_from_the_first_to_the_last_piece_that_is_touched(span: Span, expected: Span | None) -> None:
    assert touched(PIECES, span) == expected
    assert touched((), span) is None
