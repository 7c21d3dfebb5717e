"""What must hold between a report's text and its sections, passages and units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.report.records import Section
from indexer.report.report import Report


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an index. `document` is empty where it concerns all of it."""

    document: str
    zh: str
    en: str


def report_problems(report: Report) -> Iterator[Problem]:
    """What is wrong with the spans of one report, whatever its rows hold."""
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
    for unit in report.units:
        if not (0 <= unit.passage < len(passages) and passages[unit.passage].span.holds(unit.span)):
            yield Problem(name, f"检索单元越出段落 {unit.passage}", f"a unit crosses passage {unit.passage}")


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
