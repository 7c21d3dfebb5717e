"""How long the pages let one wait, clocked in a browser.

    python -m scripts.page_times INDEX [INDEX …] [--question "今年新建多少个充电桩？"] [--times 5]

Starts the app on each index, one after another, and uses it as a visitor does: opens its pages, asks, opens another passage, the
whole report, the other language, unfolds what was understood. Each step is taken several times, in a new visit each. A step ends
when the script of the page has ended and what it was taken for is there. Prints a table: of every step the median and the longest
(ms), of the answer what it takes beside the model's own time, which the page tells; and the load of the machine, beside which the
times have to be read. Needs what the tests in a browser need: Debian's chromium.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from indexer.store.database import open_store
from scripts.screenshot import CHROMIUM, QUESTION, running_app

_PORT = 8623
_PATIENCE = 600_000.0  # ms
# The pages by their paths in the address: what they are called, and what stands on them when they are there.
_PAGES = {
    "": ("提问", "input[aria-label='您想从报告里了解什么？']"),
    "compare": ("对比", "textarea, input"),
    "commitments": ("承诺", "[data-testid=stDataFrame]"),
    "tracking": ("兑现", "h1"),
    "library": ("文库", "[data-testid=stDataFrame]"),
    "help": ("说明", "[data-testid=stTable]"),
}
_RESTING = "[data-testid=stApp][data-test-script-state=notRunning]"
_TOOK = re.compile(r"用时 (\d+) 毫秒")
_RERUN = """(one) => new Promise((done) => {
  const app = document.querySelector('[data-testid=stApp]'), began = performance.now();
  let ran = false;
  const watch = new MutationObserver(() => {
    const resting = app.dataset.testScriptState === 'notRunning';
    ran ||= !resting;
    if (ran && resting) { watch.disconnect(); requestAnimationFrame(() => done(performance.now() - began)); }
  });
  watch.observe(app, { attributes: true });
  one.click();
})"""
_UNFOLDED = """(one) => new Promise((done) => {
  const began = performance.now(), box = one.closest('details');
  const seen = () => box.open && box.querySelector('[role=radiogroup], [role=toolbar]')?.getBoundingClientRect().height
    ? done(performance.now() - began) : requestAnimationFrame(seen);
  one.click();
  seen();
})"""

Times = Mapping[str, Sequence[float]]


@dataclass(frozen=True, slots=True)
class Clocked:
    """The times of every step with one index, in ms, in the order of the steps.

    Attributes:
        load: of the machine, at the end.
    """

    reports: int
    times: Times
    load: float


def main() -> None:
    """Measure, and print a table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("index", type=Path, nargs="+")
    words.add_argument("--question", default=QUESTION)
    words.add_argument("--times", type=int, default=5)
    given = words.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {given.times} times each", flush=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        clocked = [_clocked(browser, index, given.question, given.times) for index in given.index]
        browser.close()
    print(table(clocked))


def table(clocked: Sequence[Clocked]) -> str:
    """The steps as a table of Markdown, a column for each index: median / longest in ms."""
    heads = [f"{one.reports} reports" for one in clocked]
    lines = [f"| ms: median / longest | {' | '.join(heads)} |", f"| --- |{' --- |' * len(heads)}"]
    for step in clocked[0].times:
        cells = [f"{statistics.median(one.times[step]):.0f} / {max(one.times[step]):.0f}" for one in clocked]
        lines.append(f"| {step} | {' | '.join(cells)} |")
    loads = " | ".join(f"{one.load:.1f}" for one in clocked)
    return "\n".join([*lines, f"| load of the machine | {loads} |"])


def _clocked(browser: Browser, index: Path, question: str, times: int) -> Clocked:
    found: dict[str, list[float]] = defaultdict(list)
    with running_app(index, _PORT) as address:
        # The first visit waits for the model, the ledger and the examples, which later ones find.
        for path in _PAGES:
            _opened(browser, address, path).close()
        _asked(browser, address, question)[0].close()
        for _ in range(times):
            for path, (name, _) in _PAGES.items():
                began = time.perf_counter()
                page = _opened(browser, address, path)
                found[f"page {name}"].append((time.perf_counter() - began) * 1000)
                page.close()
            page, took = _asked(browser, address, question)
            found["answer"].append(took)
            said = _TOOK.search(page.inner_text("body"))
            if said is None:
                raise ValueError("the page does not tell how long the answer took")
            found["answer, beside the model's time"].append(took - int(said[1]))
            for step, take in _STEPS.items():
                found[step].append(take(page))
            page.close()
    with open_store(index) as store:
        reports = len(store.names())
    return Clocked(reports, found, os.getloadavg()[0])


def _opened(browser: Browser, address: str, path: str) -> Page:
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(_PATIENCE)
    page.goto(f"{address}/{path}")
    expect(page.locator(_PAGES[path][1]).first).to_be_visible(timeout=_PATIENCE)
    return page


def _asked(browser: Browser, address: str, question: str) -> tuple[Page, float]:
    """The page with the answer to a question, and what it took from the key that asked."""
    page = _opened(browser, address, "")
    expect(page.locator(_RESTING)).to_be_attached(timeout=_PATIENCE)
    page.locator(_PAGES[""][1]).fill(question)
    began = time.perf_counter()
    page.keyboard.press("Enter")
    expect(page.locator(".wb-pane p").first).to_be_visible(timeout=_PATIENCE)
    took = (time.perf_counter() - began) * 1000
    expect(page.locator(_RESTING)).to_be_attached(timeout=_PATIENCE)
    page.wait_for_timeout(500)
    return page, took


def _clicked(page: Page, script: str, place: str) -> float:
    one = page.locator(place).last
    took: float = one.evaluate(script)
    page.wait_for_timeout(300)
    return took


def _step(script: str, place: str) -> Callable[[Page], float]:
    return lambda page: _clicked(page, script, place)


_STEPS: Mapping[str, Callable[[Page], float]] = {
    "what was understood, unfolded": _step(_UNFOLDED, ".st-key-ask_understood summary"),
    "another passage, opened": _step(_RERUN, "[class*=st-key-open_passage] button"),
    "全文, the whole report": _step(_RERUN, "button:has-text('全文')"),
    "the other language": _step(_RERUN, "button:has-text('English')"),
}


if __name__ == "__main__":
    main()
