"""A page of a PDF as a picture, with the quotation marked where it stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.errors import SourceError
from indexer.formats.pdf import pages_in
from indexer.formats.printed_page import printed_page, quoted_boxes
from tests.indexer.formats.builders import REPORT, SENTENCE, pdf_file, typeset

PAGES = typeset(REPORT, per_page=9)


def on_disk(folder: Path, rotate: int = 0) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(pdf_file(PAGES, rotate=rotate))
    return path


def yellow(image: np.ndarray) -> int:
    """How many pixels have the colour of a mark on white paper."""
    return int(((image[:, :, 0] == 255) & (image[:, :, 2] == 138)).sum())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_quotation_is_marked_on_its_page_however_it_is_turned(tmp_path: Path, rotation: int) -> None:
    path = on_disk(tmp_path, rotation)
    page = printed_page(path, 1, [REPORT[0][:8]])
    assert page.marked and page.image.ndim == 3 and yellow(page.image) > 100
    assert yellow(printed_page(path, 1, ["没有印的话"]).image) == 0


def test_what_runs_over_lines_has_a_box_for_each_and_blanks_do_not_count(tmp_path: Path) -> None:
    path = on_disk(tmp_path)
    (page, *_) = pages_in(path, path.read_bytes())
    longest = max(REPORT, key=len)
    where = next(p for p in pages_in(path, path.read_bytes()) if quoted_boxes(p, longest[:60]))
    boxes = quoted_boxes(where, " ".join(longest[:60]))
    assert len(boxes) >= 2 and all(box.left < box.right and box.top < box.bottom for box in boxes)
    assert boxes[0].bottom <= boxes[1].bottom
    assert quoted_boxes(page, "") == () and quoted_boxes(page, "　") == ()


def test_the_words_are_marked_where_the_sentence_does_not_stand_so(tmp_path: Path) -> None:
    page = printed_page(on_disk(tmp_path), 1, ["没有印的话", REPORT[0][:6]])
    assert page.marked


@pytest.mark.parametrize(("name", "number"), [("a.pdf", 99), ("gone.pdf", 1)])
def test_a_page_that_is_not_there_is_said(tmp_path: Path, name: str, number: int) -> None:
    on_disk(tmp_path)
    with pytest.raises(SourceError, match=name):
        printed_page(tmp_path / name, number, [SENTENCE])
