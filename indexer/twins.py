"""The same report from two sources: of one place and one year, with nearly the same text."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store

_RUN = 8  # characters that are compared at a time, blanks and marks aside
_SAMPLED = 16  # one run of so many is compared, the same ones in every text
_ALIKE = 0.8  # of the runs of the shorter text stand in the longer one


@dataclass(frozen=True, slots=True)
class Twins:
    """Two reports of an index that say the same, by their names."""

    one: str
    other: str


def near_twins(directory: Path, among: Collection[str] | None = None) -> Iterator[Twins]:
    """Pairs of reports that are one report from two sources; where names are given, pairs with one of these.

    Only texts of reports that share place, year and kind are read.

    Raises:
        IndexFault: the index cannot be read.
    """
    with open_store(directory) as store:
        groups: defaultdict[tuple[object, ...], list[ReportEntry]] = defaultdict(list)
        for entry in store.entries():
            if entry.region and entry.year is not None:
                groups[entry.region, entry.year, entry.metadata.kind].append(entry)
    for group in groups.values():
        if len(group) < 2 or (among is not None and not any(entry.name in among for entry in group)):
            continue
        runs = {entry.name: _runs(directory, entry.name) for entry in group}
        for one, other in combinations(runs, 2):
            asked = among is None or one in among or other in among
            if asked and _is_alike(runs[one], runs[other]):
                yield Twins(one, other)


def _runs(directory: Path, name: str) -> frozenset[bytes]:
    with open_store(directory) as store:
        report = store.report(name)
    words = "".join(c for c in report.simplified if c.isalnum()) if report is not None else ""
    digests = (
        hashlib.blake2b(words[i : i + _RUN].encode(), digest_size=8).digest()
        for i in range(len(words) - _RUN + 1)
    )
    return frozenset(digest for digest in digests if digest[0] % _SAMPLED == 0)


def _is_alike(one: frozenset[bytes], other: frozenset[bytes]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= _ALIKE * shorter
