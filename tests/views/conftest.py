"""What the tests of the pages share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from playwright.sync_api import Browser, Page, expect, sync_playwright
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

import views.shared.preparation
from embeddings import load_encoder
from indexer.library import add_reports
from scripts.screenshot import running_app
from tests.conftest import ROOT
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.outgoing import Watched
from tests.ports import free_port

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Two years of one county, and a report of another.
LIBRARY = {
    "浙江省德清县政府工作报告2024": (
        "一、2023年工作回顾\n全县地区生产总值增长6%，新建公路30公里，改造学校5所。\n"
        "二、2024年工作安排\n今年主要目标是：地区生产总值增长5%以上，新建公路40公里，改造学校8所。\n"
        "加快发展养老服务，新建养老机构6家。推进乡村建设，整治村庄12个。"
    ),
    "浙江省德清县政府工作报告2025": (
        "一、2024年工作回顾\n全县地区生产总值增长5.6%，新建公路42公里，改造学校7所。\n"
        "二、2025年工作安排\n今年主要目标是：地区生产总值增长5.5%左右，新建公路50公里，改造学校9所。\n"
        "加快发展养老服务，新建养老机构7家。推进乡村建设，整治村庄15个。"
    ),
    "江苏省沛县政府工作报告2025": (
        "一、2024年工作回顾\n全县地区生产总值增长7%，新建桥梁3座。\n"
        "二、2025年工作安排\n今年主要目标是：地区生产总值增长6.5%以上，新建桥梁4座，新建充电桩700个。"
    ),
}


@pytest.fixture(scope="session", autouse=True)
def _components_are_sought_once() -> Iterator[None]:
    """Each AppTest would read what all installed packages say of themselves, to find components that we have none of.

    That was more than half of the time of these tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The app with the fake model on the report that ships, not run yet."""
    monkeypatch.setenv("WENBAO_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    st.cache_resource.clear()
    yield AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return Watched(tmp_path_factory.mktemp("watched"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, watched: Watched) -> Iterator[str]:
    """The app on the report that ships, watched for what it sends."""
    index = tmp_path_factory.mktemp("browser") / "index"
    with running_app(index, free_port(), watched.environment, watched.prefix) as started:
        yield started


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on the reports of `LIBRARY`."""
    folder = tmp_path_factory.mktemp("library")
    reports = [write_report(folder, name, text) for name, text in LIBRARY.items()]
    add_reports(reports, folder / "index", load_encoder())
    with running_app(folder / "index", free_port()) as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1400, "height": 1300})
    yield opened
    opened.close()


def at_rest(page: Page) -> None:
    """Wait until the run of the page's script has ended: what is clicked before may be drawn anew and shut again."""
    page.wait_for_timeout(300)
    ended = page.locator("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(ended).to_be_attached(timeout=60_000)


def choose(page: Page, box: re.Pattern[str], *options: str) -> None:
    """Choose options of a box, by the words that are shown."""
    for option in options:
        shown = page.get_by_role("combobox", name=box).first
        # A list shuts when the page scrolls under it: a person scrolls, then opens it.
        shown.scroll_into_view_if_needed()
        at_rest(page)
        shown.click()
        page.get_by_role("option", name=option).click()
