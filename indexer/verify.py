"""Prove that an index says what its reports say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from indexer.location import AnyPath, path_of
from indexer.reports import Problem, checked_reports
from indexer.store.database import open_store
from indexer.store.settings import StoreSettings
from indexer.store.tables import Store
from indexer.store.vectors import load_vectors


def verify_index(directory: AnyPath) -> tuple[Problem, ...]:
    """Check the store, every span of every report, and the FAISS file against the stored vectors.

    Raises:
        IndexFault: the index is missing or foreign, or so damaged that it cannot be read.
    """
    directory = path_of(directory)
    with open_store(directory) as store:
        return tuple(_problems(directory, store))


def _problems(directory: Path, store: Store) -> Iterator[Problem]:
    word = store.integrity()
    if word != "ok":
        yield Problem("", f"SQLite 报告：{word}", f"SQLite says: {word}")
    settings = store.settings()
    for _, problems in checked_reports(store):
        yield from problems
    yield from _vector_problems(directory, store, settings)


def _vector_problems(directory: Path, store: Store, settings: StoreSettings) -> Iterator[Problem]:
    table = store.vectors(settings.dimension)
    broken = store.broken_seals()
    if broken:
        yield Problem("", f"{broken} 个向量被改动过", f"{broken} vectors were altered")
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


def source_notices(directory: AnyPath) -> tuple[Problem, ...]:
    """Reports whose file was deleted or changed since: a notice, not damage.

    Raises:
        IndexFault: as `verify_index`.
    """
    with open_store(path_of(directory)) as store:
        return tuple(
            Problem(
                report.name,
                f"源文件 {report.document.source} 已删除或已改动；回答仍引用索引里保存的原文",
                f"its file {report.document.source} is gone or changed; answers still quote the indexed text",
            )
            for report in store.reports()
            if not report.document.is_unchanged()
        )
