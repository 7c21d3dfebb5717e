"""Who issued a document: the body that its name, its head or its last lines tell, else the government of its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.report.documents import fits, named, source
from indexer.report.head import Head
from indexer.report.places import Place
from indexer.report.regions import PROVINCE, WHOLE_COUNTRY

STATE_COUNCIL = "国务院"
_OF_STATE = {
    "": STATE_COUNCIL,
    "统计局": "国家统计局",
    "财政局": "财政部",
    "发展和改革委员会": "国家发展和改革委员会",
}
# 怀化市人民政府关于印发…的通知; 应急指挥部通告（第8号）; 最高人民法院工作报告
_SAYS = re.compile(rf"(?P<body>[\u4e00-\u9fff、（）]{{2,40}}?){source('says')}")
# 省气象台4月18日17时发布
_PUBLISHES = re.compile(r"(?P<body>[\u4e00-\u9fff]{3,30}?)(?:\d[\d年月日时分:： ]*)?发布$")
# 苍梧县发展和改革局局长 李明: the same office has different names at different places.
_HEAD_OF = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,24}(?:[局厅部]|委员会|委))(?:党组书记、?)?副?(?:[局厅部]长|主任) "
)
_OFFICES = ("财政局", "发展和改革委员会", "审计局", "统计局")
_MOST_BODIES = 5


def issuer_of(place: Place | None, head: Head, declared: Sequence[str], bodies: Sequence[str]) -> str:
    """Who issued a document.

    Args:
        place: where it is from; None where that is not known.
        head: its head.
        declared: what its file calls it.
        bodies: those that stand below it, with the day.
    """
    title = head.title or next(iter(declared), "")
    says = _SAYS.match(title)
    if says is not None and says["body"] == "".join(bodies):
        return "、".join(bodies[:_MOST_BODIES])
    if says is not None and not says["body"].startswith("中共") and fits("signer", says["body"]):
        return _of_place(says["body"], place)
    publishes = next(filter(None, map(_PUBLISHES.match, head.lines)), None)
    if publishes is not None and fits("signer", publishes["body"]):
        return _of_place(publishes["body"], place)
    if place is None:
        return "、".join(bodies[:_MOST_BODIES])
    if title.endswith("政府工作报告"):
        return _full("", place)
    told = named("issuer", title)
    office = _HEAD_OF.match(head.speaker) if told in _OFFICES else None
    if office is not None:
        return _of_place(office["body"], place)
    if not told and bodies:
        return "、".join(bodies[:_MOST_BODIES])
    return _full(told or next(filter(None, (named("issuer", line) for line in head.lines)), ""), place)


def government_of(place: str) -> str:
    """The government of a place, by its own name, 宁波市."""
    return f"{place}政府" if place.endswith("特别行政区") else f"{place}人民政府"


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
    return f"中共{own}委员会" if body == "委员会" else own + body
