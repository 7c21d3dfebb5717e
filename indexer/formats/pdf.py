"""PDF: the text layer, its printed lines joined to paragraphs; pages without one go to OCR."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.formats import pdf_worker
from indexer.formats.limits import OCR_PAGES, PDF_CHARACTERS, PDF_PAGES
from indexer.formats.lines import Line, page_texts
from indexer.formats.ocr import recognised_lines, require_ocr
from indexer.formats.pdf_text import PdfPage, pages_of, title_of
from indexer.formats.reading_order import regions_of
from indexer.formats.result import Extracted, PageText, damaged, encrypted, property_title, refused, too_big
from indexer.formats.ruled_tables import TableReader
from indexer.formats.running_heads import without_running_lines

KIND = "PDF"
_DPI = 200
_LARGEST_RENDERING = 8_000_000  # pixels; A3 at 200 dpi has 7.7 million
_SECONDS = 60  # a report takes 0.3
_FEW_CHARACTERS = 10  # on a page with a picture: a scan with at most a stamp or a page number in text
_READABLE_SHARE = 0.7


def read_pdf(path: Path, data: bytes) -> Extracted:
    """The text of each page; running heads, feet and page numbers are left out.

    Pages that are only a picture are read by OCR where it is installed.

    Raises:
        SourceError: it is damaged, encrypted or too large, or has scanned pages and OCR is not
            installed.
    """
    pages: list[list[Line]] = []
    scanned: set[int] = set()
    tables = TableReader()
    found = _worker(path, data, "text", PDF_PAGES, PDF_CHARACTERS)
    for number, page in enumerate(pages_of(found)):
        lines = tables.lines(page)
        if _is_scan(page, lines):
            scanned.add(number)
        pages.append(lines)
    if scanned:
        _recognise(path, data, scanned, pages)
    regions = [
        region
        for number, lines in enumerate(without_running_lines(pages), 1)
        for region in regions_of(number, lines, written_order=number - 1 not in scanned)
    ]
    return Extracted(
        tuple(PageText(number, text) for number, text in page_texts(regions).items()),
        property_title(title_of(found)),
    )


def _worker(path: Path, data: bytes, *arguments: str | int) -> bytes:
    """What `pdf_worker` says of the file.

    Raises:
        SourceError: for every exit status but 0, and when it takes too long.
    """
    command = [sys.executable, "-P", str(Path(pdf_worker.__file__)), *map(str, arguments)]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=_SECONDS, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise refused(
            path, f"在 {_SECONDS} 秒内没能读完", f"could not be read within {_SECONDS} s",
            "请用 PDF 软件另存一份，或拆成几份", "Save a fresh copy in a PDF program, or split it",
        ) from error  # fmt: skip
    except OSError as error:
        raise refused(
            path, f"没能读取（{error.strerror}）", f"could not be read ({error.strerror})",
            "请检查剩余内存后再试", "Check the free memory and try again",
        ) from error  # fmt: skip
    if done.returncode == pdf_worker.PASSWORD:
        raise encrypted(path, KIND)
    if done.returncode == pdf_worker.TOO_MANY_PAGES:
        raise too_big(path, f"超过 {PDF_PAGES} 页", f"has more than {PDF_PAGES} pages")
    if done.returncode == pdf_worker.TOO_MUCH_TEXT:
        raise too_big(path, "文字过多", "holds too much text")
    if done.returncode != 0:
        raise damaged(path, KIND)
    return done.stdout


def _is_scan(page: PdfPage, lines: list[Line]) -> bool:
    """Whether the page has a picture instead of a text layer, or a text layer that says nothing."""
    text = "".join(line.text for line in lines)
    readable = sum(c.isprintable() and not "\ue000" <= c <= "\uf8ff" and c != "\ufffd" for c in text)
    if text and readable < _READABLE_SHARE * len(text):
        return True
    return len(text) <= _FEW_CHARACTERS and page.has_picture


def _recognise(path: Path, data: bytes, scanned: set[int], pages: list[list[Line]]) -> None:
    """Put the lines that OCR reads on the `scanned` pages (from 0) into `pages`."""
    if len(scanned) > OCR_PAGES:
        raise too_big(
            path, f"有 {len(scanned)} 页扫描图，超过 {OCR_PAGES} 页",
            f"has {len(scanned)} scanned pages, more than {OCR_PAGES}",
        )  # fmt: skip
    first = min(scanned) + 1
    require_ocr(
        path, f"有 {len(scanned)} 页是扫描图（第 {first} 页起），没有文字层",
        f"has {len(scanned)} scanned pages without a text layer (from page {first})",
    )  # fmt: skip
    for number in sorted(scanned):
        pages[number] = recognised_lines(_rendered(path, data, number))


def _rendered(path: Path, data: bytes, number: int) -> NDArray[np.uint8]:
    return drawn_page(path, data, number, _DPI)


def pages_in(path: Path, data: bytes) -> Iterator[PdfPage]:
    """The pages with their characters, each with its box.

    Raises:
        SourceError: as `read_pdf`.
    """
    return pages_of(_worker(path, data, "text", PDF_PAGES, PDF_CHARACTERS))


def drawn_page(path: Path, data: bytes, number: int, dpi: int) -> NDArray[np.uint8]:
    """A page, counted from 0, as a picture of shape (height, width, 3), BGR.

    Raises:
        SourceError: as `read_pdf`.
    """
    image = _worker(path, data, "render", number, dpi, _LARGEST_RENDERING)
    height, width = pdf_worker.IMAGE_HEADER.unpack_from(image)
    return np.frombuffer(image, np.uint8, offset=pdf_worker.IMAGE_HEADER.size).reshape(height, width, 3)
