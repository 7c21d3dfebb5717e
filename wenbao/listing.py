"""The reports of an index as flat records: what is known of each, and a range of its text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SourceError, no_report
from indexer.report.records import DocumentKind
from indexer.reports import open_reports
from indexer.store.catalogue import ReportEntry
from indexer.store.database import has_store, open_store


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


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Some of the reports, in the order they were added: `total` in all, `offset` of them before these."""

    total: int
    offset: int
    reports: tuple[ListedReport, ...]


@dataclass(frozen=True, slots=True)
class TextRange:
    """The characters `start` to `end`, half-open, of a report's text, which has `characters` of them.

    Attributes:
        text_digest: SHA-256 of the whole text in UTF-8, as in every quotation from it.
    """

    document: str
    title: str
    text: str
    start: int
    end: int
    characters: int
    text_digest: str


def listed_reports(directory: Path, offset: int = 0, limit: int = 1000) -> ReportPage:
    """At most `limit` reports from the one at `offset` on; none where there is no index yet. No text is read.

    Raises:
        IndexFault: the index is foreign or damaged.
    """
    if not has_store(directory):
        return ReportPage(0, offset, ())
    with open_store(directory) as store:
        entries = tuple(store.entries())
    return ReportPage(len(entries), offset, tuple(map(_listed, entries[offset : offset + limit])))


def listed_report(directory: Path, name: str) -> ListedReport:
    """One report.

    Raises:
        IndexFault: there is no such report, or no sound index.
    """
    with open_store(directory) as store:
        entry = store.entry(name)
        if entry is None:
            raise no_report(name, store.names())
    return _listed(entry)


def text_range(directory: Path, name: str, start: int = 0, end: int | None = None) -> TextRange:
    """The text of a report from `start` to `end`, or to where it ends.

    Raises:
        SourceError: the range begins after its end, or after that of the text.
        IndexFault: there is no such report, or no sound index, or the text is not what was indexed.
    """
    (report,) = open_reports(directory, name)
    characters = len(report.text)
    last = characters if end is None else min(end, characters)
    if not 0 <= start <= last:
        raise SourceError(
            f"{name} 的正文没有第 {start} 到 {'最后' if end is None else end} 字的范围，共 {characters} 字。"
            "请给出 0 到全文字数之间的起止，起点不大于终点。",
            f"The text of {name} has no range from {start} to {'its end' if end is None else end}: it has {characters} "
            "characters. Give a start and an end between 0 and that, the start not after the end.",
        )
    digest = report.document.text_digest
    return TextRange(name, report.title, report.text[start:last], start, last, characters, digest)


def _listed(entry: ReportEntry) -> ListedReport:
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
