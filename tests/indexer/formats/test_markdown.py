from __future__ import annotations

from pathlib import Path

import pytest

from indexer.formats import Extracted, extract
from indexer.report.passages import parse_report
from indexer.report.roles import Role
from indexer.sources import read_document


def read(text: str) -> Extracted:
    return extract(Path("a.md"), text.encode())


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("## 一、2023年工作回顾", "一、2023年工作回顾\n"),
        ("**一、2023年工作回**顾", "一、2023年工作回顾\n"),
        # The rules of Markdown do not see these as bold: a mark stands between the stars and the words.
        ("**（一）经济“稳”。**过去一年", "（一）经济“稳”。过去一年\n"),
        ("- 甲\n- 乙", "甲\n\n乙\n"),
        ("1. 甲\n2. 乙", "1. 甲\n\n2. 乙\n"),
        ("甲<!-- 图片：某某摄 -->乙\n\n<!-- 来源\n某报 -->\n\n丙", "甲乙\n\n丙\n"),
        ("见[原文](https://example.org/a)。![图](a.png)", "见原文。\n"),
        ("增长5\\*3、&nbsp;R&amp;D", "增长5*3、\u00a0R&D\n"),
        ("| 指标 | 目标 |\n|---|---|\n| GDP | 5% |", "指标：GDP | 目标：5%\n"),
        ("第一行\n第二行<br>第三行", "第一行\n第二行\n第三行\n"),
        ("    缩进的一段", "缩进的一段\n"),
        ("增长5%[^1]，就业20万人[^注]。\n\n[^1]: 初步核算数。", "增长5%，就业20万人。\n\n初步核算数。\n"),
        ("- [ ] 建成学校\n- [x] 建成医院\n- [沭阳](https://example.org)", "建成学校\n\n建成医院\n\n沭阳\n"),
        (
            "==重点==是H~2~O和CO~2~，PM~2.5~下降，共10km^2^、m^3^。",
            "重点是H2O和CO2，PM2.5下降，共10km2、m3。\n",
        ),
        # A range, a sum and an exponent that nobody marked stay, and so does a bracket that is no box.
        (
            "1~2个、3~4个，5A~6A级，a == b == c，2^10，[ ]内打勾",
            "1~2个、3~4个，5A~6A级，a == b == c，2^10，[ ]内打勾\n",
        ),
        ("标题\n---\n正文", "标题\n\n正文\n"),
    ],
)
def test_words_are_kept_and_marks_are_not(markdown: str, text: str) -> None:
    assert read(markdown).text == text


def test_a_table_that_a_converter_wrote_as_html_is_read_with_its_merged_cells() -> None:
    table = (
        "<table><tr><th rowspan=2>领域</th><th colspan=2>2023年</th></tr><tr><th>计划</th><th>完成</th></tr>"
        "<tr><td rowspan=2>教育</td><td>6所</td><td>7所</td></tr><tr><td colspan=2>18个</td></tr></table>"
    )
    expected = "领域：教育 | 2023年计划：6所 | 2023年完成：7所\n领域：教育 | 2023年：18个"
    assert read(f"前\n\n{table}\n\n后").text == f"前\n\n{expected}\n\n后\n"


def test_front_matter_says_title_and_address() -> None:
    found = read("---\nsource:\n- https://example.org/1\n- b\ntitle: '2017年  政府工作报告'\n---\n\n正文。")
    assert found.text == "正文。\n"
    assert (found.declared.titles, found.declared.address) == (
        ("2017年 政府工作报告",),
        "https://example.org/1",
    )


@pytest.mark.parametrize("front", ["---\n正文一\n---\n正文二", "---\n- 甲\n---\n乙", "---\n甲: [\n---\n乙"])
def test_text_between_rules_is_no_front_matter(front: str) -> None:
    assert not read(front).declared.titles
    assert front.split("\n")[1].lstrip("- ") in read(front).text


FIELDS = {
    "yaml": "---\ntitle: 政府工作报告\n地区: 江苏省宿迁市沭阳县\nyear: 2024\ndate: 2024-01-09\nspeaker: [王某]\ntags:\n  a: b\ndraft: false\n---\n",
    "toml": '+++\ntitle = "政府工作报告"\n地区 = "江苏省宿迁市沭阳县"\nyear = 2024\ndate = 2024-01-09\nspeaker = ["王某"]\ndraft = false\n[tags]\na = "b"\n+++\n',
    "windows": '+++\r\ntitle="政府工作报告"\r\n"地区"=\'江苏省宿迁市沭阳县\'\r\nyear="2024年"\r\ndate=2024-01-09T08:00:00+08:00\r\nspeaker="王某"\r\n+++\r\n',
}


@pytest.mark.parametrize("front", FIELDS.values(), ids=FIELDS)
def test_front_matter_says_where_when_and_by_whom(front: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"{front}\n各位代表：\n\n新增就业2万人。\n".encode())
    document = read_document(path)
    meta = document.metadata
    assert document.text == "各位代表：\n\n新增就业2万人。\n"
    assert (meta.region, meta.level, meta.year, meta.date, meta.speaker) == (
        "江苏省宿迁市沭阳县",
        "县",
        2024,
        "2024-01-09",
        "王某",
    )


@pytest.mark.parametrize("front", ["+++\n正文一\n+++\n正文二", "+++\n甲 = [\n+++\n乙", "+++\n没有下一行"])
def test_text_between_plus_signs_is_no_front_matter(front: str) -> None:
    assert not read(front).declared.titles
    assert front.split("\n")[1] in read(front).text


def test_bold_lines_are_headings_and_front_matter_the_title(tmp_path: Path) -> None:
    path = tmp_path / "云南省" / "2017.md"
    path.parent.mkdir()
    path.write_text(
        "---\ntitle: 2017年政府工作报告\n---\n\n**——2017年1月16日在云南省第十二届人民代表大会第五次会议上**\n\n**代省长 阮成发**\n\n"
        "各位代表：\n\n**一、2016年工作回顾**\n\n生产总值增长8.7%。\n\n**二、2017年重点工作**\n\n生产总值增长8.5%左右。\n",
        encoding="utf-8",
    )
    report = parse_report(read_document(path))
    meta = report.metadata
    assert (meta.title, meta.region, meta.year, meta.speaker) == (
        "2017年政府工作报告",
        "云南省",
        2017,
        "代省长 阮成发",
    )
    assert [(s.heading.of(report.text), report.roles[s.number]) for s in report.sections[1:]] == [
        ("一、2016年工作回顾", Role.REVIEW),
        ("二、2017年重点工作", Role.TASKS),
    ]
