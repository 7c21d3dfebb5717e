"""Figures of several matters after 分别, and the old value beside the new."""

from __future__ import annotations

from itertools import pairwise

import pytest

from answers.quantities.figures import figures
from answers.quantities.former import is_former
from answers.reading.figure_roles import asked, lists_of, named_before
from answers.understanding.period import asks_for_the_former
from indexer.text.span import Span


def listed(sentence: str) -> list[list[tuple[str, str]]]:
    whole = Span(0, len(sentence))
    found = lists_of(sentence, whole, figures(sentence, whole))
    return [[(r.matter.of(sentence), r.figure.span.of(sentence)) for r in group] for group in found]


def answer(sentence: str, question: str) -> str | None:
    whole = Span(0, len(sentence))
    (group,) = lists_of(sentence, whole, figures(sentence, whole))
    found = asked(sentence, group, question)
    return None if found is None else found.figure.span.of(sentence)


@pytest.mark.parametrize(
    ("sentence", "groups"),
    [
        (
            "农牧业增产，粮食、油料、蔬菜产量分别达118.3万吨、33万吨、165万吨，均创新高。",
            [[("粮食", "118.3万吨"), ("油料", "33万吨"), ("蔬菜产量", "165万吨")]],
        ),
        (
            "信访总量和刑事立案量分别下降32.4%和19.9%。",
            [[("信访总量", "32.4%"), ("刑事立案量", "19.9%")]],
        ),
        # 和 inside a name: only 、 divides.
        ("生产和安全、消防和救援投入分别为3亿元、2亿元。", [[("生产和安全", "3亿元"), ("消防和救援投入", "2亿元")]]),
        ("覆盖率和治理率分别达到75%、增长57%，公路1.2万公里。", [[("覆盖率", "75%"), ("治理率", "57%")]]),
        # A dash opens a clause, the comma inside a number ends none.
        ("农业稳产——粮食、油料产量分别达118万吨、33万吨。", [[("粮食", "118万吨"), ("油料产量", "33万吨")]]),
        ("年产1,500吨以上的东区、西区分别增长5%、6%。", [[("年产1,500吨以上的东区", "5%"), ("西区", "6%")]]),
        ("三项指标分别增长5%、6%。", []),  # what they are stands elsewhere
        ("粮食、油料产量分别位居第一、第二，增长5%。", []),
        ("新增就业28万人，失业率5%。", []),
    ],
)  # fmt: skip
def test_each_matter_has_the_figure_in_its_place(sentence: str, groups: list[list[tuple[str, str]]]) -> None:
    assert listed(sentence) == groups


def test_one_word_for_two_is_taken_apart_in_the_order_of_their_figures() -> None:
    sentence = "城乡居民人均可支配收入分别增长5.2%、7.3%。"
    assert answer(sentence, "农村居民人均可支配收入增长了多少？") == "7.3%"
    assert answer(sentence, "城镇居民收入增幅") == "5.2%"
    assert answer(sentence, "居民收入增长多少？") is None


def test_the_matter_asked_for_is_known_by_its_characters() -> None:
    sentence = "电子信息、高端装备制造、现代消费品营收分别达到2000亿元、1800亿元、1400亿元。"
    assert answer(sentence, "高端装备制造的营收预计有多少？") == "1800亿元"
    assert answer(sentence, "消费品行业营收多少？") == "1400亿元"
    assert answer(sentence, "全省财政收入是多少？") is None


def test_what_the_matters_have_in_common_does_not_decide() -> None:
    sentence = "厦门、福州机场旅客吞吐量分别达到2790.6万人次、1529.9万人次。"
    assert answer(sentence, "厦门机场一年运送多少旅客？") == "2790.6万人次"
    assert answer(sentence, "福州去年送了多少旅客？") == "1529.9万人次"


def test_old_and_new_figures_of_several_matters() -> None:
    sentence = "困难残疾人补贴、重度残疾人护理补贴标准分别从202元、270元提高到209元、280元。"
    whole = Span(0, len(sentence))
    (group,) = lists_of(sentence, whole, figures(sentence, whole))
    found = asked(sentence, group, "重度残疾人的护理补贴涨到多少了？")
    assert found is not None and found.former is not None
    assert (found.former.span.of(sentence), found.figure.span.of(sentence)) == ("270元", "280元")


@pytest.mark.parametrize(
    ("sentence", "former"),
    [
        ("散居孤儿从每人每月1484元提高到1536元。", ["1484元"]),
        ("学校由120所增加至200所，教师3万人。", ["120所"]),
        ("从5个区试点，扩大到全市，新增3个区。", []),
        ("占比提高5个百分点、达到60%。", []),
    ],
)
def test_the_value_before_a_change_is_told_from_the_one_after(sentence: str, former: list[str]) -> None:
    every = figures(sentence, Span(0, len(sentence)))
    assert [f.span.of(sentence) for f, g in pairwise(every) if is_former(sentence, f, g)] == former


def test_a_question_may_want_the_former_value() -> None:
    assert asks_for_the_former("标准原来是多少元？")
    assert not asks_for_the_former("标准提高到多少元？")


def test_the_words_before_a_figure_name_it() -> None:
    sentence = "今年完成铁路投资8000亿元、公路水运投资1.8万亿元，开工2处。"
    whole = Span(0, len(sentence))
    rail, road, works = named_before(sentence, whole, figures(sentence, whole), "铁路投资")
    assert rail > 2 * road > works == 0


def test_a_figure_of_a_thing_that_is_named_shorter_or_longer_is_less_like_it() -> None:
    sentence = "地区生产总值151亿元。人均地区生产总值19763元。全年出生人口6556人，出生率8.56‰。"
    whole = Span(0, len(sentence))
    all_of_it, a_head, born, rate = (0, 1, 2, 3)
    likeness = named_before(sentence, whole, figures(sentence, whole), "地区生产总值")
    assert likeness[all_of_it] > likeness[a_head] > likeness[born]
    likeness = named_before(sentence, whole, figures(sentence, whole), "出生人口")
    assert likeness[born] > likeness[rate]
