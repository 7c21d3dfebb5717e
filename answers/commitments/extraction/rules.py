"""What a number measures, as rules: each reads one shape of clause, and the first that can counts.

A rule's docstring begins with the shape and ends with an example: what the last number of the sentence
measures, and the verb. A test tries every example.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from answers.commitments.extraction.clause_grammar import (
    CIRCLE,
    noun_after,
    subject,
    thing_and_verb,
    without_brackets,
)
from answers.commitments.extraction.verbs import (
    ACTION_AT_END,
    ACTION_AT_START,
    STAGES,
    TAKES_OBJECT,
    Level,
    level_at_end,
)
from answers.knowledge.tables import Row, alternatives, rows
from answers.quantities.units import CURRENCIES, Measure
from indexer.text.numerals import WRITTEN_YEAR


@dataclass(frozen=True, slots=True)
class Measured:
    """What a quantity measures (国家级农业龙头企业) and the verb (新增); either may be empty.

    `rule` names the rule that told it; empty where none did.
    """

    object: str
    action: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A number in its clause.

    Attributes:
        written_before, written_after: the words that are its own, as written.
        unit, measure: its unit, and what that counts.
        last: what the number before it in the sentence measures.
        joined: whether nothing but a comma or «and» lies between that number and this one.
        before: `written_before` without brackets and without when, where and whence.
        noun: what is counted, of the words after it; empty where they only tell what became of it.
        level: the verbs of level that end `before`; None where none do.
        thing, verb: what `before` speaks of and does.
    """

    written_before: str
    written_after: str
    unit: str
    measure: Measure
    last: Measured
    joined: bool
    before: str
    noun: str
    level: Level | None
    thing: str
    verb: str

    @classmethod
    def of(cls, before: str, after: str, unit: str, measure: Measure, last: Measured, joined: bool) -> Clause:
        """Read the words around a number."""
        bare = _WHERE_AND_WHEN.sub("", _FROM.sub("", without_brackets(before).strip()))
        told = _NOT_COUNTED.sub("", without_brackets(after).strip())
        counted = told.removeprefix("的")
        thing, verb = thing_and_verb(bare)
        # 将科技资金80%以上投入重点领域: a share is of what stands before it, unless «的» ties it to what follows.
        noun = "" if unit == "%" and counted == told and thing else noun_after(counted)
        # 环境提升四大工程: what stands before a count of programmes is their names, whatever its last word.
        names = unit in _PROGRAMME_UNITS or (unit != "%" and _PROGRAMME.match(bare))
        level = None if names else level_at_end(bare)
        return cls(before, after, unit, measure, last, joined, bare, noun, level, thing, verb)

    @property
    def ruling(self) -> Level | None:
        """The verbs of level that the number belongs to; None for those whose number comes with its noun: 新增2家
        5A级景区, 达到5个国家级平台."""
        return None if self.level and self.noun and TAKES_OBJECT.search(self.level.verb) else self.level


Rule = Callable[[Clause], Measured | None]

_nouns = partial(rows, Row, "nouns")
DEPENDENT = alternatives(_nouns("dependent"))
"""How much of something named before, as the inside of a regular expression."""
_DEPENDENT = re.compile(DEPENDENT)
_LEVEL_NOUN = re.compile(alternatives(_nouns("level")))
_GENERIC = re.compile(alternatives(_nouns("generic")))
_GENERIC_WITH_ADJECTIVE = re.compile(alternatives(_nouns("generic_with_adjective")))
_SHARE_OF = re.compile(r"(?P<of>占[^，、；]{1,10})的(?:比重|比例)?(?:为|达|达到)?$")
_WHENCE = r"(?:现行|每人|每年|每月|人均|原来|原先|上年|去年|20\d\d年)"
_FROM = re.compile(rf"(?:由|从|自){_WHENCE}*(?:月\w{{0,4}}{_WHENCE}*)?的?$")
# 扩大到全国40%的县, 降到去年的1.5%: neither belongs to the verb before it.
_WHERE_AND_WHEN = re.compile(
    rf"(?<=[到至为占是])(?:全国|全省|全市|全区|世界|全球|(?:去年|上年|(?:{WRITTEN_YEAR}) ?年[末底]?|“十[一二三四五六]五”时期)的)$"
)
_STAGE = re.compile(rf"^(?P<thing>.{{2,}}?)(?P<verb>(?:基本|全部|新|累计)?(?:{STAGES}))$")
_TOTALS = re.compile(r"^(?:共计?|累计|合计|总计)")
_PROGRAMME = re.compile(r"(?:实施|开展|完成|推进|启动).*(?:提升|提高|扩容|压减|改造)$")
_PROGRAMME_UNITS = ("大", "类")
_COMPARED = re.compile(r"[比较][^，、]{2,10}(?:高|低|多|少|快|好)(?:了|出)?$")
_MULTIPLE = re.compile(r"^(?:是|为|相当于).+的$")
# 突破万亿元大关; 3万元欧元 is a slip of the pen.
_NOT_COUNTED = re.compile(f"^(?:大关|关口|{CURRENCIES})")
_MEDALS = ("金", "银", "铜")


