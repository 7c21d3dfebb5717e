from __future__ import annotations

import pytest

from indexer.report.metadata import corrected, describe
from indexer.report.records import Metadata, Origin
from indexer.report.regions import region_named, regions
from indexer.report.roles import Role, section_roles
from indexer.report.sections import parse_sections
from indexer.text.lines import mend_lines

HEAD = (
    "2025年云南省政府工作报告\n来源：北京日报\n——2025年1月18日在云南省第十四届人民代表大会第三次会议上\n"
    "省长 王予波\n各位代表：\n现在，我代表省人民政府，向大会报告工作。\n一、2024年工作回顾\n过去一年，很好。"
)


def origin(meta: Metadata, field: str) -> Origin | None:
    return next((o.origin for o in meta.origins if o.field == field), None)


def test_the_head_of_a_report_tells_everything() -> None:
    meta = describe("报告1", HEAD)
    assert (meta.title, meta.region, meta.level, meta.year) == (
        "2025年云南省政府工作报告",
        "云南省",
        "省",
        2025,
    )
    assert (meta.issuer, meta.meeting) == ("云南省人民政府", "云南省第十四届人民代表大会第三次会议")
    assert (meta.date, meta.speaker) == ("2025-01-18", "省长 王予波")
    assert origin(meta, "region") is Origin.TEXT


def test_the_file_name_counts_where_the_text_is_silent() -> None:
    meta = describe("浙江省杭州市政府工作报告2022", "推进各项工作。")
    assert (meta.region, meta.level, meta.year) == ("浙江省杭州市", "市", 2022)
    assert origin(meta, "region") is Origin.FILE_NAME


def test_a_place_that_is_only_mentioned_often_is_a_guess_and_said_to_be() -> None:
    meta = describe("报告", "宁波发展。" * 6)
    assert (meta.region, origin(meta, "region")) == ("浙江省宁波市", Origin.GUESS)
    assert describe("报告", "宁波发展。杭州发展。" * 6).region == ""


def test_nothing_is_made_up() -> None:
    assert describe("报告", "推进各项工作。创新发展。") == Metadata(
        "报告", origins=describe("报告", "推进各项工作。创新发展。").origins
    )


def test_the_year_of_the_tasks_is_one_after_the_review() -> None:
    assert describe("国务院报告", "一、2013年工作回顾\n很好。").year == 2014
    assert describe("报告", "一、2024年工作回顾\n很好。").year == 2025


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("二〇二四年一月二十五日", "2024-01-25"),
        ("二○二四年十二月三十日", "2024-12-30"),
        ("二零二四年十月二五日", "2024-10-25"),
        ("2024年１２月３日", "2024-12-03"),
    ],
)
def test_dates_may_be_written_in_characters(day: str, expected: str) -> None:
    meta = describe("报告", f"{day}\n各位代表：\n很好。")
    assert (meta.year, meta.date) == (2024, expected)


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("2025年吉林省政府工作报告", "吉林省"),
        ("吉林市2024", "吉林省吉林市"),
        ("内蒙古政府工作报告", "内蒙古自治区"),
        ("延边州政府工作报告", "吉林省延边朝鲜族自治州"),
        ("浙江省宁波市鄞州区政府工作报告", "浙江省宁波市鄞州区"),
        ("南京市鼓楼区", "江苏省南京市鼓楼区"),
        ("海南2025", "海南省"),
        ("鼓楼区政府工作报告", None),
        ("创新发展", None),
        ("青年创新", None),
    ],
)
def test_a_region_is_named_by_its_names_alone(text: str, full: str | None) -> None:
    found = region_named(text)
    assert (found.full if found else None) == full


def test_short_names_are_those_people_use() -> None:
    short = {region.name: region.short for region in regions() if region.level == "省"}
    assert (short["内蒙古自治区"], short["广西壮族自治区"], short["北京市"]) == ("内蒙古", "广西", "北京")
    assert len(short) == 34


def test_whoever_gives_the_region_settles_what_was_guessed_with_it() -> None:
    guessed = describe("报告", "宁波发展。" * 6)
    meta = corrected(guessed, Origin.USER, region="广东省深圳市")
    assert (meta.region, meta.level, meta.issuer) == ("广东省深圳市", "市", "深圳市人民政府")
    assert origin(meta, "issuer") is Origin.USER


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("细颗粒物（PM\n2.5\n）治理。", "细颗粒物（PM2.5）治理。"),
        ("根据《\n民族法\n》办。", "根据《民族法》办。"),
        ("一、2024\n年工作回顾", "一、2024年工作回顾"),
        ("三、持续提升政府\n治理效能\n人民满意是标准。", "三、持续提升政府治理效能\n人民满意是标准。"),
        ("完成投资。又完成\n三百亿元。", "完成投资。又完成三百亿元。"),
        ("grew by\n5% over", "grew by\n5% over"),
    ],
)
def test_lines_broken_inside_a_sentence_are_joined(broken: str, mended: str) -> None:
    assert mend_lines(broken) == mended
    assert mend_lines(mended) == mended


@pytest.mark.parametrize(
    "text",
    [
        "政府工作报告\n省长 王予波\n各位代表：",
        "做好工作。\n一、2024年工作回顾\n过去一年。",
        "名词解释\n1.两重：国家重大战略。",
        "指标：GDP | 目标：5%\n指标：粮食 | 目标：500亿斤",
        "目标\n增长5%\n粮食500亿斤",
        "——2025年1月14日在会议上\n省长 胡玉亭",
    ],
)
def test_lines_without_such_evidence_stay(text: str) -> None:
    assert mend_lines(text) == text


def roles(text: str) -> list[tuple[str, Role]]:
    sections = parse_sections(text)
    found = section_roles(text, sections)
    return [(s.heading.of(text) or s.span.of(text)[:6], found[s.number]) for s in sections[1:]]


def test_results_and_targets_are_told_apart_without_numbers_too() -> None:
    text = "2024年工作回顾\n过去一年，很好。\n2025年工作安排\n今年要做好。\n各位代表！加强政府自身建设，过紧日子。\n名词解释\n两重：战略。"
    assert roles(text) == [
        ("2024年工作回顾", Role.REVIEW),
        ("2025年工作安排", Role.TASKS),
        ("各位代表！加", Role.OWN_WORK),
        ("名词解释", Role.GLOSSARY),
    ]


def test_a_slogan_for_a_heading_takes_its_role_from_its_place() -> None:
    text = "一、牢记嘱托，奋力前行\n很好。\n二、勇毅前进，再创辉煌\n要做好。\n三、加强政府自身建设\n廉洁。"
    assert [role for _, role in roles(text)] == [Role.REVIEW, Role.TASKS, Role.OWN_WORK]


def test_an_address_belongs_to_no_point_before_it() -> None:
    text = "一、工作安排\n（一）扩大内需\n做好。\n各位代表！实干为要。\n（二）改善民生\n做好。"
    sections = parse_sections(text)
    by_heading = {s.heading.of(text): s for s in sections}
    assert by_heading["（二）改善民生"].parent == by_heading["一、工作安排"].number
    assert by_heading["（一）扩大内需"].span.of(text).strip() == "（一）扩大内需\n做好。"
