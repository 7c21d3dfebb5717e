"""Several processes on one port and one index, really started, asked and killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from indexer.people.accounts import Accounts, Role
from tests.conftest import ROOT, SEED_NAME
from tests.fake_encoder import FakeEncoder
from wenbao import Library

PATENTS = {"question": "有效发明专利拥有量达多少件？"}
SLOW = {"question": "有效发明专利拥有量慢慢地达多少件？"}


@dataclass(frozen=True)
class Answer:
    status: int
    worker: int
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class Served:
    """A server that runs, and its log."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self.log = log
        self.port = int(self._wait_for(r"127\.0\.0\.1:(\d+)"))

    def _wait_for(self, pattern: str) -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            found = re.search(pattern, self.log.read_text(encoding="utf-8"))
            if found:
                return found[1]
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.05)
        raise AssertionError(self.log.read_text(encoding="utf-8"))

    def lines_told(self, asks: int) -> list[str]:
        """The lines of the log when so many asks stand in it and none is half written.

        A request is told when its answer has been sent, so that who has the answer may be a moment early.
        """
        until = time.monotonic() + 60
        while True:
            text = self.log.read_text(encoding="utf-8")
            if text.endswith("\n") and text.count('"route": "/v1/ask"') >= asks:
                return text.splitlines()
            assert time.monotonic() < until, text
            time.sleep(0.01)

    def connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        connection: HTTPConnection | None = None,
        token: str = "",
    ) -> Answer:
        """One request, on a connection of its own where none is given."""
        there = connection or self.connect()
        headers = {"content-type": "application/json"} if body is not None else {}
        headers |= {"authorization": f"Bearer {token}"} if token else {}
        there.request(method, path, None if body is None else json.dumps(body), headers)
        said = there.getresponse()
        answer = Answer(said.status, int(said.headers["x-worker"]), said.read().decode())
        if connection is None:
            there.close()
        return answer

    def workers(self, wanted: int) -> set[int]:
        """The processes that answer, when all of them do and have their models."""
        seen: set[int] = set()
        until = time.monotonic() + 60
        while len(seen) < wanted and time.monotonic() < until:
            with ThreadPoolExecutor(8) as pool:
                answers = list(pool.map(lambda _: self.ask("GET", "/v1/ready"), range(8)))
            seen |= {answer.worker for answer in answers if answer.status == 200}
        assert len(seen) == wanted
        return seen

    def of_each(self, workers: set[int], ask: Callable[[], Answer]) -> dict[int, Answer]:
        """What each worker says, however often one has to ask until each was asked."""
        found: dict[int, Answer] = {}
        until = time.monotonic() + 60
        while set(found) != workers and time.monotonic() < until:
            with ThreadPoolExecutor(8) as pool:
                found |= {answer.worker: answer for answer in pool.map(lambda _: ask(), range(8))}
        assert set(found) == workers
        return found


@contextmanager
def serving(directory: Path, workers: int, rate: int = 0) -> Iterator[Served]:
    log = directory.parent / "server.log"
    command = [sys.executable, "-m", "tests.wenbao.http.fake_server", str(directory), str(workers)]
    command += ["127.0.0.1", str(rate)]
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(command, cwd=ROOT, stderr=stream, text=True)
    try:
        yield Served(process, log)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(60)


@pytest.fixture
def served(directory: Path) -> Iterator[Served]:
    with serving(directory, 2) as server:
        yield server


def test_what_one_worker_removes_or_adds_counts_in_all_of_them_at_once(
    served: Served, directory: Path
) -> None:
    workers = served.workers(2)
    asked = lambda: served.ask("POST", "/v1/ask", PATENTS)  # noqa: E731
    for answer in served.of_each(workers, asked).values():
        assert answer.json["answer"]["text"] == "5.3万件"
    assert served.ask("DELETE", f"/v1/reports/{SEED_NAME}").status == 204
    for answer in served.of_each(workers, asked).values():
        assert (answer.status, answer.json["candidates"]) == (200, [])
    # Another program adds it again.
    Library.open(directory, encoder=FakeEncoder()).add(ROOT / "seeds")
    for answer in served.of_each(workers, asked).values():
        assert answer.json["answer"]["text"] == "5.3万件"
    # Whichever is asked counts for both.
    counted = served.ask("GET", "/metrics").text
    assert {int(pid) for pid in re.findall(r'wenbao_memory_bytes\{pid="(\d+)"\}', counted)} == workers
    (asks,) = re.findall(
        r'wenbao_requests_total\{method="POST",route="/v1/ask",status="200"\} (\d+)', counted
    )
    assert int(asks) >= 24

    # And while it runs:
    lines = served.lines_told(int(asks))
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(told) == len(lines) - 2  # what is said to who started it
    asks_told = [line for line in told if line.get("route") == "/v1/ask"]
    assert len(asks_told) == int(asks) and asks_told[0]["client"] == "127.0.0.1"
    assert "发明专利" not in str(lines)
    command = [sys.executable, "-m", "wenbao", "serve", "--port", str(served.port), "--index", str(directory)]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert again.returncode == 2
    assert f"127.0.0.1:{served.port}" in again.stderr and "--port" in again.stderr


