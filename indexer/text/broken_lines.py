"""Lines that were broken inside a sentence or a heading, mended where the text itself shows that the break is none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.text.cells import TABLE_CELL
from indexer.text.headings import MARKER, is_part_name

# What no sentence begins with, so a line that does goes on from the one before.
_CONTINUES = re.compile(r"[，。、；：！？）》」』”’%％‰·)]")
# A figure cut from its unit: «一、2024⏎年工作回顾».
_UNIT = re.compile(r"[年月日个项家万亿元]")
# The end of a figure that was cut in two, and its unit: «达到12⏎85.6亿元», «增长18⏎.5%», «农村公路2⏎36公里»; a year is whole.
_REST = re.compile(
    r"[.．]\d+|(?!(?:19|20)\d\d年)\d+(?:[.．]\d+)?(?:[%％‰年月日个项家万亿元人所户亩吨倍名件座条台处套辆公平米岁次余多份张只头艘架]|$)"
)
_CUT_UNIT = re.compile(
    r"[户亩吨倍件台套辆]|公里|公顷|公斤|平方|立方|千米|米[，。；、]|人[，。；、次]|人以[上下]|[所座条处名次][，。；、以]"
)
# What a figure that may be cut follows: no number of a table, no year.
_CUT = re.compile(r"(?<![表图件注栏第页录])(?<=[\u4e00-\u9fff])(?!(?:19|20)\d\d\Z)\d[\d.．]*\Z")
_SHORTEST_CUT = 6  # characters of a line that may end inside a figure
_UNFINISHED = re.compile(r"[（《「『“‘，、—(]\Z")
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"))
_FINISHED = re.compile(r"[。！？!?…：:；;”』」）)》】|]\Z")
_LEADER = re.compile(r"[.．…·‥]{2,}\s*\d{0,3}\Z")  # of a line of a table of contents
_OPENS = re.compile(r"——|各位代表|来源|[一二三四五六七八九十]+是|附")
_LONGEST_REST = 20  # characters of a heading that spilled over onto the next line
_SEEN = 40  # characters at either end of a line by which it is judged
_INSIDE = re.compile(r"[。；！？]")


@dataclass(slots=True)
class _Growing:
    """A line that grows by those that are joined to it: what is asked of it is kept, so that none is read twice.

    Attributes:
        number: its place among the mended lines.
        parts: what it is made of; the blanks around the line itself included.
        opening, ending: its first and last characters, blanks around the line aside.
        length: in characters, blanks around it aside.
        unclosed: of each of `_PAIRS`, how many more open than close.
    """

    number: int
    parts: list[str]
    opening: str
    ending: str
    length: int
    unclosed: list[int]
    has_cells: bool
    has_end: bool

    @classmethod
    def of(cls, number: int, line: str, words: str) -> _Growing:
        """A line, and the same without blanks around it."""
        begun = cls(number, [line.rstrip()], "", "", 0, [0] * len(_PAIRS), False, False)
        begun._take(words)
        return begun

    def join(self, words: str) -> None:
        """Go on with the words of a further line."""
        gap = joint(self.ending, words)
        self.parts.append(gap + words)
        self._take(gap + words)

    def _take(self, words: str) -> None:
        if self.length < _SEEN:
            self.opening = (self.opening + words[:_SEEN])[:_SEEN]
        self.ending = (self.ending + words[-_SEEN:])[-_SEEN:]
        self.length += len(words)
        self.has_cells = self.has_cells or TABLE_CELL in words
        self.has_end = self.has_end or _INSIDE.search(words) is not None
        for place, (left, right) in enumerate(_PAIRS):
            self.unclosed[place] += words.count(left) - words.count(right)


def mend_lines(text: str) -> str:
    """Join a line to the next where the text itself shows that the break is none.

    That is so where the next line begins with a sign that only continues, where this one ends with a
    sign that only opens, where prose stops without an end mark («细颗粒物（PM⏎2.5⏎）治理»), and where
    a numbered heading runs over («一、2024⏎年工作回顾»). Lines without such evidence stay as they are.
    """
    mended: list[str] = []
    before: _Growing | None = None  # the last line that is not blank
    for line in text.split("\n"):
        words = line.strip()
        if before is not None and words:
            adjacent = before.number == len(mended) - 1
            if _plainly_goes_on(before, words) or (adjacent and _goes_on(before, words)):
                before.join(words)
                del mended[before.number + 1 :]
                continue
        if words:
            _settle(mended, before)
            before = _Growing.of(len(mended), line, words)
        mended.append(line)
    _settle(mended, before)
    return "\n".join(mended)


def _settle(mended: list[str], grown: _Growing | None) -> None:
    if grown is not None and len(grown.parts) > 1:
        mended[grown.number] = "".join(grown.parts)


def joint(before: str, after: str) -> str:
    """What stood between two lines of one paragraph: Latin words need the blank that the line break stood for."""
    latin = after[0].isascii() and after[0].isalpha()
    return " " if latin and re.search(r"[A-Za-z][,.;:!?)\"']?\Z", before) else ""


def _plainly_goes_on(before: _Growing, after: str) -> bool:
    """Evidence enough to join even over an empty line."""
    if before.has_cells or TABLE_CELL in after:
        return False
    return bool(_CONTINUES.match(after)) or (before.ending[-1].isdigit() and bool(_UNIT.match(after)))


def _goes_on_figure(before: _Growing, after: str) -> bool:
    rest = _REST.match(after)
    if rest is None:
        return _CUT_UNIT.match(after) is not None
    if not rest[0].endswith("年"):
        return True
    # A year in two halves: «20⏎25年».
    digits = "".join(re.findall(r"\d+\Z", before.ending)) + rest[0][:-1]
    return re.fullmatch(r"(?:19|20)\d\d", digits) is not None


def _goes_on(before: _Growing, after: str) -> bool:
    if before.has_cells or TABLE_CELL in after:
        return False
    # What is longer than the opening that is kept is no name of a part.
    named = before.length <= _SEEN and is_part_name(before.opening)
    if MARKER.match(after) or _OPENS.match(after) or is_part_name(after) or named:
        return False
    if _LEADER.search(before.ending):
        return False
    if before.length >= _SHORTEST_CUT and _CUT.search(before.ending) and _goes_on_figure(before, after):
        return True
    if _UNFINISHED.search(before.ending) and before.length > 2:
        return True
    if any(more > 0 for more in before.unclosed):
        return True
    if _FINISHED.search(before.ending):
        return False
    marker = MARKER.match(before.opening)
    if marker and marker.lastgroup != "article":
        return len(after) <= _LONGEST_REST and not re.search(r"[，。、；：！？,.;:]", after)
    # Prose: a sentence ended inside the line and another was begun, or an item opened with a dash.
    dash = before.opening.startswith("——") and not before.ending.endswith("会议上")
    return dash or before.has_end
