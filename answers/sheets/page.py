"""A page of quotations as DOCX (A4) and Markdown; every text goes through `answers.sheets.guard`."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from answers.sheets.files import Format
from answers.sheets.guard import clean, escaped, escaped_line, one_line
from answers.sheets.word import new_document
from indexer.text.span import Span

PAGE_FORMATS = (Format.DOCX, Format.MARKDOWN)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with what is marked in it.

    Attributes:
        heading: its report and the headings above it.
        marks: in characters of `text`, in order, apart.
        citations: fit for print, a line each.
    """

    heading: str
    text: str
    marks: tuple[Span, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page: its title, what was found, in large type, remarks, then passages under headings.

    Attributes:
        parts: a heading and the passages below it.
        foot: a line at the end.
    """

    title: str
    heading: str
    quotations: tuple[str, ...]
    notes: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Passage, ...]], ...]
    foot: str


def page_written(page: WrittenPage, form: Format) -> bytes:
    """The file that holds the page, as DOCX or Markdown."""
    return _docx(page) if form is Format.DOCX else _markdown(page).encode("utf-8")


def _pieces(passage: Passage) -> Iterator[tuple[str, bool]]:
    """The text cut at its marks, each piece with whether it is marked."""
    edges = [0, *(edge for mark in passage.marks for edge in (mark.start, mark.end)), len(passage.text)]
    for number, (start, end) in enumerate(pairwise(edges)):
        if start < end:
            yield passage.text[start:end], bool(number % 2)


def _bold(text: str) -> str:
    """In bold letters; Markdown's own sign for it does not end behind a mark: **1500个，**其中."""
    sides = text[:1] + text[-1:]
    return f"**{escaped(text)}**" if sides.isalnum() else f"<b>{_within(text)}</b>"


def _within(text: str) -> str:
    """A piece of a line, with the blanks at its ends."""
    lead = " " if text[:1].isspace() else ""
    return f"{lead}{escaped(text)}{' ' if text[-1:].isspace() else ''}"


def _docx(page: WrittenPage) -> bytes:
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt, RGBColor

    document = new_document()
    document.add_heading(one_line(page.title), level=1)
    document.add_heading(one_line(page.heading), level=2)
    for number, quotation in enumerate(page.quotations, 1):
        many = f"{number}. " if len(page.quotations) > 1 else ""
        run = document.add_paragraph(many).add_run(one_line(quotation))
        run.bold, run.font.size = True, Pt(14)
    for note in page.notes:
        document.add_paragraph(one_line(note)).runs[0].font.color.rgb = RGBColor(0x55, 0x55, 0x55)
    for heading, passages in page.parts:
        document.add_heading(one_line(heading), level=2)
        for passage in passages:
            document.add_paragraph().add_run(one_line(passage.heading)).bold = True
            body = document.add_paragraph()
            for text, marked in _pieces(passage):
                run = body.add_run(clean(text))
                if marked:
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            for citation in passage.citations:
                run = document.add_paragraph().add_run(one_line(citation))
                run.font.size = Pt(9)
    if page.foot:
        document.add_paragraph().add_run(one_line(page.foot)).font.size = Pt(9)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _markdown(page: WrittenPage) -> str:
    lines = [f"# {escaped(page.title)}", "", f"## {escaped(page.heading)}", ""]
    for number, quotation in enumerate(page.quotations, 1):
        many = f"{number}\\. " if len(page.quotations) > 1 else ""
        lines += [f"> {many}**{escaped(quotation)}**", ">"]
    if page.quotations:
        lines[-1] = ""
    for note in page.notes:
        lines += [escaped_line(note), ""]
    for heading, passages in page.parts:
        lines += [f"## {escaped(heading)}", ""]
        for passage in passages:
            body = "".join(_bold(text) if marked else _within(text) for text, marked in _pieces(passage))
            lines += [f"**{escaped(passage.heading)}**", "", f"> {body}", ""]
            lines += [f"- {escaped_line(citation)}" for citation in passage.citations]
            lines.append("")
    if page.foot:
        lines += ["---", "", escaped_line(page.foot)]
    return "\n".join(lines).rstrip() + "\n"
