from __future__ import annotations

import json
from pathlib import Path

import pytest

from answers.engine import Answerer
from answers.errors import QuestionError
from answers.runs import AskedQuestion, read_questions, refused_row, rows_of, run_row
from tests.conftest import SEED_NAME


def read(path: Path, content: str, encoding: str = "utf-8") -> tuple[AskedQuestion, ...]:
    path.write_bytes(content.encode(encoding))
    return read_questions(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "questions.jsonl"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_questions_are_read_line_by_line_without_empty_lines(path: Path, encoding: str) -> None:
    content = '{"id": "a", "question": "甲？", "kind": "number"}\r\n\r\n  \n{"id": 2, "question": "乙？"}'
    assert read(path, content, encoding) == (AskedQuestion("a", "甲？"), AskedQuestion("2", "乙？"))


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b"])
def test_only_a_newline_ends_a_line(path: Path, mark: str) -> None:
    written = json.dumps({"id": "1", "question": "甲|乙？"}, ensure_ascii=False).replace("|", mark)
    if mark == "\x0b":
        written = json.dumps({"id": "1", "question": f"甲{mark}乙？"})
    assert read(path, written) == (AskedQuestion("1", f"甲{mark}乙？"),)


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "3", '"question"', '{"id": "1"}', '{"question": "甲？"}', '{"id": "1", "question": null}'],
)
def test_a_line_that_is_no_question_is_named_by_its_number(path: Path, line: str) -> None:
    with pytest.raises(QuestionError, match="第 3 行") as caught:
        read(path, f'{{"id": "a", "question": "甲？"}}\n\n{line}\n')
    assert str(path) in caught.value.text.en


def test_a_line_nested_too_deep_is_named_too(path: Path) -> None:
    with pytest.raises(QuestionError, match="第 1 行"):
        read(path, "[" * 50_000)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_questions_is_refused(path: Path, content: str) -> None:
    with pytest.raises(QuestionError, match=r"questions\.jsonl"):
        read(path, content)


def test_a_missing_folder_or_badly_encoded_file_is_named(path: Path, tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"questions\.jsonl"):
        read_questions(path)
    with pytest.raises(QuestionError, match=tmp_path.name):
        read_questions(tmp_path)
    with pytest.raises(QuestionError, match=r"questions\.jsonl"):
        read(path, '{"id": "1", "question": "甲？"}', "utf-16")


def test_a_row_is_what_the_scorer_reads_and_can_be_read_back(answerer: Answerer, tmp_path: Path) -> None:
    reply = answerer.ask("有效发明专利拥有量达多少件？")
    row = run_row("q1", reply, answerer.index)
    text = answerer.index.report(SEED_NAME).text
    assert set(row) >= {"id", "abstained", "confidence", "answers", "passages", "comparison", "elapsed_ms"}
    assert len(row["answers"]) == len(reply.candidates)
    assert len(row["passages"]) == len(reply.passages) == 10
    for found in [*row["answers"], *row["passages"]]:
        assert found["text"] == text[found["start"] : found["end"]]
        assert found["document"] == SEED_NAME
        assert isinstance(found["section"], list)
    assert all(answer["text"] in answer["sentence"] for answer in row["answers"])
    (tmp_path / "run.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n\n", encoding="utf-8")
    assert list(rows_of(tmp_path / "run.jsonl")) == [row]


def test_a_refused_question_is_an_abstention_that_says_why() -> None:
    row = refused_row("q1", QuestionError("问题是空的。", "The question is empty."))
    assert row["abstained"] is True
    assert (row["id"], row["answers"], row["passages"], row["confidence"]) == ("q1", [], [], 0.0)
    assert row["error"] == "问题是空的。"
