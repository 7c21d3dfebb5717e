"""Commitments without a number: 开工建设宁波西站. A second kind, which nobody gets without asking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from answers.commitments.extraction.target_or_result import year_of
from answers.commitments.rows import Commitment, StatementKind
from answers.knowledge.tables import Row, alternatives, rows, words_of
from answers.place import Place
from indexer.report.records import Passage
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.characters import simplified
from indexer.text.sentences import clauses, sentences
from indexer.text.span import Span

_promises = partial(rows, Row, "promises")
_VERB = alternatives(_promises("verb"))
_BEFORE = f"(?:{alternatives(_promises('before'))})*"
# 今年 | 开工建设 | 宁波西站
_CONCRETE = re.compile(f"{_BEFORE}(?P<verb>{_VERB})(?P<object>.{{4,}})")
_OF_WORKS = re.compile(f"{_BEFORE}(?P<verb>{alternatives(_promises('verb_of_works'))})(?P<object>.{{4,}})")
_LAST = r"{before}(?P<object>.{{4,}}?)(?:实现|正式|全面|全部|全线|如期|顺利|尽快|获得|具备)*(?P<verb>(?:{stages}){{1,2}})(?:建设|使用|条件)?"


def _last(*stages: str) -> re.Pattern[str]:
    """What comes to a stage is named first: 地铁6号线 | 实现全线 | 运营."""
    words = "|".join(alternatives(row for row in _promises("stage") if row.name == stage) for stage in stages)
    return re.compile(_LAST.format(before=_BEFORE, stages=words))


_FINISHED, _MADE = _last("finished", "begun"), _last("made", "drafted", "completed")
_VAGUE = re.compile(alternatives(_promises("vague")))
_THING = re.compile(alternatives(_promises("thing")))
_NO_NAME = re.compile(f"(?:{words_of((*_promises('thing'), *_promises('common')))})*")
_LIST_END = re.compile("等[^、]*$")
_SHORTEST_ITEM = 3
_WORK = (Role.TASKS, Role.REQUIREMENTS, Role.OWN_WORK)


def unnumbered_commitments(report: Report, numbered: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The clauses of a report's plans that promise a thing without saying how much, in their order.

    What is enumerated (加快京滨铁路、京唐铁路建设) is promised thing by thing. `numbered`: the statements of the report
    with a number, in order: their clauses make none.
    """
    figures = [row.span.start for row in numbered]
    return tuple(
        row
        for passage in report.passages
        if report.role_of(passage) in _WORK and not report.is_aside(passage.span.start)
        for row in _in_passage(report, passage, figures)
    )


@dataclass(frozen=True, slots=True)
class _Promised:
    """A thing that a clause promises, where it stands, and the verb."""

    span: Span
    object: str
    verb: str


def _in_passage(report: Report, passage: Passage, figures: Sequence[int]) -> Iterator[Commitment]:
    text, original = report.simplified, report.text
    heading = report.sections[passage.section].heading
    headings = simplified(" ".join(report.headings(passage.section)))
    for sentence in sentences(text, passage.span):
        if heading.holds(sentence):
            continue
        for clause in clauses(text, sentence):
            if _has_figure(clause, figures):
                continue
            for thing in _promised(text, clause):
                year = year_of(
                    StatementKind.TARGET,
                    text[sentence.start : clause.end],
                    headings,
                    report.metadata.planned_year,
                    True,
                )
                yield Commitment(
                    place=Place.of(report, passage.section, thing.span),
                    span=thing.span,
                    text=thing.span.of(original),
                    amount=None,
                    object=thing.object,
                    action=thing.verb,
                    kind=StatementKind.TARGET,
                    year=year,
                    sentence=sentence,
                    section=passage.section,
                )


def _has_figure(clause: Span, figures: Sequence[int]) -> bool:
    at = bisect_left(figures, clause.start)
    return at < len(figures) and figures[at] < clause.end


def _promised(text: str, clause: Span) -> Iterator[_Promised]:
    """What a clause promises: the thing, or each of those that it lists."""
    words = clause.of(text)
    called = _THING.search(words) is not None
    found = _FINISHED.fullmatch(words) or (_MADE.fullmatch(words) if called else None)
    found = seen = found or _CONCRETE.fullmatch(words)
    if found is None and called:
        found = _OF_WORKS.fullmatch(words)
    if found is None:
        return
    if _VAGUE.search(found["object"]) or _NO_NAME.fullmatch(found["object"]):
        return
    at = clause.start + found.start("object")
    items = list(_items(text, Span(at, clause.start + found.end("object")), seen is not None))
    if len(items) < 2:
        yield _Promised(clause, found["object"], found["verb"])
        return
    # The first with its verb, as the clause begins; the others stand by themselves.
    for number, item in enumerate(items):
        span = item if number else Span(clause.start, item.end)
        yield _Promised(span, item.of(text), found["verb"])


def _items(text: str, within: Span, seen: bool) -> Iterator[Span]:
    """The things that are listed, without what sums them up (等重点项目); none where one is no name of a thing (甲、乙二期建设).

    What anybody can see done (建成甲、乙) is a thing whatever it is called; `seen` says that the verb is such a one.
    """
    words = within.of(text)
    end = _LIST_END.search(words)
    listed = words[: end.start()] if end else words
    parts = listed.split("、")
    things = seen or (end is not None and _THING.search(end[0]) is not None)
    if not all(_is_thing(part, things) for part in parts):
        return
    at = within.start
    for part in parts:
        yield Span(at, at + len(part))
        at += len(part) + 1


def _is_thing(item: str, known_things: bool) -> bool:
    """Whether an item of a list is a thing by itself: it is no half of a quotation (“三医、三教”联动), more than a common
    word, and called a thing where nothing else makes all of them things (等重点项目)."""
    return (
        len(item) >= _SHORTEST_ITEM
        and item.count("“") == item.count("”")
        and _NO_NAME.fullmatch(item) is None
        and (known_things or _THING.search(item) is not None)
    )
