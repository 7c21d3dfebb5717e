"""Read reports from files and folders."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from indexer.errors import SourceError
from indexer.formats import NOT_READ, SUFFIXES, Declared, PageText, extract
from indexer.formats.limits import FILE_BYTES, check_size
from indexer.formats.result import refused
from indexer.location import AnyPath, Paths, path_of, paths_of
from indexer.report.metadata import FileEvidence, describe, with_kind
from indexer.report.metadata_file import METADATA_SUFFIX, apply_metadata_file, stands_beside
from indexer.report.records import Document
from indexer.report.sketch import sketch_of
from indexer.store.database import STORE_NAME
from indexer.text.characters import without_signs
from indexer.text.file_names import kept_path, readable
from indexer.text.restored import restored

_TOLD = 3  # files of one kind that are named
_OF_SYSTEMS = ("thumbs.db", "desktop.ini", "__macosx")
_OF_PAGE = re.compile(r"[_.]files$", re.I)  # 报告_files beside 报告.html


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was left out, and why."""

    path: Path
    error: SourceError


def read_document(source: AnyPath) -> Document:
    """Read one report, and the metadata file beside it (same name, `.json`) if there is one.

    Raises:
        SourceError: the file cannot be read, holds no text, or its metadata file is not valid.
    """
    path = path_of(source)
    data = file_bytes(path)
    extracted = extract(path, data)
    pieces = extracted.pieces
    text = restored(extracted.text, has_pages=pieces[0].page is not None)
    if not text.strip():
        raise refused(
            path, "里没有文字", "holds no text", "请换一份有正文的文件", "Give a file that has text"
        )
    name = Path(readable(path)).stem
    described = apply_metadata_file(path, describe(_evidence(path, extracted.declared), text))
    return Document(
        name=name,
        text=text,
        metadata=replace(with_kind(described, text), sketch=sketch_of(text)),
        source=kept_path(path),
        source_digest=hashlib.sha256(data).hexdigest(),
        pages=page_starts(pieces, text),
    )


