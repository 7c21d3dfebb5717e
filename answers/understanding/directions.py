"""Parts of the country named by a direction: 西部, 东北, 沿海. They are places only in some surroundings.

中部崛起 is a policy, 西部陆海新通道 a corridor, 河北东部 a corner of one province; 华东和西部, 西部各省 and
«东北今年…» name provinces to be asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers.understanding.region_names import COUNTED_PLACES, DIRECTIONS, TOPIC_OF_GROUP
from answers.understanding.tokens import OTHER_PLACE, PLACE, Tokens

_WORD = "|".join(sorted(DIRECTIONS, key=len, reverse=True))
# What follows makes another name or a part of one province of it: 西部陆海新通道, 东北虎, 西南部, 沿海高铁.
_NOT_A_PLACE = (
    r"(?!的?(?:全面)?(?:" + TOPIC_OF_GROUP + r")|大开[发放]|陆海|边[陲境]|战区|虎|亚|[大科]学|理工|石油|财经|师范|交通大学"
    r"|[^，。？各今去明上省地]{0,4}(?:高铁|铁路|公路|高速|通道|走廊|管道|运河|航线|防护林|经济带|都市|机场)"
    r"|滩涂|港口|渔|开放|水域|[部角麓侧面隅缘向风山郡县市坡]|城[区镇]|[山片新园林牧矿]区|方[向面言]|抗联|证券|计划|银行|油田|农谷|科技城)"
)  # fmt: skip
_JOINED = r"(?:[、，,和与及跟同\s]|以及|还有)+"
_ONE = rf"(?:{PLACE}+(?:{COUNTED_PLACES})?|(?:{_WORD}){_NOT_A_PLACE}(?:{COUNTED_PLACES})?)"
# 河北东部 is in Hebei: what touches a name is no part of the country.
_RUN = re.compile(rf"(?<![{PLACE}{OTHER_PLACE}]){_ONE}(?:{_JOINED}{_ONE})*|{_ONE}(?:{_JOINED}{_ONE})+")
_PART = re.compile(rf"(?<![{PLACE}{OTHER_PLACE}])(?P<word>{_WORD}){_NOT_A_PLACE}(?:{COUNTED_PLACES})?")
# 西部各省, 中部六省, 沿海省份 are provinces wherever they stand; 西部地区 may be where something happens.
_PROVINCES = re.compile(rf"(?:{_WORD})(?!地[区方])(?:{COUNTED_PLACES})")
_REGION = re.compile(rf"(?:{_WORD})地[区方](?!生产)")
_WHOM = re.compile(
    r"(?:^|[，,。；;：:？?“（(\s]|年|在|全国|我国|对比|比较|[底末])(?:请问|这|那)?$|(?:对比|比较)一?下?$"
)
_WHEN = re.compile(
    r"(?:的|在|到)?(?:[今去明上]年|上一年|(?:19|20)\d\d|近[两几三四五]年|各(?!类|级|项)|分别|都(?!市))"
)
_TOWARDS = re.compile(r"(?:对接|融入|承接|面向|辐射|服务|支持|帮助|援助|向|往|赴|除了?)$")
_DESCRIBES = re.compile(r"[两二三四五六七八九十\d]个?$|等$")


def directions(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of every part of the country that a question asks, what counts it included.

    The places already found in it are tokens of their own.
    """
    signs = tokens.signs
    for run in _RUN.finditer(signs):
        text = run[0]
        if not re.search(_WORD, text) or not _asked(signs[: run.start()], text, signs[run.end() :]):
            continue
        for part in _PART.finditer(signs, run.start(), run.end()):
            yield *tokens.place_of(part), part["word"]


def _asked(before: str, run: str, after: str) -> bool:
    if _TOWARDS.search(before) or (PLACE in before and _DESCRIBES.search(before)):
        return False  # 江苏、福建两个沿海省份, 河南等中部省份: what the provinces named are, not more of them
    if re.match(r"的?(?:振兴|崛起|大开发|协调|一体化)", after):
        return False
    if PLACE in run or _PROVINCES.search(run):
        return True
    return bool(_WHOM.search(before) and (_REGION.search(run) or _WHEN.match(after)))
