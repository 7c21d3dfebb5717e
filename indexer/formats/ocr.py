"""Read the text in pictures, where the optional package rapidocr is installed. It works offline."""

from __future__ import annotations

import importlib.util
import struct
import threading
import warnings
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.allowance import Slow, ask_for
from indexer.formats.limits import IMAGE_PIXELS, OCR_PAGES
from indexer.formats.lines import Line, is_wide, page_texts
from indexer.formats.reading_order import regions_of
from indexer.formats.result import Extracted, PageText, damaged, refused, too_big
from indexer.formats.running_heads import without_running_lines

_SECONDS = 120  # of all processors together for a page, which takes about 3; the first one loads the models
IMAGE_KINDS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
_LATIN = 0.55  # of an em
_SAME_SIZE = 0.2
# The recogniser keeps buffers of its own, and two at once would only share the same cores.
_ENGINE_LOCK = threading.Lock()
# What Pillow's decoders let through on broken files: the first four on thousands of mutated ones, the
# others by its own account.
_BROKEN_IMAGE = (
    OSError, TypeError, SyntaxError, ValueError, EOFError, OverflowError, KeyError, IndexError,
    ZeroDivisionError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip


def image_kind(data: bytes) -> str | None:
    """PNG, JPG, TIF, BMP or WEBP by the content's signature, None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPG"
    if data.startswith((b"II*\x00", b"MM\x00*")):
        return "TIF"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    # «BM» may open a text; a bitmap has four zero bytes and the size of its header after that.
    if (
        data.startswith(b"BM")
        and data[6:10] == bytes(4)
        and data[14:18] in (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0")
    ):
        return "BMP"
    return None


def has_ocr() -> bool:
    """Whether the package is installed."""
    return importlib.util.find_spec("rapidocr") is not None


def require_ocr(path: Path, zh: str, en: str) -> None:
    """Refuse a file that needs OCR (`zh` and `en` say why) where it is not installed.

    Raises:
        SourceError: the package is missing; the message says how to install it.
    """
    if not has_ocr():
        raise refused(
            path, f"{zh}，需要文字识别", f"{en} and needs OCR",
            "请先安装：pip install -r requirements-ocr.txt", "Install it: pip install -r requirements-ocr.txt",
        )  # fmt: skip


def read_image(path: Path, data: bytes) -> Extracted:
    """The text in a picture; a TIFF may have many pages. About 3 s a page on two cores.

    Raises:
        SourceError: OCR is not installed, or the picture is damaged, too large or without text.
    """
    require_ocr(path, "是图片", "is an image")
    pages = [recognised_lines(pixels) for pixels in _frames(path, data)]
    regions = [
        region
        for number, lines in enumerate(without_running_lines(pages, loose=True), 1)
        for region in regions_of(number, lines, written_order=False)
    ]
    return Extracted(tuple(PageText(number, text) for number, text in page_texts(regions).items()))


def recognised_lines(pixels: NDArray[np.uint8]) -> list[Line]:
    """The lines that OCR finds in `pixels`, of shape (height, width, 3), blue first; in no order."""
    ask_for(_SECONDS, Slow.RECOGNISING)
    with _ENGINE_LOCK:
        found = _engine()(pixels)
    texts = getattr(found, "txts", None)
    boxes = getattr(found, "boxes", None)
    if texts is None or boxes is None:
        return []
    own: list[tuple[str, NDArray[np.float64], float]] = []
    for text, corners in zip(texts, np.asarray(boxes, dtype=np.float64), strict=True):
        width = float(corners[:, 0].max() - corners[:, 0].min())
        units = sum(1.0 if is_wide(c) else _LATIN for c in text)
        if text.strip() and units:
            own.append((text.strip(), corners, width / units))
    # Of a short line the size is uncertain; it is taken to be the usual one where it may be.
    usual = median(em for _, _, em in own) if own else 0.0
    return [
        Line(
            text, float(corners[:, 0].min()), float(corners[:, 1].min()), float(corners[:, 0].max()),
            float(corners[:, 1].max()), usual if abs(em - usual) < _SAME_SIZE * usual else em,
        )
        for text, corners, em in own
    ]  # fmt: skip


def _frames(path: Path, data: bytes) -> list[NDArray[np.uint8]]:
    from PIL import Image, ImageOps, ImageSequence

    frames: list[NDArray[np.uint8]] = []
    pixels = 0
    try:
        with warnings.catch_warnings():
            # Sizes are checked here; Pillow's own warning about them would only confuse.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data), formats=("PNG", "JPEG", "TIFF", "BMP", "WEBP")) as image:
                if getattr(image, "n_frames", 1) > OCR_PAGES:
                    raise too_big(path, f"超过 {OCR_PAGES} 页", f"has more than {OCR_PAGES} pages")
                for frame in ImageSequence.Iterator(image):
                    pixels += frame.width * frame.height
                    if pixels > IMAGE_PIXELS:
                        raise too_big(
                            path, f"超过 {IMAGE_PIXELS // 1_000_000} 百万像素",
                            f"has more than {IMAGE_PIXELS // 1_000_000} megapixels",
                        )  # fmt: skip
                    upright = ImageOps.exif_transpose(frame).convert("RGBA")
                    white = Image.new("RGBA", upright.size, "white")
                    white.alpha_composite(upright)
                    frames.append(np.asarray(white.convert("RGB"))[:, :, ::-1].copy())
    except Image.DecompressionBombError as error:
        raise too_big(path, "像素过多", "has too many pixels") from error
    except _BROKEN_IMAGE as error:
        raise damaged(path, "图片 image", type(error).__name__) from error
    return frames


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # type: ignore[import-not-found,import-untyped,unused-ignore]

    return RapidOCR(params={"Global.log_level": "error"})
