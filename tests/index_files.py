"""Ways to fill an index on disk, and to damage it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from embeddings import Encoder
from indexer.report.report import Report
from indexer.store.database import STORE_NAME
from indexer.store.embedding import embed_passages, passages_to_embed
from indexer.store.locking import is_lock
from indexer.store.rows import EmbeddedReport
from indexer.store.settings import embedded_by


def embedded(report: Report, encoder: Encoder) -> EmbeddedReport:
    """A report with the vectors that the encoder makes of it, without the line that embeds many."""
    made_by = embedded_by(encoder.identity)
    passages = embed_passages(report, passages_to_embed(report, made_by), encoder)
    return EmbeddedReport(report, made_by, tuple(passages))


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


def files_in(directory: Path) -> set[str]:
    """The names in a directory, but for locks, which stay where they are."""
    return {path.name for path in directory.iterdir() if not is_lock(path)}
