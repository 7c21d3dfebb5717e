"""What stands in a document's text and is none of it: the page around it, its table of contents.

Asides stay in the text, so that every offset is true, and are neither searched nor quoted; their lines open no section.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.report.documents import sorts
from indexer.report.head_lines import meeting_in, squashed
from indexer.text.characters import simplified
from indexer.text.headings import ADDRESS, MARKER, is_part_name
from indexer.text.span import Span


class AsideKind(StrEnum):
    """Why a stretch of the text is none of the document's."""

    PAGE = "page"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of the text that is neither searched nor quoted."""

    kind: AsideKind
    span: Span


_HEAD = 30  # paragraphs at most before the document's own words
_FOOT = 30  # and after them
_LONGEST = 80
_DOCUMENTS_OWN = "papers"  # the rows of documents.toml whose lines are no title, but belong to the document
_REST, _LONGEST_COMMENT = "rest", 200
_CAPTION, _LONGEST_CAPTION = "newspaper", 40
_SENTENCE = re.compile("[。！？]")
# What stands in brackets behind the last word of a text that a site took over.
_CREDITS = re.compile(
    r"[（(【\[](?:责任编辑|责编|编辑|来源|原标题|作者|记者|供稿|审核|校对|编审|文字|摄影)[^（(）)】\]\n]{0,40}[）)】\]]\s*\Z"
)
_CREDITED = 200  # characters at the end in which that is looked for
_CONTENTS = re.compile(r"目\s*(?:录|次)|(?i:contents)")
_LEADER = re.compile(r"[\s.．…·‥、_-]*(?:第?\s*\d{1,3}\s*页?|[（(]\d{1,3}[）)])\s*\Z")
_DOTTED = re.compile(r"(?:[.．…·‥_]\s*){2,}(?:第?\s*\d{1,3}\s*页?|[（(]\d{1,3}[）)])?\s*\Z")
_LONGEST_ITEM = 60
_ENDED = re.compile(r"[。！；]")
_FEWEST_ITEMS = 2
_FEWEST_UNNAMED = 4  # items of a table of contents that does not call itself one
_LOOKED_AT = 400  # paragraphs in which a table of contents may stand


def asides_of(text: str, paragraphs: Sequence[Span]) -> tuple[Aside, ...]:
    """The asides of a text, in order and apart from each other; `paragraphs` are those of the text."""
    words = [span.of(text).strip() for span in paragraphs]
    contents = _contents(words)
    own = contents[1] if contents else 0
    pages = [
        n for n in (*_head(words, contents), *_foot(words, own)) if not contents or not contents[0] <= n < own
    ]
    found = [Aside(AsideKind.PAGE, span) for span in _stretches(text, paragraphs, sorted(set(pages)))]
    if contents:
        found.append(
            Aside(AsideKind.CONTENTS, _lines(text, paragraphs[contents[0]].start, paragraphs[own - 1].end))
        )
    credits = _CREDITS.search(text, max(0, len(text) - _CREDITED))
    if credits and not any(aside.span.start <= credits.start() < aside.span.end for aside in found):
        found.append(Aside(AsideKind.PAGE, Span(*credits.span())))
    return tuple(sorted(found, key=lambda aside: aside.span.start))


def aside_at(asides: Sequence[Aside], position: int) -> Aside | None:
    """The aside that holds the character at `position`."""
    place = bisect_right(asides, position, key=lambda aside: aside.span.start) - 1
    return asides[place] if place >= 0 and position < asides[place].span.end else None


def _head(words: Sequence[str], contents: tuple[int, int] | None) -> Iterator[int]:
    """The numbers of the paragraphs before the document's own words that a page put there."""
    for number, line in enumerate(words[:_HEAD]):
        begun = number > 0 and (MARKER.match(line) or is_part_name(line))
        if len(line) > _LONGEST or ADDRESS.match(line) or begun or (contents and number >= contents[0]):
            return
        if _is_page(line):
            yield number


