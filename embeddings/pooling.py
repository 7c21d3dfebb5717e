"""Late chunking: a passage goes through the model once, and each part is the mean of its tokens' states.

Every part so knows the words around it, and a passage costs one pass instead of one a part (Günther et al.
2024, «Late Chunking», arXiv 2409.04701). A text that is longer than the model reads goes through it in
windows, each with the head before it, so that no part is without states of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import PassageText, PassageVectors, Vectors

_SEPARATOR = " "  # between head and text


@dataclass(frozen=True, slots=True)
class Pooling:
    """Which tokens count besides a text's own: those of the prompt and the head, and the special ones.

    Attributes:
        head_in_parts: they count in the vector of every part.
        head_in_whole: they count in the vector of the whole.
    """

    head_in_parts: bool
    head_in_whole: bool


POOLING = Pooling(head_in_parts=False, head_in_whole=True)
ALL_TOKENS = Pooling(head_in_parts=True, head_in_whole=True)  # as models are trained


@dataclass(frozen=True, slots=True)
class Tokens:
    """A tokenised passage with its prompt, special tokens included.

    Attributes:
        ids: int64 of shape (tokens,).
        offsets: int32 of shape (tokens, 2), half-open, characters of what was tokenised.
        special: bool of shape (tokens,), the special tokens at both ends.
        before: how many characters of prompt, head and separator stand before the text.
    """

    ids: NDArray[np.int64]
    offsets: NDArray[np.int32]
    special: NDArray[np.bool_]
    before: int

    @property
    def own(self) -> NDArray[np.bool_]:
        """Which tokens belong to the text itself; bool of shape (tokens,)."""
        own: NDArray[np.bool_] = ~self.special & (self.offsets[:, 1] > self.before)
        return own


@dataclass(frozen=True, slots=True)
class Window:
    """Some tokens of a passage that the model reads at once.

    Attributes:
        ids: int64 of shape (tokens,).
        offsets: int32 of shape (tokens, 2), characters of the text; meaningless where not `own`.
        own: bool of shape (tokens,), those of the text itself.
    """

    ids: NDArray[np.int64]
    offsets: NDArray[np.int32]
    own: NDArray[np.bool_]


def prompted(prompt: str, passage: PassageText) -> tuple[str, int]:
    """What is tokenised for a passage, and how many of its characters stand before the passage's text."""
    head = passage.head + _SEPARATOR if passage.head else ""
    return prompt + head + passage.text, len(prompt) + len(head)


def windows(tokens: Tokens, longest: int) -> list[Window]:
    """One window, or several of like length with the same tokens at both ends where `longest` is passed.

    A head that would fill more than half of one of several is cut to that.
    """
    place = np.arange(len(tokens.ids))
    own = tokens.own
    if len(place) <= longest:
        return [_window(tokens, place, own)]
    text = np.flatnonzero(own)
    first = int(text[0]) if len(text) else len(place)
    head, tail = place[~own & (place < first)][: longest // 2], place[~own & (place >= first)]
    tail = tail[: longest // 2 - 1]
    room = longest - len(head) - len(tail)
    count = max(1, -(-len(text) // room))
    return [
        _window(tokens, np.concatenate([head, piece, tail]), own) for piece in np.array_split(text, count)
    ]


def _window(tokens: Tokens, chosen: NDArray[np.intp], own: NDArray[np.bool_]) -> Window:
    return Window(tokens.ids[chosen], np.maximum(tokens.offsets[chosen] - tokens.before, 0), own[chosen])


def pooled(
    passage: PassageText, read: Sequence[Window], states: Sequence[Vectors], pooling: Pooling = POOLING
) -> PassageVectors:
    """The vectors of a passage from the states of its windows, each float32 of shape (tokens, dimension).

    A part without a token of its own, like a blank, has the vector of the whole.
    """
    own = np.concatenate([window.own for window in read])
    joined = np.concatenate(states)
    offsets = np.concatenate([window.offsets for window in read])[own]
    text = joined[own]
    counted = joined if pooling.head_in_whole or not len(text) else text
    whole = _unit(counted.sum(axis=0)[None])[0]
    if not passage.parts:
        return PassageVectors(whole, np.zeros((0, joined.shape[1]), np.float32))
    # Sums of the states before each token: tokens stand in the order of their characters, so that those
    # of a part are a range, and its sum is a difference.
    sums = np.concatenate([np.zeros((1, joined.shape[1])), text.cumsum(axis=0, dtype=np.float64)])
    parts = np.asarray(passage.parts, np.int64)
    first = np.searchsorted(offsets[:, 1], parts[:, 0], side="right")
    after = np.maximum(np.searchsorted(offsets[:, 0], parts[:, 1], side="left"), first)
    found = sums[after] - sums[first]
    if pooling.head_in_parts:
        found = found + joined[~own].sum(axis=0)
    vectors = _unit(found)
    vectors[after == first] = whole
    return PassageVectors(whole, vectors)


def _unit(vectors: NDArray[np.floating]) -> Vectors:
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return np.ascontiguousarray(vectors / lengths, dtype=np.float32)