def goes_on(clause: Clause) -> Measured | None:
    """Nothing stands around the number: it measures what the one before it does.

    «高新技术企业贷款增长4.3%、6.1%» → 高新技术企业贷款, 增长
    """
    return (
        clause.last if clause.joined and not (clause.written_before.strip() or clause.written_after) else None
    )


def circle(clause: Clause) -> Measured | None:
    """A time names a circle of services.

    «城市12分钟急救圈初步形成» → 城市急救圈,
    """
    if clause.measure is not Measure.TIME or not (found := CIRCLE.match(clause.written_after)):
        return None
    place = thing_and_verb(re.split(r"[、，]", clause.written_before)[-1].strip("“”"))[0]
    return Measured((place if len(place) <= 4 else "") + found[0], "")


def medals(clause: Clause) -> Measured | None:
    """Medals, by where they were won.

    «我省健儿在巴黎奥运会上勇夺4金» → 巴黎奥运会,
    """
    if clause.unit not in _MEDALS:
        return None
    words = clause.written_before
    where = re.search(r"在(.+?)(?:上|中)?(?:勇|夺|斩|摘|获|取|收|赢|喜|共)", words)
    thing, verb = thing_and_verb(words)
    return Measured(where[1] if where else thing, verb)


def share_of(clause: Clause) -> Measured | None:
    """A share says of what it is one.

    «外资企业出口占全省的41.9%» → 外资企业出口占全省, 占
    """
    share = _SHARE_OF.search(clause.before)
    if share is None:
        return None
    return Measured(with_last(clause.last, subject(clause.before[: share.start()]) + share["of"]), "占")


def level_as_noun(clause: Clause) -> Measured | None:
    """The verb of level follows as a noun.

    «固定资产投资保持20%以上的增长» → 固定资产投资, 增长
    """
    if not _LEVEL_NOUN.fullmatch(clause.noun):
        return None
    words = clause.before
    level = _COMPARED.search(words)
    found = level_at_end(words)
    cut = level.start() if level else found.start if found else len(words)
    return Measured(with_last(clause.last, subject(words[:cut])), clause.noun)


def total_of_an_action(clause: Clause) -> Measured | None:
    """A total behind a verb and its object.

    «开工建设保障性住房共1000万套» → 保障性住房, 开工建设
    """
    level = clause.ruling
    if level is None or not _TOTALS.match(level.verb):
        return None
    words = clause.before[: level.start]
    return Measured(*thing_and_verb(words)) if ACTION_AT_START.match(subject(words)) else None


def level_of_what_follows(clause: Clause) -> Measured | None:
    """A verb of level without a subject measures what follows.

    «今年增长8%的企业» → 企业, 增长
    """
    level = clause.ruling
    if level is None or not clause.noun or subject(clause.before[: level.start]):
        return None
    return Measured(clause.noun, level.verb)


def level_of_its_subject(clause: Clause) -> Measured | None:
    """A verb of level measures its subject.

    «有效发明专利拥有量达5.3万件» → 有效发明专利拥有量, 达
    """
    level = clause.ruling
    if level is None:
        return None
    return Measured(with_last(clause.last, subject(clause.before[: level.start])), level.verb)


