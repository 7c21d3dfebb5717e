"""What a number measures, and the verb: from the words around it in its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answers.commitments.extraction.clause_grammar import thing_and_verb, without_adverbs
from answers.commitments.extraction.rules import Clause, Measured, told
from answers.commitments.extraction.verbs import ACTION_AT_START, begins_with_level
from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.amounts import Quantity
from answers.quantities.figures import tally
from answers.quantities.former import Former
from indexer.text.digit_words import DIGITS
from indexer.text.sentences import Clauses
from indexer.text.span import Span

_SHARED = re.compile(f"(?:{alternatives(rows(Row, 'nouns', 'shared'))})$")
# 经济总量跃居全国前十, 居民消费价格水平呈前高后低走势: the indicator, and how it stands.
_STANDS = re.compile(f"(?P<thing>[^，。；、\\d]{{2,14}}?)(?:{alternatives(rows(Row, 'nouns', 'stands'))})")
# 20条断头路有15条
_PART_OF = re.compile(
    rf"\d+(?:{alternatives(rows(Row, 'statements', 'of_things'))})(?P<thing>[^，。；、\d]{{1,12}})(?:已)?有"
)
_QUOTED_END = re.compile("“[^”]*”$")  # 启动保障性安居工程“三年行动计划”
# 3541.07万元2.3其他项目: the number of the next item is neither one's.
_ITEM = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,2}(?=[\u4e00-\u9fff])")


def measured(
    text: str, clauses: Clauses, found: Sequence[Quantity], former: Sequence[Former] = ()
) -> tuple[Measured, ...]:
    """What each of the quantities of a sentence measures, in their order.

    A clause that only goes on (、增长8.6％) measures what the one before it did. The `former` values of the sentence
    are read over: 由120元提高到200元.
    """
    result: list[Measured] = []
    last = counted_last = Measured("", "")
    around = [clauses.around(quantity.figure.span) for quantity in found]
    counted = _counted(text, around, found)
    things = _Things(text, clauses)
    for number, quantity in enumerate(found):
        previous = found[number - 1] if number else None
        clause = around[number]
        before = _before(text, clause, quantity, previous, former)
        if (
            former
            and not _shared_clause(clause, previous)
            and (topic := _topic(text, clauses, clause, former))
        ) or ((topic := things.told_of(clause, previous)) and begins_with_level(before)):
            before = topic + before
        after = counted[number]
        joined = previous is not None and _adjacent(text, previous, quantity)
        figure = quantity.figure
        # 开工率达到100%，基本建成15.2万套: a count is of no rate.
        of_rate = figure.unit != "%" and last.object.endswith("率") and not joined
        known = counted_last if of_rate else last
        one = told(Clause.of(before, after, figure.unit, figure.measure, known, joined))
        if not one.object or ACTION_AT_START.fullmatch(one.object):
            one = replace(one, object=things.before(clause) or one.object)
        result.append(one)
        last = one
        counted_last = one if figure.unit != "%" else counted_last
    return tuple(_distributed(text, found, result))


class _Things:
    """What the clauses of a sentence speak of, each read once."""

    def __init__(self, text: str, clauses: Clauses) -> None:
        self._text = text
        self._clauses = clauses
        self._nearest: dict[int, str] = {}  # by where a clause begins: what those before it speak of

    def told_of(self, clause: Span, previous: Quantity | None) -> str:
        """What the clause right before one that begins with its verb says where it stands or how it went, without a
        number of its own: «经济总量跃居全国前十，达到15616亿元»."""
        if _shared_clause(clause, previous):
            return ""
        earlier = next(self._clauses.before(clause.start), None)
        if earlier is None or (previous is not None and previous.figure.span.end > earlier.start):
            return ""
        found = _STANDS.match(self._text, earlier.start, earlier.end)
        return "" if found is None else found["thing"]

    def before(self, clause: Span) -> str:
        """What the nearest clause before speaks of that tells: «推进保障性安居工程建设，基本建成500万套» is of 保障性安居工程."""
        passed: list[int] = [clause.start]
        thing = ""
        for earlier in self._clauses.before(clause.start):
            if passed[-1] in self._nearest:
                thing = self._nearest[passed[-1]]
                break
            if thing := _thing_of(self._text, earlier):
                break
            passed.append(earlier.start)
        self._nearest.update(dict.fromkeys(passed, thing))
        return thing


def _thing_of(text: str, span: Span) -> str:
    clause = _QUOTED_END.sub("", span.of(text))
    span = Span(span.start, span.start + len(clause))
    if not 4 <= len(clause) <= 24 or not ACTION_AT_START.match(without_adverbs(clause)) or tally(text, span):
        return ""
    thing = re.sub("(?:建设|工作|力度)$", "", thing_and_verb(clause)[0])
    return thing if 3 <= len(thing) <= 14 and not re.search(r"\d", thing) else ""


def _counted(text: str, around: Sequence[Span], found: Sequence[Quantity]) -> list[str]:
    """The words after each number that say what it counts; `around` are their clauses.

    Of numbers side by side all count what follows the last of them: 10大类52项民生实事, 7.8万户、22.9万人消除风险.
    """
    result = [""] * len(found)
    for number in range(len(found) - 1, -1, -1):
        clause = around[number]
        after = _after(text, clause, found[number], _next(found, number))
        ahead = number
        while not after and (following := _next(found, ahead)) and _adjacent(text, found[ahead], following):
            ahead += 1
            if following.figure.span.start >= clause.end:
                break  # nothing behind its clause is the number's own
            if around[ahead] == clause:
                after = result[ahead]
                break
            after = _after(text, clause, following, _next(found, ahead))
        result[number] = after
    return result


def _next(found: Sequence[Quantity], number: int) -> Quantity | None:
    return found[number + 1] if number + 1 < len(found) else None


def _before(
    text: str, clause: Span, quantity: Quantity, previous: Quantity | None, former: Sequence[Former]
) -> str:
    """The words before the number that are its own."""
    start, end = clause.start, quantity.figure.span.start
    if (whole := _PART_OF.match(text, start, end)) and whole.end() == end:
        start = whole.start("thing")
    if previous is not None and previous.figure.span.end > start:
        between = _read_over(text, Span(previous.figure.span.end, end), former)
        return _shared(_ITEM.split(between)[-1])[1]
    return _ITEM.split(_read_over(text, Span(start, end), former))[-1]


def _shared_clause(clause: Span, previous: Quantity | None) -> bool:
    return previous is not None and previous.figure.span.end > clause.start


def _topic(text: str, clauses: Clauses, clause: Span, former: Sequence[Former]) -> str:
    """What a clause that begins with a former value speaks of: the one before it, if it has no figure.

    «人均可支配收入，由5160元增加到7703元».
    """
    if not any(one.said.start == clause.start for one in former):
        return ""
    topic = next(clauses.before(clause.start), None)
    return "" if topic is None or tally(text, topic) else topic.of(text)


def _read_over(text: str, span: Span, former: Sequence[Former]) -> str:
    """The words of a span without the former values in it."""
    words, position = [], span.start
    for one in former:
        if span.holds(one.said):
            words.append(text[position : one.said.start])
            position = one.said.end
    return "".join((*words, text[position : span.end]))


def _after(text: str, clause: Span, quantity: Quantity, following: Quantity | None) -> str:
    """The words after the number that are its own."""
    if following is not None and following.figure.span.start < clause.end:
        between = text[quantity.figure.span.end : following.figure.span.start]
        return _ITEM.split(between)[0] if _ITEM.search(between) else _shared(between)[0]
    return text[quantity.figure.span.end : clause.end]


def _shared(between: str) -> tuple[str, str]:
    """Whose the words between two numbers are: the first one's, the second one's."""
    if re.match(r"[、和及与并或]|以及", between):
        return "", between.lstrip("、和及与并或以")
    if re.search(r"[、和及与或]$", between):
        return between.rstrip("、和及与或"), ""
    first, mark, second = between.rpartition("、")
    if mark:
        return first, second
    return between, between


def _adjacent(text: str, previous: Quantity, quantity: Quantity) -> bool:
    between = text[previous.figure.span.end : quantity.figure.span.start]
    return not between.strip("、和，, 及与")


def _distributed(text: str, found: Sequence[Quantity], objects: Sequence[Measured]) -> list[Measured]:
    """Give the numbers of «甲、乙贷款分别增长1%、2%» each its own: 甲贷款, 乙贷款."""
    result = list(objects)
    for number, quantity in enumerate(found):
        before = text[max(0, quantity.figure.span.start - 14) : quantity.figure.span.start]
        if not re.search(r"分别(?:同比|比上年|较上年)?[^，。；、\d]{0,8}$", before):
            continue
        run = [number]
        while run[-1] + 1 < len(found) and _adjacent(text, found[run[-1]], found[run[-1] + 1]):
            run.append(run[-1] + 1)
        parts = re.split(r"[、和及与]", result[number].object)
        if len(parts) != len(run) or len(run) < 2:
            continue
        suffix = _SHARED.search(parts[-1])
        for place, part in zip(run, parts, strict=True):
            whole = (
                part + parts[-1][1:]  # 一、二、三产业增加值
                if part in DIGITS and parts[-1][:1] in DIGITS
                else part
                if suffix is None or _SHARED.search(part) or part[-1:] in "数率额量"
                else part + suffix[0]
            )
            result[place] = replace(result[place], object=whole)
    return result
