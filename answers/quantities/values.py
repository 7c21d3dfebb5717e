"""What the numbers of a figure come to: below zero or not, a ratio, a range, a year, a tenth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from answers.quantities.units import Measure
from indexer.text.numerals import Numeral

_SIGN = re.compile(r"(?<=[\u4e00-\u9fff])[-－−]$")
_SIGNED = ("%", "％", "‰", "个百分点", "百分点")
# 增长负1.5%, 为负3亿元; not 减负3亿元, 税负, 自负20%, 正负2%.
_MINUS = re.compile(r"(?<=[长降幅速率比为是至到达])负$")
_MINUS_OF = frozenset({Measure.SHARE, Measure.MONEY})
_FROST = re.compile("零下$")
_YEARS = range(1900, 2100)


def sign_before(before: str, unit: str, measure: Measure) -> re.Match[str] | None:
    """What says, right before a number, that it is below zero; None where nothing does."""
    if frost := _FROST.search(before):
        return frost
    found = _SIGN.search(before) if unit in _SIGNED else None
    return found or (_MINUS.search(before) if measure in _MINUS_OF else None)


def ratio_of(parts: Sequence[Numeral]) -> tuple[str, Decimal]:
    """The unit and the value of a ratio: 2.9 and ∶1, 1∶ and 3.2; of three parts the first, with the unit ∶."""
    first, second = parts[0].high, parts[1].high
    if len(parts) > 2 or not second:
        return "∶", first
    if second == 1 or first != 1:
        return "∶1", first / second
    return "1∶", second


def range_of(first: Numeral, last: Numeral) -> tuple[Decimal, Decimal]:
    """The ends of a range; 万 of the last belongs to both: 2—3万家, 三到五百."""
    low, high = first.low, last.high
    if first.scale == 1 and last.scale > 1 and not (first.in_words and low >= 10**4):
        low = next(
            (
                low * factor
                for factor in (last.scale, 10**8, 10**4)
                if factor <= last.scale and low * factor <= high
            ),
            low,
        )
    return low, high


def is_year(number: Numeral, last: Numeral, unit: str) -> bool:
    """Whether it is a year, or years: 2025年, 2021—2025, 一九七八."""
    if unit not in ("", "年"):
        return False
    if number.by_digit or last.by_digit:
        return True
    whole = number.scale == last.scale == 1 and not (number.more or last.more or number.in_words)
    return whole and number.low in _YEARS and last.low in _YEARS


def single_digit(numbers: Sequence[Numeral], place: int, end: int) -> Decimal | None:
    """五 of 一成五, as a tenth."""
    if place == len(numbers) or numbers[place].start != end or numbers[place].end != end + 1:
        return None
    number = numbers[place]
    return number.low / 10 if number.low == number.high < 10 else None


def is_same_unit(one: str, other: str) -> bool:
    """Whether two units are one, in either width."""
    return one.replace("％", "%") == other.replace("％", "%")
