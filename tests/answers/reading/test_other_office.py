from __future__ import annotations

import pytest

from answers.reading.other_office import Held, after_office, held
from answers.understanding.question import understand
from indexer.text.span import Span


def seen(question: str, text: str, answer: str) -> Held:
    """What is seen of an answer in a text that is one sentence."""
    start = text.index(answer)
    return held(understand(question), text, Span(0, len(text)), Span(start, start + len(answer)))


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("2025年保山市的市长是谁？", "代理市长 左 广", "左 广"),
        ("郑州市长叫什么名字", "郑州市人民政府市长 王新伟", "王新伟"),
        ("2018年广东的省长是谁", "2018年1月25日广东省省长马兴瑞作政府工作报告", "马兴瑞"),
        ("2025年底长沙的市委书记是谁？", "市委书记吴桂英在市委经济工作会议上强调", "吴桂英"),
        ("合肥的常务副市长是哪位", "会议由王某常务副市长主持", "王某"),
        ("Who was the mayor of Zhengzhou in 2020?", "郑州市人民政府市长 王新伟", "王新伟"),
        ("2025年保山的政府工作报告是谁作的？", "代理市长 左 广", "左 广"),
        ("2025年左广是什么职务？", "代理市长 左 广", "代理市长"),
        ("马兴瑞担任什么", "马兴瑞省长作政府工作报告", "省长"),
    ],
)
def test_an_office_stands_with_the_name(question: str, text: str, answer: str) -> None:
    assert seen(question, text, answer) is Held.YES


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("2025年保山市委书记是谁？", "代理市长 左 广", "左 广"),
        ("保山分管教育的副市长叫什么", "代理市长 左 广", "左 广"),
        ("保山的前任市长是谁", "代理市长 左 广", "左 广"),
        ("黄山市委书记是谁", "省委书记李锦斌亲临我市坐镇指挥", "李锦斌"),
        ("坐镇指挥的副省长是谁", "省委书记李锦斌亲临，省长李国英等第一时间赶到", "李国英"),
        ("省委书记是谁", "省委书记李锦斌亲临我市坐镇指挥，省长李国英等省领导第一时间赶到现场", "李国英"),
        ("李明是什么职务？", "代理市长 左 广", "代理市长"),
    ],
)
def test_another_office_than_the_one_asked_for_is_seen(question: str, text: str, answer: str) -> None:
    assert seen(question, text, answer) is Held.NO


@pytest.mark.parametrize(
    "question",
    ["市长热线接了多少电话？", "市长质量奖花落谁家", "粮食产量是多少？", "谁在报告里得到表扬"],
)
def test_a_question_about_no_office_is_none_of_its_matter(question: str) -> None:
    assert seen(question, "市长 朱立凡", "朱立凡") is Held.NOT_ASKED


@pytest.mark.parametrize(
    ("question", "text", "places"),
    [
        ("市委书记是谁？", "省委书记黄坤明到汕尾调研，市委书记逯峰作出了全面部署", ["逯峰作出了全"]),
        ("市长是谁", "代理市长 左 广", [" 左 广"]),
        ("副市长是谁", "代理市长 左 广", []),
        ("粮食产量是多少？", "市长 朱立凡", []),
    ],
)
def test_where_the_name_stands_of_whoever_holds_the_office(
    question: str, text: str, places: list[str]
) -> None:
    found = after_office(understand(question), text, Span(0, len(text)))
    assert [place.of(text) for place in found] == places


def test_a_name_without_an_office_under_the_title_of_a_report_says_nothing() -> None:
    assert seen("吉林省的政府工作报告是谁作的", "2021年1月25日在大会上 韩俊", "韩俊") is Held.NOT_ASKED


def test_a_hotline_is_no_mayor() -> None:
    assert seen("谁是2021年长春市长", "落实“菜篮子”市长负责制", "菜篮子") is Held.NO
