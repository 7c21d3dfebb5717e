"""What can be wrong with a question, a file of questions, or what is asked of the ledger."""

from __future__ import annotations

from embeddings.errors import WenbaoError


class QuestionError(WenbaoError):
    """The question cannot be answered as it was asked: it is empty, too long, or no question."""


class LedgerError(WenbaoError):
    """What was asked of the ledger of commitments cannot be done."""
