"""The first journeys with the keyboard alone, as somebody goes them who has no pointer; in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
_FAR = 80  # stops of the Tab key until something counts as out of reach


def _tab_to(page: Page, there: Locator, key: str = "Tab") -> None:
    """Go on with the Tab key until `there` has the focus."""
    for _ in range(_FAR):
        if there.evaluate_all("all => all.some(one => one === document.activeElement)"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"the Tab key does not reach {there}")


def test_a_question_is_asked_and_a_passage_opened(page: Page, library: str) -> None:
    page.goto(library)
    box = page.get_by_label("您想从报告里了解什么？")
    expect(box).to_be_visible(timeout=120_000)
    _tab_to(page, box)
    page.keyboard.type("沛县今年新建多少个充电桩？")
    page.keyboard.press("Enter")
    expect(page.locator("blockquote.wb-answer mark")).to_have_text("700个", timeout=60_000)
    _tab_to(page, page.get_by_role("button", name="在原文中打开").last)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("open="), timeout=20_000)
    _tab_to(page, page.get_by_role("searchbox", name="在原文里查找"))
    page.keyboard.type("年")
    expect(page.locator(".wb-count")).to_have_text(re.compile(r"1/\d"), timeout=10_000)
    page.keyboard.press("Enter")
    expect(page.locator(".wb-count")).to_have_text(re.compile(r"[12]/\d"))
    _tab_to(page, page.locator(".wb-pane"))


def test_reports_are_compared_and_a_sentence_is_unfolded(page: Page, library: str) -> None:
    page.goto(f"{library}/compare")
    box = page.get_by_role("textbox", name=re.compile("想比较什么"))
    expect(box).to_be_visible(timeout=120_000)
    _tab_to(page, box)
    page.keyboard.type("德清近两年的地区生产总值增长目标")
    page.keyboard.press("Enter")
    first = page.locator("details.wb-cell").first
    expect(first).to_be_visible(timeout=60_000)
    _tab_to(page, page.locator("details.wb-cell summary").first)
    page.keyboard.press("Enter")
    expect(first.locator(".wb-passage")).to_be_visible()
    _tab_to(page, page.get_by_role("button", name="原文", exact=True).first)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("open="), timeout=20_000)
    _tab_to(page, page.get_by_role("button", name="每一句", exact=True).first)
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-compare_sentences .wb-passage").first).to_be_visible(timeout=20_000)


def test_the_ledger_is_searched_and_a_row_opened(page: Page, library: str) -> None:
    page.goto(f"{library}/commitments")
    box = page.get_by_role("textbox", name="检索")
    expect(box).to_be_visible(timeout=120_000)
    _tab_to(page, box)
    page.keyboard.type("充电桩")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("words="), timeout=20_000)
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible(timeout=20_000)
    _tab_to(page, grid.locator("canvas, table, [role=grid]"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(".wb-pane mark")).to_contain_text("充电桩", timeout=20_000)
