from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import QuestionError
from answers.quantities.units import Measure
from answers.understanding.question import LONGEST_QUESTION, understand
from answers.understanding.wanted import Ask
from indexer.text.characters import simplified
from tests.conftest import QUESTIONS


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("今年要新建多少个充电桩？", Ask.NUMBER),
        ("几座大桥通车？", Ask.NUMBER),
        ("有几个项目开工？", Ask.NUMBER),
        ("粮食产量目标有多大", Ask.NUMBER),
        ("研发经费占比是什么水平？", Ask.NUMBER),
        ("失业率控制在百分之几？", Ask.NUMBER),
        ("今年打算安排多少资金？", Ask.NUMBER),
        ("怎么解决停车难？", Ask.MEANS),
        ("如何优化营商环境？", Ask.MEANS),
        ("咋治理污水", Ask.MEANS),
        ("有什么措施稳外贸？", Ask.MEANS),
        ("要建设哪些高速公路？", Ask.LIST),
        ("哪几个区要建学校？", Ask.LIST),
        ("哪几家医院迁建？", Ask.LIST),
        ("重点产业分别是什么", Ask.LIST),
        ("谁负责这项工作？", Ask.FACT),
        ("甬江实验室建成了吗？", Ask.WHETHER),
        ("今年会不会提高补贴", Ask.WHETHER),
        ("有没有提到低空经济", Ask.WHETHER),
        ("支不支持换新房？", Ask.WHETHER),
        ("Will the metro open this year?", Ask.WHETHER),
        ("How many jobs will be created?", Ask.NUMBER),
        ("What percent will GDP grow?", Ask.NUMBER),
        ("How will the city reduce pollution?", Ask.MEANS),
        ("Which cities are named?", Ask.LIST),
        ("Where is the laboratory?", Ask.FACT),
        ("發明專利擁有量達多少件？", Ask.NUMBER),
        ("如何優化營商環境？", Ask.MEANS),
        ("有哪些鐵路項目？", Ask.LIST),
        ("近几年有没有高风险的银行？", Ask.WHETHER),
        ("进城落户还有门槛没有？", Ask.WHETHER),
        ("今年要办到第几届东博会？", Ask.FACT),
        ("能耗打算压下去几个百分点？", Ask.NUMBER),
        ("新能源汽车产量要达到什么水平？", Ask.NUMBER),
        ("今年失业率目标？", Ask.NUMBER),
        ("去年有没有完成GDP增速目标？", Ask.WHETHER),
        ("江苏哪个市的经济增速最快？", Ask.FACT),
        ("为什么出口增速下降？", Ask.FACT),
        ("去年帮改无障碍的有好多户？", Ask.NUMBER),
        ("这三个省实验室都叫什么？", Ask.LIST),
        ("专项行动要整治哪“四乱”？", Ask.LIST),
        ("国资国企的改革部署是什么？", Ask.MEANS),
        ("今年综治中心这块要做什么？", Ask.MEANS),
        ("What fiscal deficit did the government plan?", Ask.NUMBER),
        ("What was the province's average PM2.5 concentration?", Ask.NUMBER),
        ("How fast did exports grow?", Ask.NUMBER),
        ("What investment projects will start?", Ask.FACT),
        ("Which national-level park won approval last year?", Ask.FACT),
        ("Which city was chosen?", Ask.FACT),
        ("Which industries will be built up?", Ask.LIST),
        ("What support is there for young parents?", Ask.MEANS),
    ],
)  # fmt: skip
def test_what_is_asked_for_is_understood(text: str, ask: Ask) -> None:
    assert understand(text).ask is ask


@pytest.mark.parametrize(
    ("text", "measure", "unit"),
    [
        ("投资多少亿元？", Measure.MONEY, ""),
        ("造林面积是多少？", Measure.AREA, ""),
        ("新增绿道多少公里？", Measure.LENGTH, ""),
        ("GDP增速目标是多少？", Measure.SHARE, ""),
        ("粮食产量要达到多少斤？", Measure.WEIGHT, "斤"),
        ("引进大学生多少名？", Measure.PEOPLE, "名"),
        ("多少家企业上市？", Measure.COUNT, "家"),
        ("新建几座公园？", Measure.COUNT, "座"),
        ("怎么增加几座公园？", Measure.COUNT, "座"),
        ("谁引进大学生？", None, ""),
        ("How many people moved?", Measure.PEOPLE, ""),
        ("How many freight trains ran last year?", Measure.COUNT, ""),
        ("How many projects worth over 100 million yuan will start?", Measure.COUNT, ""),
        ("For how many years has the water stayed at Class II?", Measure.TIME, ""),
        ("How many percentage points did the rate fall?", Measure.SHARE, ""),
        ("How much did exports grow?", Measure.SHARE, ""),
        ("How much raw coal was mined?", Measure.WEIGHT, ""),
        ("游客人数涨幅是多少？", Measure.SHARE, ""),
        ("教育经费占GDP几个点？", Measure.SHARE, ""),
        ("最低工资提高到每月多少元？", Measure.MONEY, ""),
        ("How many km of railway were built?", Measure.LENGTH, ""),
    ],
)
def test_the_quantity_and_its_unit_are_understood(text: str, measure: Measure | None, unit: str) -> None:
    question = understand(text)
    assert (question.measure, question.unit) == (measure, unit)


