"""Word documents (.docx): the text of the body in reading order, without what is only around it.

Read from the XML itself. python-docx leaves inserted revisions and text boxes out of a paragraph's text,
knows no list numbers, refuses the strict variant of the format, and raises a dozen kinds of error on a
damaged file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from indexer.errors import SourceError
from indexer.formats.docx_numbering import Numbering, read_numbering
from indexer.formats.limits import Archive, open_archive
from indexer.formats.result import Extracted, damaged, property_title, unpaged
from indexer.formats.tables import Cell, table_lines
from indexer.formats.xml_names import (
    Element,
    attribute,
    child,
    children,
    is_on,
    local,
    number_of,
    parse_xml,
    value_of,
)

KIND = "Word (.docx)"
_MAIN = "word/document.xml"
_PROPERTIES = "docProps/core.xml"
# Removed revisions, phonetic guides, the twin of a drawing for old programs, and deleted list rows.
_LEFT_OUT = frozenset({"del", "moveFrom", "rt", "Fallback", "pPr", "rPr", "instrText", "delText"})
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_WORDS = ("wordprocessingml", "officeDocument/2006/math", "officeDocument/math")


def read_docx(path: Path, data: bytes) -> Extracted:
    """The paragraphs and tables of the body, then the footnotes and endnotes.

    Headers, footers, comments, hidden text and the table of contents are left out; revisions count as
    accepted; automatic list numbers are written out; a text box follows the paragraph it hangs on; a
    table's row is one line, «表头：值 | 表头：值».

    Raises:
        SourceError: it is damaged, encrypted, too large, or no Word document.
    """
    with open_archive(path, data, KIND) as archive:
        main = _main_part(path, archive)
        body = child(_part(path, archive, main), "body")
        if body is None:
            raise damaged(path, KIND, main)
        folder = posixpath.dirname(main)
        beside = {
            name: _optional_part(path, archive, posixpath.join(folder, f"{name}.xml"))
            for name in ("numbering", "styles", "footnotes", "endnotes")
        }
        declared = property_title(_text_of(child(_properties(path, archive), "title")))
    reader = _Reader(
        read_numbering(beside["numbering"], beside["styles"]), _contents_styles(beside["styles"])
    )
    lines = [*reader.blocks(body)]
    for kind in ("footnote", "endnote"):
        for note in children(beside[f"{kind}s"], kind):
            # Those of a type are the rules that separate notes from the text.
            if attribute(note, "type") in (None, "normal"):
                lines.extend(reader.blocks(note))
    return replace(unpaged(lines), declared=declared)


def _properties(path: Path, archive: Archive) -> Element | None:
    try:
        return _optional_part(path, archive, _PROPERTIES)
    except SourceError:
        # Whatever is wrong with it, the report is in another part.
        return None


def _text_of(element: Element | None) -> str | None:
    return element.text if element is not None else None


def is_docx(names: Iterable[str]) -> bool:
    """Whether the members of an archive are those of a Word document."""
    return any(re.fullmatch(r"word/document\d*\.xml", name) for name in names)


def _main_part(path: Path, archive: Archive) -> str:
    """Where the relationships say the text is: nearly always word/document.xml."""
    if _MAIN in archive.names:
        return _MAIN
    relations = _optional_part(path, archive, "_rels/.rels")
    for relation in children(relations, "Relationship"):
        target = (attribute(relation, "Target") or "").lstrip("/")
        if (attribute(relation, "Type") or "").endswith("/officeDocument") and target in archive.names:
            return target
    return next((n for n in sorted(archive.names) if is_docx([n])), _MAIN)


def _part(path: Path, archive: Archive, name: str) -> Element:
    data = archive.read(name)
    if data is None:
        raise damaged(path, KIND, name)
    return parse_xml(path, data, KIND)


def _optional_part(path: Path, archive: Archive, name: str) -> Element | None:
    return _part(path, archive, name) if name in archive.names else None


def _contents_styles(styles: Element | None) -> frozenset[str]:
    """The styles that Word gives the lines of a table of contents."""
    return frozenset(
        attribute(style, "styleId") or ""
        for style in children(styles, "style")
        if re.match(r"toc [1-9]$", (value_of(child(style, "name")) or "").lower())
    )


class _Reader:
    """Walks a body once, counting its lists."""

    def __init__(self, numbering: Numbering, contents: frozenset[str]) -> None:
        self._numbering = numbering
        self._contents = contents
        # The text of a paragraph whose own end was deleted: it runs on into the next one.
        self._carried: list[str] = []

    def blocks(self, container: Element) -> Iterator[str]:
        """The lines of the paragraphs and tables in `container`, in order."""
        for element in container:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from table_lines(self._rows(element))
            elif name == "sdt":
                if not _is_contents(element):
                    yield from (
                        self.blocks(content) if (content := child(element, "sdtContent")) is not None else ()
                    )
            elif name in ("ins", "moveTo", "customXml", "smartTag", "altChunk"):
                yield from self.blocks(element)
        if self._carried:
            yield self._with_carried("")

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        if value_of(child(properties, "pStyle")) in self._contents:
            return
        boxes: list[Element] = []
        text = "".join(_words(paragraph, boxes))
        if text.strip() and not self._carried:
            text = self._numbering.label(paragraph) + text
        if child(child(properties, "rPr"), "del") is None:
            yield self._with_carried(text)
        elif text or self._carried:
            self._carried.append(text)
        for box in boxes:
            yield from self.blocks(box)

    def _with_carried(self, text: str) -> str:
        whole = "".join((*self._carried, text))
        self._carried.clear()
        return whole

    def _rows(self, table: Element) -> Iterator[list[Cell]]:
        for row in _within(table, "tr"):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            column = number_of(child(properties, "gridBefore"), 0)
            cells: list[Cell] = []
            for cell in _within(row, "tc"):
                about = child(cell, "tcPr")
                width = max(1, number_of(child(about, "gridSpan"), 1))
                merge = child(about, "vMerge")
                continues = merge is not None and value_of(merge) != "restart"
                cells.append(Cell(column, width, () if continues else tuple(self.blocks(cell)), continues))
                column += width
            yield cells


def _within(element: Element, name: str) -> Iterator[Element]:
    """The children of that name, also inside wrappers that carry no text of their own."""
    for found in element:
        if local(found) == name:
            yield found
        elif local(found) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _within(found, name)


def _words(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The text inside a paragraph; its text boxes are put aside in `boxes`."""
    for found in element:
        name = local(found)
        if name == "t":
            if any(words in str(found.tag) for words in _WORDS):
                yield found.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "txbxContent":
            boxes.append(found)
        elif name not in _LEFT_OUT and not (name == "r" and is_on(child(child(found, "rPr"), "vanish"))):
            yield from _words(found, boxes)


def _is_contents(element: Element) -> bool:
    gallery = child(child(child(element, "sdtPr"), "docPartObj"), "docPartGallery")
    return value_of(gallery) == "Table of Contents"
