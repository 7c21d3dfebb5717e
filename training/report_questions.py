"""Windows from questions written on reports, with the passages that a search mistakes for the answer.

Negatives decide what the relevance head learns: the passage of the same report that speaks of the same
thing without saying what was asked (last year's result for this year's target), and the like passage of
another report where the question names a place.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from answers.evaluation.questions import PART_KINDS, GoldQuestion, QuestionKind
from answers.evaluation.scoring import squash
from answers.retriever import PassageHit, Retriever
from answers.understanding.question import understand
from indexer.index import ReportIndex
from indexer.report.passages import passage_head
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.span import Span
from training.squashed import find_squashed
from training.windows import Window

_SEARCHED = 12  # passages looked at for negatives
_NEAREST = 4  # negatives are drawn from so many passages
_NEGATIVES = 3
_ELSEWHERE = 1  # negatives from other reports, where the question names a place
_LONGEST_FIGURE = 24


def windows(
    questions: Sequence[GoldQuestion], index: ReportIndex, retriever: Retriever, seed: int = 13
) -> Iterator[Window]:
    """The passages with the answers of each question, and those that a search takes for them."""
    chance = random.Random(seed)
    for question in questions:
        if question.about is None:
            raise ValueError(f"{question.id}: no report to look for negatives in")
        report = index.report(question.about)
        query = simplified(question.question)
        positive: set[int] = set()
        for window, number in positives(question, query, report):
            positive.add(number)
            yield window
        hits = retriever.retrieve(understand(question.question), _SEARCHED, [question.about]).hits
        yield from _negatives(question, query, index, positive, hits, chance)
        yield from _elsewhere(question, query, index, retriever, chance)


def positives(question: GoldQuestion, query: str, report: Report) -> Iterator[tuple[Window, int]]:
    """A window for every passage that holds an answer."""
    text = report.text
    by_passage: dict[int, list[Span]] = {}
    for gold in question.gold:
        quote = find_squashed(text, Span(0, len(text)), gold.quote)
        answer = quote and find_squashed(text, quote, _taught(question.kind, gold.answers))
        if answer is None:
            continue
        for passage in report.passages:
            if passage.span.holds(answer):
                by_passage.setdefault(passage.number, []).append(answer.shifted(-passage.span.start))
    for number, spans in by_passage.items():
        passage = report.passages[number]
        head = simplified(passage_head(report, passage))
        words = simplified(text)[passage.span.start : passage.span.end]
        yield Window(question.id, query, head, words, spans[0], tuple(spans)), number


def _taught(kind: QuestionKind, answers: Sequence[str]) -> str:
    """The accepted answer to point at: a figure with its bound, else the shortest.

    近100万辆 says more than 100万辆, and the two are right alike.
    """
    figures = [a for a in answers if any(c.isdigit() for c in a) and len(a) <= _LONGEST_FIGURE]
    if (
        kind in (QuestionKind.NUMBER, QuestionKind.COLLOQUIAL, QuestionKind.ENGLISH)
        and figures
        and figures[0] == answers[0]
    ):
        longer = [a for a in figures if len(a) <= len(answers[0]) + 4]
        return max(longer, key=len)
    return answers[0]


def _negatives(
    question: GoldQuestion,
    query: str,
    index: ReportIndex,
    positive: set[int],
    hits: Sequence[PassageHit],
    chance: random.Random,
) -> Iterator[Window]:
    several = question.kind in PART_KINDS
    others = [hit for hit in hits if hit.key.number not in positive]
    # Where several passages may answer in part, the nearest ones are not safely wrong.
    near = others[2 : 2 + _NEAREST] if several else others[:_NEAREST]
    found = [_null(question, query, index.report(hit.key.document), hit) for hit in near]
    wrong = found if several else [window for window in found if not _holds_answer(window.text, question)]
    yield from chance.sample(wrong, min(_NEGATIVES, len(wrong)))


def _elsewhere(
    question: GoldQuestion, query: str, index: ReportIndex, retriever: Retriever, chance: random.Random
) -> Iterator[Window]:
    """The like passage of another report, where the question says which report it asks."""
    asked = understand(question.question)
    named = asked.scope(index.reports).documents
    if named is None or question.about not in named:
        return
    others = [p.name for p in index.reports if p.name not in named]
    hits = retriever.retrieve(asked, 4, others).hits
    for hit in chance.sample(hits, min(_ELSEWHERE, len(hits))):
        yield _null(question, query, index.report(hit.key.document), hit)


def _null(question: GoldQuestion, query: str, report: Report, hit: PassageHit) -> Window:
    span = hit.passage.span
    head = simplified(passage_head(report, hit.passage))
    return Window(question.id, query, head, report.simplified[span.start : span.end], None, ())


def _holds_answer(text: str, question: GoldQuestion) -> bool:
    squashed = squash(text)
    return any(squash(simplified(gold.answers[0])) in squashed for gold in question.gold)
