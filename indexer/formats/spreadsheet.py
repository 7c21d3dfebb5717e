"""Spreadsheets (.xlsx): the cells of every visible sheet as they are shown, read from the XML itself as `docx` does."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from indexer.formats.limits import Archive, open_archive
from indexer.formats.result import damaged, too_big
from indexer.formats.tables import Cell
from indexer.formats.xml_names import Element, attribute, child, children, parse_xml

KIND = "Excel (.xlsx)"
_WORKBOOK = "xl/workbook.xml"
_MOST_CELLS = 300_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
             **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "yyyy-mm-dd")}  # fmt: skip
_FIRST_DAY = datetime(1899, 12, 30)  # Excel takes 1900 for a leap year
_LAST_DAY = 2_958_465  # 9999-12-31
_DIGITS = 15  # that Excel computes with: 5.0999999999999996 is shown as 5.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet and its rows from the first to the last that has a text."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_sheets(path: Path, data: bytes) -> tuple[Sheet, ...]:
    """The sheets that have text and are not hidden.

    Raises:
        SourceError: the file is damaged, encrypted or too large.
    """
    with open_archive(path, data, KIND) as archive:
        book = _part(path, archive, _WORKBOOK)
        if book is None:
            raise damaged(path, KIND, _WORKBOOK)
        places = _places(_part(path, archive, "xl/_rels/workbook.xml.rels"))
        reader = _Reader(
            path,
            _strings(_part(path, archive, "xl/sharedStrings.xml")),
            _formats(_part(path, archive, "xl/styles.xml")),
        )
        found = []
        for sheet in children(child(book, "sheets"), "sheet"):
            place = places.get(attribute(sheet, "id") or "")
            part = _part(path, archive, place) if place else None
            if part is not None and attribute(sheet, "state") in (None, "visible"):
                rows = reader.rows(part)
                if rows:
                    found.append(Sheet((attribute(sheet, "name") or "").strip(), rows))
    return tuple(found)


def _part(path: Path, archive: Archive, name: str) -> Element | None:
    data = archive.read(name)
    return parse_xml(path, data, KIND) if data is not None else None


def _places(relations: Element | None) -> dict[str, str]:
    """The members that the relations of the workbook name."""
    return {
        attribute(one, "Id") or "": posixpath.normpath(posixpath.join("/xl", attribute(one, "Target") or "")).lstrip("/")
        for one in children(relations, "Relationship")
    }  # fmt: skip


def _strings(shared: Element | None) -> tuple[str, ...]:
    return tuple(_words(item) for item in children(shared, "si"))


def _words(element: Element | None) -> str:
    """The text of a string, of several runs or of one; what is written above characters to be read aloud is left out."""
    if element is None:
        return ""
    runs = [child(run, "t") for run in children(element, "r")]
    return "".join(run.text or "" for run in (child(element, "t"), *runs) if run is not None)


def _formats(styles: Element | None) -> tuple[str, ...]:
    """How the numbers of each style of cells are shown."""
    own = {
        int(number): attribute(one, "formatCode") or ""
        for one in children(child(styles, "numFmts"), "numFmt")
        if (number := attribute(one, "numFmtId") or "").isascii() and number.isdigit()
    }
    known = _BUILT_IN | own
    return tuple(
        known.get(int(number), "") if (number := attribute(one, "numFmtId") or "0").isdecimal() else ""
        for one in children(child(styles, "cellXfs"), "xf")
    )


class _Reader:
    def __init__(self, path: Path, strings: Sequence[str], formats: Sequence[str]) -> None:
        self._path = path
        self._strings = strings
        self._formats = formats
        self._cells = 0

    def rows(self, sheet: Element) -> tuple[tuple[Cell, ...], ...]:
        """The rows of a sheet that have a text; a merged cell is as wide as it is, and continues in the rows below."""
        merged = _Merged(child(sheet, "mergeCells"))
        rows: list[tuple[Cell, ...]] = []
        for place, row in enumerate(children(child(sheet, "sheetData"), "row"), 1):
            number = _number(attribute(row, "r"), place)
            cells = {cell.column: cell for cell in self._row(row, number, merged)}
            for cell in merged.continuing(number):
                self._count()
                cells[cell.column] = cell
            if any(cell.text or cell.continues for cell in cells.values()):
                rows.append(tuple(cells[column] for column in sorted(cells)))
        return tuple(rows)

    def _row(self, row: Element, number: int, merged: _Merged) -> Iterator[Cell]:
        last = -1
        for cell in children(row, "c"):
            self._count()
            found = _REFERENCE.fullmatch(attribute(cell, "r") or "")
            last = _column(found[1]) if found else last + 1
            if not merged.covers(number, last):
                text = self._text(cell)
                yield Cell(last, merged.width(number, last), tuple(text.split("\n")) if text else ())

    def _count(self) -> None:
        self._cells += 1
        if self._cells > _MOST_CELLS:
            raise too_big(self._path, f"超过 {_MOST_CELLS} 格", f"has more than {_MOST_CELLS} cells")

    def _text(self, cell: Element) -> str:
        """What is shown in a cell; of a formula the value that was computed last."""
        kind, value = attribute(cell, "t"), child(cell, "v")
        if kind == "inlineStr":
            return _words(child(cell, "is")).strip()
        written = (value.text or "").strip() if value is not None else ""
        if kind == "s":
            number = _number(written, 0, least=0) if written else -1
            return self._strings[number].strip() if 0 <= number < len(self._strings) else ""
        if kind in ("str", "d"):
            return written
        if kind == "b":
            return {"1": "是", "0": "否"}.get(written, "")
        if kind == "e" or not written:
            return ""
        style = _number(attribute(cell, "s"), 0, least=0)
        return _shown(written, self._formats[style] if style < len(self._formats) else "")


class _Merged:
    """The merged cells of a sheet, by the rows in which they begin."""

    def __init__(self, ranges: Element | None) -> None:
        self._widths: dict[tuple[int, int], int] = {}
        self._begin: dict[int, list[tuple[int, int, int]]] = {}  # row → column, width, last row
        self._open: list[tuple[int, int, int]] = []
        for one in children(ranges, "mergeCell"):
            found = _RANGE.fullmatch(attribute(one, "ref") or "")
            if found:
                left, right = _column(found[1]), _column(found[3])
                top, bottom = int(found[2]), int(found[4])
                self._widths[top, left] = right - left + 1
                self._begin.setdefault(top, []).append((left, right - left + 1, bottom))

    def width(self, row: int, column: int) -> int:
        return max(1, self._widths.get((row, column), 1))

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell is hidden by one to its left; those above are told by `continuing`."""
        return any(left < column < left + width for left, width, _ in self._begin.get(row, ()))

    def continuing(self, row: int) -> Iterator[Cell]:
        """The cells of a row that began in one above; rows are asked in their order."""
        self._open = [one for one in self._open if one[2] >= row]
        yield from (Cell(left, width, (), continues=True) for left, width, _ in self._open)
        self._open.extend(one for one in self._begin.get(row, ()) if one[2] > row)


def _column(letters: str) -> int:
    """The number of a column from 0: A, B, … Z, AA."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


def _number(written: str | None, otherwise: int, least: int = 1) -> int:
    found = int(written) if written is not None and re.fullmatch("[0-9]{1,7}", written) else otherwise
    return found if found >= least else otherwise


def _shown(written: str, form: str) -> str:
    """A number as its format shows it: 0.051 under 0.0% is 5.1%."""
    try:
        value = float(written)
    except ValueError:
        return written
    plain = _QUOTED.sub("", form.split(";")[0])
    if re.search("[yYdD年日]|m.*月", plain) and 0 < value <= _LAST_DAY:
        return f"{_FIRST_DAY + timedelta(days=int(value)):%Y-%m-%d}"
    decimals = len(found[1]) if (found := re.search(r"0\.(0+)", plain)) else 0
    if "%" in plain:
        return f"{100 * value:.{decimals}f}%"
    if "0" in plain and "E" not in plain:
        return f"{value:{',' if ',' in plain else ''}.{decimals}f}"
    return f"{value:.{_DIGITS}g}"
