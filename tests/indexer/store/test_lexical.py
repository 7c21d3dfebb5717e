from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from answers.retriever import Retriever
from answers.understanding.question import understand
from embeddings import Vectors
from indexer.build import build_index
from indexer.index import open_index
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.store.lexical import LexicalIndex, codes
from tests.conftest import make_document
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


def reports() -> list[Report]:
    first = "（一）做强产业。建设滨海智谷产业园。\n（二）改善民生。新建学校十所，让百姓满意。"
    second = "（一）做强产业。發展低空經濟，培育R&D企業。\n（二）改善民生。新建醫院三所。"
    return [parse_report(make_document(text, name)) for name, text in (("甲", first), ("乙", second))]


def test_a_name_is_found_where_it_stands() -> None:
    index = LexicalIndex(reports())
    (first, *_) = index.retrieve("滨海智谷产业园", 5)
    assert first.document == "甲"
    assert "滨海智谷" in reports()[0].passages[first.passage].span.of(reports()[0].text)
    assert index.retrieve("滨海智谷产业园", 5, ["乙"])[0].document == "乙"


def test_traditional_text_is_found_by_simplified_words_and_back() -> None:
    index = LexicalIndex(reports())
    assert index.retrieve("低空经济", 1) == index.retrieve("低空經濟", 1)
    assert index.retrieve("低空经济", 1)[0].document == "乙"


@pytest.mark.parametrize("query", ["", "🙂", "qqq"])
def test_words_that_no_passage_holds_find_nothing(query: str) -> None:
    assert LexicalIndex(reports()).retrieve(query, 5) == []


@pytest.mark.parametrize("documents", [[], [parse_report(make_document("……", "空"))]])
def test_a_library_without_words_has_an_index(documents: list[Report]) -> None:
    index = LexicalIndex(documents)
    assert index.retrieve("学校", 5) == []
    assert not index.get_scores("学校").any()


def test_scores_are_in_the_order_of_passages() -> None:
    index = LexicalIndex(reports())
    scores = index.get_scores("医院")
    for hit in index.retrieve("医院", 9):
        assert scores[index.row(hit.document, hit.passage)] == pytest.approx(hit.score)


def test_characters_pairs_words_and_figures_have_codes() -> None:
    assert len(codes("学校")) == 3
    assert len(codes("ab 3.5% 学")) == 3
    assert not set(codes("学校").tolist()) & set(codes("校学").tolist()[2:])


@pytest.mark.parametrize(
    ("question", "kept", "gone"),
    [
        ("江苏今年新建多少所学校？", "学校", "江苏"),
        ("高企有多少家？", "高新技术企业", "多少"),
        ("2025年长三角怎么发展低空经济", "低空经济", "长三角"),
    ],
)
def test_only_what_a_report_may_say_is_searched_for(question: str, kept: str, gone: str) -> None:
    searched = understand(question).terms
    assert kept in searched and gone not in searched


class OneVector(FakeEncoder):
    """Every text has the same vector, so that nothing but the words can decide."""

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 64), 0.125, np.float32)


def test_words_settle_what_vectors_leave_open(tmp_path: Path) -> None:
    text = "甲市政府工作报告\n" + "".join(
        f"（{n}）推进{thing}。{thing}的建设要抓紧抓好，让全市百姓满意。\n"
        for n, thing in zip("一二三四", ("云桥机场", "滨海智谷", "东湖大桥", "西山水库"), strict=True)
    )
    encoder = OneVector()
    build_index([write_report(tmp_path, "甲", text)], tmp_path / "index", encoder)
    retriever = Retriever(open_index(tmp_path / "index", encoder.identity), encoder)
    for thing in ("云桥机场", "滨海智谷", "东湖大桥", "西山水库"):
        (first, *_) = retriever.retrieve(understand(f"{thing}在哪里？")).hits
        report = retriever.index.report("甲")
        assert thing in first.passage.span.of(report.text)


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("新能源汽车今年要生产多少辆？", "新能源汽车"),
        ("上半年社会消费品零售总额是多少？", "上半年社会消费品零售总额"),
        ("主要污染物怎么减排？", "主要污染物"),
        ("有色金属产业能不能上台阶？", "有色金属产业"),
    ],
)
def test_characters_that_join_words_stay_where_they_are_part_of_one(question: str, kept: str) -> None:
    assert kept in understand(question).terms
