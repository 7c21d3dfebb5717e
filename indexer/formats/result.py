"""What a reader gives back: a file's text, by page where it has pages, or the error that says why not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SourceError
from indexer.text.fields import SAID_NOTHING, Said
from indexer.text.file_names import readable

# Microsoft Word - 政府工作报告.doc
_OF_PROGRAM = re.compile(
    r"^(?:Microsoft )?(?:Word|Office Word|PowerPoint|WPS 文字)\s*[-–]\s*|\.(?:docx?|wps|pdf|rtf|odt)$", re.I
)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page, or of the whole file where the format has no pages.

    `page` counts from 1. Paragraphs end with a line break; one that runs on over a page break does not.
    """

    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Declared:
    """What a file says of its document beside the text: in front matter, in the head of a page, in its properties.

    Attributes:
        titles: those that are likelier to be meant first.
        address: where on the web it was published.
        meant: whether somebody wrote the first title for this very document. The title among the properties of a
            file of Word may be that of the file it was made from.
        said: what somebody wrote of it in fields of their own.
    """

    titles: tuple[str, ...] = ()
    address: str = ""
    meant: bool = True
    said: Said = SAID_NOTHING


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's pieces in order; joined they are the whole report, not yet normalised."""

    pieces: tuple[PageText, ...]
    declared: Declared = Declared()

    @property
    def text(self) -> str:
        """The whole report."""
        return "".join(piece.text for piece in self.pieces)


def declared_in(said: Said) -> Declared:
    """What fields of front matter, or those of a row, declare."""
    titles = (said.title,) if said.title else ()
    return Declared(titles, said.address, meant=bool(titles), said=said)


def property_title(written: str | None) -> Declared:
    """The title among the properties of a file, without what the program that made it put around it.

    Of a template it may be the title that its first document had, so what the text says of itself counts before it.
    """
    title = _OF_PROGRAM.sub("", " ".join((written or "").split()))
    return Declared(titles=(title,) if title else (), meant=False)


def unpaged(paragraphs: Iterable[str]) -> Extracted:
    """The paragraphs of a file without pages."""
    return Extracted((PageText(None, "".join(f"{paragraph}\n" for paragraph in paragraphs)),))


def refused(path: Path, zh: str, en: str, do_zh: str, do_en: str) -> SourceError:
    """A `SourceError`: the file, what is wrong with it, and what to do; in both languages."""
    name = readable(path)
    return SourceError(f"{name} {zh}。{do_zh}。", f"{name} {en}. {do_en}.")


def damaged(path: Path, kind: str, detail: str = "") -> SourceError:
    """The error for a file that has the signature of `kind` (DOCX, PDF, …) but cannot be read as one."""
    reason_zh, reason_en = (f"（{detail}）", f" ({detail})") if detail else ("", "")
    return refused(
        path, f"是损坏或不完整的 {kind} 文件{reason_zh}", f"is a damaged or incomplete {kind} file{reason_en}",
        "请重新下载，或用原来的软件打开后另存一份", "Fetch it again, or open it in its own program and save a fresh copy",
    )  # fmt: skip


def encrypted(path: Path, kind: str) -> SourceError:
    """The error for a file behind a password."""
    return refused(
        path, f"是加了密码的 {kind} 文件", f"is a {kind} file with a password",
        "请用原来的软件去掉密码后另存一份", "Remove the password in its own program and save a copy",
    )  # fmt: skip


def empty(path: Path) -> SourceError:
    """The error for a file without a word."""
    return refused(path, "里没有文字", "holds no text", "请换一份有正文的文件", "Give a file that has text")


def too_big(path: Path, zh: str, en: str) -> SourceError:
    """The error for a file beyond a limit of `limits.py`; `zh` and `en` name the limit."""
    return refused(path, zh, en, "请确认它是一份报告，或拆成几份", "Check that it is a report, or split it")
