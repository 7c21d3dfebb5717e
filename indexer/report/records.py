"""The records of a report: all spans are half-open and count characters of `Document.text`."""

from __future__ import annotations

import errno
import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.text.file_names import path_kept
from indexer.text.span import Span


class Origin(StrEnum):
    """Where a piece of metadata comes from."""

    FILE_NAME = "file name"
    TEXT = "text"
    GUESS = "guess"
    METADATA_FILE = "metadata file"
    USER = "user"


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """Where the value of one field of `Metadata` comes from."""

    field: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report besides its text; empty or None where nobody said.

    Attributes:
        region: full name with what it lies in, 浙江省宁波市; 全国 for the State Council's reports.
        level: 国家, 省, 市 or 县.
        year: the year whose tasks the report sets.
        date: of the meeting, YYYY-MM-DD.
        speaker: office and name.
        origins: where each field that has a value comes from.
    """

    title: str
    region: str = ""
    level: str = ""
    year: int | None = None
    issuer: str = ""
    meeting: str = ""
    date: str = ""
    speaker: str = ""
    origins: tuple[FieldOrigin, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    Attributes:
        name: the source file's name without its suffix; unique in an index.
        text: the normalised text; every offset in the project counts its characters.
        source: path of the file it came from, as it was given (`indexer.text.file_names.kept_path`).
        source_digest: SHA-256 of that file's bytes, so that a change is noticed.
        pages: where each page of a paged file begins in the text; empty where there are no pages.
    """

    name: str
    text: str
    metadata: Metadata
    source: str
    source_digest: str
    pages: tuple[int, ...] = ()

    def page_of(self, position: int) -> int | None:
        """The page, from 1, that holds the character at `position`; None where there are no pages."""
        return bisect_right(self.pages, position) or None

    @property
    def text_digest(self) -> str:
        """SHA-256 of the text, to prove a quotation against."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def is_unchanged(self) -> bool:
        """Whether its file is still there with the bytes that were read."""
        return has_digest(self.source, self.source_digest)


def has_digest(source: str, digest: str) -> bool:
    """Whether there is a file at `source`, a kept path, with this SHA-256."""
    try:
        return file_digest(path_kept(source)) == digest
    except (OSError, ValueError):
        return False


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read, or is no regular file: a pipe would be waited for.
    """
    if not path.is_file():
        raise OSError(errno.ENOENT, "no regular file", str(path))
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class SectionKind(StrEnum):
    """How a section is marked in the text."""

    ROOT = "root"
    PART = "part"
    NUMBERED = "numbered"
    TOPIC = "topic"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the report under one heading.

    Attributes:
        number: its place in the document's list; 0 is the root, which covers the whole text.
        parent: the number of the section around it; None for the root.
        depth: 0 for the root, else one more than the parent's.
        heading: the heading as it stands in the text, marker included; empty for the root.
        span: the heading, the body and every section below.
    """

    number: int
    parent: int | None
    depth: int
    kind: SectionKind
    heading: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is retrieved and shown. A document's passages partition its text."""

    number: int
    section: int
    span: Span


class UnitKind(StrEnum):
    """What a vector stands for."""

    PASSAGE = "passage"
    SENTENCE = "sentence"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a passage that has its own vector and points to the passage."""

    passage: int
    kind: UnitKind
    span: Span
