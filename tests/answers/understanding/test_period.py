from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from answers.engine import Answerer
from answers.understanding.period import Period, agreement, asked_period, period_cues
from embeddings import Vectors
from indexer.build import build_index
from indexer.index import open_index
from indexer.report.roles import Role
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


class OneVector(FakeEncoder):
    """Every text has the same vector, so that nothing but the period can decide."""

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return np.full((len(texts), 64), 0.125, np.float32)


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("今年要新建多少个充电桩？", Period.TARGET),
        ("去年新建了多少个充电桩？", Period.RESULT),
        ("2024年全省打了多少粮食？", Period.RESULT),
        ("2025年新型储能准备建成多少千瓦？", Period.TARGET),
        ("去年实际有多少人新就业？我要完成数，不要目标。", Period.RESULT),
        ("怎样提高农民收入？", Period.TARGET),
        ("今年在能源方面安排了多少亿元？", Period.TARGET),
        ("一共建了几所学校？", Period.RESULT),
        ("How much freight did the airport handle last year?", Period.RESULT),
        ("What growth is targeted this year?", Period.TARGET),
        ("宁波的海洋中心城市和谁共建", None),
        ("新增就业目标是多少，完成得怎么样？", Period.BOTH),
        ("去年的目标完成了吗？", Period.BOTH),
        ("去年完成多少、今年打算多少？", Period.BOTH),
        ("Was the target met, and what was achieved?", Period.BOTH),
        ("现在有多少公里地铁？", Period.RESULT),
        ("哪个产业集群入选国家级？", Period.RESULT),
        ("2025年安排了多少资金？", Period.TARGET),
        ("What deficit did the government plan for this year?", Period.TARGET),
        ("怎样让科研成果转化？", Period.TARGET),
    ],
)
def test_a_question_asks_for_a_result_or_a_target(question: str, period: Period | None) -> None:
    assert asked_period(question, 2025) is period


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        # The report of 2025 has 2024 behind it, yet the target of 2024 was asked for.
        ("2024年国内生产总值增长目标", Period.TARGET),
        ("2024年计划审议几部法规", Period.TARGET),
        ("2025年实际完成了多少", Period.RESULT),
        ("2025年新建了多少所学校", Period.RESULT),
        # These words are said of what was done too: the year tells.
        ("2024年怎样稳住外贸", Period.RESULT),
        ("2024年安排了多少亿元", Period.RESULT),
        ("2024年新增就业多少人", Period.RESULT),
        ("2025年新增就业多少人", Period.TARGET),
        ("2024年的目标完成了吗", Period.BOTH),
    ],
)
def test_what_is_shown_never_contradicts_the_question(question: str, shown: Period) -> None:
    assert period_cues(question).shown(2025) is shown


def test_a_year_is_seen_from_the_report() -> None:
    assert asked_period("2024年粮食产量", 2025) is Period.RESULT
    assert asked_period("2024年粮食产量", 2024) is Period.TARGET
    assert asked_period("2024年粮食产量", None) is None
    assert asked_period("2023年和2024年粮食产量", 2025) is None


def test_parts_agree_with_the_period_they_speak_of() -> None:
    assert agreement(Period.RESULT, Role.REVIEW) == agreement(Period.TARGET, Role.TASKS) == 1
    assert agreement(Period.RESULT, Role.TASKS) == agreement(Period.TARGET, Role.REVIEW) == -1
    assert agreement(Period.BOTH, Role.TASKS) == agreement(Period.BOTH, Role.REVIEW) == 0
    assert agreement(None, Role.TASKS) == agreement(Period.TARGET, Role.GLOSSARY) == 0


def test_last_years_result_and_this_years_target_are_not_mixed_up(tmp_path: Path) -> None:
    text = (
        "甲市政府工作报告\n一、工作回顾\n城镇新增就业143万人，发展态势良好。\n"
        "二、工作安排\n城镇新增就业120万人，发展态势良好。"
    )
    encoder = OneVector()
    build_index([write_report(tmp_path, "甲", text)], tmp_path / "index", encoder)
    answerer = Answerer(open_index(tmp_path / "index", encoder.identity), encoder)
    assert answerer.ask("去年城镇新增就业多少人？").candidates[0].text == "143万人"
    assert answerer.ask("今年城镇新增就业多少人？").candidates[0].text == "120万人"
