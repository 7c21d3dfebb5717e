"""Questions whose right answers are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from answers.errors import QuestionError
from answers.evaluation.scoring import Gold
from answers.runs import rows_of


class QuestionKind(StrEnum):
    """What a question asks for."""

    NUMBER = "number"
    ENTITY = "entity"
    ENGLISH = "english"
    COLLOQUIAL = "colloquial"
    YESNO = "yesno"
    LIST = "list"
    MEASURE = "measure"
    COMPARE = "compare"
    UNANSWERABLE = "unanswerable"


SPAN_KINDS = frozenset(
    {
        QuestionKind.NUMBER,
        QuestionKind.ENTITY,
        QuestionKind.ENGLISH,
        QuestionKind.COLLOQUIAL,
        QuestionKind.YESNO,
    }
)
"""The kinds that one span answers, and any one gold entry is enough; the others want every entry."""

PART_KINDS = frozenset({QuestionKind.LIST, QuestionKind.MEASURE})
"""The kinds that whole sentences answer: every gold entry is a part of the answer."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, and what the reports say to it.

    Attributes:
        gold: the evidence; empty where the reports do not answer.
        about: the report it was written about, where the file says so.
    """

    id: str
    kind: QuestionKind
    question: str
    gold: tuple[Gold, ...]
    about: str | None = None


def read_gold_questions(paths: Sequence[Path]) -> tuple[GoldQuestion, ...]:
    """The questions of all the files together, in their order.

    A question without gold is unanswerable, whatever its kind.

    Raises:
        QuestionError: a file cannot be read or holds no question, a row is not a question with its gold,
            or two questions have one id.
    """
    found: list[GoldQuestion] = []
    seen: set[str] = set()
    for path in paths:
        before = len(found)
        for row in rows_of(path, "question"):
            question = _question(path, row)
            if question.id in seen:
                raise _bad(path, question.id, "编号重复，请改名", "its id stands twice, rename it")
            seen.add(question.id)
            found.append(question)
        if len(found) == before:
            raise QuestionError(
                f"题集 {path} 里没有问题。每行一个 JSON 对象，含 id、kind、question 和 gold。",
                f"The question set {path} is empty. Each line is a JSON object with id, kind, question and gold.",
            )
    return tuple(found)


def _question(path: Path, row: dict[str, Any]) -> GoldQuestion:
    id, entries = str(row["id"]), row.get("gold")
    if not isinstance(entries, list):
        raise _bad(path, id, "没有 gold（答案的列表）", "it has no gold, the list of its answers")
    gold = tuple(_gold(path, id, entries))
    kind = row.get("kind")
    if not isinstance(kind, str) or kind not in set(QuestionKind):
        known = ", ".join(QuestionKind)
        raise _bad(path, id, f"kind 是 {kind!r}，应是 {known} 之一", f"its kind {kind!r} is none of {known}")
    if gold and kind == QuestionKind.UNANSWERABLE:
        raise _bad(path, id, "kind 是 unanswerable 却有答案", "it is unanswerable and has answers")
    if kind not in PART_KINDS and any(not entry.answers for entry in gold):
        raise _bad(path, id, "gold 里的 answers 是空的", "an entry of its gold has no answers")
    about = row.get("doc")
    return GoldQuestion(
        id=id,
        kind=QuestionKind(kind) if gold else QuestionKind.UNANSWERABLE,
        question=row["question"],
        gold=gold,
        about=about if isinstance(about, str) else gold[0].document if gold else None,
    )


def _gold(path: Path, id: str, entries: list[Any]) -> Iterator[Gold]:
    for entry in entries:
        if not isinstance(entry, dict):
            raise _bad(path, id, f"gold 里的 {entry!r} 不是对象", f"{entry!r} in its gold is no object")
        for field in ("doc", "quote"):
            if not isinstance(entry.get(field), str) or not entry[field].strip():
                raise _bad(path, id, f"gold 里缺 {field}", f"an entry of its gold lacks {field}")
        answers = entry.get("answers", [])
        if not isinstance(answers, list) or not all(isinstance(a, str) and a.strip() for a in answers):
            raise _bad(
                path, id, f"answers 是 {answers!r}，应是文字的列表", f"{answers!r} is no list of texts"
            )
        yield Gold(entry["doc"], entry["quote"], tuple(answers))


def _bad(path: Path, id: str, zh: str, en: str) -> QuestionError:
    return QuestionError(
        f"{path} 里的题目 {id}：{zh}。格式见 README 的“评测”。",
        f"Question {id} of {path}: {en}. README tells the format under 评测.",
    )
