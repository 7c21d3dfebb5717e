"""What reports hardly ever tell is told by the question, whichever place it is about."""

from __future__ import annotations

import pytest

from answers.reading.told import likely_told
from answers.understanding.question import understand


@pytest.mark.parametrize(
    ("told", "seldom"),
    [
        ("怎么推进垃圾分类", "分管垃圾分类的副市长是谁"),
        ("今年要新建多少个充电桩", "每个充电桩平均要花多少钱"),
        ("新增了多少家上市公司", "新增的45家上市公司分别叫什么名字"),
    ],
)
def test_what_is_asked_tells_how_likely_it_is_told(told: str, seldom: str) -> None:
    assert likely_told(understand(told)) > likely_told(understand(seldom)) + 0.5


def test_the_place_that_is_asked_says_nothing() -> None:
    assert likely_told(understand("宁波今年要新建多少个充电桩")) == pytest.approx(
        likely_told(understand("海口今年要新建多少个充电桩"))
    )
