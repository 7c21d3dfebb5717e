"""A file that is made to harm costs its own process: bounded time and memory, and nobody waits."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path

import pytest

from indexer import apart
from indexer.allowance import Slow, ask_for
from indexer.apart import Apart, CalledOff, Exceeded, Waiting
from indexer.errors import SourceError
from indexer.reading import read_report
from indexer.report.passages import parse_report
from indexer.report.records import file_digest, has_digest
from indexer.sources import read_document

needs_limits = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def busy(seconds: float) -> int:
    """Hold the interpreter of its process: like a regular expression, it lets no other thread of it run."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        "a".count("b" * 10)
    return os.getpid()


def fill() -> int:
    return len(bytearray(3 << 30))


def own_process() -> int:
    return os.getpid()


def end_itself() -> None:
    os._exit(1)


def recognise(pages: int) -> int:
    """Takes long, as the pages of a scan do."""
    for _ in range(pages):
        ask_for(5.0, Slow.RECOGNISING)
    return pages


def dangerous() -> type:
    return threading.Thread


def fails() -> None:
    raise KeyError("甲")


@pytest.fixture
def worker() -> Apart:
    return Apart()


def test_a_file_is_read_apart_as_it_is_read_here(seed_path: Path) -> None:
    assert read_report(seed_path) == parse_report(read_document(seed_path))
    assert read_report(str(seed_path)).document.source == str(seed_path)


def test_a_relative_path_is_read_from_the_folder_of_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "甲.txt").write_text("今年新建5个公园。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_report("甲.txt").document.source == "甲.txt"


def test_a_file_that_cannot_be_read_is_refused_in_both_languages(tmp_path: Path) -> None:
    path = tmp_path / "空.txt"
    path.write_text("  \n", encoding="utf-8")
    with pytest.raises(SourceError, match="里没有文字") as error:
        read_report(path)
    assert "holds no text" in error.value.message("en")


def test_one_process_is_started_and_kept(worker: Apart) -> None:
    assert worker.call(own_process) == worker.call(own_process) != os.getpid()
    worker.stop()


def test_the_process_is_kept_also_where_the_program_itself_holds_much_memory(worker: Apart) -> None:
    much = bytearray(600 << 20)
    much[::4096] = bytes([1]) * len(much[::4096])  # touched: the system counts no other
    assert worker.call(own_process) == worker.call(own_process)
    worker.stop()


@needs_limits
def test_work_without_end_is_ended_and_the_next_goes_on(
    worker: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1.0)
    first = worker.call(own_process)
    begun = time.monotonic()
    with pytest.raises(Exceeded):
        worker.call(busy, 3600.0)
    assert time.monotonic() - begun < 30
    assert worker.call(own_process) != first
    worker.stop()


def test_where_the_system_has_no_limits_the_clock_is_one(
    worker: Apart, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.call(own_process)
    monkeypatch.setattr(apart, "SECONDS", 0.3)
    with pytest.raises(Exceeded, match=r"more than|ended"):
        worker.call(time.sleep, 3600.0)
    worker.stop()


@needs_limits
def test_work_that_fills_the_memory_is_ended(worker: Apart) -> None:
    with pytest.raises(Exceeded, match="MemoryError"):
        worker.call(fill)
    worker.stop()


@pytest.mark.parametrize(
    ("function", "said"), [(end_itself, "ended"), (fails, "KeyError"), (dangerous, "sense")]
)
def test_whatever_happens_to_the_process_is_an_error_of_that_work(
    worker: Apart, function: object, said: str
) -> None:
    with pytest.raises(Exceeded, match=said):
        worker.call(function)  # type: ignore[arg-type]
    assert worker.call(own_process) != os.getpid()
    worker.stop()


def test_other_threads_go_on_meanwhile(worker: Apart) -> None:
    worker.call(own_process)
    thread = threading.Thread(target=worker.call, args=(busy, 1.5))
    thread.start()
    longest, last = 0.0, time.monotonic()
    while thread.is_alive():
        time.sleep(0.01)
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert longest < 1.0
    worker.stop()


def test_work_that_is_called_off_is_ended_within_seconds_and_the_next_goes_on(worker: Apart) -> None:
    first, stopped = worker.call(own_process), threading.Event()
    threading.Timer(0.3, stopped.set).start()
    begun = time.monotonic()
    with pytest.raises(CalledOff):
        worker.call_for(Waiting(stopped.is_set), time.sleep, 60.0)
    assert time.monotonic() - begun < 5
    assert worker.call(own_process) != first
    worker.stop()


def test_whoever_waits_for_his_turn_can_call_off_too_and_takes_nothing_from_the_other(worker: Apart) -> None:
    worker.call(own_process)
    results: list[int] = []
    other = threading.Thread(target=lambda: results.append(worker.call(busy, 2.0)))
    other.start()
    time.sleep(0.3)
    begun = time.monotonic()
    with pytest.raises(CalledOff):
        worker.call_for(Waiting(lambda: True), own_process)
    assert time.monotonic() - begun < 1.5
    other.join(60)
    assert len(results) == 1
    worker.stop()


def test_what_takes_long_is_told_while_it_is_done(worker: Apart) -> None:
    told: list[Slow] = []
    assert worker.call_for(Waiting(told=told.append), recognise, 3) == 3
    assert told == [Slow.RECOGNISING] * 3
    worker.stop()


def test_a_file_that_exceeds_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exceeds(self: Apart, function: object, *arguments: object) -> None:
        raise Exceeded("it took more than 90 s")

    monkeypatch.setattr(Apart, "call_for", exceeds)
    with pytest.raises(SourceError, match="占用的时间或内存太多") as error:
        read_report(tmp_path / "毒.txt")
    assert "毒.txt could not be read" in error.value.message("en")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders on this system")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "管道.txt"
    os.mkfifo(path)
    with pytest.raises(SourceError, match="不是普通文件") as error:
        read_document(path)
    assert "is no regular file" in error.value.message("en")
    assert not has_digest(str(path), "0" * 64)
    with pytest.raises(OSError, match="no regular file"):
        file_digest(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device on this system")
def test_a_device_is_refused_instead_of_read_without_end() -> None:
    with pytest.raises(SourceError, match="不是普通文件"):
        read_document("/dev/zero")
