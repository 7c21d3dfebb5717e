"""Take away what every page repeats around the text: running heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from indexer.formats.lines import Line
from indexer.formats.reading_order import rows_of
from indexer.text.running_lines import PAGE_NUMBER, PRINTED_AT

_EDGE = 2  # rows at the top and at the bottom of a page that may be running ones
_FEWEST = 3  # pages; on fewer nothing can be said to repeat
_SHARE = 0.4  # left and right pages may have different ones
_SAME_HEIGHT = 2.0  # points by which a head may stand higher or lower on another page
# What a browser prints at the edges of a page: the time and the title above, the address and the page below.
_PRINTED = re.compile(rf"{PRINTED_AT}|(?:https?|file)://.*?\d{{1,4}}/\d{{1,4}}")
_NO_LARGER = 1.1  # times the usual size
_MARKED = re.compile(r"[-—–－―·•第]")


def without_running_lines(pages: Sequence[Sequence[Line]], loose: bool = False) -> list[list[Line]]:
    """The pages without the outermost lines that, figures aside, most pages have in common.

    On two pages, those in common that stand at the same height in the same size; on one or two, what a browser prints.
    `loose` pages are pictures of pages somewhere in a report: any number may stand at their foot.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for page in pages:
        counts.update({(edge, _likeness(row)) for edge, row in _edges(rows_of(page))})
    repeated = {key for key, count in counts.items() if count >= max(_FEWEST, _SHARE * len(pages))}
    if len(pages) == 2 and not loose:
        repeated = _alike(*pages)
    return [
        _trimmed(page, number if len(pages) < _FEWEST else None, repeated, loose)
        for number, page in enumerate(pages, 1)
    ]


def _trimmed(
    page: Sequence[Line], number: int | None, repeated: set[tuple[str, str]], loose: bool
) -> list[Line]:
    """`number` is the page's own where there are too few pages for anything to repeat."""
    late = {id(line) for line in _written_late(page)}
    page = [line for line in page if id(line) not in late]
    rows = rows_of(page)
    removed: set[int] = set()
    for edge, outermost in (("top", rows[:_EDGE]), ("bottom", rows[: -_EDGE - 1 : -1])):
        for row in outermost:
            if any(line.is_whole for line in row):
                break
            text = "".join(line.text for line in row)
            single = edge == "bottom" and _is_page_number(text, number, loose)
            single = single or (number is not None and _PRINTED.match(text) is not None)
            if (edge, _likeness(row)) not in repeated and not single:
                break
            removed.update(id(line) for line in row)
    return [line for line in page if id(line) not in removed]


def _written_late(page: Sequence[Line]) -> list[Line]:
    """The lines at the end of a page, as it was written, that stand above all others, and those below them: head and foot.

    A page is written as it is read, but for what is printed around it.
    """
    sizes = sorted(line.size for line in page)
    for count in range(min(2 * _EDGE, len(page) - _FEWEST), 0, -1):
        last, others = page[-count:], page[:-count]
        top, bottom = min(line.top for line in others), max(line.bottom for line in others)
        around = last[0].bottom <= top and all(line.bottom <= top or line.top >= bottom for line in last)
        if around and max(line.size for line in last) <= _NO_LARGER * sizes[len(sizes) // 2]:
            return list(last)
    return []


def _is_page_number(text: str, number: int | None, loose: bool) -> bool:
    if not PAGE_NUMBER.fullmatch(text):
        return False
    return loose or (number is not None and (bool(_MARKED.search(text)) or text.strip() == str(number)))


def _alike(one: Sequence[Line], other: Sequence[Line]) -> set[tuple[str, str]]:
    """What stands at the same edge of both pages, at one height and in one size; a title is no head of the next page."""
    first = {(edge, _likeness(row)): row[0] for edge, row in _edges(rows_of(one))}
    return {
        key
        for key, line in ((((edge, _likeness(row))), row[0]) for edge, row in _edges(rows_of(other)))
        if key in first
        and abs(first[key].top - line.top) <= _SAME_HEIGHT
        and abs(first[key].size - line.size) <= _SAME_HEIGHT
    }


def _edges(rows: Sequence[list[Line]]) -> Iterator[tuple[str, list[Line]]]:
    for row in rows[:_EDGE]:
        yield "top", row
    for row in rows[-_EDGE:]:
        yield "bottom", row


def _likeness(row: Sequence[Line]) -> str:
    """The row with its figures and blanks made alike; all forms of page numbers are one."""
    text = re.sub(r"\s", "", "".join(line.text for line in row))
    return "#" if PAGE_NUMBER.fullmatch(text) else re.sub(r"\d+", "#", text)
