"""What became of a target: the next report's word on the same indicator, and what the numbers prove.

The machine only proposes. It says 已完成, 超额完成 or 未完成 where amounts, bounds and years prove it, and
待核实 everywhere else; what a person says is kept apart (`answers.commitments.tracking.judgements`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from answers.commitments.extraction.extract import commitments, statements_told
from answers.commitments.rows import Commitment, StatementKind, commitment_row
from answers.commitments.tracking.case import Case
from answers.commitments.tracking.indicators import Likeness, indicator_name, same_name
from answers.commitments.tracking.likeliest import (
    TOGETHER,
    TOWN_AND_COUNTRY,
    Result,
    Target,
    likeliest,
    listed_places,
    named_alike,
    town_or_country,
)
from answers.commitments.tracking.mentioned import Said, mentioned, reviewed_clauses
from answers.commitments.tracking.proof import (
    PROVED,
    Status,
    clause_before,
    first_open_year,
    said,
)
from answers.commitments.tracking.verdicts import verdict_of
from answers.errors import LedgerError
from answers.reading.years_told import YearsTold
from indexer.report.report import Report


@dataclass(frozen=True, slots=True)
class Tracked:
    """A target of one report beside what a later one says of it.

    Attributes:
        indicator: the indicator in words.
        outcome: the statement of the later report; None where none speaks of it.
        status: what the machine proposes.
        reason: what proves it, or why it stays open, in Chinese.
        likeness: 0..1, how alike the two statements name their indicator; 0 without an outcome.
        rule: the rule or the guard that decided; empty where none was asked.
    """

    indicator: str
    target: Commitment
    outcome: Commitment | None
    status: Status
    reason: str
    likeness: float
    rule: str = ""


_ALIKE = 0.4  # a chance below which two statements are taken to be of different things
_EACH = re.compile("分别|[都各]|(?<!人)均(?!可)")


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
    targets = Target.all_of(rows, earlier.text)
    # What the later report promises in its turn is no outcome.
    years = YearsTold.of(later)
    achieved = [row for row in told if row.kind is StatementKind.ACHIEVED]
    results = [
        Result.of(row, years, listed)
        for first, place in zip(achieved, listed_places(achieved), strict=True)
        for row, listed in ((first, place), *town_or_country(first, place))
    ]
    alike = Likeness.among([*(target.row for target in targets), *achieved])
    review = tuple(reviewed_clauses(later))
    return tuple(_tracked(target, results, review, alike, earlier, later) for target in targets)


def _tracked(
    aim: Target,
    results: Sequence[Result],
    review: Sequence[Said],
    alike: Likeness,
    earlier: Report,
    later: Report,
) -> Tracked:
    target = aim.row
    if aim.listed.size == 1 and target.object.startswith(TOGETHER):
        each = [_tracked(one, results, review, alike, earlier, later) for one in aim.apart(earlier.text)]
        of_each = _EACH.search(clause_before(target, earlier.text)) is not None
        if (both := _of_both(target, each, of_each)) is not None:
            return both
    best, likeness = likeliest(aim, results, alike, later.region)
    name = indicator_name(target)
    if best is not None and (likeness >= _ALIKE or named_alike(aim, best, alike)):
        verdict = verdict_of(Case(aim, best, earlier, later, likeness, results, review))
        return Tracked(name, target, best.row, verdict.status, verdict.reason, likeness, verdict.rule)
    mention = mentioned(target, aim.seen.name, review, later)
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
        for part, one in zip(TOWN_AND_COUNTRY, each, strict=True)
        if one.status in PROVED
    )
    return replace(told, indicator=indicator_name(target), target=target, reason=reason)


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
