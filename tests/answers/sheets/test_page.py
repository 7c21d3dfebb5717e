"""A page of quotations as a file: everything is in it, marked, and nothing of it acts."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from markdown_it import MarkdownIt

from answers.sheets.files import Format
from answers.sheets.naming import file_name
from answers.sheets.page import Passage, WrittenPage, page_written
from indexer.text.span import Span

TEXT = "今年新建充电桩1500个，改造学校8所。"
PAGE = WrittenPage(
    title="今年新建多少个充电桩？",
    heading="答案",
    quotations=("1500个",),
    notes=("引文与原文逐字一致", "- 不是列表"),
    parts=(
        ("出处", (Passage("《甲市*报告*》一、工作", TEXT, (Span(7, 12),), ("“…”（《甲市》，第 1 段）",)),)),
    ),
    foot="由问报摘出 <b>",
)


def test_a_word_file_is_a4_and_marks_the_words() -> None:
    document = docx.Document(io.BytesIO(page_written(PAGE, Format.DOCX)))
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[:3] == [PAGE.title, "答案", "1500个"] and TEXT in said and PAGE.foot in said
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert marked == ["1500个"]


def test_markdown_says_the_same_and_nothing_acts() -> None:
    source = page_written(PAGE, Format.MARKDOWN).decode("utf-8")
    drawn = MarkdownIt().render(source)
    assert "今年新建充电桩<strong>1500个</strong>，改造学校8所。" in drawn
    assert "<h1>今年新建多少个充电桩？</h1>" in drawn and "《甲市*报告*》" in drawn
    assert "<p>- 不是列表</p>" in drawn and "&lt;b&gt;" in drawn


def test_marked_words_that_end_with_a_sign_stay_marked() -> None:
    passage = Passage("甲", "新建5所，改造3所。", (Span(2, 5),), ())
    page = WrittenPage("问", "答", (), (), (("处", (passage,)),), "")
    assert "<b>5所，</b>" in page_written(page, Format.MARKDOWN).decode("utf-8")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("对比", "长三角今年的GDP增长目标各是多少？"), "对比_长三角今年的GDP增长目标各是多少"),
        (("回答", '<a>/..\\b:"*'), "回答_a_.._b"),
        (("", "？"), "wenbao"),
        (("..", "hidden"), "hidden"),
        (("承诺台账", "", "就业 2025"), "承诺台账_就业_2025"),
    ],
)
def test_a_file_name_says_what_is_in_it_and_nothing_that_a_file_system_refuses(
    parts: tuple[str, ...], name: str
) -> None:
    assert file_name(*parts) == name
    assert len(file_name(*(part * 50 for part in parts))) <= 80
