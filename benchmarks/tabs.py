"""Many people at once: how long an answer takes in one tab of a real browser, and in twenty that ask all the time.

usage: python -m benchmarks.tabs INDEX QUESTIONS.jsonl [--tabs 20] [--seconds 300] [--every 10]

Starts the app on a copy of INDEX. One tab asks first, alone; then every tab asks once in so many seconds, and one of
them adds a small report besides. A time is from the address that holds the question to the passages drawn, so that
the page's own loading counts. The browser runs on the same machine, and costs it more than the app does.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import socket
import tempfile
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as PlaywrightError
from rich.table import Table

from answers.evaluation.questions import read_gold_questions
from indexer.command_line import out
from scripts.screenshot import running_app

_CHROMIUM = "/usr/bin/chromium"
_ALONE = 20  # questions in one tab
_PATIENCE = 120_000  # ms
_UPLOADS_EVERY = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that answers took, and how many never came."""

    seconds: tuple[float, ...]
    failed: int

    def percentile(self, share: int) -> float:
        """So many of a hundred were quicker."""
        return float(np.percentile(self.seconds, share)) if self.seconds else float("nan")


async def _ask(page: Page, address: str, question: str) -> float | None:
    """The seconds that an answer takes; None where it does not come."""
    started = time.perf_counter()
    try:
        await page.goto(f"{address}/?q={urllib.parse.quote(question)}", timeout=_PATIENCE)
        await page.locator(".wb-passage").first.wait_for(timeout=_PATIENCE)
    except PlaywrightError:
        return None
    return time.perf_counter() - started


async def _asking(
    page: Page, address: str, questions: Sequence[str], seconds: float, every: float, luck: random.Random
) -> Times:
    took: list[float] = []
    failed, until = 0, time.monotonic() + seconds
    await asyncio.sleep(luck.uniform(0, every))
    while time.monotonic() < until:
        begun = time.monotonic()
        found = await _ask(page, address, luck.choice(questions))
        if found is None:
            failed += 1
        else:
            took.append(found)
        await asyncio.sleep(max(0.0, every - (time.monotonic() - begun)))
    return Times(tuple(took), failed)


async def _uploading(page: Page, address: str, folder: Path, seconds: float) -> int:
    """Add a small report now and then; how many were taken."""
    until, added = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        begun = time.monotonic()
        report = folder / f"某某{added}市政府工作报告2024.txt"
        report.write_text(
            f"（一）发展低空经济。新建无人机起降场{added + 1}个，开通航线12条。", encoding="utf-8"
        )
        await page.goto(f"{address}/library", timeout=_PATIENCE)
        await page.locator("input[type=file]").set_input_files(str(report), timeout=_PATIENCE)
        await page.get_by_role("button", name="加入文库").click(timeout=_PATIENCE)
        await page.get_by_text(f"{report.name}：已加入").wait_for(timeout=_PATIENCE)
        added += 1
        await asyncio.sleep(max(0.0, _UPLOADS_EVERY - (time.monotonic() - begun)))
    return added


async def _measure(
    address: str, questions: Sequence[str], tabs: int, seconds: float, every: float, folder: Path
) -> tuple[Times, Times, int]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        first = await _tab(browser)
        await _ask(first, address, questions[0])  # models are loaded
        luck = random.Random(1)
        alone = [await _ask(first, address, luck.choice(questions)) for _ in range(_ALONE)]
        pages = [first, *[await _tab(browser) for _ in range(tabs - 1)]]
        asking = [
            _asking(page, address, questions, seconds, every, random.Random(n))
            for n, page in enumerate(pages)
        ]
        uploads = asyncio.create_task(_uploading(await _tab(browser), address, folder, seconds))
        together = await asyncio.gather(*asking)
        added = await uploads
        await browser.close()
    one = Times(tuple(t for t in alone if t is not None), alone.count(None))
    many = Times(tuple(t for times in together for t in times.seconds), sum(t.failed for t in together))
    return one, many, added


async def _tab(browser: Browser) -> Page:
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    return await context.new_page()


def measure(
    index: Path,
    questions: list[Path],
    tabs: Annotated[int, typer.Option()] = 20,
    seconds: Annotated[float, typer.Option()] = 300.0,
    every: Annotated[float, typer.Option()] = 10.0,
) -> None:
    """Measure and print."""
    asked = [gold.question for gold in read_gold_questions(questions)]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "index"
        shutil.copytree(index, copy)
        with running_app(copy, port) as address:
            one, many, added = asyncio.run(_measure(address, asked, tabs, seconds, every, Path(folder)))
    table = Table("", "answers", "p50, s", "p95, s", "never came")
    for name, times in (("one tab", one), (f"{tabs} tabs", many)):
        table.add_row(
            name,
            str(len(times.seconds)),
            f"{times.percentile(50):.2f}",
            f"{times.percentile(95):.2f}",
            str(times.failed),
        )
    out.print(table)
    out.print(f"{added} reports added meanwhile")


if __name__ == "__main__":
    typer.run(measure)
