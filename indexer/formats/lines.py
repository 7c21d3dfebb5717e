"""Printed lines, from a PDF or from OCR, and the paragraphs they were broken from.

A page says nothing of paragraphs. What gives them away is where lines begin and end between the page's
margins: a paragraph's first line is indented, and its last one stops where the next word would still
have fitted. Coordinates are in any unit, with y downwards.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from statistics import median

_WIDE = re.compile("[\u2014\u2018-\u201f\u2026\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]")
_OPENING = "“‘（《〈【「『([{"
_CLOSING = "”’）》〉】」』，。、；：！？…—)]},.;:!?%％‰℃"
_SENTENCE_END = re.compile(r"[。！？；：…][”’）》」』]*$")
# What opens a paragraph even where none is set in and the line before happens to be full.
_OPENS = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]{1,3}[章编部]|——")
_RUN = re.compile(r"[0-9A-Za-z.,%\-/+]+")
_LATIN = 0.55  # of an em, about the width of a figure or a letter
_FULL_LINE = 0.6  # of the longest line on the page: shorter ones say nothing about the margins
_AT_MARGIN = 0.15  # of the full lines must begin (or end) together to make a margin
_INDENT = 0.8  # em; paragraphs are indented by two
_SLACK = 0.8  # em that justification and hanging marks may add or take
_RAGGED = 3.0  # em that may be left over inside a paragraph where lines are not justified
_INDENTING = 0.05  # of the lines are first lines set in, where paragraphs are
_ALIKE = 0.5  # em within which two lines begin at the same place
_FIRST_LINE = (1.4, 2.6)  # em; another indent that two lines share is that of a block set in as a whole
_SAME_SIZE = 0.12
_LARGE = 1.15  # times the usual size: a title
_NEAR_TITLE = 2.6  # em from the top of one line of it to that of the next
_OFF_CENTRE = 1.5  # em by which a line in the middle may be off it
_WIDER_SPACING = 1.3  # of the usual distance between lines


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line and its box. `em` is the width of a Chinese character, 0 where it has none.

    `cells` says that wide gaps part it, as they do a table's row; `is_whole` that it is a paragraph of its own, the row
    of a table that was read by its lines.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    em: float
    cells: bool = False
    is_whole: bool = False

    @property
    def size(self) -> float:
        """The size of its type: the em, else its height."""
        return self.em or (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Region:
    """Lines between the same two margins: a page, or one of its columns. `page` counts from 1."""

    page: int
    column: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float


def is_wide(character: str) -> bool:
    """Whether the character is Chinese: an ideograph, or a mark as wide as one."""
    return bool(_WIDE.match(character))


def page_texts(regions: Sequence[Region]) -> dict[int, str]:
    """The text of each page that is named, its lines joined to paragraphs; regions in reading order.

    A paragraph ends with a line break; one that runs on over the page break has none there.
    """
    margins = _margins(regions)
    spacing = _usual_spacing(regions)
    sets_in = _sets_in(regions, margins)
    sizes = [line.size for region in regions for line in region.lines if not line.is_whole]
    usual = median(sizes) if sizes else 0.0
    texts: dict[int, list[str]] = {region.page: [] for region in regions}
    flat = [(number, line) for number, region in enumerate(regions) for line in region.lines]
    for (number, line), following in zip_longest(flat, flat[1:]):
        text = texts[regions[number].page]
        text.append(line.text)
        if following is None:
            text.append("\n")
            continue
        later, after = following
        apart = number == later and after.top - line.top > _WIDER_SPACING * spacing * line.size > 0
        if _is_one_title(line, after, margins[number], usual) and number == later:
            text.append(joint(line.text, after.text))
        elif apart or _ends(line, after, margins[number], margins[later], sets_in):
            text.append("\n")
        else:
            text.append(joint(line.text, after.text))
    return {page: "".join(parts) for page, parts in texts.items()}


def _is_one_title(line: Line, after: Line, margins: _Margins, usual: float) -> bool:
    """Whether two lines are one title: large ones of one size, both in the middle, the first without an end."""
    if line.is_whole or after.is_whole or _SENTENCE_END.search(line.text) or not line.em:
        return False
    large = line.em > _LARGE * usual and abs(line.em - after.em) <= _SAME_SIZE * line.em
    near = 0 < after.top - line.top < _NEAR_TITLE * line.em
    return large and near and all(_is_centred(one, margins) for one in (line, after))


def _is_centred(line: Line, margins: _Margins) -> bool:
    left, right = line.left - margins.left, margins.right - line.right
    return abs(left - right) <= _OFF_CENTRE * line.em and left > -_SLACK * line.em


def _ends(line: Line, after: Line, here: _Margins, there: _Margins, sets_in: bool) -> bool:
    """Whether the paragraph ends between two lines, `here` and `there` being their margins.

    `sets_in` says that the report sets in the first lines of its paragraphs.
    """
    if line.is_whole or after.is_whole:
        return True
    if line.em and after.em and abs(line.em - after.em) > _SAME_SIZE * max(line.em, after.em):
        return True
    if line.cells and after.cells:
        return True
    em = line.size
    indent, next_indent = line.left - here.left, after.left - there.left
    if next_indent > max(indent, 0) + _INDENT * em:
        return True
    sentence_ended = bool(_SENTENCE_END.search(line.text))
    slack = _SLACK if sentence_ended or not sets_in else _RAGGED
    if here.right - line.right >= _first_word(after.text, em) + slack * em:
        return True
    if not sets_in and sentence_ended and _OPENS.match(after.text):
        return True
    if indent > _INDENT * em and abs(next_indent - indent) < _ALIKE * em:
        first_lines = _FIRST_LINE[0] * em < indent < _FIRST_LINE[1] * em
        return first_lines or sentence_ended
    return False


def _first_word(text: str, em: float) -> float:
    """The width of what cannot be torn from the line's beginning."""
    end = 0
    while True:
        while end < len(text) and text[end] in _OPENING:
            end += 1
        run = _RUN.match(text, end)
        end = run.end() if run else min(end + 1, len(text))
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        # «化“丝路»: some programs do not part an opening mark from the character before it.
        if end >= len(text) or text[end] not in _OPENING:
            break
    return max(em, sum(em if is_wide(c) else _LATIN * em for c in text[:end]))


