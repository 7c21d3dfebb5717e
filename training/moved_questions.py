"""Questions moved to a year or a city of which the passage does not speak.

The passage of 云南去年粮食产量 answers neither 云南2021年粮食产量 nor 曲靖去年粮食产量, though it has every other word
of both: near misses that people make all the time and that nobody has to write down.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answers.evaluation.questions import GoldQuestion, QuestionKind
from answers.understanding.scope import region_of
from indexer.index import ReportIndex
from indexer.report.regions import CITY, regions
from indexer.report.report import Report
from indexer.text.characters import simplified
from training.report_questions import positives
from training.windows import Window

_SHARE = 0.4  # of the questions that can be moved
_KINDS = frozenset([QuestionKind.NUMBER, QuestionKind.COLLOQUIAL, QuestionKind.ENTITY, QuestionKind.ENGLISH])
_BEHIND = re.compile(r"去年|上一?年(?!级)|过去一年|\blast year\b", re.I)
_AHEAD = re.compile(r"今年|\bthis year\b", re.I)
_NAMED = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_ENGLISH = re.compile(r"\b[a-z]{3,}\b")
_SEVERAL_YEARS = re.compile(r"五年|[三四]年|来|累计|years")
_OWN = "我省|全省|本省|省里|我区|全区|我市|全市"


def windows(questions: Sequence[GoldQuestion], index: ReportIndex, seed: int = 13) -> Iterator[Window]:
    """For some of the questions that have an answer, its passage with the question moved: no answer there."""
    chance = random.Random(seed)
    for question in questions:
        if question.about is None or question.kind not in _KINDS or not question.gold:
            continue
        report = index.report(question.about)
        query = simplified(question.question)
        for window, _ in positives(question, query, report):
            for moved in (to_another_year(query, report, chance), to_a_city(query, report, chance)):
                if moved is None or moved.name in window.head + window.text:
                    continue
                if chance.random() < _SHARE:
                    yield replace(window, question=moved.query, best=None, answers=())


@dataclass(frozen=True, slots=True)
class Moved:
    """A question moved; `name` is the year or the city that it names now."""

    query: str
    name: str


def to_another_year(query: str, report: Report, chance: random.Random) -> Moved | None:
    """The question for the same thing some years earlier; None where it speaks of no single year."""
    year = report.year
    if year is None or _SEVERAL_YEARS.search(query):
        return None
    name = str(year - chance.choice((2, 2, 3, 4)))
    words = f"in {name}" if _ENGLISH.search(query) else f"{name}年"
    for said, instead in ((_BEHIND, words), (_AHEAD, words), (_NAMED, name)):
        if len(said.findall(query)) == 1:
            return Moved(said.sub(instead, query), name)
    return None


def to_a_city(query: str, report: Report, chance: random.Random) -> Moved | None:
    """The question of a city in the report's province; None where the report is no province's."""
    own = region_of(report)
    if own is None or _ENGLISH.search(query):
        return None
    cities = [
        region for region in regions() if region.level == CITY and region.lies_in(own) and region != own
    ]
    if not cities:
        return None
    city = chance.choice(cities)
    name = chance.choice((city.name, city.short))
    bare = re.sub(_OWN, "", query)
    for said in (own.name, own.short):
        if said in bare:
            return Moved(bare.replace(said, name, 1), city.short)
    return Moved(name + bare, city.short)
