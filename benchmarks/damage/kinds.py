"""The kinds of damage that texts suffer on their way, each as a function from paragraphs to the damaged text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from indexer.text.headings import MARKER, is_part_name

Paragraphs = Sequence[str]
_PER_PAGE = 30  # lines
_HEAD = "政府工作报告汇编　　第三辑"
_PROHIBITED = "，。、；：！？）》」』”’%％‰"
_HALF = str.maketrans("，。；：！？（）％", ",.;:!?()%")
_MARKS = re.compile(r"[，。；：、！？“”《》（）—…·]")
_ENDS = re.compile(r"[。！？]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Damage:
    """A kind of damage.

    Attributes:
        make: the damaged text of a report's paragraphs.
        keeps_words: whether the text itself tells what it was: no sign was lost, and none added that could be one of its.
    """

    name: str
    make: Callable[[Paragraphs], str]
    keeps_words: bool = True


def wrapped(
    paragraphs: Paragraphs,
    width: int,
    columns: bool = False,
    indent: str = "",
    between: str = "\n",
    within: str = "\n",
) -> str:
    """Lines of a fixed width: in characters, cut anywhere, or in columns, as a typesetter breaks them."""
    return between.join(within.join(_broken(indent + p, width, columns)) for p in paragraphs) + "\n"


def _broken(paragraph: str, width: int, columns: bool) -> Iterator[str]:
    if not columns:
        yield from (paragraph[start : start + width] for start in range(0, len(paragraph), width))
        return
    line, used = "", 0
    for piece in re.findall(r"[A-Za-z0-9.]+|.", paragraph):
        size = sum(1 if c.isascii() else 2 for c in piece)
        if used + size > width and line and piece not in _PROHIBITED:
            yield line
            line, used = "", 0
        line, used = line + piece, used + size
    yield line


def spaced(paragraphs: Paragraphs) -> str:
    """A blank between all characters."""
    return "\n".join(" ".join(p.replace(" ", "")) for p in paragraphs)


def spaced_figures(paragraphs: Paragraphs) -> str:
    """A blank between the digits of every figure: 1 2 . 5％."""
    return "\n".join(_FIGURE.sub(lambda found: " ".join(found[0]), p) for p in paragraphs)


def paged(
    paragraphs: Paragraphs, foot: str = "— {} —", head: str = "", gap: str = "\n", width: int = 38
) -> str:
    """Printed lines with a head and a foot on every page; `{}` is the page's number."""
    lines = wrapped(paragraphs, width, indent="　　").split("\n")
    pages = [lines[start : start + _PER_PAGE] for start in range(0, len(lines), _PER_PAGE)]
    made = []
    for number, page in enumerate(pages, 1):
        parts = [[head.format(number)] if head else [], page, [foot.format(number)] if foot else []]
        made.append("\n".join(line for part in parts for line in part))
    return gap.join(made)


def paged_paragraphs(paragraphs: Paragraphs, foot: str, head: str = "", size: int = 700) -> str:
    """Whole paragraphs on a line each, torn only where a page ended, with its head and foot there."""
    text = "\n".join(paragraphs)
    made = []
    for number, start in enumerate(range(0, len(text), size), 1):
        made += [head.format(number)] if head and number > 1 else []
        made += [text[start : start + size].strip("\n"), foot.format(number)]
    return "\n".join(made)


def inline_page_numbers(paragraphs: Paragraphs) -> str:
    """Page numbers inside the sentences: copied out of a viewer, the breaks of its pages lost."""
    text = "\n".join(paragraphs)
    pages = [text[start : start + 900] for start in range(0, len(text), 900)]
    return "".join(f"{page} — {number} — " for number, page in enumerate(pages, 1))


def page_junk(paragraphs: Paragraphs) -> str:
    """What a government's site puts around a text."""
    before = (
        "当前位置：首页 > 政务公开 > 政府工作报告 > 正文\n字号：[大] [中] [小]　　打印　　下载\n"
        "发布时间：2023-02-20 10:15　　来源：市政府办公室　　浏览次数：1287\n分享到：微信 微博\n"
    )
    after = (
        "\n【打印本页】 【关闭窗口】\n扫一扫在手机打开当前页\n责任编辑：王小明\n上一篇：2023年重点项目清单\n"
        "下一篇：没有了\n主办：某市人民政府办公室　承办：某市大数据局\n某ICP备05000001号　网站标识码：3302000001\n版权所有　联系我们　网站地图\n"
    )
    return before + "\n".join(paragraphs) + after


def contents(paragraphs: Paragraphs) -> str:
    """A table of contents before the text, with leaders and pages."""
    heads = [p for p in paragraphs if (MARKER.match(p) or is_part_name(p)) and len(p) <= 40]
    rows = [f"{head.rstrip('。')}……………………{number + 1}" for number, head in enumerate(heads)]
    return "\n".join([*paragraphs[:1], "目　录", *rows, *paragraphs[1:]])


