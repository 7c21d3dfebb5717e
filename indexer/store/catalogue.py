"""What is known of every report of an index without reading its text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from indexer.report.described import DescribedByMetadata
from indexer.report.records import Metadata, has_digest


@dataclass(frozen=True, slots=True)
class ReportEntry(DescribedByMetadata):
    """A report in the catalogue of an index.

    Attributes:
        id: its number in the store; never used again once the report is removed.
        name: the name of its file without the suffix; unique in the index.
        text_digest: SHA-256 of its text as it was indexed.
        source, source_digest: as in `Document`.
        first: the id of its first passage; those of the others follow.
        passages: how many it has.
        characters: how long its text is.
        embedded: what made its vectors, see `StoreSettings.embedded`.
    """

    id: int
    name: str
    metadata: Metadata
    text_digest: str
    source: str
    source_digest: str
    first: int
    passages: int
    characters: int
    embedded: str

    def is_unchanged(self) -> bool:
        """Whether its file is still there with the bytes that were read."""
        return has_digest(self.source, self.source_digest)


class Catalogue:
    """The entries of all reports, in the order they were added."""

    def __init__(self, entries: Iterable[ReportEntry]) -> None:
        self.entries = tuple(entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[ReportEntry]:
        return iter(self.entries)

    def get(self, name: str) -> ReportEntry | None:
        """The report with this name; None where there is none."""
        return self._by_name.get(name)

    def with_id(self, key: int) -> ReportEntry | None:
        """The report with this id; None where there is none."""
        return self._by_id.get(key)

    @property
    def passages(self) -> int:
        """How many passages all reports have."""
        return sum(entry.passages for entry in self.entries)

    def of(self, names: Collection[str]) -> list[ReportEntry]:
        """The entries with these names, in the catalogue's order."""
        return [entry for entry in self.entries if entry.name in names]

    @cached_property
    def _by_name(self) -> dict[str, ReportEntry]:
        return {entry.name: entry for entry in self.entries}

    @cached_property
    def _by_id(self) -> dict[int, ReportEntry]:
        return {entry.id: entry for entry in self.entries}
