"""Which reports a question is about: the regions and years it names, and no guess beyond them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answers.understanding.period import Period
from answers.understanding.places import Places
from answers.understanding.places_of_reports import (
    STATE_COUNCIL,
    PlaceReports,
    ReportPlaces,
    label_of,
    region_label,
    region_of,
    report_places,
)
from answers.understanding.years import Years
from indexer.report.described import Described
from indexer.report.regions import CITY, COUNTY, PROVINCE, WHOLE_COUNTRY, Region, regions

__all__ = ["STATE_COUNCIL", "Scope", "chosen_documents", "read_scope", "region_label", "region_of"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is about.

    Attributes:
        documents: names of the reports that it is about; None for all.
        strict: whether no others are searched, as the user chose them; else they come first (`nearness`).
        regions: short names of the regions understood that have a report.
        missing: names of the places that the question names and no report is from; `regions` may have one around them.
        years: the years named; 近三年 as the years it means.
        national: whether the State Council's reports are asked and there are such.
        report_years: years of the reports chosen, where the question's time chose among them.
        absent_years: years named that no report of the regions named can answer.
        placed: whether places chose among the reports, and not the time alone.
    """

    documents: tuple[str, ...] | None
    regions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    national: bool = False
    report_years: tuple[int, ...] = ()
    absent_years: tuple[int, ...] = ()
    strict: bool = False
    placed: bool = False


def read_scope(places: Places, time: Years, period: Period | None, documents: Sequence[Described]) -> Scope:
    """The reports of `documents` that a question is about which names these places and this time.

    `period` is what the question asks for without any report in view.

    A region chooses its reports. A year, or 今年 and 去年, chooses among several
    reports of one region; a year's targets stand in its own report, its results in the next one.
    """
    return _read(places, time, period, report_places(documents))


# A page asks for the scope of one question several times at each rerun.
@lru_cache(maxsize=16)
def _read(places: Places, time: Years, period: Period | None, library: ReportPlaces) -> Scope:
    found = [place for place in library.places if _is_named(place, places)]
    lone = () if places.national else _without_report(places, found)
    found = _with_surrounding(found, library, lone)
    present = {place.label for place in found}
    chosen = found or library.places
    dated = frozenset[int]().union(*(place.dated for place in chosen))
    count = sum(len(place.positions) for place in chosen)
    fitting = _of_years(chosen, time, period, bool(found))
    return Scope(
        documents=None if len(fitting) == len(library.reports) else library.names(fitting),
        regions=tuple(
            dict.fromkeys(s for r in (*places.regions, *places.possible) for s in _shown(r) if s in present)
        ),
        missing=tuple(dict.fromkeys([*_without_the_nation(places, present), *map(_called, lone)])),
        years=_years(time, max(dated, default=None), period),
        national=places.national and STATE_COUNCIL in present,
        report_years=_report_years(library, fitting) if len(fitting) < count else (),
        absent_years=_absent(time, dated if found else frozenset()),
        placed=bool(found),
    )


def chosen_documents(
    documents: Sequence[Described], labels: Sequence[str], report_years: Sequence[int]
) -> tuple[str, ...]:
    """Names of the reports of these regions and report years; an empty choice means all of them."""
    library = report_places(documents)
    return library.names(
        position
        for place in library.places
        if not labels or place.label in labels
        for position, year in zip(place.positions, place.years, strict=True)
        if not report_years or year in report_years
    )


def _is_named(place: PlaceReports, places: Places) -> bool:
    if place.region == WHOLE_COUNTRY:
        return places.national
    region = place.known
    if region is None:
        return False
    named = region in places.regions or region in places.possible
    return named or (places.every_province and region.level == PROVINCE)


def _with_surrounding(
    found: Sequence[PlaceReports], library: ReportPlaces, lone: Sequence[tuple[Region, ...]]
) -> list[PlaceReports]:
    """For a city or a county without a report those of what is nearest around it: 苏州 is in 江苏."""
    around = {place.region for regions in lone for place in _around(regions, library)}
    if not around:
        return list(found)
    named = {place.region for place in found}
    return [place for place in library.places if place.region in named or place.region in around]


def _around(lone: tuple[Region, ...], library: ReportPlaces) -> list[PlaceReports]:
    around = [(p, p.known) for p in library.places if p.known is not None]
    for level in (CITY, PROVINCE):
        of_level = [
            place for place, known in around if known.level == level and any(r.lies_in(known) for r in lone)
        ]
        if of_level:
            return of_level
    return []


def _shown(region: Region) -> tuple[str, ...]:
    """The labels a named region may stand under: its own, or that of what is around it."""
    return tuple(dict.fromkeys(label_of(r) for r in (region, *_above(region))))


@lru_cache(maxsize=4096)
def _above(region: Region) -> tuple[Region, ...]:
    return tuple(r for r in regions() if r.level != COUNTY and r != region and region.lies_in(r))[::-1]


def _without_report(places: Places, found: Sequence[PlaceReports]) -> tuple[tuple[Region, ...], ...]:
    """The regions named of which there is no report; of those that share a name all, where there is none of any."""
    there = {place.known for place in found}
    lone: dict[tuple[Region, ...], None] = {}
    for mention in places.mentions:
        meant = tuple(region for region in mention.regions if region in places.regions)
        if mention.asked and all(region.level == PROVINCE for region in meant):
            lone.update(dict.fromkeys((region,) for region in meant if region not in there))
        elif mention.asked and there.isdisjoint(meant):
            lone[meant] = None
    return tuple(lone)


def _without_the_nation(places: Places, present: Collection[str]) -> tuple[str, ...]:
    return (STATE_COUNCIL,) if places.national and STATE_COUNCIL not in present else ()


def _called(lone: tuple[Region, ...]) -> str:
    return lone[0].name if lone[0].level == COUNTY else lone[0].short


def _of_years(
    chosen: Sequence[PlaceReports], time: Years, period: Period | None, region_named: bool
) -> list[int]:
    """Where the reports stand that, of several of one region, speak of the time asked for.

    Where no region is named, a region whose reports are all of other years is passed over.
    """
    known: dict[frozenset[int], set[int]] = {}
    kept: list[int] = []
    strangers: list[int] = []
    for place in chosen:
        dated = place.dated
        if dated not in known:
            several = len(dated) > 1 or not region_named
            known[dated] = _wanted(set(dated), time, period) if several else set()
        wanted = known[dated]
        own = bool(wanted) or not (time.named or time.reports) or not dated
        among = kept if own else strangers
        if wanted:
            years = zip(place.positions, place.years, strict=True)
            among += [position for position, year in years if year is None or year in wanted]
        else:
            among += place.positions
    return kept if kept and not region_named else [*kept, *strangers]


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


def _report_years(library: ReportPlaces, positions: Sequence[int]) -> tuple[int, ...]:
    years = {library.reports[position].year for position in positions}
    return tuple(sorted(year for year in years if year is not None))


def _absent(time: Years, dated: frozenset[int]) -> tuple[int, ...]:
    """The years named of which nothing among reports of these years tells."""
    if not dated or time.plan:
        return ()
    gone = {year for year in time.named if not dated & {year, year + 1}}
    return tuple(sorted(gone | (set(time.reports) - dated)))
