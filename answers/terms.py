"""What of a question is worth a lexical search: its terms and names, without the words that only ask."""

from __future__ import annotations

import re

from answers.places import without_places
from answers.question import Question

# How questions are put, not what they are about. Reports hold these words too, so that they would only
# bring passages with 目标 or 今年 in them.
_FRAME = re.compile(
    r"多少|哪[些个几家里儿]?|什么|怎么样?|怎样|如何|几个?|今年|去年|明年|前年|(?:19|20)\d\d年?|是否|有没有|[吗呢吧]|请问|一共|我们|咱们?|打算|计划|目标|准备"
    r"|[要会能了的在把被和与是有到为上个让给]"
)


def terms(question: Question) -> str:
    """The words of a question that a passage might hold, place names left out: its own report holds them all."""
    return _FRAME.sub(" ", without_places(question.search))
