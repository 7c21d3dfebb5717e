"""The run format: one JSON object a question, as the benchmark's scorer reads it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from answers.answer import Answer, FoundPassage, Reply
from answers.errors import QuestionError
from indexer.index import ReportIndex


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A line of a question file."""

    id: str
    question: str


def read_questions(path: Path) -> tuple[AskedQuestion, ...]:
    """The questions in a JSON-lines file with `id` and `question` in every object.

    Raises:
        QuestionError: the file cannot be read, or a line is not such an object.
    """
    found = [AskedQuestion(str(row["id"]), row["question"]) for row in rows_of(path, "question")]
    if not found:
        raise QuestionError(
            f"问题文件 {path} 里没有问题。每行一个 JSON 对象，含 id 和 question。",
            f"The question file {path} is empty. Each line is a JSON object with id and question.",
        )
    return tuple(found)


def rows_of(path: Path, *needed: str) -> Iterator[dict[str, Any]]:
    """The rows of a run file or a question file: JSON objects with an `id`, one a line.

    Numbers in them are finite, and texts can be written anywhere: no NaN, no half of a character.

    `needed` names fields that must be there and hold text.

    Raises:
        QuestionError: the file cannot be read, or a line is not such an object.
    """
    try:
        # Only a newline ends a line: JSON strings may hold U+2028 and the like.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(
            f"文件 {path} 读不出来（{error}）。请检查路径，文件应是 UTF-8 编码。",
            f"The file {path} cannot be read ({error}). Check the path; it must be UTF-8.",
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, parse_constant=_no_number, parse_float=_finite)
            json.dumps(row, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError) as error:
            raise _bad_line(path, number, line) from error
        if not isinstance(row, dict) or type(row.get("id")) not in (str, int):
            raise _bad_line(path, number, line)
        if not all(isinstance(row.get(field), str) for field in needed):
            raise _bad_line(path, number, line)
        yield row


def _no_number(word: str) -> float:
    raise ValueError(word)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _bad_line(path: Path, number: int, line: str) -> QuestionError:
    return QuestionError(
        f"{path} 第 {number} 行不对：{line[:80]!r}。每行一个 JSON 对象，含 id 和 question。",
        f"Line {number} of {path} is not valid: {line[:80]!r}. Each line is a JSON object with id and question.",
    )


def run_row(
    id: str, reply: Reply, index: ReportIndex, comparison: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """A reply as a row of a run, with the cells of a question that compares.

    `signals` is ours; scorers pass over it.
    """
    return {
        "id": id,
        "abstained": reply.abstained,
        "confidence": round(reply.confidence, 4),
        "answers": [answer_fields(answer, index) for answer in reply.candidates],
        "passages": [_passage(passage) for passage in reply.passages],
        "comparison": comparison,
        "elapsed_ms": round(reply.elapsed_ms, 1),
        "signals": asdict(reply.signals) if reply.signals else None,
    }


def refused_row(id: str, error: QuestionError) -> dict[str, Any]:
    """The row of a question that could not be asked: an abstention that says why."""
    return {
        "id": id,
        "abstained": True,
        "confidence": 0.0,
        "answers": [],
        "passages": [],
        "comparison": None,
        "elapsed_ms": 0.0,
        "error": str(error),
    }


def answer_fields(answer: Answer, index: ReportIndex) -> dict[str, Any]:
    """An answer as the run format has it."""
    text = index.report(answer.place.document).text
    return {
        "document": answer.place.document,
        "text": answer.text,
        "start": answer.span.start,
        "end": answer.span.end,
        "sentence": answer.sentence.of(text),
        "section": list(answer.place.headings),
        "score": round(answer.score, 4),
    }


def _passage(passage: FoundPassage) -> dict[str, Any]:
    return {
        "document": passage.place.document,
        "text": passage.text,
        "start": passage.span.start,
        "end": passage.span.end,
        "section": list(passage.place.headings),
        "score": round(passage.score, 4),
    }
