"""The reports of an index, each checked as it is read. No vectors, no model: for work that needs neither."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import damaged, no_report
from indexer.location import AnyPath, Names, names_of, path_of
from indexer.report.records import Section
from indexer.report.report import Report
from indexer.store.database import open_store
from indexer.store.store import Store


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an index. `document` is empty where it concerns all of it."""

    document: str
    zh: str
    en: str


def open_reports(directory: AnyPath, names: Names | None = None) -> tuple[Report, ...]:
    """The reports of the index in `directory`, those of a name or names in their order, else all as added.

    Raises:
        IndexFault: the index is missing, foreign or damaged, a text is not what was indexed, or it
            has no report of a name.
    """
    directory = path_of(directory)
    return tuple(read_reports(directory, names))


def read_reports(directory: Path, names: Names | None = None) -> Iterator[Report]:
    """As `open_reports`, one after the other: a library of thousands is never in memory at once.

    Raises:
        IndexFault: as `open_reports`, when the report's turn comes.
    """
    with open_store(directory) as store:
        wanted = store.names() if names is None else names_of(names)
    for name in wanted:
        with open_store(directory) as store:
            report = proven_report(directory, store, name)
            if report is None and names is not None:
                raise no_report(name, store.names())
        if report is not None:
            yield report


def proven_report(directory: Path, store: Store, name: str) -> Report | None:
    """The report of a name, whose text, bounds, title, region and year are what was written; None where there is none.

    Raises:
        DamagedIndex: they are not.
    """
    report, entry = store.report(name), store.entry(name)
    if report is None or entry is None:
        return None
    for part in store.seals.broken_description(entry.id):
        raise damaged(directory, f"{name}: {part.value} was altered")
    for problem in report_problems(report, entry.text_digest):
        raise damaged(directory, f"{problem.document}: {problem.en}")
    return report


def report_problems(report: Report, digest: str) -> Iterator[Problem]:
    """What is wrong with a report, whatever its rows hold; `digest` is its text's SHA-256 as recorded.

    A sound report has the text that was indexed, sections that form a tree, and passages that partition the
    text inside their sections.
    """
    if report.document.text_digest != digest:
        yield Problem(report.name, "正文与建立索引时的校验值不同", "the text differs from its digest")
    yield from _span_problems(report)


def _span_problems(report: Report) -> Iterator[Problem]:
    name, length = report.name, len(report.text)
    sections, passages = report.sections, report.passages
    if [s.number for s in sections] != list(range(len(sections))) or not sections:
        yield Problem(name, "章节编号不连续", "the sections are not numbered in order")
        return
    if [p.number for p in passages] != list(range(len(passages))):
        yield Problem(name, "段落编号不连续", "the passages are not numbered in order")
        return
    position = 0
    for passage in passages:
        if passage.span.start != position:
            yield Problem(
                name, f"段落 {passage.number} 不衔接", f"passage {passage.number} leaves a gap or overlaps"
            )
        position = passage.span.end
        inside = 0 <= passage.section < len(sections) and sections[passage.section].span.holds(passage.span)
        if not inside:
            yield Problem(
                name, f"段落 {passage.number} 越出章节", f"passage {passage.number} crosses its section"
            )
    if position != length:
        yield Problem(name, "段落没有覆盖全文", "the passages do not cover the text")
    for section in sections:
        if not _well_placed(section, sections, length):
            yield Problem(name, f"章节 {section.number} 位置不对", f"section {section.number} is misplaced")


def _well_placed(section: Section, sections: tuple[Section, ...], length: int) -> bool:
    if section.number == 0:
        return section.parent is None and (section.span.start, section.span.end) == (0, length)
    if section.parent is None or not 0 <= section.parent < section.number:
        return False
    parent = sections[section.parent]
    return (
        parent.span.holds(section.span)
        and section.span.holds(section.heading)
        and section.depth == parent.depth + 1
    )
