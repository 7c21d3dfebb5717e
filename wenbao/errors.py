"""What can be wrong with what a program says of a report."""

from __future__ import annotations

from embeddings.errors import WenbaoError


class CorrectionError(WenbaoError):
    """A correction of a report's title, year or level that no report can have."""
