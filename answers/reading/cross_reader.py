"""Rank passages anew and read answers with the trained cross-encoder."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from answers.quantities.figures import Figure, figures
from answers.quantities.former import is_former
from answers.reading.confidence import Calibration, read_calibration
from answers.reading.decoding import SpreadTerms, best_span, grown, span_score, spread
from answers.reading.figure_roles import asked, lists_of, named_before, words_of
from answers.reading.filled import fillings
from answers.reading.other_office import after_office
from answers.reading.reader import Candidate, ReadPassages, Verdict
from answers.reading.similarity_reader import figure_fit, is_topic
from answers.reading.span_edges import trimmed, unbroken, whole_clauses
from answers.reading.twins import is_of_twin
from answers.retriever import PassageHit
from answers.understanding.question import Understanding
from answers.understanding.wanted import Ask
from embeddings.cross_encoder import CrossEncoder, ReadingText, TokenScores
from indexer.index import ReportIndex
from indexer.report.passages import passage_head
from indexer.report.records import UnitKind
from indexer.text.characters import simplified
from indexer.text.numerals import holds_number
from indexer.text.sentences import clauses
from indexer.text.span import Span, touched

_NOT_ASKED = 4.0  # what a figure of another matter than the one asked for loses, in logits
_FILLS = (
    8.0  # what an answer gains that fills a quiz sheet's blank, all words beside it being there, in logits
)
_CHOSEN = 4.0  # what it gains that is one of the options
_IN_OFFICE = 4.0  # what a name gains that stands after the title that is asked for, in logits
_NAMED = 1.5  # what a figure gains if the words before it are all the question's, in logits
_SPREAD = SpreadTerms()
_BRIEF = SpreadTerms(across=math.inf, longest=60)
_NO_RIVAL = -10.0  # the relevance of a passage that nobody would take for an answer, a logit


@dataclass(frozen=True, slots=True)
class CrossReaderSettings:
    """How many passages are read, and what each opinion counts; measured (docs/reader.md).

    Attributes:
        passages: how many of the passages found are read at most.
        at_once: how many are read before one looks whether that was enough.
        enough: the relevance of the most relevant one, a logit, from which on no more are read. Half of all
            questions so read two passages instead of five, with the same answers (docs/measurements.md).
        similarity: what a cosine counts in a passage's rank, against one logit of relevance.
        relevance: what a logit of the passage's relevance counts in a candidate's score, against one
            logit of its span.
        sentence: what the cosine of the question and the candidate's sentence counts in its score.
        misfit: what a candidate of the wrong kind loses, in logits.
        period: what a passage, and a candidate in it, gains if its part of the report speaks of the period
            asked for, and loses if it speaks of the other, in logits.
        items: the logit of belonging to the answer above which words beside the best item of a list are taken with it.
        clauses: how far lists and measures go on over the clauses beside the best ones, in any sentence of the passage.
        brief: the same where an answer inside one sentence is wanted.
        apart: how far below the first a further point of one answer may score, in logits.
    """

    passages: int = 5
    at_once: int = 2
    enough: float = 2.0
    similarity: float = 60.0
    relevance: float = 1.0
    sentence: float = 50.0
    misfit: float = 6.0
    period: float = 6.0
    items: float = -1.0
    clauses: SpreadTerms = _SPREAD
    brief: SpreadTerms = _BRIEF
    apart: float = 6.0


@dataclass(frozen=True, slots=True)
class _ReadHit:
    hit: PassageHit
    reading: TokenScores


class CrossReader:
    """Reads each passage together with the question, as `embeddings.cross_encoder` describes."""

    def __init__(
        self, index: ReportIndex, model: CrossEncoder, settings: CrossReaderSettings | None = None
    ) -> None:
        self._index = index
        self._model = model
        self._settings = settings or CrossReaderSettings()
        self._calibration = read_calibration()

    @property
    def calibration(self) -> Calibration:
        """As `Reader.calibration`."""
        return self._calibration

    def read(self, question: Understanding, hits: Sequence[PassageHit]) -> ReadPassages:
        """As `Reader.read`; passages that are not read follow in their old order."""
        read = self._read(question, hits[: self._settings.passages])
        far = hits[len(read) :]
        read.sort(key=lambda r: -self._rank(r))
        candidates = _apart(
            sorted(
                (candidate for r in read for candidate in self._candidates(question, r)),
                key=lambda candidate: -candidate.score,
            )
        )
        ranked = [replace(r.hit, score=self._rank(r)) for r in read]
        lowest = min((hit.score for hit in ranked), default=0.0)
        # What was not read comes after what was, so its score may not be above.
        rest = [replace(hit, score=lowest - 1 - n) for n, hit in enumerate(far)]
        verdict = _verdict(candidates[0], read) if candidates else None
        return ReadPassages((*ranked, *rest), tuple(candidates), self._settings.apart, verdict)

    def _read(self, question: Understanding, hits: Sequence[PassageHit]) -> list[_ReadHit]:
        """The first of these hits, as many as are needed to find a relevant one."""
        settings, text = self._settings, question.search
        read: list[_ReadHit] = []
        for start in range(0, len(hits), settings.at_once):
            some = hits[start : start + settings.at_once]
            readings = self._model.read(text, [self._text(hit) for hit in some])
            read.extend(_ReadHit(hit, reading) for hit, reading in zip(some, readings, strict=True))
            if max(one.reading.relevance for one in read) >= settings.enough:
                break
        return read

    def _text(self, hit: PassageHit) -> ReadingText:
        report = self._index.report(hit.key.document)
        words = hit.passage.span.of(report.simplified)
        return ReadingText(simplified(passage_head(report, hit.passage)), words)

    def _rank(self, read: _ReadHit) -> float:
        settings, hit = self._settings, read.hit
        return read.reading.relevance + settings.similarity * hit.score + settings.period * hit.agreement

    def _candidates(self, question: Understanding, read: _ReadHit) -> Iterator[Candidate]:
        """One candidate for every sentence; for a number, one for every figure."""
        hit, reading = read.hit, read.reading
        report = self._index.report(hit.key.document)
        text = report.simplified
        found = [u for u in hit.units if u.unit.kind is UnitKind.SENTENCE]
        whole = _Whole.of(text, [u.unit.span for u in found])
        for unit in found:
            sentence = unit.unit.span
            if len(found) > 1 and is_topic(report, hit, sentence):
                continue
            for span, score, fits in self._spans(text, question, hit, reading, sentence, whole):
                total = score - reading.null + self._settings.relevance * reading.relevance
                total += self._settings.similarity * hit.score
                total += self._settings.sentence * unit.score
                total -= self._settings.misfit * (fits is False)
                total += self._settings.period * hit.agreement
                yield Candidate(hit.key, whole.sentences_of(sentence, span), span, total, unit.score, fits)

    def _spans(
        self,
        text: str,
        question: Understanding,
        hit: PassageHit,
        reading: TokenScores,
        sentence: Span,
        whole: _Whole,
    ) -> Iterator[tuple[Span, float, bool | None]]:
        origin = hit.passage.span.start
        here = Span(max(sentence.start - origin, 0), sentence.end - origin)
        free = best_span(reading, here)
        if free is None:  # cut off: beyond what the model can read
            return
        span = Span(free.span.start + origin, free.span.end + origin)
        if filled := fillings(text, sentence, question.quiz):
            for one in filled:
                score = span_score(reading, one.span.shifted(-origin))
                gained = _FILLS * one.context + _CHOSEN * one.option
                yield one.span, (free.score if score is None else score) + gained, True
            return
        if question.ask is Ask.NUMBER:
            every = figures(text, sentence)
            # A figure that the question itself names is what it asks about, not its answer.
            candidates = [f for f in every if f.bare.of(text) not in question.query]
            scores = {f: span_score(reading, f.span.shifted(-origin)) for f in candidates}
            former = () if question.wants_former else _former(text, every)
            for figure, score in _by_matter(text, question, sentence, every, scores).items():
                if score is not None:
                    score -= _NOT_ASKED * (figure in former)
                    yield figure.span, score, figure_fit(question, figure) > 0
            if question.wants_change:
                yield from _changes(text, every, scores)
            # Figures without a known unit (8400P, 近千亿元) are only found by the model.
            if not any(f.span.start < span.end and f.span.end > span.start for f in every):
                yield trimmed(text, span), free.score, holds_number(span.of(text))
        elif question.ask is Ask.WHETHER:
            yield whole_clauses(text, sentence, span), free.score, None
        elif question.ask is Ask.MEANS:
            best = whole_clauses(text, sentence, span)
            yield self._spread(question, best, reading, origin, sentence, whole), free.score, None
        elif question.ask is Ask.LIST:
            items = grown(reading, free.span, here, self._settings.items).shifted(origin)
            best = unbroken(text, sentence, items)
            yield self._spread(question, best, reading, origin, sentence, whole), free.score, None
        else:
            yield unbroken(text, sentence, span), free.score, None
            for place in after_office(question, text, sentence):
                name = best_span(reading, place.shifted(-origin))
                if name is not None:
                    yield name.span.shifted(origin), name.score + _IN_OFFICE, None

    def _spread(
        self,
        question: Understanding,
        best: Span,
        reading: TokenScores,
        origin: int,
        sentence: Span,
        whole: _Whole,
    ) -> Span:
        """The best clauses and those beside them, in any sentence of the passage, that belong to the answer."""
        pieces = [clause.shifted(-origin) for clause in whole.clauses]
        within = sentence.shifted(-origin)
        terms = self._settings.brief if question.brief else self._settings.clauses
        return spread(reading, best.shifted(-origin), pieces, within, terms).shifted(origin)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What an answer of several sentences is made of: the sentences of a passage and their clauses, in order."""

    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, sentences: Sequence[Span]) -> _Whole:
        ordered = tuple(sorted(sentences, key=lambda sentence: sentence.start))
        return cls(ordered, tuple(clause for sentence in ordered for clause in clauses(text, sentence)))

    def sentences_of(self, own: Span, span: Span) -> Span:
        """From the first to the last sentence that an answer touches, its own among them."""
        every = touched(self.sentences, span) or own
        return Span(min(own.start, every.start), max(own.end, every.end))


