"""Replies as a run file holds them, ours or another program's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answers.errors import QuestionError
from answers.runs import rows_of

_SUFFIX = re.compile(r"\.(txt|docx|pdf|html?|md)$")


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer of a run: its words, and the whole sentence around them."""

    document: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class GivenPassage:
    """A passage of a run."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class GivenCell:
    """What one report says in a comparison; None where it is taken to say nothing."""

    document: str
    answer: GivenAnswer | None


@dataclass(frozen=True, slots=True)
class GivenReply:
    """A row of a run.

    Attributes:
        confidence: 0..1, that the first answer is right.
        cells: of a comparison, one a report.
        elapsed_ms: None where the run does not tell.
        missing: the run has no row for the question.
    """

    id: str
    abstained: bool
    confidence: float
    answers: tuple[GivenAnswer, ...] = ()
    passages: tuple[GivenPassage, ...] = ()
    cells: tuple[GivenCell, ...] = ()
    elapsed_ms: float | None = None
    missing: bool = False


def missing_reply(id: str) -> GivenReply:
    """What counts for a question that the run passed over: an abstention without answers."""
    return GivenReply(id, abstained=True, confidence=0.0, missing=True)


def same_names(pairs: Sequence[str]) -> Mapping[str, str]:
    """Names of reports in a run, and what the questions call them, from `NAME_IN_RUN=NAME_IN_QUESTIONS`.

    Raises:
        QuestionError: one is not written so.
    """
    for pair in pairs:
        if not re.fullmatch(r"[^=]+=[^=]+", pair):
            raise QuestionError(
                f"--same {pair!r} 不对，应写成 运行中的名称=题集中的名称。",
                f"--same {pair!r} is not valid: write NAME_IN_RUN=NAME_IN_QUESTIONS.",
            )
    return dict(pair.split("=") for pair in pairs)


def read_run(path: Path, same: Mapping[str, str]) -> tuple[GivenReply, ...]:
    """The replies in a run file.

    Raises:
        QuestionError: the file cannot be read, a row is no reply, or two rows have one id.
    """
    found: list[GivenReply] = []
    seen: set[str] = set()
    for row in rows_of(path):
        reply = given_reply(row, same, str(path))
        if reply.id in seen:
            raise _bad(str(path), reply.id, "有两行，请只留一行", "has two rows, keep one")
        seen.add(reply.id)
        found.append(reply)
    if not found:
        raise QuestionError(
            f"运行结果 {path} 是空的。请给出 ask --questions … --json 或 evaluate --write 写的文件。",
            f"The run {path} is empty. Give what ask --questions … --json or evaluate --write wrote.",
        )
    return tuple(found)


def given_reply(row: dict[str, Any], same: Mapping[str, str], where: str) -> GivenReply:
    """A row of a run as a record; `where` names the run in errors, `same` maps names of reports.

    Raises:
        QuestionError: the row is no reply.
    """
    id = str(row["id"])
    try:
        elapsed = row.get("elapsed_ms")
        return GivenReply(
            id=id,
            abstained=_flag(row.get("abstained")),
            confidence=_share(row.get("confidence") or 0.0),
            answers=tuple(_answer(answer, same) for answer in row.get("answers") or ()),
            passages=tuple(
                GivenPassage(_name(passage, same), _text(passage, "text"))
                for passage in row.get("passages") or ()
            ),
            cells=tuple(_cell(cell, same) for cell in row.get("comparison") or ()),
            elapsed_ms=None if elapsed is None else _number(elapsed),
        )
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _bad(where, id, f"不是一条回答（{error}）", f"is no reply ({error})") from error


def _flag(value: object) -> bool:
    if value is not None and not isinstance(value, bool):
        raise TypeError(f"abstained: {value!r}")
    return bool(value)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r}")
    return float(value)


def _share(value: object) -> float:
    share = _number(value)
    if not 0 <= share <= 1:
        raise ValueError(f"confidence: {value!r}")
    return share


def _answer(row: dict[str, Any], same: Mapping[str, str]) -> GivenAnswer:
    text = _text(row, "text")
    return GivenAnswer(_name(row, same), text, _text(row, "sentence") or text)


def _cell(row: dict[str, Any], same: Mapping[str, str]) -> GivenCell:
    name, answer = _name(row, same), row.get("answer")
    if not answer:
        return GivenCell(name, None)
    text = _text(answer, "text")
    return GivenCell(name, GivenAnswer(name, text, _text(answer, "sentence") or text))


def _name(row: dict[str, Any], same: Mapping[str, str]) -> str:
    name = _SUFFIX.sub("", _text(row, "document").rpartition("/")[2])
    return same.get(name, name)


def _text(row: dict[str, Any], field: str) -> str:
    value = row.get(field) or ""
    if not isinstance(value, str):
        raise TypeError(f"{field}: {value!r}")
    return value


def _bad(where: str, id: str, zh: str, en: str) -> QuestionError:
    return QuestionError(
        f"{where} 里题目 {id} {zh}。请用 ask --json 或 evaluate --write 的结果。",
        f"Question {id} in {where} {en}. Give the output of ask --json or evaluate --write.",
    )
