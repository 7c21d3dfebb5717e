"""Papers other than reports say who made them, for where and of which year, each in its own way."""

from __future__ import annotations

import pytest

from indexer.report.head import head_of
from indexer.report.metadata import FileEvidence, describe
from indexer.report.records import Metadata

BODY = (
    "为做好有关工作，现将事项通知如下，请各地结合实际认真贯彻执行，确保各项工作落到实处，并及时报告办理情况。"
    * 3
)


def read_of(*head: str, closing: tuple[str, ...] = (), name: str = "b7e19") -> Metadata:
    return describe(name, "\n".join((*head, BODY, *closing, "")))


def doubtful(meta: Metadata) -> set[str]:
    return {origin.field for origin in meta.origins if origin.is_doubtful}


def test_bodies_that_stand_apart_speak_together() -> None:
    above = read_of("海关总署 税务总局 商务部", "关于调整申报要素的公告", "2022年第73号")
    assert (above.region, above.year, above.issuer) == ("全国", 2022, "海关总署、税务总局、商务部")
    before = read_of("国家发展改革委 财政部关于印发《节能管理办法》的通知", "发改环资规〔2024〕338号")
    assert (before.issuer, before.year) == ("国家发展改革委、财政部", 2024)
    local = read_of("浙江省高级人民法院 浙江省公安厅", "关于依法惩治犯罪的通告", closing=("2020年2月6日",))
    assert (local.region, local.issuer) == ("浙江省", "浙江省高级人民法院、浙江省公安厅")


def test_what_stands_above_the_number_is_the_letter_head_where_a_name_follows() -> None:
    minutes = read_of(
        "荆山市人民政府", "常务会议纪要", "〔2023〕12号", "荆山市人民政府第56次常务会议纪要",
        closing=("荆山市人民政府办公室", "2023年7月18日"),
    )  # fmt: skip
    assert minutes.title == "荆山市人民政府第56次常务会议纪要"
    notice = read_of(
        "国务院办公厅关于延长假期的通知", "国办发明电〔2020〕1号", "各省、自治区、直辖市人民政府："
    )
    assert notice.title == "国务院办公厅关于延长假期的通知"
    order = read_of("江西省疫情防控应急指挥部令", "第13号", closing=("2020年2月14日",))
    assert (order.title, order.issuer) == ("江西省疫情防控应急指挥部令", "江西省疫情防控应急指挥部")


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("宁波市人民检察院工作报告", 2023), ("宁波市人民代表大会常务委员会工作报告", 2023), ("在全市经济工作会议上的讲话", 2023),
        ("政府工作报告", 2024), ("宁波市政府工作报告", 2024),
    ],
)  # fmt: skip
def test_only_reports_of_a_government_plan_in_december_for_the_year_to_come(title: str, year: int) -> None:
    assert read_of(title, "——2023年12月28日在宁波市第十六届人民代表大会第四次会议上").year == year


def test_the_name_of_a_city_may_begin_that_of_another() -> None:
    other = read_of(
        "德阳川市自然资源局国有土地出让公告", "经德阳川市人民政府批准，德阳川市自然资源局决定出让。"
    )
    assert other.region == "德阳川市"
    assert read_of("德阳市自然资源局国有土地出让公告").region == "四川省德阳市"
    assert read_of("德阳城市更新管理办法", "德阳城市更新从今年开始。").region == "四川省德阳市"


def test_a_province_that_no_list_knows_is_one() -> None:
    former = read_of("热河省人民政府工作报告", "——1954年8月2日在热河省第一届人民代表大会第一次会议上")
    assert (former.region, former.level) == ("热河省", "省")


def test_a_university_is_not_the_place_that_it_is_named_after() -> None:
    meta = read_of("浙江大学2023年度工作总结", closing=("2024年1月10日",))
    assert meta.issuer == "浙江大学" and "region" in doubtful(meta)
    assert "region" not in doubtful(read_of("浙江省教育厅2023年度工作总结"))


def test_who_is_dismissed_does_not_speak() -> None:
    listed = read_of("某市人民政府关于任免职的通知", "免去孙立明同志的某市市场监督管理局副局长职务，退休。")
    assert listed.speaker == ""
    assert read_of("在教职工大会上的报告", "校长 沈伯年").speaker == "校长 沈伯年"


