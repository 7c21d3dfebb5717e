"""Read an exported file back, as the program that opens it would."""

from __future__ import annotations

import csv
import io
import zipfile
from itertools import pairwise

import docx
import openpyxl
from markdown_it import MarkdownIt

Rows = list[list[str]]

# What a spreadsheet takes for the beginning of a formula, and what it passes over before it.
_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_UNSEEN = "\u200b\u200e\u200f\ufeff"


def runs(text: str) -> bool:
    """Whether a spreadsheet that reads the text from a CSV file might run it."""
    return text.startswith(("\t", "\r", "\n")) or text.lstrip().strip(_UNSEEN).lstrip().startswith(_SIGNS)


def xlsx_rows(content: bytes) -> list[Rows]:
    """The cells of every sheet as texts. No cell is a formula or an error."""
    found = []
    for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        assert {cell.data_type for row in page for cell in row} <= {"s", "n", "inlineStr"}
        found.append([["" if cell.value is None else str(cell.value) for cell in row] for row in page])
    return found


def csv_rows(content: bytes) -> Rows:
    """The cells; none would run, unless it is a plain number."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert content.startswith(b"\xef\xbb\xbf")
    for cell in (cell for row in rows for cell in row):
        assert not runs(cell) or is_number(cell), repr(cell)
    return rows


def docx_rows(content: bytes) -> list[Rows]:
    """The cells of every table. The document has no field and no link."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = parts.read("word/document.xml").decode()
    assert not any(tag in body for tag in ("<w:fldSimple", "<w:instrText", "<w:hyperlink"))
    tables = docx.Document(io.BytesIO(content)).tables
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]


def markdown_rows(content: bytes) -> list[Rows]:
    """The cells of every table as they would be read. All of the file is tables, headings and plain notes."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(content.decode())
    found: list[Rows] = []
    for opening, token in pairwise(tokens):
        assert not token.type.startswith(("html", "bullet", "blockquote", "code", "fence", "hr")), token.type
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {"text", "text_special"}, token.content
            if opening.type in ("th_open", "td_open"):
                found[-1][-1].append("".join(child.content for child in children))
    return found


def is_number(text: str) -> bool:
    """-5 and 1e10; a spreadsheet computes nothing of them."""
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()
