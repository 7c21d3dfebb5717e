"""Question sets with gold, and runs, as they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from answers.errors import QuestionError
from answers.evaluation.asking import check_writable, write_run
from answers.evaluation.questions import GoldQuestion, QuestionKind, read_gold_questions
from answers.evaluation.replies import GivenAnswer, GivenCell, GivenPassage, GivenReply, read_run, same_names
from answers.evaluation.scoring import Gold
from tests.evaluation_files import GOLD, answer, passage, question, reply, written


def test_question_files_are_taken_together_in_their_order(tmp_path: Path) -> None:
    first = written(
        tmp_path / "a.jsonl", [question("1"), question("2", "measure", [{**GOLD, "answers": []}])]
    )
    second = written(tmp_path / "b.jsonl", [question("3", "unanswerable", doc="乙省")])
    assert read_gold_questions([first, second]) == (
        GoldQuestion(
            "1",
            QuestionKind.NUMBER,
            "多少？",
            (Gold("甲市", "今年计划新增就业20万人", ("20万人", "新增就业20万人")),),
            "甲市",
        ),
        GoldQuestion(
            "2", QuestionKind.MEASURE, "多少？", (Gold("甲市", "今年计划新增就业20万人", ()),), "甲市"
        ),
        GoldQuestion("3", QuestionKind.UNANSWERABLE, "多少？", (), "乙省"),
    )


def test_a_question_without_gold_is_unanswerable_whatever_its_kind(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", [question("1", "number", [])])
    assert [q.kind for q in read_gold_questions([path])] == [QuestionKind.UNANSWERABLE]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"id": "x", "question": "多少？", "kind": "number"}, "gold"),
        (question("x", "numbr"), "numbr"),
        (question("x", "unanswerable", [GOLD]), "unanswerable"),
        (question("x", gold=["甲"]), "甲"),
        (question("x", gold=[{**GOLD, "quote": " "}]), "quote"),
        (question("x", gold=[{"quote": "甲", "answers": ["甲"]}]), "doc"),
        (question("x", gold=[{**GOLD, "answers": []}]), "answers"),
        (question("x", gold=[{**GOLD, "answers": "20万人"}]), "20万人"),
        (question("x", gold=[{**GOLD, "answers": [3]}]), "3"),
        (question("1"), "重复"),
        ({**question("x"), "kind": ["number"]}, "number"),
        ({**question("x"), "kind": {}}, "kind"),
    ],
)
def test_a_row_that_is_no_question_with_gold_is_named(tmp_path: Path, row: Any, said: str) -> None:
    path = written(tmp_path / "set.jsonl", [question("1"), row])
    with pytest.raises(QuestionError, match=said) as caught:
        read_gold_questions([path])
    assert "set.jsonl" in caught.value.text.en
    assert str(row["id"]) in caught.value.text.en


def test_an_empty_set_or_run_is_an_error(tmp_path: Path) -> None:
    empty = written(tmp_path / "empty.jsonl", [])
    with pytest.raises(QuestionError, match=r"empty\.jsonl"):
        read_gold_questions([empty])
    with pytest.raises(QuestionError, match=r"empty\.jsonl"):
        read_run(empty, {})


def test_a_run_is_read_with_its_reports_under_the_questions_names(tmp_path: Path) -> None:
    row = reply(
        "1",
        answer("20万人", document="reports/000.txt"),
        passages=[passage("长文", "000")],
        comparison=[{"document": "乙.docx", "answer": {"text": "5家"}}, {"document": "丙", "answer": None}],
        elapsed_ms=3,
    )
    sparse = {"id": 2, "abstained": True, "confidence": None, "comparison": None}
    path = written(tmp_path / "run.jsonl", [row, sparse])
    assert read_run(path, same_names(["000=甲市"])) == (
        GivenReply(
            "1",
            False,
            0.5,
            (GivenAnswer("甲市", "20万人", "今年计划新增就业20万人。"),),
            (GivenPassage("甲市", "长文"),),
            (GivenCell("乙", GivenAnswer("乙", "5家", "5家")), GivenCell("丙", None)),
            3.0,
        ),
        GivenReply("2", True, 0.0),
    )


@pytest.mark.parametrize(
    "row",
    [
        reply("x", confidence="sure"),
        reply("x", confidence="0.5"),
        reply("x", confidence=True),
        reply("x", confidence=87),
        reply("x", confidence=10**400),
        reply("x", elapsed_ms="3"),
        reply("x", abstained="false"),
        {"id": "x", "answers": {"text": "20万人"}},
        reply("x", elapsed_ms=[]),
        {"id": "x", "answers": 3},
        {"id": "x", "answers": ["20万人"]},
        {"id": "x", "passages": [{"text": 3}]},
        {"id": "x", "comparison": [{"document": "甲", "answer": "20万人"}]},
        reply("1"),
    ],
)
def test_a_row_that_is_no_reply_is_named(tmp_path: Path, row: Any) -> None:
    path = written(tmp_path / "run.jsonl", [reply("1"), row])
    with pytest.raises(QuestionError, match=rf"run\.jsonl.* {row['id']} "):
        read_run(path, {})


@pytest.mark.parametrize("pair", ["甲", "甲=", "=甲", "甲=乙=丙"])
def test_same_wants_two_names(pair: str) -> None:
    with pytest.raises(QuestionError, match=pair):
        same_names([pair])


def test_a_run_replaces_an_earlier_one_only_when_it_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "run.jsonl", [reply("1")])
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_run(path, [reply("2"), {"id": object()}])
    assert path.read_bytes() == before
    write_run(path, [reply("3")])
    assert [found.id for found in read_run(path, {})] == ["3"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    check_writable(tmp_path / "run.jsonl")
    for path in (tmp_path, tmp_path / "nowhere" / "run.jsonl"):
        with pytest.raises(QuestionError, match="--write"):
            check_writable(path)
        with pytest.raises(QuestionError, match="--write"):
            write_run(path, [])


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "x", "question": "多少？", "gold": [], "kind": "number", "confidence": NaN}',
        '{"id": "x", "question": "多少？", "gold": [], "kind": "number", "confidence": 1e999}',
        '{"id": "x", "question": "多少？", "gold": [], "kind": "number", "elapsed_ms": -Infinity}',
        '{"id": "x", "question": "多少\\ud800？", "gold": [], "kind": "number"}',
        '{"id": "x\\udc80", "question": "多少？", "gold": [], "kind": "number"}',
        '{"id": true, "question": "多少？", "gold": [], "kind": "number"}',
        '["id"]',
        "[" * 100_000,
    ],
)
def test_a_line_that_no_file_should_hold_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    path = written(tmp_path / "set.jsonl", [question("1")])
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    for read in (lambda: read_gold_questions([path]), lambda: read_run(path, {})):
        with pytest.raises(QuestionError, match="第 2 行") as caught:
            read()
        assert str(caught.value).encode("utf-8")
