"""Phrases of a report that say what it does about a topic: words in quotation marks and short plain clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers.comparison.terms import Terms
from indexer.report.records import UnitKind
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.span import Span

_QUOTED = re.compile(r"[“『]([^”』\n]{2,20})[”』]")
_CLAUSE = re.compile(r"[^，,；;。！？：:、\s（）()“”『』]+")
_SHORTEST, _LONGEST = 4, 24  # characters of a plain phrase
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百]+[个项件条类批大]")
_PART = re.compile(r"[^，,；;。！？\n]+")
_ITEM = re.compile(r"[^、]+")
_ABOUT = 0.5  # share of the topic's words that makes a part of a sentence be about it
_NEAR = 1  # parts beside it that belong to it
# A phrase that begins or ends so was cut out of its sentence.
_CUT_START = re.compile(r"^(?:和|与|及|以及|等|的|了|并|也|更|就|要|是|对|在|以|为|使|让|把|将|我们)")
_CUT_END = re.compile(r"(?:和|与|及|的|了|等|在|对|为|以|把|将)$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence about the topic."""

    sentence: Span
    passage: Span
    section: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase and the mention that holds it first; `span` is where it stands."""

    text: str
    span: Span
    mention: Mention


def mentions(report: Report, terms: Terms, share: float = 0.6) -> tuple[Mention, ...]:
    """The sentences that hold at least `share` of the topic's words, in order of place."""
    text = report.text
    found = []
    for unit in report.units:
        if unit.kind is UnitKind.SENTENCE and terms.coverage(unit.span.of(text)) >= share:
            passage = report.passages[unit.passage]
            found.append(Mention(unit.span, passage.span, passage.section))
    return tuple(sorted(set(found), key=lambda mention: mention.sentence))


def phrases(text: str, mention: Mention, terms: Terms) -> Iterator[Phrase]:
    """The phrases of a mention; `text` is the report's.

    Of a sentence that goes through many matters only what stands near the topic's words is about it.
    Phrases with figures change every year and are none.
    """
    near = list(_near(text, mention.sentence, terms))
    for pattern, group in ((_QUOTED, 1), (_CLAUSE, 0)):
        for part in near:
            for match in pattern.finditer(text, part.start, part.end):
                phrase = match[group]
                if (pattern is _QUOTED or _is_whole(phrase)) and not _FIGURE.search(phrase):
                    yield Phrase(phrase, Span(*match.span(group)), mention)


def _near(text: str, sentence: Span, terms: Terms) -> Iterator[Span]:
    """The parts of a sentence that are about the topic, and their neighbours.

    Where the topic is one of a list (量子信息、核电技术、人工智能等), neither the rest of the list nor what
    stands beside it is about it.
    """
    parts = [Span(*m.span()) for m in _PART.finditer(text, sentence.start, sentence.end)]
    about = [n for n, part in enumerate(parts) if terms.coverage(part.of(text)) >= _ABOUT]
    lists = {n for n, part in enumerate(parts) if "、" in part.of(text)}
    whole = [n for n in about if n not in lists]
    for n, part in enumerate(parts):
        if n in lists:
            items = (Span(*m.span()) for m in _ITEM.finditer(text, part.start, part.end))
            yield from (item for item in items if terms.coverage(item.of(text)) >= _ABOUT)
        elif any(abs(n - other) <= _NEAR for other in whole):
            yield part


def _is_whole(phrase: str) -> bool:
    if not _SHORTEST <= len(phrase) <= _LONGEST:
        return False
    return not (_CUT_START.search(phrase) or _CUT_END.search(phrase))


def folded(text: str) -> str:
    """The form in which phrases are looked for: Simplified, without blanks and punctuation, lower case."""
    return re.sub(r"[^\w%‰]", "", simplified(text)).casefold()
