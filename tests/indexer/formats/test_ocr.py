from __future__ import annotations

import io

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from indexer.formats import ocr
from indexer.formats.lines import Line
from tests.indexer.formats.builders import lines_of, refusal


def picture(kind: str = "PNG", size: tuple[int, int] = (400, 120)) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((20, 40), "GDP 2025", fill="black", font_size=48)
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


KINDS = {"PNG": "png", "JPEG": "jpg", "TIFF": "tif", "BMP": "bmp", "WEBP": "webp"}


def stub(pixels: NDArray[np.uint8]) -> list[Line]:
    """One line, and a page number under it."""
    assert pixels.ndim == 3 and pixels.shape[2] == 3
    return [Line("政府工作报告", 100, 100, 400, 150, 50), Line("3", 240, 900, 260, 950, 0)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_recognised_and_decoded(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_ocr", lambda: True)
    monkeypatch.setattr(ocr, "recognised_lines", stub)
    assert lines_of(f"a.{KINDS[kind]}", picture(kind)) == ["政府工作报告"]


def test_without_the_package_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_ocr", lambda: False)
    assert "pip install -r requirements-ocr.txt" in refusal("a.png", picture()).zh


def test_broken_and_huge_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "has_ocr", lambda: True)
    assert "damaged" in refusal("a.png", picture()[:200]).en
    stream = io.BytesIO()
    Image.new("1", (9000, 9000)).save(stream, "PNG")
    assert "megapixels" in refusal("a.png", stream.getvalue()).en


@pytest.mark.slow
@pytest.mark.skipif(not ocr.has_ocr(), reason="rapidocr is not installed")
def test_real_recognition() -> None:
    assert "".join(lines_of("a.png", picture())).replace(" ", "") == "GDP2025"
