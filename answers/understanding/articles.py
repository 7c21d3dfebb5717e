"""A question for an article of a rule by its number: 条例第四条规定了什么？"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.text.numerals import whole_number

_ARTICLE = re.compile(r"第\s*(?P<number>[一二三四五六七八九十百千零〇]{1,9}|\d{1,4})\s*条")
# What may stand behind the number where the article itself is asked for; anything else asks for something in it.
_ASKING = re.compile(
    r"(?:的|都|主要|具体|规定|内容|说明|说|写|讲|要求|原文|全文|条文|怎么|怎样|如何|是|有|了|着|什么|啥|哪些|吗|呢|请|给我|看|列出|引用|[\s？?。！!])*+"
)
_LEAD = re.compile(
    r"^(?:请问|请|列出|引用|查一下|查|看看|看|给我|告诉我|根据|按照|依据|按(?!照))++|[《》\s的中里]+"
)


@dataclass(frozen=True, slots=True)
class AskedArticle:
    """An article that is asked for.

    Attributes:
        number: its number.
        rule: what the question calls the rule that it is of; empty where it names none.
    """

    number: int
    rule: str


def asked_article(query: str) -> AskedArticle | None:
    """The article that a question (in Simplified characters) wants to be told; None where it wants anything else."""
    found = list(_ARTICLE.finditer(query))
    if len(found) != 1 or not _ASKING.fullmatch(query, found[0].end()):
        return None
    number = whole_number(found[0]["number"])
    return AskedArticle(number, _LEAD.sub("", query[: found[0].start()])) if number is not None else None
