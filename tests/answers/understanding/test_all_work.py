from __future__ import annotations

import pytest

from answers.understanding.question import understand


@pytest.mark.parametrize(
    "question",
    [
        "今年要重点抓哪些工作？",
        "湖北今年的重点工作有哪些",
        "報告對今年的工作作了哪些部署？",
        "宁波市2023年工作安排是怎样的",
        "2023年重点工作",
        "去年做了哪些工作？",
        "What are the main tasks for this year?",
    ],
)
def test_a_question_of_nothing_but_work_is_for_all_of_it(question: str) -> None:
    assert understand(question).all_work


@pytest.mark.parametrize(
    "question",
    [
        "今年教育方面要抓好哪些工作？",
        "今年政府工作的总体要求是什么？",
        "2023年要办哪些民生实事？",
        "今年的目标是什么？",
        "就业工作怎么抓？",
        "今年有哪些重点项目？",
        "What are the main education tasks for this year?",
    ],
)
def test_any_other_word_is_a_matter_of_its_own(question: str) -> None:
    assert not understand(question).all_work
