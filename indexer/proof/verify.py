"""Prove that an index says what its reports say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from indexer.errors import DamagedIndex, IndexFault
from indexer.location import AnyPath, path_of
from indexer.people.store import FILE_NAME, altered_rows
from indexer.proof.soundness import index_problems, named_problems
from indexer.reports import Problem
from indexer.store.database import open_store
from indexer.store.lexical import LexicalIndex
from indexer.store.milvus import MilvusCollection
from indexer.store.milvus_client import MissingCollection
from indexer.store.milvus_proof import differences
from indexer.store.servers import Servers, servers_of
from indexer.store.settings import StoreSettings
from indexer.store.store import Store
from indexer.store.vectors import load_filed, open_vectors
from indexer.store.words import complete_words


def verify_index(directory: AnyPath) -> tuple[Problem, ...]:
    """Check the store by its seals, every span of every report, and what is derived against what is stored.

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
    unsound = list(index_problems(store))
    for name in store.names():
        unsound += named_problems(store, name)
    yield from unsound
    yield from _judgement_problems(directory)
    try:
        yield from _derived_problems(directory, store)
    except DamagedIndex:
        # What cannot be read was told; what is derived of it cannot be compared with it.
        if not unsound:
            raise


def _derived_problems(directory: Path, store: Store) -> Iterator[Problem]:
    settings = store.settings()
    servers = servers_of(directory)
    if servers is not None:
        yield from _milvus_problems(directory, servers, store)
        complete_words(directory, directory / settings.words)
    else:
        yield from _vector_problems(directory, store, settings)
    yield from _word_problems(directory, store, settings)


def _judgement_problems(directory: Path) -> Iterator[Problem]:
    try:
        altered = altered_rows(directory)
    except sqlite3.Error as error:
        yield Problem(
            "", f"人工认定和反馈的记录 {FILE_NAME} 读不出来（{error}），请从备份恢复这个文件",
            f"the judgements and the feedback in {FILE_NAME} cannot be read ({error}); restore that file from a backup",
        )  # fmt: skip
        return
    for one in altered:
        zh, en, key = one.kind.called.zh, one.kind.called.en, one.key
        yield Problem(
            "",
            f"{zh}第 {key} 条被改动过，请重新写过或从备份恢复" if key else f"有{zh}被删掉或被添上，请从备份恢复",
            f"{en} {key} was altered: say it again, or restore it from a backup" if key
            else f"{en}: some were deleted or slipped in; restore them from a backup",
        )  # fmt: skip


def _vector_problems(directory: Path, store: Store, settings: StoreSettings) -> Iterator[Problem]:
    if settings.vector_digest and load_filed(directory, settings.vector_digest, proven=True) is None:
        yield Problem(
            "", "FAISS 文件缺失或与记录不符（提问时会自动重建）",
            "the FAISS file is missing or not the recorded one (it is derived anew when a question is asked)",
        )  # fmt: skip
        return
    kept = np.concatenate(
        [np.empty(0, np.int64), *(table.ids for table in store.vectors(settings.dimension))]
    )
    # What was removed since the file was written is still in it, and never shown.
    opened = open_vectors(directory, store)
    if opened is None or not np.isin(kept, opened.ids()).all():
        yield Problem("", "FAISS 文件与库中向量不同", "the FAISS file differs from the stored vectors")


def _milvus_problems(directory: Path, servers: Servers, store: Store) -> Iterator[Problem]:
    collection = MilvusCollection(servers, store.settings())
    lacking: list[int] = []
    try:
        collection.check()
        for found in differences(collection, store):
            lacking += [row.id for row in found.lacking]
    except MissingCollection as error:
        yield Problem("", error.message("zh"), error.message("en"))
        return
    with open_store(directory) as now:
        # Another process may have removed them since this one began to read.
        count = len(now.passages(lacking))
    if count:
        yield Problem(
            "", f"Milvus 缺少 {count} 个段落的向量，或与库中不同",
            f"Milvus lacks the vectors of {count} passages, or has others than the store",
        )  # fmt: skip


def _word_problems(directory: Path, store: Store, settings: StoreSettings) -> Iterator[Problem]:
    there = {entry.id for entry in store.entries()}
    try:
        words = LexicalIndex(directory / settings.words)
        sound = not words.damaged_files() and words.documents() >= there
    except IndexFault:
        sound = False
    if not sound:
        yield Problem(
            "", "词语索引缺失或与报告不符（提问时会自动重建）",
            "the lexical index is missing or not that of the reports (it is derived anew when a question is asked)",
        )  # fmt: skip


def source_notices(directory: AnyPath) -> tuple[Problem, ...]:
    """Reports whose file was deleted or changed since: a notice, not damage.

    Raises:
        IndexFault: as `verify_index`.
    """
    directory = path_of(directory)
    if servers_of(directory) is not None:
        return ()  # the files are on the machines that indexed them
    with open_store(directory) as store:
        return tuple(
            Problem(
                entry.name,
                f"源文件 {entry.source} 已删除或已改动；回答仍引用索引里保存的原文",
                f"its file {entry.source} is gone or changed; answers still quote the indexed text",
            )
            for entry in store.entries()
            if not entry.is_unchanged()
        )
