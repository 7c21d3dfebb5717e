"""Whether a question compares reports, which reports, and what each is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answers.comparison.questions.columns import Column, asks_both, read_columns
from answers.comparison.questions.topic import strip_scope
from answers.knowledge.tables import cue
from answers.understanding.period import Period
from answers.understanding.places_of_reports import STATE_COUNCIL, ReportPlaces, report_places
from answers.understanding.question import Understanding
from answers.understanding.scope import Scope
from indexer.report.described import Described
from indexer.report.regions import CITY, COUNTY, PROVINCE, STATE, regions

# All cities or counties of a place; provinces are read by `named_places`.
_EVERY = ((CITY, cue("comparison", "every_city")), (COUNTY, cue("comparison", "every_county")))
_EACH = cue("comparison", "each")
_ANYWHERE = cue("comparison", "anywhere")
_EVERY_PLACE = cue("comparison", "every_place")
_SERIES = cue("comparison", "series")
_CHANGE_OF_ONE_YEAR = cue("comparison", "change_of_one_year")


@dataclass(frozen=True, slots=True)
class ComparisonPlan:
    """What is to be asked of which reports.

    Attributes:
        question: as the user typed it.
        columns: what each report is asked, one or two things.
        documents: names of the reports, by region and then by year.
        missing: short names of provinces that the question names and no report is from.
        over_years: whether the rows are years of one region rather than regions.
        years: where result and target of named years are asked for, those years; empty otherwise.
    """

    question: str
    columns: tuple[Column, ...]
    documents: tuple[str, ...]
    missing: tuple[str, ...]
    over_years: bool
    years: frozenset[int] = frozenset()

    def asks(self, column: Column, report_year: int | None) -> bool:
        """Whether a report of that year can tell what the column asks of the years that were named.

        A year's target stands in its own report, its result in the next one.
        """
        if not self.years or report_year is None:
            return True
        return report_year - (column.period is Period.RESULT) in self.years


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The reports to compare; fewer than two where the question compares nothing.

    Attributes:
        told: what they tell of the years named, where the question leaves it open.
        years: as `ComparisonPlan.years`.
    """

    documents: Sequence[Described]
    told: Period | None = None
    years: frozenset[int] = frozenset()


def read_plan(
    question: Understanding,
    documents: Sequence[Described],
    chosen: Collection[str] | None = None,
) -> ComparisonPlan | None:
    """How to compare, or None where the question compares nothing.

    `documents` is every report of the index, `chosen` the reports that the user picked: then these are
    compared whatever the question says.

    A question compares if it names several regions that have reports, all regions of a level
    (各省、哪些市、各地), or several years of a region that has reports of several years. Of regions
    with several reports the latest counts unless years are named.
    """
    query, scope = question.query, question.scope(documents)
    if chosen is not None:
        found = _Wanted(report_places(documents).named(chosen))
    else:
        found = _wanted(question, scope, documents)
    wanted = found.documents
    if not wanted or (chosen is None and len(wanted) < 2 and not (scope.missing and _EACH.search(query))):
        return None
    years = [d.year for d in wanted]
    newest = max((year for year in years if year is not None), default=None)
    columns = read_columns(question, strip_scope(question, newest), years, found.told)
    places = {document.region for document in wanted}
    return ComparisonPlan(
        question=question.text,
        columns=columns,
        documents=tuple(document.name for document in sorted(wanted, key=_place_and_year)),
        missing=scope.missing,
        over_years=len(places) == 1 and len(wanted) > 1,
        years=found.years if len(columns) > 1 else frozenset(),
    )


def _wanted(question: Understanding, scope: Scope, documents: Sequence[Described]) -> _Wanted:
    query, time = question.query, question.years
    named = _named(question, scope, documents)
    over_years = bool(
        time.last
        or time.lately
        or time.since
        or len(time.named) > 1
        or len(time.reports) > 1
        or (_SERIES.search(query) and not _CHANGE_OF_ONE_YEAR.search(query))
    )
    if len({document.region for document in named}) < 2:
        among = named or _of_several_years(documents)
        series = [d for d in among if d.year is not None]
        if _one_region(series):
            beside = _target_and_result(question, series)
            if len(beside.documents) > 1:
                return beside
            if over_years:
                return _of_years(question, series)
        return _Wanted(_latest(question, named))
    kept = _of_years(question, named) if over_years else _Wanted(())
    return kept if kept.documents else _Wanted(_latest(question, named))


