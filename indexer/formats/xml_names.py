"""Look into WordprocessingML by local names, so that the transitional and the strict namespace both do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from indexer.formats.result import damaged

Element: TypeAlias = etree._Element


def parse_xml(path: Path, data: bytes, kind: str) -> Element:
    """The root of an XML part.

    Entities stay unresolved, nothing outside is fetched, and libxml2's own limits on depth and size
    stay on, so neither a declared entity nor an external one does anything.

    Raises:
        SourceError: it is not well-formed, or declares a document type, which no word processor writes.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise damaged(path, kind, str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise damaged(path, kind, "DOCTYPE")
    return root


def local(element: Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that local name."""
    return next(children(element, name), None)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children of that local name."""
    if element is not None:
        yield from (found for found in element if local(found) == name)


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of that local name, whichever namespace it is in."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def value_of(element: Element | None) -> str | None:
    """The `w:val` of a property."""
    return attribute(element, "val")


def number_of(element: Element | None, otherwise: int) -> int:
    """The `w:val` of a property as a whole number of at most six digits, else `otherwise`."""
    value = value_of(element)
    return int(value) if value is not None and re.fullmatch("[0-9]{1,6}", value) else otherwise


def is_on(element: Element | None) -> bool:
    """Whether an on-off property is there and not switched off."""
    return element is not None and value_of(element) not in ("0", "false", "off")
