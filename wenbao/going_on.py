"""A question that goes on from another, as it is to be asked."""

from __future__ import annotations

from answers.understanding.follow_up import follow_up
from answers.understanding.question import understand


def completed(question: str, after: str | None) -> str:
    """A question, completed from the one before where it cannot stand alone.

    Raises:
        QuestionError: it is empty, too long or no question.
    """
    understand(question)
    return (follow_up(question, after) if after is not None else None) or question
