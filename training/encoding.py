"""Windows as token ids, with the tokens of the answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

from indexer.text.span import Span
from training.windows import Window

LONGEST = 384  # tokens; a passage of 350 characters with its headings has about 260
SEPARATOR = "\n"  # between head and text; both sides of the border count characters with it


@dataclass(frozen=True, slots=True)
class Example:
    """A window, encoded: `start`, `end` are the tokens of the best answer, 0 where there is none.

    `inside` holds 1 for tokens of any answer, 0 for other tokens of the text, -1 for what is not text.
    """

    ids: tuple[int, ...]
    start: int
    end: int
    inside: tuple[int, ...]


def encode_windows(tokenizer: Tokenizer, windows: Sequence[Window], batch: int = 512) -> Iterable[Example]:
    """Encode windows; one whose answer was cut off at `LONGEST` is dropped."""
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    for first in range(0, len(windows), batch):
        part = windows[first : first + batch]
        pairs = [(window.question, window.head + SEPARATOR + window.text) for window in part]
        for window, encoding in zip(part, tokenizer.encode_batch(pairs), strict=True):
            example = _example(window, encoding)
            if example is not None:
                yield example


def _example(window: Window, encoding: Encoding) -> Example | None:
    shift = len(window.head) + len(SEPARATOR)
    in_text = [
        sequence == 1 and end > shift and end > start
        for sequence, (start, end) in zip(encoding.sequence_ids, encoding.offsets, strict=True)
    ]
    inside = [
        int(any(start - shift < span.end and end - shift > span.start for span in window.answers))
        if text
        else -1
        for text, (start, end) in zip(in_text, encoding.offsets, strict=True)
    ]
    if window.best is None:
        return Example(tuple(encoding.ids), 0, 0, tuple(inside))
    tokens = _tokens(encoding, in_text, shift, window.best)
    if not tokens:
        return None
    return Example(tuple(encoding.ids), tokens[0], tokens[-1], tuple(inside))


def _tokens(encoding: Encoding, in_text: Sequence[bool], shift: int, answer: Span) -> list[int]:
    """Every token of the text that overlaps the answer."""
    return [
        i
        for i, (start, end) in enumerate(encoding.offsets)
        if in_text[i] and start - shift < answer.end and end - shift > answer.start
    ]