def test_a_traditional_question_is_shown_as_typed_and_searched_in_simplified() -> None:
    question = understand("發明專利擁有量達多少件？")
    assert (question.text, question.query) == ("發明專利擁有量達多少件？", "发明专利拥有量达多少件？")


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("高企有多少家", "高新技术企业"),
        ("社零增速目标", "社会消费品零售总额"),
        ("雙碳怎麼推進", "碳达峰碳中和"),
        ("CPI涨幅", "居民消费价格"),
        ("What is the surveyed urban unemployment rate?", "surveyed urban unemployment"),
    ],
)
def test_short_forms_are_searched_for_in_full(text: str, long: str) -> None:
    question = understand(text)
    assert long in question.search and long not in question.query


@pytest.mark.parametrize("text", ["高新技术企业有多少家", "甬江实验室建成了吗", "提高企业效益"])
def test_nothing_is_added_to_what_is_said_in_full(text: str) -> None:
    question = understand(text)
    assert question.search == question.query


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF)))
def test_simplifying_keeps_the_length(text: str) -> None:
    assert len(simplified(text)) == len(text)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\u3000", "\u200b", "\x00", "\ud800"])
def test_an_empty_question_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(QuestionError, match="空"):
        understand(text)


@pytest.mark.parametrize("text", ["？", "……！！", "😀", "👨‍👩‍👧 🎉", "<>", "--", "___"])
def test_signs_alone_are_no_question(text: str) -> None:
    with pytest.raises(QuestionError, match="没有看懂"):
        understand(text)


def test_a_question_may_be_long_but_not_endless() -> None:
    assert understand("问" * LONGEST_QUESTION).text == "问" * LONGEST_QUESTION
    for length in (LONGEST_QUESTION + 1, 10_000):
        with pytest.raises(QuestionError, match=str(length)) as caught:
            understand("问" * length)
        assert str(LONGEST_QUESTION) in caught.value.text.en


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script> 多少人？",
        "'; DROP TABLE units; -- 多少？",
        "[/red]多少？",
        "$x^2$ 多少",
        "{0} %s 多少",
    ],
)
def test_code_is_taken_for_words(text: str) -> None:
    question = understand(text)
    assert question.text == text
    assert question.ask is Ask.NUMBER


def test_blanks_and_line_breaks_are_one_space() -> None:
    assert understand("  新增\r\n就业\u3000 多少？ ").text == "新增 就业 多少？"


@pytest.mark.parametrize("hidden", ["\u00ad", "\u2066", "\u2069", "\u202e", "\u200b", "\U000e0041", "\ufe0f"])
def test_signs_that_nobody_sees_are_no_part_of_a_question(hidden: str) -> None:
    assert understand(f"今年要新{hidden}建多少个充{hidden}电桩？") == understand("今年要新建多少个充电桩？")


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("养老", "养老"),
        ("充电桩", "充电桩"),
        ("宁波低空经济", "低空经济"),
        ("教育？", ""),
        ("粮食产量", ""),
        ("研发投入占比", ""),
        ("GDP", ""),
        ("四川 生猪出栏 今年目标", ""),
        ("今年充电桩", ""),
        ("2023年养老", ""),
        ("怎样发展养老", ""),
        ("养老机构有没有", ""),
        ("charging piles", ""),
    ],
)
def test_a_lone_noun_asks_nothing(text: str, noun: str) -> None:
    read = understand(text)
    assert (read.noun, read.names_only) == (noun, bool(noun))
    assert not read.wanting(Ask.NUMBER).names_only


def test_no_question_of_the_sets_is_taken_for_a_lone_noun() -> None:
    lines = [
        json.loads(line)
        for path in sorted(QUESTIONS.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    asked = [one["question"] for one in lines if isinstance(one.get("question"), str)]
    assert len(asked) > 1000
    assert [one for one in asked if len(one) <= LONGEST_QUESTION and understand(one).names_only] == []
