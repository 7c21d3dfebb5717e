"""One indicator of one place, year after year: what each report aimed at, what the next one tells, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from answers.commitments.extraction.report_rows import ReportRows
from answers.commitments.rows import Commitment, StatementKind, commitment_row
from answers.commitments.search import check_words
from answers.commitments.tracking.comparable import comparable
from answers.commitments.tracking.indicators import Likeness, Name, indicator_name, narrows
from answers.commitments.tracking.levels import same_level
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked, track_rows
from answers.quantities.units import conversions
from answers.reading.years_told import Told, YearsTold
from indexer.report.report import Report
from indexer.text.characters import typed

_JOBS = frozenset({"人", "个"})
_ALIKE = 0.6  # below it two names are taken for different things


@dataclass(frozen=True, slots=True)
class YearOf:
    """An indicator in one year.

    Attributes:
        target: the row of the report of that year; None where it set none.
        outcome: the row of the next report; None where it tells none.
        status, reason: what the two prove, as `Tracked` has it; no status where one of the two is not there. What is
            told over several years is no outcome of one.
    """

    year: int
    target: Commitment | None
    outcome: Commitment | None
    status: Status | None
    reason: str

    @property
    def is_sure(self) -> bool:
        """Whether its numbers may be drawn: nobody has to look first whether the outcome is of this indicator and year."""
        return self.status is not Status.UNVERIFIED


@dataclass(frozen=True, slots=True)
class OverYears:
    """An indicator over the years of a place, the earliest first; `unit` is that of its numbers."""

    indicator: str
    unit: str
    years: tuple[YearOf, ...]


def over_years(reports: Iterable[Report], indicator: str, unit: str = "") -> OverYears:
    """An indicator in the reports of one place, in the order of their years: 地区生产总值, 城镇新增就业.

    Without a unit that counts which most reports set their targets in, so that 增长8% is not put beside 8000亿元.

    Raises:
        LedgerError: the name of the indicator is longer than 500 characters.
    """
    check_words(indicator)
    read = [ReportRows.of(report) for report in reports if report.year is not None]
    alike = Likeness.among(row for one in read for row in one.rows)
    wanted = typed(indicator).strip()
    unit = unit or _usual_unit(read, wanted, alike)
    units = frozenset(conversions(unit)) | {unit} if unit else frozenset[str]()
    if "就业" in wanted and units & _JOBS:
        units |= _JOBS  # 新增就业岗位10万个, 新增就业14万人
    choose = _Chooser(wanted, alike, units)
    found = list(_years(read, choose))
    return OverYears(indicator.strip(), unit, tuple(found))


@dataclass(frozen=True, slots=True)
class _Chooser:
    """Which row of a report is the indicator's."""

    words: str
    alike: Likeness
    units: frozenset[str]

    def best(self, rows: Iterable[Commitment]) -> Commitment | None:
        """The row named most alike, the first of equals; None where none is named so."""
        wanted = Name.of(self.words)
        best, highest = None, _ALIKE
        for row in rows:
            if row.amount is None or (self.units and row.amount.unit not in self.units):
                continue
            if narrows(row.object, self.words):
                continue  # 海洋生产总值 is another indicator
            names = (Name.of(row.object), Name.of(indicator_name(row)))
            likeness = max(self.alike.of_names(wanted, name) for name in names)
            if likeness > highest:
                best, highest = row, likeness
        return best


def _usual_unit(read: Sequence[ReportRows], wanted: str, alike: Likeness) -> str:
    """The unit of most targets, else of most results."""
    choose = _Chooser(wanted, alike, frozenset())
    for kind in (StatementKind.TARGET, StatementKind.ACHIEVED):
        rows = [
            choose.best(
                row for row in one.of_kind(kind) if kind is StatementKind.ACHIEVED or _of_year(row, one)
            )
            for one in read
        ]
        units = Counter(row.amount.unit for row in rows if row is not None and row.amount is not None)
        if units:
            return units.most_common(1)[0][0]
    return ""


def _of_year(row: Commitment, read: ReportRows) -> bool:
    return row.year in (None, read.report.year)


def _years(read: Sequence[ReportRows], choose: _Chooser) -> Iterator[YearOf]:
    first = read[0] if read else None
    if first is not None and first.report.year is not None:
        before = _result_alone(first, choose)
        if before is not None:
            yield _alone(first.report.year - 1, before)
    for one, following in pairwise(read):
        year, after = one.report.year, following.report.year
        assert year is not None and after is not None, "only reports with a year are read"
        target = choose.best(row for row in one.of_kind(StatementKind.TARGET) if _of_year(row, one))
        if target is None or after != year + 1:
            if target is not None:
                yield YearOf(year, target, None, None, "下一年的报告不在文库里")
            result = _result_alone(following, choose)
            if result is not None:
                yield _alone(after - 1, result)
            continue
        (pair,) = track_rows([target], one.report, following.report, following.rows)
        yield _told(year, target, pair, choose, following)
    if read:
        last = read[-1]
        target = choose.best(row for row in last.of_kind(StatementKind.TARGET) if _of_year(row, last))
        if target is not None and last.report.year is not None:
            yield YearOf(last.report.year, target, None, None, "下一年的报告不在文库里")


def _told(year: int, target: Commitment, pair: Tracked, choose: _Chooser, following: ReportRows) -> YearOf:
    if pair.outcome is None:
        result = _result_alone(following, choose)
        if result is not None and comparable(target, result):
            return YearOf(year, target, result, Status.UNVERIFIED, "两份报告的说法不完全相同，请核对")
    elif not same_level(target, pair.outcome) and _is_over_several(pair.outcome, following.report):
        return YearOf(year, target, None, None, "下一份报告只说了几年的平均、累计或变化")
    return YearOf(year, target, pair.outcome, pair.status, pair.reason)


def _is_over_several(outcome: Commitment, report: Report) -> bool:
    return (
        YearsTold.of(report).told(outcome.sentence, outcome.span.start, outcome.action) is Told.OVER_SEVERAL
    )


def _alone(year: int, result: Commitment) -> YearOf:
    return YearOf(year, None, result, None, "这一年的报告没有定目标，或不在文库里")


def _result_alone(read: ReportRows, choose: _Chooser) -> Commitment | None:
    """The result of the year before a report, where it is told of that year."""
    report = read.report
    told = YearsTold.of(report)
    year = (report.year or 1) - 1
    return choose.best(
        row
        for row in read.of_kind(StatementKind.ACHIEVED)
        if row.year in (None, year)
        and (told.told(row.sentence, row.span.start, row.action) is Told.ONE_YEAR or same_level(row, row))
    )


def year_row(one: YearOf, reports: Mapping[str, Report]) -> dict[str, Any]:
    """A year as a JSON object: target and outcome in the format of the ledger, quoted from their reports."""

    def row(said: Commitment | None) -> dict[str, Any] | None:
        return (
            commitment_row(said, said.sentence.of(reports[said.place.document].text))
            if said is not None
            else None
        )

    return {
        "year": one.year,
        "target": row(one.target),
        "outcome": row(one.outcome),
        "status": one.status.value if one.status else None,
        "reason": one.reason,
    }
