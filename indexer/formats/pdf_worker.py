"""Look into a PDF in a process of its own: run as a script, the file on standard input.

PDFium is native code that a small hostile file can make use any amount of memory or time. Here that
costs this process, not the app. It imports nothing of the project, so that it starts in 0.1 s.

    pdf_worker.py text MAX_PAGES MAX_CHARACTERS    → length and UTF-8 of the title among the properties, then
                                                     per page a header, characters, their boxes, and ruled lines
    pdf_worker.py render PAGE DPI MAX_PIXELS       → height, width and pixels, three bytes each, blue first

Page numbers count from 0. The exit status says what is wrong, see the constants.
"""

from __future__ import annotations

import contextlib
import ctypes
import struct
import sys
from array import array
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

DAMAGED, PASSWORD, TOO_MANY_PAGES, TOO_MUCH_TEXT = 3, 4, 5, 6
TITLE_HEADER = struct.Struct("<I")
# Of a page: width and height in points, rotation in degrees, whether it has a picture, characters, ruled lines.
PAGE_HEADER = struct.Struct("<ddi?II")
IMAGE_HEADER = struct.Struct("<II")
_MEMORY = 2 << 30  # bytes of address space
_SECONDS = 30  # of the processor
_LONGEST_TITLE = 300  # characters
_MOST_DRAWN = (
    200_000  # things drawn in a document that are looked at for ruled lines; a page of tables has a thousand
)
THICKEST = 3.0  # points: what is thicker is a box, not a line
# What Windows calls the character sets of fonts that hold ideographs: symbol (which stands for «any»),
# Japanese, Korean, Simplified and Traditional Chinese.
_CHARSETS_OF_IDEOGRAPHS = frozenset({2, 128, 129, 134, 136})


def main(arguments: list[str], source: BinaryIO, target: BinaryIO) -> int:
    """Do what the arguments say; return the exit status."""
    _limit()
    if arguments[0] == "text":
        _use_box_font()
    try:
        document = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as error:
        return PASSWORD if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) else DAMAGED
    try:
        if arguments[0] == "render":
            _render(document, int(arguments[1]), int(arguments[2]), int(arguments[3]), target)
            return 0
        return _text(document, int(arguments[1]), int(arguments[2]), target)
    except (pypdfium2.PdfiumError, MemoryError):
        return DAMAGED


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits; the time that the caller waits is one all the same
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)
    ):  # fmt: skip
        # Where a stricter limit holds already, or the system has none of the kind, that stays.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _use_box_font() -> None:
    """Give PDFium a font of its own for ideographs that the file does not bring with it.

    Else it takes what is installed, and without a Chinese font it leaves out text whose glyphs have no
    size: whole turned pages, and a full stop that stands alone on its line.
    """
    kinds = dict(raw.FPDF_SYSFONTINFO._fields_)
    found = raw.FPDF_SYSFONTINFO(
        version=1, MapFont=kinds["MapFont"](_map_font), GetFontData=kinds["GetFontData"](_font_data)
    )
    raw.FPDF_SetSystemFontInfo(found)
    # PDFium keeps a pointer to it for as long as the process lives.
    _FOR_EVER.append(found)


_FOR_EVER: list[Any] = []


def _map_font(_info: Any, _weight: int, _italic: int, charset: int, *_others: Any) -> int | None:
    """The box font, which has the number 1, for ideographs; for the rest PDFium has fonts built in."""
    return 1 if charset in _CHARSETS_OF_IDEOGRAPHS else None


def _font_data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    """Copy the font file into `buffer` where it is large enough; how large it is. No tables singly."""
    if table:
        return 0
    font = _box_font()
    if buffer and size >= len(font):
        ctypes.memmove(buffer, font, len(font))
    return len(font)


@cache
def _box_font() -> bytes:
    """A TrueType font that knows every character and shows it as a box, an em wide or half an em.

    A file may name glyphs by number instead of by character, so every number is a wide box.
    """
    glyphs = 65_535
    wide, narrow = _box(1000), _box(500)
    # Every character up to the radicals is glyph 2, a narrow one, all after them are glyph 1.
    groups = struct.pack(">6I", 0x20, 0x2E7F, 2, 0x2E80, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">4HI2H3I", 0, 1, 3, 10, 12, 13, 0, 16 + len(groups), 0, 2) + groups,
        b"glyf": wide * 2 + narrow + wide * (glyphs - 3),
        b"head": struct.pack(
            ">4I2H2Q4h2H3h",
            0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, -120, 1000, 880, 0, 8, 2, 1, 0,
        ),
        b"hhea": struct.pack(">I3hH11hH", 0x10000, 880, -120, 0, 1000, 0, 0, 1000, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hh", 1000, 0) + bytes(2 * (glyphs - 1)),
        b"loca": struct.pack(f">{glyphs + 1}I", *range(0, len(wide) * (glyphs + 1), len(wide))),
        b"maxp": struct.pack(">I14H", 0x10000, glyphs, 4, 1, 0, 0, 1, *[0] * 8),
    }  # fmt: skip
    place = 12 + 16 * len(tables)
    directory, contents = struct.pack(">I4H", 0x10000, len(tables), 0, 0, 0), b""
    for tag, table in tables.items():
        directory += struct.pack(">4s3I", tag, 0, place + len(contents), len(table))
        contents += table + bytes(-len(table) % 4)
    return directory + contents


