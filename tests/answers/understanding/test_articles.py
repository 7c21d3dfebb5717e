from __future__ import annotations

import pytest

from answers.understanding.articles import AskedArticle, asked_article
from answers.understanding.question import understand


@pytest.mark.parametrize(
    ("question", "number", "rule"),
    [
        ("第四条规定了什么？", 4, ""),
        ("丁市城市更新条例第十二条的内容是什么", 12, "丁市城市更新条例"),
        ("《数据条例》第3条", 3, "数据条例"),
        ("请列出第一百零一条原文", 101, ""),
        ("数据条例的第 二十 条说了啥", 20, "数据条例"),
    ],
)
def test_an_article_is_asked_for_by_its_number(question: str, number: int, rule: str) -> None:
    assert asked_article(question) == AskedArticle(number, rule) == understand(question).article


@pytest.mark.parametrize(
    "question",
    [
        "第四条规定的罚款是多少",
        "违反第三条怎么处罚",
        "第三条和第五条有什么不同",
        "新建第三条地铁线路",
        "今年新建多少个充电桩？",
    ],
)
def test_a_question_for_something_in_it_is_none(question: str) -> None:
    assert asked_article(question) is None


@pytest.mark.parametrize("question", ["第五一条怎么规定", "第二五条的内容是什么？"])
def test_what_is_no_number_is_no_article(question: str) -> None:
    assert asked_article(question) is None
