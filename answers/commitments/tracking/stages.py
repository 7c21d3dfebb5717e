"""How far a thing has come by the words of the clause that tells of it: begun, under way, finished, made."""

from __future__ import annotations

import re
from enum import Enum
from functools import partial

from answers.commitments.tracking.proof import SAID_MISSED, Status
from answers.knowledge.tables import Row, alternatives, rows
from indexer.text.span import Span

_promises = partial(rows, Row, "promises")


class Stage(Enum):
    """What a promise asks for, and what a report says that a thing has come to. The first three are only promised."""

    PURSUED = "pursued"
    SOUGHT = "sought"
    ASKED = "asked"
    UNDER_WAY = "under_way"
    CARRIED_OUT = "carried_out"
    BEGUN = "begun"
    APPROVED = "approved"
    DRAFTED = "drafted"
    FINISHED = "finished"
    MADE = "made"
    TITLED = "titled"
    COMPLETED = "completed"


_TOLD = (
    Stage.UNDER_WAY,
    Stage.CARRIED_OUT,
    Stage.BEGUN,
    Stage.APPROVED,
    Stage.DRAFTED,
    Stage.FINISHED,
    Stage.MADE,
    Stage.TITLED,
    Stage.COMPLETED,
)
_STAGES = tuple(
    (stage, re.compile(alternatives(row for row in _promises("stage") if row.name == stage.value)))
    for stage in _TOLD
)
_PROMISED = tuple(
    (Stage(row.name), frozenset(row.words))
    for section in ("verb", "verb_of_works", "stage")
    for row in _promises(section)
)
_ASKED = frozenset(word for row in _promises("verb_of_works") if row.name == "asked" for word in row.words)
_ENDS = tuple(word for stage, words in _PROMISED if stage is Stage.FINISHED for word in words)
_PLAN_OF = re.compile(alternatives(rows(Row, "indicators", "plan_of_works")))
_ENDLESS = re.compile(f"(?:{alternatives(_promises('endless'))})$")
_ABLE = re.compile("的?(?:能力|条件)")  # 具备通关运营能力: it may run, nothing says that it does
_AMBITION = re.compile(alternatives(_promises("ambition")))
_HASTENED = re.compile(alternatives(_promises("hastened")))
_EITHER = re.compile(alternatives(_promises("either")))
_PART = re.compile(alternatives(_promises("part_of_it")))
_MAIN_WORKS = "主体"
_ITEM = re.compile("、")
_LAST = 6  # characters that may follow a verb that ends what is listed: 建成投产、并网


def promised(verb: str, thing: str) -> Stage:
    """What a verb promises of a thing: 开工建设 that it is begun, 推进 that it is sought, or pursued where it has no end
    (推进综合改革)."""
    stage = next((stage for stage, words in _PROMISED if verb in words), None)
    if stage is None and any(verb.startswith(word) for word in _ENDS):
        stage = Stage.FINISHED  # 建成开港
    stage = stage or Stage.SOUGHT
    return Stage.PURSUED if stage is Stage.SOUGHT and _ENDLESS.search(thing) else stage


def is_asked_of_others(verb: str) -> bool:
    """Whether a verb asks others for a thing: 申报, 争创."""
    return verb in _ASKED


def may_be_missed(promise: str, thing: str, clause: str) -> bool:
    """Whether a promise that a thing is finished is missed where a clause says that it is under way: not an ambition
    without an end (智慧城市), nor what was only to be hastened (加快建成), nor where only the main works were promised.
    `promise`: its words as they stand; `thing`: what it is of."""
    if _AMBITION.search(thing) or _HASTENED.search(promise):
        return False
    return not _EITHER.search(clause) and not (_MAIN_WORKS in thing and _MAIN_WORKS in clause)


def told(text: str, clause: Span, name: Span) -> Stage | None:
    """What a clause says that the thing named in it has come to; None where it does not tell.

    What is told of a plan of the thing (总体方案获得批复) leaves the thing itself under way, what is told of a part of it
    (大道龙湖段建成) says only that it is worked on.
    """
    stage = _told(text, clause, name)
    if stage is None:
        return None
    if _PART.match(text, name.end, clause.end):
        return Stage.CARRIED_OUT  # which leaves open what became of the rest
    return Stage.UNDER_WAY if _PLAN_OF.match(text, name.end, clause.end) else stage


