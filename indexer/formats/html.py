"""Web pages: the article alone, without menus, scripts and footers."""

from __future__ import annotations

import re
from pathlib import Path

import trafilatura
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from indexer.formats.limits import HTML_ATTRIBUTES, HTML_BYTES, HTML_TAGS, check_size
from indexer.formats.markup import write_tables_out
from indexer.formats.plain_text import decoded, known_codec
from indexer.formats.result import Declared, Extracted, PageText, empty, refused, too_big

# The comments are an atomic group: where they may end twice, trying every way would take for ever.
_START = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?>(?:<!--.*?-->\s*)*)<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.I)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{2,40})""")
# A tag up to its end, which is none inside quotation marks, and in it the names of attributes and their bare values.
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
_NAME = re.compile(r"""[^\s/="'<>]++""")
_TITLES = {"articletitle", "og:title", "dc.title", "title"}
_SITE = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+")
_LONGEST_TITLE = 200
_PARAGRAPHS = ("p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4")
_LOOKED_AT = 4_096  # bytes in which a page declares itself


def looks_like_html(data: bytes) -> bool:
    """Whether the content opens as a web page does; a fragment of markup in a text does not."""
    opening = data[:_LOOKED_AT]
    if opening.startswith((b"\xff\xfe", b"\xfe\xff")):
        opening = opening.replace(b"\x00", b"")[2:]
    return bool(_START.match(opening.removeprefix(b"\xef\xbb\xbf")))


def read_html(path: Path, data: bytes, charset: str | None = None) -> Extracted:
    """The main text of a page, a paragraph a line; tables as rows, «表头：值 | 表头：值».

    `charset` is Python's name of the encoding that something around the page declares.

    Raises:
        SourceError: it is too large, in an unknown encoding, or has no main text.
    """
    check_size(path, len(data), HTML_BYTES)
    markup = decoded(data, charset or _declared(data))
    if markup is None:
        raise refused(
            path, "的编码认不出来", "is in an unknown encoding",
            "请用浏览器打开，复制正文存为 UTF-8 编码的 .txt", "Open it in a browser and save its text as .txt in UTF-8",
        )  # fmt: skip
    if markup.count("<") > HTML_TAGS:
        raise too_big(path, f"有超过 {HTML_TAGS} 个标记", f"has more than {HTML_TAGS} tags")
    if any(_has_many_attributes(tag[0]) for tag in _TAG.finditer(markup)):
        raise too_big(
            path,
            f"有一个标记带超过 {HTML_ATTRIBUTES} 个属性",
            f"has a tag with more than {HTML_ATTRIBUTES} attributes",
        )
    # With the encoding settled here, whatever the page says of itself no longer counts.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, no_network=True
    )
    try:
        tree = lxml_html.document_fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise empty(path) from error
    # Before the article is cut out of it, which may take the head away.
    declared = _declared_of(tree)
    write_tables_out(tree)
    for block in list(tree.iter("center", "section")):
        # Blocks as any other: what follows would else be glued to the one, and words that only the other frames be lost.
        block.tag = "div" if next(block.iterdescendants(*_PARAGRAPHS, "section"), None) is not None else "p"
    text = trafilatura.extract(
        tree, output_format="txt", include_comments=False, include_tables=True, favor_recall=True,
        with_metadata=False, deduplicate=False,
    )  # fmt: skip
    if not text or not text.strip():
        raise refused(
            path, "这个网页里找不到正文", "is a page without a main text",
            "请用浏览器打开，复制正文存为 .txt", "Open it in a browser and save its text as .txt",
        )  # fmt: skip
    return Extracted((PageText(None, f"{text}\n"),), declared)


def _declared_of(tree: lxml_html.HtmlElement) -> Declared:
    """What the page calls its article: first headings and what is written for machines, then the title of the window."""
    written = [
        *(heading.text_content() for heading in tree.iter("h1")),
        *(meta.get("content", "") for meta in tree.iter("meta") if _names_of(meta) & _TITLES),
        *(title.text_content() for title in tree.iter("title")),
    ]
    titles = (_without_site(" ".join(words.split())) for words in written)
    return Declared(titles=tuple(dict.fromkeys(filter(None, titles))), meant=False)


def _names_of(meta: lxml_html.HtmlElement) -> set[str]:
    return {(meta.get(attribute) or "").lower() for attribute in ("name", "property")}


def _without_site(title: str) -> str:
    """溧阳市2024年政府工作报告_溧阳市人民政府: what follows the mark is the site."""
    return _SITE.split(title, maxsplit=1)[0].strip()[:_LONGEST_TITLE]


def _has_many_attributes(tag: str) -> bool:
    if len(tag) <= 2 * HTML_ATTRIBUTES:
        return False
    return sum(1 for _ in _NAME.finditer(_QUOTED.sub('"', tag))) > HTML_ATTRIBUTES


def _declared(data: bytes) -> str | None:
    found = _XML_ENCODING.search(data[:_LOOKED_AT]) or _CHARSET.search(data[:_LOOKED_AT])
    return known_codec(found[1].decode("ascii")) if found else None
