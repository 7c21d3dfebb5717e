"""axe-core finds nothing serious on any page, light or dark, in either language; in a real browser."""

from __future__ import annotations

import urllib.parse

import pytest
from playwright.sync_api import Browser, expect

Axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe
pytestmark = [pytest.mark.browser, pytest.mark.model]
_Q = urllib.parse.quote
# A page in a state, and what stands there when it is drawn.
PAGES = {
    "": "[class*=st-key-example_0]",
    f"?q={_Q('沛县今年新建多少个充电桩？')}": ".wb-pane mark",
    f"?q={_Q('用JavaScript写一个冒泡排序')}": ".wb-passage",
    f"compare?compare={_Q('德清近两年的地区生产总值增长目标')}": ".wb-cell",
    f"compare?view=wording&compare={_Q('德清近两年的养老服务')}": ".wb-small",
    f"commitments?words={_Q('充电桩')}": "[data-testid=stDataFrame]",
    f"commitments?view=indicator&name={_Q('地区生产总值')}": "[data-testid=stDataFrame]",
    "tracking": "[data-testid=stDataFrame]",
    f"library?report={_Q('江苏省沛县政府工作报告2025')}": ".wb-pane",
    "help": "[data-testid=stTable]",
}
_BUSY = 60_000
LOOKS = (("light", "zh"), ("dark", "zh"), ("light", "en"))


@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious_is_found(browser: Browser, library: str, path: str) -> None:
    found = []
    for scheme, language in LOOKS:
        page = browser.new_page(
            viewport={"width": 1366, "height": 768}, color_scheme="dark" if scheme == "dark" else "light"
        )
        page.goto(f"{library}/{path}{'&' if '?' in path else '?'}lang={language}")
        expect(page.locator(PAGES[path]).first).to_be_attached(timeout=120_000)
        # What is drawn anew is pale until the run has ended, and fades in.
        expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached(
            timeout=_BUSY
        )
        page.wait_for_timeout(1500)
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                nodes = [node["html"][:200] for node in fault["nodes"][:3]]
                found.append((scheme, language, fault["id"], nodes))
        page.close()
    assert found == []
