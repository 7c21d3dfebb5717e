"""How likely reports are to tell what a question asks, by the words of the question alone.

Why a figure fell, how many times one is of another, which the seventeen are that were counted: reports hardly ever tell, and a
figure of the right kind stands near by all the same. Learned from questions with and without an answer, on the reports that
they are about (`python -m training.told`): the prior of the confidence, beside what was seen of the answer.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from answers.understanding.places import without_places
from answers.understanding.question import Understanding
from answers.understanding.wanted_model import WantedModel, read_weights

WEIGHTS = Path(__file__).with_name("told.npz")
HEAD, LABELS = "told", ("no", "yes")


def likely_told(question: Understanding) -> float:
    """The logit of the chance that a report tells what a question asks of it. Which place it is about says nothing."""
    seen = without_places(question.query, question.places)
    return float(_model().logits(HEAD, seen)[LABELS.index("yes")])


@lru_cache(maxsize=1)
def _model() -> WantedModel:
    return read_weights(WEIGHTS)
