"""Commitments without a number: 开工建设宁波西站. A second kind, which nobody gets without asking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from answers.commitments.extraction.plan_headings import PlanHeadings
from answers.commitments.extraction.target_or_result import year_of
from answers.commitments.rows import Commitment, StatementKind
from answers.knowledge.tables import Row, alternatives, rows, words_of
from answers.place import Place
from indexer.report.records import Passage
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.sentences import clauses, sentences
from indexer.text.span import Span

_promises = partial(rows, Row, "promises")
_VERB = alternatives(_promises("verb"))
_BEFORE = f"(?:{alternatives(_promises('before'))})*"
# 今年 | 开工建设 | 宁波西站
_CONCRETE = re.compile(f"{_BEFORE}(?P<verb>{_VERB})(?P<object>.{{3,}})")
_OF_WORKS = re.compile(f"{_BEFORE}(?P<verb>{alternatives(_promises('verb_of_works'))})(?P<object>.{{4,}})")
_UNTIL = f"(?:{alternatives(_promises('until'))})*"
_STAGE = r"(?P<verb>(?:{stages}){{1,2}})(?:建设|使用|条件)?"


def _stages(*names: str) -> str:
    """The words of stages, as a pattern for the end of a clause."""
    words = "|".join(alternatives(row for row in _promises("stage") if row.name == name) for name in names)
    return _STAGE.format(stages=words)


def _last(*stages: str) -> re.Pattern[str]:
    """What comes to a stage is named first: 地铁6号线 | 实现全线 | 运营; a verb may stand before it, too: 竣工 | 市场 | 并投入运营."""
    first = alternatives(row for row in _promises("verb") if row.name == "finished")
    return re.compile(f"{_BEFORE}(?:{first})?(?P<object>.{{3,}}?){_UNTIL}{_stages(*stages)}")


_FINISHED, _MADE = _last("finished", "begun"), _last("made", "titled", "drafted", "approved", "completed")
STAGE_ALONE = re.compile(
    f"(?:{alternatives((*_promises('before'), *_promises('until')))})*+{_stages('finished', 'begun')}"
)
"""A clause that names no thing, only what the one named before it comes to: 确保年底前建成开港."""
_VAGUE = re.compile(alternatives(_promises("vague")))
_THING = re.compile(alternatives(_promises("thing")))
_NO_NAME = re.compile(f"(?:{words_of((*_promises('thing'), *_promises('common')))})*")
_LISTED = r"(?<![一二三特优中上高平同初])等(?![级候待额值])"
_LIST_END = re.compile(f"{_LISTED}[^、]*$")
_SUMMED_UP = re.compile(f".{_LISTED}.")
_ABOUT_THEM = re.compile(f"(?:{alternatives(_promises('about_them'))})$")
_SHORTEST_ITEM = 3
_LONGEST_SHORT = 3  # characters of a name that leaves out what it is of: 西延 of 西延、西康高铁
_SHARED_END = re.compile(
    f"(?P<own>.+?)(?P<thing>{alternatives(row for row in _promises('thing') if row.name == 'called')})"
    f"(?:{alternatives(_promises('common'))})*"
)
_RELATION = re.compile(
    f"{_BEFORE}(?P<object>[^，。；]{{3,40}}?)(?P<verb>{alternatives(_promises('relation'))})"
)
_CALLED_ALL = re.compile(f"{_LISTED}[^、]{{0,4}}?(?P<thing>{alternatives(_promises('for_each'))})$")
_SETS_TARGETS = re.compile("目标|预期")
_JOINS = re.compile("[、和及与]")
_WORK = (Role.TASKS, Role.REQUIREMENTS, Role.OWN_WORK)


def unnumbered_commitments(report: Report, numbered: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The clauses of a report's plans that promise a thing without saying how much, in their order.

    What is enumerated (加快京滨铁路、京唐铁路建设) is promised thing by thing. `numbered`: the statements of the report
    with a number, in order: their clauses make none.
    """
    figures = [row.span.start for row in numbered]
    plans = PlanHeadings(report)
    return tuple(
        row
        for passage in report.passages
        if report.role_of(passage) in _WORK and not report.is_aside(passage.span.start)
        for row in _in_passage(report, passage, figures, plans)
    )


@dataclass(frozen=True, slots=True)
class _Promised:
    """A thing that a clause promises, where it stands, and the verb."""

    span: Span
    object: str
    verb: str


