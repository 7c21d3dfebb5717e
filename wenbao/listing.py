"""The reports of an index as flat records: what is known of each, and a range of its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.place import Place
from embeddings.language import Text
from indexer.errors import SourceError
from indexer.report.records import DocumentKind
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.text.span import Span
from wenbao.pages import Page, next_offset


@dataclass(frozen=True, slots=True)
class ListedReport:
    """What is known of a report without its text; empty or None where nobody said.

    Attributes:
        document: its name, by which it is asked for.
        year: the year whose tasks it sets.
        characters: how long its text is.
        text_digest: SHA-256 of the text in UTF-8.
        source_digest: SHA-256 of the file that it was read from, whose beginning stands in citations.
        doubtful: the fields that somebody should look at: guesses, and what another source says otherwise.
    """

    document: str
    title: str
    region: str
    level: str
    year: int | None
    issuer: str
    meeting: str
    date: str
    speaker: str
    kind: DocumentKind | None
    address: str
    passages: int
    characters: int
    text_digest: str
    source_digest: str
    doubtful: tuple[str, ...]


@dataclass(frozen=True)
class ReportPage(Page):
    """A page of the reports, in the order they were added."""

    reports: tuple[ListedReport, ...]


# Without slots: as `Page`.
@dataclass(frozen=True)
class TextRange:
    """The characters `start` to `end`, half-open, of a report's text, which has `characters` of them.

    Attributes:
        headings, paragraph, page: where the first of them stands, as in an answer.
        text_digest: SHA-256 of the whole text in UTF-8, as in every quotation from it.
    """

    document: str
    title: str
    headings: tuple[str, ...]
    paragraph: int
    page: int | None
    text: str
    start: int
    end: int
    characters: int
    text_digest: str


def report_page(
    entries: Sequence[ReportEntry], words: str, year: int | None, offset: int, limit: int | None
) -> ReportPage:
    """A page of those reports whose name, title or place has all words, and that are of a year where it is given."""
    found = [
        entry
        for entry in entries
        if (year is None or entry.year == year)
        and all(word in f"{entry.name} {entry.title} {entry.region}" for word in words.split())
    ]
    shown = tuple(map(listed, found[offset:][:limit]))
    return ReportPage(len(found), offset, next_offset(len(found), offset, limit), shown)


def text_range(report: Report, start: int = 0, end: int | None = None, most: int | None = None) -> TextRange:
    """The text of a report from `start` to `end` or to where it ends; not more than `most` characters.

    Raises:
        SourceError: the range begins after its end, or after that of the text, or is longer.
    """
    characters = len(report.text)
    longest = characters if most is None else most
    last = min(characters, start + longest if end is None else end)
    if not 0 <= start <= last or last - start > longest:
        limit = (
            Text("", "")
            if most is None
            else Text(f"，一次最多读 {most} 个", f", and at most {most} are read at once")
        )
        upto = Text("最后", "its end") if end is None else Text(str(end), str(end))
        raise SourceError(
            f"{report.name} 的正文没有第 {start} 到 {upto.zh} 字的范围：它有 {characters} 个字{limit.zh}。"
            "请改正 start 和 end，起点不大于终点。",
            f"The text of {report.name} has no range from {start} to {upto.en}: it has {characters} characters{limit.en}. "
            "Correct start and end, the start not after the end.",
        )
    span = Span(start, last)
    place = Place.of(report, report.passage_at(start).section, span)
    return TextRange(
        report.name, report.title, place.headings, place.paragraph, place.page,
        span.of(report.text), start, last, characters, report.document.text_digest,
    )  # fmt: skip


def listed(entry: ReportEntry) -> ListedReport:
    """What is known of a report, as a flat record."""
    known = entry.metadata
    return ListedReport(
        document=entry.name,
        title=known.title,
        region=known.region,
        level=known.level,
        year=known.year,
        issuer=known.issuer,
        meeting=known.meeting,
        date=known.date,
        speaker=known.speaker,
        kind=known.kind,
        address=known.address,
        passages=entry.passages,
        characters=entry.characters,
        text_digest=entry.text_digest,
        source_digest=entry.source_digest,
        doubtful=tuple(origin.field for origin in known.origins if origin.is_doubtful),
    )
