"""The words of a question that tell its topic, weighed by how rare they are in the reports."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from indexer.text.characters import simplified

# What questions are made of besides their topic.
_EMPTY = re.compile(
    r"怎么说|怎样说|如何说|多少|几[个家所座项名人位万亿公倍]*|怎么样?|怎样|如何|什么|哪[些个里家几]?|是否|有没有|今年|去年|上年|明年|年度|当年|上一年|全年|计划|打算|准备|预期|力争|安排|"
    r"目标|任务|实际|完成|达到|分别|各自|定[在为]|提出|按|拟|吗|呢|新增|新建|[的了是要把将对在和与及跟]|方面|情况|关于|有关|提法|表述|说法|论述|内容|举措|措施|办法|政策|部署|推进|发展|加快|支持|推动|大家|全国|全省|全市|全区"
)
# Names that reports write in another way.
_SAME = {
    "GDP": "地区生产总值",
    "财政收入": "一般公共预算收入",
    "楼市": "房地产市场",
    "研发强度": "研发投入强度",
}
_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Term:
    """Two characters of the topic, one that stands alone, or a word in Latin letters, and their weight."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one question."""

    terms: tuple[Term, ...]

    def coverage(self, text: str) -> float:
        """The share, 0..1, of the terms' weight that stands in `text`; 1 where the question has no terms."""
        total = sum(term.weight for term in self.terms)
        if not total:
            return 1.0
        written = _folded(text)
        return sum(term.weight for term in self.terms if term.text in written) / total


def topic_terms(query: str, passages: Collection[str]) -> Terms:
    """The terms of `query`, weighed by their rarity among `passages`; those nowhere in them tell nothing."""
    for word, written in _SAME.items():
        query = re.sub(re.escape(word), written, query, flags=re.I)
    found = dict.fromkeys(_pieces(simplified(query)))
    texts = [_folded(text) for text in passages]
    weighed = []
    for piece in found:
        count = sum(piece in text for text in texts)
        if count:
            weighed.append(Term(piece, math.log((len(texts) + 1) / count)))
    return Terms(tuple(weighed))


def _pieces(query: str) -> Iterable[str]:
    for run in _RUN.findall(_EMPTY.sub(" ", query)):
        if run.isascii():
            yield run.casefold()
        else:
            # 煤 alone is a topic too.
            yield from (run[n : n + 2] for n in range(max(1, len(run) - 1)))


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return simplified(text).casefold()
