"""What became of a target: the next report's word on the same indicator, and what the numbers prove.

The machine only proposes. It says 已完成, 超额完成 or 未完成 where amounts, bounds and years prove it, and
待核实 everywhere else; what a person says is kept apart (`answers.commitments.tracking.judgements`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import Any

from answers.commitments.extraction.extract import commitments, statements_told
from answers.commitments.rows import Commitment, StatementKind, commitment_row
from answers.commitments.tracking.indicator_model import Statement, features, shipped_indicator_model
from answers.commitments.tracking.indicators import (
    Likeness,
    Name,
    comparable,
    indicator_name,
    mentions,
    number_reached,
    same_name,
    without_lead,
)
from answers.commitments.tracking.proof import (
    PROVED,
    SAID_MISSED,
    Status,
    first_open_year,
    proposed,
    said,
)
from answers.commitments.tracking.years_told import Told, YearsTold, same_level
from answers.errors import LedgerError
from answers.place import Place
from answers.quantities.figures import tally
from indexer.report.records import Passage
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.sentences import clauses, sentences
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Tracked:
    """A target of one report beside what a later one says of it.

    Attributes:
        indicator: the indicator in words.
        outcome: the statement of the later report; None where none speaks of it.
        status: what the machine proposes.
        reason: what proves it, or why it stays open, in Chinese.
        likeness: 0..1, how alike the two statements name their indicator; 0 without an outcome.
    """

    indicator: str
    target: Commitment
    outcome: Commitment | None
    status: Status
    reason: str
    likeness: float


_TOWN_AND_COUNTRY = ("城镇", "农村")
_TOGETHER = "城乡居民"
_EACH = re.compile("分别|[都各]|(?<!人)均(?!可)")
_CLAUSE_CUT = re.compile("[，。；：！？]")
_ALIKE = 0.4  # a chance below which two statements are taken to be of different things
_OTHER_PLACE = 0.3  # against another place in a list as long: 分别增长8%和9% is told in the order in which it was promised
_NAMED_ALIKE = (
    0.6  # of the weight of two names, by which a result is shown beside a target whatever its chance
)
_WEIGHED = 16  # results that the model weighs for a target
_CAME_FROM = re.compile(r"(?:由|从)[^，；。]{0,10}$")
_WENT_TO = re.compile(r"(?:提高|增加|下降|降低|上升|降|增|扩大)[到至]")


def track(earlier: Report, later: Report) -> tuple[Tracked, ...]:
    """Every numbered target of `earlier`, in its order, with what `later` says of it.

    Raises:
        LedgerError: the reports are of different places, or `later` is not the later one.
    """
    check_pair(earlier, later)
    targets = [row for row in commitments(earlier) if row.kind is StatementKind.TARGET]
    return track_rows(targets, earlier, later, statements_told(later))


def track_rows(
    rows: Sequence[Commitment], earlier: Report, later: Report, told: Sequence[Commitment]
) -> tuple[Tracked, ...]:
    """Some targets of `earlier`, in their order, with what `later` says of them; `told`: its statements."""
    targets = _Target.all_of(rows, earlier.text)
    # What the later report promises in its turn is no outcome.
    years = YearsTold.of(later)
    achieved = [row for row in told if row.kind is StatementKind.ACHIEVED]
    results = [
        _Result.of(row, years, listed)
        for first, place in zip(achieved, _listed(achieved), strict=True)
        for row, listed in ((first, place), *_town_or_country(first, place))
    ]
    alike = Likeness.among([*(target.row for target in targets), *achieved])
    review = tuple(_review(later))
    return tuple(_tracked(target, results, review, alike, earlier, later) for target in targets)


@dataclass(frozen=True, slots=True)
class _Listed:
    """Where a number stands among those that one sentence gives of one name: 城乡居民人均可支配收入分别增长8%和10%.

    Attributes:
        group: which name of which sentence, by number.
        rank: how many of the group stand before it.
        size: how many there are.
    """

    group: int
    rank: int
    size: int


def _listed(rows: Sequence[Commitment]) -> list[_Listed]:
    """The place of each row among those of its sentence that have its name and its unit."""
    keys = [(row.sentence, row.object, row.action, row.amount.unit if row.amount else "") for row in rows]
    sizes = Counter(keys)
    groups = {key: number for number, key in enumerate(sizes)}
    seen = Counter[tuple[Span, str, str, str]]()
    found = []
    for key in keys:
        group = groups[key]
        found.append(_Listed(group, seen[key], sizes[key]))
        seen[key] += 1
    return found


def _town_or_country(row: Commitment, listed: _Listed) -> Iterator[tuple[Commitment, _Listed]]:
    """One of two numbers for 城乡居民 as what it is, the first that of the towns: 城乡居民人均可支配收入分别增长5%和7%."""
    if listed.size == len(_TOWN_AND_COUNTRY) and row.object.startswith(_TOGETHER):
        name = _TOWN_AND_COUNTRY[listed.rank] + row.object.removeprefix("城乡")
        yield replace(row, object=name), _Listed(-1, 0, 1)


@dataclass(frozen=True, slots=True)
class _Target:
    """A target, its place in a list, and whether the report set another before it for what has the same name: the
    whole place's comes first, and later that of one of its districts."""

    seen: Statement
    listed: _Listed
    another: bool

    @property
    def row(self) -> Commitment:
        """The row of the ledger."""
        return self.seen.row

    def apart(self, text: str) -> Iterator[_Target]:
        """A target for 城乡居民 as one for the towns and one for the country."""
        for part in _TOWN_AND_COUNTRY:
            row = replace(self.row, object=part + self.row.object.removeprefix("城乡"))
            yield replace(self, seen=Statement.of(row, text))

    @classmethod
    def all_of(cls, rows: Sequence[Commitment], text: str) -> list[_Target]:
        """The targets of a report."""
        first: dict[tuple[str, str, str, int | None], Commitment] = {}
        found = []
        for row, listed in zip(rows, _listed(rows), strict=True):
            unit = row.amount.unit if row.amount else ""
            before = first.setdefault((row.object, row.action, unit, row.year), row)
            another = before.sentence != row.sentence and before.amount != row.amount
            found.append(cls(Statement.of(row, text), listed, another))
        return found


