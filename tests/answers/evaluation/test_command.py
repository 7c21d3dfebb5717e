"""`python -m answers evaluate`, with the fake encoder for a model."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import answers.__main__ as cli
import answers.command_line
from tests.conftest import SEED_NAME
from tests.evaluation_files import GOLD, question, reply, written
from tests.fake_encoder import FakeEncoder
from tests.project.test_cli import Ended

Evaluate = Callable[..., Ended]

SEED_GOLD = {"doc": "宁波", "quote": "新增高新技术企业1500家", "answers": ["1500家"]}


@pytest.fixture
def evaluate(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Evaluate:
    def command(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["answers", "evaluate", "--resamples", "20", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err.replace("\n", ""))

    monkeypatch.setattr(answers.command_line, "load_encoder", FakeEncoder)
    return command


@pytest.fixture
def sets(tmp_path: Path) -> list[Path]:
    """A set on the seed report, and its unanswerable questions."""
    return [
        written(tmp_path / "set.jsonl", [question("1", gold=[SEED_GOLD]) | {"question": "新增多少家高企？"}]),
        written(
            tmp_path / "none.jsonl",
            [question("2", "unanswerable"), question("3", "unanswerable") | {"question": "？！"}],
        ),
    ]


def test_it_asks_writes_and_scores_and_the_written_run_scores_the_same(
    evaluate: Evaluate, sets: list[Path], built_index: Path, tmp_path: Path
) -> None:
    run, same = tmp_path / "run.jsonl", f"{SEED_NAME}=宁波"
    asked = evaluate(*sets, "--index", built_index, "--same", same, "--write", run, "--json")
    assert (asked.status, asked.err) == (0, "")
    found = json.loads(asked.out)
    assert found["questions"] == 3
    assert found["figures"]["passage_recall@10"]["count"] == 1
    assert set(found["kinds"]) == {"number", "unanswerable"}
    written_ids = [json.loads(line)["id"] for line in run.read_text(encoding="utf-8").splitlines()]
    assert written_ids == ["1", "2", "3"]
    scored = evaluate(*sets, "--run", run, "--same", same, "--against", run, "--json")
    again = json.loads(scored.out)
    assert again.pop("comparison")["changes"] == []
    assert again == found


def test_each_question_may_be_asked_of_its_own_report_alone(
    evaluate: Evaluate, sets: list[Path], built_index: Path, tmp_path: Path
) -> None:
    run, options = tmp_path / "run.jsonl", ("--own-report", "--index", built_index, "--json")
    elsewhere = [question("1", gold=[SEED_GOLD]) | {"question": "北京今年新增多少家高企？"}]
    asked = written(tmp_path / "elsewhere.jsonl", elsewhere)
    ended = evaluate(asked, "--same", f"{SEED_NAME}=宁波", "--write", run, *options)
    assert (ended.status, ended.err) == (0, "")
    (row,) = [json.loads(line) for line in run.read_text(encoding="utf-8").splitlines()]
    assert {answer["document"] for answer in row["answers"]} == {SEED_NAME}
    unknown = evaluate(asked, *options)
    assert (unknown.status, "宁波" in unknown.err) == (2, True)
    untold = evaluate(sets[1], *options)
    assert untold.status == 2 and "题目 2" in untold.err and "--own-report" in untold.err


def test_tables_show_figures_kinds_and_every_question_that_changed(
    evaluate: Evaluate, tmp_path: Path
) -> None:
    questions = written(tmp_path / "set.jsonl", [question("q-one"), question("q-two", "unanswerable")])
    right = {"document": "甲市", "text": "20万人", "sentence": GOLD["quote"]}
    now = written(tmp_path / "now.jsonl", [reply("q-one", right), reply("q-two", abstained=True)])
    before = written(tmp_path / "before.jsonl", [reply("q-one", {**right, "text": "[red]计划"})])
    ended = evaluate(questions, "--run", now, "--against", before)
    assert ended.status == 0
    shown = re.sub(r"[\s│]", "", ended.out)
    for words in ("answer_right@1", "passage_ndcg@10", "risk@0.8", "unanswerable", "q-one", "[red]计划"):
        assert words in shown
    assert "进步1题，退步0题" in shown
    assert "没有1题（q-two）" in re.sub(r"\s", "", ended.err)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{tmp}/nowhere"], "nowhere"),
        (["{tmp}/bad"], "gold"),
        (["{tmp}/good", "{tmp}/good"], "重复"),
        (["{tmp}/good", "--run", "{tmp}/empty"], "empty"),
        (["{tmp}/good", "--run", "{tmp}/run", "--write", "{tmp}/new"], "--write"),
        (["{tmp}/good", "--run", "{tmp}/run", "--own-report"], "--own-report"),
        (["{tmp}/good", "--write", "{tmp}/nowhere/run"], "--write"),
        (["{tmp}/good", "--against", "{tmp}/nowhere"], "nowhere"),
        (["{tmp}/good", "--same", "甲"], "--same"),
        (["{tmp}/good", "--index", "{tmp}"], "python -m indexer build"),
    ],
)
def test_an_error_is_one_message_and_status_2(
    evaluate: Evaluate, tmp_path: Path, arguments: list[str], said: str
) -> None:
    written(tmp_path / "good", [question("1")])
    written(tmp_path / "bad", [{"id": "1", "question": "多少？"}])
    written(tmp_path / "run", [reply("1")])
    written(tmp_path / "empty", [])
    ended = evaluate(*(a.format(tmp=tmp_path) for a in arguments))
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert "Traceback" not in ended.err
