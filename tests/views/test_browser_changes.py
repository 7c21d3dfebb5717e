"""Nothing is lost by a click: in a real browser, on the real app."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.views.conftest import at_rest

pytestmark = [pytest.mark.browser, pytest.mark.model]


def _tick(page: Page, row: int, x: float = 17) -> None:
    """Click the box of a row of the table, from 1, or so many pixels to the right."""
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=120_000)
    at_rest(page)  # a click during a run is lost when the table is drawn anew
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + x, box["y"] + 17 + 36 * row)


def test_a_double_click_removes_one_report_and_it_can_be_put_back(page: Page, library: str) -> None:
    page.goto(f"{library}/library")
    _tick(page, 1)
    page.get_by_role("button", name="移除这份报告").click()
    asked = page.get_by_text("分钟内可以撤销", exact=False)
    expect(asked).to_contain_text("《")
    title = asked.inner_text().split("《")[1].split("》")[0]
    page.get_by_role("button", name="确定移除").dblclick()
    expect(page.get_by_text(f"已移除《{title}》", exact=False)).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1500)  # what a second click would do
    expect(page.get_by_text("文库里的报告（2 份）")).to_be_visible()
    expect(page.get_by_role("button", name="确定移除")).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text(f"《{title}》已放回文库")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("文库里的报告（3 份）")).to_be_visible()


def test_several_reports_are_ticked_removed_together_and_put_back_by_one_click(
    page: Page, library: str
) -> None:
    page.goto(f"{library}/library")
    _tick(page, 1)
    at_rest(page)
    _tick(page, 3)
    expect(page.get_by_text("已选 2 份", exact=False)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="移除这 2 份").click()
    page.get_by_role("button", name="确定移除").dblclick()
    expect(page.get_by_text("已移除 2 份报告", exact=False)).to_be_visible(timeout=20_000)
    expect(page.get_by_text("文库里的报告（1 份）")).to_be_visible()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("文库里的报告（3 份）")).to_be_visible(timeout=20_000)


def test_a_click_in_a_row_ticks_its_box_and_a_click_on_the_box_closes_it(page: Page, library: str) -> None:
    page.goto(f"{library}/commitments")
    pick = page.get_by_text("点表格里的一行", exact=False)
    expect(pick).to_be_visible(timeout=120_000)
    at_rest(page)
    _tick(page, 2, x=200)
    expect(page.locator("blockquote.wb-answer").first).to_be_visible(timeout=20_000)
    at_rest(page)
    _tick(page, 2)
    expect(pick).to_be_visible(timeout=20_000)


def test_the_report_that_was_corrected_stays_open_wherever_it_stands_then(page: Page, library: str) -> None:
    page.goto(f"{library}/library?report=浙江省德清县政府工作报告2025")
    title = page.get_by_role("textbox", name="标题")
    expect(title).to_have_value("浙江省德清县政府工作报告2025", timeout=120_000)
    page.get_by_role("textbox", name="报告人").fill("县长 某某")
    page.get_by_role("textbox", name="标题").fill("德清县2025年政府工作报告")
    page.get_by_role("button", name="保存更正").click()
    told = page.get_by_text("已更正", exact=False)
    expect(told).to_contain_text("报告人 — → 县长 某某", timeout=20_000)
    expect(page.get_by_role("textbox", name="标题")).to_have_value("德清县2025年政府工作报告")
    expect(page.locator(".wb-pane")).to_contain_text("养老机构7家")


def test_a_target_that_was_judged_stays_open_though_the_filter_lists_it_no_more(
    page: Page, library: str
) -> None:
    page.goto(f"{library}/tracking")
    expect(page.get_by_text("个目标，人工已认定", exact=False)).to_be_visible(timeout=120_000)
    page.get_by_text(re.compile(r"^没有找到明确答案 \d")).click()
    page.wait_for_timeout(1000)
    _tick(page, 1)
    opened = page.locator("blockquote.wb-answer").first
    expect(opened).to_be_visible(timeout=20_000)
    target = opened.inner_text()
    form = page.get_by_test_id("stForm")
    form.get_by_text("已完成", exact=True).click()
    form.get_by_role("textbox", name="认定人").fill("某某")
    form.get_by_role("button", name="保存认定").click()
    expect(page.get_by_text("的认定：已完成", exact=False)).to_be_visible(timeout=20_000)
    expect(page.locator("blockquote.wb-answer").first).to_have_text(target)
