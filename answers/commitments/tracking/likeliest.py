"""Which result of a later report a target is compared with: the one that most likely is of its indicator.

Words that are the same to the letter need nothing; of others a small model says how likely they mean one thing
(`indicator_model`), less what speaks against it: another year, another verb, another place in a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

from answers.commitments.rows import Commitment
from answers.commitments.tracking.comparable import comparable, number_reached
from answers.commitments.tracking.indicator_model import Statement, features, shipped_indicator_model
from answers.commitments.tracking.indicators import Likeness, is_added, same_name
from answers.commitments.tracking.levels import same_level
from answers.reading.years_told import Told, YearsTold
from indexer.text.span import Span

TOWN_AND_COUNTRY = ("城镇", "农村")
TOGETHER = "城乡居民"
"""Two kinds of people that one goal may name, and how it names both."""

_OTHER_PLACE = 0.3  # against another place in a list as long: 分别增长8%和9% is told in the order in which it was promised
_OVER_SEVERAL = 0.3  # against a mean or a sum over years, which settles nothing
_AMONG_SEVERAL = 0.12
_NAMED_ALIKE = (
    0.6  # of the weight of two names, by which a result is shown beside a target whatever its chance
)
_WEIGHED = 16  # results that the model weighs for a target
_CAME_FROM = re.compile(r"(?:由|从)[^，,；;。]{0,10}$")
_WENT_TO = re.compile(r"(?:提高|增加|下降|降低|上升|降|增|扩大)[到至]")


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a number stands among those that one sentence gives of one name: 城乡居民人均可支配收入分别增长8%和10%.

    Attributes:
        group: which name of which sentence, by number.
        rank: how many of the group stand before it.
        size: how many there are.
    """

    group: int
    rank: int
    size: int


def listed_places(rows: Sequence[Commitment]) -> list[Listed]:
    """The place of each row among those of its sentence that have its name and its unit."""
    keys = [(row.sentence, row.object, row.action, row.amount.unit if row.amount else "") for row in rows]
    sizes = Counter(keys)
    groups = {key: number for number, key in enumerate(sizes)}
    seen = Counter[tuple[Span, str, str, str]]()
    found = []
    for key in keys:
        group = groups[key]
        found.append(Listed(group, seen[key], sizes[key]))
        seen[key] += 1
    return found


def town_or_country(row: Commitment, listed: Listed) -> Iterator[tuple[Commitment, Listed]]:
    """One of two numbers for 城乡居民 as what it is, the first that of the towns: 城乡居民人均可支配收入分别增长5%和7%."""
    if listed.size == len(TOWN_AND_COUNTRY) and row.object.startswith(TOGETHER):
        name = TOWN_AND_COUNTRY[listed.rank] + row.object.removeprefix("城乡")
        yield replace(row, object=name), Listed(-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Target:
    """A target, its place in a list, and whether the report set another before it for what has the same name: the
    whole place's comes first, and later that of one of its districts."""

    seen: Statement
    listed: Listed
    another: bool

    @property
    def row(self) -> Commitment:
        """The row of the ledger."""
        return self.seen.row

    def apart(self, text: str) -> Iterator[Target]:
        """A target for 城乡居民 as one for the towns and one for the country."""
        for part in TOWN_AND_COUNTRY:
            row = replace(self.row, object=part + self.row.object.removeprefix("城乡"))
            yield replace(self, seen=Statement.of(row, text))

    @classmethod
    def all_of(cls, rows: Sequence[Commitment], text: str) -> list[Target]:
        """The targets of a report."""
        first: dict[tuple[str, str, str, int | None], Commitment] = {}
        found = []
        for row, listed in zip(rows, listed_places(rows), strict=True):
            unit = row.amount.unit if row.amount else ""
            before = first.setdefault((row.object, row.action, unit, row.year), row)
            another = before.sentence != row.sentence and before.amount != row.amount
            found.append(cls(Statement.of(row, text), listed, another))
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """A result as the model sees it, of how many years it is told, whether its number is only where something came from
    (由120元提高到200元), and its place in a list."""

    seen: Statement
    told: Told
    was: bool
    listed: Listed

    @property
    def row(self) -> Commitment:
        """The row of the ledger."""
        return self.seen.row

    @classmethod
    def of(cls, row: Commitment, years: YearsTold, listed: Listed) -> Result:
        """A row of the report that `years` is of."""
        text = years.report.text
        before = text[row.sentence.start : row.span.start]
        after = text[row.span.end : row.sentence.end]
        was = bool(_CAME_FROM.search(before)) and bool(_WENT_TO.match(after))
        return cls(
            Statement.within(row, before, after),
            years.told(row.sentence, row.span.start, row.action),
            was,
            listed,
        )


def likeliest(
    aim: Target, results: Sequence[Result], alike: Likeness, region: str
) -> tuple[Result | None, float]:
    """The result that most likely is of a target's indicator, the first of equals, and how likely, less what speaks
    against it besides its words."""
    model, target = shipped_indicator_model(), aim.row
    best: Result | None = None
    highest = 0.0
    comparable_ones = (result for result in results if comparable(target, result.row))
    for result in _nearest(aim, comparable_ones, alike):
        named = same_name(target, result.row, region)  # to the word: nothing to learn
        chance = 1.0 if named else model.chance(features(aim.seen, result.seen, alike))
        chance -= _unlikely(aim, result)
        if chance > highest:
            best, highest = result, chance
    return best, highest


def named_alike(aim: Target, result: Result, alike: Likeness) -> bool:
    """Whether a result is shown beside a target by its words alone, whatever its chance."""
    named = alike.of_names(aim.seen.name, result.seen.name)
    return max(named, alike.in_clause(aim.seen.name, result.seen.part)) >= _NAMED_ALIKE


def _nearest(aim: Target, results: Iterable[Result], alike: Likeness) -> list[Result]:
    """The results that share most with a target by words, or its very number: only these are weighed."""
    wanted = aim.seen.name
    shared = []
    for result in results:
        pairs = wanted.pairs & result.seen.before.pairs
        number = number_reached(result.row, aim.row)
        equal = number is not None and aim.row.amount is not None and number.low == aim.row.amount.low
        if pairs or equal:
            shared.append((alike.weigh(pairs) + equal, result))
    return [result for _, result in nlargest(_WEIGHED, shared, key=lambda one: one[0])]


def _unlikely(aim: Target, result: Result) -> float:
    """How much speaks against a result besides its name: another year, several years, another verb, another place in a
    list."""
    target, row = aim.row, result.row
    against = 0.0
    if aim.listed.size == result.listed.size and aim.listed.rank != result.listed.rank:
        against += _OTHER_PLACE
    if target.year is not None and row.year is not None and target.year != row.year:
        against += 0.1
    if result.told is not Told.ONE_YEAR and not same_level(target, row):
        against += _OVER_SEVERAL if result.told is Told.OVER_SEVERAL else _AMONG_SEVERAL
    if result.was:
        against += 0.2
    if target.action and row.action and target.action[:1] != row.action[:1]:
        against += 0.03
    if is_added(target) != is_added(row):
        against += 0.01  # of two that are named alike
    return against
