from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from answers.service import Service, Stage, Status
from embeddings import Encoder, ModelError, PassageText, PassageVectors
from indexer.build import BuildResult, build_index
from indexer.errors import IndexFault, ModelMismatch, SourceError
from indexer.library import add_reports
from indexer.location import Paths
from indexer.progress import BuildProgress, Progress
from tests.conftest import SEED_NAME, SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report


def ready(directory: Path, encoder: Encoder | None = None) -> Service:
    service = Service(directory, SEEDS, lambda: encoder or FakeEncoder())
    service.start()
    service.wait(30)
    return service


def test_a_first_start_builds_the_index_of_the_shipped_reports_and_answers(tmp_path: Path) -> None:
    service = ready(tmp_path / "index")
    assert service.status.stage is Stage.READY
    answerer = service.answerer()
    assert answerer is not None
    assert answerer.ask("有效发明专利拥有量达多少件？").candidates[0].text == "5.3万件"


def test_an_index_that_is_there_is_used_and_not_built_again(index_directory: Path) -> None:
    encoder = FakeEncoder()
    service = ready(index_directory, encoder)
    assert service.status.stage is Stage.READY
    assert encoder.passages == []


def test_starting_returns_at_once_and_nothing_answers_while_preparing(index_directory: Path) -> None:
    gate = threading.Event()

    def load() -> Encoder:
        gate.wait(30)
        return FakeEncoder()

    service = Service(index_directory, SEEDS, load)
    service.start()
    try:
        assert service.status.stage is Stage.MODEL
        assert service.answerer() is None
    finally:
        gate.set()
    service.wait(30)
    assert service.answerer() is not None


def test_the_library_is_read_and_follows_changes_while_the_model_is_still_loaded(
    index_directory: Path, tmp_path: Path
) -> None:
    directory = index_directory
    gate = threading.Event()

    def load() -> Encoder:
        gate.wait(30)
        return FakeEncoder()

    service = Service(directory, SEEDS, load)
    service.start()
    try:
        index = service.index()
        assert index is not None and [report.name for report in index.reports] == [SEED_NAME]
        assert service.index() is index
        added = write_report(tmp_path, "2025年甲市政府工作报告", "（一）做好工作。新建学校88所。")
        add_reports([added], directory, FakeEncoder())
        later = service.index()
        assert later is not None and later.report(added.stem).text.endswith("新建学校88所。")
        assert service.answerer() is None
    finally:
        gate.set()
    service.wait(30)
    answerer = service.answerer()
    assert answerer is not None and service.index() is answerer.index


def test_there_is_no_library_before_the_first_is_built(tmp_path: Path) -> None:
    assert Service(tmp_path / "index", SEEDS, FakeEncoder).index() is None


def test_starting_many_times_prepares_once(tmp_path: Path) -> None:
    loads: list[int] = []

    def load() -> Encoder:
        loads.append(1)
        return FakeEncoder()

    service = Service(tmp_path / "index", SEEDS, load)
    for _ in range(5):
        service.start()
    service.wait(30)
    service.start()
    assert service.status.stage is Stage.READY
    assert len(loads) == 1


def test_progress_of_the_first_build_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Status] = []

    def build(sources: Paths, directory: Path, encoder: Encoder, told: Progress) -> BuildResult:
        def watched(step: BuildProgress) -> None:
            told(step)
            seen.append(service.status)

        return build_index(sources, directory, encoder, watched)

    monkeypatch.setattr("answers.service.build_index", build)
    service = Service(tmp_path / "index", SEEDS, FakeEncoder)
    service.start()
    service.wait(30)
    assert service.status.stage is Stage.READY
    assert {status.stage for status in seen} == {Stage.BUILDING}
    steps = [status.progress for status in seen if status.progress is not None]
    assert len(steps) == len(seen) > 3
    assert steps[0].done < steps[-1].done == steps[-1].total