def compared(clause: Clause) -> Measured | None:
    """A comparison instead of a verb.

    «增速比全国平均高2个百分点» → 增速,
    """
    found = _COMPARED.search(clause.before)
    return Measured(with_last(clause.last, subject(clause.before[: found.start()])), "") if found else None


def multiple(clause: Clause) -> Measured | None:
    """How many times of something else.

    «造林面积100万亩，是1949年到2012年总和的1.7倍» → 造林面积, 是
    """
    if clause.unit != "倍" or not _MULTIPLE.search(clause.before):
        return None
    return Measured(clause.last.object, "是")


def stage_of_works(clause: Clause) -> Measured | None:
    """A noun and the stage that its works have come to.

    «棚户区改造开工601万套» → 棚户区改造, 开工
    """
    if clause.noun or ACTION_AT_START.fullmatch(clause.before) or not (stage := _STAGE.match(clause.before)):
        return None
    thing = thing_and_verb(stage["thing"])[0] or subject(stage["thing"])
    return Measured(with_last(clause.last, thing), stage["verb"])


def how_much_of_the_last(clause: Clause) -> Measured | None:
    """It only says how much of the thing before it.

    «实施重点项目400个、完成投资2000亿元» → 重点项目投资, 完成
    """
    if clause.noun or not (clause.thing and clause.last.object):
        return None
    if not _DEPENDENT.fullmatch(clause.verb + clause.thing):
        return None
    return Measured(clause.last.object + clause.thing, clause.verb)


def thing_before(clause: Clause) -> Measured | None:
    """Nothing that is counted follows: the number is of the thing before it.

    «新改建农村公路1万公里以上» → 农村公路, 新改建
    """
    return None if clause.noun else Measured(with_last(clause.last, clause.thing), clause.verb)


def programmes(clause: Clause) -> Measured | None:
    """Programmes are named before their number.

    «实施节能降碳、环境提升四大工程» → 节能降碳、环境提升工程, 实施
    """
    if clause.unit not in (*_PROGRAMME_UNITS, "项") or len(clause.thing) < 2:
        return None
    if clause.level or _verb_at_end(clause):
        return None
    listed = "、" in clause.thing or clause.before.endswith("等")
    if _GENERIC.match(clause.noun) or (not listed and _GENERIC_WITH_ADJECTIVE.match(clause.noun)):
        return Measured(clause.thing + clause.noun, clause.verb)
    return None


def noun_that_follows(clause: Clause) -> Measured | None:
    """What is counted follows the number.

    «全省培育10名战略科学家» → 战略科学家, 培育
    """
    if clause.measure is Measure.MONEY and not clause.verb and ACTION_AT_START.match(clause.noun):
        return Measured(*thing_and_verb(clause.noun))  # 将用三十亿元建设职工住宅
    return Measured(clause.noun, _verb_at_end(clause) or clause.verb)


RULES: tuple[Rule, ...] = (
    goes_on,
    circle,
    medals,
    share_of,
    multiple,
    level_as_noun,
    total_of_an_action,
    level_of_what_follows,
    level_of_its_subject,
    compared,
    stage_of_works,
    how_much_of_the_last,
    thing_before,
    programmes,
    noun_that_follows,
)


def told(clause: Clause) -> Measured:
    """What the first rule that can read a clause makes of it."""
    for rule in RULES:
        found = rule(clause)
        if found is not None:
            return replace(found, rule=rule.__name__)
    return Measured("", "")


def with_last(last: Measured, thing: str) -> str:
    """The thing itself, after what it depends on where it only says how much of that."""
    if not thing:
        return last.object
    if last.object and _DEPENDENT.fullmatch(thing) and not last.object.endswith(thing):
        root = re.sub(f"(?:(?:种植|播种)面积|{DEPENDENT}|建设)$", "", last.object) or last.object
        return root + thing
    return thing


def _verb_at_end(clause: Clause) -> str:
    """The verb that stands right before the number."""
    found = None if clause.unit in _PROGRAMME_UNITS else ACTION_AT_END.search(clause.before)
    return found["verb"] if found else ""
