"""您是不是要找: the word that a question may mean by one that no report has, of the same sound with one character another.

What `spelling` is sure of is read so at once; here a person is asked, so less speaks for it: no passage has the character
beside any of its neighbours, and some passage has the new one with both of them, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from answers.understanding.question import Understanding
from answers.understanding.sounds import homophones
from answers.understanding.spelling import Frequency
from indexer.text.digit_words import DIGITS

_RUN = re.compile("[一-鿿]{2,}")
_BESIDE = 2  # characters on each side that the new one is to stand among in a report


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another word for one of a question.

    Attributes:
        query: the whole question with it.
        word: the word sought, as it would be.
    """

    query: str
    word: str


def suggestion(
    question: Understanding, frequency: Frequency, stands: Callable[[str], bool]
) -> Suggestion | None:
    """What may be meant; None where every word is in the reports, or nothing of the same sound is.

    `frequency` tells in how many passages a character or a pair of them stands, `stands` whether some passage has these
    words side by side. A question that is read otherwise than it was typed already is let be.
    """
    if question.read_otherwise:
        return None
    query, frequency = question.query, cache(frequency)
    found = sorted(
        (one for run in _RUN.finditer(question.terms) for one in _changes(run[0], frequency)),
        key=lambda one: -one.held,
    )
    for one in found:
        if query.count(one.typed) == 1 and stands(one.near):
            return Suggestion(query.replace(one.typed, one.word), one.word)
    return None


@dataclass(frozen=True, slots=True)
class _Change:
    """A word with one character changed: as typed, as it would be, what of it a report must have, how often its pair is held."""

    typed: str
    word: str
    near: str
    held: int


def _changes(typed: str, frequency: Frequency) -> Iterator[_Change]:
    for n, character in enumerate(typed):
        beside = [(typed[n - 1], "")] if n else []
        beside += [("", typed[n + 1])] if n + 1 < len(typed) else []
        if character in DIGITS or any(frequency(before + character + after) for before, after in beside):
            continue
        for meant in homophones(character):
            held = [frequency(before + meant + after) for before, after in beside]
            if min(held) > 0:
                word = typed[:n] + meant + typed[n + 1 :]
                yield _Change(typed, word, word[max(0, n - _BESIDE) : n + _BESIDE + 1], min(held))
