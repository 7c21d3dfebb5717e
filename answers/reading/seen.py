"""See of the first answer what the confidence is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from answers.answer import Signals
from answers.quantities.figures import figures
from answers.reading.figure_roles import lists_of, words_of
from answers.reading.filled import filling_of
from answers.reading.other_column import is_of_other_column, row_around
from answers.reading.other_office import Held, held
from answers.reading.other_subject import is_of_other_place, is_of_other_year
from answers.reading.other_years import OtherYears, other_years
from answers.reading.reader import Candidate, ReadPassages, Verdict
from answers.reading.said import Pairs
from answers.reading.told import likely_told
from answers.reading.twins import is_of_twin
from answers.retriever import PassageHit, Retrieval
from answers.understanding.nearness import Nearness, tells_of_its_place
from answers.understanding.question import Understanding
from answers.understanding.wanted import Ask
from indexer.index import ReportIndex, ScoredPassage
from indexer.report.records import UnitKind
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.sentences import clauses
from indexer.text.span import Span, touched

_LARGEST_LEAD = 6.0
_LARGEST_HEIGHT = 12.0
_LONG_ANSWER = 60  # characters from which on one is as long as another


def signals_of(
    index: ReportIndex,
    retrieval: Retrieval,
    question: Understanding,
    read: ReadPassages,
    near: Nearness | None,
) -> Signals:
    """What is seen of the first candidate of what was read, of which there is one at least."""
    first, hits = read.candidates[0], retrieval.hits
    usual, scale = _usual(index.scored_report(retrieval.vector, first.passage.document))
    nearest = max(unit.score for hit in hits for unit in hit.units if unit.unit.kind is not UnitKind.PASSAGE)
    own = next(hit.similarity for hit in hits if hit.key == first.passage)
    others = [hit.similarity for hit in hits if hit.key != first.passage][:3]
    # A lone passage leads nobody, so nothing can be said for it. A report of a few like sentences has
    # hardly any deviation to measure by, so the lead is bounded.
    lead = (own - sum(others) / len(others)) / scale if others else 0.0
    verdict = read.verdict or Verdict(0.0, 0.0, 0.0)
    report = index.report(first.passage.document)
    within = report.passages[first.passage.number]
    contradicts = (
        _is_of_other_period(question, report, first, hits)
        or (near is not None and near.is_twin(report))
        or is_of_other_year(question, report, within)
    )
    pairs = Pairs.of(question.terms)
    role = report.roles[within.section]
    years = other_years(question, report, role, first.sentence, first.span)
    filling = filling_of(report.simplified, first.sentence, first.span, question.quiz)
    office = held(question, report.simplified, first.sentence, first.span)
    clause, before, sentence, headed, passage, whole = (pairs.said(words) for words in _around(report, first))
    return Signals(
        lead=max(-_LARGEST_LEAD, min(lead, _LARGEST_LEAD)),
        missed=max(0.0, nearest - first.similarity) / scale,
        height=min((first.similarity - usual) / scale, _LARGEST_HEIGHT),
        passage=min((own - usual) / scale, _LARGEST_HEIGHT),
        contradicts=int(contradicts),
        elsewhere=int(is_of_other_place(question, report, within, first.sentence)),
        relevance=verdict.relevance,
        margin=verdict.margin,
        rival=verdict.rival,
        fits=int(first.fits is not False),
        said=clause.share,
        said_before=before.share,
        said_sentence=sentence.share,
        said_headed=headed.share,
        said_passage=passage.share,
        said_report=whole.share,
        unsaid=clause.rarest,
        unsaid_before=before.rarest,
        unsaid_sentence=sentence.rarest,
        unsaid_headed=headed.rarest,
        unsaid_passage=passage.rarest,
        unsaid_report=whole.rarest,
        told=likely_told(question),
        number=int(question.ask is Ask.NUMBER),
        several=int(question.ask is Ask.LIST),
        means=int(question.ask is Ask.MEANS),
        whether=int(question.ask is Ask.WHETHER),
        foreign=int(question.text.isascii()),
        asked=len(pairs.weights),
        length=min(len(first.span), _LONG_ANSWER),
        sentence=math.log(1 + len(first.sentence)),
        report=int(tells_of_its_place(report.metadata)),
        in_office=int(office is Held.YES),
        out_of_office=int(office is Held.NO),
        of_twin=int(question.ask is Ask.NUMBER and _is_of_twin(question, report, first)),
        summed_up=int(years is OtherYears.SUMMED_UP),
        of_one_year=int(years is OtherYears.OF_ONE),
        fills=filling.context if filling else 0.0,
        is_option=int(filling is not None and filling.option),
    )


def _is_of_twin(question: Understanding, report: Report, first: Candidate) -> bool:
    text, sentence = report.simplified, first.sentence
    every = figures(text, sentence)
    figure = next((f for f in every if f.span.start < first.span.end and f.span.end > first.span.start), None)
    if figure is None:
        return False
    return is_of_twin(question.query, words_of(text, sentence, figure, lists_of(text, sentence, every)))


def _around(report: Report, first: Candidate) -> tuple[str, ...]:
    """An answer's clauses, these with the clause before, its sentence, that and its passage under their headings, its report."""
    text = report.simplified
    inside = clauses(text, first.sentence)
    own = touched(inside, first.span) or first.sentence
    before = max((one.start for one in inside if one.start < own.start), default=own.start)
    passage = report.passages[first.passage.number]
    sentence = first.sentence.of(text)
    head = simplified(" ".join(report.headings(passage.section)))
    return (
        own.of(text),
        Span(before, own.end).of(text),
        sentence,
        f"{sentence} {head}",
        f"{passage.span.of(text)} {head}",
        text,
    )


def _is_of_other_period(
    question: Understanding, report: Report, first: Candidate, hits: Sequence[PassageHit]
) -> bool:
    row = row_around(report, first.span)
    if row is None:
        return any(hit.agreement < 0 for hit in hits if hit.key == first.passage)
    return is_of_other_column(question, report, row, first.span)


def _usual(passages: Sequence[ScoredPassage]) -> tuple[float, float]:
    """The mean of the similarities of a report's units to the question, and their standard deviation, never 0."""
    every = np.concatenate([passage.scores for passage in passages])
    return float(every.mean()), max(float(every.std()), 1e-6)
