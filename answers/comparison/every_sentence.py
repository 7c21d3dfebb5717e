"""Every sentence of a report that has the words of a column, for who wants more than the best one that its cell shows."""

from __future__ import annotations

from dataclasses import dataclass

from answers.answer import Answer
from answers.comparison.questions.columns import Column
from answers.comparison.terms import Terms, topic_terms
from answers.comparison.wording import Evidence, Mention, evidence_of, mentions
from answers.understanding.period import agreement
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Matched:
    """A sentence with the words of a column.

    Attributes:
        found: the whole sentence and its place.
        marks: where the words stand in it, in order, apart.
        fits: whether its part of the report may speak of the time that the column is about.
    """

    found: Evidence
    marks: tuple[Span, ...]
    fits: bool


def column_terms(column: Column, index: ReportIndex) -> Terms:
    """The words of what a column asks. One that stands in no report counts too, the most."""
    return topic_terms(
        column.query, lambda piece: max(1, index.lexical.frequency(piece)), index.catalogue.passages
    )


def matching(column: Column, document: str, index: ReportIndex, shown: Answer | None) -> tuple[Matched, ...]:
    """The sentences of a report that have the words of a column, and the one that its cell shows (`shown`).

    In the order of the report, those first that speak of the column's time.

    Raises:
        IndexFault: the report is not in the index.
    """
    report = index.report(document)
    terms = column_terms(column, index)
    found = {mention.sentence: mention for mention in mentions(report, terms)} if terms.terms else {}
    if shown is not None:
        found.setdefault(shown.sentence, Mention(shown.sentence, shown.passage, shown.section))
    matched = [_matched(column, mention, report, terms) for mention in found.values()]
    return tuple(sorted(matched, key=lambda one: (not one.fits, one.found.span)))


def _matched(column: Column, mention: Mention, report: Report, terms: Terms) -> Matched:
    return Matched(
        evidence_of(report, mention.sentence, mention),
        terms.places(report.simplified, mention.sentence),
        agreement(column.period, report.roles[mention.section]) >= 0,
    )
