"""The words that questions are made of besides what they ask about, from `questions.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from answers.knowledge.tables import Row, in_order, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class _StopWords(Row):
    left_out_of: tuple[str, ...]


def stop_words(left_out_of: Literal["words", "topic"]) -> re.Pattern[str]:
    """What is left out of the words that passages are searched for, or of the topic of a comparison."""
    return re.compile(
        in_order(row for row in rows(_StopWords, "questions", "stop") if left_out_of in row.left_out_of)
    )
