"""What readers do with an answer: say whether it is right, take it away, ask other reports; in a real browser."""

from __future__ import annotations

import io
import re
import urllib.parse

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.conftest import at_rest, choose

pytestmark = [pytest.mark.browser, pytest.mark.model]
QUESTION = "沛县今年新建多少个充电桩？"


def _asked(page: Page, address: str, question: str = QUESTION) -> None:
    page.goto(f"{address}/?q={urllib.parse.quote(question)}")
    expect(page.locator(".wb-passage").first).to_be_visible(timeout=120_000)


def test_what_is_said_of_an_answer_is_listed_and_taken_away_as_a_question_set(
    page: Page, library: str
) -> None:
    _asked(page, library)
    page.get_by_role("button", name="答得对").click()
    expect(page.get_by_text("已记下：答得对")).to_be_visible(timeout=20_000)
    _asked(page, library, "德清今年新建多少家养老机构？")
    page.get_by_role("button", name="答案不对").click()
    form = page.get_by_test_id("stForm").last
    form.get_by_role("textbox", name="正确的原文").fill("报告里没有这句话")
    form.get_by_role("button", name="保存反馈").click()
    expect(page.get_by_text("没有这段原文", exact=False)).to_be_visible(timeout=20_000)
    form.get_by_role("textbox", name="正确的原文").fill("新建养老机构7家")
    form.get_by_role("button", name="保存反馈").click()
    expect(page.get_by_text("已记下：答案不对")).to_be_visible(timeout=20_000)
    page.goto(f"{library}/library")
    page.get_by_text("对答案的反馈（2）").click(timeout=120_000)
    expect(page.get_by_text("可以用来评测的有 2 个问题", exact=False)).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="导出题集").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert QUESTION in text and "新建养老机构7家" in text


def test_an_answer_is_taken_away_as_a_word_file_named_by_its_question(page: Page, library: str) -> None:
    _asked(page, library)
    page.get_by_role("button", name="带走").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="存为 Word").click()
    assert download.value.suggested_filename == "回答_沛县今年新建多少个充电桩.docx"
    document = docx.Document(io.BytesIO(download.value.path().read_bytes()))
    assert "700个" in [paragraph.text for paragraph in document.paragraphs]


def test_a_question_without_a_place_is_put_to_each_report_and_to_the_comparison(
    page: Page, library: str
) -> None:
    _asked(page, library, "今年地区生产总值增长多少？")
    page.get_by_role("button", name=re.compile("各报告怎么说")).click()
    lines = page.locator(".wb-each")
    expect(lines).to_have_count(2, timeout=60_000)
    expect(lines.filter(has_text="6.5%")).to_have_count(1)
    assert "each=1" in page.url
    page.get_by_role("link", name="在对比页问").click()
    expect(page.get_by_role("textbox", name=re.compile("想比较什么"))).to_have_value(
        "今年地区生产总值增长多少？", timeout=20_000
    )


def test_a_question_asked_before_is_asked_again_with_a_click(page: Page, library: str) -> None:
    _asked(page, library)
    box = page.get_by_role("textbox", name="您想从报告里了解什么？")
    box.fill("德清今年整治村庄多少个？")
    box.press("Enter")
    expect(page.locator("blockquote.wb-answer mark")).to_have_text("15个", timeout=30_000)
    page.get_by_role("button", name=QUESTION).click()
    expect(page.locator("blockquote.wb-answer mark")).to_have_text("700个", timeout=30_000)
    expect(box).to_have_value(QUESTION)


def test_a_set_of_reports_is_a_scope_on_every_page_and_in_the_link(
    page: Page, browser: Browser, library: str
) -> None:
    page.goto(f"{library}/library")
    page.get_by_text("报告组（0）").click(timeout=120_000)
    page.get_by_role("textbox", name="名称").fill("我的县")
    page.get_by_role("textbox", name="名称").press("Tab")
    choose(page, re.compile("其中的报告"), "江苏省沛县政府工作报告2025")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="保存报告组").click()
    expect(page.get_by_text("已保存报告组“我的县”（1 份报告）", exact=False)).to_be_visible(timeout=20_000)
    page.goto(
        f"{library}/?q={urllib.parse.quote('今年地区生产总值增长多少？')}&set={urllib.parse.quote('我的县')}"
    )
    expect(page.locator("blockquote.wb-answer")).to_contain_text("6.5%", timeout=60_000)
    expect(page.get_by_text("在 1 份报告", exact=False)).to_be_visible()
    page.goto(f"{library}/commitments?set={urllib.parse.quote('我的县')}")
    expect(page.get_by_text("来自 1 份报告", exact=False)).to_be_visible(timeout=60_000)
    page.goto(
        f"{library}/compare?compare={urllib.parse.quote('各县今年的目标')}&set={urllib.parse.quote('没有的组')}"
    )
    expect(page.get_by_text("链接里的报告组“没有的组”不在文库里", exact=False)).to_be_visible(timeout=60_000)


def test_judgements_are_made_one_after_the_other(page: Page, library: str) -> None:
    page.goto(f"{library}/tracking")
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=120_000)
    expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 36)
    opened = page.locator("blockquote.wb-answer").first
    expect(opened).to_be_visible(timeout=20_000)
    first = opened.inner_text()
    page.get_by_role("textbox", name="认定人").fill("某某")
    page.get_by_role("button", name="保存并看下一个").click()
    expect(page.get_by_text("已保存对", exact=False)).to_be_visible(timeout=20_000)
    expect(page.locator("blockquote.wb-answer").first).not_to_have_text(first, timeout=20_000)


def test_on_a_phone_the_form_comes_right_after_both_quotations(browser: Browser, library: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{library}/tracking")
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=120_000)
    table.scroll_into_view_if_needed()
    at_rest(page)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 36)
    quoted = page.locator("blockquote.wb-answer").first
    expect(quoted).to_be_in_viewport(timeout=20_000)
    expect(page.locator(".wb-pane").nth(1)).to_be_attached(timeout=20_000)
    at_rest(page)
    places = [
        one.bounding_box()
        for one in (
            page.locator("blockquote.wb-answer").last,
            page.get_by_role("button", name="保存并看下一个"),
            page.locator(".wb-pane").first,
        )
    ]
    above = [place["y"] for place in places if place is not None]
    assert len(above) == 3 and above == sorted(above)
    page.close()


def test_the_help_page_says_what_was_measured(page: Page, library: str) -> None:
    page.goto(f"{library}/help")
    expect(page.get_by_text("答案有多可靠")).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stTable")).to_contain_text("同一地方几年的报告")
