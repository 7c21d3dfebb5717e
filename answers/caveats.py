"""What a reader must be told beside an answer: that it is half of a pair, or so much a year where a month was asked for.

新增社会养老床位4000张、家庭养老床位500张 has two numbers for the one question how many beds; each of them is true, neither
is the answer alone. Nothing here changes an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers.answer import Answer
from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.figures import Figure, tally
from embeddings.language import Text
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.sentences import clause_around
from indexer.text.span import Span

_BETWEEN = re.compile(r"[、和与及]")
_EACH = "分别"
_SHARED = 2  # characters that the names of two halves end with alike
_RATES = tuple((row.pattern, row.name) for row in rows(Row, "rates", "rate"))
_ANY_RATE = re.compile(alternatives(rows(Row, "rates", "rate")))
_TIMES = {
    "day": Text("每天", "a day"),
    "month": Text("每月", "a month"),
    "quarter": Text("每季度", "a quarter"),
    "year": Text("每年", "a year"),
}
_OF_OTHER_TIME = Text(
    "问的是{asked}，原文写的是{told}的数", "Asked for {asked}; the report gives a number for {told}"
)


@dataclass(frozen=True, slots=True)
class Caveats:
    """What must be told beside an answer.

    Attributes:
        pair: where the whole pair stands that the answer is half of; None where it is whole.
        of_other_time: that its number is of another time than the one asked for; None where it is not.
    """

    pair: Span | None = None
    of_other_time: Text | None = None


def caveats(question: str, text: str, span: Span, sentence: Span) -> Caveats:
    """What must be told beside the answer `text[span]` in its sentence; `text` in Simplified characters."""
    found = [figure for figure in tally(text, sentence) if figure.span.end > span.start]
    held = [figure for figure in found if figure.bare.start < span.end]
    if not held:
        return Caveats()
    clause = clause_around(text, sentence, held[0].bare)
    asked, told = time_of(simplified(question)), time_of(clause.of(text)) or time_of(sentence.of(text))
    other = asked and told and asked != told
    return Caveats(
        _pair(question, text, held[0], clause) if len(held) == 1 else None,
        _other_time(asked, told) if other and asked and told else None,
    )


def caveats_of(question: str, answer: Answer, report: Report) -> Caveats:
    """The same of an answer of a report."""
    return caveats(question, report.simplified, answer.span, answer.sentence)


def time_of(words: str) -> str | None:
    """Of what time a number is, by the words around it; None where they tell none or several."""
    found = {
        name
        for match in _ANY_RATE.finditer(words)
        for name in [next(name for pattern, name in _RATES if pattern.match(words, match.start()))]
    }
    return found.pop() if len(found) == 1 else None


def _other_time(asked: str, told: str) -> Text:
    return Text(
        *(
            words.format(asked=a, told=t)
            for words, a, t in (
                (_OF_OTHER_TIME.zh, _TIMES[asked].zh, _TIMES[told].zh),
                (_OF_OTHER_TIME.en, _TIMES[asked].en, _TIMES[told].en),
            )
        )
    )


def _pair(question: str, text: str, own: Figure, clause: Span) -> Span | None:
    """The clause's figures that belong together with this one, from the first name to the last figure."""
    figures = [one for one in tally(text, clause) if one.unit == own.unit and one.measure == own.measure]
    place = next((n for n, one in enumerate(figures) if one.bare == own.bare), None)
    if place is None:
        return None
    named = [_name(text, clause, figures, n) for n in range(len(figures))]
    each = _EACH in text[clause.start : figures[0].span.start]
    first = last = place
    while first and _belong(text, named, figures, first, each):
        first -= 1
    while last + 1 < len(figures) and _belong(text, named, figures, last + 1, each):
        last += 1
    others = [n for n in range(first, last + 1) if n != place]
    if not others or (not each and _asks_for(question, text, named[place], named[others[0]])):
        return None
    return Span(named[first].start, figures[last].span.end)


def _name(text: str, clause: Span, figures: Sequence[Figure], place: int) -> Span:
    """What a figure is called: the words before it, from the figure or the mark before."""
    start = figures[place - 1].span.end if place else clause.start
    end = figures[place].span.start
    while start < end and (_BETWEEN.match(text[start]) or text[start].isspace()):
        start += 1
    return Span(start, end)


def _belong(text: str, named: Sequence[Span], figures: Sequence[Figure], place: int, each: bool) -> bool:
    """Whether a figure and the one before it are halves of one thing."""
    between = text[figures[place - 1].span.end : figures[place].span.start]
    if not _BETWEEN.match(between.lstrip()):
        return False
    if each:
        return not named[place].of(text).strip()
    return len(_ending(named[place - 1].of(text), named[place].of(text))) >= _SHARED


def _asks_for(question: str, text: str, own: Span, other: Span) -> bool:
    """Whether a question names this very half: 社会养老床位."""
    name = own.of(text)
    difference = name[: len(name) - len(_ending(name, other.of(text)))]
    return len(difference) >= _SHARED and difference[-_SHARED:] in simplified(question)


def _ending(one: str, other: str) -> str:
    """What two names end with alike: 养老床位."""
    length = 0
    while length < min(len(one), len(other)) and one[-1 - length] == other[-1 - length]:
        length += 1
    return one[len(one) - length :]
