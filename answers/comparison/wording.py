"""What the reports of several years say of a topic, which phrases are new (新提法) and which are gone (不再提及).

Absence is easily claimed wrongly. A phrase is called new only if it stands, letter for letter but for blanks
and punctuation, in one year's sentence about the topic and nowhere in the whole report of the year before;
gone is the mirror of it. That says something about words, nothing about policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.comparison.phrases import Mention, Phrase, folded, mentions, phrases
from answers.comparison.questions.topic import strip_scope
from answers.comparison.terms import Terms, topic_terms
from answers.place import Place
from answers.understanding.question import understand
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.span import Span

_MOST = 12  # phrases shown of a year


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
    """

    document: str
    year: int
    before: str
    sentences: tuple[Evidence, ...]
    new: tuple[Evidence, ...]
    gone: tuple[Evidence, ...]


def wording_over_years(text: str, documents: Sequence[str], index: ReportIndex) -> tuple[YearWording, ...]:
    """How the reports, of one region and each of another year, speak of the topic of `text`, oldest first.

    Raises:
        QuestionError: the topic is empty, too long or no words.
        IndexFault: a report is not in the index.
    """
    topic = strip_scope(understand(text).query)
    reports = sorted((index.report(name) for name in documents), key=lambda p: _year(p))
    passages = [p.span.of(r.text) for r in reports for p in r.passages]
    terms = topic_terms(topic, passages)
    found = [mentions(report, terms) if terms.terms else () for report in reports]
    result: list[YearWording] = []
    for number, report in enumerate(reports):
        earlier = reports[number - 1] if number else None
        result.append(
            YearWording(
                document=report.name,
                year=_year(report),
                before=earlier.name if earlier else "",
                sentences=tuple(_evidence(report, m.sentence, m) for m in found[number]),
                new=_only_in(report, found[number], earlier, terms) if earlier else (),
                gone=_only_in(earlier, found[number - 1], report, terms) if earlier else (),
            )
        )
    return tuple(result)


def _year(report: Report) -> int:
    return report.year or 0


def _only_in(report: Report, about: Sequence[Mention], other: Report, terms: Terms) -> tuple[Evidence, ...]:
    """The phrases of `about` that stand nowhere in `other`, quoted ones first, none inside another."""
    text = report.text
    elsewhere = folded(other.text)
    kept: list[Phrase] = []
    for mention in about:
        for phrase in phrases(text, mention, terms):
            words = folded(phrase.text)
            known = any(words in folded(other_phrase.text) for other_phrase in kept)
            if words and not known and words not in elsewhere:
                kept.append(phrase)
    return tuple(_evidence(report, phrase.span, phrase.mention) for phrase in kept[:_MOST])


def _evidence(report: Report, span: Span, mention: Mention) -> Evidence:
    return Evidence(
        text=span.of(report.text),
        span=span,
        sentence=mention.sentence,
        passage=mention.passage,
        section=mention.section,
        place=Place.of(report, mention.section, span),
    )
