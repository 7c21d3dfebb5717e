"""问报 Wenbao: questions to Chinese government work reports, answered in the reports' own words.

    from wenbao import Library

    library = Library.open("my-index")
    library.add("reports/", progress=print)
    reply = library.ask("今年新建多少个充电桩？")
    print(reply.answer, reply.answer.citation)

`reply.answer` is None where the reports do not answer. docs/library.md tells the rest.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from wenbao.version import version

if TYPE_CHECKING:
    from answers.commitments.rows import StatementKind
    from answers.commitments.search import Filter
    from answers.errors import EndpointError, FeedbackError, LedgerError, QuestionError
    from answers.feedback import Verdict
    from answers.quoting.endpoint import Endpoint
    from embeddings.errors import ModelError, WenbaoError
    from indexer.errors import IndexFault, SourceError
    from indexer.outcomes import FileResult, Outcome
    from indexer.report.correction import CorrectionError
    from indexer.report.records import DocumentKind
    from indexer.report.report import Report
    from indexer.reports import Problem
    from wenbao.library import Library
    from wenbao.records import (
        Answer,
        Cell,
        Commitment,
        Comparison,
        Feedback,
        Judgement,
        Passage,
        Progress,
        Quotation,
        Reply,
        Rows,
        Tracked,
        Tracking,
        Written,
        WrittenSentence,
    )
    from wenbao.saying import AnswerDiffers

__version__ = version()
__all__ = [
    "Answer",
    "AnswerDiffers",
    "Cell",
    "Commitment",
    "Comparison",
    "CorrectionError",
    "DocumentKind",
    "Endpoint",
    "EndpointError",
    "Feedback",
    "FeedbackError",
    "FileResult",
    "Filter",
    "IndexFault",
    "Judgement",
    "LedgerError",
    "Library",
    "ModelError",
    "Outcome",
    "Passage",
    "Problem",
    "Progress",
    "QuestionError",
    "Quotation",
    "Reply",
    "Report",
    "Rows",
    "SourceError",
    "StatementKind",
    "Tracked",
    "Tracking",
    "Verdict",
    "WenbaoError",
    "Written",
    "WrittenSentence",
    "__version__",
]
_HOMES = {
    "answers.commitments.rows": ("StatementKind",),
    "answers.commitments.search": ("Filter",),
    "answers.errors": ("EndpointError", "FeedbackError", "LedgerError", "QuestionError"),
    "answers.feedback": ("Verdict",),
    "answers.quoting.endpoint": ("Endpoint",),
    "embeddings.errors": ("ModelError", "WenbaoError"),
    "indexer.errors": ("IndexFault", "SourceError"),
    "indexer.report.correction": ("CorrectionError",),
    "indexer.outcomes": ("FileResult", "Outcome"),
    "indexer.report.records": ("DocumentKind",),
    "indexer.report.report": ("Report",),
    "indexer.reports": ("Problem",),
    "wenbao.library": ("Library",),
    "wenbao.records": (
        "Answer", "Cell", "Commitment", "Comparison", "Feedback", "Judgement", "Passage", "Progress",
        "Quotation", "Reply", "Rows", "Tracked", "Tracking", "Written", "WrittenSentence",
    ),
    "wenbao.saying": ("AnswerDiffers",),
}  # fmt: skip
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: `wenbao --help` does not wait for FAISS."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOME[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The public names, those that are not imported yet included."""
    return sorted(__all__)