def _foot(words: Sequence[str], begin: int) -> Iterator[int]:
    """Those after them: the last paragraphs, up to the last one that is longer or ends a sentence.

    Below what begins the rest of a page, comments of readers or links, nothing is the document's.
    """
    last = range(max(begin, len(words) - _FOOT, _FEWEST_ITEMS), len(words))
    rest = next((n for n in last if len(words[n]) <= _LONGEST_CAPTION and _begins_rest(words[n])), None)
    if rest is not None and not any(
        MARKER.match(line) or len(line) > _LONGEST_COMMENT for line in words[rest:]
    ):
        yield from range(rest, len(words))
        yield from _foot(words[:rest], begin)
        return
    for number in range(len(words) - 1, max(begin, len(words) - _FOOT, _FEWEST_ITEMS) - 1, -1):
        line = words[number]
        if len(line) > _LONGEST or not _is_page(line):
            return
        yield number


def _begins_rest(line: str) -> bool:
    line = squashed(simplified(line))
    return any(sort.pattern.search(line) for sort in sorts("junk") if sort.name == _REST)


def _is_page(line: str) -> bool:
    line = squashed(simplified(line))
    # A line that was glued to that of the meeting is the document's.
    return meeting_in(line) is None and any(
        sort.pattern.search(line)
        for sort in sorts("junk")
        if sort.name != _DOCUMENTS_OWN
        and (len(line) <= _LONGEST_CAPTION if sort.name == _CAPTION else not _SENTENCE.search(line))
    )


def _stretches(text: str, paragraphs: Sequence[Span], numbers: Sequence[int]) -> Iterator[Span]:
    """The paragraphs as stretches of whole lines; those that follow each other are one."""
    first: int | None = None
    for place, number in enumerate(numbers):
        first = number if first is None else first
        if place + 1 == len(numbers) or numbers[place + 1] != number + 1:
            yield _lines(text, paragraphs[first].start, paragraphs[number].end)
            first = None


def _lines(text: str, start: int, end: int) -> Span:
    """With the blanks and the line break behind it, so that what follows begins with its own words."""
    while end < len(text) and text[end] in " \n":
        end += 1
    return Span(start, end)


def _contents(words: Sequence[str]) -> tuple[int, int] | None:
    """The first paragraph of a table of contents, and that after its last one."""
    keys = [_key(line) for line in words]
    count = Counter(key for key in keys if key)
    looked_at = range(min(len(words), _LOOKED_AT))
    for number in looked_at:
        if len(words[number]) <= 12 and _CONTENTS.fullmatch(words[number]):
            end = _end_of_items(words, keys, count, number + 1)
            if end - number > _FEWEST_ITEMS:
                return number, end
    for number in looked_at:
        # Every item opens with a number and comes again as the heading of its part.
        if MARKER.match(words[number]) and count[keys[number]] > 1 and not _ENDED.search(words[number]):
            end = _end_of_items(words, keys, count, number)
            again = words[end : end + 1] and keys[end] == keys[number]
            return (number, end) if again and end - number >= _FEWEST_UNNAMED else None
    return None


def _end_of_items(words: Sequence[str], keys: Sequence[str], count: Counter[str], begin: int) -> int:
    """The first paragraph from `begin` on that is no item of the table: the first item again, or other words."""
    seen: set[str] = set()
    for number in range(begin, len(words)):
        line, key = words[number], keys[number]
        dotted = _DOTTED.search(line) is not None
        is_item = bool(key) and len(line) <= 2 * _LONGEST_ITEM and (dotted or not _ENDED.search(line))
        if not is_item or key in seen or not (dotted or count[key] > 1):
            return number
        seen.add(key)
    return len(words)


def _key(line: str) -> str:
    """What an item and the heading that it names have in common; empty for a paragraph that can be neither."""
    first = re.match(r"[^。！？；\n]{1,80}", line)
    bare = re.sub(r"\s", "", _LEADER.sub("", first[0]) if first else "")
    return bare if 2 <= len(bare) <= _LONGEST_ITEM else ""
