"""Which reader a file gets: by the signature of its content first, by its suffix where it has none."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.formats import epub, mhtml, ofd
from indexer.formats.docx import is_docx, read_docx
from indexer.formats.epub import is_epub, read_epub
from indexer.formats.html import looks_like_html, read_html
from indexer.formats.limits import check_size, open_archive
from indexer.formats.markdown import read_markdown
from indexer.formats.mhtml import looks_like_archive, read_mhtml
from indexer.formats.ocr import IMAGE_KINDS, image_kind, read_image
from indexer.formats.ofd import is_ofd, read_ofd
from indexer.formats.office import read_office
from indexer.formats.pdf import read_pdf
from indexer.formats.plain_text import read_plain_text
from indexer.formats.records import SHEET_SUFFIXES, read_records
from indexer.formats.result import Extracted, damaged, empty, encrypted, refused
from indexer.formats.xml_text import SUFFIXES as XML_SUFFIXES
from indexer.formats.xml_text import read_xml

_MARKDOWN = (".md",)
_TEXT = (".txt", *_MARKDOWN)
_DOCX = (".docx", ".docm", ".dotx")
_PDF = (".pdf",)
_HTML = (".html", ".htm")
_PAGES = (*mhtml.SUFFIXES, *epub.SUFFIXES, *ofd.SUFFIXES)
_JSON = ".json"  # the metadata file of a report where it stands beside one, so that it is sought in no folder
_OFFICE = (".doc", ".wps", ".rtf", ".odt")
SUFFIXES: tuple[str, ...] = (
    *_TEXT, *_DOCX, *_PDF, *_HTML, *_PAGES, *SHEET_SUFFIXES, *XML_SUFFIXES, *_OFFICE, *IMAGE_KINDS
)  # fmt: skip
NOT_READ = (
    ".xls", ".ppt", ".pptx", ".ods", ".odp", ".tmx", ".tex", ".eml", ".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".caj", ".djvu", ".ps"
)  # fmt: skip
"""Kinds that a report may be hidden in; who gives such a file, or a folder with it, is told what to do."""

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHER_SIGNATURES = (
    (b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7-Zip"), (b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"), (b"\x7fELF", "ELF"), (b"SQLite format 3\x00", "SQLite"), (b"GIF8", "GIF"),
    (b"AT&TFORM", "DjVu"), (b"CAJ", "CAJ"), (b"%!PS", "PostScript"),
)  # fmt: skip
_LOOKED_AT = 4_096  # bytes in which a file says what it is
_TEX = re.compile(rb"\s*(?:%[^\n]*\n\s*)*\\documentclass\b")
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
# Text whose words are mixed with what is meant for a program, and what to make of it.
_MARKUP = {
    ".tmx": ("翻译记忆（TMX）", "a translation memory (TMX)", "请把要用的那种文字另存为 .txt", "Save the language that you want as .txt"),
    ".tex": (" TeX 文件", "a TeX file", "请编译成 PDF 再给", "Make a PDF of it"),
    ".eml": ("电子邮件", "a letter", "请把报告从邮件里存出来再给", "Save the report out of it"),
}  # fmt: skip


def extract(path: Path, data: bytes) -> Extracted:
    """The text of the file at `path`, whose bytes are `data`; the file itself is not opened.

    Raises:
        SourceError: it is empty, too large, damaged, encrypted, of a kind that cannot be read, or
            needs a program or package that is not installed. No other error leaves this function.
    """
    check_size(path, len(data))
    if not data.strip(b"\x00\t\n\r "):
        raise empty(path)
    extracted = _read(path, data)
    if not extracted.text.strip():
        raise empty(path)
    return extracted


def _read(path: Path, data: bytes) -> Extracted:
    suffix = path.suffix.lower()
    if data.startswith(_ZIP):
        return _read_zip(path, data)
    if data.lstrip(b"\xef\xbb\xbf\t\n\r ").startswith(b"%PDF-") or (
        suffix in _PDF and b"%PDF-" in data[:1024]
    ):
        return read_pdf(path, data)
    if data.startswith(_OLE2):
        return _read_ole2(path, data)
    kind = image_kind(data)
    if kind is not None:
        return _read_image(path, data, kind)
    if data.lstrip().startswith(b"{\\rtf"):
        return read_office(path, data, ".rtf")
    _refuse_other(path, data)
    if looks_like_archive(data):
        return read_mhtml(path, data)
    if looks_like_html(data) or suffix in _HTML:
        return read_html(path, data)
    if suffix in (*_DOCX, *_PDF, *_OFFICE, *_PAGES, *IMAGE_KINDS, ".xlsx"):
        raise damaged(path, suffix.removeprefix(".").upper())
    _refuse_markup(path, data, suffix)
    if suffix in XML_SUFFIXES or _XML.match(data[:_LOOKED_AT]):
        return read_xml(path, data)
    if suffix in (*SHEET_SUFFIXES, _JSON):
        return read_records(path, data)
    return read_markdown(path, data) if suffix in _MARKDOWN else read_plain_text(path, data)


def _read_zip(path: Path, data: bytes) -> Extracted:
    with open_archive(path, data, _expected(path, "zip")) as archive:
        names = archive.names
        mimetype = archive.read("mimetype", 1000) or b""
    if is_docx(names):
        return read_docx(path, data)
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return read_office(path, data, ".odt")
    if path.suffix.lower() in _DOCX and "[Content_Types].xml" in names and not _foreign(names):
        return read_docx(path, data)
    if is_epub(names):
        return read_epub(path, data)
    if is_ofd(names):
        return read_ofd(path, data)
    if any(name.startswith("xl/") for name in names):
        return read_records(path, data)
    kind = _foreign(names)
    if kind == "zip":
        raise refused(
            path,
            "是压缩包",
            "is an archive",
            "请解压后给出里面的报告",
            "Unpack it and give the reports in it",
        )
    raise refused(
        path, f"是 {kind} 文件，不是报告正文", f"is a file of {kind}, not the text of a report",
        "请另存为 .docx 或 .pdf", "Save it as .docx or .pdf",
    )  # fmt: skip


def _foreign(names: frozenset[str]) -> str:
    """What else an archive may be."""
    if any(name.startswith("ppt/") for name in names):
        return "PowerPoint"
    return "OpenDocument" if "content.xml" in names else ("" if "[Content_Types].xml" in names else "zip")


def _read_ole2(path: Path, data: bytes) -> Extracted:
    """The container of old Office files; its streams are named in UTF-16."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise encrypted(path, "Office")
    if holds("WordDocument"):
        return read_office(path, data, ".doc")
    for stream, kind, better in (
        ("Workbook", "Excel", ".xlsx"),
        ("PowerPoint Document", "PowerPoint", ".docx 或 .pdf"),
    ):
        if holds(stream):
            raise refused(
                path, f"是旧版 {kind} 文件", f"is an old file of {kind}",
                f"请另存为 {better}", f"Save it as {better.replace('或', 'or')}",
            )  # fmt: skip
    raise damaged(path, _expected(path, "Office"))


