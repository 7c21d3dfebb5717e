"""What is exported for the app reads as what was trained, and can be trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import BertConfig

from embeddings.cross_encoder import MODEL_DIRECTORY
from training.export import export
from training.model import CrossEncoder
from training.reader_graph import LAYER
from training.restore import main as restore
from training.smoothing import written_passages
from training.train import load, save

pytestmark = pytest.mark.model  # exporting takes ten seconds


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model with one feature that is a thousand times too large, as trained ones have."""
    folder = tmp_path_factory.mktemp("run")
    torch.manual_seed(5)
    tokenizer = Tokenizer.from_file(str(MODEL_DIRECTORY / "tokenizer.json"))
    config = BertConfig(vocab_size=tokenizer.get_vocab_size(), hidden_size=384, num_hidden_layers=2, num_attention_heads=12, intermediate_size=1536)  # fmt: skip
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    model = CrossEncoder(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter), alpha=0.02)  # none like another, as after training
        for name, parameter in model.named_parameters():
            if name.endswith("intermediate.dense.bias"):
                parameter[7] = 300.0
            elif name.endswith("output.dense.weight") and "attention" not in name:
                parameter[:, 7] *= 0.01
    config.save_pretrained(folder)
    save(model, folder)
    (folder / "tokenizer.json").write_bytes((MODEL_DIRECTORY / "tokenizer.json").read_bytes())
    return folder


@pytest.fixture(scope="module")
def exported(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("exported")
    export(run, out)
    return out


def _logits(directory: Path, ids: torch.Tensor) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(str(directory / "model.onnx"))
    names = ["relevance", "start", "end", "inside"]
    return [np.asarray(values) for values in session.run(names, {"ids": ids.numpy()})]


def test_the_exported_model_reads_as_the_trained_one_though_a_feature_is_huge(
    run: Path, exported: Path
) -> None:
    ids = torch.randint(5, 1990, (3, 70))
    with torch.no_grad():
        expected = load(run).eval()(ids, torch.ones_like(ids))
    for name, want, got in zip(expected._fields, expected, _logits(exported, ids), strict=True):
        assert got.shape == want.shape and got.dtype == np.float32
        if want.ndim == 2:  # of random weights, the relevance of all texts is the same
            assert np.corrcoef(got.ravel(), want.numpy().ravel())[0, 1] > 0.97, name


def test_training_can_go_on_from_the_exported_model(run: Path, exported: Path, tmp_path: Path) -> None:
    restore([str(exported), str(tmp_path)])
    trained, again = load(run).state_dict(), load(tmp_path).state_dict()
    assert trained.keys() == again.keys()
    half_steps = _half_steps(exported)
    for name, weight in trained.items():
        allowed = half_steps.get(name, torch.zeros(()))
        assert ((weight.float() - again[name].float()).abs() <= allowed * 1.001 + 1e-7).all(), name


def _half_steps(exported: Path) -> dict[str, torch.Tensor]:
    """How far a weight may be from what was trained: half a step of its column, by its row's factor."""
    arrays = {a.name: numpy_helper.to_array(a) for a in onnx.load(exported / "model.onnx").graph.initializer}
    found = {"encoder.embeddings.word_embeddings.weight": arrays["words.scale"] / 2}
    for layer in range(2):
        steps = {
            name: (arrays[f"l{layer}.{name}.factor"][:, None] * arrays[f"l{layer}.{name}.scale"]).T / 2
            for name in ("qkv", "ao", "fi", "fo")
        }
        steps |= dict(zip("qkv", np.split(steps["qkv"], 3), strict=True))
        for short, module in LAYER.items():
            if short in steps:
                found[f"encoder.encoder.layer.{layer}.{module}.weight"] = steps[short]
    return {name: torch.from_numpy(step) for name, step in found.items()}


def test_matrices_have_seven_bits_and_columns_use_them(exported: Path) -> None:
    model = onnx.load(exported / "model.onnx")
    arrays = {array.name: numpy_helper.to_array(array) for array in model.graph.initializer}
    matrices = [array for name, array in arrays.items() if array.dtype == np.int8 and name != "words.weight"]
    assert len(matrices) == 8
    for matrix in matrices:
        assert (np.abs(matrix.astype(int)).max(axis=0) == 63).all()


def test_a_file_of_another_make_is_refused(exported: Path, tmp_path: Path) -> None:
    model = onnx.load(exported / "model.onnx")
    kept = [array for array in model.graph.initializer if array.name != "l1.fi.factor"]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    onnx.save(model, tmp_path / "model.onnx")
    with pytest.raises(ValueError, match=r"l1\.fi\.factor"):
        restore([str(tmp_path), str(tmp_path / "out")])


def test_the_factors_are_found_on_passages_of_every_kind() -> None:
    found = list(written_passages())
    assert 60 <= len(found) <= 70
    assert len({title for title, _, _ in found}) == len(found)
    assert all(question and text for _, text, question in found)
