"""Windows from hand-written questions on reports, with the passages that a search mistakes for the answer.

Negatives decide what the relevance head learns: the passage of the same report that speaks of the same
thing without saying what was asked (last year's result for this year's target), and the like passage of
another report where the question names a place.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answers.question import understand
from answers.retriever import PassageHit, Retriever
from answers.scope import read_scope
from answers.scoring import squash
from indexer.document import ParsedDocument, Span
from indexer.index import ReportIndex
from indexer.simplified import simplified
from indexer.unit_text import passage_head
from training.squashed import find_squashed
from training.windows import Window

_SEARCHED = 12  # passages looked at for negatives
_NEGATIVES = 4
_ELSEWHERE = 1  # negatives from other reports, where the question names a place
_LONGEST_FIGURE = 24


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """A quotation that answers, and the spans in it that would do, shortest first."""

    quote: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question on one report; `golds` is empty where the report does not answer."""

    id: str
    kind: str
    question: str
    document: str
    golds: tuple[GoldQuote, ...]


def read_report_questions(path: Path) -> Iterator[ReportQuestion]:
    """The questions of a JSON-lines file in the benchmark's format, with the report's name in `doc`."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            golds = tuple(GoldQuote(g["quote"], tuple(g["answers"])) for g in row["gold"])
            yield ReportQuestion(row["id"], row["kind"], row["question"], row["doc"], golds)


def windows(
    questions: Sequence[ReportQuestion], index: ReportIndex, retriever: Retriever, seed: int = 13
) -> Iterator[Window]:
    """The passages with the answers of each question, and those that a search takes for them."""
    chance = random.Random(seed)
    for question in questions:
        parsed = index.document(question.document)
        query = simplified(question.question)
        positive: set[int] = set()
        for window, number in _positives(question, query, parsed):
            positive.add(number)
            yield window
        hits = retriever.retrieve(understand(question.question), _SEARCHED, [question.document]).hits
        yield from _negatives(question, query, index, positive, hits)
        yield from _elsewhere(question, query, index, retriever, chance)


def _positives(question: ReportQuestion, query: str, parsed: ParsedDocument) -> Iterator[tuple[Window, int]]:
    """A window for every passage that holds an answer."""
    text = parsed.document.text
    by_passage: dict[int, list[Span]] = {}
    for gold in question.golds:
        quote = find_squashed(text, Span(0, len(text)), gold.quote)
        answer = quote and find_squashed(text, quote, _taught(question.kind, gold.answers))
        if answer is None:
            continue
        for passage in parsed.passages:
            if passage.span.holds(answer):
                by_passage.setdefault(passage.number, []).append(answer.shifted(-passage.span.start))
    for number, spans in by_passage.items():
        passage = parsed.passages[number]
        head = simplified(passage_head(parsed, passage))
        words = simplified(text)[passage.span.start : passage.span.end]
        yield Window(question.id, query, head, words, spans[0], tuple(spans)), number


def _taught(kind: str, answers: Sequence[str]) -> str:
    """The accepted answer to point at: a figure with its bound, else the shortest.

    近100万辆 says more than 100万辆, and the two are right alike.
    """
    figures = [a for a in answers if any(c.isdigit() for c in a) and len(a) <= _LONGEST_FIGURE]
    if kind in ("number", "colloquial", "english") and figures and figures[0] == answers[0]:
        longer = [a for a in figures if len(a) <= len(answers[0]) + 4]
        return max(longer, key=len)
    return answers[0]


def _negatives(
    question: ReportQuestion,
    query: str,
    index: ReportIndex,
    positive: set[int],
    hits: Sequence[PassageHit],
) -> Iterator[Window]:
    several = question.kind in ("list", "measure")
    # Where several passages may answer in part, the nearest ones are not safely wrong.
    wrong = [hit for hit in hits if hit.key.number not in positive][2 if several else 0 :]
    count = 0
    for hit in wrong:
        window = _null(question, query, index.document(hit.key.document), hit)
        if not several and _holds_answer(window.text, question):
            continue
        yield window
        count += 1
        if count == (2 if several else _NEGATIVES):
            return


def _elsewhere(
    question: ReportQuestion, query: str, index: ReportIndex, retriever: Retriever, chance: random.Random
) -> Iterator[Window]:
    """The like passage of another report, where the question says which report it asks."""
    named = read_scope(query, [p.document for p in index.documents]).documents
    if named is None or question.document not in named:
        return
    others = [p.document.name for p in index.documents if p.document.name not in named]
    hits = retriever.retrieve(understand(question.question), 4, others).hits
    for hit in chance.sample(hits, min(_ELSEWHERE, len(hits))):
        yield _null(question, query, index.document(hit.key.document), hit)


def _null(question: ReportQuestion, query: str, parsed: ParsedDocument, hit: PassageHit) -> Window:
    span = hit.passage.span
    head = simplified(passage_head(parsed, hit.passage))
    return Window(question.id, query, head, simplified(parsed.document.text)[span.start : span.end], None, ())


def _holds_answer(text: str, question: ReportQuestion) -> bool:
    squashed = squash(text)
    return any(squash(simplified(gold.answers[0])) in squashed for gold in question.golds)
