"""The real app, the real model, a real browser."""

from __future__ import annotations

import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.outgoing import Watched

pytestmark = [pytest.mark.browser, pytest.mark.model]


def _asked(page: Page, address: str, question: str) -> None:
    page.goto(f"{address}/?q={urllib.parse.quote(question)}")
    expect(page.locator(".wb-passage").first).to_be_visible(timeout=120_000)


def test_a_typed_question_is_answered_highlighted_and_opened_beside(page: Page, address: str) -> None:
    page.goto(address)
    box = page.get_by_label("您想从报告里了解什么？")
    expect(box).to_be_visible(timeout=30_000)
    box.fill("今年新建多少个充电桩？")
    box.press("Enter")
    answer = page.locator("blockquote.wb-answer mark")
    expect(answer).to_have_text("1500个", timeout=120_000)
    expect(page.locator(".wb-passage mark").first).to_have_text("1500个")
    expect(page.locator(".wb-badge").first).to_contain_text("引文与原文逐字一致")
    mark = page.locator(".wb-pane mark")
    expect(mark).to_have_text("1500个")
    assert _in_view(page), "the pane is not scrolled to the highlight"


def test_the_whole_report_opens_scrolled_to_the_highlight(page: Page, address: str) -> None:
    _asked(page, address, "今年新建多少个充电桩？")
    page.get_by_role("radio", name="全文").or_(page.get_by_text("全文", exact=True)).first.click()
    expect(page.locator(".wb-pane p").first).to_contain_text("【上接第3版】")
    expect(page.locator(".wb-pane mark")).to_have_text("1500个")
    page.wait_for_timeout(500)
    assert page.locator(".wb-pane").evaluate("pane => pane.scrollTop") > 500
    assert _in_view(page)


def test_another_hit_opens_beside(page: Page, address: str) -> None:
    _asked(page, address, "今年新建多少个充电桩？")
    before = page.locator(".wb-pane mark").inner_text()
    page.get_by_role("button", name="在原文中打开").last.click()
    expect(page.locator(".wb-pane mark").first).not_to_have_text(before, timeout=20_000)


def test_nothing_answers_and_nothing_is_highlighted(page: Page, address: str) -> None:
    _asked(page, address, "用JavaScript写一个冒泡排序")
    expect(page.get_by_text("报告中未找到明确答案")).to_be_visible()
    expect(page.locator("blockquote.wb-answer")).to_have_count(0)
    expect(page.locator(".wb-passage mark")).to_have_count(0)


@pytest.mark.parametrize("secure", [True, False])
def test_one_click_copies_the_citation_and_says_so(browser: Browser, address: str, secure: bool) -> None:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    if not secure:  # a page without https may only copy what is selected
        page.add_init_script(
            "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
        )
    _asked(page, address, "今年新建多少个充电桩？")
    page.get_by_role("button", name="复制引文").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“新建充电桩1500个”（《宁波市政府工作报告")
    expect(page.get_by_role("button", name="复制引文")).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="带走").click()
    for form in ("简短", "完整", "带链接", "参考文献", "链接（"):
        expect(page.get_by_role("button", name=re.compile(f"复制 {form}"))).to_be_in_viewport(ratio=0.9)
    expect(page.get_by_role("button", name="存为 Word")).to_be_in_viewport(ratio=0.9)
    page.get_by_role("button", name="复制 带链接").click()
    assert re.search(r"http://\S+\?q=%E4%BB%8A", page.evaluate("navigator.clipboard.readText()"))
    context.close()


def test_a_report_dropped_on_the_library_answers_until_it_is_removed(
    page: Page, browser: Browser, address: str, tmp_path: Path
) -> None:
    report = tmp_path / "浙江省某某市政府工作报告2024.txt"
    report.write_text("（一）发展低空经济。新建无人机起降场77个，开通航线12条。", encoding="utf-8")
    damaged = tmp_path / "图片.txt"
    damaged.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    page.goto(f"{address}/library")
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible(timeout=120_000)
    page.locator("input[type=file]").set_input_files([str(report), str(damaged)])
    page.get_by_role("button", name="加入文库").click()
    expect(page.get_by_text(f"{report.name}：已加入")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("图片.txt：读不了。", exact=False)).to_be_visible()
    other = browser.new_page()
    _asked(other, address, "新建多少个无人机起降场？")
    expect(other.locator("blockquote.wb-answer mark")).to_have_text("77个")
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert table is not None
    page.mouse.click(table["x"] + 17, table["y"] + 17 + 36 * 2)
    page.get_by_role("button", name="移除这份报告").click()
    page.get_by_role("button", name="确定移除").click()
    expect(page.get_by_text("文库里的报告（1 份）")).to_be_visible(timeout=20_000)
    other.get_by_role("button", name="提问").click()
    expect(other.get_by_text("77个")).to_have_count(0, timeout=20_000)
    other.close()


def _in_view(page: Page) -> bool:
    return bool(
        page.locator(".wb-pane").evaluate(
            """pane => { const m = pane.querySelector('mark').getBoundingClientRect(),
                               p = pane.getBoundingClientRect();
                         return m.top >= p.top && m.bottom <= p.bottom; }"""
        )
    )


def test_a_row_of_the_ledger_opens_in_its_place(page: Page, address: str) -> None:
    page.goto(f"{address}/commitments?words={urllib.parse.quote('充电桩')}")
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=120_000)
    box = table.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 36)
    mark = page.locator(".wb-pane mark")
    expect(mark).to_contain_text("充电桩", timeout=20_000)
    expect(page.locator(".wb-badge").first).to_contain_text("引文与原文逐字一致")
    page.wait_for_timeout(500)
    assert _in_view(page), "the pane is not scrolled to the sentence"


def test_one_report_of_a_place_is_no_pair_yet(page: Page, address: str) -> None:
    page.goto(f"{address}/tracking")
    expect(page.get_by_text("兑现要把同一地区前后两年的报告放在一起看", exact=False)).to_be_visible(
        timeout=120_000
    )


def test_no_page_and_no_work_of_the_app_asks_anybody_but_the_app(
    browser: Browser, address: str, watched: Watched
) -> None:
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("websocket", lambda socket: asked.append(socket.url))
    shown = {
        "compare": "一次问许多问题",
        "commitments": "充电桩",
        "tracking": "兑现要把同一地区前后两年的报告放在一起看",
        "library": "文库里的报告",
    }
    _asked(page, address, "今年新建多少个充电桩？")
    for path, words in shown.items():
        page.goto(f"{address}/{path}?words={urllib.parse.quote('充电桩')}")
        expect(page.get_by_text(words, exact=False).first).to_be_attached(timeout=120_000)
        page.wait_for_timeout(2000)  # what a page fetches when it stands: fonts, its icon
        icons = page.evaluate("[...document.querySelectorAll('link')].map(link => link.href)")
        asked += [icon for icon in icons if icon]
    context.close()
    own = (f"{address}/", address.replace("http", "ws", 1), "data:", "blob:")
    assert len(asked) > 100
    assert [url for url in asked if not url.startswith(own)] == []
    assert watched.outside() == []
