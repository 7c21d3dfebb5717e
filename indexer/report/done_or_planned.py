"""Whether a stretch of a report tells what was done or what is planned, by its words alone: a small learned model.

For reports whose headings do not say it: slogans, a second half that goes on without a heading. Fitted by
`python -m training.done_or_planned` to the parts of reports whose headings do; the weights lie beside this module.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from indexer.report.linear_model import LinearModel, masked, read_weights, runs

WEIGHTS = Path(__file__).with_name("done_or_planned.npz")
LONGEST = 600
"""Characters of a stretch that are looked at."""


def planned_chance(text: str) -> float:
    """The chance, 0..1, that a text in Simplified characters tells of plans and not of results."""
    return float(_shipped().chances(features(text))[1])


def features(text: str) -> list[str]:
    """What the model sees of a stretch, each thing once."""
    return runs(masked(text[:LONGEST]))


@lru_cache(maxsize=1)
def _shipped() -> LinearModel:
    return read_weights(WEIGHTS)
