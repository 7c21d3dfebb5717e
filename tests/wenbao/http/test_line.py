from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SEED_NAME
from tests.wenbao.http.conftest import LINES, Serve, served
from wenbao import Library, Progress
from wenbao.http.line import Line, LineFull, LongWork, TookTooLong
from wenbao.http.settings import Settings


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Work that waits for it never outlives the test."""
    event = threading.Event()
    yield event
    event.set()


def test_so_much_is_done_at_once_and_so_much_waits(gate: threading.Event) -> None:
    async def scene() -> None:
        line, begun = Line("x", 2, 3), []

        def work(number: int) -> Callable[[], int]:
            def done() -> int:
                begun.append(number)
                gate.wait(10)
                return number

            return done

        tasks = [asyncio.create_task(line.do(work(number), 10)) for number in range(5)]
        await asyncio.sleep(0.1)
        assert sorted(begun) == [0, 1]
        assert line.pending == 5
        started = time.monotonic()
        with pytest.raises(LineFull) as caught:
            await line.do(work(5), 10)
        assert time.monotonic() - started < 0.05
        assert caught.value.seconds >= 1
        assert "3 个请求在等" in str(caught.value)
        gate.set()
        assert await asyncio.gather(*tasks) == [0, 1, 2, 3, 4]
        assert await line.do(work(6), 10) == 6
        assert line.pending == 0

    asyncio.run(scene())


def test_what_waits_too_long_is_never_begun_and_what_is_begun_keeps_its_place(gate: threading.Event) -> None:
    async def scene() -> None:
        line, begun = Line("x", 1, 1), []

        def work() -> None:
            begun.append(1)
            gate.wait(10)

        first = asyncio.create_task(line.do(work, 0.1))
        second = asyncio.create_task(line.do(work, 0.1))
        for task in (first, second):
            with pytest.raises(TookTooLong):
                await task
        # The first is at it still, so one may wait and no more.
        assert (begun, line.pending) == ([1], 1)
        waiting = asyncio.create_task(line.do(work, 10))
        await asyncio.sleep(0)
        with pytest.raises(LineFull):
            await line.do(work, 10)
        gate.set()
        await waiting

    asyncio.run(scene())


def test_an_error_of_the_work_is_that_of_the_line() -> None:
    async def scene() -> None:
        line = Line("x", 1, 1)

        def fails() -> None:
            raise TimeoutError("mine")

        with pytest.raises(TimeoutError, match="mine"):
            await line.do(fails, 10)
        assert line.pending == 0

    asyncio.run(scene())


def hold(tell: Callable[[Progress], None], left: threading.Event) -> None:
    """Goes on until it is stopped."""
    try:
        while True:
            tell(Progress("甲", 0, 1))
            time.sleep(0.01)
    finally:
        left.set()


def test_long_work_tells_its_steps_and_stops_at_the_next_one_where_nobody_wants_it() -> None:
    async def scene() -> None:
        line, reached, seen = Line("x", 1, 1), [], threading.Event()
        left = threading.Event()

        def work(tell: Callable[[Progress], None]) -> str:
            for number in range(3):
                tell(Progress("甲", number, 3))
                reached.append(number)
                if len(reached) == 4:
                    seen.wait(10)
            return "done"

        whole = LongWork(line, work, 10)
        assert [step.done async for step in whole.steps()] == [0, 1, 2]
        assert whole.result() == "done"
        stopped = LongWork(line, work, 10)
        assert (await anext(stopped.steps())).done == 0
        stopped.stop()
        seen.set()
        with pytest.raises(TookTooLong):
            await stopped.done()
        assert reached == [0, 1, 2, 0]
        waited = asyncio.create_task(LongWork(line, lambda tell: hold(tell, left), 10).done())
        await asyncio.sleep(0.1)
        waited.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waited
        assert await asyncio.to_thread(left.wait, 10)
        late = LongWork(line, work, -1)
        with pytest.raises(TookTooLong):
            await late.done()
        assert reached == [0, 1, 2, 0]

    asyncio.run(scene())


def test_questions_beyond_the_line_are_told_to_come_again_and_nothing_else(
    serve: Serve, directory: Path, monkeypatch: pytest.MonkeyPatch, gate: threading.Event
) -> None:
    client = serve(directory, at_work=1, waiting=2)
    while client.get("/v1/ready").status_code != 200:
        pass  # loading the models is at work too
    ask = Library.ask
    monkeypatch.setattr(Library, "ask", lambda *asked, **more: (gate.wait(10), ask(*asked, **more))[1])

    def asked(_: int) -> Any:
        started = time.monotonic()
        said = client.post("/v1/ask", json={"question": "新建多少个充电桩？"})
        if said.status_code == 429:
            assert time.monotonic() - started < 1  # a thread each, and all of them at once
            if len(refused) == 4:
                gate.set()
            refused.append(said)
        return said

    refused: list[Any] = []
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(asked, range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 5
    assert all(answer.headers["retry-after"].isdecimal() for answer in refused)
    assert {answer.json()["type"] for answer in refused} == {"urn:wenbao:problem:busy"}


def test_a_question_that_takes_too_long_is_given_up(
    serve: Serve, directory: Path, monkeypatch: pytest.MonkeyPatch, gate: threading.Event
) -> None:
    client = serve(directory, seconds=0.2)
    monkeypatch.setattr(Library, "ask", lambda *_, **more: gate.wait(10))
    said = client.post("/v1/ask", json={"question": "新建多少个充电桩？"}, headers={"accept-language": "en"})
    assert (said.status_code, said.json()["type"]) == (504, "urn:wenbao:problem:time")
    assert "--seconds" in said.json()["detail"]


@pytest.mark.parametrize("headers", [{}, LINES])
def test_a_comparison_is_stopped_when_its_time_is_over(
    serve: Serve, directory: Path, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    steps = []

    def compare(self: Library, question: str, documents: object, *, progress: Any) -> None:
        for number in range(1000):
            progress(Progress("甲", number, 1000))
            steps.append(number)
            time.sleep(0.05)

    monkeypatch.setattr(Library, "compare", compare)
    client = serve(directory, seconds=0.1)
    asked = {"question": "就业", "documents": [SEED_NAME]}
    said = client.post("/v1/compare", json=asked, headers=headers)
    assert "urn:wenbao:problem:time" in said.text.splitlines()[-1]
    assert len(steps) < 500


def test_a_request_that_does_not_arrive_is_not_waited_for(directory: Path) -> None:
    with served(Settings(directory, rate=0, seconds=0.3)) as connection:
        connection.putrequest("POST", "/v1/ask")
        connection.putheader("content-type", "application/json")
        connection.putheader("content-length", "100")
        connection.endheaders(b'{"question": ')
        answer = connection.getresponse()
        assert (answer.status, answer.headers["content-type"]) == (408, "application/problem+json")
        connection.close()


def test_a_comparison_is_stopped_when_who_asked_hangs_up(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int] = []
    ended = threading.Event()

    def compare(self: Library, question: str, documents: object, *, progress: Any) -> None:
        try:
            for number in range(1000):
                progress(Progress("甲", number, 1000))
                steps.append(number)
                time.sleep(0.02)
        finally:
            ended.set()

    monkeypatch.setattr(Library, "compare", compare)
    with served(Settings(directory, rate=0)) as connection:
        connection.request(
            "POST",
            "/v1/compare",
            '{"question": "就业"}'.encode(),
            {**LINES, "content-type": "application/json"},
        )
        answer = connection.getresponse()
        assert b"progress" in answer.readline()
        answer.close()
        connection.close()
        assert ended.wait(10)
        assert len(steps) < 500