@dataclass(frozen=True, slots=True)
class _Result:
    """A result as the model sees it, of how many years it is told, whether its number is only where something came from
    (由120元提高到200元), and its place in a list."""

    seen: Statement
    told: Told
    was: bool
    listed: _Listed

    @property
    def row(self) -> Commitment:
        """The row of the ledger."""
        return self.seen.row

    @classmethod
    def of(cls, row: Commitment, years: YearsTold, listed: _Listed) -> _Result:
        text = years.report.text
        before = text[row.sentence.start : row.span.start]
        after = text[row.span.end : row.sentence.end]
        was = bool(_CAME_FROM.search(before)) and bool(_WENT_TO.match(after))
        return cls(Statement.within(row, before, after), years.told(row), was, listed)


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause of the later report's review, with its sentence and what it speaks of."""

    passage: Passage
    sentence: Span
    span: Span
    name: Name


def _review(later: Report) -> Iterator[_Said]:
    """The clauses in which a report looks back, in order."""
    text = later.text
    for passage in later.passages:
        if later.role_of(passage) is not Role.REVIEW or later.is_aside(passage.span.start):
            continue
        for sentence in sentences(text, passage.span):
            for clause in clauses(text, sentence):
                yield _Said(passage, sentence, clause, Name.of(without_lead(clause.of(text))))


def _tracked(
    aim: _Target,
    results: Sequence[_Result],
    review: Sequence[_Said],
    alike: Likeness,
    earlier: Report,
    later: Report,
) -> Tracked:
    target = aim.row
    if aim.listed.size == 1 and target.object.startswith(_TOGETHER):
        each = [_tracked(one, results, review, alike, earlier, later) for one in aim.apart(earlier.text)]
        before = _CLAUSE_CUT.split(earlier.text[target.sentence.start : target.span.start])[-1]
        if (both := _of_both(target, each, _EACH.search(before) is not None)) is not None:
            return both
    wanted = aim.seen.name
    best, likeness = _likeliest(aim, results, alike, later.region)
    name = indicator_name(target)
    if best is not None and (likeness >= _ALIKE or _named_alike(aim, best, alike)):
        status, reason = proposed(target, best.row, earlier, later, best.told, likeness)
        if status in PROVED and aim.another:
            status, reason = Status.UNVERIFIED, "报告前面另有同名的目标，请核对这是否整个地区的"
        if status in PROVED and aim.listed.size == 1 < best.listed.size:
            group = [result for result in results if result.listed.group == best.listed.group]
            if any(
                proposed(target, one.row, earlier, later, one.told, likeness)[0] is not status
                for one in group
            ):
                status, reason = Status.UNVERIFIED, "结果分为几项，不都一样"
        return Tracked(name, target, best.row, status, reason, likeness)
    mention = _mentioned(target, wanted, review, later)
    if mention is None:
        other = None
        if target.amount is not None and target.amount.unit == "%":
            other = next((r.row for r in results if same_name(target, r.row, later.region)), None)
        if other is not None:
            reason = "报告说到这一指标的另一个数，没有增速或比例可比"
            return Tracked(name, target, other, Status.UNVERIFIED, reason, _ALIKE)
        return Tracked(name, target, None, Status.NOT_MENTIONED, "后一份报告没有找到同一指标的表述", 0.0)
    status, reason = said(target, mention.span.of(later.simplified), mention.sentence.of(later.simplified))
    return Tracked(name, target, mention, status, reason, _ALIKE)


