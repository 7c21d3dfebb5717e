"""What can be wrong with a question, a file of questions, what is asked of the ledger, what is said of an answer, or a
table to write."""

from __future__ import annotations

from embeddings.errors import WenbaoError


class QuestionError(WenbaoError):
    """The question cannot be answered as it was asked: it is empty, too long, or no question."""


class LedgerError(WenbaoError):
    """What was asked of the ledger of commitments cannot be done."""


class ExportError(WenbaoError):
    """A table cannot be written to the file that was named."""


class EndpointError(WenbaoError):
    """The language model that was configured cannot be reached, is configured wrongly or replied nothing usable."""


class FeedbackError(WenbaoError):
    """What a person says of an answer cannot be kept as it was given."""
