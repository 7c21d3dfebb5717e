"""Electronic books (.epub): the text of their chapters, in the order in which they are read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from indexer.formats.limits import HTML_TAGS, Archive, open_archive
from indexer.formats.markup import block_lines
from indexer.formats.plain_text import decoded
from indexer.formats.result import Extracted, damaged, encrypted, property_title, too_big, unpaged
from indexer.formats.xml_names import Element, attribute, child, children, local, parse_xml

KIND = "EPUB"
SUFFIXES = (".epub",)
_CONTAINER = "META-INF/container.xml"
_LOCKED = "META-INF/rights.xml"
_MOST_TAGS = 3 * HTML_TAGS  # of all chapters
_CHAPTERS = ("application/xhtml+xml", "text/html")


def is_epub(names: frozenset[str]) -> bool:
    """Whether the members of an archive are those of a book."""
    return _CONTAINER in names


def read_epub(path: Path, data: bytes) -> Extracted:
    """The paragraphs of all chapters, and the title of the book.

    Raises:
        SourceError: it is damaged, locked or too large.
    """
    with open_archive(path, data, KIND) as archive:
        if _LOCKED in archive.names:
            raise encrypted(path, KIND)
        place = _package_of(path, archive)
        package = archive.read(place)
        if package is None:
            raise damaged(path, KIND, place)
        book = parse_xml(path, package, KIND)
        lines: list[str] = []
        tags = 0
        for name in _spine(book, place):
            markup = decoded(archive.read(name) or b"")
            tags += (markup or "").count("<")
            if tags > _MOST_TAGS:
                raise too_big(path, f"有超过 {_MOST_TAGS} 个标记", f"has more than {_MOST_TAGS} tags")
            lines += _paragraphs(markup) if markup else ()
    title = next((one for one in children(child(book, "metadata"), "title")), None)
    words = "".join(title.itertext()) if title is not None else ""
    return Extracted(unpaged(lines).pieces, property_title(words))


def _package_of(path: Path, archive: Archive) -> str:
    container = archive.read(_CONTAINER)
    root = parse_xml(path, container, KIND) if container is not None else None
    return next(
        (attribute(one, "full-path") or "" for one in children(child(root, "rootfiles"), "rootfile")), ""
    )


def _spine(book: Element, package: str) -> Iterator[str]:
    """The members that hold the chapters, in order; the table of contents is none of them."""
    folder = posixpath.dirname(package)
    chapters = {
        attribute(item, "id"): posixpath.normpath(posixpath.join(folder, unquote(attribute(item, "href") or "")))
        for item in children(child(book, "manifest"), "item")
        if attribute(item, "media-type") in _CHAPTERS and "nav" not in (attribute(item, "properties") or "").split()
    }  # fmt: skip
    named = (attribute(one, "idref") for one in children(child(book, "spine"), "itemref"))
    yield from dict.fromkeys(chapters[name] for name in named if name in chapters)


def _paragraphs(markup: str) -> Iterator[str]:
    """The paragraphs of a chapter."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True
    )
    try:
        root = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return  # a picture alone
    body = next((one for one in root.iter() if local(one) == "body"), None)
    if body is not None:
        yield from block_lines(body)
