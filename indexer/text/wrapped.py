"""Join the lines of a text that was broken at a fixed width: by a mail program, a printer's driver, a copy out of a PDF.

Such a text gives itself away: many of its lines reach the same width and stop inside a sentence there. A paragraph
then ends where the next word would still have fitted, where the next line is set in, or at a blank line, whichever
the text itself uses. A text without such a width stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median_low

from indexer.text.broken_lines import joint
from indexer.text.headings import ADDRESS, LONGEST_HEADING, MARKER, is_part_name

_FEWEST = 4  # lines that reach the margin
_SHARE = 0.15  # of the lines that reach it, at least
_OVER = 0.03  # of the lines that may go beyond it
_NARROWEST = 12  # em; narrower columns are lists and tables
_WINDOW = 3  # em before the margin in which full lines end
_UNFINISHED_SHARE = 0.6  # of the full lines that stop inside a sentence
_ALIKE = 0.9  # of the lines that were surely broken tell how much room a broken line may leave
_ENDED = re.compile(r"[。！？!?…：:；;.][”’』」》）)】\"']*\Z")
_CENTRED = 5  # em to the right of other lines: such a line was centred, and no paragraph begins so
_BEFORE_SPEAKER = "会议上"  # the line under it says who spoke
_INNER_MARK = re.compile(r"[，。；、,;]")
_CELLS = re.compile(r" \| |\t.*\t")
# «做大非公经济。»: the name of a paragraph, by which its beginning is known.
_TOPIC = re.compile(r"[^，,。！？；：:\d]{4,18}。")
_STOP = re.compile("[。；]")
_MARKED = 0.8  # of the paragraphs are set in, or parted by blank lines, where any are
_WORD = re.compile(r"[A-Za-z]+[’'A-Za-z]*|\d+(?:[.,]\d+)*[%％‰]?")
_CLOSING = re.compile(r"[，。、；：！？）》」』”’%％‰·),.;:!?…—]*")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank.

    Attributes:
        indent: the blanks before its words.
        width: with its indent.
        gap: the blank lines before it.
        parted: what stands between the line before and this one.
    """

    words: str
    indent: str
    width: int
    gap: int
    parted: str


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a text was broken.

    Attributes:
        margin: the width at which it was broken.
        em: the width of a Chinese character in the same measure, 1 or 2.
        slack: how much room a broken line leaves at most, the next word aside.
        cuts_figures, cuts_marks: whether a figure may be torn, and a mark begin a line.
        indent: the blanks before a line that goes on, in the same measure.
        gap: the blank lines between two lines of one paragraph.
        topics_tell: whether a short sentence that opens a line (优化营商环境。) rather opens a paragraph.
    """

    margin: int
    em: int
    slack: int
    cuts_figures: bool
    cuts_marks: bool
    indent: int
    gap: int
    topics_tell: bool = False


def unwrapped(text: str) -> str:
    """The text with its paragraphs on one line each, where it was broken at a fixed width; else the text itself.

    A program may have put a blank for every line break, or for those inside paragraphs: they are mended alike. Only
    line breaks and blanks are changed.
    """
    if not _may_be_broken(text):
        return text
    for cut in (_lines, _pieces):
        found = [(em, lines) for columns, em in _MEASURES if (lines := cut(text, columns))]
        known = [(wrapping, lines) for em, lines in found if (wrapping := _wrapping(lines, em)) is not None]
        if known:
            wrapping, lines = max(known, key=lambda one: _at_margin(*one))
            return _joined(lines, wrapping) + ("\n" if text.endswith("\n") else "")
    return text


def _may_be_broken(text: str) -> bool:
    """Whether as many of its lines, or of the pieces in them, are as long as full ones must be: most texts without
    paragraphs, lists above all, need no closer look."""
    shortest = _NARROWEST - _WINDOW + 1
    lengths = [len(line) for line in text.split("\n") if line and not line.isspace()]
    return sum(length // shortest for length in lengths) >= max(_FEWEST, _SHARE * len(lengths))


def _at_margin(wrapping: _Wrapping, lines: Sequence[_Line]) -> int:
    return sum(0 <= wrapping.margin - line.width <= wrapping.em for line in lines)


def _columns(line: str) -> int:
    """How many columns of a terminal a line takes: two for a Chinese character."""
    return 2 * len(line) - len(line.encode("ascii", "ignore"))


# A text was broken by counting characters, or by counting columns.
_MEASURES: tuple[tuple[Callable[[str], int], int], ...] = ((len, 1), (_columns, 2))


def _lines(text: str, measure: Callable[[str], int]) -> list[_Line]:
    found: list[_Line] = []
    gap = 0
    for raw in text.split("\n"):
        whole = raw.rstrip()
        words = whole.lstrip()
        if not words:
            gap += 1
            continue
        parted = "\n" * (gap + bool(found))
        found.append(_Line(words, whole[: len(whole) - len(words)], measure(whole), gap, parted))
        gap = 0
    return found


def _pieces(text: str, measure: Callable[[str], int]) -> list[_Line]:
    """What the blanks inside the lines part, as lines; a line break counts as a blank line between them."""
    found: list[_Line] = []
    for line in _lines(text, measure):
        for number, words in enumerate([line.words] if _CELLS.search(line.words) else line.words.split()):
            if number:
                found.append(_Line(words, "", measure(words), 0, " "))
            else:
                width = measure(line.indent + words)
                found.append(_Line(words, line.indent, width, line.gap + 1, line.parted))
    return found


def _wrapping(lines: Sequence[_Line], em: int) -> _Wrapping | None:
    margin = _margin(lines, em)
    if margin is None:
        return None
    full = [
        (line, after)
        for line, after in pairwise(lines)
        if margin - _WINDOW * em < line.width <= margin and not _CELLS.search(line.words)
    ]
    # The lines of a list are alike in width, too, but each opens with its number.
    broken = [
        (line, after)
        for line, after in full
        if not _ENDED.search(line.words) and not MARKER.match(after.words)
    ]
    prose = sum(_INNER_MARK.search(line.words) is not None for line, _ in full)
    if len(full) < max(_FEWEST, _SHARE * len(lines)):
        return None
    if min(len(broken), prose) < _UNFINISHED_SHARE * len(full):
        return None
    gap = median_low(after.gap for _, after in broken)
    cuts_figures = any(line.words[-1].isdigit() and after.words[0].isdigit() for line, after in broken)
    cuts_marks = sum(_starts_with_mark(after.words) for _, after in broken) > 1
    indent = Counter(_width(after.indent, em) for _, after in broken).most_common(1)[0][0]
    bare = _Wrapping(margin, em, 0, cuts_figures, cuts_marks, indent, gap)
    left = sorted(_room(line, after, bare) for line, after in broken)
    slack = min(max(left[int(_ALIKE * (len(left) - 1))], 0), _WINDOW * em)
    known = replace(bare, slack=slack)
    begun = _sure_beginnings(lines, known)
    marked = _marks_paragraphs(lines, begun, known)
    return replace(known, topics_tell=not marked and _topics_tell(lines, begun, known))


def _sure_beginnings(lines: Sequence[_Line], wrapping: _Wrapping) -> list[int]:
    """The numbers of the lines before which a paragraph surely ended: the line before has room for more."""
    return [
        number
        for number in range(1, len(lines) - 1)
        if _room(lines[number - 1], lines[number], wrapping) > wrapping.slack
        and _room(lines[number], lines[number + 1], wrapping) <= wrapping.slack
    ]


def _marks_paragraphs(lines: Sequence[_Line], begun: Sequence[int], wrapping: _Wrapping) -> bool:
    """Whether paragraphs are set in, or parted by blank lines: most of those that surely begin are."""
    set_in = sum(_width(lines[n].indent, wrapping.em) >= wrapping.indent + wrapping.em for n in begun)
    apart = sum(lines[n].gap > wrapping.gap for n in begun)
    return max(set_in, apart) >= _MARKED * len(begun) > 0


def _topics_tell(lines: Sequence[_Line], begun: Sequence[int], wrapping: _Wrapping) -> bool:
    """Whether a topic after a full line that ends a sentence rather opens a paragraph than stands inside one.

    Few paragraphs end just at the margin, and few sentences inside a paragraph begin a line and are as short as a
    topic: the text itself tells which of the two is rarer.
    """
    bodies = [n for n in begun if not MARKER.match(lines[n].words)]
    named = sum(_opens_with_topic(lines, n) for n in bodies)
    ends_full = named * wrapping.em * (wrapping.slack + 1) / wrapping.margin
    inside = [
        _TOPIC.match(line.words, end.end()) is not None
        for line in lines
        for end in _STOP.finditer(line.words, 0, len(line.words) - 1)
    ]
    candidates = sum(
        _ENDED.search(line.words) is not None and _room(line, after, wrapping) <= wrapping.slack
        for line, after in pairwise(lines)
    )
    return ends_full > candidates * sum(inside) / max(1, len(inside))


def _opens_with_topic(lines: Sequence[_Line], number: int) -> bool:
    return _TOPIC.match("".join(line.words for line in lines[number : number + 2])) is not None


def _margin(lines: Sequence[_Line], em: int) -> int | None:
    """The width at or shortly before which most lines end, hardly any beyond it; None where there is none."""
    widths = sorted(line.width for line in lines)
    beyond = max(1, int(_OVER * len(widths)))
    best, most = None, 0
    for width in dict.fromkeys(widths):
        if width < _NARROWEST * em or len(widths) - bisect_right(widths, width) > beyond:
            continue
        # As many as end within an em of it, so that a few that hang over do not pull it outwards.
        near = bisect_right(widths, width) - bisect_left(widths, width - em)
        if near > most:
            best, most = width, near
    return best


def _width(blanks: str, em: int) -> int:
    return sum(em if blank == "\u3000" else 1 for blank in blanks)


def _starts_with_mark(words: str) -> bool:
    return bool(_CLOSING.match(words).end()) and words[0] not in "—…"  # type: ignore[union-attr]


def _room(line: _Line, after: _Line, wrapping: _Wrapping) -> int:
    """How much room the line would have left if the next line's first word had been put on it; negative for none."""
    word = _WORD.match(after.words)
    first = word[0] if word and (word[0][0].isalpha() or not wrapping.cuts_figures) else after.words[0]
    if not wrapping.cuts_marks:
        closing = _CLOSING.match(after.words, len(first))
        first = after.words[: closing.end()] if closing else first
    blank = joint(line.words, after.words)
    size = len(first) if wrapping.em == 1 else _columns(first)
    return wrapping.margin - line.width - size - len(blank) + 1


