"""What of a question is worth a lexical search: its terms and names, without the words that only ask."""

from __future__ import annotations

import re

from answers.understanding.places import without_places

# How questions are put, not what they are about. Reports hold these words too, so that they would only
# bring passages with 目标 or 今年 in them.
_FRAME = re.compile(
    r"多少|哪[些个几家里儿]?|什么|怎么样?|怎样|如何|几个?|今年|去年|明年|前年|(?:19|20)\d\d年?|是否|有没有|[吗呢吧]|请问|一共|我们|咱们?|打算|计划|目标|准备"
    # Alone they only join words; in 新能源, 社会 and 上半年 they are part of one.
    r"|(?<![主重需])要(?!素|求)|(?<![社协机])会(?!议|展)|(?<![新智动产功节性职])能(?![源耗力])|(?<!海)上(?![半海市])|有(?![色机])"
    r"|[了的在把被和与是到为个让给]"
)


def terms(search: str) -> str:
    """The words of a question that a passage might hold, place names left out: its own report holds them all.

    `search` is the question in Simplified characters with the long forms of its abbreviations.
    """
    return _FRAME.sub(" ", without_places(search))
