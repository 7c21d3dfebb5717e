"""One report as a value: what was read, how it is divided, and what is worked out from that, each once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from indexer.report.asides import Aside, aside_at, asides_of
from indexer.report.described import DescribedByMetadata
from indexer.report.records import Document, DocumentKind, Metadata, Passage, Section, Unit
from indexer.report.roles import Role, section_roles
from indexer.report.units import units_of
from indexer.text.characters import simplified
from indexer.text.paragraphs import paragraphs
from indexer.text.span import Span
from indexer.text.table_units import TableUnit, table_units


@dataclass(frozen=True)
class Report(DescribedByMetadata):
    """A document with its sections and passages, each in order of place.

    What follows from the text (its Simplified form, its paragraphs, the roles of its sections) is worked
    out when it is first asked for and then kept with the report.
    """

    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]

    @property
    def name(self) -> str:
        """The name of its file without the suffix; unique in an index."""
        return self.document.name

    @property
    def text(self) -> str:
        """The normalised text; every span of the report counts its characters."""
        return self.document.text

    @property
    def metadata(self) -> Metadata:
        """What is known of it besides its text."""
        return self.document.metadata

    @cached_property
    def simplified(self) -> str:
        """The text in Simplified characters, of the same length: a span of it is a span of the text."""
        return simplified(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """The paragraphs, in order."""
        return paragraphs(self.text)

    @cached_property
    def asides(self) -> tuple[Aside, ...]:
        """What is none of the document's own words (the page around it, its table of contents), in order."""
        return asides_of(self.text, self.paragraphs)

    @cached_property
    def table_units(self) -> tuple[TableUnit, ...]:
        """The tables that have one unit for all their numbers, in order."""
        return table_units(self.simplified)

    def is_aside(self, position: int) -> bool:
        """Whether the character at `position` is none of the document's own words."""
        return aside_at(self.asides, position) is not None

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The role of every section, by its number."""
        roles = section_roles(self.text, self.sections, self.metadata.planned_year)
        if self.metadata.sure_kind is DocumentKind.COMMUNIQUE:
            # Nothing is planned in it, whatever its headings say.
            return tuple(role if role is Role.GLOSSARY else Role.REVIEW for role in roles)
        return roles

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of all passages, in order."""
        return tuple(unit for passage in self.passages for unit in self.units_of(passage))

    def units_of(self, passage: Passage) -> tuple[Unit, ...]:
        """A passage, its sentences and their clauses, in order; none where it says nothing, or nothing of its own."""
        if self.is_aside(passage.span.start):
            return ()
        return tuple(units_of(self.text, self.sections[passage.section], passage))

    def role_of(self, passage: Passage) -> Role:
        """The role of the section that a passage stands in."""
        return self.roles[passage.section]

    def paragraph_of(self, position: int) -> int:
        """The paragraph, counted from 1, that holds the character at `position`."""
        return max(1, bisect_right(self.paragraphs, position, key=lambda paragraph: paragraph.start))

    def passage_at(self, position: int) -> Passage:
        """The passage that holds the character at `position`."""
        starts = bisect_right(self.passages, position, key=lambda passage: passage.span.start)
        return self.passages[max(0, starts - 1)]

    def headings(self, section: int) -> tuple[str, ...]:
        """The headings above and of `section`, outermost first, without surrounding blanks."""
        path: list[str] = []
        current: int | None = section
        while current is not None:
            found = self.sections[current]
            if len(found.heading):
                path.append(found.heading.of(self.text).strip())
            current = found.parent
        return tuple(reversed(path))
