"""Whether every number of a sentence stands in its quotations, with its unit and its bound."""

from __future__ import annotations

from collections.abc import Sequence

from answers.quantities.amounts import quantities
from answers.quoting.sources import Source
from indexer.text.characters import simplified
from indexer.text.numerals import Numeral, numerals
from indexer.text.span import Span

_SMALL = 10  # 一 to 十 in characters are no more than parts of words (进一步, 统一), which are looked at as words …
_COUNTS = "年月日号期届次季度位名轮批级类"  # … but with these behind them, or 第 before


def unsupported_number(text: str, sources: Sequence[Source]) -> str:
    """The first number of a sentence that its quotations do not have; empty where they have all.

    An amount needs the same value, unit and bound as in the passage: 超5.3万件 for neither 5.3万件 nor 5.3万人. Any other
    number (a year, a date, a rank) needs the same value before the same character, but for those in what names the report:
    2025年政府工作报告, or its whole title.
    """
    words = simplified(text)
    said = tuple(quantities(words, Span(0, len(words))))
    amounts = {found.amount for source in sources for found in source.amounts}
    for quantity in said:
        if quantity.amount not in amounts:
            return quantity.figure.span.of(text)
    proven = [quantity.figure.span for quantity in said]
    proven += [Span(*match.span()) for source in sources for match in source.name.finditer(words)]
    known = {_key(source.quoted, number) for source in sources for number in numerals(source.quoted)}
    for number in numerals(words):
        inside = any(span.start <= number.start and number.end <= span.end for span in proven)
        if not (inside or _is_part_of_a_word(words, number) or _key(words, number) in known):
            return text[number.start : number.end + 1]
    return ""


def _key(text: str, number: Numeral) -> tuple[object, ...]:
    return number.low, number.high, number.more, number.below, text[number.end : number.end + 1]


def _is_part_of_a_word(text: str, number: Numeral) -> bool:
    if not number.in_words or number.value > _SMALL:
        return False
    return text[number.end : number.end + 1] not in _COUNTS and text[number.start - 1 : number.start] != "第"
