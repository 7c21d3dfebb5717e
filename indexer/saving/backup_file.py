"""The file of a backup: a ZIP archive of the store, people's judgements and uploaded files, each with its digest."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from indexer.errors import IndexFault, what_to_do
from indexer.originals import ORIGINALS
from indexer.people.store import FILE_NAME
from indexer.store.database import STORE_NAME
from indexer.store.lasting import keep_file, move_in

_CONTENTS = "wenbao-backup.json"
_FORMAT = 1
_CHUNK = 1 << 20
_STRANGE = re.compile(r"[\x00-\x1f\\:]")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself.

    Attributes:
        format: the version of this format.
        directory: the index that was saved, as an absolute path.
        made: when, local time, ISO 8601.
        reports: how many reports it has.
        digests: the SHA-256 of every file in it, by its name.
    """

    format: int
    directory: str
    made: str
    reports: int
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that is to be saved, and its name in the backup."""

    name: str
    path: Path


def write_backup(path: Path, directory: Path, made: str, reports: int, files: Sequence[Saved]) -> None:
    """Write a backup and read it again; it has its name only when it is whole.

    Raises:
        IndexFault: there is a file of this name, or it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            raise IndexFault(
                f"文件 {path} 已经存在，没有覆盖。请换一个文件名，或给出一个文件夹。",
                f"There is a file {path}, which was left as it is. Choose another name, or name a folder.",
            )
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            digests = {file.name: _add(archive, file) for file in files}
            contents = Contents(_FORMAT, str(directory.absolute()), made, reports, digests)
            archive.writestr(_CONTENTS, json.dumps(asdict(contents), ensure_ascii=False, indent=1))
        keep_file(part)
        with open_backup(part) as (archive, contents):
            for name in contents.digests:
                for _ in _proven(part, archive, contents, name):
                    pass
        move_in(part, path)
    except OSError as error:
        raise not_saved(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def not_saved(path: Path, error: Exception) -> IndexFault:
    """The error for a backup that cannot be written."""
    zh, en = what_to_do(error)
    return IndexFault(
        f"备份 {path} 写不进去（{error}），索引没有改动。{zh}",
        f"The backup {path} cannot be written ({error}); the index was left as it is. {en}",
    )


def _add(archive: zipfile.ZipFile, file: Saved) -> str:
    digest = hashlib.sha256()
    with file.path.open("rb") as stream, archive.open(file.name, "w", force_zip64=True) as entry:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            entry.write(chunk)
    return digest.hexdigest()


@contextmanager
def open_backup(path: Path) -> Iterator[tuple[zipfile.ZipFile, Contents]]:
    """Open a backup.

    Raises:
        IndexFault: it is missing, damaged or no backup of ours.
    """
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise IndexFault(
            f"备份文件 {path} 打不开（{reason}）。请检查路径和权限。",
            f"The backup {path} cannot be opened ({reason}). Check the path and its permissions.",
        ) from error
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from error
    with archive:
        yield archive, _contents(path, archive)


def _contents(path: Path, archive: zipfile.ZipFile) -> Contents:
    try:
        contents = Contents(**json.loads(archive.read(_CONTENTS)))
        known = all(_is_ours(name) and isinstance(d, str) for name, d in contents.digests.items())
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from error
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise IndexFault(
            f"{path} 不是问报的备份。请给出 backup 命令写的文件。",
            f"{path} is no backup of Wenbao. Give a file that the command backup wrote.",
        ) from error
    if contents.format != _FORMAT:
        raise IndexFault(
            f"备份 {path} 的格式是 {contents.format}，本程序读 {_FORMAT}。请用写它的那个版本恢复。",
            f"The backup {path} is of format {contents.format}, this program reads {_FORMAT}. Restore it with the "
            "version that wrote it.",
        )
    if not known or STORE_NAME not in contents.digests:
        raise _damaged(path, "its list of files")
    return contents


def _is_ours(name: str) -> bool:
    """Whether a backup may have a file of this name: none that would be written elsewhere."""
    parts = PurePosixPath(name).parts
    return name in (STORE_NAME, FILE_NAME) or (
        len(parts) > 1 and parts[0] == ORIGINALS and ".." not in parts and not _STRANGE.search(name)
    )


def take_out(path: Path, archive: zipfile.ZipFile, contents: Contents, name: str, target: Path) -> None:
    """Write a file of a backup to `target`, on the disk.

    Raises:
        IndexFault: it is not what was saved.
        OSError: it cannot be written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as stream:
            for chunk in _proven(path, archive, contents, name):
                stream.write(chunk)
        move_in(part, target)
    finally:
        part.unlink(missing_ok=True)


def _proven(path: Path, archive: zipfile.ZipFile, contents: Contents, name: str) -> Iterator[bytes]:
    """The bytes of a file of a backup. The last ones come only where all are those that were saved."""
    digest = hashlib.sha256()
    try:
        with archive.open(name) as entry:
            while chunk := entry.read(_CHUNK):
                digest.update(chunk)
                yield chunk
    except (KeyError, zipfile.BadZipFile, EOFError, ValueError) as error:
        raise _damaged(path, f"{name}: {error}") from error
    if digest.hexdigest() != contents.digests[name]:
        raise _damaged(path, name)


def _damaged(path: Path, detail: str) -> IndexFault:
    return IndexFault(
        f"备份 {path} 损坏（{detail}），没有恢复任何东西。请用另一份备份。",
        f"The backup {path} is damaged ({detail}); nothing was restored. Use another one.",
    )
