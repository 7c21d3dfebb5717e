"""What a test holds of a real server: its port, and the ways in which it goes and comes back."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
POSTGRES_PASSWORD = "for-tests-only"
_STOP_S = 20.0


class ServerProcess:
    """A server on 127.0.0.1 with data in a folder, which a stop leaves there for the next start.

    `python` is that of the servers' environment, `starter` the module that runs the server there.
    """

    def __init__(self, python: Path, starter: str, folder: Path) -> None:
        self.port = 0  # a free one at first, the same one after a restart
        self.pid = 0
        self._command = [str(python), "-m", starter, str(folder)]
        self._starter: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            RuntimeError: it did not come up; what it printed is in the message.
        """
        self._starter = subprocess.Popen(
            [*self._command, str(self.port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl+C is for the tests: they stop the server
        )
        assert self._starter.stdout is not None
        word, *numbers = self._starter.stdout.readline().split() or ["nothing"]
        if word != "ready":
            raise RuntimeError(self._starter.communicate()[1])
        self.port, self.pid = map(int, numbers)

    @property
    def starter_pid(self) -> int:
        """The process that ends the server when it is told to, or when this one dies."""
        assert self._starter is not None
        return self._starter.pid

    def stop(self) -> None:
        """Stop the server, as whoever runs it does. Does nothing where none runs."""
        if self._starter is not None:
            self._starter.communicate(timeout=_STOP_S)  # closes its standard input: that is the sign
            self._starter = None

    def kill(self) -> None:
        """End the server at once, as a power cut does."""
        for pid in self._all_pids():
            os.kill(pid, signal.SIGKILL)
        self.stop()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Inside, the server accepts connections and says nothing: a machine that hangs."""
        pids = self._all_pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)

    def _all_pids(self) -> list[int]:
        """The server's process and those that it started."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [self.pid, *map(int, children.split())]
