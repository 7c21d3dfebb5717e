"""The one of two things that are told side by side, for the other."""

from __future__ import annotations

import pytest

from answers.reading.twins import is_of_twin


@pytest.mark.parametrize(
    ("question", "before", "of_twin"),
    [
        ("一般公共预算支出增长多少？", "一般公共预算收入增长", True),
        ("一般公共预算收入增长多少？", "一般公共预算收入增长", False),
        ("今年出口总额的目标", "外贸进出口总额增长", True),
        ("今年进出口总额的目标", "外贸进出口总额增长", False),
        # What stands nearest counts.
        ("出口增长多少？", "外贸进出口总额增长3%，其中出口增长", False),
        ("农村居民收入增长多少？", "城镇居民收入增长6.1%，农村居民收入增长", False),
        ("城镇居民收入增长多少？", "城镇居民收入增长6.1%，农村居民收入增长", True),
        ("安排了多少铁路投资？", "完成铁路投资8000亿元以上、公路投资", True),
        ("安排了多少铁路投资？", "完成铁路投资", False),
        # Both are asked for, or neither.
        ("城乡居民收入分别增长多少？", "农村居民收入增长", False),
        ("城镇和农村居民收入各增长多少？", "农村居民收入增长", False),
        ("粮食产量多少？", "农村居民收入增长", False),
        # Nothing is told that could be a twin.
        ("出口增长多少？", "全年增长", False),
        ("第二产业增加值增长多少？", "第一产业增加值增长2%、第三产业增加值增长", True),
    ],
)
def test_a_figure_is_of_the_twin_that_is_told_last(question: str, before: str, of_twin: bool) -> None:
    assert is_of_twin(question, before) is of_twin
