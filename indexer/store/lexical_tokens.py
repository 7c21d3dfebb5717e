"""What the lexical index counts: characters, pairs of characters, Latin words and figures.

Characters with pairs ranked better than pairs alone or words of a segmenter (docs/measurements.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

_FIRST, _LAST = 0x4E00, 0x9FFF  # Chinese characters
_LATIN = re.compile(r"[a-z]+|\d+(?:\.\d+)?%?")
_BREAK = ord("\n")


def is_one_token(word: str) -> bool:
    """Whether it is a Chinese character or a pair of them, which are tokens as they stand."""
    return 0 < len(word) <= 2 and all(_FIRST <= ord(character) <= _LAST for character in word)


def tokens(text: str) -> list[str]:
    """The tokens of a text that is already in Simplified characters, as often as they stand there."""
    return spaced_tokens([text])[0].split()


def spaced_tokens(texts: Sequence[str]) -> list[str]:
    """The tokens of each text, with blanks between them: every Chinese character, every pair of
    neighbours, every Latin word in lower case and every figure, in no order that means anything.

    All texts at once in arrays, since one character after the other would take most of the time of
    filling an index.
    """
    if not texts:
        return []
    lowered = [text.lower().replace("\n", " ") for text in texts]
    # A lone surrogate is no Chinese character, so that it never reaches the tokens.
    joined = "\n".join(lowered).encode("utf-32-le", "surrogatepass")
    points = np.frombuffer(joined, np.uint32)
    chinese = (points >= _FIRST) & (points <= _LAST)
    following = np.append(points[1:], _BREAK)[: len(points)]
    pairs = chinese & (following >= _FIRST) & (following <= _LAST)
    # Of each character: itself, a blank, the pair that it begins, a blank.
    written = np.full((len(points), 5), ord(" "), np.uint32)
    written[:, 0], written[:, 2], written[:, 3] = points, points, following
    kept = np.repeat(np.column_stack([chinese, pairs]), [2, 3], axis=1)
    kept[:, 0] |= points == _BREAK
    chinese_tokens = written[kept].tobytes().decode("utf-32-le").split("\n")
    return [
        f"{found}{' '.join(_LATIN.findall(text))}"
        for found, text in zip(chinese_tokens, lowered, strict=True)
    ]
