"""How far a command of the index is, shown while it works, and Ctrl-C as a wish to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from embeddings import Encoder, load_encoder
from indexer.command_line import err, tell
from indexer.progress import BuildProgress, Progress, time_left

_LINE_EVERY = 15.0  # seconds


@contextmanager
def encoder_and_progress() -> Iterator[tuple[Encoder, Progress]]:
    """The model, and what shows how far it is."""
    with shown_progress() as report:
        yield load_encoder(), report


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """What shows how far the work is: a bar on a terminal, a line now and then in a file."""
    if not err.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"))
    with Bar(*columns, TextColumn("{task.fields[left]}"), console=err, transient=True) as bar:
        task = bar.add_task("准备…", total=None, left="")

        def report(progress: BuildProgress) -> None:
            # A title may hold brackets, which rich would take for markup.
            title = f"{progress.file}/{progress.files} {progress.title}".replace("[", r"\[")
            bar.update(
                task,
                description=title,
                completed=progress.done,
                total=progress.total,
                left=time_left(progress, "zh"),
            )

        yield report


class _Lines:
    """Prints a line at the beginning, and then one every quarter of a minute."""

    def __init__(self) -> None:
        self._last = -_LINE_EVERY

    def __call__(self, progress: BuildProgress) -> None:
        now = time.monotonic()
        if now - self._last >= _LINE_EVERY:
            self._last = now
            share = progress.done / max(1, progress.total)
            tell(
                f"{progress.file}/{progress.files}（{share:.0%}）{time_left(progress, 'zh')} {progress.title}"
            )


@contextmanager
def stopping_at_interrupt() -> Iterator[Callable[[], bool]]:
    """Whether the user pressed Ctrl-C once, which ends the work after what is finished; twice ends it at once."""
    stopped = threading.Event()

    def stop(number: int, frame: object) -> None:
        if stopped.is_set():
            raise KeyboardInterrupt
        stopped.set()
        tell("正在停止；已做完的报告都留着……", "yellow")

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped.is_set
    finally:
        signal.signal(signal.SIGINT, before)
