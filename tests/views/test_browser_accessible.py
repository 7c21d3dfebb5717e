"""axe-core finds nothing serious on any page, light or dark, in either language, on a phone; in a real browser."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from embeddings import load_encoder
from indexer.library import add_reports
from indexer.people.accounts import Accounts, Role
from scripts.screenshot import running_app
from tests.index_files import write_report
from tests.ports import free_port
from tests.views.conftest import LIBRARY, at_rest

Axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
pytestmark = [pytest.mark.browser, pytest.mark.model]
_Q = urllib.parse.quote
_CELL = "1-浙江省德清县政府工作报告2025"
# A page in a state, and what stands there when it is drawn.
PAGES = {
    "": "[class*=st-key-example_0]",
    f"?q={_Q('沛县今年新建多少个充电桩？')}": ".wb-pane mark",
    f"?q={_Q('养老服务')}": ".wb-passage mark",
    f"?q={_Q('沛县今年新建多少个充电桩？德清今年新建公路多少公里？')}": ".st-key-ask_part_1",
    f"?q={_Q('用JavaScript写一个冒泡排序')}": ".wb-passage",
    "compare": "textarea, input",
    f"compare?compare={_Q('德清近两年的地区生产总值增长目标')}&every={_Q(_CELL)}": ".st-key-compare_sentences mark",
    f"compare?view=wording&compare={_Q('德清近两年的养老服务')}": "del",
    f"commitments?words={_Q('充电桩')}": "[data-testid=stDataFrame]",
    f"commitments?view=indicator&name={_Q('地区生产总值')}": "[data-testid=stDataFrame]",
    f"tracking?indicator={_Q('地区生产总值')}": "[data-testid=stDataFrame]",
    f"library?report={_Q('江苏省沛县政府工作报告2025')}": ".wb-pane",
    "help": "[data-testid=stTable]",
}
WIDE, PHONE = (1366, 768), (390, 844)
LOOKS = (("light", "zh", WIDE), ("dark", "zh", WIDE), ("light", "en", WIDE), ("light", "zh", PHONE))


@pytest.fixture(scope="module")
def with_people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app where one has to sign in."""
    folder: Path = tmp_path_factory.mktemp("people")
    name, text = next(iter(LIBRARY.items()))
    add_reports([write_report(folder, name, text)], folder / "index", load_encoder())
    Accounts(folder / "index").add("张三", Role.EDITOR, password="correct horse battery")
    with running_app(folder / "index", free_port()) as started:
        yield started


@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious_is_found(browser: Browser, library: str, path: str) -> None:
    found = []
    for look in LOOKS:
        page = _opened(browser, f"{library}/{path}{'&' if '?' in path else '?'}", PAGES[path], *look)
        _unfold(page)
        found += _faults(page, *look)
        page.close()
    assert found == []


def test_nothing_serious_is_found_where_one_signs_in(browser: Browser, with_people: str) -> None:
    found = []
    for look in LOOKS:
        page = _opened(browser, f"{with_people}/?", "input[type=password]", *look)
        found += _faults(page, *look)
        page.close()
    assert found == []


def _opened(
    browser: Browser, url: str, shown: str, scheme: str, language: str, size: tuple[int, int]
) -> Page:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page.goto(f"{url}lang={language}")
    expect(page.locator(shown).first).to_be_attached(timeout=120_000)
    _drawn(page)
    return page


def _unfold(page: Page) -> None:
    """Open all that is folded up: the filters, the log of changes, what was said, the cells."""
    page.evaluate(
        "document.querySelectorAll('[data-testid=stExpander] summary, details.wb-cell:not([open]) summary')"
        ".forEach(one => { if (!one.parentElement.open) one.click() })"
    )
    _drawn(page)


def _drawn(page: Page) -> None:
    # What is drawn anew is pale until the run has ended, and fades in.
    page.wait_for_timeout(1000)
    at_rest(page)
    page.wait_for_timeout(1500)


def _faults(
    page: Page, scheme: str, language: str, size: tuple[int, int]
) -> list[tuple[str, str, int, str, list[str]]]:
    return [
        (scheme, language, size[0], fault["id"], [node["html"][:200] for node in fault["nodes"][:3]])
        for fault in Axe().run(page).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
