"""Whether what a peer found is right, by one rule for all of them.

A passage is right if it overlaps a gold quotation by more than half of that and is no longer than can be read (800
characters, as in the benchmark's scorer). Answers are scored by the project's
benchmark (`answers.evaluation.scoring`), within the sentence that the report has around them. One half of the questions
chooses settings and thresholds, what is told is measured on the other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answers.evaluation.questions import SPAN_KINDS, GoldQuestion, QuestionKind
from answers.evaluation.scoring import Gold, character_f1, is_right, squash
from benchmarks.peers.protocol import FoundSpan, PeerReply, SourceReport
from indexer.text.span import Span

_SHARE = 0.5
_LONGEST = 800  # characters of a passage; a whole report holds every answer
_PASSAGES = 10
_ENDS = "。！？；\n"


@dataclass(frozen=True, slots=True)
class Halves:
    """Questions to choose by, and questions to measure with."""

    tuning: tuple[GoldQuestion, ...]
    told: tuple[GoldQuestion, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is right in the reply to one question.

    Attributes:
        answerable: whether the reports answer it; only then the next fields say anything.
        first: the place, from 0, of the first right passage of ten; None where none is.
        asks_span: whether one span answers it.
        right: whether the answer is right.
        f1: of the answer, or of the whole first passage from those that read none; 0 off the evidence.
        holds: whether the first passage shows the evidence and has an accepted answer in it.
        score: the peer's own.
    """

    answerable: bool
    first: int | None
    asks_span: bool
    right: bool
    f1: float
    holds: bool
    score: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over questions; None where no question has it.

    Attributes:
        passage_first, passage_ten: the right passage is first, is among ten.
        right, f1, holds: as `Verdict`, over questions that one span answers; `right` only of those that read.
        answered: of the unanswerable questions, those with a score above the threshold.
        withheld: of the answerable ones, those below it.
        auroc: that an answerable question has a higher score than an unanswerable one.
        answerable, spans, unanswerable: how many questions.
    """

    passage_first: float | None
    passage_ten: float | None
    right: float | None
    f1: float | None
    holds: float | None
    answered: float | None
    withheld: float | None
    auroc: float | None
    answerable: int
    spans: int
    unanswerable: int


def halves(questions: Sequence[GoldQuestion]) -> Halves:
    """Every second question of a kind in either half; comparisons, which no peer can answer, in none."""
    seen: dict[QuestionKind, int] = {}
    tuning: list[GoldQuestion] = []
    told: list[GoldQuestion] = []
    for question in questions:
        if question.kind is QuestionKind.COMPARE:
            continue
        number = seen.get(question.kind, 0)
        seen[question.kind] = number + 1
        (told if number % 2 else tuning).append(question)
    return Halves(tuple(tuning), tuple(told))


class Judge:
    """Judges replies by the texts of the reports; `names` has the peers' names of reports that questions call otherwise."""

    def __init__(self, reports: Sequence[SourceReport], names: Mapping[str, str]) -> None:
        self._texts = {report.name: report.text for report in reports}
        self._names = names

    def judge(self, question: GoldQuestion, reply: PeerReply) -> Verdict:
        """The verdict on one reply."""
        asks_span = question.kind in SPAN_KINDS
        golds, passages = question.gold, reply.passages[:_PASSAGES]
        places = (n for n, p in enumerate(passages) if any(self._overlaps(p, gold) for gold in golds))
        right, f1, holds = False, 0.0, False
        if asks_span and reply.answer is not None:
            right, f1 = self._answer(reply.answer, golds)
        elif asks_span and passages:
            accepted = [text for gold in golds for text in gold.answers]
            on_gold = any(self._overlaps(passages[0], gold) for gold in golds)
            f1 = character_f1(self._text(passages[0]), accepted) if on_gold else 0.0
        if asks_span and passages:
            words = squash(self._text(passages[0]))
            holds = any(
                self._overlaps(passages[0], gold) and any(squash(text) in words for text in gold.answers)
                for gold in golds
            )
        return Verdict(bool(golds), next(places, None), asks_span, right, f1, holds, reply.score)

    def _answer(self, answer: FoundSpan, golds: Sequence[Gold]) -> tuple[bool, float]:
        report = self._texts[answer.document]
        text, sentence = answer.span.of(report), sentence_around(report, answer.span).of(report)
        here = [gold for gold in golds if self._name(gold) == answer.document]
        touching = [
            gold for gold in here if any(_common(answer.span, s) > 0 for s in located(report, gold.quote))
        ]
        right = any(is_right(text, sentence, gold) for gold in here)
        return right, character_f1(text, [t for gold in touching for t in gold.answers]) if touching else 0.0

    def _overlaps(self, passage: FoundSpan, gold: Gold) -> bool:
        if self._name(gold) != passage.document or len(passage.span) > _LONGEST:
            return False
        found = located(self._texts[passage.document], gold.quote)
        return any(_common(passage.span, quote) > _SHARE * len(quote) for quote in found)

    def _name(self, gold: Gold) -> str:
        return self._names.get(gold.document, gold.document)

    def _text(self, found: FoundSpan) -> str:
        return found.span.of(self._texts[found.document])


