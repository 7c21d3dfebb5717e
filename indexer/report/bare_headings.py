"""Headings without number or word of the genre: short lines on their own, between paragraphs that end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.report.documents import fits
from indexer.report.person_names import is_name
from indexer.text.characters import simplified
from indexer.text.headings import ADDRESS, MARKER, is_part_name

_LONGEST = 30
_LONG = 40  # characters of a paragraph that is no line of a list
_HEAD = 80  # characters of a paragraph before which a document is still at its head
_ENDED = re.compile(r"[。！？；：!?;:…][”’）)》」』]*$")


def bare_headings(words: Sequence[str], begin: int = 0) -> Iterator[int]:
    """The numbers of the paragraphs that are headings by their looks alone; `words` are all paragraphs, in order.

    Each is short, has no mark of a sentence, and stands between a paragraph that ended and a long or a numbered one. Of
    some sixty documents of a country's library four have any, and what was found was headings.
    """
    own = next((n for n in range(begin, len(words)) if _is_body(words[n])), len(words))
    for number in range(own + 1, len(words) - 1):
        line, before, after = words[number], words[number - 1], words[number + 1]
        if not 2 <= len(line) <= _LONGEST or MARKER.match(line) or is_part_name(line) or ADDRESS.match(line):
            continue
        if fits("no_heading", line) or not _ENDED.search(before) or is_name(simplified(line)):
            continue
        if len(after) >= _LONG or MARKER.match(after) or ADDRESS.match(after):
            yield number


def _is_body(line: str) -> bool:
    """Whether a paragraph is none of a document's head."""
    return (
        len(line) > _HEAD
        or ADDRESS.match(line) is not None
        or (len(line) >= _LONG and _ENDED.search(line) is not None)
    )
