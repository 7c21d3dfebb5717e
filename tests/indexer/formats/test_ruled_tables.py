from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from timeit import timeit

import pytest

from indexer.formats.pdf_text import PdfPage
from indexer.formats.ruled_tables import TableReader
from tests.indexer.formats.builders import REPORT, Placed, lines_of, pdf_file, ruled, typeset

XS = (60.0, 240.0, 320.0, 400.0)
NAMES = ("项目", "预算数", "执行数")
ROWS = (("一、税收收入", "605.5", "612.8"), ("二、非税收入", "240.0", "243.4"), ("合计", "845.5", "856.2"))
READ = [
    "项目：一、税收收入 | 预算数：605.5 | 执行数：612.8",
    "项目：二、非税收入 | 预算数：240.0 | 执行数：243.4",
    "项目：合计 | 预算数：845.5 | 执行数：856.2",
]


def words(rows: Sequence[Sequence[str]], top: float = 100, height: float = 24) -> list[Placed]:
    """The words of cells, each in the middle of its row; an empty one is not written."""
    return [
        (XS[column] + 4, top + height * number + 17, text)
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
        if text
    ]


def lines(rows: int, top: float = 100, height: float = 24, sides: bool = True) -> str:
    """The lines around and between the cells."""
    bottom = top + rows * height
    across = [(XS[0], top + n * height, XS[-1], top + n * height) for n in range(rows + 1)]
    upright = [(x, top, x, bottom) for x in (XS if sides else XS[1:-1])]
    return ruled([*across, *upright])


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("sides", [True, False])
def test_rows_carry_the_names_of_their_columns(rotation: int, sides: bool) -> None:
    page = words([NAMES, *ROWS])
    assert lines_of("a.pdf", pdf_file([page], rotate=rotation, drawn=[lines(4, sides=sides)])) == READ


def test_cells_side_by_side_are_not_glued_however_near_they_stand() -> None:
    page = words([NAMES, ("政府性基金预算收入合计", "12855.5", "12")])
    assert page[3][2] == "政府性基金预算收入合计"  # it reaches into the gap before the next cell
    crowded = [*page[:4], (XS[1] + 1, page[4][1], page[4][2]), page[5]]
    assert lines_of("a.pdf", pdf_file([crowded], drawn=[lines(2)])) == [
        "项目：政府性基金预算收入合计 | 预算数：12855.5 | 执行数：12"
    ]


def test_words_that_break_inside_a_cell_are_one_and_an_empty_cell_says_nothing() -> None:
    page = [
        *words([NAMES], height=48),
        (XS[0] + 4, 160.0, "国有资本经营"), (XS[0] + 4, 180.0, "预算收入"), (XS[2] + 4, 170.0, "12.5"),
    ]  # fmt: skip
    assert lines_of("a.pdf", pdf_file([page], drawn=[lines(2, height=48)])) == [
        "项目：国有资本经营预算收入 | 执行数：12.5"
    ]


def test_a_name_over_two_columns_is_said_of_both() -> None:
    top, middle, low, bottom = 100, 124, 148, 172
    drawn = ruled([
        (XS[0], top, XS[3], top), (XS[1], middle, XS[3], middle), (XS[0], low, XS[3], low), (XS[0], bottom, XS[3], bottom),
        (XS[0], top, XS[0], bottom), (XS[1], top, XS[1], bottom), (XS[2], middle, XS[2], bottom), (XS[3], top, XS[3], bottom),
    ])  # fmt: skip
    page: list[Placed] = [
        (XS[0] + 4, 130, "项目"), (XS[1] + 40, 118, "2023年"), (XS[1] + 4, 142, "预算"), (XS[2] + 4, 142, "执行"),
        *words([("税收收入", "605.5", "612.8")], top=low),
    ]  # fmt: skip
    assert lines_of("a.pdf", pdf_file([page], drawn=[drawn])) == [
        "项目：税收收入 | 2023年预算：605.5 | 2023年执行：612.8"
    ]


