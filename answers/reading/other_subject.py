"""Whether a question is about a place or a year of which a passage does not speak.

A province's report tells of its cities only where it names them, and of years other than the last one and its own
only where it says so: the province's growth is no answer to the question for 昆明's, nor last year's to 2022's.
"""

from __future__ import annotations

from answers.understanding.nearness import tells_of_its_place
from answers.understanding.question import Understanding
from answers.understanding.scope import region_of
from answers.understanding.years import with_arabic_years
from indexer.report.records import Passage
from indexer.report.report import Report
from indexer.text.characters import simplified


def is_of_other_subject(question: Understanding, report: Report, passage: Passage) -> bool:
    """Whether a question names a place or a year that leaves no room for the passage.

    A city counts if it lies in the region of the report; a year if the report is neither of it nor of the next.
    Neither does where the passage or a heading above it says its name. A document that speaks for no place of its own,
    as notices and news do, must say the name of the place somewhere.
    """
    headings = report.headings(passage.section)
    words = simplified(" ".join((*headings, passage.span.of(report.text))))
    return _is_of_another_place(question, report, words) or _is_of_another_year(question, report, words)


def _is_of_another_place(question: Understanding, report: Report, words: str) -> bool:
    own = region_of(report)
    if not tells_of_its_place(report.metadata):
        named = [region for region in question.places.regions if region != own]
        told = [region for region in named if region.short in report.simplified]
        return bool(named) and len(named) == len(question.places.regions) and not told
    if own is None:
        return False
    within = [region for region in question.places.regions if region != own and region.lies_in(own)]
    return bool(within) and not any(region.short in words for region in within)


def _is_of_another_year(question: Understanding, report: Report, words: str) -> bool:
    year, time = report.year, question.years
    if year is None or time.plan or not time.named:
        return False
    # A span of years (2013年到2017年) is told as «五年来».
    if len(time.named) > 1 or {year, year - 1} & set(time.named):
        return False
    return str(time.named[0]) not in with_arabic_years(words)