def file_bytes(path: Path) -> bytes:
    """The content of a file.

    Raises:
        SourceError: it cannot be read, is no regular file, or is too large.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            # A pipe would be waited for, a device read without end.
            raise refused(
                path, "不是普通文件", "is no regular file", "请给出一个报告文件", "Give the file of a report"
            )
        # Before reading, so that memory stays bounded, and again after it: a file may grow meanwhile.
        check_size(path, about.st_size)
        with path.open("rb") as stream:
            return stream.read(FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise _unopened(path, error) from error


def _evidence(path: Path, declared: Declared) -> FileEvidence:
    folders = Path(readable(path.resolve())).parent.parts[1:]
    return FileEvidence(
        Path(readable(path)).stem,
        tuple(reversed(folders)),
        declared.titles,
        declared.address,
        declared.meant,
        declared.said,
    )


def page_starts(pieces: Sequence[PageText], text: str) -> tuple[int, ...]:
    """Where each page begins in the normalised text; empty for a format without pages.

    Normalising adds and removes nothing but white space and invisible signs, so a page begins after
    as many printed characters as the pages before it hold.
    """
    if not pieces or pieces[0].page is None:
        return ()
    printed = (position for position, character in enumerate(text) if not character.isspace())
    starts = [next(printed, len(text))]
    for piece in pieces[:-1]:
        count = sum(not character.isspace() for character in without_signs(piece.text))
        starts.append(next(islice(printed, count - 1, None), len(text)) if count else starts[-1])
    return tuple(starts)


def report_files(sources: Paths) -> list[Path]:
    """The files in `sources` that may be reports; metadata files are not.

    Those of a folder are of the kinds that are read, or of one that is refused with a word on what to do; the others
    `unknown_kinds` tells.

    Raises:
        SourceError: a source does not exist, or a folder has no report in it.
    """
    found: list[Path] = []
    for source in paths_of(sources):
        try:
            found.extend(_files_in(source))
        except (OSError, ValueError) as error:
            raise _unopened(source, error) from error
    return list(dict.fromkeys(found))


def _files_in(source: Path) -> list[Path]:
    if not source.is_dir():
        if not source.exists():
            raise refused(source, "不存在", "does not exist", "请检查路径", "Check the path")
        # The shell writes reports/* out, metadata files included.
        return [] if source.suffix.lower() == METADATA_SUFFIX and _has_report(source) else [source]
    looked_for = {*SUFFIXES, *NOT_READ}
    inside = sorted(p for p in source.rglob("*") if p.suffix.lower() in looked_for and _may_be_file(p))
    if not inside:
        kinds = "、".join(suffix for suffix in SUFFIXES if suffix != METADATA_SUFFIX)
        raise refused(
            source, f"这个文件夹里没有报告（{kinds}）", f"has no report ({kinds}) in it",
            "请放入报告再试", "Put a report there and try again",
        )  # fmt: skip
    return inside


def unknown_kinds(sources: Paths) -> tuple[Refusal, ...]:
    """What the folders among `sources` hold that is no kind of report: one refusal for each kind in a folder.

    Not told are hidden files, those that a program keeps for itself, what a browser saved with a page, and an index.
    """
    found: list[Refusal] = []
    for folder in paths_of(sources):
        kinds: dict[str, list[Path]] = {}
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() not in (*SUFFIXES, *NOT_READ) and _is_told(path, folder):
                kinds.setdefault(path.suffix.lower(), []).append(path)
        found += [Refusal(files[0], _unknown(kind, files)) for kind, files in kinds.items()]
    return tuple(found)


def _is_told(path: Path, folder: Path) -> bool:
    inside = path.relative_to(folder).parts
    own = any(part.startswith((".", "~$")) or part.lower() in _OF_SYSTEMS for part in inside)
    of_a_page = any(_OF_PAGE.search(part) for part in inside[:-1])
    if (
        own
        or of_a_page
        or not _is_file(path)
        or any((above / STORE_NAME).exists() for above in path.parents[:2])
    ):
        return False
    return path.suffix.lower() != METADATA_SUFFIX or not _has_report(path)


def _unknown(kind: str, files: Sequence[Path]) -> SourceError:
    shown = [Path(readable(path)).name for path in files[:_TOLD]]
    zh = "、".join(shown) + (f" 等 {len(files)} 个文件" if len(files) > _TOLD else "")
    en = ", ".join(shown) + (f" and {len(files) - _TOLD} more" if len(files) > _TOLD else "")
    if kind == METADATA_SUFFIX:
        return SourceError(
            f"{zh} 旁边没有同名的报告，没有读。若是有正文的表格，请直接给出这个文件。",
            f"{en}: no report of that name is beside it. If it is a table of texts, give the file itself.",
        )
    called = f"（{kind}）" if kind else "（没有后缀）"
    return SourceError(
        f"{zh} 不是能读的种类{called}，没有读。若是报告，请另存为 .docx、.pdf 或 .txt。",
        f"{en}: no kind that is read ({kind or 'no suffix'}). If it is a report, save it as .docx, .pdf or .txt.",
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _may_be_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return True  # who reads it is told what is wrong with it, and the others are read


def _has_report(metadata: Path) -> bool:
    return any(stands_beside(metadata, suffix) for suffix in SUFFIXES)


def _unopened(path: Path, error: OSError | ValueError) -> SourceError:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return refused(
        path, f"打不开（{reason}）", f"cannot be opened ({reason})",
        "请检查路径和权限", "Check the path and its permissions",
    )  # fmt: skip


def nothing_given() -> SourceError:
    """The error for no source at all."""
    return SourceError(
        "没有给出报告。请给出至少一个报告文件或文件夹。",
        "No report was given. Name at least one file or folder.",
    )
