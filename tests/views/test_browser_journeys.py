"""Journeys through the pages on a small screen and on a phone, as their users go them; in a real browser.

With WENBAO_SHOTS in the environment, the folder that it names gets a picture of where each journey ends.
"""

from __future__ import annotations

import os
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.views.conftest import at_rest, choose

pytestmark = [pytest.mark.browser, pytest.mark.model]
SIZES = {"desk": (1366, 768), "phone": (390, 844)}
_Q = urllib.parse.quote
_SOON = 30_000  # milliseconds, on a machine that is busy


@pytest.fixture(params=SIZES)
def seat(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in one of the sizes. Nothing on it may reach beyond its side."""
    width, height = SIZES[request.param]
    page = browser.new_page(viewport={"width": width, "height": height})
    yield page
    folder = os.environ.get("WENBAO_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{request.node.originalname}_{request.param}.png")
    reaches = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    page.close()
    assert reaches <= width


def _opened(page: Page, url: str, shown: str) -> Locator:
    page.goto(url)
    there = page.locator(shown).first
    expect(there).to_be_visible(timeout=120_000)
    at_rest(page)
    return there


def _tick(page: Page, row: int, at: int = 17) -> None:
    """Click in a row of the table, at its box unless told otherwise (in pixels from the left)."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    at_rest(page)
    page.wait_for_timeout(500)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + at, box["y"] + 17 + 36 * row)


def test_an_answer_is_read_in_its_clause_and_another_passage_in_its_place(seat: Page, library: str) -> None:
    answer = _opened(seat, f"{library}/?q={_Q('沛县今年新建多少个充电桩？')}", "blockquote.wb-answer")
    expect(answer).to_have_text("新建充电桩700个")
    expect(answer.locator("mark")).to_have_text("700个")
    seat.get_by_role("button", name="在原文中打开").last.click()
    expect(seat).to_have_url(re.compile("open="), timeout=_SOON)
    expect(seat.locator(".wb-pane")).to_be_in_viewport(timeout=_SOON)


