from __future__ import annotations

import time

import pytest

from answers.understanding.follow_up import follow_up, own_topic
from answers.understanding.phrases import phrases, with_place, with_time
from indexer.text.span import Span
from tests.question_sets import question_texts

GROWTH = "宁波2023年GDP增速是多少？"
PILES = "今年新建多少个充电桩？"
MEANS = "今年怎么发展低空经济？"
TARGET = "湖北2024年城镇新增就业目标是多少"
PAIR = "江苏、浙江两省今年的进出口增长多少？"


@pytest.mark.parametrize(
    ("typed", "before", "meant"),
    [
        # Another time.
        ("那去年呢？", GROWTH, "宁波去年GDP增速是多少？"),
        ("那么，去年呢", GROWTH, "宁波去年GDP增速是多少？"),
        ("那2022年呢？", GROWTH, "宁波2022年GDP增速是多少？"),
        ("那22年呢？", GROWTH, "宁波22年GDP增速是多少？"),
        ("2022年呢？", GROWTH, "宁波2022年GDP增速是多少？"),
        ("2021", GROWTH, "宁波2021年GDP增速是多少？"),
        ("去年是多少？", PILES, "去年新建多少个充电桩？"),
        ("那去年呢？", TARGET, "湖北去年城镇新增就业目标是多少？"),
        ("近三年呢？", GROWTH, "宁波近三年GDP增速是多少？"),
        ("去年呢？", "充电桩新建多少个？", "去年充电桩新建多少个？"),
        ("去年呢？", "德清新建公路多少公里？", "德清去年新建公路多少公里？"),
        ("那“十四五”期间呢", PILES, "“十四五”期间新建多少个充电桩？"),
        # The year before or after the one that was asked for.
        ("前一年呢？", GROWTH, "宁波2022年GDP增速是多少？"),
        ("再往前一年呢？", GROWTH, "宁波2022年GDP增速是多少？"),
        ("那次年呢？", GROWTH, "宁波2024年GDP增速是多少？"),
        ("前一年呢？", PILES, "去年新建多少个充电桩？"),
        # Another place.
        ("那湖北呢？", GROWTH, "湖北2023年GDP增速是多少？"),
        ("湖北", GROWTH, "湖北2023年GDP增速是多少？"),
        ("湖北是多少？", GROWTH, "湖北2023年GDP增速是多少？"),
        ("那湖北呢？", PILES, "湖北今年新建多少个充电桩？"),
        ("湖北呢", "我市今年新建多少个充电桩？", "湖北今年新建多少个充电桩？"),
        ("那湖北呢？", PAIR, "湖北今年的进出口增长多少？"),
        ("江苏和浙江呢？", PILES, "江苏和浙江今年新建多少个充电桩？"),
        ("那沛县呢？", "德清新建公路多少公里？", "沛县新建公路多少公里？"),
        ("那全国呢？", GROWTH, "全国2023年GDP增速是多少？"),
        ("湖北去年呢？", PILES, "湖北去年新建多少个充电桩？"),
        # Something else of the same thing.
        ("目标是多少？", GROWTH, "宁波2023年GDP增速目标是多少？"),
        ("那目标呢？", PILES, "今年新建充电桩目标是多少？"),
        ("湖北的目标是多少？", GROWTH, "湖北2023年GDP增速目标是多少？"),
        ("目标是多少？", TARGET, "湖北2024年城镇新增就业目标是多少？"),
        ("实际完成了多少？", TARGET, "湖北2024年城镇新增就业实际完成了多少？"),
        ("完成了吗？", TARGET, "湖北2024年城镇新增就业目标完成了吗？"),
        ("完成得怎么样", "今年GDP增长目标是多少？", "今年GDP增长目标完成得怎么样？"),
        ("同比增长多少？", "去年粮食产量达到多少亿斤？", "去年粮食产量同比增长多少？"),
        ("总量呢？", GROWTH, "宁波2023年GDP总量是多少？"),
        ("有哪些措施？", PILES, "今年新建充电桩有哪些措施？"),
        ("什么时候完成？", PILES, "今年新建充电桩什么时候完成？"),
        ("目标呢？", MEANS, "今年发展低空经济目标是什么？"),
        # Another thing.
        ("那粮食产量呢？", GROWTH, "宁波2023年粮食产量是多少？"),
        ("那工业增加值呢？", GROWTH, "宁波2023年工业增加值增速是多少？"),
        ("那高新技术企业呢？", PILES, "今年新建多少高新技术企业？"),
        ("海洋经济呢？", MEANS, "今年海洋经济有哪些举措？"),
        ("那粮食产量呢？", TARGET, "湖北2024年粮食产量目标是多少？"),
        ("农村呢？", "去年城镇居民收入增长多少？", "去年农村居民收入增长多少？"),
        ("那出口呢", "2024年进口增长多少？", "2024年出口增长多少？"),
        # English, place and time.
        ("what about last year?", "How many piles will be built this year?", "How many piles will be built last year?"),
        ("And Hubei?", "What was the GDP growth of Zhejiang in 2023?", "What was the GDP growth of Hubei in 2023?"),
        ("How about 2022?", "How many jobs were created?", "How many jobs were created 2022?"),
    ],
)  # fmt: skip
def test_a_question_that_goes_on_is_completed_from_the_one_before(
    typed: str, before: str, meant: str
) -> None:
    assert follow_up(typed, before) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "今年新建多少个充电桩？", "那今年新建多少个充电桩？", "研发投入占比", "湖北 2026 城镇新增就业目标",
        "今年有哪些目标？", "2024年的主要预期目标是什么？", "去年财政收入增长多少？", "那些项目完成了吗？", "粮食产量",
        "怎么提高农民收入呢？", "那曲去年新建了多少公里公路？", "投资多少？", "其中制造业占多少？", "呢", "？", "", "那呢？",
        "谁作的报告？", "为什么？", "农村呢？", "今年政府工作报告提出的目标是多少", "那160个县分别在哪些省份？", "去年呢？湖北呢？",
        "what is the target?", "how about grain output?",
    ],
)  # fmt: skip
def test_what_stands_alone_or_is_not_sure_is_asked_as_it_is(typed: str) -> None:
    assert follow_up(typed, GROWTH) is None


