"""What can go wrong between a file and the index on disk."""

from __future__ import annotations

from embeddings.errors import WenbaoError


class SourceError(WenbaoError):
    """A file or folder that was given cannot be read as a report."""


class IndexFault(WenbaoError):
    """The index directory is missing, foreign, damaged or cannot be written.

    `foreign` is true where the file in our place belongs to another program: it is never replaced.
    """

    def __init__(self, zh: str, en: str, *, foreign: bool = False) -> None:
        super().__init__(zh, en)
        self.foreign = foreign


class ModelMismatch(IndexFault):
    """The index was made with another model than the one now chosen."""