def test_a_first_build_that_was_cut_short_is_done_again(tmp_path: Path) -> None:
    """Nothing of it is taken for an index."""
    dies = FakeEncoder(fail_after=3, failure=ModelError("模型坏了", "the model broke"))
    assert ready(tmp_path / "index", dies).status.stage is Stage.FAILED
    service = ready(tmp_path / "index")
    answerer = service.answerer()
    assert answerer is not None
    assert [report.name for report in answerer.index.reports] == [SEED_NAME]


def test_reports_that_a_former_version_embedded_answer_while_they_are_renewed(index_directory: Path) -> None:
    alter(index_directory, "UPDATE documents SET embedded = 'fa4e000000000001/1'")
    alter(index_directory, "UPDATE passage_vectors SET embedded = randomblob(16)")
    begun, go = threading.Event(), threading.Event()

    class Waiting(FakeEncoder):
        def encode_passages(self, passages: Sequence[PassageText]) -> list[PassageVectors]:
            begun.set()
            go.wait(30)
            return super().encode_passages(passages)

    service = ready(index_directory, Waiting())
    renewal = service.renewal
    try:
        assert renewal is not None and begun.wait(30)
        answerer = service.answerer()
        assert answerer is not None and len(answerer.index.stale) == 1
        assert answerer.ask("有效发明专利拥有量达多少件？").candidates[0].text == "5.3万件"
    finally:
        go.set()
    assert renewal.result() == 1
    renewed = service.answerer()
    assert renewed is not None and renewed.index.stale == ()
    assert renewed.ask("有效发明专利拥有量达多少件？").candidates[0].text == "5.3万件"


def test_a_failure_is_told_and_tried_again_only_when_asked(index_directory: Path) -> None:
    outcomes: list[Encoder | ModelError] = [ModelError("没有模型", "no model"), FakeEncoder()]

    def load() -> Encoder:
        outcome = outcomes.pop(0)
        if isinstance(outcome, ModelError):
            raise outcome
        return outcome

    service = Service(index_directory, SEEDS, load)
    service.start()
    service.wait(30)
    service.start()
    service.wait(30)
    failed = service.status
    assert (failed.stage, type(failed.error)) == (Stage.FAILED, ModelError)
    assert service.answerer() is None
    service.retry()
    service.wait(30)
    assert service.status == Status(Stage.READY)
    assert service.answerer() is not None


def test_an_index_of_another_model_is_a_failure_that_says_so(index_directory: Path) -> None:
    service = ready(index_directory, FakeEncoder(model="another"))
    assert isinstance(service.status.error, ModelMismatch)


def test_missing_seeds_are_a_failure_that_says_so(tmp_path: Path) -> None:
    service = Service(tmp_path / "index", tmp_path / "nowhere", FakeEncoder)
    service.start()
    service.wait(30)
    assert isinstance(service.status.error, SourceError)


def test_a_fault_of_the_program_is_not_hidden(index_directory: Path) -> None:
    def load() -> Encoder:
        raise ZeroDivisionError

    service = Service(index_directory, SEEDS, load)
    service.start()
    service.wait(30)
    with pytest.raises(ZeroDivisionError):
        _ = service.status


def test_reports_that_were_removed_from_the_index_stop_answering_at_once(
    index_directory: Path, tmp_path: Path
) -> None:
    service = ready(index_directory)
    before = service.answerer()
    assert before is not None
    assert service.answerer() is before
    build_index([write_report(tmp_path, "甲", "今年新增就业7万人。")], index_directory, FakeEncoder())
    after = service.answerer()
    assert after is not None
    assert [report.name for report in after.index.reports] == ["甲"]
    assert [report.name for report in before.index.reports] == [SEED_NAME]


def test_an_index_that_is_gone_or_damaged_since_is_an_error_not_an_old_answer(index_directory: Path) -> None:
    service = ready(index_directory)
    alter(index_directory, "DELETE FROM settings")
    with pytest.raises(IndexFault):
        service.answerer()
    shutil.rmtree(index_directory)
    with pytest.raises(IndexFault):
        service.answerer()
