"""Cut Chinese report text into sentences and clauses, as exact spans."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.text.digit_words import WORDS
from indexer.text.span import Span

_CLOSERS = "”’』」》）)】\"'"
_SENTENCE_END = re.compile(rf"(?:[。！？!?…]+[{_CLOSERS}]*|\n+)\s*")
# An English full stop ends a sentence only before a blank: 3.5 and No.1 stay whole.
_ENGLISH_END = re.compile(r"(?<=[a-z)])\.(?=\s)\s*")
# A comma between two digits belongs to the number: 1,500.
_COMMA = r"(?<!\d),|,(?!\d)"
_CLAUSE_END = re.compile(rf"(?:[，；;]|{_COMMA})\s*")
CLAUSE_MARK = re.compile(rf"[，；;。！？!?\n]|(?<!\d)[：:]|[：:](?!\d)|——|{_COMMA}")
"""What parts a clause from the next one: also a colon, but of a ratio (2.5:1), and a dash, which `clauses` leaves inside."""
PART_MARK = re.compile(rf"、|{CLAUSE_MARK.pattern}")
"""What parts the smallest pieces of a sentence: also the comma of enumerations."""
# Enumerated figures (种植面积稳定在171万亩、产量保持14亿斤以上) are separate statements.
_ITEM_END = re.compile(r"、")
_FIGURE = re.compile(rf"\d|[{WORDS}]+(?:个|家|所|座|项|件|条|万|亿|成|%)")
_LONGEST_SENTENCE = 400
_SEMICOLON = re.compile(r"[；;]\s*")
# A text without any mark says one thing after the other: each ends with its figure, «完成投资12亿元新增项目3个».
_LONGEST_UNMARKED = 80
_MARK = re.compile(rf"[，。；、：！？;:!?\n]|{_COMMA}")
_STATED = re.compile(
    r"(?<![\d.])\d++(?:\.\d++)?(?:[%％‰]|[十百千万亿]{0,4}(?:个百分点|平方公里|平方米|立方米|公里|公顷|美元|人次|[元个家所座项件条人户亩吨倍套台辆张名位处米成]))"
    r"(?:以上|以下|以内|左右)?(?=[\u4e00-\u9fff])"
)


def sentences(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """The sentences of `text` (of its part `within`), end marks included, blanks around excluded.

    A sentence of over 400 characters is cut at its semicolons, else at its commas, so that what is
    quoted as a sentence stays readable. Where a long text has no mark at all, every figure ends a sentence.
    """
    whole = Span(0, len(text)) if within is None else within
    found: list[Span] = []
    for piece in _cut(text, whole, _SENTENCE_END, _ENGLISH_END):
        if is_unmarked(text, piece):
            found.extend(part for stated in _cut(text, piece, _STATED) for part in _bounded(text, stated))
        elif len(piece) <= _LONGEST_SENTENCE:
            found.append(piece)
        else:
            found.extend(_bounded(text, piece))
    return tuple(found)


def is_unmarked(text: str, span: Span) -> bool:
    """Whether a stretch is longer than anybody speaks without a mark, and has none but at its end."""
    if len(span) <= _LONGEST_UNMARKED:
        return False
    mark = _MARK.search(text, span.start, span.end)
    return mark is None or mark.end() == span.end


def clauses(text: str, sentence: Span) -> tuple[Span, ...]:
    """The clauses of a sentence without their closing marks, in order.

    Figures enumerated with 、 are clauses of their own; other enumerations stay together.
    """
    found: list[Span] = []
    for piece in _cut(text, sentence, _CLAUSE_END):
        listed = text.find("、", piece.start, piece.end) >= 0
        items = list(_cut(text, piece, _ITEM_END)) if listed else []
        if len(items) > 1 and all(_FIGURE.search(item.of(text)) for item in items):
            found.extend(items)
        else:
            found.append(piece)
    return tuple(trimmed for piece in found if len(trimmed := without_end_mark(text, piece)))


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of one sentence, each between two `CLAUSE_MARK`s. The marks are read once, then looked up.

    Attributes:
        starts, ends: where the clauses but the first begin, and where those but the last end.
    """

    sentence: Span
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str, sentence: Span) -> Clauses:
        """The clauses of a sentence of `text`."""
        marks = [mark.span() for mark in CLAUSE_MARK.finditer(text, sentence.start, sentence.end)]
        return cls(sentence, tuple(end for _, end in marks), tuple(start for start, _ in marks))

    def around(self, span: Span) -> Span:
        """The clause that holds `span`; marks inside `span` cut nothing."""
        before, after = bisect_right(self.starts, span.start), bisect_left(self.ends, span.end)
        return Span(
            self.starts[before - 1] if before else self.sentence.start,
            self.ends[after] if after < len(self.ends) else self.sentence.end,
        )

    def before(self, position: int) -> Iterator[Span]:
        """The clauses that end before the one that begins at `position`, the nearest first."""
        for number in range(bisect_right(self.starts, position) - 1, -1, -1):
            yield Span(self.starts[number - 1] if number else self.sentence.start, self.ends[number])


def clause_around(text: str, sentence: Span, span: Span) -> Span:
    """The clause of a sentence that holds `span`, as `Clauses.around` for a single one."""
    return Clauses.of(text, sentence).around(span)


def without_end_mark(text: str, span: Span) -> Span:
    """The span without blanks around it and without the punctuation that closes it."""
    trimmed = stripped(text, span)
    end = trimmed.end
    while end > trimmed.start and (text[end - 1] in "，,；;。！？!?、：:" or text[end - 1].isspace()):
        end -= 1
    return Span(trimmed.start, end)


def stripped(text: str, span: Span) -> Span:
    """The span without the white space at its ends."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _cut(text: str, within: Span, *ends: re.Pattern[str]) -> Iterator[Span]:
    """Pieces of `within`, each closed by a match of one of `ends`, stripped; empty ones left out."""
    cuts = sorted({m.end() for end in ends for m in end.finditer(text, within.start, within.end)})
    start = within.start
    for cut in [*cuts, within.end]:
        piece = stripped(text, Span(start, cut))
        if len(piece):
            yield piece
        start = cut


def _bounded(text: str, sentence: Span) -> Iterator[Span]:
    """Parts of at most 400 characters of a long sentence, cut at its marks where it has any."""
    marks = [m.end() for m in _SEMICOLON.finditer(text, sentence.start, sentence.end)]
    if not marks:
        # A sentence on its own, so that what stands around it does not make its comma part of a number.
        marks = [sentence.start + m.end() for m in _CLAUSE_END.finditer(sentence.of(text))]
    start = sentence.start
    while start < sentence.end:
        reach = start + _LONGEST_SENTENCE
        if reach >= sentence.end:
            end = sentence.end
        else:
            last = bisect_right(marks, reach) - 1
            end = marks[last] if last >= 0 and marks[last] > start else reach
        part = stripped(text, Span(start, end))
        if len(part):
            yield part
        start = end
