"""Windows from public reading-comprehension data in the SQuAD format (DRCD, CMRC 2018, XQuAD)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.document import Span
from indexer.passages import PASSAGE_SIZE
from indexer.sentences import sentences
from indexer.simplified import simplified
from training.windows import Window

# A shorter piece of the same text tells more often that the answer is elsewhere.
_NEGATIVES = 0.5  # pieces without the answer for each question, from the same context or article


@dataclass(frozen=True, slots=True)
class Reading:
    """A question on a context, with its accepted answers."""

    id: str
    question: str
    title: str
    context: str
    answers: tuple[Span, ...]


def readings(path: Path) -> Iterator[Reading]:
    """The questions of a SQuAD file; contexts and questions in Simplified characters of the same length."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    for article in data:
        for paragraph in article["paragraphs"]:
            context = simplified(paragraph["context"])
            for qa in paragraph["qas"]:
                spans = tuple(
                    Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in qa["answers"]
                )
                title = simplified(article.get("title") or "")
                yield Reading(str(qa["id"]), simplified(qa["question"]), title, context, spans)


def pieces(context: str, size: int = PASSAGE_SIZE) -> list[Span]:
    """The context in stretches of whole sentences of at most `size` characters, as reports are cut."""
    found: list[Span] = []
    for sentence in sentences(context, Span(0, len(context))):
        if found and sentence.end - found[-1].start <= size:
            found[-1] = Span(found[-1].start, sentence.end)
        else:
            found.append(sentence)
    return found


def windows(path: Path, seed: int = 13) -> Iterator[Window]:
    """For each question the piece that holds the answer, and for some a piece that does not."""
    chance = random.Random(seed)
    found = list(readings(path))
    by_title: dict[str, list[Reading]] = {}
    for reading in found:
        by_title.setdefault(reading.title, []).append(reading)
    for reading in found:
        answer = reading.answers[0]
        cut = pieces(reading.context)
        # An answer across a border (or in blanks that no sentence holds) teaches nothing.
        holding = [piece for piece in cut if piece.holds(answer)]
        if not holding:
            continue
        piece = holding[0]
        span = answer.shifted(-piece.start)
        yield Window(reading.id, reading.question, reading.title, piece.of(reading.context), span, (span,))
        if chance.random() < _NEGATIVES:
            yield from _negative(reading, cut, piece, by_title[reading.title], chance)


def across_languages(questions: Path, contexts: Path, seed: int = 13) -> Iterator[Window]:
    """The windows of `contexts` asked in the words that `questions` has for the same ids (XQuAD)."""
    asked = {reading.id: reading.question for reading in readings(questions)}
    for window in windows(contexts, seed):
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
