"""The head of a document: the lines before its first words to the house, without what a web page puts around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from indexer.report.documents import fits
from indexer.report.head_lines import (
    DATE,
    LONGEST_TITLE,
    MEETING,
    NO_TITLE,
    SENTENCE,
    Meeting,
    as_written,
    bodies_before,
    is_body,
    iso_of,
    meeting_in,
    speaker_in,
    squashed,
    title_in,
)  # fmt: skip
from indexer.report.person_names import is_name
from indexer.text.headings import MARKER, is_part_name
from indexer.text.paragraphs import paragraphs

_LOOKED_AT = 6_000  # characters; a head has some hundred
_PARAGRAPHS = 30  # page junk included
_OPENING = 14  # paragraphs after the junk in which 我代表…人民政府 stands
_LONGEST_LINE = 80  # a longer paragraph is no line of the head
_LONGEST_ENGLISH = 240
_ADDRESS = re.compile(
    r"(?:Fellow|Honou?rable|Dear|Esteemed)\b|(?:尊敬的)?(?:各位|主席|同志们|诸位|女士们)[^，。]{0,30}[:：!！]|各位代表"
)
_SALUTATION = re.compile(r"[^，。；]{2,30}[:：]")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
)  # fmt: skip
_ENGLISH_DATE = re.compile(
    rf"(?P<month>{'|'.join(_MONTHS)}) (?P<day>[12]?\d|3[01]), ?(?P<year>(?:19|20)\d\d)"
)
_ENGLISH_SPEAKER = re.compile(
    r"^(?:By |Delivered by )?(?P<name>[A-Z][a-z]+(?: [A-Z][a-z'-]+){1,2}),? (?:Vice )?(?:Premier|Governor|Mayor|Chairman|Chairwoman|Minister|Acting)",
    re.M,
)
# The name of a document that goes on in the line below, and how a line goes on with one.
_BEGUN = re.compile(r".{0,30}关于|.*(?:和|与|及|暨|、|的|（草案）)$")
_GOES_ON = re.compile(
    r"[（(](?:草案|审议稿|征求意见稿|试行|摘要|稿|第)|的|和|与|及|暨|[\u4e00-\u9fff]{0,12}(?:草案|报告|通知|意见|办法|规定|公报|纲要|决定)(?:[（(].*[）)])?$"
)
_NUMBERED = re.compile(
    r"(?:文号|发文字号)?[:：]?[\u4e00-\u9fff]{0,14}[〔\[［（(]?(?P<year>(?:19|20)\d\d)(?:[〕\]］）)]第?|年第)\d{1,4}号(?:[\s|]*签发人[:：].{0,12})?"
)
_ISSUE = re.compile(
    r"[（(]?(?:总?第\s*[\d一二三四五六七八九十百]{1,5}\s*[期号]|[〔\[（(]?(?:19|20)\d\d[〕\]）)]?年?第?\d{1,4}[期号])[）)]?"
)
_REPORTED = re.compile(
    r"(?:近日|日前|日)，?(?:经[^，。]{0,20}同意，)?(?P<bodies>[\u4e00-\u9fff、]{3,60}?)(?:联合)?(?:印发|发布|出台|下发)了?《(?P<title>[^《》\n]{4,60})》"
)
_AND = "、"
_LONGEST_REST = 2
_LONGEST_MARK = 14  # of the name of a letter-head: 常务会议纪要, 农业农村工作简报
_LONGEST_NAME = 3  # of a name, or of what is left of one on the next line
_FEWEST_NAMING = 5
_NO_NAME = re.compile(r"[:：|]|[，,].*[，,]|^[\d\W_]+$|^(?:来源|作者|时间|日期)")
# The name of a document and what a page tells of it behind it, on one line.
_TOLD_BEHIND = re.compile(
    r"[ \u3000]*(?:\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?(?:\s+\d{1,2}:\d{2}|.{0,40}(?:来源|作者|点击|浏览|字号))|(?:来源|作者|发布时间|发布日期|点击|浏览次数)\s*[:：]).*$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """The lines of a head, in Simplified characters, without page junk and without blanks between characters.

    Attributes:
        lines: up to the address to the house or the first heading.
        opening: those, and the first paragraphs after them.
        joint: the bodies that stand apart before what they say together: 财政部 税务总局关于…的通知.
    """

    lines: tuple[str, ...]
    opening: str
    joint: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def title(self) -> str:
        """The first line that names a document, with those around it that the name runs over; empty without one.

        What stands above the number of a paper is its letter-head where another name follows the number.
        """
        below = self._below_letter_head
        return self._title_from(below) or ("" if below and self.first_line else self._title_from(0))

    @property
    def _below_letter_head(self) -> int:
        """The line from which the document's own name is looked for."""
        issue = next(
            (n for n, line in enumerate(self.lines) if _ISSUE.fullmatch(line) or _NUMBERED.fullmatch(line)), 0
        )
        marks = [line for line in self.lines[:issue] if title_in(line)]
        return (
            issue + 1
            if marks and all(len(mark) <= _LONGEST_MARK and "关于" not in mark for mark in marks)
            else 0
        )

    def _title_from(self, first: int) -> str:
        for number, line in enumerate(self.lines[first:], first):
            bare = title_in(line)
            if bare:
                return self._whole_title(number, bare)
            # «政府工作报⏎告»: what is left of a name by one that broke off is short.
            rest = next(iter(self.lines[number + 1 : number + 2]), "")
            if 0 < len(rest) <= _LONGEST_REST and (joined := title_in(line + rest)):
                return joined
        return ""

    def _whole_title(self, number: int, bare: str) -> str:
        """The name that line `number` has a part of."""
        before = self.lines[number - 1] if number else ""
        whole = bare
        if _BEGUN.match(before) and not _is_of_head(before) and not title_in(before):
            whole = title_in(before + self.lines[number]) or whole
        for after in self.lines[number + 1 : number + 3]:
            joined = title_in(whole + after) if _GOES_ON.match(after) else ""
            if not joined:
                break
            whole = joined
        return whole

    @property
    def reported(self) -> re.Match[str] | None:
        """What a news text says was issued, «title» by «bodies»: 近日，国务院办公厅印发《…意见》."""
        return _REPORTED.search(self.opening)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Those whom the document names as its authors: in its name, above it, or in the news of it."""
        if self.joint:
            return self.joint
        if self.title.startswith("关于") and (above := self._bodies_above):
            return above
        if below := self._bodies_below:
            return below
        told = self.reported["bodies"].split(_AND) if self.reported else []
        return tuple(told) if all(fits("signer", body) for body in told) else ()

    @property
    def _bodies_below(self) -> tuple[str, ...]:
        """Several bodies on the line below the name of the document."""
        below = next((line for above, line in pairwise(self.lines) if title_in(above)), "")
        bodies = tuple(below.split(_AND))
        return bodies if len(bodies) > 1 and all(map(is_body, bodies)) else ()

    @property
    def _bodies_above(self) -> tuple[str, ...]:
        """Those on the line or the lines above the name of the document."""
        title = next((n for n, line in enumerate(self.lines) if title_in(line)), 0)
        found: list[str] = []
        for line in reversed(self.lines[:title]):
            bodies = line.split(_AND)
            if not all(fits("signer", body) for body in bodies):
                break
            found = [*bodies, *found]
        return tuple(found)

    @property
    def first_line(self) -> str:
        """What the head opens with where that may name a document that no word of the genre names; else empty."""
        below = self._below_letter_head
        # Below a letter-head who made it and when may stand before the name.
        own = [line for line in self.lines[below:] if not (below and _is_of_head(line)) and not is_body(line)]
        line = own[0] if own else ""
        plain = _FEWEST_NAMING <= len(line) <= LONGEST_TITLE and not (
            SENTENCE.search(line) or _NO_NAME.search(line)
        )
        return (
            line if plain and not (_is_of_head(line) or _opens_a_part(line) or NO_TITLE.match(line)) else ""
        )

    @property
    def speaker(self) -> str:
        """Office and name, else the name alone; empty without one."""
        told = self._torn_speaker or speaker_in(self.text)
        if told:
            return told
        if english := _ENGLISH_SPEAKER.search(self.text):
            return english["name"]
        # Under the name of the document, the day or the meeting stands who spoke.
        return next(
            (
                line.replace(" ", "")
                for above, line in pairwise(self.lines)
                if is_name(line) and (title_in(above) or DATE.search(above) or meeting_in(above))
            ),
            "",
        )

    @property
    def _torn_speaker(self) -> str:
        """Office and name, where the name runs over its line: 常委会副主任尚⏎文清."""
        for above, line in pairwise(self.lines):
            if len(line) < _LONGEST_NAME and (told := speaker_in(above + line)):
                name = told.rpartition(" ")[2]
                is_whole = is_name(name) or len(name) <= _LONGEST_NAME
                if is_whole and name.endswith(line) and len(name) > len(line) and not fits("no_person", line):
                    return told
        return ""

    @property
    def number(self) -> int | None:
        """The year of the document's number: 2020 of 川疫指发〔2020〕17号."""
        found = next(filter(None, (_NUMBERED.fullmatch(line) for line in self.lines)), None)
        return int(found["year"]) if found else None

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that the head names."""
        for line in self.lines:
            found = meeting_in(line)
            if found is not None:
                return found
        return None

    @property
    def date(self) -> str:
        """When it was delivered, YYYY-MM-DD: the date on the line of the meeting rather than any other."""
        dated = [(found, line) for line in self.lines if (found := DATE.search(line))]
        if not dated and (english := _ENGLISH_DATE.search(self.text)):
            return f"{int(english['year']):04d}-{_MONTHS.index(english['month']) + 1:02d}-{int(english['day']):02d}"
        at_meeting = [found for found, line in dated if "会议" in line or "人民代表大会" in line]
        alone = [found for found, line in dated if len(line) <= len(found[0]) + 12]
        chosen = next(iter((*at_meeting, *alone, *(found for found, _ in dated))), None)
        return iso_of(chosen) if chosen else ""


def head_of(text: str) -> Head:
    """The head of a text; that of a Traditional one in Simplified characters."""
    looked_at = as_written(text[:_LOOKED_AT])
    spans = paragraphs(looked_at)[:_PARAGRAPHS]
    lines = [line for span in spans for line in _lines(span.of(looked_at))]
    kept = [line for line in lines if line and not _is_junk(line)]
    head: list[str] = []
    for line in kept:
        if (
            len(line) > (_LONGEST_ENGLISH if line.isascii() else _LONGEST_LINE)
            or _ADDRESS.match(line)
            or (head and _opens_a_part(line))
        ):
            break
        head.append(line)
    joint = next(filter(None, (bodies_before(span.of(looked_at)) for span in spans[:_OPENING])), ())
    return Head(tuple(head), "\n".join(kept[:_OPENING]), joint)


def _lines(paragraph: str) -> list[str]:
    named = _TOLD_BEHIND.sub("", paragraph.strip())
    if named != paragraph.strip() and title_in(named):
        return [squashed(named)]
    words = squashed(paragraph).strip()
    # Blanks between the names of several bodies say where each ends.
    bodies = paragraph.split()
    if len(bodies) > 1 and all(map(is_body, bodies)):
        return [_AND.join(bodies)]
    # A text of one line has blanks where its lines broke.
    first, _, rest = paragraph.strip().partition(" ")
    if title_in(first) and (
        len(words) > _LONGEST_LINE or _is_of_head(squashed(rest)) or _SALUTATION.match(squashed(rest))
    ):
        return [first, squashed(rest)]
    return [words]


def _is_of_head(line: str) -> bool:
    """Whether a line tells the meeting, the day, the speaker or the number of a document rather than its name."""
    return bool(MEETING.search(line) or DATE.search(line) or _NUMBERED.fullmatch(line) or speaker_in(line))


def _is_junk(line: str) -> bool:
    # A line that was glued to the line of the meeting says that all the same, and the news of a paper names it.
    tells = MEETING.search(line) or _REPORTED.search(line)
    return len(line) <= _LONGEST_LINE and fits("junk", line) and not tells


def _opens_a_part(line: str) -> bool:
    return bool(MARKER.match(line)) or is_part_name(line)
