"""Promises that an indicator keeps up with another, or stays within a task: 居民收入与经济增长同步, 减排完成省下达任务.

They have no number of their own; only words that compare settle them: 高于经济增速 keeps 与经济同步, 低于 does not.
"""

from __future__ import annotations

import re
from functools import partial

from answers.commitments.tracking.proof import Status
from answers.knowledge.tables import Row, alternatives, rows

_promises = partial(rows, Row, "promises")
_WANTED = tuple((row.name, re.compile(alternatives([row]))) for row in _promises("relation"))
_TOLD = tuple((row.name, re.compile(alternatives([row]))) for row in _promises("related"))
_KEPT_BY = {"keeps_up": ("keeps_up", "above"), "above": ("above",), "within": ("within",)}
_WHY = {
    "above": "报告说更高或更快",
    "keeps_up": "报告说同步，或不低于",
    "within": "报告说完成了任务，或在目标以内",
    "under": "报告说更低或更慢",
}


def relation_of(verb: str) -> str | None:
    """The relation that the verb of a promise names; None for a verb that names none."""
    return next((name for name, words in _WANTED if words.fullmatch(verb)), None)


def related(relation: str, clause: str) -> tuple[Status, str] | None:
    """What a clause that speaks of the indicator says of the relation, and why; None where it compares nothing."""
    told = next((name for name, words in _TOLD if words.search(clause)), None)
    if told is None:
        return None
    if told in _KEPT_BY[relation]:
        return Status.DONE, _WHY[told]
    if told == "under" and relation != "within":
        return Status.MISSED, _WHY[told]
    return Status.UNVERIFIED, "报告另有比较，请看原文"
