"""What the store's queries need of a database, and SQLite in that shape.

The queries are the same for SQLite and PostgreSQL; what the two do not have in common is behind these methods.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Rows(Protocol):
    """What a query found, each row a sequence of columns."""

    def fetchone(self) -> Any:
        """The next row; None after the last."""

    def fetchall(self) -> Sequence[Any]:
        """All rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class StoreConnection(Protocol):
    """An open transaction of a database."""

    def execute(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """Run a statement; `?` stands for each value."""

    def insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """Add rows with all columns of a table, in their order."""

    def last_id(self, table: str) -> int:
        """The largest id that a row of this table ever had; 0 before the first."""

    def reserve(self, table: str, count: int) -> int:
        """The first of `count` ids for new rows, which no row ever had."""

    def count_on(self, table: str, last: int) -> None:
        """Let ids of a table go on beyond this one, where they do not already."""

    def integrity(self) -> str:
        """The database's own word on its files: "ok" or what is wrong."""


class SqliteConnection:
    """A file of SQLite as a StoreConnection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """As StoreConnection."""
        return self._connection.execute(statement, tuple(values))

    def insert(self, table: str, rows: Sequence[Sequence[object]]) -> None:
        """As StoreConnection."""
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def last_id(self, table: str) -> int:
        """As StoreConnection."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return 0 if row is None else int(row[0])

    def reserve(self, table: str, count: int) -> int:
        """As StoreConnection; the rows must be added in this transaction."""
        return self.last_id(table) + 1

    def count_on(self, table: str, last: int) -> None:
        """As StoreConnection."""
        if self.last_id(table) < last:
            self._connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            self._connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, last))

    def integrity(self) -> str:
        """As StoreConnection."""
        (word,) = self._connection.execute("PRAGMA integrity_check").fetchone()
        orphans = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        if word != "ok" or not orphans:
            return str(word)
        return f"{len(orphans)} rows of {orphans[0][0]} without document"
