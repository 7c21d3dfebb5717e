"""Whether a number of a review is of the year behind, or told among several years, or summed up over them.

A report that ends a term or a plan reviews both: «一、2025年和“十四五”时期工作回顾». Its heading tells nothing of a
passage; the passages do, in the order of the text: 五年来 opens several years, 一年来 or 2025年 the one. And a clause
may say of its own that it sums up: 年均, 累计, 较2020年.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial

from answers.knowledge.tables import Row, alternatives, rows
from indexer.report.report import Report
from indexer.text.digit_words import arabic_year
from indexer.text.numerals import WRITTEN_YEAR
from indexer.text.sentences import CLAUSE_MARK
from indexer.text.span import Span

_cues = partial(rows, Row, "years_told")


def _source(section: str) -> str:
    return alternatives(_cues(section)).replace("◴", WRITTEN_YEAR)


_BEGINS = r"(?:\A|(?<=[，,。；;：:！!？?—）\s]))"
_OPENS = re.compile(f"{_BEGINS}(?:(?P<several>{_source('several')})|(?P<one>{_source('one')}))")
_ITSELF = re.compile(_source("year_itself"))
_OF_SENTENCE = re.compile(
    f"{_BEGINS}(?:{_source('year_itself')}|{_source('whole_year')}|(?P<lately>{_source('lately')}))"
)
_SEVERAL_IN_HEADING = re.compile(_source("several_in_heading"))
_ONE_IN_HEADING = re.compile(f"(?:{_source('one')})|(?P<year>{WRITTEN_YEAR})年")
_OVER = re.compile(_source("over_several"))
_AGAINST = re.compile(_source("against_year"))
_STANDS_AT = re.compile(_source("stands_at"))
# What may stand before the words that a paragraph opens with: 各位代表！, ——, 一是.
_LEAD = re.compile(r"\s*(?:各位代表[！，：:]?|—+|[一二三四五六七八九十]+是|（[一二三四五六七八九十]+）)?\s*")


class Told(Enum):
    """Of how many years a number is told."""

    ONE_YEAR = auto()
    AMONG_SEVERAL = auto()
    """In a passage on several years: a level in it is that of the last year, a count may be of any or of all."""
    OVER_SEVERAL = auto()
    """By its own words a sum, a mean or a change over several years."""


@dataclass(frozen=True, slots=True)
class YearsTold:
    """What the places of a report tell of.

    Attributes:
        report: the report.
        starts: where in its text it changes, in order; 0 is the first.
        several: for each start, whether several years are told of from there on.
    """

    report: Report
    starts: tuple[int, ...]
    several: tuple[bool, ...]

    @classmethod
    def of(cls, report: Report) -> YearsTold:
        """Read the cues of a report, once through. What no cue stands before tells of one year."""
        changes = [(0, False), *_changes(report)]
        return cls(report, tuple(at for at, _ in changes), tuple(several for _, several in changes))

    def told(self, sentence: Span, number: int, action: str | None = None) -> Told:
        """Of how many years the number is told that begins at a character of the text, in a sentence; `action` is its verb,
        where it is known."""
        clause = CLAUSE_MARK.split(self.report.simplified[sentence.start : number])[-1]
        if _OVER.search(clause) or self._is_change_of_years(action, clause):
            return Told.OVER_SEVERAL
        return Told.AMONG_SEVERAL if self.is_among_several(sentence, number) else Told.ONE_YEAR

    def is_among_several(self, sentence: Span, at: int) -> bool:
        """Whether what stands at a character of the text, in a sentence, stands in a passage on several years."""
        before = self.report.simplified[sentence.start : at]
        several = self.several[bisect_right(self.starts, at) - 1]
        opened = max((cue.start() for cue in _OPENS.finditer(before)), default=-1)
        for cue in _OF_SENTENCE.finditer(before, max(0, opened)):
            if cue["lately"] is not None:
                several = True
            elif _is_behind(cue, self.report):
                several = False
        return several

    def _is_change_of_years(self, action: str | None, clause: str) -> bool:
        """较2020年提高5个百分点, but not 由2020年的35%提高到42%, which is a level."""
        year = self.report.year
        against = _AGAINST.search(clause)
        if against is None or (action is not None and stands_at(action)):
            return False
        return year is None or arabic_year(against["year"]) < year - 2


def stands_at(verb: str) -> bool:
    """Whether a verb before a number, or none, says how something stands: 达到, 稳定在."""
    return _STANDS_AT.fullmatch(verb) is not None


def _changes(report: Report) -> Iterator[tuple[int, bool]]:
    """Where several years are told of from, and where one is."""
    text = report.simplified
    headings = iter(sorted(section.heading for section in report.sections if len(section.heading)))
    heading = next(headings, None)
    said = False  # several years, by the passages' own words and not by a heading
    for paragraph in report.paragraphs:
        while heading is not None and heading.start < paragraph.start:
            heading = next(headings, None)
        if heading is not None and paragraph.holds(heading) and not text[heading.end : paragraph.end].strip():
            said = False
            yield from _of_heading(paragraph, report)
            continue
        opening = _ITSELF.match(text, _lead_end(text, paragraph), paragraph.end)
        itself = opening is not None and _is_behind(opening, report)
        if itself:
            yield paragraph.start, False
        cue = None
        for cue in _OPENS.finditer(text, paragraph.start, paragraph.end):
            said = cue["several"] is not None
            yield cue.start(), said
        if itself and cue is None and said:
            yield paragraph.end, True  # 2025年 in one paragraph among those on five years


def _lead_end(text: str, paragraph: Span) -> int:
    lead = _LEAD.match(text, paragraph.start, paragraph.end)
    return lead.end() if lead else paragraph.start


def _of_heading(heading: Span, report: Report) -> Iterator[tuple[int, bool]]:
    """A heading is weak evidence: one that names the year and the plan leaves open which a passage tells of, and
    only the passage's own words prove that it is one year."""
    words = heading.of(report.simplified)
    if _SEVERAL_IN_HEADING.search(words):
        yield heading.start, True
    else:
        one = _ONE_IN_HEADING.search(words)
        if one is not None and _is_behind(one, report):
            yield heading.start, False


def _is_behind(cue: re.Match[str], report: Report) -> bool:
    """Whether a cue is of the year that the report looks back on; one without a number is (去年)."""
    return cue["year"] is None or report.year is None or arabic_year(cue["year"]) == report.year - 1
