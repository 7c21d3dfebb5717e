"""What makes a line a heading: its mark, or that it names a part of the report; and how the house is addressed."""

from __future__ import annotations

import re

from indexer.text.part_names import NAME

NUMERALS = "一二三四五六七八九十百"
ORDINAL = rf"第[{NUMERALS}零〇千]{{1,9}}"
# 第一篇/第一部分  第一章  第一节  第一条  一、  （一） (一)  1.  （1）
MARKER = re.compile(
    rf"(?P<book>{ORDINAL}(?:[编部](?:分)?[、\s]?|篇(?=\s)))"
    rf"|(?P<chapter>{ORDINAL}章[、\s]?)"
    rf"|(?P<division>{ORDINAL}节(?=\s))"
    rf"|(?P<article>{ORDINAL}条(?:之[{NUMERALS}])?(?=[\s【]|\Z))"
    rf"|(?P<first>[{NUMERALS}]{{1,3}}(?:、|[.．](?=[^\d\s.．])))"
    rf"|(?P<second>[（(][{NUMERALS}]{{1,3}}[）)]、?)"
    r"|(?P<third>\d{1,2}[.．、](?![\d.．]))"
    r"|(?P<fourth>[（(]\d{1,2}[）)]、?)"
)
LONGEST_HEADING = 60
_LONGEST_NAME = 30
ADDRESS = re.compile(r"各位代表[!！,，:：]?")
"""How the speaker turns to the house."""


def is_part_name(line: str) -> bool:
    """Whether a line without a number names a part: 2024年工作回顾, 名词解释, 附件1, 2025年十件民生实事."""
    line = line.strip()
    if not 2 <= len(line) <= _LONGEST_NAME or re.search(r"[。！？!?；;，,]", line):
        return False
    return NAME.fullmatch(line) is not None and not MARKER.match(line)
