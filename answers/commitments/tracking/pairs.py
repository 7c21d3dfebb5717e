"""Which reports of a library can be tracked: those of one place in different years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from answers.understanding.scope import region_label
from indexer.report.described import Described
from indexer.report.once import once
from indexer.report.records import DocumentKind


@dataclass(frozen=True, slots=True)
class Series:
    """The reports of one place, the earliest first, no two of one year."""

    region: str
    reports: tuple[Described, ...]

    def after(self, name: str) -> tuple[Described, ...]:
        """The reports of later years than the one with this name."""
        names = [report.name for report in self.reports]
        return self.reports[names.index(name) + 1 :]


@once
def series_by_place(documents: Sequence[Described]) -> tuple[Series, ...]:
    """The places with reports whose region and year are known, those with most reports first.

    Only work reports follow each other: a news text of the same place is none of them.
    """
    found: dict[str, dict[int, Described]] = defaultdict(dict)
    for report in documents:
        year = report.year
        if report.metadata.sure_kind not in (None, DocumentKind.WORK_REPORT):
            continue
        if report.region and year is not None:
            found[region_label(report)].setdefault(year, report)
    all_of_them = [
        Series(region, tuple(years[year] for year in sorted(years))) for region, years in found.items()
    ]
    return tuple(sorted(all_of_them, key=lambda one: -len(one.reports)))


def usual_pair(series: Series) -> tuple[str, str]:
    """The names of the two latest reports of following years, else of the two latest."""
    pairs = [(a, b) for a, b in zip(series.reports, series.reports[1:], strict=False)]
    following = [(a, b) for a, b in pairs if (b.year or 0) - (a.year or 0) == 1]
    earlier, later = (following or pairs)[-1]
    return earlier.name, later.name
