"""What a question wants: a number and of which kind, a list, measures, a yes or no, or a fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from answers.quantities.units import Measure
from answers.understanding.wanted_model import shipped_wanted_model

# With 0.6 the model leaves 13 of 100 quantities open and gets 2 wrong, on questions about reports left out.
_LEAST_MEASURE = 0.6


class Ask(StrEnum):
    """What the question wants for an answer."""

    NUMBER = "number"
    LIST = "list"
    MEANS = "means"  # 如何、怎么、有什么举措: the clauses that say what will be done
    WHETHER = "whether"  # the clause that settles it
    FACT = "fact"  # who, which, where


_MEASURE_WORDS = "家所座项件条个张套辆艘架次届处片台种类批支只头株棵场门款部户栋间盏例篇枚"
# Which sectors will …, but not: Which city was …
_WHICH_SEVERAL = (
    r"\bwhich\s+(?:[\w’'-]+\s+){0,3}?(?!(?:is|was|has|does|this|its|status|process|campus|business|focus)\b)"
    r"[a-z-]+[a-rt-z]s\s+(?:are|were|have|had|will|did|does|do|has|can|should|in|of|that|to|the|[a-z]+ed)\b"
)
_LIST = re.compile(
    r"哪些|哪几|哪“?[两三四五六七八九十]|有何|分别(?:是|属|叫|为)|几(?:种|类|方面|大类)|包括(?:什么|些)|有什么(?:项目|产业|试点)"
    r"|都(?:叫|是|有)(?:些)?(?:什么|啥|谁|哪)"
    rf"|^(?:list|name)\b|\bwhat are\b|{_WHICH_SEVERAL}",
    re.I,
)
# 近几年, 今后几年 and 第几届 ask for no number.
_HOW_MANY = re.compile(
    rf"多少|多大|多高|多长|多重|多久|多远|多快|几成|几多|几个点|好多(?=[{_MEASURE_WORDS}人亩]|万)|百分之几|是几[？?]"
    rf"|(?<![哪第近这前头好])(?<!过去|未来|今后|往后)几(?:个|(?=[{_MEASURE_WORDS}名人位亩公天年倍亿万千百岁米块])(?!种|类))"
    r"|\bhow (?:many|much|long|large|big|far|high|fast|old|often|tall|wide|deep|heavy)\b|\bpercent",
    re.I,
)
_MEANS = re.compile(
    r"怎么|怎样|如何|咋|(?:什么|哪些|有何|啥|何种|哪种)[^，。？]{0,6}(?:办法|措施|举措|安排|打算|对策|手段|动作|招|做法|政策|支持|照顾|优惠|福利|好处|保障|部署|要求)"
    r"|(?:办法|措施|举措|手段|哪些事)|(?:靠|做)(?:些)?(?:什么|啥)|帮(?:什么|啥|哪些)忙|(?:部署|安排|打算)(?:都)?是(?:什么|啥)"
    r"|\bhow (?:will|does|do|is|are|can|to)\b|\bwhat (?:steps|measures|support|help|efforts)\b|\bwhat is (?:planned|being done|to be done)\b",
    re.I,
)
# 哪个市的增速最快, 为什么出口增速下降: no number is wanted, though one is spoken of.
_WHO_OR_WHY = re.compile(r"谁|哪(?:个|座|家|一个)(?!月)|为什么|为何|为啥|\bwho\b|\bwhy\b", re.I)
_WHETHER = re.compile(
    r"吗|是否|([\u4e00-\u9fff])[没不]\1|(?:能|会|要|行)不$|有没|没有?[？?]?$"
    r"|^(?:is|are|was|were|will|does|do|did|has|have|can|should)\b",
    re.I,
)
_UNIT = re.compile(rf"(?:多少|几)(?:万|亿)*(?P<unit>[{_MEASURE_WORDS}名人位亩吨斤])(?!百分点|点)")


# A question for a number may speak of plans (打算、安排) and lists of quantities; it comes first.
_ASKING = (
    (Ask.NUMBER, _HOW_MANY),
    (Ask.MEANS, _MEANS),
    (Ask.LIST, _LIST),
    (Ask.FACT, _WHO_OR_WHY),
    (Ask.WHETHER, _WHETHER),
)


def wanted_ask(query: str) -> Ask:
    """What a question in Simplified characters wants for an answer."""
    # Where no word asks the model tells: 四川 生猪出栏 今年目标, 研发投入占比, grain output 2025.
    return _asked(query) or Ask(shipped_wanted_model().guess("ask", query).label)


def only_names(query: str, names: Sequence[str]) -> bool:
    """Whether a query in Simplified characters only names a thing (养老, 低空经济) and asks nothing of it.

    No word of it asks, and neither it nor what its words stand for, `names`, is by its words a quantity of any kind.
    """
    return _asked(query) is None and all(wanted_measure(name) is None for name in (query, *names))


def _asked(query: str) -> Ask | None:
    """What the words that ask want; None where no word asks."""
    return next((ask for ask, cue in _ASKING if cue.search(query)), None)


def wanted_measure(query: str) -> Measure | None:
    """The kind of quantity that a question for a number wants; None where its words do not tell."""
    guess = shipped_wanted_model().guess("measure", query)
    return Measure(guess.label) if guess.chance >= _LEAST_MEASURE else None


def wanted_unit(query: str) -> str:
    """The measure word that a question asks with (几座, 多少家); empty where there is none."""
    unit = _UNIT.search(query)
    return unit["unit"] if unit else ""