def _box(width: int) -> bytes:
    """A glyph of one contour: its extent, the number of its last point, no instructions, four points."""
    points = struct.pack(">4B8h", 1, 1, 1, 1, 0, width, 0, -width, -120, 0, 1000, 0)
    glyph = struct.pack(">5h2H", 1, 0, -120, width, 880, 3, 0) + points
    return glyph + bytes(-len(glyph) % 4)


def _text(document: pypdfium2.PdfDocument, max_pages: int, max_characters: int, target: BinaryIO) -> int:
    count = len(document)
    if count == 0:
        return DAMAGED
    if count > max_pages:
        return TOO_MANY_PAGES
    title = document.get_metadata_value("Title")[:_LONGEST_TITLE].encode("utf-8", "replace")
    target.write(TITLE_HEADER.pack(len(title)) + title)
    box = raw.FS_RECTF()
    total = 0
    drawn = _Budget(_MOST_DRAWN)
    for number in range(count):
        page = document[number]
        text = page.get_textpage()
        length = max(0, text.count_chars())
        total += length
        if total > max_characters:
            return TOO_MUCH_TEXT
        codes, boxes = array("I"), array("f")
        for place in range(length):
            found = raw.FPDFText_GetLooseCharBox(text, place, ctypes.byref(box))
            codes.append(raw.FPDFText_GetUnicode(text, place))
            boxes.extend((box.left, box.right, box.bottom, box.top) if found else (0.0,) * 4)
        pictures = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
        has_picture = any(True for _ in pictures)
        rules = _rules(page, drawn)
        header = PAGE_HEADER.pack(*page.get_size(), page.get_rotation(), has_picture, length, len(rules) // 4)
        target.write(header + codes.tobytes() + boxes.tobytes() + rules.tobytes())
        text.close()
        page.close()
    return 0


class _Budget:
    """So many things may still be looked at."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self) -> bool:
        """Take one; whether there was one."""
        self.left -= 1
        return self.left >= 0


def _rules(page: pypdfium2.PdfPage, budget: _Budget) -> array[float]:
    """The lines drawn on a page, across or upright: left, right, bottom, top of each."""
    rules = array("f")
    matrix = raw.FS_MATRIX()
    sides = tuple(ctypes.c_float() for _ in range(4))
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        if not budget.spend():
            break
        if raw.FPDFPageObj_GetBounds(drawn, *map(ctypes.byref, sides)):
            left, bottom, right, top = (side.value for side in sides)
            if min(right - left, top - bottom) <= THICKEST:
                rules.extend((left, right, bottom, top))
                continue
        if raw.FPDFPageObj_GetMatrix(drawn, ctypes.byref(matrix)):
            for one, other in _strokes(drawn, matrix, budget):
                if min(abs(one[0] - other[0]), abs(one[1] - other[1])) <= THICKEST:
                    across, up = sorted((one[0], other[0])), sorted((one[1], other[1]))
                    rules.extend((*across, *up))
    return rules


def _strokes(
    drawn: Any, matrix: raw.FS_MATRIX, budget: _Budget
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path, from point to point on the page."""
    x, y = ctypes.c_float(), ctypes.c_float()
    begun = before = (0.0, 0.0)
    for number in range(raw.FPDFPath_CountSegments(drawn)):
        if not budget.spend():
            return
        segment = raw.FPDFPath_GetPathSegment(drawn, number)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            return
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begun = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield before, point
        if raw.FPDFPathSegment_GetClose(segment):
            yield point, begun
        before = point


def _render(
    document: pypdfium2.PdfDocument, number: int, dpi: int, max_pixels: int, target: BinaryIO
) -> None:
    page = document[number]
    width, height = page.get_size()
    scale = min(dpi / 72, (max_pixels / max(width * height, 1.0)) ** 0.5)
    image = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False).to_numpy()
    target.write(IMAGE_HEADER.pack(image.shape[0], image.shape[1]))
    target.write(image[:, :, :3].tobytes() if image.ndim == 3 else image.repeat(3).tobytes())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer))
