from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence

import pytest

from embeddings import ModelError, PassageText, PassageVectors
from indexer.embedding_line import embedded_reports
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.store.packing import PackedPassage
from indexer.store.rows import EmbeddedReport
from tests.conftest import make_document
from tests.fake_encoder import FakeEncoder
from tests.index_files import embedded


def report(number: int, passages: int = 3) -> Report:
    sections = "".join(
        f"（{n + 1}）第{number}号。完成投资{n}00亿元，新增就业{number}万人。\n" for n in range(passages)
    )
    return parse_report(make_document(sections, f"报告{number}", f"第{number}号报告"))


def unknown(digests: Sequence[bytes]) -> Mapping[bytes, PackedPassage]:
    return {}


@pytest.mark.parametrize("parallel", [1, 2, 5])
def test_reports_come_in_their_order_with_the_vectors_they_have_alone(parallel: int) -> None:
    reports = [report(n, 1 + n * 7 % 40) for n in range(12)]
    line = embedded_reports(reports, FakeEncoder(parallel=parallel), unknown)
    assert list(line) == [embedded(one, FakeEncoder()) for one in reports]


def test_as_many_calls_run_at_once_as_the_encoder_likes() -> None:
    together = threading.Barrier(3, timeout=20)

    class Meeting(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            together.wait()  # raises where three never meet
            return super().encode_passages(passages)

    encoder = Meeting(parallel=3)
    assert len(list(embedded_reports([report(n, 8) for n in range(6)], encoder, unknown))) == 6


def test_each_passage_is_embedded_once_and_what_is_known_is_not() -> None:
    reports, first, again = [report(n) for n in range(4)], FakeEncoder(), FakeEncoder(parallel=2)
    made = list(embedded_reports(reports, first, unknown))
    assert len(first.passages) == 12
    vectors = {p.digest: p.packed for one in made[:3] for p in one.passages}
    known = {digest: vectors[digest] for digest in list(vectors)[:-1]}
    assert list(embedded_reports(reports, again, lambda digests: known)) == made
    assert len(again.passages) == 1 + 3


@pytest.mark.parametrize(
    "failure", [ModelError("模型坏了", "the model broke"), RuntimeError("no memory"), KeyboardInterrupt()]
)
@pytest.mark.parametrize("parallel", [1, 3])
def test_an_error_of_the_model_reaches_the_caller_after_the_reports_before_it(
    failure: BaseException, parallel: int
) -> None:
    encoder = FakeEncoder(fail_after=50, failure=failure, parallel=parallel)
    seen: list[EmbeddedReport] = []
    with pytest.raises(type(failure)):
        seen.extend(embedded_reports((report(n) for n in range(400)), encoder, unknown))
    assert 1 <= len(seen) <= 50 // 3
    assert [one.report.name for one in seen] == [f"报告{n}" for n in range(len(seen))]


def test_an_error_of_the_reports_reaches_the_caller_and_no_thread_stays() -> None:
    def broken() -> Iterator[Report]:
        yield report(0)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(embedded_reports(broken(), FakeEncoder(parallel=2), unknown))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("wenbao-embedding")]


def test_reports_are_not_all_read_before_the_first_is_embedded() -> None:
    read: list[int] = []

    def reports() -> Iterator[Report]:
        for number in range(1000):
            read.append(number)
            yield report(number, 4)

    line = embedded_reports(reports(), FakeEncoder(parallel=2), unknown)
    for taken, one in zip(range(100), line, strict=False):
        assert one.report.name == f"报告{taken}"
        assert len(read) - taken <= 30, "each has one call of four passages, and 200 may wait"
    line.close()  # type: ignore[attr-defined]
    assert len(read) < 200


def test_the_share_of_a_report_grows_to_one() -> None:
    told: list[tuple[str, float]] = []
    reports = [report(n, 30) for n in range(3)]
    list(embedded_reports(reports, FakeEncoder(), unknown, lambda one, share: told.append((one.name, share))))
    for one in reports:
        shares = [share for name, share in told if name == one.name]
        assert shares == [0, 0.25, 0.5, 0.75, 1.0]
    assert [name for name, _ in told] == sorted(name for name, _ in told)


def test_a_stop_ends_within_a_call_of_the_model_and_gives_what_was_finished() -> None:
    stopped = threading.Event()

    class Slow(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            if len(self.passages) >= 3:
                stopped.set()
                time.sleep(0.2)
            return super().encode_passages(passages)

    # The first has one call, the second would take 40 s.
    encoder, reports = Slow(), [report(0), report(1, 1600)]
    started = time.monotonic()
    line = embedded_reports(reports, encoder, unknown, cancelled=stopped.is_set)
    assert [one.report.name for one in line] == ["报告0"]
    assert len(encoder.passages) <= 3 + 3 * 8
    assert time.monotonic() - started < 5


def test_a_report_that_needs_no_further_call_is_given_after_a_stop() -> None:
    stopped, go = threading.Event(), threading.Event()

    class Held(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            stopped.set()
            go.wait(20)
            return super().encode_passages(passages)

    threading.Timer(0.5, go.set).start()
    line = embedded_reports([report(0), report(1)], Held(), unknown, cancelled=stopped.is_set)
    assert [one.report.name for one in line] == ["报告0"]


def test_a_stop_before_the_first_report_begins_none() -> None:
    encoder = FakeEncoder()
    assert list(embedded_reports([report(0)], encoder, unknown, cancelled=lambda: True)) == []
    assert encoder.passages == []
