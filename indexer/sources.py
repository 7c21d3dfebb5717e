"""Read reports from files: what is a report, in which encoding, and what its metadata file says."""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.document import Document, Metadata
from indexer.errors import SourceError
from indexer.text import normalise

REPORT_SUFFIXES = (".txt", ".md")
METADATA_SUFFIX = ".json"
_LARGEST = 50_000_000  # bytes; a report has about 60,000
_METADATA_FIELDS = ("title", "region", "level", "year")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was left out, and why."""

    path: Path
    error: SourceError


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from the sources: the reports, and the files that could not be read."""

    documents: tuple[Document, ...]
    refusals: tuple[Refusal, ...]


def read_sources(sources: Iterable[Path]) -> Reading:
    """Read every report in `sources`, each a file or a folder (searched with its subfolders).

    The same text given twice is one report. One unreadable file does not stop the others.

    Raises:
        SourceError: a source does not exist, or no report could be read.
    """
    documents: dict[str, Document] = {}
    refusals: list[Refusal] = []
    for path in _report_files(sources):
        try:
            document = read_document(path)
            known = documents.get(document.name)
            if known is not None and known.text != document.text:
                raise _same_name(path, known)
            documents.setdefault(document.name, document)
        except SourceError as error:
            refusals.append(Refusal(path, error))
    if not documents and refusals:
        raise refusals[0].error
    return Reading(tuple(documents.values()), tuple(refusals))


def read_document(path: Path) -> Document:
    """Read one report and the metadata file beside it (same name, `.json`), if there is one.

    Raises:
        SourceError: the file is missing, empty, too large, not text, or its metadata is not valid.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise _refused(
                path, "超过 50 MB", "is larger than 50 MB", "请确认它是一份报告", "Check that it is a report"
            )
        data = path.read_bytes()
    except OSError as error:
        raise _refused(
            path, f"打不开（{error.strerror}）", f"cannot be opened ({error.strerror})",
            "请检查路径和权限", "Check the path and its permissions",
        ) from error  # fmt: skip
    text = normalise(_decoded(path, data))
    if not text.strip():
        raise _refused(
            path, "里没有文字", "holds no text", "请换一份有正文的文件", "Give a file that has text"
        )
    return Document(
        name=path.stem,
        text=text,
        metadata=_metadata(path),
        source=str(path),
        source_digest=hashlib.sha256(data).hexdigest(),
    )


def is_unchanged(document: Document) -> bool:
    """Whether the document's file is still there with the bytes that were read."""
    try:
        return file_digest(Path(document.source)) == document.source_digest
    except OSError:
        return False


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _report_files(sources: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(
                p for p in source.rglob("*") if p.suffix.lower() in REPORT_SUFFIXES and p.is_file()
            )
            if not inside:
                raise _refused(
                    source, "这个文件夹里没有报告（.txt、.md）", "has no report (.txt, .md) in it",
                    "请放入报告再试", "Put a report there and try again",
                )  # fmt: skip
            found.extend(inside)
        elif not source.exists():
            raise _refused(source, "不存在", "does not exist", "请检查路径", "Check the path")
        elif source.suffix.lower() not in REPORT_SUFFIXES:
            raise _refused(
                source, f"不是能读的格式（{source.suffix or '无后缀'}）", f"is of a kind that cannot be read ({source.suffix})",
                "请另存为 .txt 或 .md", "Save it as .txt or .md",
            )  # fmt: skip
        else:
            found.append(source)
    return found


def _decoded(path: Path, data: bytes) -> str:
    """Byte-order mark, then UTF-8, then GB18030: on short texts more often right than detectors."""
    marks = {
        codecs.BOM_UTF8: "utf-8-sig",
        codecs.BOM_UTF16_LE: "utf-16",
        codecs.BOM_UTF16_BE: "utf-16",
    }
    declared = next((codec for mark, codec in marks.items() if data.startswith(mark)), None)
    if declared is None and b"\x00" in data:
        raise _not_text(path)
    for codec in [declared] if declared else ["utf-8", "gb18030"]:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise _not_text(path)


def _metadata(path: Path) -> Metadata:
    beside = path.with_suffix(METADATA_SUFFIX)
    if not beside.is_file():
        return Metadata(title=path.stem)
    try:
        raw = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _bad_metadata(beside, str(error)) from error
    if not isinstance(raw, dict):
        raise _bad_metadata(beside, f"{type(raw).__name__}")
    unknown = sorted(set(raw) - set(_METADATA_FIELDS))
    if unknown:
        raise _bad_metadata(beside, "、".join(unknown))
    year = raw.get("year")
    if year is not None and (not isinstance(year, int) or not 1949 <= year <= 2100):
        raise _bad_metadata(beside, f"year = {year!r}")
    return Metadata(
        title=_string(beside, raw, "title") or path.stem,
        region=_string(beside, raw, "region"),
        level=_string(beside, raw, "level"),
        year=year,
    )


def _string(path: Path, raw: dict[str, Any], field: str) -> str:
    value = raw.get(field, "")
    if not isinstance(value, str):
        raise _bad_metadata(path, f"{field} = {value!r}")
    return normalise(value).strip()


def _refused(path: Path, zh: str, en: str, do_zh: str, do_en: str) -> SourceError:
    return SourceError(f"{path} {zh}。{do_zh}。", f"{path} {en}. {do_en}.")


def _not_text(path: Path) -> SourceError:
    return _refused(
        path, "不是文本文件，或编码认不出来", "is not text, or in an unknown encoding",
        "请另存为 UTF-8 编码的 .txt", "Save it as .txt in UTF-8",
    )  # fmt: skip


def _same_name(path: Path, known: Document) -> SourceError:
    return _refused(
        path, f"与 {known.source} 同名而内容不同", f"has the name of {known.source} but another text",
        "请给其中一个改名", "Rename one of them",
    )  # fmt: skip


def _bad_metadata(path: Path, detail: str) -> SourceError:
    fields = ", ".join(_METADATA_FIELDS)
    return SourceError(
        f"元数据文件 {path} 不对（{detail}）。它应是一个 JSON 对象，只含 {fields}，year 是四位年份。",
        f"The metadata file {path} is not valid ({detail}). It holds one JSON object with "
        f"{fields}; year is a four-digit number.",
    )
