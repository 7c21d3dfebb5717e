"""What can go wrong between a file and the index on disk."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from embeddings.errors import WenbaoError


class SourceError(WenbaoError):
    """A file or folder that was given cannot be read as a report."""


class KnowledgeError(WenbaoError):
    """A table of words and things is missing, or one of its rows is not what it should be."""


class IndexFault(WenbaoError):
    """The index directory is missing, foreign, damaged or cannot be written.

    `foreign` is true where the file in our place belongs to another program: it is never replaced.
    """

    def __init__(self, zh: str, en: str, *, foreign: bool = False) -> None:
        super().__init__(zh, en)
        self.foreign = foreign


class DamagedIndex(IndexFault):
    """What lies in the index directory is an index of ours, but makes no sense. A repair mends what can be mended."""


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


class MissingReport(IndexFault):
    """There is no report of a name in the index."""


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


def no_report(name: str, known: Iterable[str]) -> MissingReport:
    """The error for a name that no report of the index has; `known` are those that it has."""
    names = list(known)
    more = f" … ({len(names)})" if len(names) > _NAMED else ""
    listed = "、".join(names[:_NAMED]) + more or "（空）"
    return MissingReport(
        f"索引里没有报告 {name!r}。现有：{listed}。",
        f"The index has no report {name!r}. It has: {listed}.",
    )


def damaged(directory: Path, detail: str) -> DamagedIndex:
    """The error for an index that cannot be trusted. A repair keeps every report that can be kept; a build would not."""
    command = repair_command(directory)
    return DamagedIndex(
        f"索引 {directory} 有损坏（{detail}）。请修复，完好的报告都会留着：{command}（在应用里：文库 → 维护）",
        f"The index {directory} is damaged ({detail}). Repair it, which keeps every sound report: {command} (in the app: "
        "Library, Maintenance)",
    )


def beyond_repair(directory: Path, fault: DamagedIndex) -> IndexFault:
    """The error for an index that not even a repair can read."""
    build = build_beside_command(directory)
    restore = f"python -m indexer restore FILE --index {directory} --replace"
    return IndexFault(
        f"{fault.message('zh')}——修复也读不了它，没有改动。请从备份恢复：{restore}；没有备份就在另一个目录里从报告文件重新建立：{build}",
        f"{fault.message('en')} Not even a repair can read it; it was left as it is. Restore a backup: {restore}; without "
        f"one, build it from the reports' files in another directory: {build}",
    )


def repair_command(directory: Path) -> str:
    """What mends an index."""
    return f"python -m indexer repair --index {directory}"


def build_beside_command(directory: Path) -> str:
    """What makes an index from the files of reports where one cannot be read; that one is left as it is."""
    return f"python -m indexer build SOURCE --index {directory}-new"


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
    zh, en = what_to_do(error)
    return IndexFault(
        f"索引目录 {directory} 写不进去（{error}），原有的内容没有改动。{zh}",
        f"The index directory {directory} cannot be written ({error}); what was in it is as it was. {en}",
    )


_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_SQLITE_FULL, _SQLITE_REFUSED, _SQLITE_BUSY = (13,), (3, 8, 14), (5, 6)  # its primary result codes


def what_to_do(error: Exception) -> tuple[str, str]:
    """What helps where something cannot be written, by what the system said, in Chinese and in English."""
    number, text = getattr(error, "errno", None), str(error).lower()
    code = int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
    if number in _FULL or code in _SQLITE_FULL or "no space left" in text or "disk is full" in text:
        return "磁盘满了：请腾出空间后再试。", "The disk is full: free some space and try again."
    if code in _SQLITE_BUSY or "locked" in text:
        return (
            "另一个程序正在写：请稍后再试，不必改动什么。",
            "Another program is writing: try again in a while; nothing need be changed.",
        )
    if (
        number in _REFUSED
        or code in _SQLITE_REFUSED
        or "denied" in text
        or "read-only" in text
        or "readonly" in text
    ):
        return (
            "没有写的权限，或文件正被另一个程序占用：请关闭那个程序后再试，检查权限，或用 --index 指定另一个目录。",
            "It may not be written, or another program has it open: close that program and try again, check the "
            "permissions, or name another directory with --index.",
        )
    return (
        "请再试一次；若仍如此，请检查这个路径和磁盘，或用 --index 指定另一个目录。",
        "Try again; if it stays so, check the path and the disk, or name another directory with --index.",
    )
