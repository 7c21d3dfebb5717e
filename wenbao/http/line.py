"""Work for the processors, so much at once and so much in line: what is beyond is told to come again."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from embeddings.errors import WenbaoError
from wenbao.records import Progress

T = TypeVar("T")
Tell = Callable[[Progress], None]
_FIRST_GUESS = 0.5  # seconds that a piece of work takes, before one was done


class LineFull(WenbaoError):
    """As much is waiting as may wait. `seconds`: after which there is likely to be room."""

    def __init__(self, waiting: int, seconds: int) -> None:
        super().__init__(
            f"正忙：已有 {waiting} 个请求在等。请 {seconds} 秒后再试。",
            f"Busy: {waiting} requests are waiting already. Try again in {seconds} s.",
        )
        self.seconds = seconds


class TookTooLong(WenbaoError):
    """A request was not done in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"{seconds:g} 秒内没有做完。请稍后再试，或少选几份报告；管理员可以用 --seconds 放宽。",
            f"It was not done within {seconds:g} s. Try again later, or choose fewer reports; the owner may allow more "
            "with --seconds.",
        )


class Line:
    """At most `at_work` pieces of work at once, in threads of their own, and at most `waiting` more in line."""

    def __init__(self, name: str, at_work: int, waiting: int) -> None:
        self.name = name
        self._at_work = at_work
        self._waiting = waiting
        self._pool = ThreadPoolExecutor(at_work, thread_name_prefix=f"wenbao-{name}")
        self._lock = threading.Lock()
        self._pending = 0
        self._usual = _FIRST_GUESS

    @property
    def pending(self) -> int:
        """How much is at work or in line."""
        return self._pending

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Put work in line.

        Raises:
            LineFull: it is full.
        """
        with self._lock:
            over = self._pending - self._at_work
            if over >= self._waiting:
                raise LineFull(over, max(1, math.ceil(self._usual * self._pending / self._at_work)))
            self._pending += 1
        future = self._pool.submit(self._timed, work)
        future.add_done_callback(self._leave)
        return future

    async def do(self, work: Callable[[], T], seconds: float) -> T:
        """What work gives, within so many seconds of now. What was begun and not ended then is ended all the same.

        Raises:
            LineFull: it is full.
            TookTooLong: the seconds are over.
        """
        future = self.submit(work)
        awaited = asyncio.wrap_future(future)
        awaited.add_done_callback(_heard)
        try:
            async with asyncio.timeout(seconds) as limit:
                return await asyncio.shield(awaited)
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise TookTooLong(seconds) from error
        finally:
            future.cancel()  # where it waits still

    def close(self) -> None:
        """Take no more, and forget what waits."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _timed(self, work: Callable[[], T]) -> T:
        started = time.monotonic()
        try:
            return work()
        finally:
            self._usual += 0.1 * (time.monotonic() - started - self._usual)

    def _leave(self, _: Future[T]) -> None:
        with self._lock:
            self._pending -= 1


def _heard(future: asyncio.Future[T]) -> None:
    """Take note of an error that nobody waits for any more, so that asyncio does not complain of it."""
    if not future.cancelled():
        future.exception()


class _Stopped(Exception):
    """Ends work from within, at the step that it is at."""


class LongWork(Generic[T]):
    """Work in a line whose steps are told one by one. It is stopped at its next step where nobody wants it any more.

    Raises:
        LineFull: the line is full.
    """

    def __init__(self, line: Line, work: Callable[[Tell], T], seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds
        self._loop = asyncio.get_running_loop()
        self._steps: asyncio.Queue[Progress | None] = asyncio.Queue()
        self._stopped = threading.Event()
        self._future = line.submit(lambda: work(self._tell))
        self._future.add_done_callback(lambda _: self._put(None))

    async def steps(self) -> AsyncIterator[Progress]:
        """What it tells, until it ends."""
        while (step := await self._steps.get()) is not None:
            yield step

    def result(self) -> T:
        """What it gave, after its last step.

        Raises:
            TookTooLong: its time was over.
            Exception: as the work.
        """
        try:
            return self._future.result(0)
        except (_Stopped, CancelledError) as error:
            raise TookTooLong(self._seconds) from error

    async def done(self) -> T:
        """What it gives, when it is done. Where nobody waits for that any more it is stopped.

        Raises:
            As `result`.
        """
        try:
            async for _ in self.steps():
                pass
        finally:
            self.stop()
        return self.result()

    def stop(self) -> None:
        """Nobody wants it any more."""
        self._stopped.set()
        self._future.cancel()

    def _tell(self, step: Progress) -> None:
        if self._stopped.is_set() or time.monotonic() > self._until:
            raise _Stopped
        self._put(step)

    def _put(self, step: Progress | None) -> None:
        try:
            self._loop.call_soon_threadsafe(self._steps.put_nowait, step)
        except RuntimeError:  # the loop is closed: the server has stopped
            self._stopped.set()
