"""Texts with a blank between all their characters, or between the digits of their figures."""

from __future__ import annotations

import re

_WIDE = "\u3001-\u9fff\uff01-\uff60\u2014\u2018-\u201f\u2026"
_BLANK = "[ \t\u00a0\u2000-\u200a\u3000]"
_APART = re.compile(rf"(?<=[{_WIDE}]){_BLANK}(?=[{_WIDE}])")
_TOGETHER = re.compile(rf"(?<=[{_WIDE}])(?=[{_WIDE}])")
_FEWEST = 20  # blanks between characters that make a text a spaced one
_LONG_LINE = 20  # characters of a line that is judged by itself: a title may be spaced for its looks
_SHARE = 0.8  # of a spaced line's pieces are single characters
_BLANKS = re.compile(rf"(?<=\S){_BLANK}+(?=\S)")
_DIGITS = re.compile(
    r"(?<![\d.．])(?<![\d.．] )\d(?:(?: | ?[.．] ?)\d)++(?!\d)(?= ?[\u4e00-\u9fff%％‰，。、；：）”’》,;)+＋—～~-]|[.．](?! ?\d))"
)
_SPACED_YEAR = re.compile(r"(?<![\d.] )(?<!\d)([12]) (\d) (\d) (\d)(?= ?年)")
_FEWEST_FIGURES = 3


def without_spacing(text: str) -> str:
    """The text without the blanks that stand between all its characters or all digits; else the text itself."""
    apart, together = len(_APART.findall(text)), len(_TOGETHER.findall(text))
    is_spaced = apart >= _FEWEST and apart > 2 * together
    if apart >= _FEWEST:
        text = "\n".join(_closed(line) if _is_spaced(line, is_spaced) else line for line in text.split("\n"))
    text = _SPACED_YEAR.sub(r"\1\2\3\4", text)
    figures = [found for found in _DIGITS.finditer(text) if found[0].count(" ") >= 2]
    return _DIGITS.sub(_figure, text) if len(figures) >= _FEWEST_FIGURES else text


def _is_spaced(line: str, is_usual: bool) -> bool:
    pieces = line.split()
    if len(pieces) < 2 or "|" in line or (not is_usual and len(line) < _LONG_LINE):
        return False
    return sum(len(piece) == 1 for piece in pieces) >= _SHARE * len(pieces)


def _closed(line: str) -> str:
    """A single blank goes; a longer run is what a blank of the text became."""
    return _BLANKS.sub(lambda blanks: "" if len(blanks[0]) == 1 else " ", line)


def _figure(found: re.Match[str]) -> str:
    return found[0].replace(" ", "")
