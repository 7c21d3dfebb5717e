"""Twice the lines on a page take twice the time, wherever they stand."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable

import pytest

from indexer.formats.lines import Line, page_texts
from indexer.formats.pdf_text import PdfPage, glyph_rows, lines_of
from indexer.formats.reading_order import regions_of
from indexer.formats.running_heads import without_running_lines

_MOST = 2.5  # times as long for twice the lines
_NOISE = 0.1  # seconds that anything may take


def read(lines: list[Line]) -> None:
    (kept,) = without_running_lines([lines])
    page_texts(regions_of(1, kept))


PLACES: dict[str, Callable[[int], tuple[float, float]]] = {
    "at one height": lambda number: (12.0 * number, 0.0),
    "one above the other": lambda number: (0.0, 12.0 * number),
    "in steps": lambda number: (12.0 * number, 12.0 * number),
    "in many columns": lambda number: (100.0 * (number // 6), 12.0 * (number % 6)),
    "on top of each other": lambda number: (0.0, 0.0),
}


@pytest.mark.parametrize("places", PLACES)
def test_twice_the_lines_take_twice_the_time(places: str) -> None:
    def seconds(count: int) -> float:
        corners = (PLACES[places](number) for number in range(count))
        lines = [Line("好好好好好好好好", x, y, x + 80, y + 10, 10.0) for x, y in corners]
        begun = time.process_time()
        read(lines)
        return time.process_time() - begun

    _compare(seconds, 4_000)


def test_twice_the_characters_of_a_line_take_twice_the_time() -> None:
    def seconds(count: int) -> float:
        codes, boxes = array("I"), array("f")
        for number in range(count):
            # PDFium ends a line after each character, all of them at one height.
            codes.extend((ord("好"), ord("\n")))
            boxes.extend((10.0 * number, 10.0 * number + 10, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0))
        begun = time.process_time()
        assert len(lines_of(glyph_rows(PdfPage(10.0 * count, 10.0, 0, False, codes, boxes)))) == 1
        return time.process_time() - begun

    _compare(seconds, 4_000)


def _compare(seconds: Callable[[int], float], count: int) -> None:
    for _ in range(6):
        # Each pair by itself: on a machine that others use, one try is slow as a whole and the next is not.
        once, twice = seconds(count), seconds(2 * count)
        if twice <= _MOST * once + _NOISE:
            return
    raise AssertionError(f"{count} took {once:.2f} s, twice as many {twice:.2f} s")
