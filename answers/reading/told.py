"""How likely reports are to tell what a question asks, by the words of the question alone.

Why a figure fell, how many times one is of another, which the seventeen are that were counted: reports hardly ever tell, and a
figure of the right kind stands near by all the same. Learned from questions with and without an answer, on the reports that
they are about (`python -m training.told`): the prior of the confidence, beside what was seen of the answer.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from answers.understanding.places import without_places
from answers.understanding.wanted_model import WantedModel, read_weights

WEIGHTS = Path(__file__).with_name("told.npz")
HEAD, LABELS = "told", ("no", "yes")


def likely_told(query: str) -> float:
    """The logit of the chance that a report tells what a question in Simplified characters asks of it."""
    return float(_model().logits(HEAD, seen_of(query))[LABELS.index("yes")])


def seen_of(query: str) -> str:
    """What the model sees of a question: which place it is about says nothing."""
    return without_places(query)


@lru_cache(maxsize=1)
def _model() -> WantedModel:
    return read_weights(WEIGHTS)
