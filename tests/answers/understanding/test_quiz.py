"""Statements with a blank, and questions with options."""

from __future__ import annotations

import pytest

from answers.understanding.question import understand
from answers.understanding.quiz import NO_QUIZ, Quiz, read_quiz


@pytest.mark.parametrize(
    ("question", "quiz"),
    [
        ("全社会研发投入达____亿元，同比增长77.6%。", Quiz("全社会研发投入达", "亿元")),
        ("2022年要确保金垭机场（　　）正式通航。", Quiz("2022年要确保金垭机场", "正式通航")),
        ("（）被评为全国文明城市", Quiz("", "被评为全国文明城市")),
        ("连续多少年无火灾？ A.40年 B.41年 C.42年", Quiz(options=("40年", "41年", "42年"))),
        ("获评____称号。A、文明城市；B、卫生城市", Quiz("获评", "称号", ("文明城市", "卫生城市"))),
    ],
)
def test_blank_and_options_are_read(question: str, quiz: Quiz) -> None:
    assert understand(question).quiz == quiz


@pytest.mark.parametrize(
    "question",
    [
        "今年GDP增长多少？",
        "PM2.5浓度是多少？",
        "5A级景区有几家",
        "机场（一期）何时开工",
        "A.I.产业规模",
        "What is the GDP target?",
    ],
)
def test_other_questions_have_neither(question: str) -> None:
    assert read_quiz(question) == NO_QUIZ
    assert not read_quiz(question)
