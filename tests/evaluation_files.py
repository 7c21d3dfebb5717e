"""Question sets and runs for the tests of the evaluation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

GOLD: dict[str, Any] = {
    "doc": "甲市",
    "quote": "今年计划新增就业20万人",
    "answers": ["20万人", "新增就业20万人"],
}
OTHER_GOLD: dict[str, Any] = {"doc": "甲市", "quote": "新建改建农村公路三百公里", "answers": ["三百公里"]}


def question(id: str, kind: str = "number", gold: list[Any] | None = None, **fields: Any) -> dict[str, Any]:
    """A row of a question set."""
    entries = [] if kind == "unanswerable" else [GOLD]
    return {
        "id": id,
        "kind": kind,
        "question": "多少？",
        "gold": entries if gold is None else gold,
        **fields,
    }


def answer(text: str, sentence: str = "今年计划新增就业20万人。", document: str = "甲市") -> dict[str, Any]:
    """An answer in a row of a run."""
    return {"document": document, "text": text, "sentence": sentence}


def passage(text: str, document: str = "甲市") -> dict[str, Any]:
    """A passage in a row of a run."""
    return {"document": document, "text": text}


def reply(id: str, *answers: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A row of a run."""
    return {"id": id, "abstained": False, "confidence": 0.5, "answers": list(answers), **fields}


def written(path: Path, rows: Sequence[Any]) -> Path:
    """The rows as a file of JSON lines."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
