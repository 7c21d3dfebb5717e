"""The marks by which a line of a report shows that it is a heading."""

from __future__ import annotations

import re

NUMERALS = "一二三四五六七八九十百"
# 第一章/第一部分  一、  （一） (一)  1.  （1）
MARKER = re.compile(
    rf"(?P<chapter>第[{NUMERALS}]+[章编部](?:分)?[、\s]?)"
    rf"|(?P<first>[{NUMERALS}]{{1,3}}、)"
    rf"|(?P<second>[（(][{NUMERALS}]{{1,3}}[）)]、?)"
    r"|(?P<third>\d{1,2}[.．、](?![\d.．]))"
    r"|(?P<fourth>[（(]\d{1,2}[）)]、?)"
)
LONGEST_HEADING = 60
_LONGEST_NAME = 30
# A line without number that names a part of the report by the words this genre uses for its parts.
_NAME = re.compile(
    r"(?:附件?\s*\d*|附录\s*\d*|目录|前言|结语|结束语)"
    r"|附件?\s*\d*[:：、 ]?.{0,24}"
    r"|.{0,24}(?:回顾|工作安排|工作任务|重点任务|主要任务|目标任务|重点工作|主要工作|总体要求|总体部署|工作思路|工作建议|"
    r"政策取向|自身建设|名词解释|名词注释|名词说明|注释|民生实事|惠民实事|实事项目)"
)


def is_part_name(line: str) -> bool:
    """Whether a line without a number names a part: 2024年工作回顾, 名词解释, 附件1, 2025年十件民生实事."""
    line = line.strip()
    if not 2 <= len(line) <= _LONGEST_NAME or re.search(r"[。！？!?；;，,]", line):
        return False
    return bool(_NAME.fullmatch(line)) and not MARKER.match(line)
