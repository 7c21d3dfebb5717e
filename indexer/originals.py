"""The files that users uploaded: kept beside the index as long as a report was read from them, no longer.

Repair, the digest in a citation and the page of a PDF need the file. Its owner alone can read it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from indexer.errors import SourceError, unwritable
from indexer.formats.limits import FREE_BYTES
from indexer.location import AnyPath, path_of
from indexer.store.catalogue import ReportEntry
from indexer.store.database import has_store, open_store
from indexer.store.lasting import keep_names, move_in
from indexer.text.characters import without_signs
from indexer.text.file_names import path_kept

ORIGINALS = "originals"
# What Windows takes for a device, whatever follows the first full stop.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.|$)", re.I)
_LONGEST_NAME = 200  # bytes of UTF-8; file systems allow 255, and a name beside it may be a little longer
_WAITING = 24 * 60 * 60.0  # seconds that a file may lie there before its report is in the index


def keep_upload(directory: AnyPath, name: str, data: bytes) -> Path:
    """Write an uploaded file under `directory`/originals, for its owner only, and return its path.

    Each content has a folder of its own, so a file never overwrites another of the same name. Of the
    name only the last part counts: `../../etc/passwd` becomes `passwd`.

    Raises:
        SourceError: the disk is nearly full.
        IndexFault: the directory cannot be written.
    """
    directory = path_of(directory).absolute()
    originals = directory / ORIGINALS
    folder = originals / hashlib.sha256(data).hexdigest()[:16]
    path = folder / safe_name(name)
    # A report that was indexed names the file: it is there whole, or not at all.
    part = folder / f".{uuid.uuid4().hex}.part"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(directory).free < len(data) + FREE_BYTES:
            raise _full(path.name)
        for each in (originals, folder):
            each.mkdir(mode=0o700, exist_ok=True)
            each.chmod(0o700)  # of one that was there before, and whatever the umask says
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(data)
        move_in(part, path)
        keep_names(originals)
    except OSError as error:
        raise unwritable(directory, error) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return path


def kept_original(directory: AnyPath, entry: ReportEntry) -> Path | None:
    """The uploaded file that a report was read from; None where it was read from elsewhere, is gone or was changed."""
    path = path_kept(entry.source).absolute()
    return path if _is_original(path_of(directory).absolute(), path) and entry.is_unchanged() else None


def files_of_reports(directory: Path) -> set[Path]:
    """The files that the reports of an index were read from; none where there is no index.

    Raises:
        IndexFault: the index cannot be read.
    """
    if not has_store(directory):
        return set()
    with open_store(directory) as store:
        return {path_kept(source).absolute() for source in store.sources().values()}


def forget_uploads(directory: AnyPath, paths: Iterable[Path]) -> None:
    """Delete those of the `paths` that are uploads of this index and no report's file.

    Raises:
        IndexFault: the index cannot be read.
    """
    directory = path_of(directory).absolute()
    candidates = {path.absolute() for path in paths if _is_original(directory, path)}
    for path in candidates - files_of_reports(directory) if candidates else ():
        _delete(path)


def wait_again(directory: AnyPath, path: Path) -> None:
    """Leave an upload for another day, in which its report may be put back."""
    if _is_original(path_of(directory).absolute(), path):
        with suppress(OSError):
            os.utime(path)


def sweep_uploads(directory: AnyPath) -> None:
    """Delete uploads that have been no report's file for a day: what a process that was killed left behind.

    Raises:
        IndexFault: the index cannot be read.
    """
    directory = path_of(directory).absolute()
    before = time.time() - _WAITING
    old = [path for path in _uploads(directory) if path.stat().st_mtime < before]
    forget_uploads(directory, old)


def safe_name(name: str) -> str:
    """The last part of a file name, such that every file system takes it: CON.txt becomes _CON.txt."""
    last = PurePosixPath(without_signs(re.sub(r"[\x00-\x1f\x7f]", "_", name)).replace("\\", "/")).name
    plain = re.sub(r'[<>:"|?*/]', "_", last).strip(" .") or "report"
    if _DEVICE.match(plain):
        plain = f"_{plain}"
    path = PurePosixPath(plain)
    suffix = path.suffix[:10].rstrip()
    room = _LONGEST_NAME - len(suffix.encode())
    # Half of a character at the end is left out.
    return path.stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + suffix


def _uploads(directory: Path) -> Iterator[Path]:
    return (path for path in (directory / ORIGINALS).glob("*/*") if path.is_file())


def _is_original(directory: Path, path: Path) -> bool:
    return path.absolute().parent.parent == directory / ORIGINALS


def _delete(path: Path) -> None:
    with suppress(OSError):  # one that is gone already, or that the system holds: the next sweep takes it
        path.unlink()
        path.parent.rmdir()  # only where nothing else is in it


def _full(name: str) -> SourceError:
    return SourceError(
        f"磁盘快满了，{name} 没有保存。请管理员腾出空间后再上传。",
        f"The disk is nearly full: {name} was not kept. Have its owner make room, then upload it again.",
    )
