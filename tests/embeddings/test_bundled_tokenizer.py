"""The tokenizer that takes only the pieces of a text gives the tokens of the one with all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from embeddings.bundled import weights_path
from embeddings.bundled_tokenizer import LeanTokenizer, whole_tokenizer
from embeddings.e5_file import E5File
from tests.conftest import SEEDS
from tests.tiny_e5 import PIECES, RULES, tiny_e5

TINY = [*"甲乙～~5%％５ \t\x01\u3000Ａ未ﬁ", "<s>", "</s>", "<pad>", "<unk>", "\ue000", "▁"]


def same(lean: LeanTokenizer, whole: Tokenizer, text: str) -> bool:
    ids, encoding = lean.encode(text)
    expected = whole.encode(text)
    return (ids.tolist(), encoding.offsets, encoding.special_tokens_mask) == (
        expected.ids, expected.offsets, expected.special_tokens_mask,
    )  # fmt: skip


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(TINY), max_size=30))
def test_of_a_small_vocabulary(tmp_path: Path, parts: list[str]) -> None:
    path = tmp_path / "tiny.bin"
    path.write_bytes(tiny_e5())
    source = E5File(path).tokenizer
    assert len(source.pieces) == len(PIECES) and len(source.rules) == len(RULES)
    assert same(LeanTokenizer(source), whole_tokenizer(source), "".join(parts))


@pytest.fixture(scope="module")
def lean() -> LeanTokenizer:
    return LeanTokenizer(E5File(weights_path()).tokenizer)


@pytest.fixture(scope="module")
def whole() -> Tokenizer:
    return whole_tokenizer(E5File(weights_path()).tokenizer)


@pytest.mark.model
def test_of_a_report(lean: LeanTokenizer, whole: Tokenizer) -> None:
    text = next(SEEDS.glob("*.txt")).read_text(encoding="utf-8")
    texts = [f"passage: {text[start : start + 250]}" for start in range(0, len(text), 250)]
    assert len(texts) > 15 and [each for each in texts if not same(lean, whole, each)] == []


@pytest.mark.model
@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60))
def test_of_any_text(lean: LeanTokenizer, whole: Tokenizer, text: str) -> None:
    assert same(lean, whole, text)


@pytest.mark.model
def test_the_normaliser_of_the_file_is_that_of_the_tokenizer(lean: LeanTokenizer) -> None:
    """Every rule of the model file that we rebuilt from NFKC gives the tokens its replacement gives."""
    wrong = []
    for rule in E5File(weights_path()).tokenizer.rules[::7]:
        written, meant = (lean.encode(f"甲{each}乙")[0] for each in (rule.character, rule.replacement))
        if written.tolist() != meant.tolist():
            wrong.append((rule.character, rule.replacement))
    assert wrong == []
