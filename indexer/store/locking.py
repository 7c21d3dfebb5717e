"""One writer at a time in the folder of a local index, whichever thread or process it is.

SQLite lets one writer into a file; what is beside it (words, FAISS file, a store that is put into the place of
another) needs the same. Readers never wait here. The lock is the system's and goes with a process that is killed.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import IndexFault, busy, unwritable
from indexer.store.file_system import network_file_system

_CHANGE = ".wenbao.lock"  # held while something is committed: well under a second
_REMAKE = ".wenbao.remake.lock"  # held while an index is mended or made anew: as long as that takes
# Folders in the folder of an index, of one that is made beside it and shares its locks.
BUILDING = ".building"
REPAIRING = ".repairing"
RESTORING = ".restoring"
_PATIENCE = 30.0
_TOLD_AFTER = 2.0
_POLL = 0.02

_log = logging.getLogger("wenbao")


@contextmanager
def changing_alone(directory: Path, patience: float | None = None) -> Iterator[None]:
    """Nobody else changes the files of the index in `directory` during the block; it may be nested.

    Raises:
        IndexFault: the folder cannot be written or is on a network, or another was still at it after `patience` seconds.
    """
    with _alone(directory, _CHANGE, patience):
        yield


@contextmanager
def remaking_alone(directory: Path, patience: float | None = None) -> Iterator[None]:
    """Nobody else mends the index in `directory` or makes it anew during the block; reports come and go meanwhile.

    Raises:
        IndexFault: as `changing_alone`.
    """
    with _alone(directory, _REMAKE, patience):
        yield


@contextmanager
def _alone(directory: Path, name: str, patience: float | None) -> Iterator[None]:
    folder = directory.absolute()
    if folder.name in (BUILDING, REPAIRING, RESTORING):
        folder = folder.parent
    kind = network_file_system(folder)
    if kind is not None:
        raise IndexFault(
            f"索引目录 {folder} 在网络文件系统（{kind}）上，几台机器同时写会损坏索引，所以没有写。请用 --index 指定本机磁盘上的目录；"
            "多台机器共用一个索引，请用服务器上的索引（docs/servers.md）。",
            f"The index directory {folder} is on a network file system ({kind}), where several machines that write "
            "would damage the index; nothing was written. Name a directory on this machine's own disk with --index, "
            "or share an index on servers (docs/servers.md).",
        )
    path = folder / name
    _acquire(path, _PATIENCE if patience is None else patience)
    try:
        yield
    finally:
        _lock(path).release()


def _acquire(path: Path, patience: float) -> None:
    lock = _lock(path)
    for told, seconds in ((True, min(_TOLD_AFTER, patience)), (False, max(0.0, patience - _TOLD_AFTER))):
        try:
            lock.acquire(timeout=seconds, poll_interval=_POLL)
            return
        except Timeout:
            if told and patience > _TOLD_AFTER:
                _log.warning("正在等另一个程序写完 Waiting for another writer: %s", _holder(path))
        except OSError as error:
            raise unwritable(path.parent, error) from error
    raise busy(path.parent, _holder(path), patience)


@cache
def _lock(path: Path) -> FileLock:
    """The lock at a path: one object a process, each thread with a hold of its own."""
    return FileLock(path, on_acquired=_sign)


def _sign(descriptor: int) -> None:
    """Write into the file who holds the lock, for those who wait."""
    program = " ".join([Path(sys.argv[0] or "python").name, *sys.argv[1:2]])
    note = json.dumps({"process": os.getpid(), "program": program[:80], "since": time.time()})
    # Who waits is told less; nobody is kept from writing for it.
    with suppress(OSError):
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, note.encode())


def _holder(path: Path) -> str:
    """Who holds a lock, in words of both languages; a question mark where that is not known."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        since = datetime.fromtimestamp(note["since"]).strftime("%H:%M:%S")
        return f"{note['program']}, PID {note['process']}, {since}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"
