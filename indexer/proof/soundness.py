"""Whether what the store holds, of the index and of a report, is what was indexed, vectors included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from indexer.errors import DamagedIndex
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.reports import Problem, report_problems
from indexer.store.catalogue import ReportEntry
from indexer.store.database import open_store
from indexer.store.packing import units_in
from indexer.store.rows import StoredPassage
from indexer.store.seals import Part
from indexer.store.store import Store

_ALTERED = {
    Part.NAME: ("名称被改动过", "its name was altered"),
    Part.METADATA: (
        "标题、地区、年份等资料被改动过",
        "what is known of it (title, region, year …) was altered",
    ),
    Part.SOURCE: ("源文件的路径或校验值被改动过", "the path or the digest of its file was altered"),
    Part.TEXT: ("正文的校验值或字数被改动过", "the digest or the length of its text was altered"),
    Part.PAGES: ("正文的页码被改动过", "the pages of its text were altered"),
    Part.PARSED: (
        "章节或段落的范围、标题、部分被改动过",
        "the bounds, headings or roles of its sections or passages were altered",
    ),
    Part.VECTORS: ("向量的记录被改动过", "the record of its vectors was altered"),
}


def index_problems(store: Store) -> Iterator[Problem]:
    """What is wrong with the rows that are of no single report."""
    try:
        settings = asdict(store.settings())
    except DamagedIndex as error:
        yield Problem("", f"设置读不出来：{error.message('zh')}", f"no settings: {error.message('en')}")
        return
    if not store.seals.sound_settings(settings):
        yield Problem("", "设置（模型、指纹等）被改动过", "the settings (model, fingerprint …) were altered")
    if not store.seals.sound_reports():
        yield Problem(
            "", "报告的名单与写入时不同：有报告被删掉或被添上",
            "the reports are not those that were written: some were deleted or slipped in",
        )  # fmt: skip
    if not store.counts_on():
        yield Problem(
            "", "编号的计数被改小，新报告会与旧报告混淆",
            "the counter of ids was set back: new reports would be taken for old ones",
        )  # fmt: skip


def written_problems(store: Store) -> Iterator[Problem]:
    """Where the store is not what was written, by its seals and digests alone: quicker than all that is derived."""
    word = store.integrity()
    if word != "ok":
        yield Problem("", f"SQLite 报告：{word}", f"SQLite says: {word}")
    yield from index_problems(store)
    for name in store.names():
        try:
            report, entry = store.report(name), store.entry(name)
            if report is None or entry is None:
                continue
            for part in store.seals.broken(entry.id):
                yield Problem(name, *_ALTERED[part])
            if report.document.text_digest != entry.text_digest:
                yield Problem(name, "正文与建立索引时的校验值不同", "the text differs from its digest")
            if store.broken_seals(entry.id):
                yield Problem(name, "有段落的向量被改动过", "the vectors of passages were altered")
        except DamagedIndex as error:
            yield Problem(name, f"读不出来：{error.message('zh')}", f"cannot be read: {error.message('en')}")


def named_problems(store: Store, name: str) -> Iterator[Problem]:
    """What is wrong with the rows of the report of a name, also where they make no sense at all."""
    try:
        entry = store.entry(name)
        if entry is None:
            yield Problem(name, "名称不是文字", "its name is no text")
        else:
            yield from stored_problems(store, entry)
    except DamagedIndex as error:
        yield Problem(name, f"读不出来：{error.message('zh')}", f"cannot be read: {error.message('en')}")


def stored_problems(store: Store, entry: ReportEntry) -> Iterator[Problem]:
    """What is wrong with the rows of one report.

    Raises:
        DamagedIndex: they are so damaged that no report can be made of them.
    """
    for part in store.seals.broken(entry.id):
        yield Problem(entry.name, *_ALTERED[part])
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
