"""The bundled weights in the layout of sentence-transformers, from a tiny model file."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from embeddings.bundled_transformer import transformer_directory
from embeddings.errors import ModelError
from tests.tiny_e5 import tensors, tiny_e5


def test_the_directory_is_one_that_sentence_transformers_reads(weights: Path, cache: Path) -> None:
    directory = transformer_directory()
    assert directory.parent == cache
    modules = json.loads((directory / "modules.json").read_text())
    assert [module["type"].rsplit(".")[-1] for module in modules] == ["Transformer", "Pooling", "Normalize"]
    assert all((directory / module["path"]).is_dir() for module in modules)
    prompts = json.loads((directory / "config_sentence_transformers.json").read_text())["prompts"]
    assert prompts == {"query": "query: ", "passage": "passage: "}
    assert json.loads((directory / "config.json").read_text())["hidden_size"] == 32


def test_every_weight_of_the_file_is_in_the_directory(weights: Path, cache: Path) -> None:
    stored = load_file(transformer_directory() / "model.safetensors")
    given = tensors()
    assert np.array_equal(stored["embeddings.word_embeddings.weight"], given["emb.word"])
    assert np.array_equal(stored["encoder.layer.0.intermediate.dense.weight"], given["l0.fi.w"])
    assert np.array_equal(stored["encoder.layer.0.attention.output.LayerNorm.bias"], given["l0.aln.b"])
    pooler = 2
    assert len(stored) == len(given) + pooler


def test_the_tokenizer_keeps_the_full_width_tilde_and_follows_the_rules(weights: Path, cache: Path) -> None:
    tokenizer = Tokenizer.from_file(str(transformer_directory() / "tokenizer.json"))
    assert tokenizer.encode("甲～乙").tokens == ["<s>", "▁甲", "～", "乙", "</s>"]
    assert tokenizer.encode("甲~乙").tokens == ["<s>", "▁甲", "~", "乙", "</s>"]
    assert tokenizer.encode("\x01甲乙").tokens == tokenizer.encode("甲乙").tokens
    assert tokenizer.encode("５％").tokens == tokenizer.encode("5%").tokens
    assert tokenizer.encode("甲\u3000 甲").tokens == ["<s>", "▁甲", "▁甲", "</s>"]


def test_a_file_without_one_of_its_weights_is_told(weights: Path, cache: Path) -> None:
    whole = tensors()
    del whole["l0.oln.b"]  # the last one that is read
    weights.write_bytes(tiny_e5(whole))
    with pytest.raises(ModelError, match=r"l0\.oln\.b"):
        transformer_directory()
    assert list(cache.iterdir()) == []
