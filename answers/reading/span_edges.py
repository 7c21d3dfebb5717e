"""Where a quotation may begin and end: not on a mark or a 的, not inside quotation marks, at clauses where these are asked."""

from __future__ import annotations

import re

from indexer.text.sentences import clauses, without_end_mark
from indexer.text.span import Span, touched

_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("『", "』"), ("「", "」"))
# Tokens are whole words at times: one that ends a name may hold the 的 after it. 目的 and 标的 end with it.
_PARTICLE = re.compile(r"(?<=[^目标靶])的$")


def trimmed(text: str, span: Span) -> Span:
    """The span without the punctuation or the 的 that closes it, unless it is nothing else."""
    found = without_end_mark(text, span)
    if _PARTICLE.search(found.of(text)):
        found = without_end_mark(text, Span(found.start, found.end - 1))
    return found if len(found) else span


def unbroken(text: str, sentence: Span, span: Span) -> Span:
    """The span, trimmed, with the whole of a name in quotation marks or brackets that it cuts in two."""
    found = trimmed(text, span)
    for opening, closing in _PAIRS:
        words = found.of(text)
        if words.count(opening) > words.count(closing):
            end = text.find(closing, found.end, sentence.end)
            found = Span(found.start, end + 1) if end >= 0 else found
        elif words.count(closing) > words.count(opening):
            start = text.rfind(opening, sentence.start, found.start)
            found = Span(start, found.end) if start >= 0 else found
    return found


def whole_clauses(text: str, sentence: Span, span: Span) -> Span:
    """The clauses of the sentence that the span touches, whole."""
    return without_end_mark(text, touched(clauses(text, sentence), span) or sentence)
