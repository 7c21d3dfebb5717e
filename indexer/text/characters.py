"""The characters of a text: normalised once, before any offset exists, and made Simplified to compare."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.text.broken_lines import mend_lines

if TYPE_CHECKING:
    from opencc import OpenCC

# Characters that nobody sees and that carry no text. They would hide words from the search, 新\u00ad建 for 新建, and
# those that change the direction would show a quotation in another order than it is stored: controls, all that
# Unicode calls Default_Ignorable_Code_Point (soft hyphen, zero-width and bidi marks, fillers, variation selectors,
# tags), marks of annotations and of layout, lone surrogates and what is no character.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LONGEST_RUN = 30
_SIGNS = re.compile(rf"[^\w\s]{{{_LONGEST_RUN},}}+")  # combining marks are no letters
_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def normalise(text: str) -> str:
    """The text that is stored, shown and quoted.

    Line breaks become `\\n`, every kind of blank one space, invisible characters go, composed
    characters are used (Unicode NFC), and lines broken inside a sentence are joined. Words, figures
    and punctuation stay as they were printed.
    """
    return mend_lines(without_signs(text))


def without_signs(text: str) -> str:
    """The first half of `normalise`, which looks at one character at a time."""
    text = _BLANK.sub(" ", visible(text))
    return "".join(unicodedata.normalize("NFC", piece) for piece in _bounded_marks(text))


def visible(text: str) -> str:
    """The text with `\\n` for every line break and without invisible characters; its blanks are as they were."""
    return _INVISIBLE.sub("", _BREAK.sub("\n", text))


def _bounded_marks(text: str) -> Iterator[str]:
    """The text, cut inside runs of more than 30 combining marks: Unicode calls a text without such runs stream-safe.

    They are sorted when the text is normalised, which takes the square of a run's length.
    """
    start = 0
    for signs in _SIGNS.finditer(text):
        run = 0
        for place in range(*signs.span()):
            run = run + 1 if unicodedata.combining(text[place]) else 0
            if run > _LONGEST_RUN:
                yield text[start:place]
                start, run = place, 1
    yield text[start:]


def simplified(text: str) -> str:
    """`text` in Simplified characters, one for one, so that both forms are found and offsets stay.

    Raises:
        ValueError: OpenCC changed the length, so that spans would no longer fit.
    """
    converted = str(_converter().convert(text))
    if len(converted) != len(text):
        raise ValueError(f"Simplified text has {len(converted)} characters, not {len(text)}")
    return converted


def typed(text: str) -> str:
    """What somebody typed, to be searched for: as texts are kept, in Simplified characters."""
    return simplified(without_signs(text))


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    # t2s maps characters and phrases of equal length; tw2sp would replace words by others.
    return OpenCC("t2s")