def _of_both(target: Commitment, each: Sequence[Tracked], apart: bool) -> Tracked | None:
    """What one number for towns and country comes to by what became of each; None where that proves nothing.

    Where it is of each (`apart`: 分别, 均) one that missed it is enough; else it is of both together, which lie between.
    """
    missed = next((one for one in each if one.status is Status.MISSED), None)
    all_missed = all(one.status is Status.MISSED for one in each)
    if not (all_missed or (missed and apart) or (not missed and all(one.status in PROVED for one in each))):
        return None
    told = missed or next((one for one in each if one.status is Status.DONE), each[0])
    reason = "；".join(
        f"{part}：{one.reason}"
        for part, one in zip(_TOWN_AND_COUNTRY, each, strict=True)
        if one.status in PROVED
    )
    return replace(told, indicator=indicator_name(target), target=target, reason=reason)


def _likeliest(
    aim: _Target, results: Sequence[_Result], alike: Likeness, region: str
) -> tuple[_Result | None, float]:
    """The result that most likely is of a target's indicator, the first of equals, and how likely, less what speaks
    against it besides its words."""
    model, target = shipped_indicator_model(), aim.row
    best: _Result | None = None
    highest = 0.0
    comparable_ones = (result for result in results if comparable(target, result.row))
    for result in _nearest(aim, comparable_ones, alike):
        named = same_name(target, result.row, region)  # to the word: nothing to learn
        chance = 1.0 if named else model.chance(features(aim.seen, result.seen, alike))
        chance -= _unlikely(aim, result)
        if chance > highest:
            best, highest = result, chance
    return best, highest


def _named_alike(aim: _Target, result: _Result, alike: Likeness) -> bool:
    """Whether a result is shown beside a target by its words alone, whatever its chance."""
    named = alike.of_names(aim.seen.name, result.seen.name)
    return max(named, alike.in_clause(aim.seen.name, result.seen.part)) >= _NAMED_ALIKE


def _nearest(aim: _Target, results: Iterable[_Result], alike: Likeness) -> list[_Result]:
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


def _mentioned(target: Commitment, wanted: Name, review: Sequence[_Said], later: Report) -> Commitment | None:
    """The clause in the review of `later` that speaks of the target's indicator without a number.

    One that says that the target was missed comes first, then the first one that opens with it.
    """
    best: _Said | None = None
    highest = 0
    text = later.text
    for clause in review:
        rank = mentions(wanted, clause.name)
        if rank and not tally(text, clause.span):
            rank += 2 * bool(SAID_MISSED.search(clause.sentence.of(text)))
            if rank > highest:
                best, highest = clause, rank
    if best is None:
        return None
    section = best.passage.section
    return Commitment(
        Place.of(later, section, best.span), best.span, best.span.of(text), None, target.object, "",
        StatementKind.ACHIEVED, (later.year or 1) - 1, best.sentence, section,
    )  # fmt: skip


def tracked_row(pair: Tracked, earlier: Report, later: Report) -> dict[str, Any]:
    """A pair as a JSON object: indicator, target, outcome, status; source (the document of the outcome), reason and
    likeness are ours."""
    return {
        "indicator": pair.indicator,
        "target": commitment_row(pair.target, pair.target.sentence.of(earlier.text)),
        "outcome": (
            commitment_row(pair.outcome, pair.outcome.sentence.of(later.text)) if pair.outcome else None
        ),
        "source": {"document": later.name, "title": later.title, "date": later.metadata.date}
        if pair.outcome
        else None,
        "status": pair.status.value,
        "reason": pair.reason,
        "likeness": round(pair.likeness, 3),
    }


def check_pair(earlier: Report, later: Report) -> None:
    """Raise LedgerError unless the reports are of one place and `later` is of a later year."""
    one, other = earlier.metadata, later.metadata
    if one.region and other.region and one.region != other.region:
        raise LedgerError(
            f"{earlier.name} 是{one.region}的报告，{later.name} 是{other.region}的；兑现只能在同一地区的报告之间对照。",
            f"{earlier.name} is a report of {one.region}, {later.name} of {other.region}; "
            "targets are tracked between reports of the same place.",
        )
    if one.year is not None and other.year is not None and one.year >= first_open_year(later):
        raise LedgerError(
            f"{later.name}（{other.year} 年）不晚于 {earlier.name}（{one.year} 年）。请把较早的报告放在 --from。",
            f"{later.name} ({other.year}) is not later than {earlier.name} ({one.year}). "
            "Give the earlier report with --from.",
        )


def _unlikely(aim: _Target, result: _Result) -> float:
    """How much speaks against a result besides its name: another year, several years, another verb, another place in a
    list."""
    target, row = aim.row, result.row
    against = 0.0
    if aim.listed.size == result.listed.size and aim.listed.rank != result.listed.rank:
        against += _OTHER_PLACE
    if target.year is not None and row.year is not None and target.year != row.year:
        against += 0.1
    if result.told is not Told.ONE_YEAR and not same_level(target, row):
        against += 0.12
    if result.was:
        against += 0.2
    if target.action and row.action and target.action[:1] != row.action[:1]:
        against += 0.03
    return against