def test_a_name_that_runs_over_its_line_is_whole() -> None:
    lines = (
        "江北省人民代表大会常务委员会工作报告",
        "江北省人民代表大会常务委员会副主任尚",
        "文清",
        "各位代表：",
    )
    assert head_of("\n".join(lines)).speaker.endswith(" 尚文清")
    alone = ("政府工作报告", "县长 李明", "全文")
    assert head_of("\n".join(alone)).speaker == "县长 李明"


def test_a_congress_of_the_party_is_told_from_the_government() -> None:
    meta = read_of("在中国共产党宁波市第十四次代表大会上的报告", "（2022年2月24日）", "彭某学")
    assert (meta.region, meta.issuer, meta.year) == ("浙江省宁波市", "中共宁波市委员会", 2022)
    nation = read_of("在中国共产党第二十次全国代表大会上的报告", "（2022年10月16日）")
    assert (nation.region, nation.issuer) == ("全国", "中国共产党中央委员会")


def test_the_news_of_a_paper_names_it_and_its_authors() -> None:
    meta = describe(
        "b7e19",
        "新华社北京5月21日电 近日，中共中央办公厅、国务院办公厅印发了《关于推进养老服务的意见》，并发出通知。\n"
        + BODY,
    )
    assert (meta.title, meta.issuer) == ("关于推进养老服务的意见", "中共中央办公厅、国务院办公厅")


def test_bodies_of_towns_and_courts_have_their_own_names() -> None:
    assert (
        read_of("中州街道2022年工作报告", "街道办事处主任 胡晓", "中州街道办事处").issuer == "中州街道办事处"
    )
    assert read_of("湖南省高级人民法院工作报告（摘要）").issuer == "湖南省高级人民法院"
    meeting = "——2023年1月5日在温州市第十四届人民代表大会第二次会议上"
    named = read_of("人民法院工作报告", meeting, "温州市中级人民法院院长 李某某")
    assert named.issuer == "温州市中级人民法院"


def test_what_is_only_likely_is_marked() -> None:
    # Nothing names a government; its place alone suggests one.
    congratulation = read_of("致宁波市企业家的一封信", "全市企业家朋友：")
    assert congratulation.title == "致宁波市企业家的一封信" and "issuer" in doubtful(congratulation)
    assert "title" in doubtful(describe("新建文本文档", f"{BODY}\n"))
    own = describe(
        FileEvidence("a", titles=("镇政府报告",), is_titled=True), f"红石崖镇人民政府工作报告\n{BODY}\n"
    )
    assert "title" in doubtful(own)
    same = describe(
        FileEvidence("a", titles=("红石崖镇人民政府工作报告",), is_titled=True),
        f"红石崖镇人民政府工作报告\n{BODY}\n",
    )
    assert "title" not in doubtful(same)


def test_a_body_that_only_the_sort_of_paper_suggests_is_a_guess() -> None:
    budget = read_of("如东县2024年度财政决算", "项目和决算数见下表")
    assert budget.issuer == "如东县财政局" and "issuer" in doubtful(budget)
    communique = read_of("如东县2024年国民经济和社会发展统计公报")
    assert communique.issuer == "如东县统计局" and "issuer" in doubtful(communique)
    for line in ("如东县财政局", "如东县财政局局长 王某"):
        named = read_of("关于如东县2024年预算执行情况的报告", line)
        assert named.issuer == "如东县财政局" and "issuer" not in doubtful(named)


@pytest.mark.parametrize(
    ("line", "meeting"),
    [
        ("在中国共产党太仓市第十四次代表大会上", "中国共产党太仓市第十四次代表大会"),
        ("在中国共产党第二十次全国代表大会上", "中国共产党第二十次全国代表大会"),
        ("在政协太仓市第十五届委员会第三次会议上", "政协太仓市第十五届委员会第三次会议"),
        ("在太仓市第十五届人民代表大会第三次会议上", "太仓市第十五届人民代表大会第三次会议"),
    ],
)
def test_whose_meeting_it_was_is_part_of_its_name(line: str, meeting: str) -> None:
    assert read_of("太仓市工作报告", f"——2021年7月28日{line}").meeting == meeting
