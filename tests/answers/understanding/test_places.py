from __future__ import annotations

import pytest

from answers.understanding.places import named_places, provinces_by_short, without_places
from answers.understanding.region_names import (
    BY_CHARACTER,
    BY_ENGLISH_NAME,
    DIRECTIONS,
    GROUPS,
    WITHOUT_REPORTS,
    provinces,
)


def names(query: str) -> list[str]:
    return [region.short for region in named_places(query).regions]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("贵州省的目标", "贵州"),
        ("皖鄂湘豫四省粮食产量", "安徽 湖北 湖南 河南"),
        ("川渝怎么合作", "重庆 四川"),
        ("浙、苏两省", "浙江 江苏"),
        ("吉、黑两省", "吉林 黑龙江"),
        ("鄂的目标是多少", "湖北"),
        ("浙2025年增速", "浙江"),
        ("列出沪和浙今年的目标", "上海 浙江"),
        ("列出东北今年的粮食", "辽宁 吉林 黑龙江"),
        ("在浙央企", "浙江"),
        ("京津冀三地", "北京 天津 河北"),
        ("苏鲁豫皖交界", "江苏 山东 河南 安徽"),
        ("皖北那边通了几条路", "安徽"),
        ("粤港澳大湾区", "广东"),
        ("长三角的增速", "上海 江苏 浙江 安徽"),
        ("三省一市", "上海 江苏 浙江 安徽"),
        ("东北三省", "辽宁 吉林 黑龙江"),
        ("西北五省区", "陕西 甘肃 青海 宁夏 新疆"),
        ("五个自治区", "内蒙古 广西 西藏 宁夏 新疆"),
        ("四个直辖市", "北京 天津 上海 重庆"),
        ("六个经济大省", "广东 江苏 山东 浙江 河南 四川"),
        ("两广", "广东 广西"),
        ("内蒙古自治区", "内蒙古"),
        ("What does Inner Mongolia plan?", "内蒙古"),
        ("Shaanxi和Shanxi", "陕西 山西"),
        ("请问Jiangsu的目标", "江苏"),
        ("the Yangtze River Delta", "上海 江苏 浙江 安徽"),
        ("How do the northeastern provinces revive?", "辽宁 吉林 黑龙江"),
        ("宁波和杭州", "宁波 杭州"),
        ("广西排在哪里", "广西"),
        ("中部和西南各省", "山西 安徽 江西 河南 湖北 湖南 重庆 四川 贵州 云南 西藏"),
        ("华南、西北今年", "广东 广西 海南 陕西 甘肃 青海 宁夏 新疆"),
        ("东北今年的粮食", "辽宁 吉林 黑龙江"),
        ("沿海几省的港口", "天津 河北 辽宁 上海 江苏 浙江 福建 山东 广东 广西 海南"),
        ("东北三省一区", "内蒙古 辽宁 吉林 黑龙江"),
        ("京津冀鲁豫的目标", "北京 天津 河北 山东 河南"),
        ("陕甘青宁新去年", "陕西 甘肃 青海 宁夏 新疆"),
        ("河南、贵州等中西部省份", "河南 贵州"),
        ("江苏、山东等经济大省", "江苏 山东"),
    ],
)
def test_places_are_named_in_many_ways(query: str, expected: str) -> None:
    assert names(query) == expected.split()


@pytest.mark.parametrize(
    "query",
    [
        "创新发展有哪些举措", "青年人才", "云计算产业", "宁静的乡村", "新能源汽车", "新晋独角兽", "新港建设", "黄河南岸怎么治理",
        "太湖北部", "川藏铁路建得怎样", "京沪高铁", "湘桂运河", "推广安全生产", "重大理论创新", "美丽水乡", "黄河源头", "创新乡镇治理",
        "东北虎豹国家公园", "东北亚合作", "全自治区新增就业", "五省", "港澳台同胞", "台湾", "桂花", "晋升", "津贴", "豫剧", "在新的一年",
        "西部陆海新通道", "西部大开发", "沿海高铁今年通车", "支持西部地区发展", "东部和西部的协作",
    ],
)  # fmt: skip
def test_a_character_inside_a_word_names_nothing(query: str) -> None:
    assert names(query) == []


def test_a_group_that_is_the_topic_is_not_asked() -> None:
    assert names("河北在京津冀协同发展中做什么") == ["河北"]
    assert names("安徽怎么对接沪苏浙") == ["安徽"]
    assert names("国务院怎么部署长三角一体化") == []
    assert names("国务院怎样推动京津冀一体发展") == []
    assert names("国务院对西藏、新疆有什么支持") == []
    assert names("河北中部和西部今年通哪些高速") == ["河北"]
    assert names("辽宁、江苏两个沿海省份") == ["辽宁", "江苏"]
    assert "江苏" in names("长三角一体化怎么推进")


