from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from answers.commitments.tracking.judgements import judge, judgements, with_judgements
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import track
from answers.commitments.tracking.track_promises import track_promises
from answers.commitments.tracking.tracked_reports import TrackedReports
from answers.errors import LedgerError
from indexer.build import build_index
from indexer.people.store import FILE_NAME
from indexer.report.passages import parse_report
from tests.answers.commitments.test_tracking import report
from tests.conftest import SEEDS
from tests.fake_encoder import FakeEncoder

EARLIER = report(2023, "好。", "新建学校20所。新增就业5万人。")
LATER = report(2024, "新建学校18所。新增就业6万人。", "好。")
PAIRS = track(EARLIER, LATER)


def test_a_persons_word_stands_beside_the_machines(tmp_path: Path) -> None:
    assert judgements(tmp_path) == ()
    made = judge(
        tmp_path, PAIRS[0], EARLIER, LATER, Status.MISSED, " 张三 ", "差两所", outcome="新建学校18所"
    )
    assert made.name == "张三"
    assert made.at.endswith("+00:00")
    first, second = with_judgements(PAIRS, judgements(tmp_path), EARLIER, LATER)
    assert (first.tracked.status, first.status) == (Status.UNVERIFIED, Status.MISSED)
    assert first.judgement == made
    assert (second.judgement, second.status) == (None, Status.EXCEEDED)


def test_the_last_word_counts_and_the_earlier_ones_are_kept(tmp_path: Path) -> None:
    judge(tmp_path, PAIRS[0], EARLIER, LATER, Status.MISSED, "张三")
    judge(tmp_path, PAIRS[0], EARLIER, LATER, Status.UNDER_WAY, "李四")
    first, _ = with_judgements(PAIRS, judgements(tmp_path), EARLIER, LATER)
    assert first.status is Status.UNDER_WAY
    assert [made.name for made in judgements(tmp_path)] == ["张三", "李四"]


def test_judgements_survive_a_rebuild_of_the_index(tmp_path: Path, encoder: FakeEncoder) -> None:
    build_index([SEEDS], tmp_path, encoder)
    judge(tmp_path, PAIRS[0], EARLIER, LATER, Status.MISSED, "张三")
    build_index([SEEDS], tmp_path, encoder)
    assert len(judgements(tmp_path)) == 1


def test_a_judgement_still_fits_when_the_report_was_read_anew(tmp_path: Path) -> None:
    judge(tmp_path, PAIRS[1], EARLIER, LATER, Status.DONE, "张三")
    moved = parse_report(replace(EARLIER.document, text="前言\n" + EARLIER.text))
    _, second = with_judgements(track(moved, LATER), judgements(tmp_path), moved, LATER)
    assert second.status is Status.DONE


def test_a_judgement_on_a_row_that_once_ended_before_its_more_stays(tmp_path: Path) -> None:
    earlier, later = (
        report(2023, "好。", "惠及群众2300余万人次。"),
        report(2024, "惠及群众2400万人次。", "好。"),
    )
    (pair,) = track(earlier, later)
    former = replace(pair, target=replace(pair.target, text="2300"))
    judge(tmp_path, former, earlier, later, Status.DONE, "张三")
    (found,) = with_judgements((pair,), judgements(tmp_path), earlier, later)
    assert pair.target.text == "2300余万人次"
    assert found.status is Status.DONE


def test_a_judgement_on_a_promise_without_a_number_stays_where_it_is_read_to_end_elsewhere(
    tmp_path: Path,
) -> None:
    earlier = report(2023, "好。", "建成城西客运站、城东机场。")
    later = report(2024, "城西客运站建成投用。", "好。")
    first, second = track_promises(earlier, later)
    judge(tmp_path, replace(first, target=replace(first.target, text="建成城西客运站、城东机场")), earlier, later,
          Status.MISSED, "张三")  # fmt: skip
    found = with_judgements((first, second), judgements(tmp_path), earlier, later)
    assert [one.judgement is not None for one in found] == [True, False]
    assert found[0].status is Status.MISSED


def test_a_judgement_of_one_pair_of_reports_says_nothing_of_another(tmp_path: Path) -> None:
    judge(tmp_path, PAIRS[0], EARLIER, LATER, Status.MISSED, "张三")
    other = parse_report(replace(LATER.document, name="甲省2024修订"))
    assert all(
        one.judgement is None
        for one in with_judgements(track(EARLIER, other), judgements(tmp_path), EARLIER, other)
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "谁"),
        ({"name": "长" * 101}, "谁"),
        ({"note": "长" * 2001}, "2001"),
        ({"outcome": "报告没有的话"}, "报告没有的话"),
    ],
)
def test_a_judgement_that_cannot_be_kept_is_refused(
    tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    words = {"name": "张三", "note": "", "outcome": "", **changes}
    with pytest.raises(LedgerError, match=said):
        judge(tmp_path, PAIRS[0], EARLIER, LATER, Status.DONE, **words)
    assert judgements(tmp_path) == ()


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE other (x)")
    before = path.read_bytes()
    for action in (
        lambda: judgements(tmp_path),
        lambda: judge(tmp_path, PAIRS[0], EARLIER, LATER, Status.DONE, "张三"),
    ):
        with pytest.raises(LedgerError, match=FILE_NAME):
            action()
    assert path.read_bytes() == before
    path.write_bytes(b"no database at all, but long enough to look like a file" * 100)
    with pytest.raises(LedgerError, match=FILE_NAME):
        judgements(tmp_path)


def test_a_judgement_that_fits_no_target_any_more_is_listed(tmp_path: Path) -> None:
    judge(tmp_path, PAIRS[0], EARLIER, LATER, Status.MISSED, "张三", "差两所")
    judge(tmp_path, PAIRS[1], EARLIER, LATER, Status.DONE, "李四")
    rewritten = report(2023, "好。", "新建中学20所。新增就业5万人。")
    tracked = TrackedReports.of(rewritten, [LATER]).with_judgements(judgements(tmp_path))
    assert [(one.name, one.note) for one in tracked.detached(judgements(tmp_path))] == [("张三", "差两所")]
    assert [one.status for one in tracked.judged] == [Status.NOT_MENTIONED, Status.DONE]


def test_a_judgement_of_a_promise_that_is_not_listed_now_is_not_lost(tmp_path: Path) -> None:
    earlier = report(2023, "好。", "开工建设城西客运站。新增就业5万人。")
    later = report(2024, "城西客运站开工建设。新增就业6万人。", "好。")
    (promise,) = track_promises(earlier, later)
    judge(tmp_path, promise, earlier, later, Status.DONE, "张三")
    assert TrackedReports.of(earlier, [later]).detached(judgements(tmp_path)) == ()
