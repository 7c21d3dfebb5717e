"""Files for the tests, made on the spot."""

from __future__ import annotations

import base64
import io
import itertools
import quopri
import random
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml as docx_xml

from embeddings.language import Text
from indexer.errors import SourceError
from indexer.formats import Extracted, extract

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCE = "坚持稳中求进工作总基调，推动高质量发展取得新成效。"
REPORT = [
    "政府工作报告", "各位代表：", "一、2024年工作回顾",
    "地区生产总值增长5.2%，城镇新增就业20万人，居民收入增长与经济增长同步，粮食产量创历史新高。" * 3,
    "（一）着力提升创新能力。" + SENTENCE * 6, "二、2025年工作安排", "做好今年工作，要坚持以人民为中心。" + SENTENCE * 9,
    "各位代表，让我们团结奋斗！",
]  # fmt: skip


def read(name: str, data: bytes) -> Extracted:
    return extract(Path(name), data)


def lines_of(name: str, data: bytes) -> list[str]:
    """The paragraphs, without empty ones."""
    return [line for line in read(name, data).text.split("\n") if line.strip()]


def refusal(name: str, data: bytes) -> Text:
    """What the error for the file says; it names the file in both languages."""
    try:
        found = read(name, data)
    except SourceError as error:
        assert name in error.text.zh and name in error.text.en
        return error.text
    raise AssertionError(f"{name} was read: {found.text[:80]!r}")


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_file(paragraphs: Sequence[str] = REPORT) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def with_body(xml: str) -> bytes:
    """A Word file that holds these elements."""
    document = docx.Document()
    for element in docx_xml(f"<w:body {W}>{xml}</w:body>"):
        document.element.body.append(element)
    return saved(document)


def raw_word_file(document: str | bytes, **parts: str) -> bytes:
    """A Word file of hand-written parts."""
    members = {"[Content_Types].xml": "<Types/>", "word/document.xml": document}
    return zipped({**members, **{f"word/{name}.xml": xml for name, xml in parts.items()}})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


Placed = tuple[float, float, str]


# Of a page that is shown turned, its box and the matrix that makes its text upright again.
_TURNED = {
    0: ("0 0 595 842", "1 0 0 1 0 0"), 90: ("0 0 842 595", "0 1 -1 0 842 0"),
    180: ("0 0 595 842", "-1 0 0 -1 595 842"), 270: ("0 0 842 595", "0 -1 1 0 0 595"),
}  # fmt: skip


def pdf_file(
    pages: Sequence[Sequence[Placed]],
    size: float = 14,
    extra: str = "",
    rotate: int = 0,
    drawn: Sequence[str] = (),
) -> bytes:
    """A PDF with a text layer in Chinese; each text at its place (points from the upper left corner).

    The font is one of those every PDF reader knows and is not embedded: no font need be installed, since
    the project reads such a file with one of its own. Figures and Latin letters are half as wide as
    ideographs. `drawn` is what else is drawn on each page (`ruled`).
    """
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        f"2 0 obj<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>endobj",
        "3 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>endobj",
        "4 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor 5 0 R>>endobj",
        "5 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>endobj",
    ]
    for number, placed in enumerate(pages):
        shown = "".join(
            f"BT /F {size} Tf {x} {842 - y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"
            for x, y, text in placed
        )
        box, matrix = _TURNED[rotate]
        shown = f"{matrix} cm\n{drawn[number] if drawn else ''}{shown}"
        objects.append(
            f"{10 + 2 * number} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Rotate {rotate}"
            f"/Contents {11 + 2 * number} 0 R/Resources<</Font<</F 3 0 R>>>>>>endobj"
        )
        objects.append(f"{11 + 2 * number} 0 obj<</Length {len(shown)}>>stream\n{shown}endstream endobj")
    return pdf_of(objects, extra)


def ruled(lines: Sequence[tuple[float, float, float, float]]) -> str:
    """Lines from one point to another, points from the upper left corner."""
    return "".join(f"{x} {842 - y} m {to_x} {842 - to_y} l S\n" for x, y, to_x, to_y in lines)


def pdf_of(objects: Sequence[str], extra: str = "") -> bytes:
    """A PDF of these objects, object 1 its catalogue; without a cross-reference table, which readers rebuild."""
    body = "\n".join(objects)
    return f"%PDF-1.4\n{body}\ntrailer<</Root 1 0 R {extra}>>\n%%EOF".encode("latin-1")


