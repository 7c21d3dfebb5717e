"""Documents that a system exported as XML: the words of the element that holds most of them, a paragraph a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from indexer.formats.limits import HTML_TAGS, XML_BYTES, check_size
from indexer.formats.result import Declared, Extracted, refused, too_big, unpaged
from indexer.formats.xml_names import Element, local, parse_xml

KIND = "XML"
SUFFIXES = (".xml",)
_TITLES = {"title", "doctitle", "headline", "subject", "标题", "题名", "题目", "文件名称"}
# What a program wrote for itself: its words are cut into runs, or are of several languages.
_OF_PROGRAMS = re.compile(
    r"microsoft|openxmlformats|oasis|opendocument|w3\.org/(?:2005/Atom|1999/xhtml|2000/svg)", re.I
)
_NOT_READ = {"tmx", "rss", "feed", "xliff", "svg", "plist", "package", "wordDocument", "project", "xbrl"}
_MOST = 0.5  # of the words: an element with so many of them in one below it only holds that
_FEWEST = 30  # characters of a document
_BETWEEN = re.compile(r"\s*\n\s*")


def read_xml(path: Path, data: bytes) -> Extracted:
    """The paragraphs of a document, and its title where an element is called so.

    Raises:
        SourceError: it is damaged or too large, was written for a program, or holds several documents or none.
    """
    check_size(path, len(data), XML_BYTES)
    if data.count(b"<") > HTML_TAGS:
        raise too_big(path, f"有超过 {HTML_TAGS} 个标记", f"has more than {HTML_TAGS} tags")
    root = parse_xml(path, data, KIND)
    sizes = _sizes(root)
    body, title = root, _title_in(root)
    while True:
        inner = max(body, key=lambda one: sizes[one], default=None)
        if inner is None or not len(inner) or _has_words(inner) or sizes[inner] < _MOST * sizes[body]:
            break
        body = inner
        title = _title_in(body) or title
    lines = [line for line in _lines(body) if line != title]
    named = Counter(local(one) for one in body if _title_in(one))
    for_programs = local(root) in _NOT_READ or _OF_PROGRAMS.search(str(root.tag)) is not None
    if for_programs or sizes[body] < _FEWEST or max(named.values(), default=0) > 1:
        raise refused(
            path, "是 XML 文件，不是一份文档的正文，读不了", "is an XML file that is not the text of one document and cannot be read",
            "请用做出它的软件另存为 .docx、.html 或 .txt", "Save it as .docx, .html or .txt in the program it comes from",
        )  # fmt: skip
    return Extracted(unpaged([title, *lines] if title else lines).pieces, Declared((title,) if title else ()))


def _sizes(root: Element) -> dict[Element, int]:
    """How many characters each element holds, with those below it."""
    sizes: dict[Element, int] = {}
    for element in reversed(list(root.iter())):
        own = len((element.text or "").strip()) if local(element) else 0
        sizes[element] = own + sum(sizes[one] + len((one.tail or "").strip()) for one in element)
    return sizes


def _has_words(element: Element) -> bool:
    """Whether words stand in it beside those of the elements below it."""
    return bool((element.text or "").strip()) or any((one.tail or "").strip() for one in element)


def _title_in(element: Element) -> str:
    """What a child of the element that is called a title says."""
    found = next((one for one in element if local(one).lower() in _TITLES), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _lines(body: Element) -> Iterator[str]:
    """The paragraphs below an element; one with words of its own is one, whatever marks some of them."""
    waiting: list[Element] = [body]
    while waiting:
        element = waiting.pop()
        if _has_words(element) or not len(element):
            yield from (line for line in _BETWEEN.split("".join(element.itertext()).strip()) if line)
        else:
            waiting.extend(reversed(element))
