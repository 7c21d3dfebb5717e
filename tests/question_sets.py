"""The questions of the published sets, for tests of how questions are read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import QUESTIONS, ROOT

TRAINING = ROOT / "training" / "questions"


def question_texts(folder: Path = QUESTIONS) -> list[str]:
    """Every question of a folder of sets once, in the order of the files."""
    rows = (
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return list(dict.fromkeys(row["question"] for row in rows if "question" in row))