def _in_passage(
    report: Report, passage: Passage, figures: Sequence[int], plans: PlanHeadings
) -> Iterator[Commitment]:
    text, original = report.simplified, report.text
    heading = report.sections[passage.section].heading
    headings = plans.above(passage.section)
    for sentence in sentences(text, passage.span):
        if heading.holds(sentence):
            continue
        sets_targets = _SETS_TARGETS.search(text, sentence.start, sentence.end) is not None
        seen_to = ""
        for written in clauses(text, sentence):
            clause = _before_figures(text, written, figures)
            if clause is None:
                continue
            related = _related(text, clause) if sets_targets and clause == written else None
            things: tuple[_Promised, ...]
            if related:
                things = (related,)
            elif alone := STAGE_ALONE.fullmatch(text, clause.start, clause.end):
                # 抓好无水港建设，确保年底前建成开港: of the one thing that the clause before sees to
                things = (_Promised(clause, seen_to, alone["verb"]),) if seen_to else ()
            else:
                things = tuple(_promised(text, clause))
                seen_to = _seen_to(text, clause, things)
            for thing in things:
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


def _before_figures(text: str, clause: Span, figures: Sequence[int]) -> Span | None:
    """A clause that states no number, or what it lists before the item that begins with one: 开工建设航道改扩建工程 of
    开工建设航道改扩建工程和3个码头; None where nothing is."""
    at = bisect_left(figures, clause.start)
    if at == len(figures) or figures[at] >= clause.end:
        return clause
    joint = figures[at] - 1
    listed = joint > clause.start and _JOINS.match(text, joint) is not None
    return Span(clause.start, joint) if listed else None


def _related(text: str, clause: Span) -> _Promised | None:
    """An indicator that is to keep up with another or to stay within a task: 居民收入与经济增长基本同步."""
    start = max(clause.start, text.rfind("：", clause.start, clause.end) + 1)  # 主要预期目标是：
    found = _RELATION.fullmatch(text, start, clause.end)
    return _Promised(Span(start, clause.end), found["object"], found["verb"]) if found else None


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
    names = _whole_names([item.of(text) for item in items])
    if called_all := _CALLED_ALL.search(found["object"]):
        # 稀土材料、氧化铝纤维等产业园: a park for each, and no park of that name is the material itself
        names = [name if _THING.search(name) else name + called_all["thing"] for name in names]
    for number, (item, name) in enumerate(zip(items, names, strict=True)):
        span = item if number else Span(clause.start, item.end)
        yield _Promised(span, name, found["verb"])


def _seen_to(text: str, clause: Span, things: Sequence[_Promised]) -> str:
    """The one thing that a clause sees to, whether or not that alone is a promise; empty where it lists several."""
    if len(things) == 1:
        return things[0].object
    found = _OF_WORKS.fullmatch(text, clause.start, clause.end) if not things else None
    return "" if found is None or "、" in found["object"] else found["object"]


def _items(text: str, within: Span, seen: bool) -> Iterator[Span]:
    """The things that are listed, without what sums them up (等重点项目); none where one is no name of a thing (甲、乙二期建设).

    What anybody can see done (建成甲、乙) is a thing whatever it is called; `seen` says that the verb is such a one.
    """
    words = within.of(text)
    if _ABOUT_THEM.search(words):
        return
    end = _LIST_END.search(words)
    listed = words[: end.start()] if end else words
    parts = _parts(listed)
    things = seen or (end is not None and _THING.search(end[0]) is not None)
    if not all(_is_thing(part, things) for part in _whole_names(parts)):
        return
    at = within.start
    for part in parts:
        yield Span(at, at + len(part))
        at += len(part) + 1


def _parts(listed: str) -> list[str]:
    """The items of a list; what an item sums up belongs to it: 循环经济、生态城市等省级研究中心, 重点实验室."""
    parts = listed.split("、")
    last = max((at for at, part in enumerate(parts) if _SUMMED_UP.search(part)), default=0)
    return ["、".join(parts[: last + 1]), *parts[last + 1 :]]


def _whole_names(parts: list[str]) -> list[str]:
    """The items of a list, each with what the last one tells for all of them: 西延、西康高铁 → 西延高铁, 西康高铁."""
    last = _SHARED_END.fullmatch(parts[-1])
    short = range(2, _LONGEST_SHORT + 1)
    if last is None or len(last["own"]) not in short or not all(len(part) in short for part in parts[:-1]):
        return parts
    return [part + last["thing"] for part in parts[:-1]] + [parts[-1]]


def _is_thing(item: str, known_things: bool) -> bool:
    """Whether an item of a list is a thing by itself: it is no half of a quotation (“三医、三教”联动), more than a common
    word, and called a thing where nothing else makes all of them things (等重点项目)."""
    return (
        len(item) >= _SHORTEST_ITEM
        and item.count("“") == item.count("”")
        and _NO_NAME.fullmatch(item) is None
        and (known_things or _THING.search(item) is not None)
    )
