"""What is known of a report without reading its text: enough to choose reports, and to list them."""

from __future__ import annotations

from typing import Protocol

from indexer.report.records import Metadata


class Described(Protocol):
    """A report, or the entry of one in a catalogue. Every part is as `Report` has it."""

    @property
    def name(self) -> str:
        """The name of its file without the suffix; unique in an index."""
        ...

    @property
    def title(self) -> str:
        """What it calls itself, else its file's name."""
        ...

    @property
    def metadata(self) -> Metadata:
        """What is known of it besides its text."""
        ...

    @property
    def year(self) -> int | None:
        """The year whose tasks it sets; None where nobody said."""
        ...

    @property
    def region(self) -> str:
        """The full name of its place, 浙江省宁波市; 全国 for the State Council's; empty where nobody said."""
        ...

    @property
    def level(self) -> str:
        """国家, 省, 市 or 县; empty where nobody said."""
        ...


class HasMetadata(Protocol):
    """Anything of which something is known besides a text."""

    @property
    def metadata(self) -> Metadata:
        """What is known of it."""
        ...


class DescribedByMetadata:
    """What `Described` asks for beside a name, for whatever has metadata: every part is one of its fields."""

    __slots__ = ()

    @property
    def title(self: HasMetadata) -> str:
        """As `Described.title`."""
        return self.metadata.title

    @property
    def year(self: HasMetadata) -> int | None:
        """As `Described.year`."""
        return self.metadata.year

    @property
    def region(self: HasMetadata) -> str:
        """As `Described.region`."""
        return self.metadata.region

    @property
    def level(self: HasMetadata) -> str:
        """As `Described.level`."""
        return self.metadata.level
