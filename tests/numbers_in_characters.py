"""Whole numbers written in characters, as reports write them."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"


def below_myriad(number: int) -> str:
    """1–9999 in characters: 一千零五十."""
    written, gap = "", False
    for scale, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + word
        gap = not digit
    return written


def in_characters(number: int) -> str:
    """Up to 10^16: 三亿五千万零二十, 一万二千亿."""
    if not number:
        return "零"
    above, number = divmod(number, 10**8)
    written = in_characters(above) + "亿" if above else ""
    for scale, word in ((10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            written += ("零" if written and part < 1000 else "") + below_myriad(part) + word
    return written
