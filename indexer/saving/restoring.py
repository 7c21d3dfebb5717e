"""Put a backup in the place of an index, and keep what was there."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from indexer.errors import IndexFault, unwritable
from indexer.location import AnyPath, path_of
from indexer.originals import ORIGINALS
from indexer.people.store import FILE_NAME, JUDGEMENTS, altered_rows, count_said
from indexer.proof.soundness import written_problems
from indexer.report.records import has_digest
from indexer.reports import Problem
from indexer.saving.backup_file import open_backup, take_out
from indexer.store.database import STORE_NAME, change_store, open_store, settle_journal
from indexer.store.lasting import keep_names
from indexer.store.locking import RESTORING, changing_alone, remaking_alone
from indexer.store.replacing import take_place
from indexer.store.servers import servers_of
from indexer.store.words import complete_words, words_name
from indexer.store.writing import refresh_vectors
from indexer.text.file_names import path_kept

_OURS = (STORE_NAME, FILE_NAME)


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What was restored.

    Attributes:
        kept: the folder with the index that was there before, which opens as any other; None where there was none.
        problems: what is wrong with what was restored.
    """

    reports: int
    judgements: int
    uploads: int
    kept: Path | None
    problems: tuple[Problem, ...]


def restore_index(backup: AnyPath, directory: AnyPath, *, replacing: bool = False) -> RestoreResult:
    """Make the index in `directory` the one that was saved in `backup`.

    What is restored is proved and derived beside the index that is there; only then it takes its place. That one stays,
    in a folder of its own, and the uploaded files of both. Killed on the way, the old index is there as it was, or the
    new one is.

    Args:
        backup: a file that `backup_index` wrote.
        directory: where the index is to be.
        replacing: whether it may take the place of an index that is there.

    Raises:
        IndexFault: the file is no backup or damaged; there is an index and nobody said to replace it, or it is another
            program's or on servers; or the directory cannot be written.
    """
    path, directory = path_of(backup), path_of(directory)
    _check_place(directory, replacing)
    with open_backup(path):
        pass  # nothing is made for what is no backup
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with remaking_alone(directory):
            return _restored(path, directory, directory / RESTORING)
    except OSError as error:
        raise unwritable(directory, error) from error


def _restored(path: Path, directory: Path, aside: Path) -> RestoreResult:
    try:
        shutil.rmtree(aside, ignore_errors=True)
        uploads = _taken_out(path, directory, aside)
        problems = tuple(_prepared(aside))
        judgements = count_said(aside, JUDGEMENTS)
        with open_store(aside) as store:
            reports = len(store.names())
        # What others did to the old index until now is in what is kept of it.
        with changing_alone(directory):
            settle_journal(directory)
            kept = _kept(directory)
            _put_judgements(aside, directory)
            take_place(aside, directory, _generation(directory))
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return RestoreResult(reports, judgements, uploads, kept, problems)


def _check_place(directory: Path, replacing: bool) -> None:
    if servers_of(directory) is not None:
        raise IndexFault(
            f"{directory} 指向服务器上的共用索引，备份不能直接恢复到那里。请先恢复到一个本地目录，再用 migrate --to 复制到服务器。",
            f"{directory} points at an index on servers, where no backup is restored at once. Restore it to a folder, then "
            "copy it there with migrate --to.",
        )
    if directory.exists() and not directory.is_dir():
        raise IndexFault(
            f"{directory} 是一个文件，不能放索引。请用 --index 指定一个目录。",
            f"{directory} is a file and cannot hold an index. Name a directory with --index.",
        )
    if not any((directory / name).exists() for name in _OURS):
        return
    try:
        if (directory / STORE_NAME).exists():
            with open_store(directory):
                pass
    except IndexFault as fault:
        if fault.foreign:
            raise
    if not replacing:
        raise IndexFault(
            f"{directory} 里已有索引，没有改动。要用备份替换它，请加 --replace：现有的索引会移到其中一个文件夹里保留；"
            "或用 --index 另选一个目录。",
            f"There is an index in {directory}, which was left as it is. To put the backup in its place add --replace: the "
            "index that is there is kept in a folder beside it; or name another directory with --index.",
        )


def _taken_out(path: Path, directory: Path, aside: Path) -> int:
    """Write the files of a backup: uploads where they stay, the rest aside; how many uploads."""
    uploads = 0
    with open_backup(path) as (archive, contents):
        for name in contents.digests:
            if name in _OURS:
                take_out(path, archive, contents, name, aside / name)
        # Only now: a backup that is damaged leaves the directory as it is.
        for name in contents.digests:
            if name not in _OURS:
                uploads += 1
                if not has_digest(str(directory / name), contents.digests[name]):
                    take_out(path, archive, contents, name, directory / name)
    _follow(aside, Path(contents.directory), directory.absolute())
    return uploads


def _follow(aside: Path, former: Path, directory: Path) -> None:
    """Say where uploaded files are now: in the directory that the backup is restored to."""
    with change_store(aside) as store:
        settings = store.settings()
        # Words and FAISS file are made anew, under names that no other store has.
        store.write_settings(
            replace(settings, vector_digest="", vector_last=0, vector_gone=0, words=words_name())
        )
        if former == directory:
            return
        for entry in list(store.entries()):
            source = path_kept(entry.source)
            with suppress(ValueError):
                inside = source.absolute().relative_to(former / ORIGINALS)
                store.write_source(entry.name, str(directory / ORIGINALS / inside), entry.source_digest)


def _prepared(aside: Path) -> list[Problem]:
    """Prove what was taken out, and derive what was not saved."""
    with open_store(aside) as store:
        problems = list(written_problems(store))
        words = aside / store.settings().words
    try:
        altered = altered_rows(aside)
    except sqlite3.Error as error:
        problems.append(Problem("", f"人工认定读不出来：{error}", f"the judgements cannot be read: {error}"))
    else:
        if altered:
            problems.append(Problem("", "有人工认定或反馈被改动过", "judgements or feedback were altered"))
    complete_words(aside, words)
    refresh_vectors(aside, always=True)
    return problems


def _generation(directory: Path) -> int | None:
    try:
        with open_store(directory) as store:
            return store.settings().generation
    except IndexFault:
        return None


def _kept(directory: Path) -> Path | None:
    """A folder with the index that is there now, which stays where it is as well until another takes its place."""
    there = [directory / name for name in _OURS if (directory / name).exists()]
    if not there:
        return None
    kept = directory / f"replaced-{datetime.now():%Y%m%d-%H%M%S-%f}"
    kept.mkdir()
    for path in there:
        try:
            os.link(path, kept / path.name)
        except OSError:
            shutil.copy2(path, kept / path.name)
    keep_names(kept)
    return kept


def _put_judgements(aside: Path, directory: Path) -> None:
    """What people said as it was saved. What they said since is in the index that is kept."""
    if (aside / FILE_NAME).exists():
        (aside / FILE_NAME).replace(directory / FILE_NAME)
    else:
        (directory / FILE_NAME).unlink(missing_ok=True)
