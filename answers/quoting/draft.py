"""What a language model replied, read: sentences with what they claim to quote. Nothing in it is believed yet."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from answers.errors import EndpointError
from indexer.text.characters import without_signs

MOST_SENTENCES = 12
MOST_QUOTATIONS = 8
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.S)
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class ClaimedQuotation:
    """Words that are said to stand in a passage, by the name that it was given."""

    passage: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimedSentence:
    """A sentence and what it claims to rest on."""

    text: str
    quotations: tuple[ClaimedQuotation, ...]


def read_draft(content: str) -> tuple[ClaimedSentence, ...]:
    """The sentences of a reply, at most 12 with at most 8 quotations each; what a model thought aloud before is left out.

    Raises:
        EndpointError: it is not the JSON object that was asked for.
    """
    reply = _object(_THOUGHTS.sub("", content, count=1))
    rows = reply.get("sentences") if reply is not None else None
    if not isinstance(rows, list):
        raise _not_understood(content)
    return tuple(_sentence(row, content) for row in rows[:MOST_SENTENCES])


def _object(content: str) -> dict[str, Any] | None:
    """The JSON object in a reply, with or without a fence around it; None where there is none."""
    start, end = content.find("{"), content.rfind("}")
    try:
        read = json.loads(content[start : end + 1])
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None


def _sentence(row: Any, content: str) -> ClaimedSentence:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise _not_understood(content)
    quotes = row.get("quotes")
    claimed = [
        ClaimedQuotation(quote["passage"], quote["text"])
        for quote in (quotes if isinstance(quotes, list) else [])[:MOST_QUOTATIONS]
        if isinstance(quote, dict)
        and isinstance(quote.get("passage"), str)
        and isinstance(quote.get("text"), str)
    ]
    # On one line, and without signs that nobody sees: it is shown beside words of reports.
    return ClaimedSentence(" ".join(without_signs(row["text"]).split()), tuple(claimed))


def _not_understood(content: str) -> EndpointError:
    shown = " ".join(without_signs(content[:_SHOWN]).split())
    return EndpointError(
        f"语言模型的回答不是所要的 JSON：{shown!r}。摘录的答案不受影响；请换一个能按格式回答的模型，或再试一次。",
        f"The language model's reply is not the JSON that was asked for: {shown!r}. The extracted answer stands; choose a "
        "model that keeps to a format, or try again.",
    )
