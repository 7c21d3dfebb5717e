"""The tables of what the program knows of questions and statements, `answers/knowledge/*.toml`; the module that reads
them says how they are written (`indexer.text.tables`)."""

from __future__ import annotations

from pathlib import Path

from indexer.text.tables import Row, Tables, alternatives, in_order, patterns_of, words_of

__all__ = [
    "Row",
    "alternatives",
    "cue",
    "every_row",
    "in_order",
    "patterns_of",
    "rows",
    "source",
    "words_of",
]

_TABLES = Tables(Path(__file__).parent)
rows = _TABLES.rows
source = _TABLES.source
cue = _TABLES.cue
every_row = _TABLES.every_row
