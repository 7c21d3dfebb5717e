"""What indexing and the engines cost is measured on what really happened."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks import engines, indexing
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
