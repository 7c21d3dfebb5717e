"""Signs that another program wrote as escapes, and rests of a page's source, in a text that is none."""

from __future__ import annotations

import html
import re

# R writes <U+00A0>, JSON \u3000, Excel _x000D_, pages &nbsp; and &#12288;.
_NUMBERED = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|_x([0-9A-F]{4})_")
_ENTITY = re.compile(r"&(?:amp;)?(nbsp(?![a-z;])|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5}|[A-Za-z]{2,8}\d{0,2}(?=;));?")
# \n after a Chinese character or a mark is a line break of JSON; \n of a path follows Latin letters.
_BREAK = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uff60”’—…])(?:\\r)?\\n|(?:\\r)?\\n(?=[\u3000-\u9fff\uff00-\uff60“‘])"
)
_SOURCE = re.compile(r"<(script|style)\b[^<>]{0,300}>(?:(?!<\1\b).){0,5000}?</\1\s*>", re.S | re.I)
_TAG = re.compile(
    r"<(?P<ends>/?(?:p|br|div|tr|li|h[1-6]|table|ul|ol)(?=[\s/>]))?(?(ends)|/?(?:span|b|strong|font|a|td|th|tbody|img|em|i|u|center|o:p|input|iframe)(?=[\s/>]))[^<>\n]{0,300}>",
    re.I,
)
_FEWEST_TAGS = 4  # that end a line, in a text that is a page's source: one may be what the text is about
_COMMENT = re.compile(r"<!--(?:(?!<!--).){0,2000}?-->", re.S)
_LINE = re.compile(
    r"""[ \t]*(?:
        //.*
        |/\*.*\*/\s*
        |(?:\#|--|;|\[)+\s*(?i:crawl|scrap|fetch|url\b|source\b|download|抓取|采集|爬取|来源网址).*
        |[.\#]?[\w.\#* ,-]{1,60}\{[^{}\n]*[:;][^{}\n]*\}[^\u4e00-\u9fff\n]*
        |(?:var|let|const)\s+\w+\s*=.*;\s*
        |(?:document|window|\$)[.(].*;\s*
        |function\s*\w*\(.*
        |</?(?:div|span|p|br|font|table|tr|td|script|style)\b[^<>\n]{0,200}>\s*
    )""",
    re.X,
)
_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
# The sound of a character, with its tone, in brackets behind it: 呼和浩特（hào）.
_SOUND = re.compile(
    rf"(?<=[\u4e00-\u9fff])[（(\[](?=[{_LETTERS} ]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[{_LETTERS}’' ]{{1,40}}[）)]",
    re.I,
)


def without_escapes(text: str) -> str:
    """The text with the signs that escapes stand for, and without comments, styles and scripts of a page.

    Nothing else changes; a text without escapes stays as it is.
    """
    text = _COMMENT.sub("", text)
    if sum(tag["ends"] is not None for tag in _TAG.finditer(text)) >= _FEWEST_TAGS:
        text = _TAG.sub(lambda tag: "\n" if tag["ends"] else "", _SOURCE.sub("", text))
    text = _NUMBERED.sub(_sign, text)
    text = _ENTITY.sub(_named, text)
    text = _BREAK.sub("\n", text)
    text = "\n".join(line for line in text.split("\n") if not _LINE.fullmatch(line))
    return _SOUND.sub("", text)


def _sign(found: re.Match[str]) -> str:
    number = int(next(filter(None, found.groups())), 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else found[0]


def _named(found: re.Match[str]) -> str:
    entity = f"&{found[1]};"
    sign = html.unescape(entity)
    return found[0] if sign == entity else sign
