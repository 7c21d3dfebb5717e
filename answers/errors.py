"""What can be wrong with a question or a file of questions."""

from __future__ import annotations

from embeddings.errors import WenbaoError


class QuestionError(WenbaoError):
    """The question cannot be answered as it was asked: it is empty, too long, or no question."""
