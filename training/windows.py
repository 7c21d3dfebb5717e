"""What the cross-encoder learns from: a question, a text, and where in the text the answer stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.text.span import Span


@dataclass(frozen=True, slots=True)
class Window:
    """One example.

    Attributes:
        group: the question's id; windows of one question share it.
        question: in Simplified characters.
        head: what stands above the text, the report's title and headings; may be empty.
        text: in Simplified characters.
        best: the answer to point at, in characters of `text`; None where the text does not answer.
        answers: every stretch that belongs to the answer (the points of a list); holds `best`.
    """

    group: str
    question: str
    head: str
    text: str
    best: Span | None
    answers: tuple[Span, ...]


def write_windows(windows: Iterable[Window], path: Path) -> int:
    """Write one JSON object a line; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as stream:
        for window in windows:
            stream.write(json.dumps(asdict(window), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_windows(path: Path) -> Iterator[Window]:
    """The windows of a file that `write_windows` wrote."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            best = Span(**row["best"]) if row["best"] else None
            answers = tuple(Span(**span) for span in row["answers"])
            yield Window(row["group"], row["question"], row["head"], row["text"], best, answers)