def test_a_table_that_goes_on_over_the_page_keeps_its_names_whether_they_are_repeated_or_not() -> None:
    first, plain = words([NAMES, *ROWS[:2]]), words([ROWS[2]])
    assert lines_of("a.pdf", pdf_file([first, [*plain, *words([("备注", "", "")], top=124)]], drawn=[lines(3), lines(2)])) == [
        *READ, "项目：备注",
    ]  # fmt: skip
    repeated = words([NAMES, ROWS[2]])
    assert lines_of("a.pdf", pdf_file([first, repeated], drawn=[lines(3), lines(2)])) == READ


def test_a_second_table_with_the_same_columns_has_names_of_its_own() -> None:
    other = ("支出项目", "预算数", "执行数")
    page = [*words([NAMES, ROWS[0]]), (60.0, 170.0, "附表二"), *words([other, ROWS[1]], top=190)]
    assert lines_of("a.pdf", pdf_file([page], drawn=[lines(2) + lines(2, top=190)])) == [
        READ[0], "附表二", READ[1].replace("项目", "支出项目"),
    ]  # fmt: skip


def test_paragraphs_around_a_table_are_what_they_are_without_it() -> None:
    paragraphs = typeset(REPORT[:4])[0]
    below = max(y for _, y, _ in paragraphs) + 60
    page = [*paragraphs, *words([NAMES, *ROWS], top=below)]
    assert lines_of("a.pdf", pdf_file([page], drawn=[lines(4, top=below)])) == [*REPORT[:4], *READ]


def test_lines_around_prose_and_under_heads_make_no_table() -> None:
    paragraphs = typeset(REPORT[:4])[0]
    around = ruled(
        [(60, 60, 540, 60), (60, 700, 540, 700), (60, 60, 60, 700), (540, 60, 540, 700), (60, 90, 540, 90)]
    )
    assert lines_of("a.pdf", pdf_file([paragraphs], drawn=[around])) == REPORT[:4]


def test_a_drawing_of_thousands_of_lines_is_no_table_and_costs_little() -> None:
    crossed = ruled([(x / 9, 50, x / 9, 800) for x in range(500, 4500)] + [(60, 90, 540, 90)])
    paragraphs = typeset(REPORT[:4])[0]
    assert lines_of("a.pdf", pdf_file([paragraphs], drawn=[crossed])) == REPORT[:4]


def test_what_a_browser_prints_in_english_above_a_page_is_left_out() -> None:
    page: list[Placed] = [(30, 20, "11/30/26, 2:21 PM"), *typeset(REPORT[:4])[0]]
    assert lines_of("a.pdf", pdf_file([page])) == REPORT[:4]


def page_of_rows(count: int) -> PdfPage:
    """A page on which so many characters stand beside a table, each by itself, and as many in it."""
    page = PdfPage(600.0, 800.0, 0, False, array("I"), array("f"))
    for number in range(2 * count):
        left, bottom = (300.0, 400.0) if number < count else (20.0, 110.0 + 30.0 * (number % 2))
        page.codes.extend((ord("数"), ord("\n")))
        page.boxes.extend((left, left + 8, bottom, bottom + 8, 0, 0, 0, 0))
    for y in (100.0, 130.0, 160.0):
        page.rules.extend((10.0, 200.0, y, y))
    for x in (10.0, 100.0, 200.0):
        page.rules.extend((x, x, 100.0, 160.0))
    return page


def page_of_lines(count: int) -> PdfPage:
    """A page with a table of so many rows without a word."""
    page = PdfPage(600.0, 4.0 * count, 0, False, array("I"), array("f"))
    for number in range(count):
        page.rules.extend((10.0, 200.0, 4.0 * number, 4.0 * number))
    for x in (10.0, 100.0, 200.0):
        page.rules.extend((x, x, 0.0, 4.0 * count))
    return page


@pytest.mark.parametrize(("page_of", "count"), [(page_of_rows, 2_000), (page_of_lines, 700)])
def test_four_times_as_many_rows_take_about_four_times_as_long(
    page_of: Callable[[int], PdfPage], count: int
) -> None:
    def seconds(page: PdfPage) -> float:
        return min(timeit(lambda: TableReader().lines(page), number=1) for _ in range(2))

    assert seconds(page_of(4 * count)) < 9 * seconds(page_of(count))
