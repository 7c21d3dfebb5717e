"""What web pages, chapters of EPUB and Markdown have in common: elements of HTML as lines of text, tables as rows."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from indexer.formats.tables import Cell, table_lines
from indexer.formats.xml_names import local

Element: TypeAlias = etree._Element
_LEFT_OUT = frozenset({"head", "script", "style", "template", "nav", "rt", "rp", "svg", "math"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "hr",
        "br",
        "tr",
        "body",
        "figure",
        "figcaption",
        "address",
        "center",
    ]
)
# Between characters of Chinese a line break of the source says nothing.
_INSIDE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uff60])[ \t\r\n]+(?=[\u2e80-\u9fff\uff00-\uff60])")
_SPACES = re.compile(r"[ \t\r\n]+")
_LONGEST_CELL = 300  # characters: a longer one is text that a table only frames
_LINKED = 0.5  # of the words of a table; one with more of them in links is a menu
_MOST_SPAN = 1_000  # columns or rows of one cell
_MOST_CARRIED = 100_000  # cells that go on from the row above, in one table


def block_lines(root: Element) -> Iterator[str]:
    """The paragraphs below an element, a table's rows among them; scripts and tables of contents are left out."""
    parts: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        name = local(element).lower()
        if event == "start":
            if name in _BLOCKS:
                parts.append("\n")
            if name == "table" and is_data(element):
                parts.append("\n" + "\n".join(table_lines(table_rows(element))) + "\n")
                walker.skip_subtree()
            elif not name or name in _LEFT_OUT:
                walker.skip_subtree()
            else:
                parts.append(_inline(element.text))
        else:
            if name in _BLOCKS:
                parts.append("\n")
            if element is not root:
                parts.append(_inline(element.tail))
    for line in "".join(parts).split("\n"):
        words = _INSIDE.sub("", _SPACES.sub(" ", line)).strip()
        if words:
            yield words


def write_tables_out(tree: lxml_html.HtmlElement) -> None:
    """Put in the place of every table of data its rows as paragraphs, «表头：值 | 表头：值».

    A table that only lays out the page is none any more, so that its paragraphs stay what they are.
    """
    for table in list(tree.iter("table")):
        if is_data(table):
            written = lxml_html.Element("div")
            for line in table_lines(table_rows(table)):
                etree.SubElement(written, "p").text = line
            written.tail = table.tail
            parent = table.getparent()
            if parent is not None:
                parent.replace(table, written)
        else:
            for part in [table, *_parts(table)]:
                part.tag = "div"


def _parts(table: Element) -> list[Element]:
    """The rows and cells of a table, but not of those within it."""
    parts: list[Element] = []
    waiting = [table]
    while waiting:
        inside = [
            part
            for part in waiting.pop()
            if local(part).lower() in ("thead", "tbody", "tfoot", "tr", "td", "th")
        ]
        parts += inside
        waiting += [part for part in inside if local(part).lower() not in ("td", "th")]
    return parts


def fragment_lines(markup: str) -> Iterator[str]:
    """The lines of a piece of HTML."""
    try:
        root = lxml_html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError):
        return iter(())
    return block_lines(root)


def is_data(table: Element) -> bool:
    """Whether a table holds data: rows of several short cells, and neither a page's columns nor a menu."""
    if any(inner is not table for inner in table.iter("{*}table")):
        return False
    rows = [len(list(_cells(row))) for row in table.iter("{*}tr")]
    if len(rows) < 2 or sum(count >= 2 for count in rows) * 2 < len(rows):
        return False
    cells = [cell for row in table.iter("{*}tr") for cell in _cells(row)]
    lengths = [len(_text(cell)) for cell in cells]
    linked = sum(len(_text(link)) for link in table.iter("{*}a"))
    return max(lengths) <= _LONGEST_CELL and linked <= _LINKED * max(1, sum(lengths))


def table_rows(table: Element) -> Iterator[list[Cell]]:
    """The rows of a table; a cell over several rows continues in those below it."""
    hanging: list[_Hanging] = []
    carried = 0
    for row in table.iter("{*}tr"):
        cells: list[Cell] = []
        following: list[_Hanging] = []
        above = deque(hanging)
        column = 0
        for cell in chain(_cells(row), [None]):
            while above and (cell is None or above[0].column <= column):
                one = above.popleft()
                if one.column < column:
                    continue  # what a malformed row lies over is over
                cells.append(Cell(one.column, one.width, (), continues=True))
                column = one.column + one.width
                carried += 1
                if one.rows > 1 and carried < _MOST_CARRIED:
                    following.append(_Hanging(one.column, one.width, one.rows - 1))
            if cell is None:
                break
            width, rows = _span(cell, "colspan"), _span(cell, "rowspan")
            cells.append(Cell(column, width, (_text(cell),)))
            if rows > 1:
                following.append(_Hanging(column, width, rows - 1))
            column += width
        hanging = following
        yield cells


@dataclass(frozen=True, slots=True)
class _Hanging:
    """A cell that goes on for so many more rows."""

    column: int
    width: int
    rows: int


def _cells(row: Element) -> Iterator[Element]:
    return (cell for cell in row if local(cell).lower() in ("td", "th"))


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return min(max(int(value), 1), _MOST_SPAN) if re.fullmatch("[0-9]{1,5}", value) else 1


def _text(element: Element) -> str:
    return _INSIDE.sub("", _SPACES.sub(" ", "".join(element.itertext()))).strip()


def _inline(text: str | None) -> str:
    return _SPACES.sub(" ", text) if text else ""
