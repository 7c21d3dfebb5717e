"""Whether what the store holds of a report is what was indexed, its vectors included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from indexer.errors import DamagedIndex
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.reports import Problem, report_problems
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from indexer.store.packing import units_in
from indexer.store.rows import StoredPassage
from indexer.store.tables import Store


def stored_problems(store: Store, entry: ReportEntry) -> Iterator[Problem]:
    """What is wrong with the rows of one report.

    Raises:
        IndexFault: they are so damaged that no report can be made of them.
    """
    report = store.report(entry.name)
    if report is None:
        return
    wrong = list(report_problems(report, entry.text_digest))
    yield from wrong
    if not wrong:
        # Units are cut from sections and passages: of wrong ones nothing can be said.
        yield from _passage_problems(store, entry, report)


def is_as_made(directory: Path, entry: ReportEntry) -> bool:
    """Whether a report in the store is what its text gives today: sound, and with the same sections and passages."""
    with open_store(directory) as store:
        try:
            report = store.report(entry.name)
            if next(stored_problems(store, entry), None) is not None:
                return False
        except DamagedIndex:
            return False
    if report is None:
        return True  # somebody removed it meanwhile
    made = parse_report(report.document)
    return (made.sections, made.passages) == (report.sections, report.passages)


def _passage_problems(store: Store, entry: ReportEntry, report: Report) -> Iterator[Problem]:
    if (entry.passages, entry.characters) != (len(report.passages), len(report.text)):
        yield Problem(
            entry.name, "目录里的段落数或字数不对", "the catalogue counts its passages or characters wrong"
        )
    broken = store.broken_seals(entry.id)
    if broken:
        yield Problem(
            entry.name, f"{broken} 个段落的向量被改动过", f"the vectors of {broken} passages were altered"
        )
    stored = {found.passage.number: found for found in store.passages_of(entry.id)}
    for passage in report.passages:
        found = stored.get(passage.number)
        if (found is not None) != bool(report.units_of(passage)):
            yield Problem(
                entry.name, f"段落 {passage.number} 缺少向量，或不该有向量",
                f"passage {passage.number} lacks its vectors, or has some and should not",
            )  # fmt: skip
        elif found is not None and not _is_sound(found, entry, report):
            yield Problem(
                entry.name, f"段落 {passage.number} 的编号、所在部分或检索单元不对",
                f"the number, the role or the units of passage {passage.number} are wrong",
            )  # fmt: skip


def _is_sound(found: StoredPassage, entry: ReportEntry, report: Report) -> bool:
    if found.id != entry.first + found.passage.number or found.role is not report.role_of(found.passage):
        return False
    try:
        units_in(found.packed, found.passage.number, found.passage.span)
    except ValueError:
        return False
    return True