@pytest.mark.parametrize(
    ("query", "full"),
    [
        ("鄞州区今年新建多少个充电桩", ["浙江省宁波市鄞州区"]),
        ("浙江省宁波市鄞州区的目标", ["浙江省宁波市鄞州区"]),
        ("江西南昌县的目标", ["江西省南昌市南昌县"]),
        ("吉林省吉林市", ["吉林省吉林市"]),
        ("浙江宁波、杭州的目标", ["浙江省宁波市", "浙江省杭州市"]),
        ("余姚今年的目标", ["浙江省宁波市余姚市"]),
        ("昆山GDP", ["江苏省苏州市昆山市"]),
        ("洛阳老城区改造", ["河南省洛阳市老城区"]),
        ("老城区改造多少个", []),
        ("嘉兴平湖 GDP", ["浙江省嘉兴市平湖市"]),
        ("平湖 GDP", []),
        ("新建5000个充电桩", []),
        ("余姚5000个充电桩", []),
        ("公安 2023", []),
        ("南昌新建多少所学校", ["江西省南昌市"]),
        ("南昌新建5000所学校", ["江西省南昌市"]),
        ("和平发展怎么推进", []),
        ("南平2018年水质达标率", ["福建省南平市"]),
        ("海口常住人口多少", ["海南省海口市"]),
        ("去年大同煤炭产量", ["山西省大同市"]),
        ("大理石产量", []),
    ],
)
def test_cities_and_counties_are_named_where_no_other_word_can_be_meant(query: str, full: list[str]) -> None:
    assert [region.full for region in named_places(query).regions] == full


def test_a_county_of_a_name_that_others_bear_is_any_of_them() -> None:
    assert {region.full[:3] for region in named_places("鼓楼区2023年GDP").regions} == {
        "江苏省",
        "福建省",
        "河南省",
    }
    assert [region.full for region in named_places("南京鼓楼区2023年GDP").regions] == ["江苏省南京市鼓楼区"]


def test_the_short_name_of_a_county_that_goes_on_is_only_possible() -> None:
    found = named_places("余姚新建多少个充电桩")
    assert ([r.short for r in found.possible], found.regions) == (["余姚"], ())


@pytest.mark.parametrize(
    ("query", "national"),
    [
        ("2024年全国新增可再生能源装机", True),
        ("我国去年经济增长多少", True),
        ("江苏和全国的增速", True),
        ("What is China's growth target?", True),
        ("全国文明城市有几个", False),
        ("江苏占全国粮食的多少", False),
        ("中国移动的项目", False),
    ],
)
def test_the_nation_is_a_place_where_no_other_is_asked(query: str, national: bool) -> None:
    assert named_places(query).national is national


def test_the_state_council_and_all_provinces() -> None:
    assert named_places("国务院的赤字率").national
    assert named_places("What did the State Council plan?").national
    assert named_places("各省的增长目标").every_province
    assert named_places("Compare growth across all provinces").every_province
    assert named_places("各地面向小微企业的贷款").every_province
    assert not named_places("历年报告点名的是哪些省份").every_province
    assert not named_places("江苏各地怎么做").every_province
    assert not named_places("全省各地怎么做").every_province


def test_the_tables_name_known_provinces() -> None:
    known = set(provinces_by_short())
    mainland = known - WITHOUT_REPORTS
    for one, other in (("北方", "南方"), ("沿海", "内陆")):
        assert sorted((*DIRECTIONS[one], *DIRECTIONS[other])) == sorted(mainland)
    members = [*(provinces(group.members) for group in GROUPS), *DIRECTIONS.values()]
    assert {short for shorts in members for short in shorts} <= known
    assert set(BY_CHARACTER.values()) == known
    assert set(BY_ENGLISH_NAME.values()) == mainland


def test_mentions_are_the_words_that_name_the_places() -> None:
    query = "华东和西部各省怎么推进京津冀协同"
    found = named_places(query).mentions
    assert [(query[m.start : m.end], m.asked) for m in found] == [
        ("华东", True),
        ("西部各省", True),
        ("京津冀", False),
    ]
    assert without_places("江苏和湖北的目标") == "  和  的目标"
    assert without_places("粤港澳大湾区的目标") == "      的目标"


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many jobs did Yangzhou create in 2023?", {"扬州"}),
        ("xi'an 2022 fiscal revenue", {"西安"}),
        ("Xi’an's metro lines", {"西安"}),
        ("Dalian’s ports", {"大连"}),
        ("What does Suzhou plan?", {"苏州", "宿州"}),  # nobody can tell
        ("What does Hunan plan?", {"湖南"}),
        ("Harbin and Lhasa", {"哈尔滨", "拉萨"}),
        ("the Yangzhouese, and ali's friends", set()),
        ("Xi plans", set()),
    ],
)
def test_a_city_is_known_by_its_sounds_in_latin_letters(question: str, short: set[str]) -> None:
    assert {region.short for region in named_places(question).regions} == short
