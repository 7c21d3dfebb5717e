"""Questions in English in the words that reports use."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from answers.understanding import english
from answers.understanding.english import GLOSSARY, in_chinese, is_english
from answers.understanding.question import understand
from answers.understanding.wanted import Ask
from indexer.errors import KnowledgeError


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How many charging piles will Ningbo build in 2024?", "宁波市 2024年 充电桩 将 建 多少"),
        ("growth rate of grain output in Jiangsu 2020", "江苏省 2020年 粮食产量 增速"),
        ("What was China's GDP growth target for 2024?", "全国 2024年 GDP增长目标 是多少"),
        ("Suqian's total retail sales of consumer goods", "宿迁市 社会消费品零售总额"),
        ("projects worth over 50 million yuan in Anshan", "鞍山市 项目 亿元 5000万 元"),
        ("1.5 billion yuan", "15亿 元"),
        ("integration of the Yangtze River Delta", "长三角 融合"),
        ("Xi'an's AI industry", "西安市 人工智能产业"),
        ("Who is the mayor of Xuzhou?", "徐州市 市长 谁"),
        ("which schools were built", "学校 建成 哪些"),
    ],
)
def test_a_question_is_told_in_the_words_of_reports(question: str, told: str) -> None:
    assert is_english(question)
    assert in_chinese(question) == told


def test_the_longest_phrase_counts_in_any_of_its_forms() -> None:
    assert "农村居民人均可支配收入" in in_chinese("per-capita disposable incomes of rural residents in Lu'an")
    assert "老旧小区" in in_chinese("renovated OLD residential communities")


@pytest.mark.parametrize("question", ["GDP", "今年 GDP target 是多少", "2024", "5G基站", "What增长?"])
def test_what_is_not_english_is_read_as_it_was_typed(question: str) -> None:
    assert not is_english(question)
    assert understand(question).query == question
    assert not understand(question).in_other_words


def test_the_understanding_is_that_of_the_chinese_words_and_searches_with_both() -> None:
    question = "How many new old-age beds did Ningbo add in 2023?"
    read = understand(question)
    assert read.text == question
    assert read.in_other_words and read.read_otherwise
    assert read.query == in_chinese(question)
    assert read.search.startswith(read.query) and read.search.endswith(question)
    assert [region.name for region in read.places.regions] == ["宁波市"]
    assert read.years.named == (2023,)
    assert read.ask is Ask.NUMBER


def test_a_name_that_two_cities_share_means_both() -> None:
    assert {r.name for r in understand("Suzhou 2024 exports").places.regions} == {"苏州市", "宿州市"}


def test_every_row_of_the_glossary_is_found_by_its_own_words() -> None:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 6000
    heads = [row["english"].lower() for row in rows]
    assert len(set(heads)) == len(heads)
    assert heads == sorted(heads)
    for row in rows:
        assert row["english"].strip() == row["english"] and row["chinese"].strip() == row["chinese"]
        if row["part"] in ("", "first", "ask"):
            assert row["chinese"] in in_chinese(row["english"]), row


def test_a_glossary_that_cannot_be_read_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "english.csv"
    broken.write_text("english,chinese,part\nbridge,桥,nowhere\n", encoding="utf-8")
    monkeypatch.setattr(english, "GLOSSARY", broken)
    english._glossary.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match="nowhere"):
            in_chinese("the bridge")
    finally:
        monkeypatch.undo()
        english._glossary.cache_clear()
