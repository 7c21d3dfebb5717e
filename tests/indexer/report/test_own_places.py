from __future__ import annotations

import pytest

from indexer.report.metadata import describe
from indexer.report.own_places import level_of, own_place, zone_in
from indexer.report.records import Origin


@pytest.mark.parametrize(
    ("spoken_for", "titles", "text", "name"),
    [
        (["清溪县人大"], [], "清溪县经济。清溪县委。", "清溪县"),
        (["在牛角山县人民代表大会上"], [], "在牛角山县人民代表大会上。新牛角山。", "牛角山县"),
        (["松坪县统计局"], [], "松坪县统计局。松坪县。", "松坪县"),
        ([], ["关于榆树湾市2018年市本级决算（草案）的报告"], "榆树湾市。榆树湾市人民政府。", "榆树湾市"),
        ([], ["青檀市养犬管理条例"], "废止《青檀市限制养犬办法》。", "青檀市"),
        # A title that only begins as a place would; grammar; words for any place; a place that a list knows.
        ([], ["推进新型城市更新办法"], "推进新型城市更新办法。第一条", ""),
        (["为了县人民政府"], [], "为了县人民政府，为了人民。", ""),
        (["全县人民代表大会", "经济开发区人大", "自治区人民政府"], [], "全县。自治区。" * 3, ""),
        (["宁波市人民政府"], [], "宁波市。宁波市。", ""),
    ],
)
def test_a_place_that_no_list_knows_is_read_where_the_document_speaks_for_it(
    spoken_for: list[str], titles: list[str], text: str, name: str
) -> None:
    assert own_place(spoken_for, titles, text) == name


def test_its_level_follows_its_name_and_is_a_guess_of_a_city() -> None:
    assert [level_of(name) for name in ("清溪县", "榆树湾市", "某旗", "柳河镇")] == ["县", "市", "县", ""]
    head = (
        "政府工作报告\n——2021年2月4日在{0}第九届人民代表大会第六次会议上\n{1} 罗某某\n各位代表：\n{0}很好。"
    )
    county = describe("报告", head.format("清溪县", "县长"))
    assert (county.region, county.level, county.issuer) == ("清溪县", "县", "清溪县人民政府")
    assert county.title == "2021年清溪县政府工作报告"
    city = describe("报告", head.format("榆树湾市", "市长"))
    assert [o.is_doubtful for o in city.origins if o.field == "level"] == [True]


def test_a_zone_lies_in_the_region_that_its_name_begins_with() -> None:
    found = zone_in("内江经济技术开发区管委会关于防疫的通告")
    assert found is not None and found[1] is not None
    assert (found[0], found[1].full) == ("内江经济技术开发区", "四川省内江市")
    assert zone_in("加快高新区建设的意见") is None
    assert zone_in("上海市浦东新区人民政府工作报告") is None


@pytest.mark.parametrize(
    ("title", "place", "level"),
    [
        ("2024年辰县政府工作报告", "辰县", "县"),
        ("午县2024年政府工作报告", "午县", "县"),
        ("2024年己市人民政府工作报告", "己市", "市"),
        ("关于午县2023年预算执行情况和2024年预算草案的报告", "午县", "县"),
        ("辰县2023年国民经济和社会发展统计公报", "辰县", "县"),
    ],
)
def test_a_formal_title_names_its_place_once(title: str, place: str, level: str) -> None:
    said = "过去一年，新增就业2万人，建成学校三所。"
    by_text = describe("b7e19", f"{title}\n各位代表：\n{said}")
    assert (by_text.region, by_text.level) == (place, level)
    by_name = describe(title, said)
    assert (by_name.region, by_name.level) == (place, level)
    assert next(one.origin for one in by_name.origins if one.field == "region") is Origin.FILE_NAME


@pytest.mark.parametrize(
    "title",
    ["2024年我县政府工作报告", "2024年全市政府工作报告", "贫困县2024年脱贫计划", "2024年开发区政府工作报告"],
)
def test_what_only_looks_like_a_name_is_no_place(title: str) -> None:
    assert describe("b7e19", f"{title}\n各位代表：\n过去一年，新增就业2万人。").region == ""


def test_a_place_that_a_list_knows_is_not_taken_for_another() -> None:
    known = describe("b7e19", "2024年沭阳县政府工作报告\n各位代表：\n过去一年，新增就业2万人。")
    assert known.region == "江苏省宿迁市沭阳县"