def _named(question: Understanding, scope: Scope, documents: Sequence[Described]) -> list[Described]:
    """All reports, of whatever year, of the regions that the question names."""
    library = report_places(documents)
    inside = {place.region for place in library.places if place.label in scope.regions}
    query, every_province = question.query, question.places.every_province
    for level, words in _EVERY:
        if words.search(query):
            below = [
                d
                for d in documents
                if d.level == level and (not inside or d.region.startswith(tuple(inside)))
            ]
            # 各省要在哪些城市试点 asks the provinces, and so does a library without those cities.
            if len(below) > 1 or not (inside or every_province):
                return below
    if every_province:
        provinces = [d for d in documents if d.level == PROVINCE]
        # 各地 of a library without provinces are the cities and counties that it has.
        if len(_by_region(provinces)) > 1 or not _EVERY_PLACE.search(query):
            return provinces
        return [d for d in documents if d.level not in ("", STATE)]
    if _ANYWHERE.search(query) and not inside:
        return [d for d in documents if d.level not in ("", STATE)]
    found = _in_places(library, inside)
    national = {place.region for place in library.places if scope.national and place.label == STATE_COUNCIL}
    return found + _in_places(library, national)


def _in_places(library: ReportPlaces, regions: Collection[str]) -> list[Described]:
    """The reports of these regions, in the library's order."""
    positions = (n for place in library.places if place.region in regions for n in place.positions)
    return [library.reports[position] for position in sorted(positions)]


def _target_and_result(question: Understanding, documents: Sequence[Described]) -> _Wanted:
    """The reports that tell target and result of the years named, where both are asked for: 2021年目标多少，实际完成多少."""
    years = frozenset(question.years.named)
    if question.years.reports or not (question.cues.both or (len(years) == 1 and asks_both(question.query))):
        return _Wanted(())
    return _Wanted([d for d in documents if years & {d.year, (d.year or 0) - 1}], years=years)


def _of_years(question: Understanding, documents: Sequence[Described]) -> _Wanted:
    """The reports of the years asked for: of the years named, of the last so many, or all.

    A year's targets stand in its own report, its results in the next one. A question that asks for neither
    (2020年、2021年粮食产量各多少) means what came about, where the reports tell that of every year it names.
    """
    time = question.years
    dated = {d.year for d in documents if d.year is not None}
    if time.reports:
        return _Wanted([d for d in documents if d.year in time.reports])
    named = {*time.named, *(year for first in time.since for year in range(first, max(dated, default=0) + 1))}
    if named:
        next_ones = {year + 1 for year in named}
        told = question.period
        if told is None and time.named and next_ones <= dated:
            told = Period.RESULT
        chosen = (next_ones & dated if told is Period.RESULT else set()) or named
        return _Wanted([d for d in documents if d.year in chosen], told)
    if not time.last:
        return _Wanted(documents)
    kept: list[Described] = []
    for reports in _by_region(documents):
        years = sorted({d.year for d in reports if d.year is not None})[-time.last :]
        kept.extend(d for d in reports if d.year in years)
    return _Wanted(kept)


def _latest(question: Understanding, documents: Sequence[Described]) -> list[Described]:
    """One report of each region: of the year named, or whose results are of that year, else the latest.

    Where no target is asked for, what came about counts first, if every region has a report that tells it.
    """
    time = question.years
    years = {*time.named, *time.reports}
    grouped = _by_region(documents)
    own = [[d for d in reports if d.year in years] for reports in grouped]
    after = [[d for d in reports if d.year is not None and d.year - 1 in years] for reports in grouped]
    results = not time.reports and question.period in (None, Period.RESULT) and all(after)
    first, second = (after, own) if results else (own, after)
    return [
        max(fitting or others or reports, key=lambda d: d.year or 0)
        for fitting, others, reports in zip(first, second, grouped, strict=True)
    ]


def _by_region(documents: Iterable[Described]) -> list[list[Described]]:
    grouped: dict[str, list[Described]] = defaultdict(list)
    for document in documents:
        grouped[document.region].append(document)
    return list(grouped.values())


def _one_region(documents: Sequence[Described]) -> bool:
    return len({d.region for d in documents}) == 1


def _of_several_years(documents: Sequence[Described]) -> list[Described]:
    """The reports of regions that have reports of several years."""
    library = report_places(documents)
    return _in_places(library, {place.region for place in library.places if len(place.dated) > 1})


def _place_and_year(document: Described) -> tuple[str, int, str]:
    """The order of the national standard GB/T 2260, the whole country first."""
    return _codes().get(document.region, ""), document.year or 0, document.name


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {region.full: region.code for region in regions()}
