"""Read numbers as Chinese reports write them: 5.3万, 1,500, 三百五十, 二〇二四, 百分之三点五, 三分之二."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

ZEROS = "零〇○"
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
"""What each digit of a number in characters is worth."""
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
"""What a word multiplies the digits before it by."""

_NUMERAL = re.compile(
    # 4万多亿元 has its bound inside the number.
    r"(?P<digits>\d[\d,]*+(?:[.．]\d++)?)\s*(?:[余多](?=[万亿]))?(?P<scale>[十百千]?[万亿]*(?:[余多]亿)?)"
    r"|(?P<words>[零〇○一二两三四五六七八九十百千万亿]++)"
)
_IN_WORDS = re.compile(r"[零〇○一二两三四五六七八九十百千万亿]+(?:点[零〇○一二两三四五六七八九]+)?")
_LONGEST = 40  # characters: what is longer is no number that anybody means
_FRACTION = re.compile(r"(?P<below>.+?)\s*分之\s*(?P<above>.+)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number inside a text.

    Attributes:
        start, end: where it stands, half-open, its scale included.
        value: what it is worth.
        scale: what the words after its digits multiply them by: 10000 of 5.3万; 1 where there are none.
    """

    start: int
    end: int
    value: Decimal
    scale: int


def numerals(text: str) -> Iterator[Numeral]:
    """Every number in a text, in order: two of 1.5万—2万, one of 二十五个. A fraction is two of them.

    Of digits in characters without a scale the last counts, as they are no number but several, or a number behind
    a year: 三四个, 一九八一和一九八二两个年度. A row of digits that is longer than any number is none.
    """
    for found in _NUMERAL.finditer(text):
        if found.end() - found.start() > _LONGEST:
            continue
        if found["words"]:
            yield Numeral(*found.span(), Decimal(_scaled(found["words"])), 1)
        else:
            scale = _scale(found["scale"])
            digits = found["digits"].replace(",", "").replace("．", ".")
            yield Numeral(*found.span(), Decimal(digits) * scale, scale)


def numeral_value(words: str) -> Decimal:
    """What a number is worth: 5.3万 → 53000, 两千零六 → 2006, 百分之三点五 → 0.035.

    Digits without a scale are read one by one (二〇二四 → 2024); of only two without a zero the second
    counts (三四个, «three or four»).

    Raises:
        ValueError: these words are no number, or more than one.
    """
    words = words.strip()
    if len(words) > 2 * _LONGEST:
        raise ValueError(f"no number, but {len(words)} characters: {words[:_LONGEST]!r}…")
    if fraction := _FRACTION.fullmatch(words):
        below = numeral_value(fraction["below"])
        if not below:
            raise ValueError(f"nothing can be divided into zero parts: {words!r}")
        return numeral_value(fraction["above"]) / below
    if _IN_WORDS.fullmatch(words):
        return _value_of_words(words)
    whole = next(numerals(words), None)
    if whole is None or (whole.start, whole.end) != (0, len(words)):
        raise ValueError(f"no number: {words!r}")
    return whole.value


def arabic_year(words: str) -> int:
    """The year that four digits name: 二〇二四, 二○二四, 1998 and １９９８.

    Raises:
        ValueError: these are not four digits.
    """
    if len(words) != 4:
        raise ValueError(f"no year of four digits: {words!r}")
    return digit_by_digit(words)


def digit_by_digit(words: str) -> int:
    """What digits in a row name, in characters or figures: 二〇二四 → 2024, 二五 (of 二五日) → 25.

    Raises:
        ValueError: one of them is no digit.
    """
    return int("".join(str(DIGITS.get(word, word)) for word in words))


def _scale(words: str) -> int:
    factor = 1
    for word in words:
        factor *= SCALES.get(word, 1)
    return factor


def _value_of_words(words: str) -> Decimal:
    whole, _, decimals = words.partition("点")
    value = Decimal(digit_by_digit(whole) if _is_digits(whole) else _scaled(whole))
    for place, word in enumerate(decimals, 1):
        value += Decimal(DIGITS[word]).scaleb(-place)
    return value


def _is_digits(words: str) -> bool:
    return all(word in DIGITS for word in words) and (len(words) > 2 or any(zero in words for zero in ZEROS))


def _scaled(words: str) -> int:
    """Three sums grow side by side: what 亿 has closed, what 万 has, and what is below 万. 三亿五千万二百:
    3·10⁸, 5000·10⁴, 200. A scale without a number before it counts once (百万) or multiplies what is closed
    (亿万)."""
    billions = myriads = section = 0
    digit: int | None = None
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
            continue
        scale = SCALES[word]
        below = myriads + section + (digit or 0)
        if word == "亿":
            billions = billions + below * scale if below else (billions or 1) * scale
            myriads = section = 0
        elif word == "万":
            if below or not billions:
                myriads = (below or 1) * scale
            else:
                billions *= scale
            section = 0
        else:
            section += (1 if digit is None else digit) * scale
        digit = None
    return billions + myriads + section + (digit or 0)
