"""Prove that an index says what its reports say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.document import ParsedDocument, Section
from indexer.sources import is_unchanged
from indexer.store import Store, StoreSettings, open_store
from indexer.vectors import load_vectors


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an index. `document` is empty where it concerns all of it."""

    document: str
    zh: str
    en: str


def verify_index(directory: Path) -> tuple[Problem, ...]:
    """Check the store, every span of every report, and the FAISS file against the stored vectors.

    Raises:
        IndexFault: the index is missing or foreign, or so damaged that it cannot be read.
    """
    with open_store(directory) as store:
        return tuple(_problems(directory, store))


def _problems(directory: Path, store: Store) -> Iterator[Problem]:
    word = store.integrity()
    if word != "ok":
        yield Problem("", f"SQLite 报告：{word}", f"SQLite says: {word}")
    settings = store.settings()
    digests = store.text_digests()
    for parsed in store.documents():
        if digests[parsed.document.name] != parsed.document.text_digest:
            yield Problem(
                parsed.document.name, "正文与建立索引时的校验值不同", "the text differs from its digest"
            )
        yield from document_problems(parsed)
    yield from _vector_problems(directory, store, settings)


def document_problems(parsed: ParsedDocument) -> Iterator[Problem]:
    """What is wrong with the spans of one report."""
    name, length = parsed.document.name, len(parsed.document.text)
    position = 0
    for passage in parsed.passages:
        if passage.span.start != position:
            yield Problem(
                name, f"段落 {passage.number} 不衔接", f"passage {passage.number} leaves a gap or overlaps"
            )
        position = passage.span.end
        if not parsed.sections[passage.section].span.holds(passage.span):
            yield Problem(
                name, f"段落 {passage.number} 越出章节", f"passage {passage.number} crosses its section"
            )
    if position != length:
        yield Problem(name, "段落没有覆盖全文", "the passages do not cover the text")
    for section in parsed.sections[1:]:
        if not _well_placed(section, parsed.sections):
            yield Problem(name, f"章节 {section.number} 位置不对", f"section {section.number} is misplaced")
    for unit in parsed.units:
        if not parsed.passages[unit.passage].span.holds(unit.span):
            yield Problem(name, f"检索单元越出段落 {unit.passage}", f"a unit crosses passage {unit.passage}")


def _well_placed(section: Section, sections: tuple[Section, ...]) -> bool:
    parent = sections[section.parent] if section.parent is not None else None
    return parent is not None and parent.span.holds(section.span) and section.span.holds(section.heading)


def _vector_problems(directory: Path, store: Store, settings: StoreSettings) -> Iterator[Problem]:
    table = store.vectors(settings.dimension)
    norms = np.linalg.norm(table.vectors, axis=1)
    if len(norms) and not np.allclose(norms, 1, atol=1e-3):
        yield Problem("", "有向量不是单位长度", "a vector is not of unit length")
    derived = load_vectors(directory, settings.vector_digest)
    if derived is None:
        yield Problem(
            "", "FAISS 文件缺失或与记录不符（提问时会自动重建）",
            "the FAISS file is missing or not the recorded one (it is derived anew when a question is asked)",
        )  # fmt: skip
        return
    held = derived.table()
    if not np.array_equal(held.ids, table.ids) or not np.array_equal(held.vectors, table.vectors):
        yield Problem("", "FAISS 文件与库中向量不同", "the FAISS file differs from the stored vectors")


def source_notices(directory: Path) -> tuple[Problem, ...]:
    """Reports whose file was deleted or changed since: a notice, not damage.

    Raises:
        IndexFault: as `verify_index`.
    """
    with open_store(directory) as store:
        return tuple(
            Problem(
                parsed.document.name,
                f"源文件 {parsed.document.source} 已删除或已改动；回答仍引用索引里保存的原文",
                f"its file {parsed.document.source} is gone or changed; answers still quote the indexed text",
            )
            for parsed in store.documents()
            if not is_unchanged(parsed.document)
        )
