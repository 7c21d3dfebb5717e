"""A word that no report has is met with the word of the same sound that one has; what the reports merely lack with none."""

from __future__ import annotations

import pytest

from answers.understanding.question import understand
from answers.understanding.spelling import understand_spelled
from answers.understanding.suggested import Suggestion, suggestion

REPORTS = (
    "新建公园绿地100公顷，推进公元前遗址保护。",
    "公园免费开放，公园提质，公园增绿，城市公园、郊野公园。公园里的公园。",
    "新建充电桩1500个。",
    "粮食产量保持稳定。",
    "粮食产量稳步提高，农产良种覆盖率提高。水稻产量增加。小麦产量、玉米产量。油料产量。",
    "发放消费券一亿元。打造新消费圈。",
)


def frequency(word: str) -> int:
    return sum(sentence.count(word) for report in REPORTS for sentence in report.split("，"))


def says(words: str) -> bool:
    return any(words in report for report in REPORTS)


@pytest.mark.parametrize(
    ("typed", "query", "word"),
    [
        ("充电庄", "充电桩", "充电桩"),
        ("今年新建多少个充电庄？", "今年新建多少个充电桩？", "充电桩"),
        ("公元绿地", "公园绿地", "公园绿地"),
        ("粮食产良", "粮食产量", "粮食产量"),
    ],
)
def test_the_word_of_the_same_sound_is_offered(typed: str, query: str, word: str) -> None:
    assert suggestion(understand(typed), frequency, says) == Suggestion(query, word)


@pytest.mark.parametrize(
    "typed",
    [
        "充电桩",  # it stands there
        "比特币",  # nothing sounds like it
        "火锅",  # of two characters some other always makes a word
        "张消费券",  # a word that is said, with a sign beside it: 消费圈 is no better
        "一二三四五",  # a number is never another's sound
        "ningbo GDP 2024",
    ],
)
def test_nothing_is_offered_for_what_is_said_or_unlike_all_that_is(typed: str) -> None:
    assert suggestion(understand(typed), frequency, says) is None


def test_what_is_read_otherwise_already_is_let_be() -> None:
    pairs = {"目标": 900, "增长": 2500, "长目": 10}
    read = understand_spelled(
        "增长木标是多少", lambda word: max((n for p, n in pairs.items() if word in p), default=0)
    )
    assert read.respelled
    assert suggestion(read, frequency, says) is None
