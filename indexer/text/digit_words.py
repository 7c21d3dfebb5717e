"""What Chinese characters of numbers are worth: digits, scales, the forms of accounts, digits one by one."""

from __future__ import annotations

from decimal import Decimal

ZEROS = "零〇○"
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
"""What each digit of a number in characters is worth."""
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
"""What a word multiplies the digits before it by."""
_FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟弍弐", "一二三四五六七八九十百千二二", strict=True)) | {
    "廿": "二十",
    "卅": "三十",
}
"""As in accounts and in old reports."""

DIGIT_WORDS = "".join(DIGITS) + "".join(word for word, plain in _FORMAL.items() if plain in DIGITS)
WORDS = "".join((*DIGITS, *SCALES, *_FORMAL))
"""Every character of a number in characters."""
_PAIRS = {(low, low + 1) for low in range(1, 9)} | {(3, 5)}


def arabic_year(words: str) -> int:
    """The year that four digits name: 二〇二四, 二○二四, 1998, 1 9 9 8 and １９９８.

    Raises:
        ValueError: these are not four digits.
    """
    words = words.replace(" ", "")
    if len(words) != 4:
        raise ValueError(f"no year of four digits: {words!r}")
    return digit_by_digit(words)


def digit_by_digit(words: str) -> int:
    """What digits in a row name, in characters or figures: 二〇二四 → 2024, 二五 (of 二五日) → 25.

    Raises:
        ValueError: one of them is no digit.
    """
    return int("".join(str(DIGITS.get(word, word)) for word in words))


def are_neighbours(one: str, other: str) -> bool:
    """Whether two characters are digits that mean a range side by side: 三四, 七八, 三五."""
    return one in DIGIT_WORDS and other in DIGIT_WORDS and (digit_of(one), digit_of(other)) in _PAIRS


def values_of(words: str, by_place: bool = False) -> tuple[Decimal, Decimal] | None:
    """The lower and the higher value of a number in characters; None where it is none, as two digits that are no
    neighbours are, unless they are read `by_place`: 35 of 三五."""
    words = plain_words(words)
    if not words:
        return None
    digits = words.rstrip("万亿") if by_place or any(zero in words for zero in ZEROS) else words
    if all(word in DIGITS for word in digits):
        if len(digits) == 2 and not by_place and (DIGITS[digits[0]], DIGITS[digits[1]]) in _PAIRS:
            return Decimal(DIGITS[digits[0]]), Decimal(DIGITS[digits[1]])
        if len(digits) == 2 and not by_place and not any(zero in digits for zero in ZEROS):
            return None  # 二五 is no number
        if digits and (len(digits) > 1 or digits == words):
            return (Decimal(digit_by_digit(digits) * factor_of(words[len(digits) :])),) * 2
    for place in range(len(words) - 1):
        one, other = words[place], words[place + 1]
        if one in DIGITS and other in DIGITS and one not in ZEROS:
            if (DIGITS[one], DIGITS[other]) not in _PAIRS:
                return None
            low, high = (
                _scaled(words[: place + 1] + words[place + 2 :]),
                _scaled(words[:place] + words[place + 1 :]),
            )
            return None if low is None or high is None else (Decimal(low), Decimal(high))
    value = _scaled(words)
    return None if value is None else (Decimal(value), Decimal(value))


def plain_words(words: str) -> str:
    """The same with the forms of accounts and 廿 and 卅 as they are written otherwise: 壹拾 → 一十."""
    return "".join(_FORMAL.get(word, word) for word in words)


def digit_of(word: str) -> int:
    """What a digit is worth, in the form of accounts too."""
    return DIGITS[_FORMAL.get(word, word)]


def factor_of(words: str) -> int:
    """What scales in a row multiply by: 10^12 of 万亿, 1 of nothing."""
    factor = 1
    for word in words:
        factor *= SCALES[word]
    return factor


def _scaled(words: str) -> int | None:
    """What a number with scales is worth, None where it breaks the order of digits and scales.

    Three sums grow side by side: what 亿 has closed, what 万 has, and what is below 万. 三亿五千万二百: 3·10⁸, 5000·10⁴,
    200. A scale at the beginning counts once (百万); a digit that ends the number right after a scale is of the
    next lower one: 三万五.
    """
    closed = myriads = section = 0
    digit: int | None = None
    lowest = 10**4  # the last scale inside the section
    for place, word in enumerate(words):
        if word in DIGITS:
            if word not in ZEROS:
                if digit is not None:
                    return None
                digit = DIGITS[word]
            elif digit is not None or place + 1 == len(words):
                return None
            continue
        scale = SCALES[word]
        if scale < 10**4:
            if scale >= lowest or (digit is None and place and (scale > 10 or words[place - 1] in "万亿")):
                return None
            section, lowest = section + (1 if digit is None else digit) * scale, scale
        elif scale == 10**4:
            below = section + (digit or 0) or int(not place)
            if not below or myriads:
                return None
            myriads, section, lowest = below * scale, 0, 10**4
        else:
            below = myriads + section + (digit or 0) or int(not place)
            if not below or closed % 10**12:
                return None
            closed, myriads, section, lowest = closed + below * scale, 0, 0, 10**4
        digit = None
    if digit is not None:
        last = words[-2]
        if last in SCALES and last != "十":
            if len(words) == 2 or all(word in SCALES for word in words[:-1]):
                return None  # 万一
            digit *= SCALES[last] // 10
    return closed + myriads + section + (digit or 0)
