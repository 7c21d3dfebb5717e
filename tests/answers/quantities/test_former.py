from __future__ import annotations

import pytest

from answers.quantities.figures import tally
from answers.quantities.former import formers
from indexer.text.span import Span


@pytest.mark.parametrize(
    ("sentence", "former"),
    [
        ("产值由2010年的162.4亿元增加到2015年的287.9亿元", ["由2010年的162.4亿元"]),
        ("产值从１９９７年的７．４万亿元增加到２００２年的１０．２万亿元", ["从１９９７年的７．４万亿元"]),
        ("钢产量由二千零四十六万吨增加到三千一百七十八万吨", ["由二千零四十六万吨"]),
        ("收入比从2.9∶1缩小至2.5∶1", ["从2.9∶1"]),
        ("标准每人每月620元提高到650元", ["620元"]),
        ("补贴、护理标准分别从202元、270元提高到209元、280元", ["从202元", "、270元"]),
        ("职工人数比1952年的615万人增长66%", ["比1952年的615万人"]),
        ("由5个部门评审，新增8家", []),
        ("新增5家、增加到20家", []),
        ("由市里出资3亿元，带动10亿元", []),
        ("", []),
    ],
)
def test_the_former_of_two_values_is_told(sentence: str, former: list[str]) -> None:
    figures = tally(sentence, Span(0, len(sentence)))
    assert [one.said.of(sentence) for one in formers(sentence, figures)] == former
