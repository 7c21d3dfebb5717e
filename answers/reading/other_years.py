"""Whether an answer is told of several years and the question is about one, or the other way round.

A report that ends a term tells what five years brought in the words in which others tell what one year did: 改造农村危房1.1万户.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from answers.knowledge.tables import cue
from answers.reading.years_told import Told, YearsTold
from answers.understanding.question import Understanding
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.span import Span

_SEVERAL = cue("years_told", "asks_for_several")
_ONE = cue("years_told", "asks_for_one")


class OtherYears(Enum):
    """How an answer's years differ from those that a question asks for."""

    NOT = "not, or nothing tells"
    SUMMED_UP = "a sum, a mean or a change over several years for one year"
    OF_ONE = "told of one year for several"


def other_years(
    question: Understanding, report: Report, role: Role, sentence: Span, answer: Span
) -> OtherYears:
    """How the years differ of which an answer in a review is told; `role` is that of its section."""
    several = _asks_for_several(question)
    if role is not Role.REVIEW or several is None:
        return OtherYears.NOT
    told = _years_told(report).told(sentence, answer.start)
    if several:
        return OtherYears.OF_ONE if told is Told.ONE_YEAR else OtherYears.NOT
    # What is only told among several may be of the last of them: that counted for little (docs/measurements.md).
    return OtherYears.SUMMED_UP if told is Told.OVER_SEVERAL else OtherYears.NOT


def _asks_for_several(question: Understanding) -> bool | None:
    """Whether it asks for several years; None where it names none, or one beside several."""
    years, query = question.years, question.query
    one = len(years.named) == 1 or bool(years.relative) or _ONE.search(query) is not None
    several = (
        years.plan or bool(years.since or years.last or years.lately) or _SEVERAL.search(query) is not None
    )
    if several:
        return True if years.plan or not one else None
    return False if one else None


# One question asks of the same report's years for its first answer alone, and the next ones mostly of the same reports.
@lru_cache(maxsize=16)
def _years_told(report: Report) -> YearsTold:
    return YearsTold.of(report)
