"""What is exported for the app reads as what was trained, and can be trained on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from transformers import BertConfig

from embeddings.cross_encoder import MODEL_DIRECTORY
from training.export import export
from training.model import CrossEncoder
from training.restore import main as restore
from training.train import load, save

pytestmark = pytest.mark.model  # exporting takes ten seconds


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model with one feature that is a thousand times too large, as trained ones have."""
    folder = tmp_path_factory.mktemp("run")
    torch.manual_seed(5)
    config = BertConfig(vocab_size=2000, hidden_size=384, num_hidden_layers=2, num_attention_heads=12, intermediate_size=1536)  # fmt: skip
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
    given = {"ids": ids.numpy(), "mask": np.ones_like(ids.numpy())}
    return [np.asarray(values) for values in session.run(None, given)]


def test_the_exported_model_reads_as_the_trained_one_though_a_feature_is_huge(
    run: Path, exported: Path
) -> None:
    ids = torch.randint(5, 1990, (3, 70))
    with torch.no_grad():
        expected = load(run).eval()(ids, torch.ones_like(ids))
    for name, want, got in zip(expected._fields, expected, _logits(exported, ids), strict=True):
        if want.ndim == 2:  # of random weights, the relevance of all texts is the same
            assert np.corrcoef(got.ravel(), want.numpy().ravel())[0, 1] > 0.97, name


def test_training_can_go_on_from_the_exported_model(run: Path, exported: Path, tmp_path: Path) -> None:
    restore([str(exported), str(tmp_path)])
    trained, again = load(run).state_dict(), load(tmp_path).state_dict()
    assert trained.keys() == again.keys()
    for name, weight in trained.items():
        step = weight.float().abs().max() / 127
        assert (weight.float() - again[name].float()).abs().max() <= step, name
