"""What is none of the document's own words stays in its text and is neither searched nor quoted."""

from __future__ import annotations

import pytest

from answers.commitments.extraction.extract import commitments
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.reports import report_problems
from indexer.store.catalogue import ReportEntry
from indexer.store.words import lexical_texts
from tests.conftest import make_document

BEFORE = """当前位置：首页 > 政务公开 > 政府工作报告
字号：[大] [中] [小] 打印 下载
发布时间：2023-02-20 10:15 来源：市政府办公室 浏览次数：1287次
"""
BODY = """甲市政府工作报告
——2023年1月12日在甲市第九届人民代表大会第三次会议上
各位代表：
一、2022年工作回顾
新增就业3.2万人，资金来源：财政拨款，更多群众得到实惠。
二、2023年工作安排
新建学校15所，让我们团结奋斗！
"""
AFTER = """【打印本页】 【关闭窗口】
责任编辑：王某某
上一篇：2023年重点项目清单
主办：甲市人民政府办公室 承办：甲市大数据局
某ICP备05000001号 网站标识码：3302000001
"""


def parsed(text: str) -> Report:
    return parse_report(make_document(text))


def asides(text: str) -> list[tuple[str, str]]:
    report = parsed(text)
    return [(aside.kind.value, aside.span.of(report.text)) for aside in report.asides]


def test_what_a_page_puts_around_a_text_is_marked_and_the_text_is_not() -> None:
    assert asides(BEFORE + BODY + AFTER) == [("page", BEFORE), ("page", AFTER)]
    assert asides(BODY) == []


def test_an_aside_is_a_passage_of_its_own_that_nothing_finds() -> None:
    report = parsed(BEFORE + BODY + AFTER)
    assert report.text == BEFORE + BODY + AFTER
    silent = [passage for passage in report.passages if passage.span.of(report.text) in (BEFORE, AFTER)]
    assert len(silent) == 2
    assert [report.units_of(passage) for passage in silent] == [(), ()]
    words = lexical_texts(report, entry(report))
    assert [words[passage.number].text for passage in silent] == ["", ""]
    assert any("学校" in found.text for found in words)
    assert not any("浏览" in found.text or "ICP" in found.text for found in words)
    assert list(report_problems(report, report.document.text_digest)) == []


def entry(report: Report) -> ReportEntry:
    return ReportEntry(
        id=1, name=report.name, metadata=report.metadata, source="", source_digest="",
        text_digest=report.document.text_digest, characters=len(report.text), passages=len(report.passages), first=0,
        embedded="",
    )  # fmt: skip


def test_a_page_promises_nothing() -> None:
    told = [row.text for row in commitments(parsed(BEFORE + BODY + "浏览次数：1500次\n"))]
    assert told == ["3.2万人", "15所"]


def test_the_sections_are_those_of_the_text_alone() -> None:
    around, alone = parsed(BEFORE + BODY + AFTER), parsed(BODY)
    headings = [s.heading.of(around.text) for s in around.sections]
    assert headings == [s.heading.of(alone.text) for s in alone.sections]


def test_comments_and_links_below_a_text_are_the_pages() -> None:
    rest = "网友评论（2）\n张三：写得好，第5次看了！\n李四：支持\n相关新闻\n甲市召开会议部署2023年工作\n"
    assert asides(BODY + rest) == [("page", rest)]
    assert asides(BODY + "相关工作有序推进，完成投资5亿元。\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "资金来源：财政拨款200万元",
        "主办单位：市交通局，各县（市、区）",
        "更多群众得到实惠",
        "分享改革发展成果",
        "2023年1月12日在甲市第九届人民代表大会第三次会议上",
    ],
)
def test_lines_of_the_text_are_no_page(line: str) -> None:
    assert asides(f"{BODY}{line}\n") == []


def test_credits_behind_the_last_word_are_marked_alone() -> None:
    assert asides(BODY.rstrip() + "（责任编辑：王某某）") == [("page", "（责任编辑：王某某）")]


ITEMS = ["一、2022年工作回顾", "（一）产业结构继续优化", "（二）城乡面貌明显改善", "二、2023年工作安排"]
PARTS = "\n".join(f"{item}\n这里说的是第{n}部分的事情，一共做了{n + 2}件。" for n, item in enumerate(ITEMS))


@pytest.mark.parametrize("leader", ["", "……………{}", " {}", "\t{}", "（{}）", "..... {}", " · · · · {}"])
@pytest.mark.parametrize("title", ["目录", "目 录", "目　次"])
def test_a_table_of_contents_opens_no_sections(title: str, leader: str) -> None:
    rows = "\n".join(item + leader.format(n) for n, item in enumerate(ITEMS, 1))
    report = parsed(f"甲市政府工作报告\n{title}\n{rows}\n{PARTS}")
    assert [aside.span.of(report.text) for aside in report.asides] == [f"{title}\n{rows}\n"]
    assert [s.heading.of(report.text) for s in report.sections[1:]] == ITEMS


def test_a_table_of_contents_without_its_name_is_known_by_its_headings_coming_again() -> None:
    rows = "\n".join(ITEMS)
    report = parsed(f"甲市政府工作报告\n{rows}\n{PARTS}")
    assert [aside.span.of(report.text) for aside in report.asides] == [f"{rows}\n"]
    assert [s.heading.of(report.text) for s in report.sections[1:]] == ITEMS


def test_headings_that_come_once_are_no_contents() -> None:
    assert asides(f"甲市政府工作报告\n{PARTS}") == []
    assert asides("甲市政府工作报告\n" + "\n".join(ITEMS)) == []


def test_headings_of_two_halves_that_are_alike_are_no_contents() -> None:
    half = "（一）工业\n产值增长5%。\n（二）农业\n产值增长3%。\n"
    report = parsed(f"一、2022年工作回顾\n{half}二、2023年工作安排\n{half}")
    assert report.asides == ()
    assert len(report.sections) == 7
