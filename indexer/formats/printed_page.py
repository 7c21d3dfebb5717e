"""A page of a PDF as it was printed, with the place of a quotation marked: what a reader sets beside the quotation.

The page is drawn, and its characters are found, in the process that reads PDFs, with its limits of time and memory.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.errors import SourceError
from indexer.formats.pdf import drawn_page, pages_in
from indexer.formats.pdf_text import Glyph, PdfPage, glyph_rows

_DPI = 110  # a page of A4 is 910 pixels wide: as wide as the pane, or twice
_INK = np.array([255, 224, 138], np.uint16)  # what the mark multiplies the page by, of 255


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in points, y downwards."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, eq=False)
class PrintedPage:
    """A page as a picture.

    Attributes:
        image: of shape (height, width, 3), RGB.
        marked: whether the quotation was found on it.
    """

    image: NDArray[np.uint8]
    marked: bool


def printed_page(path: Path, number: int, quotations: Sequence[str]) -> PrintedPage:
    """Page `number`, from 1, with the first of the quotations that stands on it marked: the sentence, else the words.

    Raises:
        SourceError: the file is gone, no PDF, damaged, encrypted or takes too long, or has no such page.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"文件 {path.name} 打不开（{error.strerror}），看不了印刷页。",
            f"The file {path.name} cannot be opened ({error.strerror}), so its page cannot be shown.",
        ) from error
    page = next(islice(pages_in(path, data), number - 1, None), None)
    if page is None:
        raise SourceError(
            f"文件 {path.name} 没有第 {number} 页。", f"The file {path.name} has no page {number}."
        )
    image = drawn_page(path, data, number - 1, _DPI)[:, :, ::-1].copy()
    boxes = next((found for words in quotations if (found := quoted_boxes(page, words))), ())
    scale = image.shape[1] / page.width if page.width else 1.0
    for box in boxes:
        top, bottom, left, right = (
            max(0, round(scale * v)) for v in (box.top, box.bottom, box.left, box.right)
        )
        part = image[top:bottom, left:right]
        part[:] = (part.astype(np.uint16) * _INK // 255).astype(np.uint8)
    return PrintedPage(image, bool(boxes))


def quoted_boxes(page: PdfPage, words: str) -> tuple[Box, ...]:
    """Where a quotation stands on a page, a box a line; none where it does not.

    Blanks do not count, and full-width characters are as half-width ones: a report's text was mended when it was read.
    """
    wanted = "".join(_bare(words))
    rows = list(glyph_rows(page))
    characters = [
        (piece, n, glyph) for n, row in enumerate(rows) for glyph in row for piece in _bare(glyph.text)
    ]
    at = "".join(piece for piece, _, _ in characters).find(wanted) if wanted else -1
    if at < 0:
        return ()
    lines: dict[int, list[Glyph]] = {}
    for _, row, glyph in characters[at : at + len(wanted)]:
        lines.setdefault(row, []).append(glyph)
    return tuple(_around(line) for line in lines.values())


def _bare(text: str) -> Iterator[str]:
    return (piece for piece in unicodedata.normalize("NFKC", text) if not piece.isspace())


def _around(line: Iterable[Glyph]) -> Box:
    glyphs = list(line)
    return Box(
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
    )
