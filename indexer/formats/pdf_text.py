"""The printed lines of one page of a PDF, or of another format of pages, from the boxes of its characters."""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from indexer.formats.lines import Line, is_wide
from indexer.formats.pdf_worker import PAGE_HEADER, TITLE_HEADER

_NARROW_GAP = 1.0  # em: a wider one separates (columns of a table, a name and an office)
_OVERLAP = 0.3  # em by which boxes may overlap
_LATEST = 200  # characters of a line that tell its size: a printed one has no more
_SAME_LINE = 0.5  # of the lower line's height must be shared
# Some producers map ideographs to the look-alike radicals, which no search would find.
_RADICALS = str.maketrans(
    "⺁⺄⺆⺈⺌⺍⺕⺜⺝⺟⺠⺧⺪⺮⺶⺷⺻⻁⻄⻅⻆⻉⻋⻌⻓⻔⻗⻘⻙⻚⻛⻜⻝⻟⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
    "厂乙冂刀小小彐日月母民牛疋竹羊羊聿虎西见角贝车辶长门雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄齐齿龙龟",
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box; y downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as `pdf_worker` sees it: characters and drawn lines, four coordinates for each (left, right, bottom, top).

    Points, y upwards, before the page is turned by `rotation` degrees; `width` and `height` are those
    after it.
    """

    width: float
    height: float
    rotation: int
    has_picture: bool
    codes: array[int]
    boxes: array[float]
    rules: array[float] = field(default_factory=lambda: array("f"))

    def upright(
        self, left: float, right: float, bottom: float, top: float
    ) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a box on the page as it is read, y downwards."""
        return {
            0: (left, self.height - top, right, self.height - bottom),
            90: (bottom, left, top, right),
            180: (self.width - right, bottom, self.width - left, top),
            270: (self.width - top, self.height - right, self.width - bottom, self.height - left),
        }[self.rotation]


def title_of(found: bytes) -> str:
    """The title among the properties of a PDF, in what `pdf_worker` wrote; empty where there is none."""
    (length,) = TITLE_HEADER.unpack_from(found)
    return found[TITLE_HEADER.size : TITLE_HEADER.size + length].decode("utf-8", "replace")


def pages_of(found: bytes) -> Iterator[PdfPage]:
    """The pages in what `pdf_worker` wrote."""
    (length,) = TITLE_HEADER.unpack_from(found)
    offset = TITLE_HEADER.size + length
    while offset < len(found):
        width, height, rotation, has_picture, length, count = PAGE_HEADER.unpack_from(found, offset)
        offset += PAGE_HEADER.size
        codes, boxes, rules = array("I"), array("f"), array("f")
        codes.frombytes(found[offset : offset + 4 * length])
        boxes.frombytes(found[offset + 4 * length : offset + 20 * length])
        offset += 20 * length
        rules.frombytes(found[offset : offset + 16 * count])
        offset += 16 * count
        yield PdfPage(width, height, rotation, has_picture, codes, boxes, rules)


def lines_of(rows: Iterable[list[Glyph]]) -> list[Line]:
    """The lines that rows of characters make, each row written at one height; no row is empty.

    They stand in the order they were written; y downwards, in points. Text on one height with a wide gap in it is several
    lines here: cells of a table, or columns.
    """
    pieces = [piece for row in rows for piece in _pieces(row)]
    lines: list[list[Glyph]] = []
    for piece in pieces:
        # Some producers write a line in several goes.
        if lines and _goes_on(lines[-1], piece):
            lines[-1].extend(piece)
        else:
            lines.append(piece)
    return [_line(glyphs) for glyphs in lines]


def _pieces(row: list[Glyph]) -> Iterator[list[Glyph]]:
    """The row, parted at its wide gaps."""
    size = _size(row)
    start = 0
    for place, (before, after) in enumerate(itertools.pairwise(row), 1):
        if after.left - before.right > _NARROW_GAP * size or after.right < before.left:
            yield row[start:place]
            start = place
    yield row[start:]


def glyph_rows(page: PdfPage) -> Iterator[list[Glyph]]:
    """The characters with their boxes, a row for each line that PDFium sees. Blanks are left out."""
    row: list[Glyph] = []
    for place, code in enumerate(page.codes):
        character = chr(code) if 0 < code <= 0x10FFFF else ""
        if character in ("\r", "\n"):
            if row:
                yield row
                row = []
            continue
        # PDFium's sign for a hyphen at the end of a line.
        character = "-" if character == "\x02" else character
        left, right, bottom, top = page.boxes[4 * place : 4 * place + 4]
        if not character or character.isspace() or not (left < right or bottom < top):
            continue
        row.append(Glyph(character, *page.upright(left, right, bottom, top)))
    if row:
        yield row


def _goes_on(line: list[Glyph], piece: list[Glyph]) -> bool:
    """Whether `piece` stands right behind `line`, at its height."""
    before, after = line[-1], piece[0]
    shared = min(before.bottom, after.bottom) - max(before.top, after.top)
    lower = min(before.bottom - before.top, after.bottom - after.top)
    size = _size(line[-_LATEST:])
    near = -_OVERLAP * size <= after.left - before.right <= _NARROW_GAP * size
    return near and shared > _SAME_LINE * lower > 0


def _size(glyphs: list[Glyph]) -> float:
    """The width of a Chinese character among them, or the height where there is none."""
    wide = [glyph.right - glyph.left for glyph in glyphs if is_wide(glyph.text)]
    return median(wide) if wide else median(glyph.bottom - glyph.top for glyph in glyphs)


def _line(row: list[Glyph]) -> Line:
    size = _size(row)
    words = [row[0].text]
    words.extend(_blank(before, after, size) + after.text for before, after in itertools.pairwise(row))
    return Line(
        _mended("".join(words)),
        min(glyph.left for glyph in row), min(glyph.top for glyph in row),
        max(glyph.right for glyph in row), max(glyph.bottom for glyph in row),
        size if any(is_wide(glyph.text) for glyph in row) else 0.0,
    )  # fmt: skip


def _blank(before: Glyph, after: Glyph, em: float) -> str:
    """The blank that is seen between two characters.

    Chinese has none: justification opens small gaps anywhere, most between Chinese and figures.
    """
    gap = after.left - before.right
    if is_wide(before.text) or is_wide(after.text):
        return " " if gap > _NARROW_GAP * em else ""
    return " " if gap > 0.15 * em else ""


def _mended(text: str) -> str:
    text = re.sub("[\u2f00-\u2fd5]", lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return text.translate(_RADICALS)
