"""Which quantities of a sentence are statements, and which only belong to a name, a date or a rank."""

from __future__ import annotations

import re

from answers.quantities.amounts import Quantity
from answers.quantities.units import Measure
from indexer.text.span import Span

# What these count is never promised: 二期, 三届, 5级, 65岁以上老人.
_NAME_UNITS = frozenset(["期", "届", "级", "席", "榜", "度", "班", "股", "位次", "周", "岁", "门"])
_ENDS_IN_MEASURE = re.compile(
    r"(?:[达为至到占超有]|增长|增加|提高|提升|下降|降低|减少|压缩|压减|缩短|缩减|延长|提前|控制在|稳定在|保持在?|实现|完成|拥有)了?$"
)
_SHORTENS = re.compile(r"(?:压缩|缩短|压减|缩减|延长|提速|提前|缩至|降至|减至|压至)[^，。；、]{0,8}$")
_RANK = re.compile(r"(?:第|(?<!提)(?<!目)前|居|位列|排列|百强|每|[A-Za-z]|[·∶:×]\d*)$")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿]")
_CONGRESS = re.compile(r"十[六七八九]大$|二十大$")
# 八项规定, 五项原则, 一国两制 and their like are names.
_NAMED_COUNT = re.compile(
    r"规定|原则|基本|会议|全会|中全会|维护|意识|自信|毫不动摇|水体|水质|文明|国策|世纪|方面|底线|主线|红线|牛|角|资|农"
)
_LAND = re.compile(r"(?:都市圈|城市群|经济区|经济圈|板块|片区|流域|区域|河|江|湖|山|国有|银行)")
_THRESHOLD_AFTER = re.compile(
    r"的?(?:重大|重点|省级|新建|在建|工业|产业|特色|先进|制造业|技改|大|单体)*(?:项目|企业|产业|集群|园区|增长点|工程|开发区|县|城市|乡镇|投资项目|行业|区域|地区|税源|市场|平台)"
)
# 30户以上自然村寨, 人口20万以上的县: which villages and counties, not how many.
_SETTLEMENT = re.compile(
    r"的?(?:自然|行政|农村|脱贫)*(?:村|县|乡镇|城市|城区|社区|小区|岛屿|木质|集镇|搬迁|安置)"
)
_LARGE = (Measure.MONEY, Measure.AREA, Measure.WEIGHT, Measure.PEOPLE, Measure.LENGTH)
_YEARS_RUNNING = re.compile(r"连续(?:第)?$")
_CIRCLE = re.compile(r"[^，。；、]{0,14}圈")
# Who is addressed or praised: 6100万湖北人民.
_PEOPLE = re.compile(
    r"[^，。；、\d]{0,6}(?:人民|儿女|各族|父老|干部群众|同胞|家人|民族(?!\w{0,4}项目)|中国人)"
)
_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|‘[^’]*’")


def is_statement(text: str, sentence: Span, quantity: Quantity, alone: bool) -> bool:
    """Whether a quantity states how much: no name (1612体系, 三期, “1244”), date, rank or threshold.

    `alone` says that no other quantity stands in its clause: «连续8年获得“好”的等次» counts the
    years, «连续4年超过90万人» the people.
    """
    figure = quantity.figure
    written = figure.bare.of(text)
    before = text[sentence.start : figure.span.start]
    after = text[figure.span.end : sentence.end]
    outer = text[sentence.start : figure.bare.start]
    if _RANK.search(before) or _RANK.search(outer) or figure.unit in _NAME_UNITS:
        return False
    if not figure.unit and not re.search(r"[万亿%％]|分之", written):
        return False
    if (
        after.startswith(("级", "口的", "口大国", "内换乘", "范围内"))
        or re.match("制(?![度定造])", after)
        or _PEOPLE.match(after)
        or re.match(r"0\d", written)
    ):
        return False
    if figure.measure is Measure.TIME:
        return _states_time(before, after, alone)
    if _in_quotes(text, sentence, figure.bare):
        return False
    if _NUMERAL.match(written):
        return _states_numeral(written, figure.unit, before, after, figure.span != figure.bare)
    return not _is_threshold(figure.measure, text, quantity, after, before, alone)


def _states_time(before: str, after: str, alone: bool) -> bool:
    """Time counts where it is what is shortened or reached, where it names a circle of services, and
    where the years of a series are all that is told."""
    if _CIRCLE.match(after):
        return True
    if before.endswith("到期后再延长"):
        return False  # the term of a lease, in every report
    if _YEARS_RUNNING.search(before):
        return alone
    return bool(_ENDS_IN_MEASURE.search(before) or _SHORTENS.search(before))


def _states_numeral(written: str, unit: str, before: str, after: str, bounded: bool) -> bool:
    """Counts in Chinese numerals: 四大行动, 五项机制, 百万户以上; not 一个, 二十大, 八项规定, 千家万户."""
    if "分之" in written or unit in ("成", "倍", "个百分点"):
        return not written.startswith("一成不") and bool(
            bounded or re.search(r"[达占为到长加超近约]$|分之", before + written)
        )
    if _CONGRESS.search(written) or _NAMED_COUNT.match(after) or (unit == "大" and _LAND.match(after)):
        return False
    if re.match(r"[十百千万亿]+" + re.escape(unit) + "$", written) and not re.match(
        r"十(?:大|件|项)", written
    ):
        return bounded or bool(_ENDS_IN_MEASURE.search(before))
    if written.startswith("一"):
        return bool(re.match(r"[百千]?[万亿]+(?:元)?台阶", after)) or bool(
            re.search(r"[十百千万亿]", written)
        )
    if unit == "个":
        return bool(re.search(r"[十百千万亿]", written)) and not after.startswith(("方面", "必须"))
    return unit in ("大", "大类", "项", "件", "类", "条", "场", "次", "座", "所") or bool(
        re.search(r"[百千万亿]", written)
    )


def _is_threshold(
    measure: Measure, text: str, quantity: Quantity, after: str, before: str, alone: bool
) -> bool:
    """Whether the quantity only says which things are meant: 预增产值过10亿元的增长点, 500万元以上技改项目."""
    figure = quantity.figure
    if figure.span.of(text).endswith("以上") and figure.unit in ("户", "人", "") and _SETTLEMENT.match(after):
        return True
    if measure not in _LARGE:
        return False
    bounded = figure.span != figure.bare or bool(re.search(r"过$", before))
    if not bounded:
        return False
    if re.search(r"(?:产值|营收|规模|收入|投资)过$", before):
        return True
    if re.search(r"过$", before) and not alone:
        return after.startswith("的") or bool(_THRESHOLD_AFTER.match(after))
    return bool(_THRESHOLD_AFTER.match(after))


def _in_quotes(text: str, sentence: Span, span: Span) -> bool:
    for quoted in _QUOTED.finditer(text, sentence.start, sentence.end):
        inside = quoted.start() <= span.start and span.end <= quoted.end()
        # A list of quantities that is quoted («1家国家实验室、8个大科学装置») is no name.
        if inside and len(re.findall(r"\d[^、”]*、", quoted[0])) < 2:
            return True
    return False
