"""The records of a report: all spans are half-open and count characters of `Document.text`."""

from __future__ import annotations

import errno
import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from embeddings.language import Text
from indexer.text.file_names import path_kept
from indexer.text.span import Span


class Origin(StrEnum):
    """Where a piece of metadata comes from."""

    FILE_NAME = "file name"
    FOLDER = "folder"
    DECLARED = "declared"  # in front matter, in the head of a page, among the properties of a file
    TEXT = "text"
    GUESS = "guess"
    METADATA_FILE = "metadata file"
    USER = "user"


class DocumentKind(StrEnum):
    """The kinds of document that are told apart."""

    WORK_REPORT = "work report"
    PLAN = "plan"
    BUDGET = "budget"
    COMMUNIQUE = "communique"
    COMMITTEE_REPORT = "committee report"
    POLICY = "policy"
    REGULATION = "regulation"
    SPEECH = "speech"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """What people call it."""
        return _LABELS[self]

    @property
    def is_counted(self) -> bool:
        """Whether its figures are targets or results of a place: an article of law and a news text set none."""
        return self not in (DocumentKind.REGULATION, DocumentKind.OTHER)


_LABELS = {
    DocumentKind.WORK_REPORT: Text("政府工作报告", "Government work report"),
    DocumentKind.PLAN: Text("规划、计划", "Plan or outline"),
    DocumentKind.BUDGET: Text("预算、决算", "Budget or final accounts"),
    DocumentKind.COMMUNIQUE: Text("统计公报", "Statistical communiqué"),
    DocumentKind.COMMITTEE_REPORT: Text(
        "人大、政协、法院、检察院报告", "Report of a standing committee, the CPPCC or a court"
    ),
    DocumentKind.POLICY: Text("政策文件", "Policy paper"),
    DocumentKind.REGULATION: Text("法规", "Law or regulation"),
    DocumentKind.SPEECH: Text("讲话", "Speech"),
    DocumentKind.OTHER: Text("其他", "Other"),
}
SURE = 0.9
"""The chance from which a kind that nobody confirmed is acted upon."""


@dataclass(frozen=True, slots=True)
class FieldOrigin:
    """Where the value of one field of `Metadata` comes from.

    Attributes:
        against: what another source says instead, which makes the value doubtful; empty where none does.
        against_origin: that source.
    """

    field: str
    origin: Origin
    against: str = ""
    against_origin: Origin | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should look at it: it is a guess, or another source says otherwise."""
        return self.origin is Origin.GUESS or bool(self.against)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a report besides its text; empty or None where nobody said.

    Attributes:
        region: full name with what it lies in, 浙江省宁波市; 全国 for the State Council's reports.
        level: 国家, 省, 市 or 县.
        year: the year whose tasks the report sets.
        date: of the meeting, YYYY-MM-DD.
        speaker: office and name; the name alone where no office is told.
        kind: what sort of document it is; None where nobody looked, as in an index of a former version.
        kind_chance: the chance, 0..1, that it is that; 1 where a person said so.
        address: where on the web it was published.
        sketch: of the text (`indexer.report.sketch`); empty where a former version added the report.
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
    address: str = ""
    kind: DocumentKind | None = None
    kind_chance: float = 0.0
    sketch: str = ""
    origins: tuple[FieldOrigin, ...] = ()

    @property
    def sure_kind(self) -> DocumentKind | None:
        """The kind where it is as good as certain; what is doubtful is treated as a work report is."""
        return self.kind if self.kind_chance >= SURE else None

    @property
    def planned_year(self) -> int | None:
        """The year whose tasks it sets, that before being the one whose results it tells.

        A communiqué tells the results of its own year, and is read as if it planned for the next.
        """
        tells_its_own = self.sure_kind is DocumentKind.COMMUNIQUE
        return self.year + 1 if tells_its_own and self.year is not None else self.year


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    Attributes:
        name: the source file's name without its suffix, after folders above it where others share it (云南省／2023);
            unique in an index.
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
    ARTICLE = "article"


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
