"""Whether a statement is a target or a result, and which year it is about."""

from __future__ import annotations

import re

from answers.commitments.rows import StatementKind
from indexer.report.roles import Role
from indexer.text.numerals import DIGITS

# The words of the sentence outrank the part of the report it stands in.
_ACHIEVED = re.compile(
    r"已(?:经|建成|完成|达|有|实现|累计|超过|开工|启动)|(?<![比较同占])(?:去年|上年)|过去[一五]年|(?:五|一|几)年来|累计(?:已|建成|完成)"
    r"|(?:完成|达到|实现|增长|增加|提高|下降|减少|新增|建成|突破|超过|解决|降低|改造)了|(?<!项)目前"
)
_TARGET = re.compile(
    r"目标|预期|力争|计划|今年(?!以来|上半年|一季度)|明年|拟(?:安排|新)|要(?:在|达到|完成|新|实现|确保|力争)|到20[2-5]\d年|到“十[四五]五”末"
)
_BACK = re.compile(r"(?:过去[的一五]|去年|上年|一年来|[五近几]年来)[^，。]{0,6}[，年]")
_AHEAD = re.compile(r"今年|明年|目标|预期|力争|要|将|必须|确保|下一步|未来|今后|到20\d\d年|坚持")
_PLAN = re.compile(r"“十(?P<number>[一二三四五六七八九])五”(?:时期|期间|末|主要)")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?=年)")
_YEAR_BEFORE = re.compile(r"(?:比|较|同|占|自|从|由|与)(?:19|20)\d\d$")


def looks_back(sentence: str, before: bool) -> bool:
    """Whether a sentence outside the review tells of the year behind, given whether the one before did.

    «过去一年，各项工作取得了很大成绩。国内生产总值增长10.3%。» — until a sentence looks ahead.
    """
    if _AHEAD.search(sentence):
        return False
    return before or bool(_BACK.match(sentence))


def kind_of(role: Role, sentence: str, clause: str, back: bool = False) -> StatementKind:
    """The kind of a statement in a part of `role`.

    In a review everything was achieved unless the clause itself looks ahead; elsewhere everything is
    a target unless the clause says that it has been done or the sentence looks `back`.
    """
    if role is Role.REVIEW or back:
        return StatementKind.ACHIEVED
    if _ACHIEVED.search(clause) and not re.search(r"目标|力争|预期|确保", clause):
        return StatementKind.ACHIEVED
    if role is Role.OTHER and not _TARGET.search(sentence):
        return StatementKind.ACHIEVED if _ACHIEVED.search(sentence) else StatementKind.TARGET
    return StatementKind.TARGET


def year_of(kind: StatementKind, said_before: str, headings: str, report_year: int | None) -> int | None:
    """The year that a statement is about.

    It is the year named last before the number in its sentence; else the end of the five-year plan that
    the sentence or the headings above speak of; else the report's own year or the one behind it. A year
    that is only compared with (比2012年翻一番) is not what the statement is about.
    """
    for found in reversed(list(_YEAR.finditer(said_before))):
        if not _YEAR_BEFORE.search(said_before[: found.end()]):
            return int(found["year"])
    plan = _PLAN.search(said_before) or _PLAN.search(headings)
    if plan is not None and kind is StatementKind.TARGET:
        return 2005 + 5 * DIGITS[plan["number"]]
    if report_year is None:
        return None
    return report_year if kind is StatementKind.TARGET else report_year - 1
