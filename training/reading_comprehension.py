"""Windows from reading-comprehension data: public sets in the SQuAD format, and questions written for this project.

Public are DRCD, CMRC 2018, XQuAD and SQuAD 2 in Chinese. `questions/contexts.jsonl` asks more of their contexts, naming each
by its place (the contexts themselves stay in the public files); `questions/passages.jsonl` and `policies.jsonl` have passages
of their own.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from indexer.report.passages import PASSAGE_SIZE
from indexer.text.characters import simplified
from indexer.text.sentences import sentences
from indexer.text.span import Span
from training.windows import Window

# A shorter piece of the same text tells more often that the answer is elsewhere.
_NEGATIVES = 0.5  # pieces without the answer for each question, from the same context or article


@dataclass(frozen=True, slots=True)
class Reading:
    """A question on a context, with its accepted answers; none where the context does not answer."""

    id: str
    question: str
    title: str
    context: str
    answers: tuple[Span, ...]


def readings(path: Path) -> Iterator[Reading]:
    """The questions of a SQuAD file; contexts and questions in Simplified characters of the same length."""
    for context in _contexts(path):
        for qa in context.questions:
            spans = tuple(Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in qa["answers"])
            yield Reading(str(qa["id"]), simplified(qa["question"]), context.title, context.text, spans)


def written_readings(path: Path, data: Path) -> Iterator[Reading]:
    """The questions of `path`, written on the contexts of the SQuAD files in the directory `data`.

    Raises:
        ValueError: a context or an answer does not stand where the row says.
    """
    known: dict[str, dict[str, _Context]] = {}
    for number, row in enumerate(_rows(path), 1):
        source = row["source"]
        if source not in known:
            known[source] = {c.id: c for c in _contexts(data / f"{source}.json")}
        context = known[source].get(row["context"])
        if context is None:
            raise ValueError(f"{path}, line {number}: {source} has no context {row['context']}")
        id = f"{source}/{number}"
        yield Reading(id, row["question"], context.title, context.text, _answer(row, context.text, id))


def passage_readings(path: Path) -> Iterator[Reading]:
    """The questions of `path`, each row of which has a passage of its own.

    Raises:
        ValueError: an answer does not stand where the row says.
    """
    for row in _rows(path):
        for number, qa in enumerate(row["questions"]):
            id, context = f"{row['id']}/{number}", row["context"]
            yield Reading(id, qa["question"], row["title"], context, _answer(qa, context, id))


def _answer(row: Mapping[str, Any], context: str, id: str) -> tuple[Span, ...]:
    """The answer that a written question names; empty where it says that there is none."""
    if row["answer"] is None:
        return ()
    span = Span(row["start"], row["start"] + len(row["answer"]))
    if span.of(context) != row["answer"]:
        raise ValueError(f"{id}: {row['answer']} does not stand at {row['start']}")
    return (span,)


@dataclass(frozen=True, slots=True)
class _Context:
    id: str
    title: str
    text: str
    questions: Sequence[Mapping[str, Any]]


def _contexts(path: Path) -> Iterator[_Context]:
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        title = article.get("title") or ""
        for number, paragraph in enumerate(article["paragraphs"]):
            # DRCD numbers its paragraphs, CMRC its articles of one paragraph, XQuAD neither.
            name = paragraph.get("id") or article.get("id") or f"{title}#{number}"
            yield _Context(str(name), simplified(title), simplified(paragraph["context"]), paragraph["qas"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def pieces(context: str, size: int = PASSAGE_SIZE) -> list[Span]:
    """The context in stretches of whole sentences of at most `size` characters, as reports are cut."""
    found: list[Span] = []
    for sentence in sentences(context, Span(0, len(context))):
        if found and sentence.end - found[-1].start <= size:
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def windows(asked: Iterable[Reading], seed: int = 13) -> Iterator[Window]:
    """For each question the piece that holds the answer, and for some a piece that does not.

    A question that its context does not answer has one piece of it, the one that shares most with it.
    """
    chance = random.Random(seed)
    found = list(asked)
    by_title: dict[str, list[Reading]] = {}
    for reading in found:
        by_title.setdefault(reading.title, []).append(reading)
    for reading in found:
        cut = pieces(reading.context)
        if not reading.answers:
            text = _likest(reading.question, [piece.of(reading.context) for piece in cut])
            yield Window(reading.id, reading.question, reading.title, text, None, ())
            continue
        answer = reading.answers[0]
        # An answer across a border (or in blanks that no sentence holds) teaches nothing.
        holding = [piece for piece in cut if piece.holds(answer)]
        if not holding:
            continue
        piece = holding[0]
        span = answer.shifted(-piece.start)
        yield Window(reading.id, reading.question, reading.title, piece.of(reading.context), span, (span,))
        if chance.random() < _NEGATIVES:
            yield from _negative(reading, cut, piece, by_title[reading.title], chance)


def _likest(question: str, texts: Sequence[str]) -> str:
    """The text with most of the question's pairs of characters: where one would look for the answer."""
    pairs = set(map("".join, pairwise(question)))
    return max(texts, key=lambda text: len(pairs & set(map("".join, pairwise(text)))))


def across_languages(questions: Path, contexts: Path, seed: int = 13) -> Iterator[Window]:
    """The windows of `contexts` asked in the words that `questions` has for the same ids (XQuAD)."""
    asked = {reading.id: reading.question for reading in readings(questions)}
    for window in windows(readings(contexts), seed):
        if window.group in asked:
            yield replace(window, question=asked[window.group])


def _negative(
    reading: Reading, cut: Sequence[Span], holding: Span, article: Sequence[Reading], chance: random.Random
) -> Iterator[Window]:
    answer = reading.answers[0].of(reading.context)
    texts = [p.of(reading.context) for p in cut if p != holding]
    others = [other.context for other in article if other.context != reading.context]
    if others:
        other = chance.choice(others)
        texts.extend(p.of(other) for p in pieces(other))
    texts = [text for text in texts if answer not in text]
    if texts:
        yield Window(reading.id, reading.question, reading.title, chance.choice(texts), None, ())