def glued(paragraphs: Paragraphs) -> str:
    """Numbered headings without a break behind them."""
    out: list[str] = []
    for p in paragraphs:
        if out and _is_heading(out[-1]) and not _is_heading(p):
            out[-1] += p
        else:
            out.append(p)
    return "\n".join(out)


def _is_heading(paragraph: str) -> bool:
    return bool(MARKER.match(paragraph)) and len(paragraph) <= 40 and not _ENDS.search(paragraph)


def joined(paragraphs: Paragraphs, by: str) -> str:
    """The whole text as one line."""
    return by.join(paragraphs)


def half_width(paragraphs: Paragraphs) -> str:
    """Half-width marks throughout."""
    return "\n".join(p.translate(_HALF) for p in paragraphs)


def without_marks(paragraphs: Paragraphs) -> str:
    """No punctuation but in figures and numbers of headings."""
    return "\n".join(_MARKS.sub("", p) for p in paragraphs)


def escaped(paragraphs: Paragraphs) -> str:
    """Blanks and quotation marks as escapes of other programs."""
    names = {"“": "&ldquo;", "”": "&rdquo;", "·": "&middot;", "—": "&mdash;"}
    return "\n".join(
        "<U+3000><U+3000>"
        + re.sub("[“”·—]", lambda found: names[found[0]], p).replace(" ", "&nbsp;")
        + "<U+00A0>"
        for p in paragraphs
    )


def annotated(paragraphs: Paragraphs) -> str:
    """The sound of a character in brackets after it."""
    return "\n".join(re.sub("(新)", r"\1（xīn）", p).replace("城市", "城(chéng)市") for p in paragraphs)


def commented(paragraphs: Paragraphs) -> str:
    """What a scrape leaves of the page's source."""
    parts = [
        ".TRS_Editor P{margin-top:0;line-height:2;font-family:宋体;font-size:12pt;}",
        "<!--enpproperty <date>2023</date> enpproperty-->",
    ]
    for number, p in enumerate(paragraphs):
        parts.append(p if number % 7 else f"<!-- p {number} -->{p}<!--EndFragment-->")
    return "\n".join([*parts, "// <![CDATA[ var x = 1; // ]]>"])


KINDS: tuple[Damage, ...] = (
    Damage("none", "\n".join),
    Damage("wrap 35", partial(wrapped, width=35), keeps_words=False),
    Damage("wrap 35, blank lines", partial(wrapped, width=35, between="\n\n")),
    Damage("wrap 35, set in", partial(wrapped, width=35, indent="　　")),
    Damage("wrap 35, set in, blank lines", partial(wrapped, width=35, indent="　　", between="\n\n")),
    Damage("wrap 17", partial(wrapped, width=17), keeps_words=False),
    Damage("wrap 22, set in", partial(wrapped, width=22, indent="　　")),
    Damage("wrap 60", partial(wrapped, width=60)),
    Damage(
        "wrap 35, double-spaced, set in",
        partial(wrapped, width=35, indent="　　", between="\n\n", within="\n\n"),
    ),
    Damage(
        "wrap 35, double-spaced", partial(wrapped, width=35, between="\n\n", within="\n\n"), keeps_words=False
    ),
    Damage("columns 70", partial(wrapped, width=70, columns=True), keeps_words=False),
    Damage("columns 70, blank lines", partial(wrapped, width=70, columns=True, between="\n\n")),
    Damage("columns 76, set in", partial(wrapped, width=76, columns=True, indent="　　")),
    Damage("columns 50, set in by four", partial(wrapped, width=50, columns=True, indent="    ")),
    Damage("wrap 40, by blanks", partial(wrapped, width=40, within=" "), keeps_words=False),
    Damage("spaced", spaced),
    Damage("spaced figures", spaced_figures),
    Damage("pages, foot", partial(paged)),
    Damage("pages, head and foot", partial(paged, head=_HEAD, foot="第 {} 页 共 20 页")),
    Damage("pages, head with number", partial(paged, head=_HEAD + "　　{}", foot="", gap="\n\n")),
    Damage("pages, form feeds", partial(paged, head=_HEAD, foot="{}", gap="\f")),
    Damage("paragraphs over pages, foot", partial(paged_paragraphs, foot="- {} -")),
    Damage("paragraphs over pages, head and foot", partial(paged_paragraphs, foot="{}", head=_HEAD)),
    Damage("page numbers in sentences", inline_page_numbers),
    Damage("page junk", page_junk, keeps_words=False),
    Damage("contents", contents, keeps_words=False),
    Damage("glued headings", glued, keeps_words=False),
    Damage("one line, blanks", partial(joined, by=" "), keeps_words=False),
    Damage("one line", partial(joined, by=""), keeps_words=False),
    Damage("half-width marks", half_width),
    Damage("escapes", escaped),
    Damage("sounds in brackets", annotated),
    Damage("comments", commented, keeps_words=False),
    Damage("no marks", without_marks, keeps_words=False),
)
