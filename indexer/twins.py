"""The same report from two sources: of one place, one year and one kind, with nearly the same text. It answers once.

Of a copy that does not say its place or its year what it does say must agree, and the one that says more answers.
"""

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
        if _is_placed(report):
            alike[report.region, report.year, report.metadata.kind].append(report)
    clusters = [cluster for some in alike.values() if len(some) > 1 for cluster in _clusters(_sketched(some))]
    others = _sketched(report for report in reports if not _is_placed(report))
    if others:
        clusters = _joined(reports, clusters, others)
    position = {report.name: number for number, report in enumerate(reports)}
    for cluster in clusters:
        if len(cluster) > 1:
            yield _in_order(sorted(cluster, key=lambda one: position[one.report.name]))


def _is_placed(report: Described) -> bool:
    """Whether its place and its year are known."""
    return bool(report.region) and report.year is not None


def _joined(
    reports: Sequence[Described], clusters: Sequence[list[_Sketched]], others: Sequence[_Sketched]
) -> list[list[_Sketched]]:
    """The clusters with those reports whose place or year nobody said, each in the first one that it may belong to."""
    clustered = {one.report.name for cluster in clusters for one in cluster}
    wanted = frozenset().union(*(one.sketch.runs for one in others))
    alone = (r for r in reports if _is_placed(r) and r.name not in clustered)
    joined = [list(cluster) for cluster in clusters]
    # Of thousands few share a run with those that are looked for.
    joined += [[one] for one in _sketched(alone) if not wanted.isdisjoint(one.sketch.runs)]
    return _clusters(others, joined)


def _may_be_one(one: Described, other: Described) -> bool:
    """Whether what both say of place, year and kind is the same."""
    said = (
        (one.region, other.region), (one.year, other.year), (one.metadata.sure_kind, other.metadata.sure_kind)
    )  # fmt: skip
    return all(not mine or not theirs or mine == theirs for mine, theirs in said)


def _in_order(cluster: Sequence[_Sketched]) -> list[Described]:
    """The copies, the one that answers first: the first that was added of those that are no excerpt and say most."""
    longest = max(one.sketch.size for one in cluster)
    whole = [one for one in cluster if one.sketch.size >= _WHOLE * longest]
    first = max(whole, key=lambda one: bool(one.report.region) + (one.report.year is not None))
    return [first.report, *(one.report for one in cluster if one is not first)]


@dataclass(frozen=True, slots=True)
class _Sketched:
    report: Described
    sketch: Sketch


def _clusters(reports: Iterable[_Sketched], known: Iterable[list[_Sketched]] = ()) -> list[list[_Sketched]]:
    """Reports by what they say, beside those in the clusters that are known already: each is compared with the first of
    those clusters alone that share a run with it."""
    clusters = list(known)
    holding: defaultdict[int, list[int]] = defaultdict(list)  # the clusters whose first report has a run
    for number, cluster in enumerate(clusters):
        for run in cluster[0].sketch.runs:
            holding[run].append(number)
    for one in reports:
        shared = Counter(number for run in one.sketch.runs for number in holding.get(run, ()))
        own = next((n for n, _ in shared.most_common() if _belongs(one, clusters[n])), None)
        if own is not None:
            clusters[own].append(one)
            continue
        for run in one.sketch.runs:
            holding[run].append(len(clusters))
        clusters.append([one])
    return clusters


def _belongs(one: _Sketched, cluster: Sequence[_Sketched]) -> bool:
    """Whether a report says what the first of a cluster says, and nothing else of itself than any of it."""
    if not cluster[0].sketch.is_like(one.sketch):
        return False
    # What says its place and year is only sought among those that say the same.
    return _is_placed(one.report) or all(_may_be_one(one.report, other.report) for other in cluster)


def _sketched(reports: Iterable[Described]) -> list[_Sketched]:
    """The reports that have a sketch, with it."""
    return [
        _Sketched(report, sketch)
        for report in reports
        if (sketch := read_sketch(report.metadata.sketch)) is not None
    ]
