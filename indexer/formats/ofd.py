"""OFD (GB/T 33190), the page format of Chinese offices: a zip of XML in which each run of text has its place.

Runs become printed lines, and these paragraphs as those of a PDF do.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from indexer.formats.limits import PDF_PAGES, Archive, open_archive
from indexer.formats.lines import Line, is_wide, page_texts
from indexer.formats.pdf_text import Glyph, lines_of
from indexer.formats.reading_order import regions_of
from indexer.formats.result import Extracted, PageText, damaged, property_title, refused, too_big
from indexer.formats.running_heads import without_running_lines
from indexer.formats.xml_names import Element, attribute, child, children, local, parse_xml

KIND = "OFD"
SUFFIXES = (".ofd",)
_ROOT = "OFD.xml"
_NARROW = 0.55  # of an em, of a letter where the file does not say
_ASCENT = 0.88  # of an em, above the line on which characters stand
_NUMBER = re.compile(r"[-+]?(?:\d{1,9}(?:\.\d{0,12})?|\.\d{1,12})")
_MOST_CHARACTERS = 500_000  # at 15 µs each; a long report has 60,000
_MOST_ON_PAGE = 100_000  # characters; a printed page has 2,000
_GROUPS = frozenset({"Content", "Layer", "PageBlock"})


def is_ofd(names: frozenset[str]) -> bool:
    """Whether the members of an archive are those of an OFD."""
    return _ROOT in names


def read_ofd(path: Path, data: bytes) -> Extracted:
    """The text of each page; running heads, feet and page numbers are left out.

    Raises:
        SourceError: it is damaged, encrypted or too large, or all its pages are pictures.
    """
    with open_archive(path, data, KIND) as archive:
        body = child(_part(path, archive, _ROOT), "DocBody")
        root = (_words(child(body, "DocRoot")) or "").lstrip("/")
        document = _part(path, archive, root)
        pages = list(children(child(document, "Pages"), "Page"))
        if len(pages) > PDF_PAGES:
            raise too_big(path, f"超过 {PDF_PAGES} 页", f"has more than {PDF_PAGES} pages")
        printed: list[list[Line]] = []
        characters = 0
        for page in pages:
            rows = list(_rows(_part(path, archive, _place(root, attribute(page, "BaseLoc") or ""))))
            here = sum(map(len, rows))
            characters += here
            if here > _MOST_ON_PAGE or characters > _MOST_CHARACTERS:
                raise too_big(path, "文字过多", "holds too much text")
            printed.append(lines_of(rows))
    if not characters:
        raise refused(
            path, "里只有图片，没有文字", "holds pictures alone, no text",
            "请另存为 PDF，装了文字识别就能读", "Save it as a PDF, which text recognition can read",
        )  # fmt: skip
    regions = [
        region
        for number, lines in enumerate(without_running_lines(printed), 1)
        for region in regions_of(number, lines)
    ]
    return Extracted(
        tuple(PageText(number, text) for number, text in page_texts(regions).items()),
        property_title(_words(child(child(body, "DocInfo"), "Title"))),
    )


def _part(path: Path, archive: Archive, name: str) -> Element:
    data = archive.read(name)
    if data is None:
        raise damaged(path, KIND, name)
    return parse_xml(path, data, KIND)


def _place(document: str, place: str) -> str:
    """The member that a place names, which counts from the folder of the document or, after a slash, from the top."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(document), place)).lstrip("/")


def _words(element: Element | None) -> str:
    return " ".join((element.text or "").split()) if element is not None else ""


def _rows(page: Element) -> Iterator[list[Glyph]]:
    """The characters of every run of text on a page, without blanks, in the order in which they were written."""
    waiting = [child(page, "Content")]
    while waiting:
        group = waiting.pop()
        inside = []
        for element in group if group is not None else ():
            if local(element) in _GROUPS:
                inside.append(element)
            elif local(element) == "TextObject":
                for code in children(element, "TextCode"):
                    if row := list(_glyphs(element, code)):
                        yield row
        waiting.extend(reversed(inside))


def _glyphs(run: Element, code: Element) -> Iterator[Glyph]:
    left, top = (*_numbers(attribute(run, "Boundary")), 0.0, 0.0)[:2]
    size = next(iter(_numbers(attribute(run, "Size"))), 0.0)
    matrix = _numbers(attribute(run, "CTM"))
    a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    x, y = (next(iter(_numbers(attribute(code, axis))), 0.0) for axis in "XY")
    scale = (a * a + b * b) ** 0.5
    em = size * scale
    text = code.text or ""
    across, down = (_advances(attribute(code, f"Delta{axis}"), len(text)) for axis in "XY")
    for place, character in enumerate(text):
        width = size * (1.0 if is_wide(character) else _NARROW)
        step = across[place] if place < len(across) else (0.0 if down else width)
        if not character.isspace():
            at, base = left + a * x + c * y + e, top + b * x + d * y + f
            # As wide as the file sets it, where that is no gap between two characters.
            right = at + scale * (step if width < step <= size else width)
            yield Glyph(character, at, base - _ASCENT * em, right, base + (1 - _ASCENT) * em)
        x, y = x + step, y + (down[place] if place < len(down) else 0.0)


def _advances(written: str | None, most: int) -> list[float]:
    """How far each character stands from the one before; «g 3 5.29» stands for three times 5.29."""
    words = (written or "").split()
    found: list[float] = []
    place = 0
    while place < len(words) and len(found) < most:
        if words[place] == "g" and place + 2 < len(words) and words[place + 1].isdigit():
            count = min(int(words[place + 1][:6]), most - len(found))
            found.extend(_numbers(words[place + 2])[:1] * count)
            place += 3
        else:
            found.extend(_numbers(words[place])[:1])
            place += 1
    return found


def _numbers(written: str | None) -> list[float]:
    return [float(one) for one in _NUMBER.findall(written or "")]
