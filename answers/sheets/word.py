"""An empty Word document as Chinese offices have it: A4, and a font that has the characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # python-docx costs 0.3 s, and only who writes such a file needs it
    from docx.document import Document as WordDocument

_FONT = "宋体"


def new_document() -> WordDocument:
    """The document: A4 with margins of 2.5 cm, 10.5 points."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = Document()
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    document.styles["Normal"].font.size = Pt(10.5)
    return document
