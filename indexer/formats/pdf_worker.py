"""Look into a PDF in a process of its own: run as a script, the file on standard input.

PDFium is native code that a small hostile file can make use any amount of memory or time. Here that
costs this process, not the app. It imports nothing of the project, so that it starts in 0.1 s.

    pdf_worker.py text MAX_PAGES MAX_CHARACTERS    → per page a header, characters and their boxes
    pdf_worker.py render PAGE DPI MAX_PIXELS       → height, width and pixels, three bytes each, blue first

Page numbers count from 0. The exit status says what is wrong, see the constants.
"""

from __future__ import annotations

import contextlib
import ctypes
import struct
import sys
from array import array
from typing import BinaryIO

import pypdfium2  # type: ignore[import-untyped]
from pypdfium2 import raw

DAMAGED, PASSWORD, TOO_MANY_PAGES, TOO_MUCH_TEXT = 3, 4, 5, 6
# Of a page: width and height in points, rotation in degrees, whether it has a picture, characters.
PAGE_HEADER = struct.Struct("<ddi?I")
IMAGE_HEADER = struct.Struct("<II")
_MEMORY = 2 << 30  # bytes of address space
_SECONDS = 30  # of the processor


def main(arguments: list[str], source: BinaryIO, target: BinaryIO) -> int:
    """Do what the arguments say; return the exit status."""
    _limit()
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
    if sys.platform != "win32":
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)
        ):  # fmt: skip
            # Where a stricter limit holds already, or the system has none of the kind, that stays.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(kind, (most, most))


def _text(document: pypdfium2.PdfDocument, max_pages: int, max_characters: int, target: BinaryIO) -> int:
    count = len(document)
    if count == 0:
        return DAMAGED
    if count > max_pages:
        return TOO_MANY_PAGES
    box = raw.FS_RECTF()
    total = 0
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
        header = PAGE_HEADER.pack(*page.get_size(), page.get_rotation(), any(True for _ in pictures), length)
        target.write(header + codes.tobytes() + boxes.tobytes())
        text.close()
        page.close()
    return 0


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
