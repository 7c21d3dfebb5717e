"""Tables as files: the format that a name asks for, its media type, and the file itself."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO

from answers.errors import ExportError
from answers.sheets import writers
from answers.sheets.sheet import Sheet


class Format(StrEnum):
    """A file format, by its suffix."""

    XLSX = "xlsx"
    CSV = "csv"
    DOCX = "docx"
    MARKDOWN = "md"


MEDIA_TYPES = {
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.CSV: "text/csv",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.MARKDOWN: "text/markdown",
}

_WRITERS = {
    Format.XLSX: writers.xlsx,
    Format.CSV: writers.comma_separated,
    Format.DOCX: writers.docx,
    Format.MARKDOWN: writers.markdown,
}


def written(sheets: Sequence[Sheet], form: Format) -> bytes:
    """The file that holds these tables, one after the other, in a workbook a sheet each."""
    stream = io.BytesIO()
    _WRITERS[form](sheets, stream)
    return stream.getvalue()


def format_of(name: str, known: Collection[Format] = tuple(Format)) -> Format:
    """The format that a file name ends in, one of the `known`.

    Raises:
        ExportError: it is none of these.
    """
    suffix = name.rpartition(".")[2].lower()
    if suffix not in set(known):
        endings = [f".{form.value}" for form in known]
        raise ExportError(
            f"不会写这种文件：{name}。文件名请以 {'、'.join(endings)} 结尾。",
            f"Cannot write such a file: {name}. Its name must end in {', '.join(endings)}.",
        )
    return Format(suffix)


def save(path: Path, content: bytes) -> None:
    """Write the file.

    Raises:
        ExportError: it cannot be written there.
    """
    with _writing(path) as stream:
        stream.write(content)


def save_sheets(path: Path, sheets: Sequence[Sheet], form: Format) -> None:
    """Write tables to a file; rows that are made as they are read are never all in memory.

    Raises:
        ExportError: it cannot be written there, or a table is too long for the format.
    """
    with _writing(path) as stream:
        _WRITERS[form](sheets, stream)


@contextmanager
def _writing(path: Path) -> Iterator[IO[bytes]]:
    try:
        with path.open("wb") as stream:
            yield stream
    except OSError as error:
        reason = error.strerror or error
        raise ExportError(
            f"文件 {path} 写不了（{reason}）。请检查路径和权限，或换一个可以写入的位置。",
            f"The file {path} cannot be written ({reason}). Check the path and its permissions, "
            "or choose a place that can be.",
        ) from error