def _read_image(path: Path, data: bytes, kind: str) -> Extracted:
    if path.suffix.lower() not in IMAGE_KINDS:
        raise refused(
            path, f"其实是一张 {kind} 图片", f"is really a {kind} image",
            f"若是报告的扫描件，请把后缀改为 .{kind.lower()}，否则换一份文件",
            f"If it is a scan of a report, rename it to .{kind.lower()}; else give another file",
        )  # fmt: skip
    return read_image(path, data)


def _refuse_other(path: Path, data: bytes) -> None:
    for signature, kind in _OTHER_SIGNATURES:
        if data.startswith(signature):
            raise refused(
                path, f"是 {kind} 文件，读不了", f"is a {kind} file, which cannot be read",
                "请给出 .docx、.pdf 或 .txt", "Give a .docx, .pdf or .txt",
            )  # fmt: skip


def _refuse_markup(path: Path, data: bytes, suffix: str) -> None:
    """Refuse text that only a program can read, by its suffix or its opening."""
    opening = data[:_LOOKED_AT]
    known = suffix if suffix in _MARKUP else ".tex" if _TEX.match(opening) else ""
    if known:
        zh, en, do_zh, do_en = _MARKUP[known]
        raise refused(path, f"是{zh}，读不了", f"is {en}, which cannot be read", do_zh, do_en)


def _expected(path: Path, otherwise: str) -> str:
    suffix = path.suffix.lower()
    return suffix.removeprefix(".").upper() if suffix in (*_DOCX, *_OFFICE) else otherwise