def joint(before: str, after: str) -> str:
    """What stood between two lines of one paragraph: a blank between Latin words, else nothing."""
    latin = before[-1:].isascii() and after[:1].isascii() and before[-1:] != "-"
    one_figure = after[:1].isdigit() and re.search(r"\d[.,]?$", before)
    return " " if latin and not one_figure else ""


def _margins(regions: Sequence[Region]) -> list[_Margins]:
    """Each region's margins; one with too few lines takes those of its like on other pages."""
    own = [_own_margins(region.lines) for region in regions]
    known = [(region, margins) for region, margins in zip(regions, own, strict=True) if margins]
    alike: dict[tuple[int, int], list[_Margins]] = {}
    for region, margins in known:
        # Left and right pages of a sheet may differ.
        alike.setdefault((region.page % 2, region.column), []).append(margins)
    usual = {like: _middle(margins) for like, margins in alike.items()}
    everywhere = _middle([margins for _, margins in known]) if known else None
    found: list[_Margins] = []
    for region, measured in zip(regions, own, strict=True):
        near = usual.get((region.page % 2, region.column), everywhere)
        if measured is not None:
            margins = measured
        elif near is not None:
            margins = near
        else:
            margins = _Margins(
                min((line.left for line in region.lines), default=0.0),
                max((line.right for line in region.lines), default=0.0),
            )
        found.append(margins)
    return found


def _middle(margins: Sequence[_Margins]) -> _Margins:
    return _Margins(median(m.left for m in margins), median(m.right for m in margins))


def _sets_in(regions: Sequence[Region], margins: Sequence[_Margins]) -> bool:
    """Whether enough lines begin two characters to the right of the margin."""
    indents = [
        (line.left - own.left) / line.size
        for region, own in zip(regions, margins, strict=True)
        for line in region.lines
        if line.size
    ]
    return sum(_FIRST_LINE[0] < indent < _FIRST_LINE[1] for indent in indents) > _INDENTING * len(indents)


def _own_margins(of_region: Sequence[Line]) -> _Margins | None:
    lines = [line for line in of_region if not line.is_whole]
    longest = max((line.right - line.left for line in lines), default=0.0)
    full = [line for line in lines if line.right - line.left >= _FULL_LINE * longest]
    if len(full) < 4:
        return None
    tolerance = 0.3 * median(line.size for line in full)
    needed = max(2, _AT_MARGIN * len(full))
    left = _outermost([line.left for line in full], tolerance, needed)
    right = _outermost([-line.right for line in full], tolerance, needed)
    return None if left is None or right is None else _Margins(left, -right)


def _outermost(places: Sequence[float], tolerance: float, needed: float) -> float | None:
    """The lowest place at which at least `needed` lines begin together."""
    ordered = sorted(places)
    for place in ordered:
        first, last = bisect_left(ordered, place), bisect_right(ordered, place + 2 * tolerance)
        if last - first >= needed:
            return median(ordered[first:last])
    return None


def _usual_spacing(regions: Sequence[Region]) -> float:
    """The usual distance between the tops of two lines, in ems; 0 where there are too few."""
    distances = [
        (below.top - above.top) / above.size
        for region in regions
        for above, below in zip(region.lines, region.lines[1:], strict=False)
        if below.top > above.top and above.size and not (above.is_whole or below.is_whole)
    ]
    return median(distances) if len(distances) >= 5 else 0.0