def _told(text: str, clause: Span, name: Span) -> Stage | None:
    """What a clause says that the thing named in it has come to; None where it does not tell.

    In a list the verb stands before its things (开工建设甲、乙) or behind them (甲、乙建成通车): from the thing on, the
    first item that ends with one counts, unless one before that begins with another; else, backwards, the first that
    begins with one.
    """
    ends = [*(mark.start() for mark in _ITEM.finditer(text, clause.start, clause.end)), clause.end]
    items = [
        Span(start, end) for start, end in zip([clause.start, *(end + 1 for end in ends)], ends, strict=False)
    ]
    first = next(n for n, item in enumerate(items) if name.start < item.end or n == len(items) - 1)
    last = next(n for n, item in enumerate(items) if name.end <= item.end or n == len(items) - 1)
    behind = _stage(text[name.end : items[last].end])
    before = _stage(text[items[first].start : name.start])
    if behind is Stage.DRAFTED and before in (Stage.BEGUN, Stage.UNDER_WAY):
        return before  # 启动总体规划编制: a noun
    if behind is not None:
        return behind
    if before is not None:
        return before
    for item in items[last + 1 :]:
        words = item.of(text)
        if (stage := _stage(words[-_LAST:])) is not None:
            return stage
        if _stage(words[:_LAST]) is not None:
            break
    for item in reversed(items[:first]):
        words = item.of(text)
        if (stage := _stage(words[:_LAST])) is not None:
            return stage
        if _stage(words[-_LAST:]) is not None:
            break
    return None


def _stage(words: str) -> Stage | None:
    """The stage of the longest words of the table in some words; what is under way is not done, whatever else they say."""
    found = [
        (stage is Stage.UNDER_WAY, len(match[0]), stage)
        for stage, cue in _STAGES
        for match in cue.finditer(words)
        if not _ABLE.match(words, match.end())
    ]
    return max(found, key=lambda one: one[:2])[2] if found else None


_THERE = (Stage.FINISHED, Stage.MADE, Stage.COMPLETED)
_DONE_BY = {
    Stage.BEGUN: (Stage.BEGUN, *_THERE),
    Stage.FINISHED: _THERE,
    Stage.MADE: (Stage.APPROVED, Stage.DRAFTED, Stage.TITLED, *_THERE),
    Stage.DRAFTED: (Stage.APPROVED, Stage.DRAFTED, *_THERE),
    Stage.COMPLETED: _THERE,
    Stage.SOUGHT: _THERE,
    Stage.ASKED: (Stage.APPROVED, Stage.TITLED, *_THERE),
    Stage.TITLED: (Stage.TITLED, *_THERE),
}


def settled(wanted: Stage, reached: Stage | None, sentence: str) -> tuple[Status, str]:
    """What became of a promise of which a sentence says that it has reached a stage, and why."""
    if SAID_MISSED.search(sentence):
        return Status.UNVERIFIED, "报告提到没有做到，请看原文"
    if reached is None:
        return Status.UNVERIFIED, "报告提到这件事，没有说做到哪一步"
    if reached in _DONE_BY.get(wanted, (Stage.COMPLETED,)):
        return Status.DONE, "报告说已经开工或做成" if wanted is Stage.BEGUN else "报告说已经做成"
    if reached in _THERE or reached is Stage.TITLED:
        return Status.UNVERIFIED, "报告说有了结果，承诺没有说做到什么程度"
    if reached is Stage.APPROVED:
        return Status.UNDER_WAY, "报告说已经获批"
    if wanted is Stage.FINISHED and reached is not Stage.CARRIED_OUT:
        return Status.MISSED, "承诺建成或投用，报告说还没有建成"
    return Status.UNDER_WAY, "报告说已经开始" if reached is Stage.BEGUN else "报告说还在进行"
