"""What indexing and the engines cost is measured on what really happened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import engines, indexing, question_time
from benchmarks.question_time import Stage
from indexer.build import build_index
from indexer.index import open_index
from tests.fake_cross_encoder import FakeCrossEncoder
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

TEXTS = {"甲": "（一）扩大就业。新增就业20万人。", "乙": "（一）办好教育。新建学校30所。"}


def test_a_build_and_an_added_report_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = FakeEncoder()
    monkeypatch.setattr(indexing, "load_encoder", lambda: encoder)
    for name, text in TEXTS.items():
        write_report(tmp_path / "in", name, text)
    found = indexing.measure([tmp_path / "in"], tmp_path / "index")
    assert (found.reports, found.characters) == (2, sum(map(len, TEXTS.values())))
    assert found.passages >= 2
    assert found.build_s > 0 < found.add_s and found.disk_mb > 0 < found.peak_mb
    assert len([text for text in encoder.passages if "学校" in text.text or "就业" in text.text]) >= 3


def test_an_engine_is_measured_on_the_passages_of_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = FakeEncoder()
    monkeypatch.setattr(engines, "_loaded", lambda engine: encoder)
    report = write_report(tmp_path, "甲", TEXTS["甲"])
    found = engines.measure(engines.Engine.ONNX, report, 64, tmp_path / "found.npy")
    saved = np.load(tmp_path / "found.npy")
    assert len(saved) == len(encoder.passages) > 0
    assert found.query_ms > 0 < found.cpu_ms
    assert engines.least_cosine(saved, saved) == pytest.approx(1.0)
    assert engines.least_cosine(saved, -saved) == pytest.approx(-1.0)


def test_the_stages_of_a_question_are_parts_of_the_whole(tmp_path: Path) -> None:
    for name, text in TEXTS.items():
        write_report(tmp_path / "in", name, text)
    encoder, reader = FakeEncoder(), FakeCrossEncoder("30所")
    build_index([tmp_path / "in"], tmp_path / "index", encoder)
    index = open_index(tmp_path / "index", encoder.identity)
    questions = ["新建学校多少所？", "新增就业多少人？"]
    found = {one.stage: one for one in question_time.measure(index, encoder, reader, questions)}
    assert list(found) == [stage.value for stage in Stage]
    assert all(0 <= one.p50 <= one.p95 <= found[Stage.WHOLE].p95 for one in found.values())
    in_turn = [one for stage, one in found.items() if stage not in (Stage.WHOLE, Stage.WORDS)]
    assert sum(one.mean for one in in_turn) == pytest.approx(found[Stage.WHOLE].mean)
    for stage in (Stage.UNDERSTANDING, Stage.EMBEDDING, Stage.READING, Stage.WORDS, Stage.SCORING):
        assert found[stage].mean > 0, stage
    assert len(reader.asked) == 2 * len(questions), "a few are asked before the clock runs"
