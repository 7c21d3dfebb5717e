"""The folder of the lexical index: what lies in it, whether it is whole, what is wrong with it."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from indexer.errors import IndexFault, repair_command, unwritable

# What Tantivy writes: two lists of files, its locks, the files of a segment, and new lists not yet in place.
_OURS = re.compile(r"meta\.json|\.managed\.json|\.tantivy-[a-z]+\.lock|[0-9a-f]{32}\..+|\.tmp\w+")
_LIST = "meta.json"
_END = struct.Struct("<II")  # of a segment's file: the length of its footer, and a sign
_SIGN = 1337


class LexicalDamage(IndexFault):
    """The lexical index is missing, damaged or of another version. It can be derived anew from the store."""

    def __init__(self, directory: Path, detail: str) -> None:
        super().__init__(
            f"字词索引 {directory} 读不了（{detail}）。报告不受影响，下次打开会自动重建；也可以：{repair_command(directory.parent)}",
            f"The word index {directory} cannot be read ({detail}). Your reports are untouched; it is made anew when the "
            f"index is opened, or by: {repair_command(directory.parent)}",
        )


class LexicalBusy(IndexFault):
    """Another process kept on writing to the lexical index for longer than we wait."""

    def __init__(self, directory: Path, seconds: float) -> None:
        super().__init__(
            f"另一个程序正在写字词索引 {directory}，等了 {seconds:g} 秒。请等它写完后再试。",
            f"Another program is writing to the word index {directory}; waited {seconds:g} s. Try again when "
            "it has finished.",
        )


@contextmanager
def reading(directory: Path) -> Iterator[None]:
    """Raises LexicalDamage in place of what Tantivy raises for a file that it cannot read."""
    try:
        yield
    except (ValueError, IndexError, OSError) as error:
        raise LexicalDamage(directory, str(error)) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise LexicalDamage(directory, str(error)) from error


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Raises IndexFault in place of what Tantivy raises when it cannot write."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise unwritable(directory, error) from error
    except BaseException as error:
        if not _is_panic(error):
            raise
        raise LexicalDamage(directory, str(error)) from error


def _is_panic(error: BaseException) -> bool:
    """Whether Tantivy gave up in the middle, as over bytes that make no sense; the class has no module."""
    return type(error).__name__ == "PanicException"


def check_place(directory: Path) -> None:
    """Makes sure that an index may be written here.

    Raises:
        IndexFault: the folder holds files of something else, or cannot be made or read.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        strangers = sorted(p.name for p in directory.iterdir() if not _OURS.fullmatch(p.name))
    except OSError as error:
        raise unwritable(directory, error) from error
    if strangers:
        raise IndexFault(
            f"文件夹 {directory} 里有别的程序的文件（{strangers[0]}），不能用来放字词索引。请移走它们，或用 --index 另选目录。",
            f"The folder {directory} holds files of another program ({strangers[0]}); the word index cannot be "
            "kept there. Move them, or name another directory with --index.",
            foreign=True,
        )


def clear_files(directory: Path) -> None:
    """Removes an index that cannot be opened. Its lists go first: without them the rest is nothing.

    Files that stay because another program has them open (Windows) do no harm: they are in no list.

    Raises:
        IndexFault: a list cannot be removed.
    """
    lists = [directory / _LIST, directory / ".managed.json"]
    try:
        for path in lists:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(directory, error) from error
    for path in directory.iterdir():
        # Another process may be waiting at a lock: it must find the same file as we do.
        if _OURS.fullmatch(path.name) and path.suffix != ".lock":
            with suppress(OSError):
                path.unlink()


def damaged_files(directory: Path) -> tuple[str, ...]:
    """The names of the files whose bytes are not those that were written, by the checksum in each.

    Reads every file of the last commit once. A file that a process removed meanwhile, because a newer
    commit took its place, is not named; nor is one that a killed writer left half written for a commit that
    never came.

    Raises:
        LexicalDamage: the list of files cannot be read.
    """
    with reading(directory):
        segments = json.loads((directory / _LIST).read_text("utf-8"))["segments"]
        removed = {_name(segment): _removals(segment) for segment in segments}
    paths = [path for path in sorted(directory.iterdir()) if path.name.partition(".")[0] in removed]
    counted = [path for path in paths if path.suffix != ".del" or path.name in removed.values()]
    return tuple(path.name for path in counted if not _is_whole(path))


def _name(segment: dict[str, Any]) -> str:
    """What the names of a segment's files begin with."""
    return str(segment["segment_id"]).replace("-", "")


def _removals(segment: dict[str, Any]) -> str | None:
    """The file of what was removed from a segment; the number of the commit is in its name."""
    deletes = segment.get("deletes")
    return deletes and f"{_name(segment)}.{deletes['opstamp']}.del"


def _is_whole(path: Path) -> bool:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return True
    try:
        length, sign = _END.unpack(content[-_END.size :])
        body = len(content) - _END.size - length
        footer = json.loads(content[body : -_END.size])
        return bool(sign == _SIGN and footer["crc"] == zlib.crc32(content[:body]))
    except (ValueError, KeyError, TypeError, struct.error):
        return False
