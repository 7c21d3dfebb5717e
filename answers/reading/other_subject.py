"""Whether a question is about a place or a year of which a passage does not speak.

A report tells of other places only where it names them, and of years other than the last one and its own only where it
says so: the province's growth is no answer to the question for 昆明's, nor 宁波's charging piles to that for the nation's.
"""

from __future__ import annotations

from answers.knowledge.tables import cue
from answers.understanding.nearness import tells_of_its_place
from answers.understanding.question import Understanding
from answers.understanding.scope import region_of
from answers.understanding.years import with_arabic_years
from indexer.report.records import Passage
from indexer.report.regions import WHOLE_COUNTRY
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.span import Span

_OF_THE_NATION = cue("places", "of_the_nation")


def is_of_other_place(question: Understanding, report: Report, passage: Passage, sentence: Span) -> bool:
    """Whether a question names places, and an answer is told of none of them.

    A report speaks for its own place; of a place in it or elsewhere where the passage or a heading above it has the name; of
    a wider one (the province of a city, the nation) where the answer's `sentence` has it. A document that speaks for no
    place of its own, as notices and news do, must say the name somewhere.
    """
    asked, own = question.places, region_of(report)
    if not (asked.regions or asked.national):
        return False
    if not tells_of_its_place(report.metadata):
        return bool(asked.regions) and not any(
            region == own or region.short in report.simplified for region in asked.regions
        )
    if own is None and report.region != WHOLE_COUNTRY:
        return False
    if own is None and asked.national:
        return False
    if own is not None and own in (*asked.regions, *asked.possible):
        return False
    wider = [region for region in asked.regions if own is not None and own.lies_in(region)]
    said = sentence.of(report.simplified)
    if any(region.short in said for region in wider) or (asked.national and _OF_THE_NATION.search(said)):
        return False
    words = _words(report, passage)
    return not any(region.short in words for region in asked.regions if region not in wider)


def is_of_other_year(question: Understanding, report: Report, passage: Passage) -> bool:
    """Whether a question names a year, the report is neither of it nor of the next, and the passage does not name it."""
    year, time = report.year, question.years
    if year is None or time.plan or not time.named:
        return False
    # A span of years (2013年到2017年) is told as «五年来».
    if len(time.named) > 1 or {year, year - 1} & set(time.named):
        return False
    return str(time.named[0]) not in with_arabic_years(_words(report, passage))


def _words(report: Report, passage: Passage) -> str:
    return simplified(" ".join((*report.headings(passage.section), passage.span.of(report.text))))
