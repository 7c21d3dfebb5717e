"""Heads, feet and page numbers that stand among the lines of a text without pages.

What repeats is not taken away for that alone: «各位代表：» repeats too. Page numbers count up, a page apart from each
other; a head stands beside such a number, counts up itself, or tears sentences apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.text.broken_lines import joint
from indexer.text.cells import TABLE_CELL
from indexer.text.headings import ADDRESS, MARKER, is_part_name

PAGE_NUMBER = re.compile(
    r"[-—–－―─·•\s]*(?:第\s*|[Pp]age\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*(?:[/／,，]|of)?\s*共?\s*\d{1,4}(?:\s*页)?)?[-—–－―─·•\s]*"
)
"""A line that is nothing but the number of a page."""
PRINTED_AT = (
    r"(?:\d{4}[/-]\d{1,2}[/-]\d{1,2},?\s*(?:[上下]午)?\d{1,2}:\d{2}|^\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2})"
)
"""The time of a print as a browser writes it, in one of its languages."""
PRINTED = re.compile(rf"(?:https?|file)://\S|{PRINTED_AT}")
"""What a browser prints above and below a page: the time, the address."""
_FEWEST = 3  # pages on which a head stands
_LONGEST = 60
_MARKED = re.compile(r"[-—–－―─第页/]|[Pp]age")
_PAGED = 0.3  # of the bare numbers tear a sentence or stand beside a head
_PAGE = 150  # characters between two page numbers, at least
_SHARE = 0.5
_REGULAR = 1.5  # times as long as the shortest page may be the longest one of pages that are alike
_ENDED = re.compile(r"[。！？!?…：:；;][”’』」》）)】\"']*\Z")
_INNER_MARK = re.compile(r"[，。；、,;]")
_MARK = re.compile(r"[，。；、：,;:]")
_OPENING = 4  # lines with words among which a title stands
_DOCUMENT = re.compile(
    r"(?:报告|公报|规划|纲要|条例|办法|意见|方案|计划|预算|决算|讲话|通知|决定|白皮书)[（(\w）)]{0,12}\s*\Z"
)
_INLINE = re.compile(
    r" ?(?:[-—–－―─]{1,2} ?(?P<dashed>\d{1,3}) ?[-—–－―─]{1,2}|第 ?(?P<named>\d{1,3}) ?页(?:[，, ]*共 ?\d{1,3} ?页)?)(?: |$)",
    re.M,
)


@dataclass(frozen=True, slots=True)
class Unpaged:
    """Lines without those that belonged to pages.

    Attributes:
        seams: the numbers of the lines before which some were taken away.
    """

    lines: tuple[str, ...]
    seams: frozenset[int]

    @property
    def text(self) -> str:
        """The lines as they are."""
        return "\n".join(self.lines)

    @property
    def joined(self) -> str:
        """The lines, and those that a page tore apart as one."""
        out: list[str] = []
        for number, line in enumerate(self.lines):
            if number in self.seams and out and _is_torn(out[-1], line, _MARK):
                out[-1] = out[-1].rstrip() + joint(out[-1].rstrip(), line.lstrip()) + line.lstrip()
            else:
                out.append(line)
        return "\n".join(out)


@dataclass(frozen=True, slots=True)
class _Short:
    """A line that may belong to a page: its number among the lines, and where it begins in the text."""

    number: int
    position: int
    words: str


def without_running_lines(text: str) -> Unpaged:
    """The lines of a text, without the heads, feet and page numbers among them."""
    text = _without_inline_numbers(text)
    lines = text.split("\n")
    groups = _groups(lines)
    numbers = _page_numbers(lines, groups)
    removed = set(numbers)
    for likeness, group in groups.items():
        removed.update(_running(lines, likeness, group, numbers))
    return _without(lines, removed) if removed else Unpaged(tuple(lines), frozenset())


def _page_numbers(lines: Sequence[str], groups: dict[str, list[_Short]]) -> set[int]:
    """The lines that are numbers of pages; bare ones, as items of a list have, only where pages show otherwise, too."""
    alone = groups.pop("#", [])
    counting = set(_counting(alone))
    if all(_MARKED.search(line.words) for line in alone if line.number in counting):
        return counting
    heads = {line.number for group in groups.values() if len(group) >= _FEWEST for line in group}
    paged = sum(
        _tears(lines, number) or any(near in heads for near in _neighbours(lines, number))
        for number in counting
    )
    return counting if paged >= max(2, _PAGED * len(counting)) else set()


def _groups(lines: Sequence[str]) -> dict[str, list[_Short]]:
    """The short lines by what they have in common, figures aside."""
    groups: dict[str, list[_Short]] = defaultdict(list)
    position = 0
    for number, line in enumerate(lines):
        words = line.strip()
        if words and len(words) <= 2 * _LONGEST and (len(words) <= _LONGEST or PRINTED.search(words)):
            groups[_likeness(words)].append(_Short(number, position, words))
        position += len(words)
    return groups


def _likeness(words: str) -> str:
    bare = re.sub(r"\s", "", words)
    return "#" if PAGE_NUMBER.fullmatch(words) else re.sub(r"\d+", "#", bare)


def _counting(group: Sequence[_Short]) -> list[int]:
    """The numbers of the lines of the longest count (3, 4, 5 …) whose members stand a page apart."""
    longest: dict[
        int, tuple[int, int]
    ] = {}  # by number of page: how many lines the count has, and its last one
    before: dict[int, int | None] = {}
    best: tuple[int, int] | None = None
    for place, line in enumerate(group):
        found = re.search(r"\d+", line.words)
        page = int(found[0]) if found else 0
        # A page without a number, such as an empty one, may lie between.
        known = [
            longest[page - step]
            for step in (1, 2)
            if page - step in longest
            # The last page may be short.
            and (place == len(group) - 1 or line.position - group[longest[page - step][1]].position >= _PAGE)
        ]
        count, last = max(known, default=(0, -1))
        before[place] = last if count else None
        longest[page] = (count + 1, place)
        best = max(best or (0, 0), (count + 1, place))
    if best is None:
        return []
    chain = []
    place_: int | None = best[1]
    while place_ is not None:
        chain.append(group[place_])
        place_ = before[place_]
    is_marked = all(_MARKED.search(line.words) for line in chain)
    return [line.number for line in chain] if len(chain) >= (2 if is_marked else _FEWEST) else []


def _running(
    lines: Sequence[str], likeness: str, group: Sequence[_Short], numbers: set[int]
) -> Iterator[int]:
    """The lines of a group that is the head or the foot of pages."""
    words = group[0].words
    printed = PRINTED.search(words) is not None
    if len(group) < 2 or _ENDED.search(words) or not (printed or re.search(r"[^\W\d_]", words)):
        return
    if ADDRESS.match(words) or MARKER.match(words) or is_part_name(words):
        return
    apart = [after.position - line.position for line, after in pairwise(group)]
    # The title of the window stands beside the time of the print.
    printed = printed or all(_is_below_print(lines, line.number) for line in group)
    if not printed and (len(group) < _FEWEST or sorted(apart)[len(apart) // 2] < _PAGE):
        return
    beside = sum(_is_beside(lines, line.number, numbers) for line in group)
    # A line that is itself a piece of a sentence may be one that the text repeats.
    tearing = 0 if _INNER_MARK.search(words) else sum(_tears(lines, line.number) for line in group)
    counting = "#" in likeness and len(_counting(group)) >= _SHARE * len(group)
    if counting and len(group) >= _FEWEST and max(apart[:-1]) <= _REGULAR * min(apart[:-1]):
        tearing = len(group)
    if not printed and max(beside, tearing) < max(2, _SHARE * len(group)):
        return
    first, *others = group
    if printed or not _is_only_title(lines, first.number):
        yield first.number
    yield from (line.number for line in others)


def _is_below_print(lines: Sequence[str], number: int) -> bool:
    before, _ = _neighbours(lines, number)
    return before is not None and re.fullmatch(rf"\s*{PRINTED_AT}\s*", lines[before]) is not None


def _is_only_title(lines: Sequence[str], number: int) -> bool:
    """Whether a line near the beginning is the title of the document, which is the head of its pages, too."""
    opening = [n for n, line in enumerate(lines[: number + 20]) if line.strip()]
    place = opening.index(number)
    return place < _OPENING and not any(
        _DOCUMENT.search(lines[n]) for n in opening[max(0, place - 2) : place + 4] if n != number
    )


def _neighbours(lines: Sequence[str], number: int) -> tuple[int | None, int | None]:
    """The nearest lines with words around a line; page numbers and blank lines are few, so none is far."""
    before = next((n for n in range(number - 1, max(-1, number - 8), -1) if lines[n].strip()), None)
    after = next((n for n in range(number + 1, min(len(lines), number + 8)) if lines[n].strip()), None)
    return before, after


def _is_beside(lines: Sequence[str], number: int, numbers: set[int]) -> bool:
    return any(neighbour in numbers for neighbour in _neighbours(lines, number) if neighbour is not None)


def _tears(lines: Sequence[str], number: int) -> bool:
    """Whether a sentence stops before the line and goes on after it."""
    before, after = _neighbours(lines, number)
    return before is not None and after is not None and _is_torn(lines[before], lines[after])


def _is_torn(before: str, after: str, mark: re.Pattern[str] = _INNER_MARK) -> bool:
    """Whether a sentence with a `mark` in it stops at the end of one line and goes on in the next."""
    before, after = before.strip(), after.strip()
    if not before or not after or _ENDED.search(before) or not mark.search(before):
        return False
    if TABLE_CELL in before or TABLE_CELL in after:
        return False
    return not (MARKER.match(after) or ADDRESS.match(after) or is_part_name(after))


def _without(lines: Sequence[str], removed: set[int]) -> Unpaged:
    kept: list[str] = []
    seams: set[int] = set()
    blanks = 0  # lines, since the last one with words
    at_seam = False
    for number, line in enumerate(lines):
        if number in removed:
            at_seam = True
        elif not line.strip():
            blanks += 1
        else:
            if at_seam and kept:
                blanks = 0 if _is_torn(kept[-1], line, _MARK) else min(blanks, 1)
            kept.extend([""] * blanks)
            if at_seam and kept:
                seams.add(len(kept))
            kept.append(line)
            blanks, at_seam = 0, False
    if lines and not lines[-1].strip():
        kept.append("")
    return Unpaged(tuple(kept), frozenset(seams))


def _without_inline_numbers(text: str) -> str:
    """The text without the numbers of pages inside its lines; lines that are nothing else stay."""
    found: list[re.Match[str]] = []
    begin = 0
    for line in text.split("\n"):
        end = begin + len(line)
        places = list(_INLINE.finditer(text, begin, end))
        if not (len(places) == 1 and places[0][0].strip() == line.strip()):
            found.extend(places)
        begin = end + 1
    counting = _counting([_Short(number, place.start(), place[0]) for number, place in enumerate(found)])
    if len(counting) < _FEWEST:
        return text
    kept = []
    begin = 0
    for number in reversed(counting):
        kept.append(text[begin : found[number].start()])
        begin = found[number].end()
    return "".join((*kept, text[begin:]))