def _apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Of candidates that quote the same words only the best: one may hold the sentences of several."""
    found: list[Candidate] = []
    for one in candidates:
        if not any(
            one.passage == other.passage
            and one.span.start < other.span.end
            and one.span.end > other.span.start
            for other in found
        ):
            found.append(one)
    return found


def _former(text: str, every: Sequence[Figure]) -> tuple[Figure, ...]:
    return tuple(f for f, following in pairwise(every) if is_former(text, f, following))


def _changes(
    text: str, every: Sequence[Figure], scores: dict[Figure, float | None]
) -> Iterator[tuple[Span, float, bool]]:
    """From an old value to the new one beside it, with the score of the better; one of a question that wants both is none."""
    for old, new in pairwise(every):
        known = [score for f in (old, new) if (score := scores.get(f)) is not None]
        if known and is_former(text, old, new):
            yield Span(old.span.start, new.span.end), max(known) + _NOT_ASKED, True


def _by_matter(
    text: str,
    question: Understanding,
    sentence: Span,
    every: Sequence[Figure],
    scores: dict[Figure, float | None],
) -> dict[Figure, float | None]:
    """The scores, raised where the words before a figure are the question's.

    Of the figures after 分别 the one that belongs to the matter asked for has the best of the list.
    """
    found = dict(scores)
    wants_former = question.wants_former
    lists = lists_of(text, sentence, every)
    for listed in lists:
        figures_of_list = [f for r in listed for f in (r.figure, r.former) if f is not None]
        known = [score for f in figures_of_list if (score := scores.get(f)) is not None]
        matter = asked(text, listed, question.query) if known else None
        if matter is not None:
            chosen = matter.former if wants_former and matter.former is not None else matter.figure
            found |= {f: max(known) - _NOT_ASKED for f in figures_of_list if f in scores}
            found[chosen] = max(known)
    for figure, share in zip(every, named_before(text, sentence, every, question.terms), strict=True):
        if (score := found.get(figure)) is not None:
            twin = is_of_twin(question.query, words_of(text, sentence, figure, lists))
            found[figure] = score + _NAMED * share - _NOT_ASKED * twin
    return found


def _verdict(first: Candidate, read: Sequence[_ReadHit]) -> Verdict:
    (best,) = [r for r in read if r.hit.key == first.passage]
    rivals = [r.reading.relevance for r in read if r is not best]
    span = first.span.shifted(-best.hit.passage.span.start)
    score = span_score(best.reading, span)
    # Of what goes on over several clauses the part that was found first.
    inner = best_span(best.reading, span)
    scores = [score, None if inner is None else inner.score]
    margin = max((one for one in scores if one is not None), default=best.reading.null) - best.reading.null
    return Verdict(best.reading.relevance, margin, max(rivals, default=_NO_RIVAL))
