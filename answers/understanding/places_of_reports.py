"""The reports of a catalogue by their places and years: what choosing among 10,000 of them goes by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.report.described import Described
from indexer.report.once import once
from indexer.report.regions import WHOLE_COUNTRY, Region, region_called

# How reports of the whole country are called among the regions.
STATE_COUNCIL = "国务院"


@dataclass(frozen=True, slots=True)
class PlaceReports:
    """The reports of one place.

    Attributes:
        region: its full name as the reports have it; 全国, or empty where nobody said.
        known: the region of that name; None for the whole country, and where there is none.
        label: how it is shown and chosen.
        positions: the places of its reports in the catalogue, in order.
        years: the years of the same reports.
        dated: the years that are known.
    """

    region: str
    known: Region | None
    label: str
    positions: tuple[int, ...]
    years: tuple[int | None, ...]
    dated: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class ReportPlaces:
    """The reports of a catalogue by place. Told apart by identity: to compare 10,000 reports would take longer.

    Attributes:
        reports: all of them, in order.
        places: the places, in the order in which the first report of each comes.
        position: the place of each report in `reports`, by its name.
        labels: of all places, in their order, each once.
        years: that any report is of, the latest first.
    """

    reports: Sequence[Described]
    places: tuple[PlaceReports, ...]
    position: Mapping[str, int]
    labels: tuple[str, ...]
    years: tuple[int, ...]

    def names(self, positions: Iterable[int]) -> tuple[str, ...]:
        """The names of the reports at these positions, in the catalogue's order."""
        return tuple(self.reports[position].name for position in sorted(positions))

    def named(self, names: Iterable[str]) -> list[Described]:
        """The reports of these names, in the catalogue's order."""
        return [
            self.reports[n] for n in sorted(self.position[name] for name in set(names) & self.position.keys())
        ]


@once
def report_places(reports: Sequence[Described]) -> ReportPlaces:
    """Reports by place."""
    grouped: dict[str, list[int]] = {}
    for position, report in enumerate(reports):
        grouped.setdefault(report.region, []).append(position)
    places = tuple(_place(region, positions, reports) for region, positions in grouped.items())
    return ReportPlaces(
        reports,
        places,
        {report.name: position for position, report in enumerate(reports)},
        tuple(dict.fromkeys(place.label for place in places)),
        tuple(sorted(set().union(*(place.dated for place in places)), reverse=True)),
    )


def region_label(report: Described) -> str:
    """How a report's region is shown and chosen: 江苏, 宁波, 国务院; empty where it is not known."""
    return _label(report.region)


def short_region(region: str) -> str:
    """How a region of this full name is shown: 江苏 for 江苏省; empty where it is not known."""
    return _label(region)


def label_of(region: Region) -> str:
    """How a region is shown: 江苏; 沛县, whose short name is one character, by its full one."""
    return region.short if len(region.short) > 1 else region.name


def region_of(report: Described) -> Region | None:
    """The region of a report; None where it is of the whole country, or not known."""
    return region_called(report.region)


def _place(region: str, positions: Sequence[int], reports: Sequence[Described]) -> PlaceReports:
    years = tuple(reports[position].year for position in positions)
    dated = frozenset(year for year in years if year is not None)
    return PlaceReports(region, region_called(region), _label(region), tuple(positions), years, dated)


def _label(region: str) -> str:
    if region == WHOLE_COUNTRY:
        return STATE_COUNCIL
    known = region_called(region)
    return label_of(known) if known is not None else region
