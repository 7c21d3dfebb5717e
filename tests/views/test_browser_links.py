"""A link opens the view that it was made of, and Back brings back what was there: in a real browser."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
VILLAGES, CARS = "德清2025年整治多少个村庄？", "沛县今年新建多少个充电桩？"


def _ask(page: Page, question: str, answer: str) -> None:
    box = page.get_by_label("您想从报告里了解什么？")
    box.fill(question)
    box.press("Enter")
    expect(page.locator("blockquote.wb-answer mark")).to_have_text(answer, timeout=60_000)


def test_back_and_forward_bring_back_question_answer_and_what_was_opened(page: Page, library: str) -> None:
    page.goto(library)
    expect(page.get_by_label("您想从报告里了解什么？")).to_be_visible(timeout=120_000)
    _ask(page, VILLAGES, "15个")
    page.get_by_role("button", name="在原文中打开").last.click()
    expect(page).to_have_url(re.compile("open="))
    opened = page.locator(".wb-pane mark").first
    expect(opened).not_to_have_text("15个", timeout=20_000)
    shown = opened.inner_text()
    _ask(page, CARS, "700个")
    page.go_back()
    expect(page.get_by_label("您想从报告里了解什么？")).to_have_value(VILLAGES, timeout=20_000)
    expect(page.locator("blockquote.wb-answer mark")).to_have_text("15个", timeout=20_000)
    expect(opened).to_have_text(shown)
    page.go_forward()
    expect(page.locator("blockquote.wb-answer mark")).to_have_text("700个", timeout=20_000)


def test_the_link_of_a_comparison_opens_it_in_another_browser(
    page: Page, browser: Browser, library: str
) -> None:
    question = "德清近两年的地区生产总值增长目标各是多少？"
    page.goto(f"{library}/compare?compare={urllib.parse.quote(question)}")
    expect(page.locator(".wb-cell").first).to_be_visible(timeout=120_000)
    page.get_by_text("按数值", exact=True).click()
    page.get_by_text("English", exact=True).click()
    page.get_by_role("button", name="Take away").click()
    link = page.get_by_test_id("stCode").inner_text().strip()
    other = browser.new_page(viewport={"width": 1366, "height": 900})
    other.goto(link)
    expect(other.locator(".wb-cell").first).to_be_visible(timeout=60_000)
    expect(other.get_by_role("radio", name="By value")).to_be_checked()
    expect(other.locator(".wb-value").first).to_have_text("5.5%左右")
    other.close()


def test_the_pages_keep_what_was_chosen_when_the_menu_leads_elsewhere_and_back(
    page: Page, library: str
) -> None:
    page.goto(f"{library}/commitments")
    box = page.get_by_role("textbox", name="检索")
    expect(box).to_be_visible(timeout=120_000)
    box.fill("养老")
    box.press("Enter")
    expect(page).to_have_url(re.compile(urllib.parse.quote("养老")), timeout=20_000)
    page.get_by_role("link", name="兑现").click()
    expect(page.get_by_text("个目标，人工已认定", exact=False)).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="承诺").click()
    expect(page.get_by_role("textbox", name="检索")).to_have_value("养老", timeout=20_000)
    expect(page).to_have_url(re.compile(urllib.parse.quote("养老")))


def test_a_link_that_names_what_is_not_there_is_told_above_all(page: Page, library: str) -> None:
    asked = urllib.parse.quote(VILLAGES)
    page.goto(
        f"{library}/?q={asked}&region={urllib.parse.quote('火星')}&year=1999&set=abc"
        f"&open=1-2-{urllib.parse.quote('没有这份')}"
    )
    expect(page.locator("blockquote.wb-answer mark")).to_have_text("15个", timeout=120_000)
    for told in ("叫“火星”的地区", "没有 1999 年", "报告组“abc”", "链接要打开的段落不在文库里"):
        alert = page.get_by_role("alert").filter(has_text=told)
        expect(alert).to_be_visible()
        box, question = alert.bounding_box(), page.get_by_label("您想从报告里了解什么？").bounding_box()
        assert box is not None and question is not None and box["y"] < question["y"]
    understood = page.locator(".st-key-ask_understood summary")
    expect(understood).to_contain_text("德清")
    expect(understood).not_to_contain_text(re.compile("火星|1999|abc"))


def test_the_first_page_opens_by_its_name_too_and_an_unknown_page_is_told_in_chinese(
    page: Page, library: str
) -> None:
    page.goto(f"{library}/ask?q={urllib.parse.quote(CARS)}")
    expect(page.locator("blockquote.wb-answer mark")).to_have_text("700个", timeout=120_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/\?q="))
    page.goto(f"{library}/nosuch")
    told = page.get_by_role("dialog")
    expect(told).to_contain_text("没有这一页", timeout=60_000)
    expect(told).not_to_contain_text(re.compile("[A-Za-z]{6}"))
