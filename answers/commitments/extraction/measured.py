"""What a number measures, and the verb: from the words around it in its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answers.commitments.extraction.clause_grammar import (
    noun_after,
    subject,
    thing_and_verb,
    without_adverbs,
    without_brackets,
)
from answers.commitments.extraction.verbs import ACTION_AT_END, ACTION_AT_START, LEVEL_AT_END
from answers.quantities.amounts import Quantity
from answers.quantities.units import Measure
from indexer.text.sentences import CLAUSE_MARK, clause_around
from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Measured:
    """What a quantity measures (国家级农业龙头企业) and the verb (新增); either may be empty."""

    object: str
    action: str


# They say how much of something named before: 亿元以上项目 → 亿元以上项目总投资.
_DEPENDENT = re.compile(
    r"(?:年度|计划|完成|累计|总)+投资|(?:年度|计划|完成|累计|总)*(?:总数|总量|总额|总金额|总投资|总规模|投资额|金额|占比|比重|增速|增幅|涨幅|数量|规模|总产|产量|单产|产值|面积|总面积|里程|总里程|覆盖率)"
    r"|(?:占|对|较|比|高于|低于|快于).*|(?:位次|份额|余额|成交额|总人数)"
)
_SHARE_OF = re.compile(r"(?P<of>占[^，、；]{1,10})的(?:比重|比例)?(?:为|达|达到)?$")
_FROM = re.compile(r"(?:由|从|自)(?:现行|每人|每年|每月|人均|原来|原先|上年|去年|20\d\d年|月\w{0,4})*的?$")
# 扩大到全国40%的县, 降到去年的1.5%: neither belongs to the verb before it.
_WHERE_AND_WHEN = re.compile(r"(?<=[到至为占])(?:全国|全省|全市|全区|世界|全球|(?:去年|上年|20\d\d年)的)$")
# 棚户区改造开工601万套: a noun and the stage that its works have come to.
_STAGE = re.compile(
    r"^(?P<thing>.{2,}?)(?P<verb>(?:基本|全部|新|累计)?(?:开工|完工|竣工|建成|投产|安置|脱贫|落户))$"
)
_TOTALS = re.compile(r"^(?:共计?|累计|合计|总计)")
_PROGRAMME = re.compile(r"(?:实施|开展|完成|推进|启动).*(?:提升|提高|扩容|压减|改造)$")
_COMPARED = re.compile(r"[比较][^，、]{2,10}(?:高|低|多|少|快|好)(?:了|出)?$")
_LEVEL_NOUN = re.compile(r"[^，、]{0,5}(?:增长|增速|增幅|下降|水平|区间|幅度)")
_OBJECT_VERB = re.compile(
    r"新增|增加|达|有|安排|超|突破|持续|普遍|总|共|为|占|降低|减少|约|至少|居|稳|保持|提升"
)
_CIRCLE = re.compile(r"[^，。；、]{0,14}圈")
_MEDALS = ("金", "银", "铜")
_SHORT_GENERIC = re.compile(r"(?:工程|行动|体系|产业|计划|战役|攻坚战|任务|领域|改革|基地|中心|集群)")
_MODIFIED_GENERIC = re.compile(rf"(?:标志性|专项|提质增效|重点|重大|攻坚)+{_SHORT_GENERIC.pattern}")
_WITH_SUFFIX = re.compile(
    r"(?:(?:常住)?居民人均可支配收入|人均可支配收入|增加值|总产值|产值|产量|产能|投资|贷款|余额|收入|利润|出口|进口|销量|销售额|零售额|营收|总额|用户|装机|存款|增速|占比|比重|覆盖率|普及率|参保率|入学率|毛入学率|达标率|比例|浓度|人数|数量|面积|里程|机组)$"
)


def measured(text: str, sentence: Span, found: Sequence[Quantity]) -> tuple[Measured, ...]:
    """What each of the quantities of a sentence measures, in their order.

    A clause that only goes on (、增长8.6％) measures what the one before it did.
    """
    result: list[Measured] = []
    last = Measured("", "")
    for number, quantity in enumerate(found):
        previous = found[number - 1] if number else None
        clause = clause_around(text, sentence, quantity.figure.span)
        before = _before(text, clause, quantity, previous)
        after = _after(text, clause, quantity, _next(found, number))
        ahead = number
        while not after and (following := _next(found, ahead)) and _adjacent(text, found[ahead], following):
            # 10大类52项民生实事, 7.8万户、22.9万人消除风险: all count what follows the last.
            ahead += 1
            after = _after(text, clause, following, _next(found, ahead))
        if not before.strip() and not after and previous is not None and _adjacent(text, previous, quantity):
            one = last  # 4金1银, and a second number of 分别增长4.3%、6.1%
        elif quantity.figure.measure is Measure.TIME and (circle := _CIRCLE.match(after)):
            place = thing_and_verb(re.split(r"[、，]", before)[-1].strip("“”"))[0]
            one = Measured((place if len(place) <= 4 else "") + circle[0], "")
        elif quantity.figure.unit in _MEDALS:
            one = Measured(_where(before), thing_and_verb(before)[1])
        else:
            one = _measured(before, after, last, quantity.figure.unit)
        if not one.object or ACTION_AT_START.fullmatch(one.object):
            one = replace(one, object=_named_before(text, sentence, clause) or one.object)
        result.append(one)
        last = one
    return tuple(_distributed(text, found, result))


def _named_before(text: str, sentence: Span, clause: Span) -> str:
    """What the clauses before speak of: «推进保障性安居工程建设，基本建成500万套» is of 保障性安居工程."""
    for earlier in reversed(CLAUSE_MARK.split(text[sentence.start : clause.start])):
        if 4 <= len(earlier) <= 24 and ACTION_AT_START.match(without_adverbs(earlier)):
            thing = re.sub("(?:建设|工作|力度)$", "", thing_and_verb(earlier)[0])
            if 3 <= len(thing) <= 14 and not re.search(r"\d", thing):
                return thing
    return ""


def _next(found: Sequence[Quantity], number: int) -> Quantity | None:
    return found[number + 1] if number + 1 < len(found) else None


def _where(words: str) -> str:
    """巴黎奥运会, of «我省健儿在巴黎奥运会上勇夺»."""
    place = re.search(r"在(.+?)(?:上|中)?(?:勇|夺|斩|摘|获|取|收|赢|喜|共)", words)
    return place[1] if place else thing_and_verb(words)[0]


def _before(text: str, clause: Span, quantity: Quantity, previous: Quantity | None) -> str:
    """The words before the number that are its own."""
    start = clause.start
    if previous is not None and previous.figure.span.end > start:
        between = text[previous.figure.span.end : quantity.figure.span.start]
        return _shared(between)[1]
    return text[start : quantity.figure.span.start]


def _after(text: str, clause: Span, quantity: Quantity, following: Quantity | None) -> str:
    """The words after the number that are its own."""
    if following is not None and following.figure.span.start < clause.end:
        return _shared(text[quantity.figure.span.end : following.figure.span.start])[0]
    return text[quantity.figure.span.end : clause.end]


def _shared(between: str) -> tuple[str, str]:
    """Whose the words between two numbers are: the first one's, the second one's."""
    if re.match(r"[、和及与并或]|以及", between):
        return "", between.lstrip("、和及与并或以")
    if re.search(r"[、和及与或]$", between):
        return between.rstrip("、和及与或"), ""
    first, mark, second = between.rpartition("、")
    if mark:
        return first, second
    return between, between


def _adjacent(text: str, previous: Quantity, quantity: Quantity) -> bool:
    between = text[previous.figure.span.end : quantity.figure.span.start]
    return not between.strip("、和，, 及与")


def _measured(before: str, after: str, last: Measured, unit: str) -> Measured:
    before = without_brackets(before).strip()
    told = without_brackets(after).strip()
    after = told.removeprefix("的")
    before = _WHERE_AND_WHEN.sub("", _FROM.sub("", before))
    share = _SHARE_OF.search(before)
    if share is not None:  # 外资企业出口占全省的41.9%
        return Measured(_with(last, subject(before[: share.start()]) + share["of"]), "占")
    # 将科技资金80%以上投入重点领域: a share is of what stands before it, unless «的» ties it to what follows.
    noun = "" if unit == "%" and after == told and thing_and_verb(before)[0] else noun_after(after)
    if _LEVEL_NOUN.fullmatch(noun):  # 保持20%以上的增长
        return Measured(_with(last, subject(_without_level(before))), noun)
    # 环境提升四大工程: what stands before a count of programmes is their names, whatever its last word.
    level = (
        None
        if unit in ("大", "类") or (unit != "%" and _PROGRAMME.match(before))
        else LEVEL_AT_END.search(before)
    )
    if level is not None and not (noun and _takes_object(level["verb"])):
        about = subject(before[: level.start()])
        if _TOTALS.match(level["verb"]) and ACTION_AT_START.match(about):
            return Measured(*thing_and_verb(before[: level.start()]))  # 开工建设保障性住房共1000万套
        if noun and not about:
            return Measured(noun, level["verb"])
        return Measured(_with(last, about), level["verb"])
    if compared := _COMPARED.search(before):
        return Measured(_with(last, subject(before[: compared.start()])), "")
    if not noun and (stage := _STAGE.match(before)) and not ACTION_AT_START.fullmatch(before):
        thing = thing_and_verb(stage["thing"])[0] or subject(stage["thing"])
        return Measured(_with(last, thing), stage["verb"])
    thing, verb = thing_and_verb(before)
    if not noun:
        dependent = last.object and _DEPENDENT.fullmatch(verb + thing)  # 实施项目400个、完成投资2000亿元
        return Measured(last.object + thing if dependent and thing else _with(last, thing), verb)
    named = None if unit in ("大", "类") else ACTION_AT_END.search(before)
    if unit in ("大", "类", "项") and len(thing) >= 2 and not (level or named):
        # 实施节能降碳、绿色转型四大工程, 碳达峰十大行动: the programmes are named before their number.
        listed = "、" in thing or before.endswith("等")
        if _SHORT_GENERIC.match(noun) or (not listed and _MODIFIED_GENERIC.match(noun)):
            return Measured(thing + noun, verb)
    return Measured(noun, named["verb"] if named else verb)


def _without_level(words: str) -> str:
    level = _COMPARED.search(words) or LEVEL_AT_END.search(words)
    return words[: level.start()] if level else words


def _takes_object(verb: str) -> bool:
    """Verbs of level whose number may come with its noun: 新增2家5A级景区, 达到5个国家级平台."""
    return bool(_OBJECT_VERB.search(verb))


def _with(last: Measured, thing: str) -> str:
    """The thing itself, after what it depends on where it only says how much of that."""
    if not thing:
        return last.object
    if last.object and _DEPENDENT.fullmatch(thing) and not last.object.endswith(thing):
        root = re.sub(f"(?:(?:种植|播种)面积|{_DEPENDENT.pattern}|建设)$", "", last.object) or last.object
        return root + thing
    return thing


def _distributed(text: str, found: Sequence[Quantity], objects: Sequence[Measured]) -> list[Measured]:
    """Give the numbers of «甲、乙贷款分别增长1%、2%» each its own: 甲贷款, 乙贷款."""
    result = list(objects)
    for number, quantity in enumerate(found):
        before = text[max(0, quantity.figure.span.start - 14) : quantity.figure.span.start]
        if not re.search(r"分别(?:同比|比上年|较上年)?[^，。；、\d]{0,8}$", before):
            continue
        run = [number]
        while run[-1] + 1 < len(found) and _adjacent(text, found[run[-1]], found[run[-1] + 1]):
            run.append(run[-1] + 1)
        parts = re.split(r"[、和及与]", result[number].object)
        if len(parts) != len(run) or len(run) < 2:
            continue
        suffix = _WITH_SUFFIX.search(parts[-1])
        for place, part in zip(run, parts, strict=True):
            whole = (
                part
                if suffix is None or _WITH_SUFFIX.search(part) or part[-1:] in "数率额量"
                else part + suffix[0]
            )
            result[place] = Measured(whole, result[place].action)
    return result
