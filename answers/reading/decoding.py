"""From a reader's logits to spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.cross_encoder import TokenScores
from indexer.text.span import Span

_LONGEST_ANSWER = 60  # tokens
# What the third head says of the tokens between counts for a span beside its first and its last token; measured
# (docs/reader.md). Its logits are divided by the square root of their number, as evidence of many is weighed
# (Stouffer et al. 1949); one token alone says no more than `_SURE`.
_INSIDE = 0.4
_SURE = 6.0  # a logit


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """A span of the text that was read, and the logits of its first and last token together.

    How well its tokens belong to the answer has chosen it, and is not in the score.
    """

    span: Span
    score: float


def best_span(
    reading: TokenScores, within: Span | None = None, longest: int = _LONGEST_ANSWER
) -> ScoredSpan | None:
    """The best span of at most `longest` tokens inside `within` (else anywhere); None where no token is."""
    tokens = np.arange(len(reading.offsets))
    if within is not None:
        inside = (reading.offsets[:, 0] >= within.start) & (reading.offsets[:, 1] <= within.end)
        tokens = tokens[inside]
    if not len(tokens):
        return None
    first, last = int(tokens[0]), int(tokens[-1]) + 1
    scores = reading.start[first:last, None] + reading.end[None, first:last]
    chosen = _possible(scores + _INSIDE * _belonging(reading.inside[first:last]), longest)
    start, end = np.unravel_index(int(chosen.argmax()), chosen.shape)
    span = Span(int(reading.offsets[first + start, 0]), int(reading.offsets[first + end, 1]))
    return ScoredSpan(span, float(scores[start, end]))


def _possible(scores: NDArray[np.float32], longest: int) -> NDArray[np.float32]:
    """The scores, of shape (tokens, tokens), of spans that end where they begin or after, and not too far after."""
    forward = np.triu(np.ones_like(scores)) * np.tril(np.ones_like(scores), longest - 1) > 0
    return np.where(forward, scores, -np.inf)


def _belonging(inside: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each span, by its first and last token, how well its tokens belong to the answer."""
    sums = np.concatenate([[0.0], np.cumsum(np.clip(inside, -_SURE, _SURE))]).astype(np.float32)
    tokens = np.arange(len(inside), dtype=np.float32)
    lengths = np.maximum(tokens[None, :] - tokens[:, None] + 1, 1)
    return np.asarray((sums[None, 1:] - sums[:-1, None]) / np.sqrt(lengths), np.float32)


def span_score(reading: TokenScores, span: Span) -> float | None:
    """The logits of the first and the last token that `span` touches; None where it touches none."""
    touched = np.flatnonzero((reading.offsets[:, 0] < span.end) & (reading.offsets[:, 1] > span.start))
    if not len(touched):
        return None
    return float(reading.start[touched[0]] + reading.end[touched[-1]])


def grown(reading: TokenScores, span: Span, within: Span, least: float) -> Span:
    """The span and what stands beside it that belongs to the answer too: the other items of a list.

    Tokens whose `inside` logit is above `least` belong, as long as they stand without a gap inside `within`.
    """
    held = np.flatnonzero((reading.offsets[:, 0] >= span.start) & (reading.offsets[:, 1] <= span.end))
    if not len(held):
        return span
    belongs = (reading.inside > least) & (reading.offsets[:, 0] >= within.start)
    belongs &= reading.offsets[:, 1] <= within.end
    first, last = int(held[0]), int(held[-1])
    while first > 0 and belongs[first - 1]:
        first -= 1
    while last + 1 < len(belongs) and belongs[last + 1]:
        last += 1
    return Span(int(reading.offsets[first, 0]), int(reading.offsets[last, 1]))


def spread(reading: TokenScores, span: Span, pieces: Sequence[Span], least: float, longest: int) -> Span:
    """The span and the whole clauses or sentences beside it that belong to the answer too, the surest first.

    A piece belongs as much as the mean of its tokens' `inside` logits. `pieces` follow one another; those beside the
    span are taken while that is above `least` and all together are not longer than `longest` characters.
    """
    sure = [_mean_inside(reading, piece) for piece in pieces]
    touched = [n for n, piece in enumerate(pieces) if piece.start < span.end and piece.end > span.start]
    if not touched:
        return span
    first, last, found = touched[0], touched[-1], span
    while True:
        before = sure[first - 1] if first > 0 else -np.inf
        after = sure[last + 1] if last + 1 < len(pieces) else -np.inf
        if max(before, after) <= least:
            return found
        if after >= before:
            last += 1
            wider = Span(found.start, pieces[last].end)
        else:
            first -= 1
            wider = Span(pieces[first].start, found.end)
        if len(wider) > longest:
            return found
        found = wider


def _mean_inside(reading: TokenScores, piece: Span) -> float:
    first, last = (
        np.searchsorted(reading.offsets[:, 1], piece.start, "right"),
        np.searchsorted(reading.offsets[:, 0], piece.end, "left"),
    )
    return float(reading.inside[first:last].mean()) if last > first else -np.inf
