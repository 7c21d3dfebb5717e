"""The picture of the README: the app answers a question, and its window is written as a PNG.

usage: python -m scripts.screenshot [PORT]

Starts the app on the report in seeds/, in an index of its own, asks, waits for the highlight, ends the app. Needs what
the tests in a browser need: Debian's chromium and fonts-noto-cjk.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "images" / "ask.png"
QUESTION = "今年新建多少个充电桩？"
CHROMIUM = "/usr/bin/chromium"
_WIDTH, _HEIGHT = 1366, 900
_COLOURS = 128  # as many as a page of text needs; a third of the bytes
_PORT = 8622
_PATIENCE = 1200.0  # seconds; a first start on a busy machine converts the model and indexes the report


@contextmanager
def running_app(
    index: Path, port: int, environment: Mapping[str, str] = os.environ, prefix: Sequence[str] = ()
) -> Iterator[str]:
    """The app on an index, which it makes of the seeds if there is none, and its address; ended afterwards.

    `prefix` is what its command begins with, such as a program that watches it.

    Raises:
        TimeoutError: the app does not start.
    """
    command = [*prefix, sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**environment, "WENBAO_INDEX": str(index)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as app:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health")
            yield address
        finally:
            app.terminate()


def picture(address: str, question: str) -> bytes:
    """The window with the answer to a question, as PNG."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        page.set_default_timeout(_PATIENCE * 1000)
        page.goto(f"{address}/?q={urllib.parse.quote(question)}")
        expect(page.locator(".wb-pane mark")).to_be_visible(timeout=_PATIENCE * 1000)
        page.reload()  # the first answer has the model's first run in its time
        expect(page.locator(".wb-pane mark")).to_be_visible(timeout=_PATIENCE * 1000)
        page.wait_for_timeout(2000)  # fonts are drawn, the pane has scrolled
        taken = page.screenshot()
        browser.close()
    return taken


def with_few_colours(png: bytes) -> bytes:
    """The same picture with a palette, much smaller."""
    stream = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise TimeoutError(url)


def main(arguments: list[str]) -> None:
    """Take the picture and write it."""
    port = int(arguments[0]) if arguments else _PORT
    with tempfile.TemporaryDirectory() as folder, running_app(Path(folder) / "index", port) as address:
        taken = picture(address, QUESTION)  # after the first start has built the index of the seeds
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(with_few_colours(taken))


if __name__ == "__main__":
    main(sys.argv[1:])
