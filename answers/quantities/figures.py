"""Find figures with their unit and bound in Chinese report text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.text.span import Span


class Measure(StrEnum):
    """What kind of quantity a unit counts."""

    SHARE = "share"
    MONEY = "money"
    AREA = "area"
    LENGTH = "length"
    WEIGHT = "weight"
    TIME = "time"
    PEOPLE = "people"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit.

    Attributes:
        span: the number, its unit and the bounds around it: «超13万吨», «400个以上».
        bare: the same without the bounds.
        unit: the unit as written, without 万 and 亿: 吨, 个, %.
        measure: what the unit counts.
    """

    span: Span
    bare: Span
    unit: str
    measure: Measure


_UNITS = {
    Measure.SHARE: "个百分点 百分点 % ％ ‰ 成 倍",
    Measure.MONEY: "美元 欧元 人民币 元",
    Measure.AREA: "平方公里 平方千米 平方米 公顷 亩",
    Measure.LENGTH: "公里 千米 海里 米",
    Measure.WEIGHT: "公斤 千克 吨 斤 克",
    Measure.TIME: "个工作日 工作日 个小时 小时 分钟 个月 天 年 岁 周",
    Measure.PEOPLE: "人次 人 名 位",
    Measure.COUNT: (
        "标准箱 标箱 千瓦时 千瓦 立方米 微克/立方米 家次 列次 班次 场次 "
        "户 家 所 座 项 件 条 个 张 套 辆 艘 架 列 次 届 期 处 片 台 种 类 批 支 只 头 羽 株 棵 场 门 款 部 篇 组 对 "
        "宗 例 间 栋 幢 口 盏 班 部 笔 颗 度 对 级 股 单 份 起 枚 块 本 册 箱 位次 席 榜"
    ),
}
_MEASURE_OF = {unit: measure for measure, units in _UNITS.items() for unit in units.split()}
_DIGITS = r"\d+(?:,\d{3})*(?:[.．]\d+)?"
_NUMERALS = r"[一二两三四五六七八九十百千]+"
_BEFORE = r"(?:不低于|不少于|不高于|不超过|不小于|低于|高于|至少|超过|突破|接近|大约|逾|超|近|约)?"
_AFTER = r"(?:以上|以下|以内|之内|左右|上下|多)?"
_TO = r"\s*[—\-–~～－至到]+\s*"


def _figure_pattern(units: Iterable[str], numeral_units: str, fraction: str, first: str) -> re.Pattern[str]:
    """Digits with any of `units`, or Chinese numerals with one of `numeral_units`, and bounds around.

    `fraction` is a further form of a number; `first` what may follow the first number of a range.
    """
    unit = "|".join(sorted(units, key=len, reverse=True))
    return re.compile(
        rf"(?P<before>{_BEFORE})"
        rf"(?P<bare>"
        rf"(?:{_DIGITS}(?:\s*(?:{first})?{_TO}{_DIGITS})?\s*(?:[余多](?=[万亿]))?(?P<scale>[十百千]?[万亿]+(?:[余多]亿)?)?\s*(?:余|多)?(?P<unit>{unit})?)"
        rf"|百分之{_NUMERALS}(?:点[零〇一二三四五六七八九]+)?{fraction}"
        rf"|{_NUMERALS}(?P<scale2>[万亿]+)?(?P<unit2>{numeral_units})"
        rf")"
        rf"(?P<aside>[（(](?:间|户|人|次|吨|个|家|辆|套)[）)])?"
        rf"(?P<after>{_AFTER})"
    )


_FIGURE = _figure_pattern(_MEASURE_OF, "成|个百分点|家|所|座|项|件|条|名|公里|亩|倍", "", "[%％]")
# What a table of every quantity needs besides, and a reader who looks for an answer would stumble over:
# 四大行动, 5轮, 2金, 百万户, 3000万农牧民, 三分之二.
_TALLY_UNITS = (
    "大类 大(?![型类]) 轮 金(?!融) 银(?!行) 铜 微克／立方米 吨标准煤 兆瓦时 兆瓦 方(?![面案式位向针]) 分(?![之类钟]) 户次 架次 辆次 件次 "
    "课时 学时 台套 千升 P 毫米 毫克/升 县(?!域) 市(?![民场区]) 村(?!民)"
)
_TALLY_NUMERAL_UNITS = "成|个百分点|大类|个|家|所|座|项|件|条|名|人次|人|户|公里|亩|倍|大|类|元|吨|斤|辆|套|场|轮|张|处|艘|间|片|批次|台|次(?=降低|下调|上调|提高|下降|开展|组织|举办)"
_TALLY = _figure_pattern(
    {*_MEASURE_OF, *_TALLY_UNITS.split()}, _TALLY_NUMERAL_UNITS, rf"|{_NUMERALS}分之{_NUMERALS}", "[%％万亿]"
)
# Numbers that are names: 第三届, “1244”, 5A, 1.0, 三期; and dates.
_NAME_BEFORE = re.compile(r"(?:第|“|\"|[A-Za-z+—/-])$")
_NAME_AFTER = re.compile(r"^(?:”|\"|[A-Za-z]|[+＋/])")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s*[—\-–~～至到]+\s*(?:19|20)\d\d)?年?$")


def figures(text: str, within: Span) -> tuple[Figure, ...]:
    """The figures inside `within`, in order. Years, dates, ranks and names that hold numbers are none."""
    return tuple(_figures(text, within, _FIGURE))


def tally(text: str, within: Span) -> tuple[Figure, ...]:
    """As `figures`, with the rarer units and the counts in Chinese numerals (四大行动, 百万户) too."""
    return tuple(_figures(text, within, _TALLY))


def _figures(text: str, within: Span, pattern: re.Pattern[str]) -> Iterator[Figure]:
    for match in pattern.finditer(text, within.start, within.end):
        bare = Span(*match.span("bare"))
        written = bare.of(text)
        before = text[max(0, bare.start - 1) : bare.start]
        if pattern is _TALLY and before in '“"' and match.group("unit"):
            before = ""  # a quotation may begin with a count: “1家国家实验室、8个大科学装置”
        if _NAME_BEFORE.search(before) or _NAME_AFTER.match(text[bare.end : bare.end + 1]):
            continue
        if _YEAR.match(written) or text.startswith(("月", "日", "号"), bare.end):
            continue
        unit = match.group("unit") or match.group("unit2") or ("%" if written.startswith("百分之") else "")
        measure = _MEASURE_OF.get(unit, Measure.SHARE if "%" in written else Measure.COUNT)
        end = match.end("aside") if match.group("aside") else bare.end
        yield Figure(Span(match.start(), max(match.end(), end)), Span(bare.start, end), unit, measure)