def typeset(
    paragraphs: Sequence[str], per_line: int = 28, per_page: int = 20, left: float = 90
) -> list[list[Placed]]:
    """Lines as a word processor breaks them: first lines set in by two characters, 14 points each."""
    pages: list[list[Placed]] = [[]]
    for paragraph in paragraphs:
        room, start = per_line - 2.0, 28.0
        line, used = "", 0.0
        for character in [*paragraph, ""]:
            width = 0.5 if character.isascii() else 1.0
            if not character or used + width > room:
                if len(pages[-1]) == per_page:
                    pages.append([])
                pages[-1].append((left + start, 100 + 30 * len(pages[-1]), line))
                line, used, room, start = "", 0.0, float(per_line), 0.0
            line, used = line + character, used + width
    return pages


def mutated(random_source: random.Random, data: bytes) -> bytes:
    """The file with some bytes changed, lost, moved or added."""
    changed = bytearray(data)
    for _ in range(random_source.choice([1, 1, 2, 4])):
        if len(changed) < 4:
            break
        place, other = random_source.randrange(len(changed)), random_source.randrange(len(changed))
        length = random_source.randrange(1, min(1500, max(2, len(changed) // 4)))
        match random_source.randrange(6):
            case 0:
                for _ in range(random_source.choice([1, 5, 50])):
                    changed[random_source.randrange(len(changed))] = random_source.randrange(256)
            case 1:
                del changed[place:]
            case 2:
                first, second = changed[place : place + length], changed[other : other + length]
                changed[place : place + length] = second
                changed[other : other + length] = first
            case 3:
                del changed[place : place + length]
            case 4:
                changed[place:place] = random_source.randbytes(random_source.randrange(1, 40))
            case _:
                changed[place:place] = changed[other : other + length]
    return bytes(changed)


def mutated_member(random_source: random.Random, data: bytes) -> bytes:
    """A zip archive whose directory is sound and one of whose XML members is mutated."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    chosen = random_source.choice([name for name in sorted(members) if name.endswith((".xml", ".rels"))])
    original = members[chosen]
    assert isinstance(original, bytes)
    return zipped({**members, chosen: mutated(random_source, original)})


def mhtml_file(page: bytes, charset: str = "utf-8", encoding: str = "quoted-printable") -> bytes:
    """A web archive as a browser saves one: the page and a picture."""
    body = quopri.encodestring(page) if encoding == "quoted-printable" else base64.encodebytes(page)
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----Part--x----"\r\n\r\n'
        f"------Part--x----\r\nContent-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    picture = "\r\n------Part--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"
    return head.encode() + body + picture.encode() + b"\r\n------Part--x------\r\n"


def epub_file(chapters: Sequence[str], title: str = "") -> bytes:
    """A book; every chapter is what stands in the body of its page."""
    numbers = range(len(chapters))
    items = "".join(
        f'<item id="c{n}" href="Text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in reversed(numbers))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title></metadata><manifest>{items}"
        '<item id="toc" href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
        f'<spine><itemref idref="toc"/>{spine}</spine></package>'
    )
    pages = {
        f"OEBPS/Text/c {n}.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'
        for n, body in enumerate(chapters)
    }
    container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    return zipped(
        {
            "mimetype": "application/epub+zip", "META-INF/container.xml": container, "OEBPS/content.opf": package,
            "OEBPS/toc.xhtml": "<html><body><p>目录</p></body></html>", **pages,
        }
    )  # fmt: skip


def ofd_file(pages: Sequence[Sequence[Placed]], scaled: bool = False, title: str = "") -> bytes:
    """An OFD with each text at its place (millimetres); `scaled`: type of size 1 that a matrix enlarges, as WPS writes it."""
    space, size = 'xmlns:ofd="http://www.ofdspec.org/2016"', 14.0
    about = 'Size="1" CTM="14 0 0 14 0 0"' if scaled else f'Size="{size}"'
    unit = 1.0 if scaled else size
    members: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo><ofd:Title>{title}</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n, _ in enumerate(pages))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, placed in enumerate(pages):
        runs = []
        for x, y, text in placed:
            advances = [unit / 2 if character.isascii() else unit for character in text[:-1]]
            written = " ".join(f"g {len(list(same))} {step}" for step, same in itertools.groupby(advances))
            runs.append(
                f'<ofd:TextObject Boundary="{x} {y} 400 20" {about}><ofd:TextCode X="0" Y="{unit}" DeltaX="{written}">'
                f"{text}</ofd:TextCode></ofd:TextObject>"
            )
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer><ofd:PageBlock>{''.join(runs)}</ofd:PageBlock></ofd:Layer>"
            "</ofd:Content></ofd:Page>"
        )
    return zipped(members)
