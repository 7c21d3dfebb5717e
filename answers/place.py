"""Where something stands in a report, in words fit for a citation."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.report.report import Report
from indexer.text.sentences import stripped
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a report.

    Attributes:
        document: the report's name.
        title: the report's title.
        headings: the headings above, outermost first.
        paragraph: the report's paragraph, counted from 1.
        page: of a paged file, counted from 1; None where the file has no pages.
    """

    document: str
    title: str
    headings: tuple[str, ...]
    paragraph: int
    page: int | None = None

    @classmethod
    def of(cls, report: Report, section: int, span: Span) -> Place:
        """The place of `span`, which stands in the section of that number."""
        first = stripped(report.text, span).start  # a passage may begin with a blank
        return cls(
            document=report.name,
            title=report.title,
            headings=report.headings(section),
            paragraph=report.paragraph_of(first),
            page=report.document.page_of(first),
        )
