"""What can go wrong between a file and the index on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from embeddings.errors import WenbaoError


class SourceError(WenbaoError):
    """A file or folder that was given cannot be read as a report."""


class IndexFault(WenbaoError):
    """The index directory is missing, foreign, damaged or cannot be written.

    `foreign` is true where the file in our place belongs to another program: it is never replaced.
    """

    def __init__(self, zh: str, en: str, *, foreign: bool = False) -> None:
        super().__init__(zh, en)
        self.foreign = foreign


class DamagedIndex(IndexFault):
    """What lies in the index directory is an index of ours, but makes no sense. It can be built again."""


class ModelMismatch(IndexFault):
    """The index was made with another model than the one now chosen."""


class ChangedIndex(IndexFault):
    """The index was changed while something was read of it: what was opened no longer fits. Opened again, it does."""

    def __init__(self, directory: Path) -> None:
        super().__init__(
            f"索引 {directory} 刚刚有改动（报告被移除或重新建立），这次没有读完。请再试一次。",
            f"The index {directory} has just been changed (a report was removed, or it was made anew) before this was "
            "read. Try again.",
        )


class ServerUnavailable(IndexFault):
    """A server of a shared index is gone, hangs or refuses us. It is asked again the next time."""

    def __init__(self, server: str, address: str, detail: str, seconds: float) -> None:
        """`address` holds no password; `seconds` is how long was waited."""
        super().__init__(
            f"连不上 {server}（{address}），等了 {seconds:.0f} 秒：{detail}。请确认它在运行、地址和密码无误；恢复之后再试即可，不必重启本程序。",
            f"{server} at {address} does not answer; waited {seconds:.0f} s: {detail}. See that it runs and that address "
            "and password are right; once it is back, try again: this program need not be restarted.",
        )


def missing_extra(library: str) -> IndexFault:
    """The error for a client of the servers that is not installed."""
    return IndexFault(
        f"共用索引要用到 {library}，而它没有安装。请运行：pip install -r requirements-server.txt（软件包：pip install 'wenbao[server]'）",
        f"A shared index needs {library}, which is not installed. Run: pip install -r requirements-server.txt (of the "
        "package: pip install 'wenbao[server]')",
    )


_NAMED = 20  # reports that an error lists


def no_report(name: str, known: Iterable[str]) -> IndexFault:
    """The error for a name that no report of the index has; `known` are those that it has."""
    names = list(known)
    more = f" … ({len(names)})" if len(names) > _NAMED else ""
    listed = "、".join(names[:_NAMED]) + more or "（空）"
    return IndexFault(
        f"索引里没有报告 {name!r}。现有：{listed}。",
        f"The index has no report {name!r}. It has: {listed}.",
    )


def damaged(directory: Path, detail: str) -> DamagedIndex:
    """The error for an index that cannot be trusted."""
    command = rebuild_command(directory)
    return DamagedIndex(
        f"索引 {directory} 损坏（{detail}）。报告原文不受影响，请重新建立索引：{command}",
        f"The index {directory} is damaged ({detail}). Your reports are untouched; build it again: {command}",
    )


def rebuild_command(directory: Path) -> str:
    """What mends an index that cannot be read."""
    return f"python -m indexer build SOURCE --index {directory}"


def held_open(path: Path, error: OSError) -> IndexFault:
    """The error for a file that cannot be replaced, as on Windows while another program has it open."""
    return IndexFault(
        f"文件 {path} 替换不了（{error.strerror}）。可能有别的程序正打开着它：请关闭那个程序后再试，或检查权限。",
        f"The file {path} cannot be replaced ({error.strerror}). Another program may have it open: close that "
        "program and try again, or check the permissions.",
    )


def busy(directory: Path, holder: str, seconds: float) -> IndexFault:
    """The error for an index that another program kept on writing to; `holder` says who, as far as is known."""
    return IndexFault(
        f"索引 {directory} 正由另一个程序使用（{holder}），等了 {seconds:.0f} 秒，这次没有写入。索引完好；请等它结束后再试。",
        f"The index {directory} is in use by another program ({holder}); waited {seconds:.0f} s, nothing was written. "
        "The index is sound; try again when that has finished.",
    )


def unwritable(directory: Path, error: Exception) -> IndexFault:
    """The error for an index directory that refuses what is written to it."""
    return IndexFault(
        f"索引目录 {directory} 写不进去（{error}）。请检查权限和剩余空间，或用 --index 指定另一个目录。",
        f"The index directory {directory} cannot be written ({error}). Check its permissions and "
        "the free space, or name another with --index.",
    )
