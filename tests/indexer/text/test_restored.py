"""What was damaged on the way is whole again, and what was not stays as it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from itertools import count

import pytest

from benchmarks.damage.kinds import KINDS, Damage
from indexer.text.characters import normalise
from indexer.text.restored import restored

REPORT = (
    "政府工作报告",
    "——2023年1月12日在望海县第九届人民代表大会第三次会议上",
    "望海县人民政府县长 林某",
    "各位代表：",
    "现在，我代表县人民政府，向大会报告工作，请予审议，并请县政协委员提出意见。",
    "一、2022年工作回顾",
    "过去的一年，面对外部环境的冲击和超出预期的困难，全县上下同心，地区生产总值达到1285.6亿元，增长5.9%，城镇居民人均可支配收入"
    "达到46180元，增长6.8%，城镇新增就业32000人，全年主要目标任务顺利完成，实现了本届政府的良好开局。",
    "（一）产业结构继续优化",
    "规模以上工业增加值增长7.4%，新增高新技术企业36家，建成省级以上研发机构12个；望海港货物吞吐量突破2300万吨，跨境电商交易额达到"
    "18.5亿元；全年接待游客410.3万人次，旅游收入增长16.2%，海上风电一期工程全部并网，年发电量8.6亿千瓦时。",
    "（二）城乡面貌明显改善",
    "新建改建农村公路236公里，改造老旧小区41个、惠及居民9600户，新增公共停车位3500个，县城污水集中处理率达到97.2%，森林覆盖率"
    "提高到52.4%。实施村庄清洁行动，农村卫生厕所普及率达到93%，建成美丽庭院1.2万户。",
    "二、2023年工作安排",
    "今年发展的主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长5%，城镇新增就业3万人以上，城镇调查失业率控制在5.5%以内，"
    "粮食播种面积稳定在15.8万亩，单位地区生产总值能耗降低3%。",
    "1.全力扩大有效投资。安排重点项目128个，完成投资310亿元，其中产业项目占六成以上，确保望海湾大桥年内合龙、临港产业园二期6月底前开工。",
    "2.着力保障改善民生。新建学校12所、增加学位8400个，新增养老床位600张，建设保障性租赁住房1500套，城乡居民基础养老金每人每月再提高20元。",
    "各位代表！蓝图已经绘就，奋斗正当其时。让我们团结一心，真抓实干，奋力谱写望海现代化建设的新篇章！",
)
# Long enough for several pages, and no line of it twice.
LONG = (
    *REPORT[:5],
    *(
        p if len(p) < 40 else f"{town}：{p}"
        for town in ("东港镇", "西山乡", "望海湾街道", "外岛")
        for p in REPORT[5:-1]
    ),
    REPORT[-1],
)
# Nothing but the layout was lost: the paragraphs are there again, to the letter.
WHOLE = [damage for damage in KINDS if damage.keeps_words]


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def alike(line: str) -> str:
    """Without blanks, and with marks of one width."""
    return unicodedata.normalize("NFKC", line).replace(" ", "")


@pytest.mark.parametrize("damage", WHOLE, ids=lambda damage: damage.name)
def test_what_was_damaged_is_whole_again(damage: Damage) -> None:
    found = lines(restored(damage.make(LONG)))
    assert [alike(line) for line in found] == [alike(paragraph) for paragraph in LONG]


def test_a_text_that_suffered_nothing_stays_as_it_is() -> None:
    text = "\n".join(REPORT)
    assert restored(text) == text == normalise(text)


@pytest.mark.parametrize("width", [16, 19, 25, 31, 38, 44, 57, 64])
@pytest.mark.parametrize("indent", ["", "　　", "    "])
def test_lines_of_any_width_are_joined(width: int, indent: str) -> None:
    # Without blank lines or an indent nothing tells a paragraph that ends just at the margin from a sentence in it.
    between = "\n" if indent else "\n\n"
    wrapped = between.join(
        "\n".join((indent + p)[start : start + width] for start in range(0, len(indent + p), width))
        for p in REPORT
    )
    assert lines(restored(wrapped)) == list(REPORT)


def test_a_list_of_short_lines_is_no_broken_text() -> None:
    items = "\n".join(f"（{n}）新建改建第{n}批农村公路、桥梁和停车场" for n in range(10, 60))
    assert restored(items) == items


def test_english_lines_get_their_blanks_back() -> None:
    words = (
        "We will continue to pursue progress while ensuring stability in all our work this year, and " * 6
    ).strip() + "."
    rows: list[str] = [""]
    for word in words.split():
        if len(rows[-1]) + len(word) >= 60:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    assert lines(restored("\n".join(rows) + "\n\nThe end of it.")) == [words, "The end of it."]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("全县地区生产总值达到12\n85.6亿元。", "全县地区生产总值达到1285.6亿元。"),
        ("农民人均收入同比增长18\n.5%，排第一。", "农民人均收入同比增长18.5%，排第一。"),
        ("今年新建改建农村公路2\n36公里。", "今年新建改建农村公路236公里。"),
        ("今年新建改建农村公路236\n公里。", "今年新建改建农村公路236公里。"),
        ("这项工程预计到20\n25年全部完工。", "这项工程预计到2025年全部完工。"),
        ("全县新增养老床位共600\n张", "全县新增养老床位共600\n张"),
        ("望海县主要经济指标2022\n2023年增长5%", "望海县主要经济指标2022\n2023年增长5%"),
        ("望海县重点项目附表1\n12个项目", "望海县重点项目附表1\n12个项目"),
        ("主要工作目标任务分解3\n1.新建学校", "主要工作目标任务分解3\n1.新建学校"),
    ],
)
def test_a_figure_that_was_cut_is_whole_and_two_numbers_are_not_made_one(broken: str, whole: str) -> None:
    assert restored(broken) == whole


def pages(paragraphs: Sequence[str], foot: Callable[[int], str], size: int = 3) -> str:
    out: list[str] = []
    number = count(1)
    for start in range(0, len(paragraphs), size):
        out += [*paragraphs[start : start + size], foot(next(number))]
    return "\n".join(out)


def test_lines_that_repeat_without_a_page_stay() -> None:
    tasks = [
        line
        for n in range(1, 9)
        for line in (f"{n}.{'完成第' + str(n) + '批重点项目。' * 12}", "责任单位：县发展改革局")
    ]
    assert lines(restored("\n".join(tasks))) == tasks


def test_numbers_of_rows_are_no_numbers_of_pages() -> None:
    rows = [line for n in range(1, 12) for line in (str(n), "地区生产总值", "亿元")]
    assert lines(restored("\n".join(rows))) == rows


def test_items_numbered_on_lines_of_their_own_are_no_pages() -> None:
    items = [line for n in range(1, 9) for line in (str(n), f"完成第{n}批重点项目，带动就业三万人。" * 12)]
    assert lines(restored("\n".join(items))) == items


def test_the_title_stays_where_it_is_the_head_of_the_pages_too() -> None:
    text = pages([p * 2 for p in REPORT[4:]], lambda n: f"望海县政府工作报告\n— {n} —")
    found = lines(restored(f"望海县政府工作报告\n各位代表：\n{text}"))
    assert found == ["望海县政府工作报告", "各位代表：", *(p * 2 for p in REPORT[4:])]


def test_what_a_browser_prints_around_two_pages_goes() -> None:
    head, foot = (
        "2024/3/23 21:07　　政府工作报告_望海县人民政府",
        "https://www.example.gov.cn/a/70001.html　　{}/2",
    )
    text = "\n".join(
        [head, *REPORT[:6], REPORT[6][:40], foot.format(1), head, REPORT[6][40:], *REPORT[7:], foot.format(2)]
    )
    assert lines(restored(text)) == list(REPORT)


@pytest.mark.parametrize("blank", ["\u3000", "\u00a0", "\t"])
def test_characters_may_be_parted_by_any_blank(blank: str) -> None:
    text = "\n".join(blank.join(p.replace(" ", "")) for p in REPORT)
    assert lines(restored(text)) == [p.replace(" ", "") for p in REPORT]


def test_a_spaced_title_stays_spaced() -> None:
    text = "政 府 工 作 报 告\n" + "\n".join(REPORT[1:])
    assert restored(text) == text


def test_a_few_half_width_marks_stay_as_printed() -> None:
    text = "\n".join(REPORT).replace("增长5.9%，", "增长5.9%,")
    assert restored(text) == text


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("达到1,500亿元,增长5%.", "达到1,500亿元，增长5%。"),
        ("会议于10:30开始:听取报告.", "会议于10:30开始：听取报告。"),
        ("一.总体要求", "一.总体要求"),
        ("1.增长3.5%,人均2.1万元.二是改善民生;", "1.增长3.5%，人均2.1万元。二是改善民生；"),
        ("见www.example.cn,No.1号.", "见www.example.cn,No.1号。"),
    ],
)
def test_half_width_marks_are_widened_where_all_are_and_never_inside_a_figure(
    printed: str, meant: str
) -> None:
    others = "稳中求进,以进促稳;先立后破,不断提高." * 8
    assert restored(f"{others}\n{printed}").split("\n")[1] == meant


@pytest.mark.parametrize(
    ("escaped", "meant"),
    [
        ("<U+00A0><U+00A0>政府工作报告", "  政府工作报告"),
        ("&ldquo;十四五&rdquo;&nbsp;规划", "“十四五” 规划"),
        (r"\u3000\u3000各位代表", "  各位代表"),
        (r"各位代表：\n现在报告工作。\r\n请予审议。", "各位代表：\n现在报告工作。\n请予审议。"),
        ("过去五年_x000D_的成绩", "过去五年\n的成绩"),
        ("<!-- 正文开始 -->各位代表<!--EndFragment-->", "各位代表"),
        (".TRS_Editor P{line-height:2;font-family:宋体;}\n各位代表", "各位代表"),
        ("呼和浩特（hào）市、石墨(mò)烯", "呼和浩特市、石墨烯"),
        ("（GDP）增长，R&D投入占比3%，A&B；<U+12>", "（GDP）增长，R&D投入占比3%，A&B；<U+12>"),
        (
            "<p>各位代表：</p><p>现在<b>报告</b>工作。</p><script>var x = '各位';</script>",
            "\n各位代表：\n\n现在报告工作。\n",
        ),
        ("各位代表&nbsp&#12288", "各位代表  "),
        ("<b>粮食</b>增长5%", "<b>粮食</b>增长5%"),
        ("// 抓取于2024年\n各位代表\n# crawled 2024-01-01\n/* 结束 */", "各位代表"),
        ("增长<5%，R<0.5，x<y>z", "增长<5%，R<0.5，x<y>z"),
        (r"C:\new\text，&unknown;", r"C:\new\text，&unknown;"),
    ],
)
def test_escapes_become_signs_and_what_is_none_stays(escaped: str, meant: str) -> None:
    assert restored(escaped) == meant


def test_a_file_with_pages_loses_no_printed_sign() -> None:
    text = "— 1 —\n甲乙丙。\n— 2 —\n丁戊。\n— 3 —\n己。&nbsp;<!-- a -->"
    assert "".join(restored(text, has_pages=True).split()) == "".join(text.split())


def test_the_time_and_the_title_that_a_browser_prints_on_lines_of_their_own_go() -> None:
    head, foot = ["2024/3/23 21:07", "望海县人民政府网"], "https://www.example.gov.cn/a/70001.html"
    text = "\n".join([*head, *REPORT[:7], foot, *head, *REPORT[7:], foot])
    assert lines(restored(text)) == list(REPORT)
