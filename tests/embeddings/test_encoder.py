from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings import BUNDLED_MODEL, ModelError, SentenceTransformerEncoder, chosen_model, load_encoder
from embeddings.bundled import bundled_model_directory
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
    vectors = encoder.encode_passages(["新增就业20万人", "新增就业20万人。", "森林面积", ""])
    assert vectors.shape == (4, 64)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.8 > vectors[0] @ vectors[2]
    assert np.array_equal(
        vectors, FakeEncoder().encode_queries(["新增就业20万人", "新增就业20万人。", "森林面积", ""])
    )


@pytest.mark.model
def test_vectors_are_unit_vectors_in_the_order_of_the_texts(
    model_encoder: SentenceTransformerEncoder,
) -> None:
    texts = ["森林" * 60, "新增就业20万人。", "港口" * 30, "水"] * 10
    told: list[tuple[int, int]] = []
    vectors = model_encoder.encode_passages(texts, lambda done, total: told.append((done, total)))
    assert vectors.shape == (40, model_encoder.identity.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    for text, vector in zip(texts[:4], vectors[:4], strict=True):
        assert model_encoder.encode_passages([text])[0] @ vector > 0.9999
    assert told == [(32, 40), (40, 40)]


@pytest.mark.model
def test_no_texts_have_no_vectors(model_encoder: SentenceTransformerEncoder) -> None:
    assert model_encoder.encode_passages([]).shape == (0, model_encoder.identity.dimension)


@pytest.mark.model
def test_the_identity_names_the_model_and_tells_its_weights(
    model_encoder: SentenceTransformerEncoder,
) -> None:
    identity = model_encoder.identity
    assert (identity.model, identity.dimension) == (BUNDLED_MODEL, 384)
    assert len(identity.fingerprint) == 16
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
    for path in bundled_model_directory().iterdir():
        if path.name != "model.safetensors":
            (folder / path.name).symlink_to(path)
    with (bundled_model_directory() / "model.safetensors").open("rb") as stream:
        (folder / "model.safetensors").write_bytes(stream.read(1_000_000))
    with pytest.raises(ModelError, match="broken"):
        load_encoder(str(folder))


@pytest.mark.model
def test_a_path_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="absent"):
        load_encoder(str(tmp_path / "absent"))
