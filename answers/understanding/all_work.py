"""A question for all that was done in a year, or is to be done: 今年要重点抓哪些工作？"""

from __future__ import annotations

from answers.knowledge.tables import cue
from answers.understanding.places import Places, without_places

_ALL_WORK = cue("questions", "all_work")


def asks_for_all_work(query: str, places: Places) -> bool:
    """Whether a question (in Simplified characters), besides the `places` that it names, asks for work and no matter of it."""
    return _ALL_WORK.search(without_places(query, places)) is not None
