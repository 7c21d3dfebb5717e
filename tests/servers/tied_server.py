"""A server that ends with the program that started it, however that program ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_START_S = 90.0
_STOP_S = 3.0
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Account:
    """Whose rights a server has."""

    user: int
    group: int


@dataclass(frozen=True)
class Launch:
    """How a server is started, and with which signal it is asked to stop."""

    command: Sequence[str | Path]
    folder: Path
    stop_signal: signal.Signals
    environment: Mapping[str, str]
    account: Account | None = None

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.folder / "server.log"


def serve(launch: Launch, port: int, answers: Callable[[], bool]) -> None:
    """Run a server until standard input closes. «ready PORT PID» is printed once `answers` says so.

    Standard input closes when the program at its other end stops the server, or dies.

    Raises:
        SystemExit: the server ended by itself, or did not answer in time; its last lines are in the message.
    """
    server = _started(launch)
    try:
        _wait_until(answers, server, launch.log)
        print("ready", port, server.pid, flush=True)
        sys.stdin.read()
    finally:
        _stop(server, launch.stop_signal)


def _started(launch: Launch) -> subprocess.Popen[bytes]:
    account = launch.account
    with launch.log.open("ab") as log:
        return subprocess.Popen(
            launch.command,
            cwd=launch.folder,
            env=dict(launch.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            user=account.user if account else None,
            group=account.group if account else None,
            extra_groups=[] if account else None,
            preexec_fn=_end_with_parent,
        )


def _end_with_parent() -> None:
    _LIBC.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _wait_until(answers: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_S
    while not answers():
        if server.poll() is not None or time.monotonic() > deadline:
            last = log.read_text(encoding="utf-8", errors="replace")[-2000:]
            ended = "it ended" if server.poll() is not None else f"no answer in {_START_S:.0f} s"
            raise SystemExit(f"{server.args!r}: {ended}\n{last}")
        time.sleep(0.05)


def _stop(server: subprocess.Popen[bytes], stop_signal: signal.Signals) -> None:
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGCONT)
    server.send_signal(stop_signal)
    try:
        server.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def is_root() -> bool:
    """Whether this program has all rights."""
    return os.geteuid() == 0
