"""Which reports a question is about: the regions and years it names, and no guess beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from answers.understanding.period import Period
from answers.understanding.places import Places, is_well_known
from answers.understanding.years import Years
from indexer.report.described import Described
from indexer.report.regions import PROVINCE, WHOLE_COUNTRY, Region, regions

# How reports of the whole country are called among the regions.
STATE_COUNCIL = "国务院"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about.

    Attributes:
        documents: names of the reports to search; None for all.
        regions: short names of the regions understood that have a report.
        missing: short names of provinces that the question names and no report is from.
        years: the years named; 近三年 as the years it means.
        national: whether the State Council's reports are asked and there are such.
        report_years: years of the reports chosen, where the question's time chose among them.
        absent_years: years named that no report of the regions named can answer.
    """

    documents: tuple[str, ...] | None
    regions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    national: bool = False
    report_years: tuple[int, ...] = ()
    absent_years: tuple[int, ...] = ()


def read_scope(places: Places, time: Years, period: Period | None, documents: Sequence[Described]) -> Scope:
    """The reports of `documents` that a question is about which names these places and this time.

    `period` is what the question asks for without any report in view.

    A region restricts the search to its reports. A year, or 今年 and 去年, chooses among several
    reports of one region; a year's targets stand in its own report, its results in the next one.
    """
    found = [document for document in documents if _is_of(document, places)]
    if not places.national:
        found = _with_surrounding_provinces(found, documents, places)
    present = {region_label(document) for document in found}
    missing = () if places.national else _without_report(places, documents)
    chosen = found or list(documents)
    fitting = _of_years(chosen, time, period, bool(found))
    latest = max((d.year for d in chosen if d.year is not None), default=None)
    return Scope(
        documents=None if len(fitting) == len(documents) else tuple(d.name for d in fitting),
        regions=tuple(dict.fromkeys(s for r in places.regions for s in _shown(r) if s in present)),
        missing=missing,
        years=_years(time, latest, period),
        national=places.national and STATE_COUNCIL in present,
        report_years=_report_years(fitting) if len(fitting) < len(chosen) else (),
        absent_years=_absent(time, found),
    )


def region_label(document: Described) -> str:
    """How a report's region is shown and chosen: 江苏, 宁波, 国务院; empty where it is not known."""
    if document.region == WHOLE_COUNTRY:
        return STATE_COUNCIL
    region = region_of(document)
    return region.short if region is not None else document.region


def region_of(document: Described) -> Region | None:
    """The region of a report; None where it is of the whole country, or not known."""
    return _by_full_name().get(document.region)


def chosen_documents(
    documents: Sequence[Described], labels: Sequence[str], report_years: Sequence[int]
) -> tuple[str, ...]:
    """Names of the reports of these regions and report years; an empty choice means all of them."""
    return tuple(
        document.name
        for document in documents
        if (not labels or region_label(document) in labels)
        and (not report_years or document.year in report_years)
    )


@lru_cache(maxsize=1)
def _by_full_name() -> dict[str, Region]:
    return {region.full: region for region in regions()}


def _is_of(document: Described, places: Places) -> bool:
    if document.region == WHOLE_COUNTRY:
        return places.national
    region = region_of(document)
    if region is None:
        return False
    return region in places.regions or (places.every_province and region.level == PROVINCE)


def _with_surrounding_provinces(
    found: Sequence[Described], documents: Sequence[Described], places: Places
) -> list[Described]:
    """For a well-known city without a report its province's reports too: 苏州 is in 江苏."""
    there = {region_of(document) for document in found}
    cities = [r for r in places.regions if r.level != PROVINCE and is_well_known(r) and r not in there]
    if not cities:
        return list(found)
    names = {document.name for document in found}
    return [d for d in documents if d.name in names or _surrounds(d, cities)]


def _surrounds(document: Described, cities: Sequence[Region]) -> bool:
    region = region_of(document)
    return region is not None and region.level == PROVINCE and any(c.lies_in(region) for c in cities)


def _shown(region: Region) -> tuple[str, ...]:
    """The labels a named region may stand under: its own, or its province's."""
    province = next(r for r in regions() if r.level == PROVINCE and region.lies_in(r))
    return (region.short, province.short)


def _without_report(places: Places, documents: Sequence[Described]) -> tuple[str, ...]:
    there = {region_of(document) for document in documents}
    return tuple(r.short for r in places.regions if r.level == PROVINCE and r not in there)


def _of_years(
    documents: Sequence[Described], time: Years, period: Period | None, region_named: bool
) -> list[Described]:
    """Of several reports of one region those that speak of the time asked for.

    Where no region is named, a region whose reports are all of other years is passed over.
    """
    by_region: dict[str, list[Described]] = {}
    for document in documents:
        by_region.setdefault(document.region, []).append(document)
    chosen: list[Described] = []
    strangers: list[Described] = []
    for reports in by_region.values():
        dated = {d.year for d in reports if d.year is not None}
        wanted = _wanted(dated, time, period) if len(dated) > 1 or not region_named else set()
        fitting = [d for d in reports if not wanted or d.year is None or d.year in wanted]
        named = bool(time.named or time.reports)
        (chosen if wanted or not named or not dated else strangers).extend(fitting)
    kept = {d.name for d in (chosen if chosen and not region_named else [*chosen, *strangers])}
    return [document for document in documents if document.name in kept]


def _wanted(dated: set[int], time: Years, period: Period | None) -> set[int]:
    """The report years, of those `dated`, that speak of the time asked for; none where time does not choose."""
    if not dated:
        return set()
    if time.reports:
        return dated & set(time.reports)
    if time.named:
        return set().union(*(_telling(year, dated, period, time.plan) for year in time.named))
    newest = max(dated)
    if time.last:
        return {year for year in dated if year > newest - time.last}
    if not time.relative:
        return set()
    wanted: set[int] = set()
    for offset in time.relative:
        # 去年 is told by the newest report, its target by the one before.
        aim = Period.TARGET if offset >= 0 else Period.RESULT
        if offset < 0 and period in (Period.TARGET, Period.BOTH):
            aim = Period.BOTH
        wanted |= _telling(newest + min(offset, 0), dated, aim, False)
    return wanted or {newest}


def _telling(year: int, dated: set[int], period: Period | None, plan: bool) -> set[int]:
    """The reports that tell of a year: its own of its targets, the next of its results.

    Where the right one is missing the other has to do.
    """
    both = dated & {year, year + 1}
    if plan or period not in (Period.TARGET, Period.RESULT):
        return both
    return dated & {year if period is Period.TARGET else year + 1} or both


def _years(time: Years, latest: int | None, period: Period | None) -> tuple[int, ...]:
    if time.named or time.reports or not time.last or latest is None:
        return tuple(sorted({*time.named, *time.reports}))
    # The results of the last three years, or the targets of the three reports.
    end = latest if period is Period.TARGET else latest - 1
    return tuple(range(end - time.last + 1, end + 1))


def _report_years(documents: Sequence[Described]) -> tuple[int, ...]:
    return tuple(sorted({d.year for d in documents if d.year is not None}))


def _absent(time: Years, found: Sequence[Described]) -> tuple[int, ...]:
    dated = {d.year for d in found if d.year is not None}
    if not dated or time.plan:
        return ()
    gone = {year for year in time.named if not dated & {year, year + 1}}
    return tuple(sorted(gone | (set(time.reports) - dated)))
