"""The questions of the published sets, for tests of how questions are read."""

from __future__ import annotations

import json

from tests.conftest import QUESTIONS


def question_texts() -> list[str]:
    """Every question of `benchmarks/questions` once, in the order of the files."""
    rows = (
        json.loads(line)
        for path in sorted(QUESTIONS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return list(dict.fromkeys(row["question"] for row in rows if "question" in row))
