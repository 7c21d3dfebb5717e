"""The same report from two sources: of one place, one year and one kind, with nearly the same text. It answers once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.report.described import Described
from indexer.report.once import once
from indexer.report.sketch import Sketch, read_sketch
from indexer.store.database import open_store

_WHOLE = 0.8  # of the longest of several copies: a shorter one may be an excerpt, and does not answer for it


@dataclass(frozen=True, slots=True, eq=False)
class Twins:
    """Which reports of a library are the same.

    Attributes:
        groups: the names of those that are one report, two or more in each; the first is the one that answers.
        answering: the reports of the library without the others; the very same tuple where there are none.
        silent: the names of the others.
    """

    groups: tuple[tuple[str, ...], ...]
    answering: Sequence[Described]
    silent: frozenset[str]
    _group: Mapping[str, tuple[str, ...]]

    def beside(self, name: str) -> tuple[str, ...]:
        """The names of the other copies of a report."""
        return tuple(other for other in self._group.get(name, ()) if other != name)

    def silent_among(self, names: Collection[str] | None) -> frozenset[str]:
        """Which of these reports, of all where none are named, do not answer because another of them does."""
        if names is None or not self.groups:
            return self.silent
        present = frozenset(names)
        return frozenset(
            name for group in self.groups for name in [one for one in group if one in present][1:]
        )


def silent_reports(directory: Path) -> tuple[str, ...]:
    """The names of the reports of an index that do not answer because another copy of them does.

    Raises:
        IndexFault: the index cannot be read.
    """
    with open_store(directory) as store:
        return tuple(sorted(twins_among(tuple(store.entries())).silent))


@once
def twins_among(reports: Sequence[Described]) -> Twins:
    """The reports of a library that are there twice or more. Only what is known of them is read, no text."""
    groups = tuple(tuple(one.name for one in group) for group in _groups(reports))
    silent = frozenset(name for group in groups for name in group[1:])
    answering = tuple(one for one in reports if one.name not in silent) if silent else reports
    return Twins(groups, answering, silent, {name: group for group in groups for name in group})


def _groups(reports: Sequence[Described]) -> Iterator[list[Described]]:
    alike: defaultdict[tuple[object, ...], list[Described]] = defaultdict(list)
    for report in reports:
        if report.region and report.year is not None:
            alike[report.region, report.year, report.metadata.kind].append(report)
    for some in alike.values():
        if len(some) > 1:
            yield from (_in_order(cluster) for cluster in _clusters(some) if len(cluster) > 1)


def _in_order(cluster: Sequence[_Sketched]) -> list[Described]:
    """The copies, the one that answers first: the first that was added of those that are no excerpt."""
    longest = max(one.sketch.size for one in cluster)
    first = next(one for one in cluster if one.sketch.size >= _WHOLE * longest)
    return [first.report, *(one.report for one in cluster if one is not first)]


@dataclass(frozen=True, slots=True)
class _Sketched:
    report: Described
    sketch: Sketch


def _clusters(reports: Iterable[Described]) -> list[list[_Sketched]]:
    """Reports by what they say: each is compared with the first of those clusters alone that share a run with it."""
    clusters: list[list[_Sketched]] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)  # the clusters whose first report has a run
    for report in reports:
        sketch = read_sketch(report.metadata.sketch)
        if sketch is None:
            continue
        one = _Sketched(report, sketch)
        shared = Counter(number for run in sketch.runs for number in holding.get(run, ()))
        own = next((n for n, _ in shared.most_common() if clusters[n][0].sketch.is_like(sketch)), None)
        if own is not None:
            clusters[own].append(one)
            continue
        for run in sketch.runs:
            holding[run].append(len(clusters))
        clusters.append([one])
    return clusters
