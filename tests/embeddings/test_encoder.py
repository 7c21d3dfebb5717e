from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from embeddings import (
    BUNDLED_MODEL,
    Encoder,
    ModelError,
    PassageText,
    SentenceTransformerEncoder,
    chosen_model,
    load_encoder,
)
from embeddings.bundled_transformer import transformer_directory
from tests.fake_encoder import FakeEncoder


@pytest.mark.parametrize(
    ("setting", "model"),
    [(None, BUNDLED_MODEL), ("", BUNDLED_MODEL), ("  ", BUNDLED_MODEL), (" /models/mine ", "/models/mine")],
)
def test_the_setting_names_the_model_and_without_it_the_bundled_one_is_used(
    monkeypatch: pytest.MonkeyPatch, setting: str | None, model: str
) -> None:
    if setting is not None:
        monkeypatch.setenv("WENBAO_MODEL", setting)
    assert chosen_model() == model


def test_the_fake_encoder_behaves_as_encoders_promise() -> None:
    encoder = FakeEncoder()
    texts = ["新增就业20万人", "新增就业20万人。", "森林面积", ""]
    vectors = np.stack(
        [each.whole for each in encoder.encode_passages([PassageText("", t, ()) for t in texts])]
    )
    assert vectors.shape == (4, 64)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.8 > vectors[0] @ vectors[2]
    assert np.array_equal(vectors, FakeEncoder().encode_queries(texts))


def test_the_parts_of_the_fake_encoder_have_the_head_before_them() -> None:
    encoder = FakeEncoder(fail_after=2)
    passage = PassageText("题", "新增就业20万人。森林面积", ((0, 9), (9, 13)))
    found = encoder.encode_passages([passage])[0]
    expected = encoder.encode_queries(["题 新增就业20万人。森林面积", "题 新增就业20万人。", "题 森林面积"])
    assert np.array_equal(np.vstack([found.whole, found.parts]), expected)
    assert encoder.passages == [passage]
    with pytest.raises(RuntimeError, match="died"):
        encoder.encode_passages([passage, passage])


def of_another_make(folder: Path, mode: str) -> Path:
    """The bundled model with another pooling."""
    copy = folder / mode
    shutil.copytree(
        transformer_directory(), copy, copy_function=lambda source, to: Path(to).symlink_to(source)
    )
    config = copy / "1_Pooling" / "config.json"
    config.unlink()
    config.write_text(json.dumps({"word_embedding_dimension": 384, f"pooling_mode_{mode}": True}))
    return copy


@pytest.mark.model
def test_a_model_that_does_not_take_the_mean_embeds_each_part_by_itself(tmp_path: Path) -> None:
    encoder = load_encoder(str(of_another_make(tmp_path, "cls_token")))
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert encoder.parallel == 1
    (found,) = encoder.encode_passages([PassageText("题", "新增就业20万人。森林面积", ((0, 9), (9, 13)))])
    expected = encoder._encode(["题 新增就业20万人。森林面积", "题 新增就业20万人。", "题 森林面积"])
    assert np.allclose(np.vstack([found.whole, found.parts]), expected, atol=1e-3)
    assert encoder.identity.fingerprint != load_encoder(str(transformer_directory())).identity.fingerprint


@pytest.mark.model
def test_vectors_are_in_the_order_of_the_passages_whatever_their_length() -> None:
    encoder = load_encoder(str(transformer_directory()))
    texts = ["森林" * 60, "新增就业20万人。", "港口" * 400, "水"] * 10
    found = encoder.encode_passages([PassageText("题", text, ((0, 1), (0, len(text)))) for text in texts])
    assert len(found) == 40
    for text, vectors in zip(texts[:4], found[36:], strict=True):
        (alone,) = encoder.encode_passages([PassageText("题", text, ((0, 1), (0, len(text))))])
        assert vectors.parts.shape == (2, encoder.identity.dimension)
        assert float(alone.whole @ vectors.whole) > 0.999
        assert float((alone.parts * vectors.parts).sum(axis=1).min()) > 0.999
    assert encoder.encode_passages([]) == []


@pytest.mark.model
def test_no_texts_have_no_vectors(model_encoder: Encoder) -> None:
    assert model_encoder.encode_queries([]).shape == (0, model_encoder.identity.dimension)
    assert load_encoder(str(transformer_directory())).encode_queries([]).shape == (0, 384)


@pytest.mark.model
def test_the_identity_names_the_model_and_tells_its_weights(model_encoder: Encoder) -> None:
    identity = model_encoder.identity
    assert (identity.model, identity.dimension) == (BUNDLED_MODEL, 384)
    assert re.fullmatch(r"[0-9a-f]{16}-[0-9a-f]{8}", identity.fingerprint)
    assert load_encoder().identity == identity


@pytest.mark.model
@pytest.mark.parametrize("content", [{}, {"config.json": "{}"}, {"modules.json": "["}])
def test_a_folder_that_is_no_model_is_named_with_what_to_do(tmp_path: Path, content: dict[str, str]) -> None:
    folder = tmp_path / "nomodel"
    folder.mkdir()
    for name, text in content.items():
        (folder / name).write_text(text)
    with pytest.raises(ModelError, match="nomodel") as caught:
        load_encoder(str(folder))
    assert "WENBAO_MODEL" in caught.value.text.en


@pytest.mark.model
def test_a_model_whose_weights_are_cut_short_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    for path in transformer_directory().iterdir():
        if path.name != "model.safetensors":
            (folder / path.name).symlink_to(path)
    with (transformer_directory() / "model.safetensors").open("rb") as stream:
        (folder / "model.safetensors").write_bytes(stream.read(1_000_000))
    with pytest.raises(ModelError, match="broken"):
        load_encoder(str(folder))


@pytest.mark.model
def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="absent"):
        load_encoder(str(tmp_path / "absent"))
