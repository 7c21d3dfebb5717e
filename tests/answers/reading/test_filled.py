"""What fills a blank, and which option stands in a report."""

from __future__ import annotations

import pytest

from answers.reading.filled import filling_of, fillings
from answers.understanding.quiz import Quiz, read_quiz
from indexer.text.span import Span


def filled(question: str, sentence: str) -> list[str]:
    return [f.span.of(sentence) for f in fillings(sentence, Span(0, len(sentence)), read_quiz(question))]


@pytest.mark.parametrize(
    ("question", "sentence", "found"),
    [
        (
            "要确保金垭机场（ ）正式通航。",
            "力争开工高速，确保金垭机场5月正式通航、开通航线20条以上。",
            ["5月"],
        ),
        # A figure with its unit, though the sheet prints the unit.
        ("全社会研发投入达____亿元。", "全社会研发投入达10.3亿元，增速居全省第2位。", ["10.3亿元"]),
        # As much as can be of the words on both sides.
        ("赤峰市连续（ ）年保持国家卫生城市荣誉称号", "连续28年保持国家卫生城市荣誉称号。", ["28年"]),
        ("粮食总产达到____亿斤", "粮食总产达到 65亿斤。", ["65亿斤"]),
        ("（ ）被评为全国文明城市", "2021年，南宁市被评为全国文明城市。", ["南宁市"]),
        ("研发投入达____亿元。", "粮食产量达118万吨。", []),
        ("连续多少年无火灾？A.40年 B.41年", "连续57个月无事故，连续41年无森林火灾。", ["41年"]),
        ("建成多少所？A.40 B.41", "建成140所、41.5万平方米。", []),
        ("获什么奖？A.“人居奖”范例奖 B.鲁班奖", "获“人居奖”范例奖。", ["“人居奖”范例奖"]),
        ("什么年？A.“攻坚年” B.突破年", "也是攻坚年。", ["攻坚年"]),
        # Of the options the one that fits the blank.
        ("连续____年无火灾。A.57 B.41", "连续57个月无事故，连续41年无火灾。", ["41"]),
    ],
)
def test_what_stands_there_to_the_letter(question: str, sentence: str, found: list[str]) -> None:
    assert filled(question, sentence) == found


def test_how_much_of_the_words_beside_a_blank_stands_there() -> None:
    sentence = "全社会研发投入达10.3亿元。"
    whole = Span(0, len(sentence))
    answer = Span(sentence.index("10.3"), sentence.index("。"))
    close = filling_of(sentence, whole, answer, read_quiz("内江2020年全社会研发投入达____亿元"))
    far = filling_of(sentence, whole, answer, read_quiz("某县投入达____亿元"))
    assert close is not None and far is not None
    assert 0 < far.context < close.context <= 1
    assert filling_of(sentence, whole, answer, Quiz()) is None
