"""Who issued a document: the body that its name, its head or its last lines tell, else the government of its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.report.documents import fits, named
from indexer.report.head import Head
from indexer.report.head_lines import SAYS
from indexer.report.places import Place
from indexer.report.regions import CITY, PROVINCE, WHOLE_COUNTRY

STATE_COUNCIL = "国务院"
_OF_STATE = {
    "": STATE_COUNCIL,
    "统计局": "国家统计局",
    "财政局": "财政部",
    "发展和改革委员会": "国家发展和改革委员会",
}
# 省气象台4月18日17时发布
_PUBLISHES = re.compile(r"(?P<body>[\u4e00-\u9fff]{3,30}?)(?:\d[\d年月日时分:： ]*)?发布$")
# 苍梧县发展和改革局局长 李明: the same office has different names at different places.
_HEAD_OF = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,24}(?:[局厅部]|委员会|委|法院|检察院))(?:党组书记、?)?(?:副|代理?)?(?:[局厅部院]长|主任|检察长) "
)
# 江都理工大学2022年度…, 某市教育局2023年部门预算
_OF_YEAR = re.compile(r"(?P<body>[\u4e00-\u9fff（）]{4,40}?)(?=(?:19|20)\d\d年)")
# 在中国共产党某市第六次代表大会上的报告; 中国共产党某省第十五届委员会第三次全体会议公报
_OF_PARTY = re.compile(
    r"(?:中国共产党|中共)[\u4e00-\u9fff]{0,20}第[一二三四五六七八九十百\d]{1,4}(?:次(?:全国)?(?:党员)?代表大会|届中?央?委员会)"
)
_PARTY_OF_STATE = "中国共产党中央委员会"
_GOVERNMENT = re.compile("政府|国务院|(?:省|市|县|区|州|盟|旗|镇|乡|行政)长官?|主席|专员|总理")
_HOUSES = (("街道", "街道办事处"), ("开发区", "管理委员会"), ("高新区", "管理委员会"), ("新区", "管理委员会"))
_OFFICES = ("财政局", "发展和改革委员会", "审计局", "统计局", "人民法院", "人民检察院")
# Bodies that the name of a document suggests without naming them, and how they stand where they are named.
_BY_CUSTOM = {
    "财政局": re.compile("财政[局厅部]"),
    "统计局": re.compile("统计局"),
    "审计局": re.compile("审计[局厅署]"),
    "发展和改革委员会": re.compile("(?:发展(?:和|与)?改革|计划)委"),
}
_COURTS = {PROVINCE: "高级人民法院", CITY: "中级人民法院"}
_MOST_BODIES = 5


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issued a document; empty where nobody tells.

    Attributes:
        is_told: whether the document tells it, rather than its place alone.
    """

    name: str
    is_told: bool = True


def issuer_of(place: Place | None, head: Head, declared: Sequence[str], bodies: Sequence[str]) -> Issuer:
    """Who issued a document.

    Args:
        place: where it is from; None where that is not known.
        head: its head.
        declared: what its file calls it.
        bodies: those that stand below it, with the day.
    """
    title = head.title or next(iter(declared), "")
    says = SAYS.match(title)
    if says is not None and says["body"] == "".join(bodies):
        return _joint(bodies)
    if head.bodies:
        return _joint(head.bodies)
    named_alone = (
        says is not None and says["body"] in _OFFICES
    )  # 人民法院工作报告, of which place it does not say
    if (
        says is not None
        and not named_alone
        and not says["body"].startswith("中共")
        and fits("signer", says["body"])
    ):
        return Issuer(_of_place(says["body"], place))
    if any(map(_OF_PARTY.search, head.lines)):
        if place is None or place.region == WHOLE_COUNTRY:
            return Issuer(_PARTY_OF_STATE)
        return Issuer(f"中共{place.name}委员会")
    of_year = _OF_YEAR.match(title)
    if of_year is not None and any(fits(sort, of_year["body"]) for sort in ("signer", "house_of_its_own")):
        return Issuer(_of_place(of_year["body"], place))
    publishes = next(filter(None, map(_PUBLISHES.match, head.lines)), None)
    if publishes is not None and fits("signer", publishes["body"]):
        return Issuer(_of_place(publishes["body"], place))
    if place is None:
        return _joint(bodies)
    if title.endswith("政府工作报告"):
        return Issuer(_full("", place))
    told = named("issuer", title)
    office = _HEAD_OF.match(head.speaker) if told in _OFFICES else None
    if office is not None:
        return Issuer(_of_place(office["body"], place))
    if not told and bodies:
        return _joint(bodies)
    body = told or next(filter(None, (named("issuer", line) for line in head.lines)), "")
    return Issuer(_full(body, place), _is_told(body, title, head))


def _is_told(body: str, title: str, head: Head) -> bool:
    """Whether the head names a body of this sort. A budget is the treasury's by custom, also where nobody says so."""
    if not body:
        return _GOVERNMENT.search(head.opening) is not None
    name = _BY_CUSTOM.get(body)
    return name is None or any(name.search(words) for words in (title, *head.lines))


def government_of(place: str) -> str:
    """The government of a place, by its own name, 宁波市."""
    house = next((house for ending, house in _HOUSES if place.endswith(ending)), "")
    if house:
        return place.removesuffix("街道") + house
    return f"{place}政府" if place.endswith("特别行政区") else f"{place}人民政府"


def _joint(bodies: Sequence[str]) -> Issuer:
    return Issuer("、".join(bodies[:_MOST_BODIES]))


def _of_place(body: str, place: Place | None) -> str:
    """市财政局 with the name of its city; any other as it stands."""
    suffix = place.name[-1:] if place is not None else ""
    return place.name + body[1:] if place is not None and suffix and body.startswith(suffix) else body


def _full(body: str, place: Place) -> str:
    """The name of a body of this sort at this place; the government's where it is of none."""
    if place.region == WHOLE_COUNTRY:
        return _OF_STATE.get(body, f"全国{body}" if body.startswith("人民代表大会") else body)
    own = place.name
    if not body:
        return government_of(own)
    if place.level == PROVINCE and body.endswith("局") and not own.endswith(("市", "特别行政区")):
        body = body.removesuffix("局") + ("局" if body == "统计局" else "厅")
    if body == "人民法院":
        body = _COURTS.get(place.level, body)
    return f"中共{own}委员会" if body == "委员会" else own + body
