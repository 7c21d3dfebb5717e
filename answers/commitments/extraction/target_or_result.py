"""Whether a statement is a target or a result, and which year it is about."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from answers.commitments.rows import StatementKind
from answers.knowledge.tables import Row, alternatives, rows
from indexer.report.roles import Role
from indexer.text.digit_words import DIGITS, arabic_year
from indexer.text.numerals import WRITTEN_YEAR

_cues = partial(rows, Row, "target_or_result")
# The words of the sentence outrank the part of the report it stands in.
_ACHIEVED, _AIM, _TARGET, _AHEAD = (
    re.compile(alternatives(_cues(section))) for section in ("achieved", "aim", "target", "looks_ahead")
)
_BACK = re.compile(alternatives(_cues("looks_back")))
_PLAN, _FIVE_YEARS, _SETS = (
    re.compile(alternatives(_cues(section))) for section in ("of_plan", "of_five_years", "sets_targets")
)
_YEAR = re.compile(rf"(?<!\d)(?P<year>{WRITTEN_YEAR})(?= ?年(?!以来|以前|底以前|之前))")
_OPENS = re.compile(
    rf"(?:{alternatives(_cues('address'))})?\s*(?:(?P<now>今年)|(?P<year>{WRITTEN_YEAR})年|{_PLAN.pattern})"
)
# 今年经济社会发展的主要预期目标是, under whatever heading; not 今年及今后五年.
_NOW = re.compile(
    f"(?:{alternatives(_cues('address'))})?\\s*今年(?![^，。；：]{{0,8}}(?:[和及、至到]|以后|今后|五年|规划))"
)
_YEAR_BEFORE = re.compile(f"(?:{alternatives(_cues('compared_year'))})$")


def looks_back(sentence: str, before: bool) -> bool:
    """Whether a sentence outside the review tells of the year behind, given whether the one before did.

    «过去一年，各项工作取得了很大成绩。国内生产总值增长10.3%。» — until a sentence looks ahead.
    """
    if _AHEAD.search(sentence):
        return False
    return before or bool(_BACK.match(sentence))


def opens_this_year(opening: str, report_year: int | None, before: bool) -> bool:
    """Whether a paragraph that opens so, and those after it, are of this year and not of the plan that begins with it,
    given whether those before it were: «今年是“十五五”开局之年» turns from the one to the other."""
    found = _OPENS.match(opening)
    if found is None:
        return before
    return found["now"] is not None or (
        found["year"] is not None and arabic_year(found["year"]) == report_year
    )


def kind_of(role: Role, sentence: str, clause: str, back: bool = False) -> StatementKind:
    """The kind of a statement in a part of `role`.

    In a review everything was achieved unless the clause itself looks ahead; elsewhere everything is
    a target unless the clause says that it has been done or the sentence looks `back`.
    """
    if _says(_SETS, sentence):
        return StatementKind.TARGET
    if role is Role.REVIEW or back:
        return StatementKind.ACHIEVED
    if _says(_ACHIEVED, clause) and not _says(_AIM, clause):
        return StatementKind.ACHIEVED
    if role is Role.OTHER and not _says(_TARGET, sentence):
        return StatementKind.ACHIEVED if _says(_ACHIEVED, sentence) else StatementKind.TARGET
    return StatementKind.TARGET


def names_several_years(heading: str) -> bool:
    """Whether a heading is of the five years to come, and of no year among them."""
    return _says(_FIVE_YEARS, heading) or _says(_PLAN, heading)


def speaks_of_plans(sentence: str) -> bool:
    """Whether a sentence tells of what is to be, wherever it stands."""
    return _says(_TARGET, sentence) or _says(_AIM, sentence)


@lru_cache(maxsize=64)
def _says(cue: re.Pattern[str], words: str) -> bool:
    """Whether a cue is among the words. Numbers that stand together share them, so they are not read for each."""
    return cue.search(words) is not None


def year_of(
    kind: StatementKind, said_before: str, headings: str, report_year: int | None, this_year: bool = False
) -> int | None:
    """The year that a statement is about.

    It is the year named last before the number in its sentence; else the end of the five-year plan that
    the sentence or the headings above speak of, or of the five years (今后五年) that begin with the report's; else the
    report's own year or the one behind it. A sentence that opens with 今年 is of that year under any heading. A year that is only compared with (比2012年翻一番) is not what the statement
    is about.
    """
    for found in reversed(list(_YEAR.finditer(said_before))):
        if not _YEAR_BEFORE.search(said_before[: found.end()]):
            return arabic_year(found["year"])
    above = "" if (this_year and f"{report_year}年" in headings) or _NOW.match(said_before) else headings
    if kind is StatementKind.TARGET and (plan := _PLAN.search(said_before) or _PLAN.search(above)):
        return 2005 + 5 * DIGITS[plan["number"]]
    if report_year is None:
        return None
    if kind is StatementKind.TARGET and (_FIVE_YEARS.search(said_before) or _FIVE_YEARS.search(above)):
        return report_year + 4
    return report_year if kind is StatementKind.TARGET else report_year - 1
