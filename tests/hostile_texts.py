"""Texts that are made to be slow to read, of any length: one kind for every way in which a reader may do too much."""

from __future__ import annotations

# What is repeated up to the length that is asked for.
_REPEATED = {
    "ideographs": "好",
    "commas": "，",
    "stops": "。",
    "full stops and blanks": "。 ",
    "sentences after blanks": "。 好",
    "line breaks": "\n",
    "blank lines": "\n ",
    "short lines": "好\n",
    "lines of a digit": "1\n",
    "headings": "一、好好\n",
    "headings of all levels": "第一章 好\n一、好\n（一）好\n1.好\n（1）好\n",
    "headings in one line": "（一）好好好好 ",
    "markers after blanks": " 一、",
    "topics": "加快建设好平台。大力推动好事情。\n",
    "addresses": "各位代表！好好。\n",
    "names of parts": "主要工作\n",
    "digits": "1",
    "groups of digits": "1,111,",
    "decimals": "1.1",
    "figures": "5个",
    "figures with verbs": "新建5个",
    "enumerated figures": "增长5%、",
    "clauses with figures": "增长5%，",
    "figures of different things": "新建学校5所和医院6家及公园7个",
    "figures over lines": "\n个1",
    "numbers of a hundred million": "1亿",
    "numerals": "一",
    "fractions in words": "一分之",
    "shares in words": "百分之一",
    "ranges": "1—",
    "ratios": "1:",
    "digits with blanks": "1 ",
    "numbers in parts": "1千1万",
    "large numbers in characters": "一亿二千万零",
    "digits between characters": "一、二",
    "numbers and more": "百余万多",
    "former values": "由5个增加到5个",
    "lists of numbers": "5、",
    "units with strokes": "5元/人·",
    "verbs": "稳定增长到达到超过",
    "months without an end": "由月月月月/",
    "adverbs": "将",
    "opening brackets": "（",
    "opening quotation marks": "“",
    "quoted figures": "“5个”",
    "closing marks": "。”",
    "cells": "甲 | 乙 ",
    "rows of a table": "地区：甲 | 面积：5万亩 | 增长：5%\n",
    "Latin sentences": "a. ",
    "years": "2024年",
    "congresses": "第一届人民代表大会第一次会议",
    "combining marks": "\u0316\u0301",
    "carriage returns": "\r",
    "Traditional characters": "萬個",
}
# (before, repeated, after)
_FRAMED = {
    "blanks": ("甲", " ", "乙"),
    "blanks at the end": ("好", " ", ""),
    "blanks in a heading": ("一、好好好好", " ", "乙。"),
    "words parted by blanks in a heading": ("一、", "好 ", ""),
    "an open bracket before lines": ("（\n", "好好\n", ""),
    "lines that go on": ("好。好", "好\n", ""),
    "lines after a dash": ("——好", "好\n", ""),
    "lines that begin with a comma": ("好", "\n，", ""),
    "a heading above many": ("一、总\n", "（一）好\n", ""),
    "a number of digits": ("新建", "1", "个学校。"),
    "a number of scales": ("新建1", "亿", "个学校。"),
    "a number in characters": ("新建", "一", "个学校。"),
    "a ratio without end": ("比例为1", ":1", "。"),
    "a list without end": ("提高1", "、1", "个百分点。"),
}
KINDS = (*_REPEATED, *_FRAMED)


def hostile_text(kind: str, length: int) -> str:
    """A text of a kind, `length` characters long."""
    before, repeated, after = _FRAMED[kind] if kind in _FRAMED else ("", _REPEATED[kind], "")
    room = length - len(before) - len(after)
    return before + (repeated * (room // len(repeated) + 1))[:room] + after
