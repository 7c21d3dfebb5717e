"""Ways to damage an index on disk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.store.database import STORE_NAME


def alter(directory: Path, statement: str, *values: object) -> None:
    """Run a statement on the store behind the program's back."""
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        connection.execute(statement, values)
        connection.commit()


def vector_files(directory: Path) -> list[Path]:
    """The FAISS files in an index directory."""
    return sorted(directory.glob("*.faiss"))


def write_report(folder: Path, name: str, text: str) -> Path:
    """A report file, and its folder if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path
