from __future__ import annotations

import pytest

from answers.caveats import caveats, time_of
from indexer.text.span import Span


def told(question: str, sentence: str, answer: str) -> tuple[str | None, str | None]:
    at = sentence.index(answer)
    found = caveats(question, sentence, Span(at, at + len(answer)), Span(0, len(sentence)))
    time = found.of_other_time
    return found.pair.of(sentence) if found.pair else None, time.zh if time else None


BEDS = "建设老年友好型社区20个，新增社会养老床位4000张、家庭养老床位500张，实施助餐服务。"


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "pair"),
    [
        ("新增养老床位多少张？", BEDS, "4000张", "新增社会养老床位4000张、家庭养老床位500张"),
        ("新增养老床位多少张？", BEDS, "500张", "新增社会养老床位4000张、家庭养老床位500张"),
        ("新增多少张社会养老床位？", BEDS, "4000张", None),
        ("建设多少个老年友好型社区？", BEDS, "20个", None),
        ("居民收入增长多少？", "城乡居民收入分别增长5%和7%。", "5%", "城乡居民收入分别增长5%和7%"),
        ("居民收入增长多少？", "城镇居民收入增长5%，农村居民收入增长7%。", "5%", None),
        ("新建多少所学校？", "新建学校11所、医院12所。", "11所", None),
        ("新增多少张床位？", BEDS, "新增社会养老床位4000张、家庭养老床位500张", None),
        ("是什么？", "坚持稳中求进。", "稳中求进", None),
    ],
)
def test_half_of_a_pair_is_told_with_its_other_half(
    question: str, sentence: str, answer: str, pair: str | None
) -> None:
    assert told(question, sentence, answer)[0] == pair


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "time"),
    [
        ("每月补助多少元？", "困难家庭每人每年补助2400元。", "2400元", "问的是每月，原文写的是每年的数"),
        ("一年补助多少元？", "基础养老金每人每月提高到165元。", "165元", "问的是每年，原文写的是每月的数"),
        ("每月补助多少元？", "基础养老金每人每月提高到165元。", "165元", None),
        ("补助多少元？", "困难家庭每人每年补助2400元。", "2400元", None),
        ("每月补助多少元？", "困难家庭补助2400元。", "2400元", None),
        ("每月补助多少元？", "每人每月补助200元，每年补助2400元。", "200元", None),
        ("每月增长多少？", "收入年均增长6%。", "6%", None),
    ],
)
def test_a_number_of_another_time_than_asked_for_says_so(
    question: str, sentence: str, answer: str, time: str | None
) -> None:
    assert told(question, sentence, answer)[1] == time


def test_words_of_two_times_tell_none() -> None:
    assert time_of("每人每月200元，每年2400元") is None
