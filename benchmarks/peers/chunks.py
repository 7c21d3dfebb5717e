"""Chunks as LangChain's splitter makes them, at the punctuation of Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.peers.protocol import FoundSpan, Settings, SourceReport
from indexer.text.span import Span

SIZES = (150, 250, 400, 600)
SEPARATORS = ("\n\n", "\n", "。", "；", "，")
"""Where a user who knows Chinese lets a text be cut, the best places first."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a report. `text` is what is indexed: `place` of the report, behind the title where that is set."""

    place: FoundSpan
    text: str


def sizes(best: Settings) -> tuple[Settings, ...]:
    """Every size of a chunk, without overlap and with a fifth of it."""
    return tuple(replace(best, size=size, overlap=part) for size in SIZES for part in (0, size // 5))


def without_title(best: Settings) -> tuple[Settings, ...]:
    """The same without the title."""
    return (replace(best, title=False),)


def without_prefixes(best: Settings) -> tuple[Settings, ...]:
    """The same without the prefixes of E5."""
    return (replace(best, prefixes=False),)


def chunks(reports: Sequence[SourceReport], settings: Settings) -> list[Chunk]:
    """The chunks of all the reports, in their order."""
    return [chunk for report in reports for chunk in _chunks(report, settings)]


def with_title(report: SourceReport, text: str, settings: Settings) -> str:
    """What is indexed of a chunk."""
    return f"{report.title}\n{text}" if settings.title else text


def _chunks(report: SourceReport, settings: Settings) -> Iterator[Chunk]:
    for start, text in _lines(report.text) if settings.size == 0 else _split(report.text, settings):
        place = FoundSpan(report.name, Span(start, start + len(text)))
        yield Chunk(place, with_title(report, text, settings))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, line
        start += len(line) + 1


def _split(text: str, settings: Settings) -> Iterator[tuple[int, str]]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=[*SEPARATORS, ""],
        keep_separator="end",
        chunk_size=settings.size,
        chunk_overlap=settings.overlap,
        add_start_index=True,
    )
    for found in splitter.create_documents([text]):
        yield found.metadata["start_index"], found.page_content