def _joined(lines: Sequence[_Line], wrapping: _Wrapping) -> str:
    out: list[str] = []
    heads = False  # whether the paragraph that grows may be a heading still
    length = 0
    for number, line in enumerate(lines):
        if number and _goes_on(lines, number, heads, wrapping):
            out.append(joint(lines[number - 1].words, line.words) + line.words)
            length += len(line.words)
            heads = heads and length <= LONGEST_HEADING and not _STOP.search(line.words)
            continue
        out.append(line.parted + line.indent + line.words)
        length = len(line.words)
        marked = MARKER.match(line.words) or is_part_name(line.words)
        heads = bool(marked) and not _STOP.search(line.words)
    return "".join(out)


def _goes_on(lines: Sequence[_Line], number: int, heads: bool, wrapping: _Wrapping) -> bool:
    """Whether a line belongs to the paragraph of the one before, of which `heads` says that it looks like a heading."""
    before, after = lines[number - 1], lines[number]
    if before.words.endswith(_BEFORE_SPEAKER):
        return False
    centred = wrapping.indent + _CENTRED * wrapping.em
    if _width(before.indent, wrapping.em) >= centred > _width(after.indent, wrapping.em):
        return False
    if _CELLS.search(before.words) or _CELLS.search(after.words):
        return False
    ended = _ENDED.search(before.words) is not None
    opens = MARKER.match(after.words) or ADDRESS.match(after.words) or is_part_name(after.words)
    if opens and (ended or heads):
        return False
    set_in = _width(after.indent, wrapping.em) >= wrapping.indent + wrapping.em
    if set_in and (ended or opens or after.gap > wrapping.gap or not _starts_with_mark(after.words)):
        return False
    if after.gap > wrapping.gap and (ended or heads or opens):
        return False
    if ended and wrapping.topics_tell and _opens_with_topic(lines, number):
        return False
    room = _room(before, after, wrapping)
    # A sentence that goes on is told from one that ended: it may leave as much room as any broken line.
    return room <= (wrapping.slack if ended else max(wrapping.slack, wrapping.em))
