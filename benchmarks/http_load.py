"""Many clients at one server: how long answers take, and what becomes of those beyond what it can do.

    python -m benchmarks.http_load my-index [--questions benchmarks/questions/provinces_dev.jsonl] [--workers 1]

Starts `wenbao serve` on an index and asks it over HTTP: one client alone for half a minute, 20 clients that ask 4 questions a
second together for two minutes, then 40 clients that ask 12 a second for half a minute with a line of 8, so that some are told
to come again because it is busy, and 12 a second of one client that may ask 4, so that some are told so by the rate. Prints a
table: of every row medians and 95th percentiles of answers and of refusals (ms), every status, the seconds of the processors
that an answer took, the memory of the server before and after; and the load of the machine, beside which the times have to be
read.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil  # type: ignore[import-untyped]

_LOST = 0  # the status of a request that got no answer


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what came of it, and milliseconds."""

    status: int
    ms: float


def main() -> None:
    """Measure, and print a table."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("index", type=Path)
    words.add_argument("--questions", type=Path, default=Path("benchmarks/questions/provinces_dev.jsonl"))
    words.add_argument("--workers", type=int, default=1)
    words.add_argument("--clients", type=int, default=20)
    words.add_argument("--rate", type=float, default=4.0)
    words.add_argument("--seconds", type=float, default=120.0)
    given = words.parse_args()
    lines = given.questions.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line]
    told, short = [], min(30.0, given.seconds)
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {given.workers} workers, {len(questions)} questions",
        flush=True,
    )
    with serving(given.index, given.workers, waiting=32) as (port, server):
        load = Load(port, server, questions)
        load.asked_evenly(1, 2.0, min(10.0, short))  # its caches are warm in use, too
        told.append(load.measured("1 client, 1 a second", 1, 1.0, short))
        name = f"{given.clients} clients, {given.rate:g} a second"
        told.append(load.measured(name, given.clients, given.rate, given.seconds))
    with serving(given.index, given.workers, waiting=8) as (port, server):
        load = Load(port, server, questions)
        load.asked_evenly(1, 2.0, min(10.0, short))
        told.append(load.measured("40 clients, 12 a second, 8 may wait", 40, 12.0, short))
    with serving(given.index, given.workers, waiting=32, rate=240) as (port, server):
        load = Load(port, server, questions)
        told.append(load.measured("40 clients, 12 a second, 4 allowed", 40, 12.0, short))
    print(table(told))


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of many requests.

    Attributes:
        processor: seconds of the processors that the server took.
        before, after: its memory in MB.
        load: of the machine, at the end.
    """

    name: str
    asked: tuple[Asked, ...]
    processor: float
    before: float
    after: float
    load: float

    def times(self, status: int) -> str:
        """Median, 95th percentile and most of the milliseconds until an answer with a status."""
        times = sorted(one.ms for one in self.asked if one.status == status)
        if not times:
            return "—"
        middle, late = times[len(times) // 2], times[min(len(times) - 1, int(len(times) * 0.95))]
        return f"{middle:.0f} / {late:.0f} / {times[-1]:.0f}"


def table(told: Sequence[Measured]) -> str:
    """A table in Markdown, a row each."""
    lines = [
        "| | asked | by status | 200: p50 / p95 / most, ms | 429: p50 / p95 / most, ms | processor s an answer | memory MB | load |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in told:
        counts = Counter(asked.status for asked in one.asked)
        statuses = ", ".join(f"{count} × {status or 'lost'}" for status, count in sorted(counts.items()))
        each = one.processor / max(1, counts[200])
        lines.append(
            f"| {one.name} | {len(one.asked)} | {statuses} | {one.times(200)} | {one.times(429)} | {each:.2f} "
            f"| {one.before:.0f} → {one.after:.0f} | {one.load:.1f} |"
        )
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Load:
    """A server, and what it is asked."""

    port: int
    server: psutil.Process
    questions: Sequence[str]

    def measured(self, name: str, clients: int, rate: float, seconds: float) -> Measured:
        """Ask as `asked_evenly`: what came of it."""
        spent, memory = self._processor_seconds(), self._megabytes()
        asked = self.asked_evenly(clients, rate, seconds)
        spent = self._processor_seconds() - spent
        return Measured(name, tuple(asked), spent, memory, self._megabytes(), os.getloadavg()[0])

    def asked_evenly(self, clients: int, rate: float, seconds: float) -> list[Asked]:
        """Ask `rate` questions a second together, each client in its turn, as soon as its former one was answered."""
        began = time.monotonic()
        count = int(rate * seconds)

        def client(number: int) -> list[Asked]:
            connection, found = HTTPConnection("127.0.0.1", self.port, timeout=120), []
            for turn in range(number, count, clients):
                time.sleep(max(0.0, began + turn / rate - time.monotonic()))
                found.append(ask(connection, self.questions[turn % len(self.questions)]))
            return found

        with ThreadPoolExecutor(clients) as pool:
            return [one for found in pool.map(client, range(clients)) for one in found]

    def _processes(self) -> list[psutil.Process]:
        return [self.server, *self.server.children(recursive=True)]

    def _megabytes(self) -> float:
        return sum(float(one.memory_info().rss) for one in self._processes()) / 1e6

    def _processor_seconds(self) -> float:
        return sum(sum(one.cpu_times()[:2]) for one in self._processes())


def ask(connection: HTTPConnection, question: str) -> Asked:
    """One question."""
    started = time.perf_counter()
    try:
        body = json.dumps({"question": question})
        connection.request("POST", "/v1/ask", body, {"content-type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        status = answer.status
    except (OSError, HTTPException):
        connection.close()
        status = _LOST
    return Asked(status, (time.perf_counter() - started) * 1000)


@contextmanager
def serving(index: Path, workers: int, waiting: int, rate: int = 0) -> Iterator[tuple[int, psutil.Process]]:
    """The port and the process of a server that is ready; `rate`: questions a minute of a client, 0 for any number."""
    command = [sys.executable, "-m", "wenbao", "serve", "--port", "0", "--rate", str(rate)]
    command += ["--workers", str(workers), "--waiting", str(waiting), "--index", str(index)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stderr is not None
            port = next(int(found[1]) for line in server.stderr if (found := re.search(r":(\d+) ", line)))
            drain = ThreadPoolExecutor(1)
            drain.submit(lambda stream: [None for _ in stream], server.stderr)
            while not _is_ready(port):
                time.sleep(0.2)
            yield port, psutil.Process(server.pid)
        finally:
            server.terminate()


def _is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/v1/ready")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    main()
