"""Whether a line is nothing but the name of somebody."""

from __future__ import annotations

from indexer.report.documents import fits


def is_name(line: str) -> bool:
    """Whether a line, in Simplified characters, is the name of a person and nothing else."""
    bare = line.replace(" ", "")
    return fits("person", bare) and not fits("no_person", bare)
