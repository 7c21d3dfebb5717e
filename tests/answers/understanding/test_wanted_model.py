from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.quantities.units import Measure
from answers.understanding.wanted import Ask, wanted_measure
from answers.understanding.wanted_model import (
    WEIGHTS,
    features,
    read_weights,
    save_weights,
    shipped_wanted_model,
)
from training.wanted import HEADS, examples, fit, joined


@pytest.mark.parametrize(
    ("query", "ask"),
    [
        ("今年要新建多少个充电桩", Ask.NUMBER),
        ("湖北 2026 城镇新增就业目标", Ask.NUMBER),
        ("广东 2025年 研发投入强度", Ask.NUMBER),
        ("R&D intensity target Shaanxi", Ask.NUMBER),
        ("要建设哪些高速公路？", Ask.LIST),
        ("怎么解决停车难？", Ask.MEANS),
        ("What measures are planned to boost consumption?", Ask.MEANS),
        ("谁负责这项工作？", Ask.FACT),
        ("甬江实验室建成了吗？", Ask.WHETHER),
        ("支不支持换新房？", Ask.WHETHER),
    ],
)
def test_the_kind_of_answer_is_told(query: str, ask: Ask) -> None:
    assert shipped_wanted_model().guess("ask", query).label == ask


@pytest.mark.parametrize(
    ("query", "measure"),
    [
        ("投资多少亿元？", Measure.MONEY),
        ("去年省里在教育上花了多少", Measure.MONEY),
        ("GDP增速目标是多少？", Measure.SHARE),
        ("失业率控制目标 辽宁", Measure.SHARE),
        ("粮食产量要达到多少斤？", Measure.WEIGHT),
        ("新增高速公路里程", Measure.LENGTH),
        ("城镇新增就业 安徽", Measure.PEOPLE),
        ("多少家企业上市？", Measure.COUNT),
        ("How fast did exports grow?", Measure.SHARE),
    ],
)
def test_the_kind_of_quantity_is_told(query: str, measure: Measure) -> None:
    assert wanted_measure(query) is measure


def test_a_quantity_that_the_words_do_not_tell_is_left_open() -> None:
    assert wanted_measure("那是多少") is None


def test_capitals_end_marks_years_and_numbers_make_no_difference() -> None:
    assert features("GDP增长5%？") == features("gdp增长6.5%")
    assert features("2024年产量") == features("2031年产量")
    assert "=不=" in features("支不支持") and "=不=" in features("要不要")


@given(st.text(max_size=500))
def test_any_text_has_a_likeliest_label(text: str) -> None:
    for head in ("ask", "measure"):
        guess = shipped_wanted_model().guess(head, text)
        assert 1 / 8 - 1e-6 <= guess.chance <= 1


def test_a_question_is_read_in_less_than_five_milliseconds() -> None:
    query = "到今年年底，江苏希望全省有多少家高新技术企业，比去年增加了多少？"
    wanted_measure(query)
    started = time.perf_counter()
    for _ in range(100):
        wanted_measure(query)
    assert (time.perf_counter() - started) / 100 < 0.005


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 400_000


def test_reading_a_question_needs_no_scikit_learn() -> None:
    code = "import sys; from answers.understanding.wanted import wanted_ask; wanted_ask('产量'); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_same_questions_give_the_same_weights(tmp_path: Path) -> None:
    taught = {head: examples(head.name)[::12] for head in HEADS}
    written = []
    for name in ("once.npz", "again.npz"):
        whole = joined([fit(head, given) for head, given in taught.items()], kept=500)
        save_weights(
            tmp_path / name, whole.names, {h.name: h.labels for h in HEADS}, whole.weights, whole.bias
        )
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_weights_survive_being_written_down(tmp_path: Path) -> None:
    weights = np.random.default_rng(0).normal(size=(3, 5))
    labels = {"ask": ("number", "list"), "measure": ("area", "length", "time")}
    save_weights(tmp_path / "w.npz", ["多", "少", "how_many"], labels, weights, np.zeros(5))
    read = read_weights(tmp_path / "w.npz")
    assert {head.name: head.labels for head in read.heads} == labels
    assert read.rows == {"多": 0, "少": 1, "how_many": 2}
    assert np.abs(read.weights - weights).max() < np.abs(weights).max() / 127
