"""Which reports of a library can be tracked: those of one place in different years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from answers.understanding.scope import region_label
from indexer.report.records import ParsedDocument


@dataclass(frozen=True, slots=True)
class Series:
    """The reports of one place, the earliest first, no two of one year."""

    region: str
    reports: tuple[ParsedDocument, ...]

    def after(self, name: str) -> tuple[ParsedDocument, ...]:
        """The reports of later years than the one with this name."""
        names = [parsed.document.name for parsed in self.reports]
        return self.reports[names.index(name) + 1 :]


def series_by_place(documents: Sequence[ParsedDocument]) -> tuple[Series, ...]:
    """The places with reports whose region and year are known, those with most reports first."""
    found: dict[str, dict[int, ParsedDocument]] = defaultdict(dict)
    for parsed in documents:
        year = parsed.document.metadata.year
        if parsed.document.metadata.region and year is not None:
            found[region_label(parsed.document)].setdefault(year, parsed)
    all_of_them = [
        Series(region, tuple(years[year] for year in sorted(years))) for region, years in found.items()
    ]
    return tuple(sorted(all_of_them, key=lambda one: -len(one.reports)))


def usual_pair(series: Series) -> tuple[str, str]:
    """The names of the two latest reports of following years, else of the two latest."""
    pairs = [(a.document, b.document) for a, b in zip(series.reports, series.reports[1:], strict=False)]
    following = [(a, b) for a, b in pairs if (b.metadata.year or 0) - (a.metadata.year or 0) == 1]
    earlier, later = (following or pairs)[-1]
    return earlier.name, later.name
