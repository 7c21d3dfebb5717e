"""How much each client has asked for lately, counted by all workers together."""

from __future__ import annotations

import math
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from embeddings.errors import WenbaoError

_FILE = "rates.sqlite"
_MINUTE = 60.0
_AT_ONCE = 20.0
"""Questions that may come at once, before the rate counts."""
_FORGET_EVERY = 60.0


class TooOften(WenbaoError):
    """A client asks for more than it may. `seconds`: after which it may again."""

    def __init__(self, rate: int, seconds: int) -> None:
        super().__init__(
            f"请求太频繁：每分钟最多 {rate} 个问题（读取算十分之一，比较算五个）。请 {seconds} 秒后再试。",
            f"Too many requests: at most {rate} questions a minute (reading counts a tenth, a comparison five). Try again "
            f"in {seconds} s.",
        )
        self.seconds = seconds


class Rates:
    """Lets each client do so much in a minute, evenly, and a little more at once. Safe to use from several threads.

    Of a client one number is kept: until when what it did is paid for (GCRA). Several workers keep it in one file; the
    clock is that of the system's start, which they share.
    """

    def __init__(
        self, rate: int, folder: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`rate`: questions a minute, 0 for any number; `folder`: that of all workers, None where there is one."""
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._forgotten = clock()
        path = ":memory:" if folder is None else str(folder / _FILE)
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.0)
        # What a crash loses is a minute's counts.
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS paid (client TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID"
        )

    def count(self, client: str, cost: float) -> None:
        """Let a client do what costs so many questions.

        Raises:
            TooOften: it has to wait first; then nothing is counted.
        """
        if not self._rate or not cost:
            return
        each = _MINUTE / self._rate
        now = self._clock()
        with self._lock:
            self._forget(now)
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                row = self._connection.execute(
                    "SELECT until FROM paid WHERE client = ?", (client,)
                ).fetchone()
                until = max(now, row[0] if row else now) + cost * each
                # Also what costs more than may come at once is allowed to who did nothing lately.
                wait = until - now - max(_AT_ONCE, cost) * each
                if wait <= 0:
                    self._connection.execute("INSERT OR REPLACE INTO paid VALUES (?, ?)", (client, until))
            finally:
                self._connection.execute("COMMIT")
        if wait > 0:
            raise TooOften(self._rate, max(1, math.ceil(wait)))

    def close(self) -> None:
        """Count no more."""
        self._connection.close()

    def _forget(self, now: float) -> None:
        if now > self._forgotten + _FORGET_EVERY:
            self._forgotten = now
            self._connection.execute("DELETE FROM paid WHERE until < ?", (now,))
