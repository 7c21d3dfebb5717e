"""One language a page, and the answer in sight: in a real browser."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from playwright.sync_api import Browser, Page, expect

from views.shared.browser_page import OWN_WORDS

pytestmark = [pytest.mark.browser, pytest.mark.model]
QUESTION = "沛县今年新建多少个充电桩？"
PAGES = {
    f"?q={urllib.parse.quote(QUESTION)}": ".wb-passage",
    f"compare?compare={urllib.parse.quote('德清近两年的地区生产总值增长目标')}": ".wb-cell",
    "commitments": "[data-testid=stDataFrame]",
    "tracking": "[data-testid=stDataFrame]",
    "library": "[data-testid=stDataFrame]",
    "help": "[data-testid=stTable]",
}


def _said(page: Page) -> list[str]:
    """The lines of the page, and what is said of its controls to those who do not see them."""
    labels = page.evaluate(
        "[...document.querySelectorAll('[aria-label], [placeholder]')]"
        ".flatMap(one => [one.getAttribute('aria-label'), one.getAttribute('placeholder')])"
    )
    return [line.strip() for line in (*page.inner_text("body").splitlines(), *filter(None, labels))]


@pytest.mark.parametrize("path", PAGES)
def test_a_chinese_page_says_nothing_in_english(page: Page, library: str, path: str) -> None:
    page.goto(f"{library}/{path}")
    expect(page.locator(PAGES[path]).first).to_be_visible(timeout=120_000)
    boxes = [box for box in page.get_by_test_id("stTextInputField").all() if box.is_visible()]
    for box in boxes[:1]:
        box.click()  # what is said of a box that is written in
        box.type("一")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page).to_have_title(f"{page.locator('h1').first.inner_text().strip()} · 问报")
    page.wait_for_timeout(1500)
    said = _said(page)
    assert len(said) > 20
    assert sorted({*said} & {*OWN_WORDS}) == []
    assert [line for line in said if line.startswith(("Help for ", "Remove ")) or "per file" in line] == []
    assert "None" not in said


def test_an_english_page_says_nothing_in_chinese_but_the_reports_and_the_switch(
    page: Page, library: str
) -> None:
    page.goto(f"{library}/?lang=en")
    expect(page.get_by_text("Try one of these")).to_be_visible(timeout=120_000)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_timeout(1500)
    chinese = [line for line in _said(page) if re.search(r"[\u4e00-\u9fff]", line)]
    assert [
        line for line in chinese if "政府工作报告" not in line and line not in ("中文", "语言 Language")
    ] == []
    page.get_by_text("中文", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_text("English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_answer_and_its_passage_are_in_sight(
    browser: Browser, library: str, width: int, height: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{library}/?q={urllib.parse.quote(QUESTION)}")
    mark = page.locator(".wb-passage mark").first
    expect(mark).to_have_text("700个", timeout=120_000)
    box = mark.bounding_box()
    assert box is not None and box["y"] + box["height"] < height
    page.close()


def test_the_menu_closes_when_a_page_is_chosen_on_a_phone(browser: Browser, library: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{library}/library")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible(timeout=120_000)
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="承诺").click()
    box = page.get_by_role("textbox", name="检索")
    expect(box).to_be_visible(timeout=20_000)
    expect(page.get_by_role("link", name="文库")).not_to_be_in_viewport(timeout=10_000)
    box.click()  # nothing lies over it
    page.close()