@pytest.mark.parametrize(
    ("typed", "before"),
    [
        ("那去年呢？", "2024年比2023年增长多少？"),  # which of the two
        ("那去年呢？", "2023年的目标，2024年完成了多少？"),
        ("那湖北呢？", "宁波对接上海，江苏对接浙江，各建几个园区？"),
        ("目标是多少？", "GDP增速和城镇新增就业分别是多少？"),  # of which
        ("目标是多少？", "哪个市的增速最快？"),
        ("那去年呢？", "目标是多少？"),  # nothing that it could go on from
        ("那去年呢？", ""),
        ("what about last year?", GROWTH),
        ("那去年呢？", "How many jobs were created?"),
        ("那去年呢？", "字" * 501),
        ("字" * 501 + "呢", GROWTH),
    ],
)
def test_nothing_is_completed_where_what_goes_on_is_not_sure(typed: str, before: str) -> None:
    assert follow_up(typed, before) is None


def test_several_follow_each_other() -> None:
    question = GROWTH
    for typed in ("那湖北呢？", "前一年呢？", "目标是多少？", "粮食产量呢？"):
        question = follow_up(typed, question) or ""
    assert question == "湖北2022年粮食产量目标是多少？"


def test_characters_of_a_traditional_question_are_read_as_simplified_ones() -> None:
    assert follow_up("那湖北呢？", "今年新建多少個充電樁？") == "湖北今年新建多少个充电桩？"


def test_place_and_time_are_found_as_they_are_written() -> None:
    found = phrases("江苏、浙江两省2023年GDP比去年增长多少？")
    assert (found.place, found.time) == ("江苏、浙江两省", "2023年")
    assert found.against == (Span(16, 18),)
    assert with_place("全国粮食产量是多少？", "湖北") == "湖北粮食产量是多少？"
    assert with_time("到2030年要建多少？", "2025年") == "到2025年要建多少？"
    assert own_topic("湖北2024年的目标是多少？") == ""
    assert own_topic("湖北2024年粮食产量目标是多少？") == "粮食产量"


@pytest.mark.parametrize("before", [PILES, MEANS])
def test_no_question_of_the_published_sets_is_taken_for_one_that_goes_on(before: str) -> None:
    texts = question_texts()
    assert len(texts) > 1000
    assert {text: meant for text in texts[::4] if (meant := follow_up(text, before)) is not None} == {}


def test_the_time_it_takes_grows_with_the_question() -> None:
    def seconds(length: int) -> float:
        before = ("江苏今年新建多少个充电桩，" * 100)[:length]
        started = time.process_time()
        for _ in range(3):
            follow_up("那湖北去年的目标呢？", before)
        return time.process_time() - started

    seconds(100)
    assert seconds(480) < 40 * max(seconds(60), 0.002)
