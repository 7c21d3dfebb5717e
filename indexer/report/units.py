"""Split passages into units: the passage, its sentences, and the clauses of the long ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.report.records import Passage, Section, SectionKind, Unit, UnitKind
from indexer.text.sentences import clauses, sentences, without_end_mark
from indexer.text.span import Span

_LONG_SENTENCE = 20
_SHORTEST_CLAUSE = 4
_WORD = re.compile(r"\S")


def units_of(text: str, section: Section, passage: Passage) -> Iterator[Unit]:
    """The passage as a whole first, then its sentences, each followed by its clauses; none where nothing is said.

    A numbered heading is no statement and gets no vector; a topic heading is a sentence like others.
    """
    # A topic heading is a sentence that says something; a numbered one only orders.
    heading_end = section.span.start if section.kind is SectionKind.TOPIC else section.heading.end
    body_start = max(passage.span.start, min(heading_end, passage.span.end))
    if body_start > passage.span.start and not _WORD.search(text, section.heading.end, section.span.end):
        # Nothing stands under the heading: it is itself what the report says («3.新建公园10个。»).
        body_start = passage.span.start
    body = Span(body_start, passage.span.end)
    found = [s for s in sentences(text, body) if _says_something(text, s)]
    if not found:
        return
    yield Unit(passage.number, UnitKind.PASSAGE, passage.span)
    for sentence in found:
        yield Unit(passage.number, UnitKind.SENTENCE, sentence)
        parts = clauses(text, sentence)
        if len(sentence) > _LONG_SENTENCE and len(parts) > 1:
            for clause in parts:
                if len(clause) >= _SHORTEST_CLAUSE:
                    yield Unit(passage.number, UnitKind.CLAUSE, clause)


def _says_something(text: str, sentence: Span) -> bool:
    """Not a stray sign, nor a newspaper's note in brackets: 【上接第3版】."""
    words = without_end_mark(text, sentence).of(text)
    return len(words) >= _SHORTEST_CLAUSE and not re.fullmatch(r"【[^】]*】|[\W\d_]*", words)
