"""The metadata file a user may put beside a report: `report.json` beside `report.docx`."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.errors import SourceError
from indexer.report.correction import CORRECTABLE, LEVELS, Correction, CorrectionError
from indexer.report.metadata import corrected
from indexer.report.records import DocumentKind, Metadata, Origin

METADATA_SUFFIX = ".json"
_LARGEST = 100_000  # bytes; a dozen fields take one thousand


def apply_metadata_file(report: Path, found: Metadata) -> Metadata:
    """`found` with what the metadata file beside the report says in its place.

    Raises:
        SourceError: the metadata file is no JSON object of known fields.
    """
    path = report.with_suffix(METADATA_SUFFIX)
    if path == report or not stands_beside(report, METADATA_SUFFIX):
        return found
    try:
        if path.stat().st_size > _LARGEST:
            raise _bad(path, f"> {_LARGEST // 1000} KB")
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise _bad(path, str(error)) from error
    if not isinstance(raw, dict):
        raise _bad(path, type(raw).__name__)
    unknown = sorted(set(raw) - set(CORRECTABLE))
    if unknown:
        raise _bad(path, "、".join(unknown))
    try:
        said = Correction(**{field: value for field, value in raw.items() if value not in (None, "")})
    except CorrectionError as error:
        raise _bad(path, f"{error.field} = {error.value!r}") from error
    return corrected(found, Origin.METADATA_FILE, **said.changes())


def stands_beside(path: Path, suffix: str) -> bool:
    """Whether there is a file of the same name with this suffix, which may make a name too long to be one."""
    try:
        return path.with_suffix(suffix).is_file()
    except OSError:
        return False


def _bad(path: Path, detail: str) -> SourceError:
    fields, levels, kinds = ", ".join(CORRECTABLE), "、".join(filter(None, LEVELS)), ", ".join(DocumentKind)
    return SourceError(
        f"元数据文件 {path} 不对（{detail}）。它应是一个 JSON 对象，只含 {fields}；year 是四位年份，level 是{levels}之一，kind 是 {kinds} 之一。",
        f"The metadata file {path} is not valid ({detail}). It holds one JSON object with "
        f"{fields}; year is a four-digit number, level one of {levels}, kind one of {kinds}.",
    )
