"""Many people at once: how long an answer takes in one tab of a real browser, and in twenty that ask all the time.

usage: python -m tests.views.many_tabs INDEX QUESTIONS.jsonl [--tabs 20] [--seconds 300] [--every 10] [--elsewhere]

Starts the app on a copy of INDEX. One tab asks first, alone; then every tab asks once in so many seconds, and one of
them adds a small report besides. A time is from Enter in an opened page to the end of the run that it starts, as the
browser is told. The browsers run on the same machine and cost it three times what the app does; with --elsewhere their
part is played by what exchanges the same messages with the server. What the app took of the processor is told beside.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Protocol

import numpy as np
import psutil  # type: ignore[import-untyped]
import typer
from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as PlaywrightError
from rich.table import Table

from answers.evaluation.questions import read_gold_questions
from indexer.command_line import out
from scripts.screenshot import running_app
from tests.ports import free_port
from tests.views.page_session import PageSession

_CHROMIUM = "/usr/bin/chromium"
_ALONE = 20  # questions in one tab
_PATIENCE = 120_000  # ms
_UPLOADS_EVERY = 30.0  # seconds
_RUN = """() => new Promise((ended) => {
    const app = document.querySelector("[data-testid=stApp]");
    let began = false;
    new MutationObserver(() => {
        const state = app.getAttribute("data-test-script-state");
        began = began || state === "running";
        if (began && state === "notRunning") ended();
    }).observe(app, {attributes: true});
})"""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that answers took, and how many never came."""

    seconds: tuple[float, ...]
    failed: int

    def percentile(self, share: int) -> float:
        """So many of a hundred were quicker."""
        return float(np.percentile(self.seconds, share)) if self.seconds else float("nan")


@dataclass(frozen=True, slots=True)
class Plan:
    """So many tabs, for so many seconds, each asking once in `every`; `elsewhere`: the browsers cost this machine nothing."""

    tabs: int
    seconds: float
    every: float
    elsewhere: bool


class Visitor(Protocol):
    """Somebody with the page open."""

    async def ask(self, question: str) -> bool:
        """Ask and wait for the end of the run; whether passages stand there then."""


class Tab:
    """One with a browser of this machine."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def opened(cls, browser: Browser, address: str) -> Tab:
        """A tab of its own, with nothing of the others'."""
        context = await browser.new_context(viewport={"width": 1366, "height": 768})
        page = await context.new_page()
        await page.goto(address, timeout=_PATIENCE)
        await page.get_by_role("textbox").first.wait_for(timeout=_PATIENCE)
        # Without a graphics card what moves while an answer is awaited would cost more than the answer.
        await page.add_style_tag(content="*, *::before, *::after { animation: none !important }")
        return cls(page)

    async def ask(self, question: str) -> bool:
        """Type it, press Enter and wait until the page says that its run is over."""
        box = self.page.get_by_role("textbox").first
        await box.fill(question, timeout=_PATIENCE)
        ended = asyncio.create_task(self.page.evaluate(_RUN))
        await asyncio.sleep(0)
        await box.press("Enter", timeout=_PATIENCE)
        await ended
        return await self.page.locator(".wb-passage").count() > 0


async def _ask(visitor: Visitor, question: str) -> float | None:
    """The seconds that an answer takes; None where it does not come."""
    started = time.perf_counter()
    try:
        answered = await asyncio.wait_for(visitor.ask(question), _PATIENCE / 1000)
    except (PlaywrightError, OSError, TimeoutError):
        return None
    return time.perf_counter() - started if answered else None


async def _asking(
    visitor: Visitor, questions: Sequence[str], seconds: float, every: float, luck: random.Random
) -> Times:
    took: list[float] = []
    failed, until = 0, time.monotonic() + seconds
    await asyncio.sleep(luck.uniform(0, every))
    while time.monotonic() < until:
        begun = time.monotonic()
        found = await _ask(visitor, luck.choice(questions))
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
    address: str, questions: Sequence[str], plan: Plan, folder: Path
) -> tuple[Times, Times, int]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])

        async def visitor() -> Visitor:
            if plan.elsewhere:
                return await PageSession.opened(address, _PATIENCE / 1000)
            return await Tab.opened(browser, address)

        uploader = await Tab.opened(browser, address)
        await _ask(uploader, questions[0])  # models are loaded
        first, luck = await visitor(), random.Random(1)
        alone = [await _ask(first, luck.choice(questions)) for _ in range(_ALONE)]
        visitors = [first, *[await visitor() for _ in range(plan.tabs - 1)]]
        asking = [
            _asking(one, questions, plan.seconds, plan.every, random.Random(n))
            for n, one in enumerate(visitors)
        ]
        uploads = asyncio.create_task(_uploading(uploader.page, address, folder, plan.seconds))
        together = await asyncio.gather(*asking)
        added = await uploads
        await browser.close()
    one = Times(tuple(t for t in alone if t is not None), alone.count(None))
    many = Times(tuple(t for times in together for t in times.seconds), sum(t.failed for t in together))
    return one, many, added


def measure(
    index: Path,
    questions: list[Path],
    tabs: Annotated[int, typer.Option()] = 20,
    seconds: Annotated[float, typer.Option()] = 300.0,
    every: Annotated[float, typer.Option()] = 10.0,
    elsewhere: Annotated[bool, typer.Option("--elsewhere")] = False,
) -> None:
    """Measure and print."""
    asked = [gold.question for gold in read_gold_questions(questions)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "index"
        shutil.copytree(index, copy)
        with running_app(copy, free_port()) as address:
            one, many, added = asyncio.run(
                _measure(address, asked, Plan(tabs, seconds, every, elsewhere), Path(folder))
            )
            used = sum(
                child.cpu_times().user + child.cpu_times().system for child in psutil.Process().children(True)
            )
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
    out.print(f"{added} reports added meanwhile; the app took {used:.0f} s of the processor from its start")


if __name__ == "__main__":
    typer.run(measure)
