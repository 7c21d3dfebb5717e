"""Every sentence of a report that has the words of a column, for who wants more than the best one that its cell shows."""

from __future__ import annotations

from dataclasses import dataclass

from answers.answer import Answer
from answers.comparison.questions.columns import Column
from answers.comparison.terms import Terms, spelled_terms
from answers.comparison.wording import Evidence, Mention, evidence_of, mentions
from answers.knowledge.tables import cue
from answers.understanding.period import agreement
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.span import Span

_SIDE = cue("dialog", "side")
# Of 16 topics in 26 reports the thing that is asked for was said to be missing 79 times where it stands, with 0.6 of all pairs;
# 29 times with this much of all characters, mostly where one of two words is missing.
_SHARE = 0.5


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
    """The words of what a column asks, without those for a side of it (低空经济 of 低空经济产值). One that stands in no report
    counts too, the most."""
    query = _SIDE.sub(" ", column.query)
    terms = spelled_terms(query, index.lexical.frequency, index.catalogue.passages)
    return terms if terms.terms else _all_terms(column, index)


def is_named(column: Column, document: str, index: ReportIndex) -> bool:
    """Whether a report has the words of a column; of one that has none (今年的目标是多少) nothing says that it has not."""
    return not column_terms(column, index).terms or bool(named(column, document, index))


def named(column: Column, document: str, index: ReportIndex) -> tuple[Mention, ...]:
    """The sentences of a report that have the words of a column, in the order of the report.

    Raises:
        IndexFault: the report is not in the index.
    """
    terms = column_terms(column, index)
    return mentions(index.report(document), terms, _SHARE) if terms.terms else ()


def _all_terms(column: Column, index: ReportIndex) -> Terms:
    return spelled_terms(column.query, index.lexical.frequency, index.catalogue.passages)


def matching(column: Column, document: str, index: ReportIndex, shown: Answer | None) -> tuple[Matched, ...]:
    """The sentences of a report that have the words of a column, and the one that its cell shows (`shown`).

    In the order of the report, those first that speak of the column's time.

    Raises:
        IndexFault: the report is not in the index.
    """
    report = index.report(document)
    terms = column_terms(column, index)
    found = {mention.sentence: mention for mention in named(column, document, index)}
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
