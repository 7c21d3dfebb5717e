"""您是不是要找: the word that a question may mean by one that no report has, of the same sound with one character another.

What `spelling` is sure of is read so at once; here a person is asked, so less speaks for it: no passage has the word, and
some passage has it with the new character among the same neighbours, to the letter.
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

_RUN = re.compile("[一-鿿]{3,}")  # of two characters one other of the same sound often makes a word
_BESIDE = 2  # characters on each side that the new one is to stand among in a report
_SHORT = 8  # characters of a word; a longer run is several words, which no report need have side by side
_OFTENER = 4  # times as many passages have the new pair as have the one typed
_TRIED = 12  # changes whose words are looked for in the reports


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
    runs = [run[0] for run in _RUN.finditer(question.terms)]
    words = [(run, len(run) <= _SHORT and not stands(run)) for run in runs]
    found = [one for run, unsaid in words for one in _changes(run, unsaid, frequency)]
    for one in sorted(found, key=lambda one: -one.held)[:_TRIED]:
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


def _changes(typed: str, unsaid: bool, frequency: Frequency) -> Iterator[_Change]:
    """What may be meant by a run; any character is doubted where it is a word that is `unsaid`, else one that stands nowhere so."""
    for n, character in enumerate(typed):
        beside = [(typed[n - 1], "")] if n else []
        beside += [("", typed[n + 1])] if n + 1 < len(typed) else []
        if character in DIGITS:
            continue
        typed_held = [frequency(before + character + after) for before, after in beside]
        if not unsaid and any(typed_held):
            continue
        least = max(_OFTENER * min(typed_held), 1)
        for meant in homophones(character):
            held = [frequency(before + meant + after) for before, after in beside]
            if min(held) >= least:
                word = typed[:n] + meant + typed[n + 1 :]
                yield _Change(typed, word, word[max(0, n - _BESIDE) : n + _BESIDE + 1], min(held))
