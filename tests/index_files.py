"""Ways to fill an index on disk, and to damage it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from embeddings import Encoder
from indexer.report.report import Report
from indexer.store.database import STORE_NAME
from indexer.store.embedding import embed_passages, passages_to_embed
from indexer.store.rows import EmbeddedReport
from indexer.store.schema import SCHEMA
from indexer.store.settings import embedded_by


def embedded(report: Report, encoder: Encoder) -> EmbeddedReport:
    """A report with the vectors that the encoder makes of it, without the line that embeds many."""
    made_by = embedded_by(encoder.identity)
    passages = embed_passages(report, passages_to_embed(report, made_by), encoder)
    return EmbeddedReport(report, made_by, tuple(passages))


def rewrite(path: Path, content: bytes) -> None:
    """As a new file: the old one may be mapped into memory still, and to cut that short would end the process."""
    path.unlink()
    path.write_bytes(content)


def alter(directory: Path, statement: str, *values: object) -> None:
    """Run a statement on the store behind the program's back."""
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        connection.execute(statement, values)
        connection.commit()


def columns() -> list[tuple[str, str]]:
    """Every column of every table of a store."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA)
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            )
        ]
        return [
            (table, column)
            for table in tables
            for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        ]


def _little(value: object) -> object:
    """The same value but for the least change."""
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(value, str):
        digit = next((one for one in value if one.isdigit()), None)
        return value + "。" if digit is None else value.replace(digit, str((int(digit) + 1) % 10), 1)
    return 0 if value is None else int(str(value)) + 1


def alter_value(directory: Path, table: str, column: str, *, first: bool = False) -> None:
    """Change one value of a column of the store by the least, in its first row or in the middle one."""
    with closing(sqlite3.connect(directory / STORE_NAME)) as connection:
        keys = [
            f'"{name}"'
            for (name,) in connection.execute("SELECT name FROM pragma_table_info(?) WHERE pk", (table,))
        ]
        rows = connection.execute(f'SELECT {", ".join(keys)}, "{column}" FROM {table}').fetchall()
        *key, value = rows[0 if first else len(rows) // 2]
        one = " AND ".join(f"{name} = ?" for name in keys)
        try:
            connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE {one}', (_little(value), *key))
        except sqlite3.IntegrityError:  # there is such a key already: one that there is not
            connection.execute(f'UPDATE {table} SET "{column}" = ? WHERE {one}', (99_999, *key))
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
    return {path.name for path in directory.iterdir() if path.suffix != ".lock"}