def test_answer_and_report_give_one_place_and_end_where_the_window_does(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/?q={_Q('德清2025年整治多少个村庄？')}", ".wb-pane mark")
    answer, beside = (
        seat.locator(".wb-place").first,
        seat.locator("[data-testid=stColumn]:has(.wb-pane) .wb-place"),
    )
    said = re.compile(r"第 \d+ 段")
    assert said.findall(answer.inner_text()) == said.findall(beside.inner_text()) != []
    pane = seat.locator(".wb-reader").bounding_box()
    more = seat.get_by_role("heading", name="更多相关段落").bounding_box()
    assert pane is not None and more is not None and seat.viewport_size is not None
    if seat.viewport_size["width"] > 640:
        assert pane["y"] + pane["height"] <= seat.viewport_size["height"]
    else:
        assert pane["y"] + pane["height"] <= more["y"]


def test_a_word_is_found_in_the_report_and_the_way_led_back(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/?extent=report&q={_Q('沛县今年新建多少个充电桩？')}", ".wb-pane mark")
    pane = seat.locator(".wb-pane")
    seat.get_by_role("searchbox", name="在原文里查找").fill("桥梁")
    expect(seat.locator(".wb-count")).to_have_text("1/2", timeout=_SOON)
    seat.get_by_role("button", name="下一处").click()
    expect(seat.locator(".wb-count")).to_have_text("2/2")
    expect(seat.locator(".wb-tick.wb-sought")).to_have_count(
        2 if pane.evaluate("one => one.scrollHeight > one.clientHeight") else 0
    )
    seat.get_by_role("combobox", name="目录").select_option(label="二、2025年工作安排")
    seat.get_by_role("button", name="回到引文").click()
    expect(pane.locator("mark")).to_be_in_viewport()


def test_the_report_is_printed_whole_with_its_title(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/?extent=report&q={_Q('沛县今年新建多少个充电桩？')}", ".wb-pane mark")
    # A browser without a screen has no dialogue to print: what it was given is looked at.
    seat.add_init_script("window.print = () => {}")
    seat.evaluate(
        "new MutationObserver(found => { for (const one of found) for (const node of one.addedNodes)"
        " if (node.tagName === 'IFRAME') node.contentWindow.print = () => { window.printed = true; }; })"
        ".observe(document.body, { childList: true, subtree: true })"
    )
    seat.get_by_role("button", name="打印").click()
    paper = seat.frame_locator(".wb-printed")
    expect(paper.locator("h1")).to_have_text("江苏省沛县政府工作报告2025")
    expect(paper.locator("body")).to_contain_text("新建桥梁3座")
    expect(paper.locator("mark")).to_have_text("700个")


def test_each_report_says_its_line(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/?q={_Q('今年地区生产总值增长多少？')}", ".wb-passage")
    seat.get_by_role("button", name=re.compile("各报告怎么说")).click()
    expect(seat.locator(".wb-each")).to_have_count(2, timeout=60_000)


def test_an_example_is_asked_by_a_click(seat: Page, library: str) -> None:
    seat.goto(library)
    example = seat.locator("[class*=st-key-example_0] button")
    expect(example).to_be_visible(timeout=120_000)
    asked = example.inner_text()
    assert re.match("(德清|沛县)", asked)
    example.click()
    expect(seat.locator(".wb-passage").first).to_be_visible(timeout=60_000)
    expect(seat.get_by_label("您想从报告里了解什么？")).to_have_value(asked)


def test_a_question_goes_on_from_the_one_before(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/?q={_Q('沛县今年新建多少座桥梁？')}", "blockquote.wb-answer")
    box = seat.get_by_label("您想从报告里了解什么？")
    box.fill("那去年呢？")
    box.press("Enter")
    told = seat.locator("[class*=st-key-ask_going_on]")
    expect(told).to_contain_text("接着上一问，理解为“沛县去年新建多少座桥梁？”", timeout=_SOON)
    expect(seat.locator("blockquote.wb-answer mark").first).to_have_text("3座", timeout=_SOON)
    expect(seat.locator("blockquote.wb-answer")).to_be_in_viewport()
    expect(seat).to_have_url(re.compile("after="))
    seat.go_back()
    expect(seat.locator("blockquote.wb-answer mark").first).to_have_text("4座", timeout=_SOON)
    expect(told).to_have_count(0)
    seat.go_forward()
    expect(told).to_be_visible(timeout=_SOON)


def test_several_questions_are_answered_one_by_one(seat: Page, library: str) -> None:
    asked = "沛县今年新建多少个充电桩？新建桥梁多少座？"
    _opened(seat, f"{library}/?q={_Q(asked)}", "blockquote.wb-answer")
    second = seat.locator("[class*=st-key-ask_part_1]")
    expect(second.locator("mark").first).to_have_text("4座", timeout=_SOON)
    expect(second).to_contain_text("2. 沛县今年新建桥梁多少座？")
    second.get_by_role("button", name="在原文中打开").click()
    expect(seat.locator(".wb-pane")).to_be_in_viewport(timeout=_SOON)
    expect(seat.locator(".wb-pane mark")).to_have_text("4座", timeout=_SOON)


def test_a_question_is_kept_and_asked_again(seat: Page, library: str) -> None:
    asked = "德清今年新建养老机构多少家？"
    _opened(seat, f"{library}/?q={_Q(asked)}", "blockquote.wb-answer")
    seat.get_by_role("button", name="收藏问题").click()
    expect(seat.get_by_role("button", name="已收藏")).to_be_disabled(timeout=_SOON)
    seat.goto(library)
    kept = seat.locator("[class*=st-key-ask_saved_list]")
    expect(kept).to_contain_text(asked, timeout=_SOON)
    kept.get_by_role("button", name="德清").click()
    expect(seat.locator("blockquote.wb-answer mark").first).to_have_text("7家", timeout=_SOON)
    expect(kept).to_have_count(1, timeout=_SOON)  # that of the page before is gone
    kept.get_by_role("button", name="移出").click()
    expect(seat.get_by_text("已移出收藏")).to_be_visible(timeout=_SOON)
    seat.get_by_role("button", name="撤销").click()
    expect(kept).to_contain_text(asked, timeout=_SOON)
    kept.get_by_role("button", name="移出").click()
    expect(kept).to_have_count(0, timeout=_SOON)


def test_a_comparison_begins_with_its_table_and_unfolds_a_sentence(seat: Page, library: str) -> None:
    cell = _opened(
        seat, f"{library}/compare?compare={_Q('德清近两年的地区生产总值增长目标')}", "details.wb-cell"
    )
    expect(cell.locator(".wb-value")).to_have_text("5%以上")
    table, picture = cell.bounding_box(), seat.get_by_test_id("stVegaLiteChart").first.bounding_box()
    assert table is not None and picture is not None and table["y"] < picture["y"]
    expect(cell.locator(".wb-passage")).not_to_be_visible()
    cell.locator("summary").click()
    expect(cell.locator(".wb-passage")).to_be_visible()


def test_the_ledger_is_filtered_and_a_row_opened(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/commitments?words={_Q('充电桩')}", "[data-testid=stDataFrame]")
    _tick(seat, 3, at=120)
    expect(seat.locator("blockquote.wb-answer mark")).to_have_text("700个", timeout=_SOON)
    expect(seat.get_by_role("radio", name="本节")).to_be_checked()
    expect(seat.locator(".wb-pane mark")).to_contain_text("充电桩")
    seat.get_by_text("按年份", exact=True).click()
    expect(seat).to_have_url(re.compile("totals=year"), timeout=_SOON)


def test_a_promise_is_set_beside_its_result_with_the_form(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/tracking", "[data-testid=stDataFrame]")
    _tick(seat, 1)
    expect(seat.locator("blockquote.wb-answer").first).to_be_in_viewport(timeout=_SOON)
    expect(seat.locator(".wb-pane")).to_have_count(2)
    expect(seat.get_by_role("button", name="保存并看下一个")).to_be_visible()


def test_two_years_of_a_place_stand_side_by_side(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/library?report={_Q('浙江省德清县政府工作报告2024')}", ".wb-pane")
    choose(seat, re.compile("与另一份对照"), "浙江省德清县政府工作报告2025")
    change = seat.locator(".wb-change", has_text="新建养老机构")
    expect(change.locator("del")).to_have_text("6", timeout=_SOON)
    expect(change.locator("ins")).to_have_text("7")


def test_the_help_page_is_found_and_read(seat: Page, library: str) -> None:
    _opened(seat, f"{library}/help", "h1")
    expect(seat.get_by_role("heading", level=1)).to_have_text("说明", timeout=_SOON)
    expect(seat.get_by_test_id("stTable")).to_be_visible()
