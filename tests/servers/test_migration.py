"""An index moves to servers and back with all it holds, and nothing is embedded for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answers.__main__ import app as answers_app
from answers.commitments.tracking.judgements import judge, judgements
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import track
from indexer.__main__ import app
from indexer.build import build_index
from indexer.errors import DamagedIndex, ModelMismatch
from indexer.library import correct_metadata
from indexer.location import index_path
from indexer.proof.verify import verify_index
from indexer.reports import open_reports
from indexer.saving.migration import migrate_index
from indexer.store.database import open_store
from tests.conftest import SEEDS
from tests.fake_encoder import FakeEncoder
from tests.index_files import alter, write_report
from tests.servers.shared_index import found, opened, settled, small_reports

pytestmark = pytest.mark.servers


def judged(directory: Path, name: str, note: str) -> None:
    earlier, later = open_reports(directory)[:2]
    judge(directory, track(earlier, later)[0], earlier, later, Status.DONE, name, note)


def pair_of_reports(folder: Path) -> list[Path]:
    return [
        write_report(
            folder, "2023年甲县政府工作报告", "(一)2023年目标。今年新建充电桩300个。地区生产总值增长6%。\n"
        ),
        write_report(
            folder, "2024年甲县政府工作报告", "(一)2023年工作回顾。新建充电桩320个。地区生产总值增长6.1%。\n"
        ),
    ]


def test_a_migrated_index_answers_as_before_and_comes_back(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    local, back = tmp_path / "local", tmp_path / "back"
    build_index(
        [SEEDS, *small_reports(tmp_path / "in", 5), *pair_of_reports(tmp_path / "in")], local, encoder
    )
    correct_metadata("2024年县1政府工作报告", local, encoder, {"title": "改过的标题"})
    judged(local, "张三", "已核实")
    before = opened(local)
    result = migrate_index(local, shared)
    assert (result.copied, result.there, result.judgements, result.finished) == (8, 0, 1, True)
    settled(shared)
    after = opened(shared)
    for question in ("今年新建多少个充电桩？", "投资多少亿元？"):
        assert found(after, question, 30) == found(before, question, 30)
        assert after.worded(question, 9) == before.worded(question, 9)
    assert [e.metadata for e in after.reports] == [e.metadata for e in before.reports]
    assert judgements(shared) == judgements(local)
    assert verify_index(shared) == ()
    assert migrate_index(shared, back).copied == 8
    assert found(opened(back), "投资多少亿元？", 30) == found(before, "投资多少亿元？", 30)
    assert judgements(back) == judgements(local)
    assert verify_index(back) == ()


def test_a_migration_that_was_stopped_goes_on_and_leaves_what_is_there_alone(
    tmp_path: Path, shared: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = tmp_path / "local"
    paths = small_reports(tmp_path / "in", 5)
    build_index(paths, local, encoder)
    other = write_report(tmp_path / "other", paths[0].stem, "(一)另一份同名的报告。")
    build_index(other, shared, encoder)
    monkeypatch.setattr("indexer.saving.migration._AT_ONCE", 2)
    answers = iter([False, True])
    stopped = migrate_index(local, shared, cancelled=lambda: next(answers))
    assert (stopped.copied, stopped.there, stopped.finished) == (2, 1, False)
    told: list[str] = []
    result = migrate_index(local, shared, lambda step: told.append(step.document))
    assert (result.copied, result.there, result.different) == (2, 3, (paths[0].stem,))
    assert told == [paths[3].stem]
    assert "另一份" in opened(shared).report(paths[0].stem).text
    assert migrate_index(local, shared).copied == 0
    assert verify_index(shared) == ()


def test_an_index_of_another_model_or_with_altered_vectors_is_not_copied(
    tmp_path: Path, shared: Path, encoder: FakeEncoder
) -> None:
    local = tmp_path / "local"
    paths = small_reports(tmp_path / "in", 2)
    build_index(paths[0], shared, encoder)
    build_index(paths, local, FakeEncoder(32, "another", "fa4e000000000002"))
    with pytest.raises(ModelMismatch, match="another"):
        migrate_index(local, shared)
    build_index(paths, local, encoder)
    alter(local, "UPDATE passage_vectors SET seal = x'00'")
    with pytest.raises(DamagedIndex, match=paths[1].stem):
        migrate_index(local, shared)
    with open_store(shared) as store:
        assert store.names() == [paths[0].stem]


def test_what_a_person_says_on_one_machine_is_read_on_another_and_outlives_a_new_index(
    tmp_path: Path, new_machine: Callable[[], None], address: str, shared: Path, encoder: FakeEncoder
) -> None:
    paths = pair_of_reports(tmp_path / "in")
    build_index(paths, shared, encoder)
    assert judgements(shared) == ()
    judged(shared, "张三", "已核实")
    new_machine()
    elsewhere = index_path(address)
    assert elsewhere != shared
    judged(elsewhere, "李四", "再核实")
    assert [(one.name, one.note) for one in judgements(shared)] == [("张三", "已核实"), ("李四", "再核实")]
    build_index(paths, shared, FakeEncoder(32, "another", "fa4e000000000002"))
    assert len(judgements(elsewhere)) == 2


def test_the_commands_take_an_address(tmp_path: Path, address: str, encoder: FakeEncoder) -> None:
    local = tmp_path / "local"
    paths = small_reports(tmp_path / "in", 2)
    build_index(paths, local, encoder)

    def run(*arguments: str) -> str:
        ended = CliRunner().invoke(app, list(arguments))
        assert ended.exit_code == 0, ended.output
        return ended.output

    assert f"{local} 复制到 {address}：2 份报告" in run("migrate", "--to", address, "--index", str(local))
    assert paths[0].stem in run("list", "--json", "--index", address)
    assert f"索引 {address}，第" in run("status", "--index", address)
    assert address in run("verify", "--index", address)
    listed = CliRunner().invoke(answers_app, ["commitments", "--json", "--index", address])
    assert listed.exit_code == 0 and "投资7亿元" in listed.output.replace(" ", ""), listed.output
    assert address in run("remove", paths[0].stem, "--index", address)
    assert "1 份报告" in run("migrate", "--to", address, "--index", str(local))
