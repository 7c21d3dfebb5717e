from __future__ import annotations

from collections.abc import Iterable

import pytest

from answers.understanding.parts import question_parts
from tests.question_sets import TRAINING, question_texts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        # A list of indicators.
        (
            "2023年GDP增速和城镇新增就业目标分别是多少？",
            ["2023年GDP增速目标是多少？", "2023年城镇新增就业目标是多少？"],
        ),
        (
            "地区生产总值和财政收入增长目标分别是多少",
            ["地区生产总值增长目标是多少？", "财政收入增长目标是多少？"],
        ),
        (
            "湖北2025年地区生产总值、一般公共预算收入、进出口的增长目标各是多少？",
            [
                "湖北2025年地区生产总值的增长目标是多少？",
                "湖北2025年一般公共预算收入的增长目标是多少？",
                "湖北2025年进出口的增长目标是多少？",
            ],
        ),
        (
            "工业增加值和固定资产投资今年分别增长多少？",
            ["今年工业增加值增长多少？", "今年固定资产投资增长多少？"],
        ),
        (
            "去年粮食产量以及森林覆盖率分别达到多少",
            ["去年粮食产量达到多少？", "去年森林覆盖率达到多少？"],
        ),
        (
            "今年GDP增长目标和财政收入增长目标各是多少？",
            ["今年GDP增长目标是多少？", "今年财政收入增长目标是多少？"],
        ),
        # Works with what is done to them.
        (
            "德清2025年GDP增长目标和新建学校分别是多少？",
            ["德清2025年GDP增长目标是多少？", "德清2025年新建学校是多少？"],
        ),
        (
            "今年改造老旧小区、加装电梯和新增停车位分别多少？",
            ["今年改造老旧小区多少？", "今年加装电梯多少？", "今年新增停车位多少？"],
        ),
        (
            "江苏今年新建学校和改造医院各多少所",
            ["江苏今年新建学校多少所？", "江苏今年改造医院多少所？"],
        ),
        (
            "去年财政收入和新建公路增长目标分别是多少",
            ["去年财政收入增长目标是多少？", "去年新建公路目标是多少？"],
        ),
        # Several sentences.
        (
            "宁波今年新建多少个充电桩？城镇新增就业多少人？",
            ["宁波今年新建多少个充电桩？", "宁波今年城镇新增就业多少人？"],
        ),
        (
            "宁波今年新建多少个充电桩？湖北去年城镇新增就业多少人？",
            ["宁波今年新建多少个充电桩？", "湖北去年城镇新增就业多少人？"],
        ),
        ("2024年GDP是多少？增长多少？", ["2024年GDP是多少？", "2024年GDP增长多少？"]),
        ("江苏2024年GDP是多少？那2023年呢？", ["江苏2024年GDP是多少？", "江苏2023年GDP是多少？"]),
        ("江苏今年新建多少所学校？湖北呢？", ["江苏今年新建多少所学校？", "湖北今年新建多少所学校？"]),
        (
            "2023年GDP增速是多少；城镇新增就业目标是多少",
            ["2023年GDP增速是多少", "2023年城镇新增就业目标是多少"],
        ),
        ("充电桩新建多少个\n养老床位新增多少张", ["充电桩新建多少个", "养老床位新增多少张"]),
        ("今年怎么促进就业？怎么发展低空经济？", ["今年怎么促进就业？", "今年怎么发展低空经济？"]),
        ("今年新建多少个充电桩？怎么提高农民收入？", ["今年新建多少个充电桩？", "今年怎么提高农民收入？"]),
        (
            "How many charging piles will be built in 2023? How many new jobs will be created?",
            [
                "How many charging piles will be built in 2023?",
                "How many new jobs will be created in 2023?",
            ],
        ),
        (
            "How much will GDP grow this year? How many jobs will be created?",
            ["How much will GDP grow this year?", "How many jobs will be created this year?"],
        ),
        # Clauses.
        ("今年新建多少个充电桩，新增多少个停车位？", ["今年新建多少个充电桩？", "今年新增多少个停车位？"]),
        (
            "2024年GDP增速是多少，城镇新增就业多少人？",
            ["2024年GDP增速是多少？", "2024年城镇新增就业多少人？"],
        ),
        # Both.
        (
            "今年GDP和财政收入目标分别是多少？新建多少个充电桩？",
            ["今年GDP目标是多少？", "今年财政收入目标是多少？", "今年新建多少个充电桩？"],
        ),
    ],
)
def test_several_questions_become_complete_ones(text: str, parts: list[str]) -> None:
    assert list(question_parts(text)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "今年新建多少个充电桩？", "", "？", "  ",
        # Places and years: one question to several reports.
        "国务院2011年、2016年、2021年、2024年的GDP增长目标分别是多少", "重庆和云南的GDP目标分别是多少",
        "2023年和2024年GDP和就业目标分别是多少", "京津冀三地今年的财政收入增长目标分别是多少？",
        # What a list shares, or what has one name of two words.
        "城镇和农村居民收入分别增长多少", "一产二产三产分别增长多少", "研发投入与GDP之比是多少", "GDP和就业目标是多少",
        "2024年一般公共预算收入和支出分别是多少",
        # One work of two, or two of one; a number of schools is none of GDP.
        "今年新建和改造学校分别是多少所", "今年新建学校和医院分别是多少所", "新建、改建、扩建公路分别是多少公里", "今年GDP和新建学校分别是多少所",
        "培育高新技术企业和专精特新企业分别多少家",
        # The second says more of the first, or asks of it.
        "2013年物价涨了多少，CPI是几？", "今年要新建多少个充电桩，投资多少？", "今年新建多少个充电桩？总投资多少？",
        "目标是多少，完成得怎么样？", "全市有多少个充电桩？其中公共的有多少？", "今年农产品有几成要经过加工，目标是多少？",
        "楼市怎么稳？河南今年有什么招？", "松树怎么保？今年防松材线虫病有哪些措施？", "哪些实验室今年要建？涉及哪些领域？",
        "车没地儿停，今年市里新建多少个车位？错时共享的不算", "工资拿到多少以上才要交个税？听说去年调了。",
        "去年实际有多少人新就业？我要完成数，不要目标。", "沈白高铁今年能开通吗？辽宁和吉林各怎么说？",
        "2014年粮食产量要稳在多少？A.60万吨以上 B.65万吨以上", "去年增速是多少？（2023年报告）",
        "邮政、顺丰和京东分别为抗疫做出了哪些贡献？", "固定资产投资从多少增加到多少，增长多少",
        "Did any company go public? Which one?", "Which four drugs were approved? Give their names.",
        "多少？" * 20, "GDP是多少？" * 40, "今年新建多少个充电桩？" + "字" * 500,
    ],
)  # fmt: skip
def test_one_question_and_what_is_in_doubt_stay_as_they_were_typed(text: str) -> None:
    assert question_parts(text) == (text,)


def _split(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {text: parts for text in texts if len(parts := question_parts(text)) > 1}


def test_no_single_question_of_the_published_sets_is_split() -> None:
    texts = question_texts()
    assert len(texts) > 1000
    assert _split(texts) == {}


@pytest.mark.slow
def test_of_all_questions_for_training_only_one_is_split_and_it_is_two() -> None:
    texts = question_texts(TRAINING)
    assert len(texts) > 15_000
    assert list(_split(texts)) == ["本溪2013年新增停车位有几个？停车场几个？"]
