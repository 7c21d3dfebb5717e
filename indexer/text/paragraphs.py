"""Find the paragraphs of a report, also where a newspaper printed it without line breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from indexer.text.headings import LONGEST_HEADING, MARKER, NUMERALS, ORDINAL, is_part_name
from indexer.text.sentences import stripped
from indexer.text.span import Span

# Joining printed lines by blanks left these: a blank never follows a Chinese full stop otherwise.
# The stroke of «【上接第3版】 | » is no paragraph's, that between the cells of a table's row parts none.
# A run of blanks is taken whole, from its first one: looked at from each of them it would cost their square.
_LOST_BREAK = re.compile(
    r"(?:(?<=[。！？】])|(?<=】 \|)) ++(?=\S)|(?<! ) ++(?=" + MARKER.pattern.replace("?P<", "?P<_") + ")"
)
# Joined without even a blank: a part begins right behind a full stop. «一、二、三产业» is no marker.
_MARKED_PART = rf"(?:{ORDINAL}(?:[编部]|[章篇节])|[{NUMERALS}]{{1,3}}、(?![{NUMERALS}]{{1,3}}(?:、|产))|[（(][{NUMERALS}]{{1,3}}[）)])"
_GLUED = re.compile(rf"(?<=[。！？])(?={_MARKED_PART})")
_ONE_LINE = 3_000
"""Characters: no paragraph is so long, so a line that is has lost its breaks."""
_GLUED_ALL = re.compile(
    r"(?<=[。！？])(?=" + MARKER.pattern.replace("?P<", "?P<_") + r")"
    r"|(?<!尊敬的)(?=各位代表[：:！!])|(?=——(?:19|20)\d\d年\d{1,2}月)|(?<=会议上)(?=[\u4e00-\u9fff])"
)
# The name of a paragraph that lost its break: a short sentence before a long one.
_TOPIC = re.compile(r"(?<=[。！？])(?=[^，,。！？；：:\d]{5,18}。[^。！？]{30})")
_TOPIC_EVERY = 500  # characters at most, where paragraphs have names
_FEW_BREAKS = 5
_SHORTEST_NAME = 5
_ENDS = "。！？"
_BLANKS = re.compile(r"(?<=\S) ++(?=\S)")
# «一、… 平均每年递增 4%，»: many a text has blanks around its figures. A year may open a body.
_AMOUNT = re.compile(r"(?!(?:19|20)\d\d ?年)\d")


@lru_cache(maxsize=4)  # the year, the asides, the sections and the pages of a report all ask for them
def paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text` in order, without blanks around them; empty lines are none.

    Besides line breaks, a blank after a Chinese full stop or before a heading's marker ends a
    paragraph, and so does the blank that closes a heading: «（二）着力提升创新策源能力 加快建设…».
    """
    found: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        starts = sorted({line.start(), *_lost_breaks(text, line.start(), line.end())})
        for start, end in zip(starts, [*starts[1:], line.end()], strict=True):
            piece = stripped(text, Span(start, end))
            if not len(piece):
                continue
            blank = _end_of_glued_heading(text, piece)
            if blank is not None:
                found.append(stripped(text, Span(piece.start, blank)))
                piece = stripped(text, Span(blank, piece.end))
            found.append(piece)
    return tuple(found)


def _lost_breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Where paragraphs begin inside a line."""
    blanks = [found.end() for found in _LOST_BREAK.finditer(text, start, end)]
    yield from blanks
    is_whole = end - start >= _ONE_LINE
    yield from (found.end() for found in (_GLUED_ALL if is_whole else _GLUED).finditer(text, start, end))
    if is_whole and len(blanks) < _FEW_BREAKS:
        topics = [found.end() for found in _TOPIC.finditer(text, start, end)]
        yield from topics if len(topics) * _TOPIC_EVERY > end - start else ()


def _end_of_glued_heading(text: str, piece: Span) -> int | None:
    """Where a marked heading without end mark, or the name of a part, is followed by a blank and its body."""
    marker = MARKER.match(text, piece.start, piece.end)
    if marker is not None and marker.lastgroup == "article":
        return None
    begin = marker.end() if marker else piece.start
    last_end = max(text.rfind(mark, begin, piece.end) for mark in _ENDS)
    if marker is None:
        blank = _BLANKS.search(text, begin, min(piece.end, begin + LONGEST_HEADING))
        name = text[begin : blank.start()] if blank else ""
        is_name = len(name) >= _SHORTEST_NAME and not name.startswith("附") and is_part_name(name)
        return blank.start() if blank and is_name and last_end >= blank.end() else None
    for blank in _BLANKS.finditer(text, begin, piece.end):
        heading = text[begin : min(blank.start(), begin + LONGEST_HEADING + 1)]
        if len(heading) > LONGEST_HEADING or any(mark in heading for mark in _ENDS):
            return None
        # «一、2024 年工作回顾» has a blank too, but no body behind it.
        if (
            len(heading) >= 4
            and not heading[-1].isdigit()
            and last_end >= blank.end()
            and not _AMOUNT.match(text, blank.end())
        ):
            return blank.start()
    return None
