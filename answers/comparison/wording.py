"""What the reports of several years say of a topic, which phrases are new (新提法) and which are gone (不再提及).

Absence is easily claimed wrongly. A phrase is called new only if it stands, letter for letter but for blanks
and punctuation, in one year's sentence about the topic and nowhere in the whole report of the year before;
gone is the mirror of it. That says something about words, nothing about policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.comparison.questions.topic import strip_scope
from answers.comparison.terms import Terms, terms_among
from answers.place import Place
from answers.quantities.figures import tally
from answers.understanding.question import understand
from indexer.index import ReportIndex
from indexer.report.records import UnitKind
from indexer.report.report import Report
from indexer.text.span import Span

_MOST = 12  # phrases shown of a year
_QUOTED = re.compile(r"[“『]([^”』\n]{2,20})[”』]")
_CLAUSE = re.compile(r"[^，,；;。！？：:、\s（）()“”『』]+")
_SHORTEST, _LONGEST = 4, 24  # characters of a plain phrase
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that proves a claim: `text` is `document.text[span]`, inside `sentence`."""

    text: str
    span: Span
    sentence: Span
    passage: Span
    section: int
    place: Place


@dataclass(frozen=True, slots=True)
class YearWording:
    """What one report says of the topic.

    Attributes:
        year: the report's.
        before: the name of the report it was compared with; empty for the first.
        sentences: those about the topic; empty where the report does not name it.
        new: phrases that the report before does not have anywhere.
        gone: phrases of the report before that this one does not have anywhere; they stand in `before`.
        same: whether the sentences are those of the report before, letter for letter, figures and all.
    """

    document: str
    year: int
    before: str
    sentences: tuple[Evidence, ...]
    new: tuple[Evidence, ...]
    gone: tuple[Evidence, ...]
    same: bool = False


def wording_over_years(text: str, documents: Sequence[str], index: ReportIndex) -> tuple[YearWording, ...]:
    """How the reports, of one region and each of another year, speak of the topic of `text`, oldest first.

    Raises:
        QuestionError: the topic is empty, too long or no words.
        IndexFault: a report is not in the index.
    """
    topic = strip_scope(understand(text))
    reports = sorted((index.report(name) for name in documents), key=lambda p: _year(p))
    passages = [p.span.of(r.simplified) for r in reports for p in r.passages]
    terms = terms_among(topic, passages)
    found = [mentions(report, terms) if terms.terms else () for report in reports]
    result: list[YearWording] = []
    for number, report in enumerate(reports):
        earlier = reports[number - 1] if number else None
        result.append(
            YearWording(
                document=report.name,
                year=_year(report),
                before=earlier.name if earlier else "",
                sentences=tuple(evidence_of(report, m.sentence, m) for m in found[number]),
                new=_only_in(report, found[number], earlier, terms) if earlier else (),
                gone=_only_in(earlier, found[number - 1], report, terms) if earlier else (),
                same=earlier is not None
                and _said(report, found[number]) == _said(earlier, found[number - 1]),
            )
        )
    return tuple(result)


def mentions(report: Report, terms: Terms, share: float = 0.6) -> tuple[Mention, ...]:
    """The sentences that hold at least `share` of the topic's words, in order of place."""
    text = report.simplified
    found = []
    for unit in report.units:
        if unit.kind is UnitKind.SENTENCE and terms.coverage(unit.span.of(text)) >= share:
            passage = report.passages[unit.passage]
            found.append(Mention(unit.span, passage.span, passage.section))
    return tuple(sorted(set(found), key=lambda mention: mention.sentence))


def phrases(text: str, mention: Mention, terms: Terms) -> Iterator[Phrase]:
    """The phrases of a mention; `text` is the report's, in Simplified characters.

    Of a sentence that goes through many matters only what stands near the topic's words is about it.
    Phrases with figures change every year and are none.
    """
    near = list(_near(text, mention.sentence, terms))
    for pattern, group in ((_QUOTED, 1), (_CLAUSE, 0)):
        for part in near:
            for match in pattern.finditer(text, part.start, part.end):
                phrase = match[group]
                if (pattern is _QUOTED or _is_whole(phrase)) and not _has_figure(phrase):
                    yield Phrase(phrase, Span(*match.span(group)), mention)


def _has_figure(phrase: str) -> bool:
    return re.search(r"\d", phrase) is not None or bool(tally(phrase, Span(0, len(phrase))))


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
    """The form in which phrases are looked for: without blanks and punctuation, lower case."""
    return re.sub(r"[^\w%‰]", "", text).casefold()


def _said(report: Report, about: Sequence[Mention]) -> set[str]:
    return {folded(mention.sentence.of(report.simplified)) for mention in about}


def _year(report: Report) -> int:
    return report.year or 0


def _only_in(report: Report, about: Sequence[Mention], other: Report, terms: Terms) -> tuple[Evidence, ...]:
    """The phrases of `about` that stand nowhere in `other`, quoted ones first, none inside another."""
    text = report.simplified
    elsewhere = folded(other.simplified)
    kept: list[Phrase] = []
    for mention in about:
        for phrase in phrases(text, mention, terms):
            words = folded(phrase.text)
            known = any(words in folded(other_phrase.text) for other_phrase in kept)
            if words and not known and words not in elsewhere:
                kept.append(phrase)
    return tuple(evidence_of(report, phrase.span, phrase.mention) for phrase in kept[:_MOST])


def evidence_of(report: Report, span: Span, mention: Mention) -> Evidence:
    """A stretch of a mention's sentence as a quotation with its place."""
    return Evidence(
        text=span.of(report.text),
        span=span,
        sentence=mention.sentence,
        passage=mention.passage,
        section=mention.section,
        place=Place.of(report, mention.section, span),
    )
