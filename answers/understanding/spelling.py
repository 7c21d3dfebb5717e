"""Characters typed for others of the same sound: 胡北 for 湖北, 木标 for 目标, 农甜 for 农田.

An input method offers homophones, and the wrong one is taken; dialect and speech recognition do the same. A character is
doubted only where it makes with none of its neighbours a pair that the reports or other questions know, and is replaced
only by one of the same sound whose pair the reports hold far more often: errors are read as a noisy channel (Kernighan,
Church and Gale 1990; for homophones in Chinese, Chang 1995), of which both the channel, all homophones alike, and the
language, pairs of characters, are as plain as can be. Which pairs questions know is learned (`training.spelling`). A library of
a few reports holds nothing often: there the new pair must be one that questions know too, and its character fit on both sides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np

from answers.understanding.question import Respelling, Understanding, understand
from answers.understanding.sounds import homophones
from indexer.text.digit_words import DIGITS

PAIRS = Path(__file__).with_name("spelling.npz")
"""Where the pairs of characters are that questions have."""

# Chosen on 886 questions without an error, of which 11 are changed, and 12 with: docs/measurements.md.
_GAIN = 4.0  # the logarithm of how much oftener the reports hold the new pair than the old one
_TIED = 0.1  # the share of the passages with its rarer character that hold the new pair
_HELD = 5  # passages that hold the new pair, at least
_FEW, _TIED_OF_FEW = 2, 0.5  # the same of a pair that questions know and whose old one no report holds
_MOST = 4  # characters of one question
_RUN = re.compile("[一-鿿]+")

Frequency = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    change: Respelling
    gain: float
    tied: float

    @property
    def weight(self) -> float:
        return self.gain + math.log(self.tied)


def understand_spelled(text: str, frequency: Frequency) -> Understanding:
    """`understand`, with what is typed wrongly read as what was meant; `respelled` tells of it.

    `frequency` tells in how many passages of the library a character or a pair of them stands.

    Raises:
        QuestionError: as `understand`.
    """
    typed = understand(text)
    if typed.in_other_words:  # the words of the glossary are spelled as they are meant
        return typed
    named = frozenset(n for place in typed.places.mentions for n in range(place.start, place.end))
    changes = respellings(typed.query, frequency, named)
    if not changes:
        return typed
    meant = list(typed.query)
    for change in changes:
        meant[change.start] = change.meant
    return replace(understand("".join(meant)), text=typed.text, respelled=changes)


def respellings(
    query: str, frequency: Frequency, named: Collection[int] = frozenset()
) -> tuple[Respelling, ...]:
    """What is to be read instead in a question in Simplified characters, in its order; the surest are looked for first.

    `named`: the positions of characters that are part of a name as it is known (两广), which nobody typed for another.
    """
    frequency = cache(frequency)  # of one question most are asked for several times
    found: list[Respelling] = []
    while len(found) < _MOST:
        best = max(_candidates(query, frequency, named), key=lambda one: one.weight, default=None)
        if best is None:
            break
        change = best.change
        query = query[: change.start] + change.meant + query[change.start + 1 :]
        found.append(change)
    return tuple(sorted(found, key=lambda change: change.start))


def _candidates(query: str, frequency: Frequency, named: Collection[int]) -> Iterator[_Candidate]:
    for run in _RUN.finditer(query):
        for n, typed in enumerate(run[0]):
            before, after = run[0][n - 1 : n] if n else "", run[0][n + 1 : n + 2]
            pairs = [pair for pair in (before + typed, typed + after) if len(pair) == 2]
            if (
                run.start() + n in named
                or typed in DIGITS
                or not pairs
                or any(pair in _pairs() for pair in pairs)
            ):
                continue
            held = max(frequency(pair) for pair in pairs)
            most = max(
                frequency(other) for pair in pairs for other in pair if other != typed or pair[0] == pair[1]
            )
            if _gain(most, held) < _GAIN and (held or most < _FEW):
                continue  # whatever stands here, no pair with this neighbour is held as often as that
            for meant in homophones(typed):
                fitting = [pair for pair in (before + meant, meant + after) if len(pair) == 2]
                pair, count = max(((one, frequency(one)) for one in fitting), key=lambda one: one[1])
                gain = _gain(count, held)
                tied = count / max(1, min(frequency(pair[0]), frequency(pair[1])))
                often = count >= _HELD and gain >= _GAIN and tied >= _TIED
                if often or (not held and tied >= _TIED_OF_FEW and _is_known(pair, fitting, frequency)):
                    yield _Candidate(Respelling(run.start() + n, typed, meant), gain, tied)


def _is_known(pair: str, fitting: Sequence[str], frequency: Frequency) -> bool:
    """Whether questions know a pair that a few passages hold, and nothing new comes about beside it."""
    known = _pairs()
    return (
        pair in known
        and frequency(pair) >= _FEW
        and all(one in known or frequency(one) > 0 for one in fitting)
    )


def _gain(new: int, old: int) -> float:
    return math.log((new + 0.5) / (old + 0.5))


@cache
def _pairs() -> frozenset[str]:
    with np.load(PAIRS) as arrays:
        return frozenset(arrays["pairs"].tolist())
