"""What makes a line a heading: its mark, or that it names a part of the report; and how the house is addressed."""

from __future__ import annotations

import re

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
# A line without number that names a part of the report by the words this genre uses for its parts.
_NAME = re.compile(
    r"(?:附件?\s*\d*|附录\s*\d*|目录|前言|序言|引言|导言|结语|结束语)"
    r"|附件?\s*\d*[:：、 ]?.{0,24}"
    r"|.{0,24}(?:回顾|工作安排|工作任务|重点任务|主要任务|目标任务|重点工作|主要工作|总体要求|总体部署|工作思路|工作建议|"
    r"政策取向|自身建设|名词解释|名词注释|名词说明|注释|民生实事|惠民实事|实事项目)"
)
# A line that begins with a year or a period and has no verb of its own: 2014年政府工作, 今后五年的奋斗目标, 过去一年的成就.
_PERIOD = re.compile(
    r"(?:(?:19|20)\d\d年(?:度|和|及|以及)?|(?:过去|今后|未来|前|近)(?:的)?[一二三四五]年|本届政府|过去|今年|去年|新一年|“[一二三四五六七八九十]{1,2}五”(?:时期|期间)?)"
    r"[^：:]{0,20}(?:工作|任务|目标|成就|成绩|情况|安排|部署|打算|建议|发展|要求|重点)"
)
ADDRESS = re.compile(r"各位代表[!！,，:：]?")
"""How the speaker turns to the house."""


def is_part_name(line: str) -> bool:
    """Whether a line without a number names a part: 2024年工作回顾, 名词解释, 附件1, 2025年十件民生实事."""
    line = line.strip()
    if not 2 <= len(line) <= _LONGEST_NAME or re.search(r"[。！？!?；;，,]", line):
        return False
    return bool(_NAME.fullmatch(line) or _PERIOD.fullmatch(line)) and not MARKER.match(line)