def sentence_around(text: str, span: Span) -> Span:
    """The sentence, by its marks, in which a span begins; as long as the span at least."""
    start = max((text.rfind(mark, 0, span.start) for mark in _ENDS), default=-1) + 1
    ends = [found for mark in _ENDS if (found := text.find(mark, max(span.end - 1, 0))) >= 0]
    return Span(start, max(min(ends, default=len(text) - 1) + 1, span.end))


def located(text: str, quote: str) -> tuple[Span, ...]:
    """Where a quotation stands in a text, by the benchmark's comparison: NFKC, lower case, white space aside."""
    plain, places = _plain(text)
    wanted, found, start = squash(quote), [], 0
    while wanted and (start := plain.find(wanted, start)) >= 0:
        found.append(Span(places[start], places[start + len(wanted) - 1] + 1))
        start += 1
    return tuple(found)


@lru_cache(maxsize=128)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """A text as it is compared, and the place in it that each character comes from."""
    pieces = [
        (piece, place)
        for place, character in enumerate(text)
        for piece in unicodedata.normalize("NFKC", character).lower()
        if not piece.isspace()
    ]
    return "".join(piece for piece, _ in pieces), tuple(place for _, place in pieces)


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def best_threshold(verdicts: Sequence[Verdict]) -> float:
    """The score that parts answerable from unanswerable questions best: the highest mean of both shares on their side."""
    yes = [v.score for v in verdicts if v.answerable]
    no = [v.score for v in verdicts if not v.answerable]
    scores = sorted({*yes, *no})

    def parted(least: float) -> float:
        return _share(yes, lambda score: score >= least) + _share(no, lambda score: score < least)

    return max(scores, key=parted, default=0.0)


def merit(verdicts: Sequence[Verdict], reads: bool) -> float:
    """What settings are chosen by: the mean reciprocal rank of the right passage; of those that read, and right answers."""
    ranks = [0.0 if v.first is None else 1 / (v.first + 1) for v in verdicts if v.answerable]
    rights = [float(v.right) for v in verdicts if v.asks_span] if reads else []
    return sum(ranks) / max(1, len(ranks)) + sum(rights) / max(1, len(rights))


def figures(verdicts: Sequence[Verdict], threshold: float, reads: bool) -> Figures:
    """The figures over what is told."""
    answerable = [v for v in verdicts if v.answerable]
    spans = [v for v in answerable if v.asks_span]
    others = [v for v in verdicts if not v.answerable]
    return Figures(
        passage_first=_mean([float(v.first == 0) for v in answerable]),
        passage_ten=_mean([float(v.first is not None) for v in answerable]),
        right=_mean([float(v.right) for v in spans]) if reads else None,
        f1=_mean([v.f1 for v in spans]),
        holds=_mean([float(v.holds) for v in spans]),
        answered=_mean([float(v.score >= threshold) for v in others]),
        withheld=_mean([float(v.score < threshold) for v in answerable]) if others else None,
        auroc=_auroc([v.score for v in answerable], [v.score for v in others]),
        answerable=len(answerable),
        spans=len(spans),
        unanswerable=len(others),
    )


def _auroc(yes: Sequence[float], no: Sequence[float]) -> float | None:
    return _mean([float(a > b) + 0.5 * (a == b) for a in yes for b in no])


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _share(values: Sequence[float], holds: Callable[[float], bool]) -> float:
    return sum(map(holds, values)) / max(1, len(values))
