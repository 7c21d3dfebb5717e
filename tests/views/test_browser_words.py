"""One language a page, and the answer in sight: in a real browser."""

from __future__ import annotations

import re
import urllib.parse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.views.conftest import at_rest
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


# Words in Latin letters that Chinese pages say on purpose: names of formats, keys and commands, the switch, the reports' own.
MEANT = re.compile(
    r"English|Language|XLSX|CSV|DOCX|PDF|OFD|Word|Markdown|MB|txt|md|HTTP|GDP|GB/T|API|OpenID|Connect|Wenbao|python|answers"
    r"|evaluate|measurements|docs|Tab|Shift|Enter|Esc|Page (?:Up|Down)|Home|End|Alt|Ctrl|root"
)
# What the browser cannot be made to say otherwise, listed in docs/guide.md: how a picture describes itself to a screen reader.
PICTURES = ".vega-embed"


def _in_english(page: Page) -> list[str]:
    """What of the page has a word in Latin letters besides those that are meant."""
    found: list[str] = page.evaluate(
        """(pictures) => {
          const out = [], all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const apart = `script, style, noscript, .wb-pane, [data-testid=stIconMaterial], [data-testid=stHtml], ${pictures}`;
          const isSign = (one) => getComputedStyle(one).fontFamily.includes('Material');
          while (all.nextNode()) {
            const inside = all.currentNode.parentElement;
            if (!inside.closest(apart) && !isSign(inside)) out.push(all.currentNode.nodeValue);
          }
          for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]'))
            if (!one.closest(`${apart}, svg`))
              out.push(...['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''));
          return out;
        }""",
        PICTURES,
    )
    return sorted({one.strip() for one in found if re.search("[A-Za-z]{2,}", MEANT.sub("", one))})


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
    assert _in_english(page) == []


def test_what_opens_on_a_chinese_page_says_nothing_in_english(page: Page, library: str) -> None:
    page.goto(f"{library}/commitments")
    table = page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible(timeout=120_000)
    at_rest(page)
    box = page.get_by_role("combobox").first
    box.click()
    box.press_sequentially("没有")  # the list says that nothing fits
    page.wait_for_timeout(500)
    assert _in_english(page) == []
    page.keyboard.press("Escape")
    table.click(position={"x": 200, "y": 60})
    page.keyboard.press("Control+f")
    page.wait_for_timeout(700)
    assert _in_english(page) == []
    page.goto(f"{library}/library")
    page.locator("input[type=file]").set_input_files(
        {"name": "报告.txt", "mimeType": "text/plain", "buffer": "一".encode()}
    )
    expect(page.get_by_text("报告.txt").first).to_be_visible(timeout=60_000)
    page.wait_for_timeout(700)
    assert [one for one in _in_english(page) if "报告" not in one] == []


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
