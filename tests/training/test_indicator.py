"""What the model of indicators learns from: judged pairs, and counts that the next report tells again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from answers.commitments.tracking.indicator_model import NAMES, WEIGHTS, shipped_indicator_model
from training.indicator import (
    PAIRS,
    Examples,
    _fitted,
    _shown,
    asked_places,
    load_examples,
    save_examples,
)


def library(folder: Path) -> Path:
    place = folder / "cities" / "甲市"
    place.mkdir(parents=True)
    for part in ("provinces", "prefectures"):
        (folder / part).mkdir()
    said = {
        2020: ("好。", "建设园区标准厂房35万平方米。新增养老床位1270张。"),
        2021: (
            "工业园区新建厂房35万平方米。新增学位8800个。养老机构增加床位1270张。医院增加床位860张。新增体育场地18万平方米。",
            "好。",
        ),
    }
    for year, (review, tasks) in said.items():
        text = f"甲市政府工作报告\n一、{year - 1}年工作回顾\n{review}\n二、{year}年重点工作\n{tasks}\n"
        (place / f"{year}.md").write_text(text, encoding="utf-8")
    return folder


def test_a_count_that_is_told_again_is_the_same_thing_and_others_beside_it_are_not(tmp_path: Path) -> None:
    shown = Examples.of(list(_shown(library(tmp_path), most=5, left_out=frozenset())))
    assert shown.features.shape == (len(shown.same), len(NAMES))
    assert sum(shown.same) == 2 and len(shown.same) > 2


def test_more_of_the_words_make_it_likelier() -> None:
    near = [1.0 if name in ("dice", "mine_before", "theirs_before") else 0.5 for name in NAMES]
    far = [0.0 if name in ("dice", "mine_before", "theirs_before") else 0.5 for name in NAMES]
    judged = Examples.of([(near, True, 0), (far, False, 0)] * 8)
    model = _fitted(judged, judged)
    assert model.chance(near) > 0.5 > model.chance(far)


def test_the_judged_pairs_have_a_target_and_results_of_which_at_most_a_few_are_it() -> None:
    lines = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    same = [sum(result["same"] for result in line["results"]) for line in lines]
    assert len(lines) > 200 and 40 < sum(same) < len(lines) and max(same) <= 2
    assert all(line["target"]["text"] in line["target"]["quote"] for line in lines)


def test_the_shipped_weights_are_of_what_the_model_sees() -> None:
    assert set(json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]) == set(NAMES)
    assert 0 < shipped_indicator_model().chance(np.zeros(len(NAMES)).tolist()) < 0.2


def test_the_shipped_weights_are_those_that_the_examples_of_the_project_give() -> None:
    model, shipped = _fitted(*load_examples()), shipped_indicator_model()
    assert np.allclose(model.weights, shipped.weights, atol=0.01)
    assert abs(model.bias - shipped.bias) < 0.01


def test_examples_are_the_same_after_they_were_written(tmp_path: Path) -> None:
    judged, shown = load_examples()
    save_examples(judged, shown, tmp_path / "examples.csv")
    again, _ = load_examples(tmp_path / "examples.csv")
    assert np.array_equal(again.features, judged.features) and np.array_equal(again.same, judged.same)


def test_no_place_that_a_set_for_tracking_asks_is_learned_from(tmp_path: Path) -> None:
    assert {"辽宁省", "湘潭市", "深圳市"} <= asked_places()
    assert not list(_shown(library(tmp_path), most=5, left_out=frozenset({"甲市"})))