@pytest.mark.slow
def test_a_killed_worker_loses_no_request_of_another_and_is_replaced(served: Served) -> None:
    first, second = sorted(served.workers(2))
    stop = threading.Event()
    lost: list[int] = []
    answered: list[int] = []

    def client(_: int) -> None:
        """Asks on one connection, which stays with one worker, until it is told to stop."""
        connection = served.connect()
        mine = served.ask("GET", "/v1/health", connection=connection).worker
        while not stop.is_set():
            try:
                answer = served.ask("POST", "/v1/ask", PATENTS, connection)
                assert answer.json["answer"]["text"] == "5.3万件"
                assert answer.worker == mine
                answered.append(mine)
                time.sleep(0.02)
            except (OSError, HTTPException):
                lost.append(mine)
                connection = served.connect()
                mine = served.ask("GET", "/v1/health", connection=connection).worker

    with ThreadPoolExecutor(12) as pool:
        clients = [pool.submit(client, number) for number in range(12)]
        while len(set(answered)) < 2 and not any(one.done() for one in clients):
            time.sleep(0.05)
        os.kill(first, signal.SIGKILL)
        new = served.workers(2)
        stop.set()
        for one in clients:
            one.result()
    assert set(lost) <= {first}
    assert second in new and len(new) == 2
    assert second in answered


@pytest.mark.slow
def test_who_is_let_in_or_no_more_is_so_in_all_workers_at_once(served: Served, directory: Path) -> None:
    workers, accounts = served.workers(2), Accounts(directory)
    token = str(accounts.add("CMS", Role.READER, token=True))

    def statuses(method: str, shown: str) -> set[int]:
        path = "/v1/reports" if method == "GET" else f"/v1/reports/{SEED_NAME}"
        return {
            one.status
            for one in served.of_each(workers, lambda: served.ask(method, path, token=shown)).values()
        }

    assert statuses("GET", "") == {401} and statuses("GET", token) == {200}
    assert statuses("DELETE", token) == {403}
    accounts.remove("CMS")
    assert statuses("GET", token) == {401}


@pytest.mark.slow
def test_above_the_rate_all_workers_together_say_so_at_once_and_nothing_else(directory: Path) -> None:
    with serving(directory, 2, rate=60) as served:
        served.workers(2)
        time.sleep(1)

        def client(_: int) -> list[tuple[int, float]]:
            connection, found = served.connect(), []
            for _n in range(10):
                began = time.perf_counter()
                status = served.ask("POST", "/v1/ask", PATENTS, connection).status
                found.append((status, time.perf_counter() - began))
            return found

        began = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            asked = [one for found in pool.map(client, range(8)) for one in found]
        seconds = time.monotonic() - began
    refused = sorted(took for status, took in asked if status == 429)
    assert {status for status, _ in asked} == {200, 429}
    # Twenty at once, and one a second, whichever worker is asked.
    assert len(asked) - len(refused) <= 21 + seconds
    assert refused[len(refused) // 2] < 0.05


@pytest.mark.slow
def test_memory_does_not_grow_with_what_is_asked(directory: Path) -> None:
    with serving(directory, 1) as served:
        (worker,) = served.workers(1)
        process, connection = psutil.Process(worker), served.connect()
        held: list[float] = []
        for number in range(600):
            question = {"question": f"有效发明专利拥有量达多少件？第{number}次"}
            assert served.ask("POST", "/v1/ask", question, connection).status == 200
            served.ask("GET", f"/nowhere/{number}", connection=connection)
            served.ask("GET", f"/v1/reports/none-{number}", connection=connection)
            if number % 200 == 199:
                held.append(process.memory_info().rss / 1e6)
    assert held[-1] < held[0] + 15, held


@pytest.mark.parametrize("workers", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_told_to_stop_it_answers_what_was_begun_and_takes_nothing_more(directory: Path, workers: int) -> None:
    with serving(directory, workers) as served:
        served.workers(workers)
        with ThreadPoolExecutor(2) as pool:
            slow = [pool.submit(served.ask, "POST", "/v1/ask", SLOW) for _ in range(2)]
            time.sleep(0.5)
            served.process.terminate()
            assert [one.result().status for one in slow] == [200, 200]
        assert served.process.wait(30) == 0
        with pytest.raises(OSError):
            served.ask("GET", "/v1/health")


@pytest.mark.slow
def test_a_killed_supervisor_leaves_no_worker_behind(served: Served) -> None:
    workers = served.workers(2)
    served.process.kill()
    served.process.wait(30)
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in workers if psutil.pid_exists(pid)], 30)
    assert alive == []


def test_a_server_open_to_a_network_says_that_it_only_reads(directory: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("w") as stream:
        command = [sys.executable, "-m", "tests.wenbao.http.fake_server", str(directory), "1", "0.0.0.0"]
        process = subprocess.Popen(command, cwd=ROOT, stderr=stream)
    try:
        until = time.monotonic() + 30
        while "read-only" not in log.read_text(encoding="utf-8") and time.monotonic() < until:
            time.sleep(0.1)
        assert "只能读" in log.read_text(encoding="utf-8")
    finally:
        process.terminate()
        process.wait(60)
