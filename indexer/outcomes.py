"""What became of a file that was to be added: the value that intake, the doors and the log of changes share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexer.errors import SourceError
from indexer.tables_of_texts import TableOfTexts


class Outcome(StrEnum):
    """What became of a file that was to be added."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"  # this very report is there already, under this or another name
    DIFFERS = "differs"  # there is a report of this name with another text, and nobody said to replace it
    UNUSUAL = "unusual"  # it is no document of a government, and was not added because nobody said that it is wanted
    DIVIDED = "divided"  # a table: each of its rows is a document of its own, with an outcome of its own
    REFUSED = "refused"


UNDECIDED = (Outcome.DIFFERS, Outcome.UNUSUAL)
"""Outcomes after which somebody has to say what is to be done with the file."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """The outcome for one file.

    Attributes:
        document: the report's name in the index; None where the file could not be read.
        error: why it was refused.
        is_twin: whether `document` came from another file with this very text, so that it was not taken twice.
        table: what is known of a file with a column of texts, whether it was divided or taken as one document.
    """

    path: Path
    outcome: Outcome
    document: str | None
    error: SourceError | None = None
    is_twin: bool = False
    table: TableOfTexts | None = None
