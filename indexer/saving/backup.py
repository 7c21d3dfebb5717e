"""Save an index in one file while it is in use: the store, what people said, and the files that were uploaded."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.errors import IndexFault, damaged
from indexer.location import AnyPath, path_of
from indexer.originals import ORIGINALS
from indexer.people.store import FILE_NAME, JUDGEMENTS, count_said
from indexer.proof.soundness import written_problems
from indexer.reports import Problem
from indexer.saving.backup_file import Saved, not_saved, write_backup
from indexer.store.database import STORE_NAME, address_of, open_store
from indexer.store.servers import Servers, servers_of

_PAGES = 256  # of the store that are copied before writers may go on
_OFTEN = 3  # times that the store is begun again because somebody wrote; then writers wait
_PATIENCE = 30  # seconds


@dataclass(frozen=True, slots=True)
class BackupResult:
    """What a backup holds.

    Attributes:
        path: the file.
        problems: what is wrong with the index that was saved; it was saved as it is.
    """

    path: Path
    reports: int
    judgements: int
    uploads: int
    problems: tuple[Problem, ...]


def backup_index(directory: AnyPath, target: AnyPath) -> BackupResult:
    """Save the index in `directory` in the file `target`, or in a new file in the folder `target`.

    Others read and write meanwhile: what is saved is the index as it was at one moment. Vectors are in it, so nothing
    is embedded to restore it; words, FAISS file and ledger are made anew then. What was written is read again.

    Raises:
        IndexFault: there is no index or it cannot be read, it is on servers, or the file is there or cannot be written.
    """
    directory, path = path_of(directory), path_of(target)
    servers = servers_of(directory)
    if servers is not None:
        raise _on_servers(servers)
    now = datetime.now().astimezone()
    if path.is_dir():
        path = path / f"wenbao-{now:%Y%m%d-%H%M%S}.zip"
    with open_store(directory):
        pass  # there is one, of today's format, and nothing of it is half done
    staging = _staging(path)
    try:
        copy_database(directory / STORE_NAME, staging / STORE_NAME)
        files = [Saved(STORE_NAME, staging / STORE_NAME)]
        if (directory / FILE_NAME).exists():
            copy_database(directory / FILE_NAME, staging / FILE_NAME)
            files.append(Saved(FILE_NAME, staging / FILE_NAME))
        with open_store(staging) as store:
            reports, problems = len(store.names()), tuple(written_problems(store))
        uploads = list(_uploads(directory))
        write_backup(path, directory, now.isoformat(timespec="seconds"), reports, [*files, *uploads])
        return BackupResult(path, reports, count_said(staging, JUDGEMENTS), len(uploads), problems)
    except sqlite3.OperationalError as error:
        raise not_saved(path, error) from error
    except sqlite3.DatabaseError as error:
        raise damaged(directory, str(error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def copy_database(path: Path, target: Path) -> None:
    """Copy a file of SQLite as it is at one moment, while others read and write it.

    Raises:
        sqlite3.Error: it cannot be read, or the copy not be written.
    """
    with (
        closing(
            sqlite3.connect(f"{address_of(path.absolute())}?mode=ro", uri=True, timeout=_PATIENCE)
        ) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        steps = 0

        def counted(status: int, left: int, total: int) -> None:
            nonlocal steps
            steps += 1
            if steps * _PAGES > _OFTEN * total + _PAGES:
                raise _KeepsChanging

        try:
            source.backup(copy, pages=_PAGES, progress=counted)
        except _KeepsChanging:
            source.backup(copy)


class _KeepsChanging(Exception):
    """Others write so often that a copy in steps never ends."""


def _staging(path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=".wenbao-backup-", dir=path.parent))
    except OSError as error:
        raise not_saved(path, error) from error


def _uploads(directory: Path) -> Iterator[Saved]:
    """Every uploaded file, whole; what is being written at this moment has another name."""
    for file in sorted((directory / ORIGINALS).rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            yield Saved(file.relative_to(directory).as_posix(), file)


def _on_servers(servers: Servers) -> IndexFault:
    return IndexFault(
        f"共用索引 {servers.milvus} 在服务器上，由数据库管理员备份：pg_dump 模式 {servers.schema} 和 {servers.people}。"
        f"要一份自己的：先 python -m indexer migrate --index {servers.milvus} --to 本地目录，再备份那个目录。",
        f"The shared index {servers.milvus} is on servers, where the administrator of the database saves it: pg_dump the "
        f"schemas {servers.schema} and {servers.people}. For a copy of your own: python -m indexer migrate --index "
        f"{servers.milvus} --to FOLDER, then back that folder up.",
    )
