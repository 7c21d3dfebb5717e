"""What questions want, on questions that nothing was fitted to."""

from __future__ import annotations

import json

from answers.understanding.question import understand
from answers.understanding.wanted import Ask
from tests.conftest import QUESTIONS


def test_what_a_fresh_question_wants_is_told() -> None:
    lines = (QUESTIONS / "wanted.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    read = [understand(row["question"]) for row in rows]
    assert sum(question.ask == row["ask"] for question, row in zip(read, rows, strict=True)) >= 190
    told = [
        (question.measure, row["measure"])
        for question, row in zip(read, rows, strict=True)
        if question.ask is Ask.NUMBER and row["measure"] and question.measure is not None
    ]
    assert len(told) >= 95
    assert sum(measure != wanted for measure, wanted in told) <= 3
