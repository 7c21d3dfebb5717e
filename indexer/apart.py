"""Work that a stranger's file may make endless, done in a process apart: it costs a bounded time and no other thread.

A process is started when it is first needed and kept. Where it takes too long, needs too much memory or dies, it is
ended, the work counts as exceeded, and the next work gets a new one.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import os
import pickle
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, ParamSpec, TypeVar

from indexer import apart_process
from indexer.allowance import Slow
from indexer.apart_process import DONE, LONGER, REFUSED, read_frame, write_frame
from indexer.errors import SourceError

P = ParamSpec("P")
T = TypeVar("T")
SECONDS = 30.0  # of the processor for one piece of work; a report takes 0.1
_WAITS = 3  # times that on the clock, where others use the processor too
_START = 60.0  # seconds that a process may take to start
_LOOK = 0.2  # seconds between two looks whether who waits has called it off
_OURS = ("indexer.", "answers.", "embeddings.")
_PLAIN = {("builtins", name) for name in ("set", "frozenset", "complex", "bytearray")}


class Exceeded(Exception):
    """The work took too long or too much memory, or ended its process; `str(error)` says which, in English."""


class CalledOff(Exception):
    """Who waited for the work has called it off."""


def _never() -> bool:
    return False


def _nothing(slow: Slow) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who waits for work that is done apart: `cancelled` says whether he called it off, `told` hears of slow parts of it."""

    cancelled: Callable[[], bool] = _never
    told: Callable[[Slow], None] = _nothing


class Apart:
    """A process apart, for one piece of work at a time; safe to use from several threads, which wait for each other."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: _Running | None = None
        atexit.register(self.stop)

    def call(self, function: Callable[P, T], *arguments: P.args, **_none: P.kwargs) -> T:
        """What a function of some module returns for these arguments; both are pickled, the result too.

        Raises:
            SourceError: the function raised a `WenbaoError`.
            Exceeded: it did not come to an end, or raised anything else.
        """
        return self.call_for(Waiting(), function, *arguments, **_none)

    def call_for(
        self, waiting: Waiting, function: Callable[P, T], *arguments: P.args, **_none: P.kwargs
    ) -> T:
        """As `call`, for somebody who may call it off.

        Raises:
            SourceError, Exceeded: as `call`.
            CalledOff: he did; the process is ended, whatever it is at.
        """
        with self._turn(waiting):
            frame = (_folder(), function, arguments, SECONDS)
            running = self._ready()
            try:
                answer, last = running.answer(frame, waiting)
            except _Gone:
                running.end()
                self._running = None
                raise Exceeded("the process that read it ended: it used too much time or memory") from None
            except BaseException:
                # Also where the user stopped it: the process is still at work on what nobody waits for.
                running.end()
                self._running = None
                raise
            if last:
                running.end()
                self._running = None
        if answer[0] == DONE:
            result: T = answer[1]
            return result
        if answer[0] == REFUSED:
            raise SourceError(answer[1], answer[2])
        raise Exceeded(str(answer[1]))

    def stop(self) -> None:
        """End the process; another one is started when there is work again."""
        running, self._running = self._running, None
        if running is not None and running.owner == os.getpid():
            running.end()

    @contextlib.contextmanager
    def _turn(self, waiting: Waiting) -> Iterator[None]:
        while not self._lock.acquire(timeout=_LOOK):
            if waiting.cancelled():
                raise CalledOff
        try:
            yield
        finally:
            self._lock.release()

    def _ready(self) -> _Running:
        if self._running is None or not self._running.is_there():
            self._running = _Running()
        return self._running


class _Gone(Exception):
    """The process ended."""


class _Running:
    """A process that was started, and the thread that hears what it answers."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-P", str(Path(apart_process.__file__))],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        assert self._process.stdin is not None and self._process.stdout is not None
        self._input: BinaryIO = self._process.stdin  # type: ignore[assignment]
        threading.Thread(
            target=self._hear, args=(self._process.stdout,), name="wenbao-apart", daemon=True
        ).start()
        self._new = True
        with contextlib.suppress(OSError):
            write_frame(self._input, sys.path)

    def is_there(self) -> bool:
        """Whether it lives, and is ours: a process that was forked has none of its parent's."""
        return self.owner == os.getpid() and self._process.poll() is None

    def answer(self, frame: tuple[Any, ...], waiting: Waiting) -> tuple[tuple[Any, ...], bool]:
        """The answer to a call, and whether it was the last of this process.

        Raises:
            _Gone: it ended.
            Exceeded: it took too long.
            CalledOff: nobody waits for it any more.
        """
        try:
            write_frame(self._input, frame)
        except OSError:
            raise _Gone from None
        end = time.monotonic() + _WAITS * SECONDS + (_START if self._new else 0.0)
        self._new = False
        while True:
            try:
                heard = self._heard.get(timeout=_LOOK)
            except queue.Empty:
                if waiting.cancelled():
                    raise CalledOff from None
                if time.monotonic() > end:
                    raise Exceeded(f"it took more than {_WAITS * SECONDS:.0f} s") from None
                continue
            if heard is None:
                raise _Gone
            try:
                answer = _Results(io.BytesIO(heard)).load()
            except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError) as error:
                raise Exceeded(f"its answer makes no sense: {error}") from error
            if answer[0] == LONGER:
                end = max(end, time.monotonic() + _WAITS * answer[1])
                waiting.told(Slow(answer[2]))
                continue
            return answer[:-1], bool(answer[-1])

    def end(self) -> None:
        """Kill it, and what it started."""
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                import signal

                os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            self._input.close()
        self._process.wait()

    def _hear(self, output: Any) -> None:
        with contextlib.suppress(OSError, ValueError):
            while (frame := read_frame(output)) is not None:
                self._heard.put(frame)
        self._heard.put(None)


class _Results(pickle.Unpickler):
    """Reads results that hold nothing but records of ours: what read a hostile file is not trusted with more."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            # Nor with what our modules import from others.
            if isinstance(found, type) and found.__module__.startswith(_OURS):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record of a result")


def _folder() -> str:
    try:
        return str(Path.cwd())
    except OSError:
        return ""
