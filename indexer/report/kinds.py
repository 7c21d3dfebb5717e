"""What kind of document a text is, told by a small learned model from its title and its opening.

Fitted by `python -m training.kinds`; the weights lie beside this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer.report.linear_model import LinearModel, masked, read_weights, runs
from indexer.report.records import DocumentKind

WEIGHTS = Path(__file__).with_name("kinds.npz")
OPENING = 400
"""Characters of a text that are looked at, without blanks."""
_NOTE = re.compile(r"\s*[（(][^（()）]*[）)]\s*$")  # （2023年，下半部分）


@dataclass(frozen=True, slots=True)
class KindGuess:
    """A kind and the chance, 0..1, that it is right."""

    kind: DocumentKind
    chance: float


def kind_of(title: str, text: str) -> KindGuess:
    """The likeliest kind of a document, by its title and its opening in Simplified characters."""
    chances = _shipped().chances(features(title, text))
    best = int(chances.argmax())
    return KindGuess(tuple(DocumentKind)[best], float(chances[best]))


def features(title: str, text: str) -> list[str]:
    """What the model sees of a document, each thing once.

    The runs of the title are told from those of the opening, and its end is marked: 报告 ends a report's.
    """
    named = masked(_NOTE.sub("", title)) + "$"
    opening = masked(text[: 2 * OPENING])[:OPENING]
    return list(dict.fromkeys([*(f"t{run}" for run in runs(named)), *runs(opening)]))


@lru_cache(maxsize=1)
def _shipped() -> LinearModel:
    return read_weights(WEIGHTS)
