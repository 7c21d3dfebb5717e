"""Read answers by similarity alone: what can be done without training."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.quantities.figures import Figure, figures
from answers.quantities.units import Measure
from answers.reading.confidence import BY_SIMILARITY, Calibration
from answers.reading.reader import Candidate, ReadPassages
from answers.retriever import PassageHit
from answers.understanding.question import Understanding
from answers.understanding.wanted import Ask
from indexer.index import PassageKey, ReportIndex
from indexer.report.records import UnitKind
from indexer.report.report import Report
from indexer.text.sentences import clauses, without_end_mark
from indexer.text.span import Span

_APART = 0.03  # of similarity, that a further point of one answer may lie below the first
_COUNTED = (Measure.COUNT, Measure.PEOPLE)  # how many: the words do not always tell whether people


@dataclass(frozen=True, slots=True)
class ReaderWeights:
    """What the similarities of clause, sentence and passage count, and what a wrong kind costs.

    Chosen on the development questions; the result hardly depends on them (docs/measurements.md).
    """

    clause: float = 0.5
    sentence: float = 0.1
    passage: float = 0.4
    misfit: float = 0.04


class SimilarityReader:
    """Chooses by similarity, and inside the best clause by what the question asks for.

    The baseline that the trained reader is measured against (benchmarks/ablation.py).
    """

    def __init__(self, index: ReportIndex, weights: ReaderWeights | None = None) -> None:
        self._index = index
        self._weights = weights or ReaderWeights()

    @property
    def calibration(self) -> Calibration:
        """As `Reader.calibration`."""
        return BY_SIMILARITY

    def read(self, question: Understanding, hits: Sequence[PassageHit]) -> ReadPassages:
        """As `Reader.read`; the passages keep their order."""
        found = [candidate for hit in hits for candidate in self._candidates(question, hit)]
        found.sort(key=lambda candidate: -candidate.score)
        if question.ask not in (Ask.MEANS, Ask.LIST):
            return ReadPassages(tuple(hits), tuple(found), _APART)
        # One answer a sentence: the parts of a list or of a plan are its sentences.
        best: dict[tuple[PassageKey, Span], Candidate] = {}
        for candidate in found:
            best.setdefault((candidate.passage, candidate.sentence), candidate)
        return ReadPassages(tuple(hits), tuple(best.values()), _APART)

    def _candidates(self, question: Understanding, hit: PassageHit) -> Iterator[Candidate]:
        report = self._index.report(hit.key.document)
        # 萬、億、個 count as 万、亿、个; the length is the same, so the spans are the original's.
        text = report.simplified
        weights = self._weights
        sentence_hits = [u for u in hit.units if u.unit.kind is UnitKind.SENTENCE]
        for sentence_hit in sentence_hits:
            sentence = sentence_hit.unit.span
            if is_topic(report, hit, sentence) and len(sentence_hits) > 1:
                continue
            parts = [
                u for u in hit.units if u.unit.kind is UnitKind.CLAUSE and sentence.holds(u.unit.span)
            ] or [sentence_hit]
            best_clause = max(part.score for part in parts)
            for part in parts:
                clause = part.score if question.ask in (Ask.NUMBER, Ask.FACT, Ask.WHETHER) else best_clause
                score = (
                    weights.clause * clause
                    + weights.sentence * sentence_hit.score
                    + weights.passage * hit.score
                )
                span, fits = answer_span(text, question, sentence, part.unit.span)
                if fits is False:
                    score -= weights.misfit
                yield Candidate(hit.key, sentence, span, score, part.score, fits)


def answer_span(text: str, question: Understanding, sentence: Span, clause: Span) -> tuple[Span, bool | None]:
    """The part of `sentence` that answers, given its best clause, and whether it is of the kind asked for."""
    clause = without_end_mark(text, clause)
    if question.ask is Ask.NUMBER:
        # A figure that the question itself names is what it asks about, not its answer.
        found = [f for f in figures(text, clause) if f.bare.of(text) not in question.query]
        if not found:
            return clause, False
        figure = max(found, key=lambda f: figure_fit(question, f))
        return figure.span, figure_fit(question, figure) > 0
    if question.ask is Ask.LIST:
        return _enumeration(text, sentence, clause), None
    if question.ask is Ask.MEANS:
        return without_end_mark(text, sentence), None
    return clause, None


def figure_fit(question: Understanding, figure: Figure) -> int:
    """2 for the very unit asked for, 1 for the right kind or no wish, 0 for another kind."""
    if question.unit and figure.unit == question.unit:
        return 2
    if question.measure is None:
        return 1 if figure.measure in _COUNTED or not question.unit else 0
    if question.measure in _COUNTED:
        return int(figure.measure in _COUNTED)
    return 1 if figure.measure is question.measure else 0


def _enumeration(text: str, sentence: Span, clause: Span) -> Span:
    """The clause of the sentence that enumerates, the best clause first."""
    if "、" in clause.of(text) or "和" in clause.of(text):
        return clause
    others = [c for c in clauses(text, sentence) if re.search("、", c.of(text))]
    return max(others, key=lambda c: c.of(text).count("、"), default=clause)


def is_topic(report: Report, hit: PassageHit, sentence: Span) -> bool:
    """Whether the sentence is the heading of its section rather than part of what stands under it."""
    return report.sections[hit.passage.section].heading.holds(sentence)
