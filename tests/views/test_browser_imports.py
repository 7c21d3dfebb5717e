"""An import is found again from another browser, and a stop is a stop within seconds: on the real app, with the real model."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]


def long_report(number: int) -> str:
    """Takes the model minutes."""
    return "2025年政府工作报告\n" + "".join(
        f"（{n}）第{number}年第{n}项重点工作。完成投资{n}亿元，新建公路{n + 3}公里，改造学校{n + 7}所，整治村庄{n + 9}个。\n"
        for n in range(1, 1500)
    )


def opened(browser: Browser, library: str) -> Page:
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{library}/library")
    expect(page.get_by_role("button", name="加入文库")).to_be_visible(timeout=120_000)
    return page


def test_an_import_whose_window_was_closed_is_found_from_another_browser_and_stopped_within_seconds(
    browser: Browser, library: str, tmp_path: Path
) -> None:
    files = [tmp_path / f"安徽省歙县政府工作报告202{n}.txt" for n in (4, 5)]
    for number, file in enumerate(files):
        file.write_text(long_report(number), encoding="utf-8")
    first = opened(browser, library)
    first.locator("input[type=file]").set_input_files([str(file) for file in files])
    first.get_by_role("button", name="加入文库").click()
    expect(first.get_by_text("已完成 0 / 2 个文件", exact=False)).to_be_visible(timeout=60_000)
    first.context.close()

    other, third = opened(browser, library), opened(browser, library)
    told = other.get_by_text(re.compile("已完成 0 / 2 个文件，正在(?:读“|编入《)"))
    expect(told).to_be_visible(timeout=60_000)
    begun = time.monotonic()
    other.get_by_role("button", name="停止").click()
    for page in (other, third):
        expect(page.get_by_text("已停止：还有 2 个文件没有加入", exact=False)).to_be_visible(timeout=30_000)
    assert time.monotonic() - begun < 15, "a call of the model takes a second or two, also on a busy machine"
    expect(other.get_by_role("button", name="继续加入这 2 个文件")).to_be_visible()
    other.get_by_role("button", name="不加入了").click()
    expect(other.get_by_text("已停止", exact=False)).to_have_count(0)
    for page in (other, third):
        page.context.close()
