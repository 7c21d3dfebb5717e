"""A ledger is what was extracted from the reports, or it is told and made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from answers.commitments.search import Filter
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_file import LEDGER_NAME
from answers.commitments.stored_proof import ledger_problems, mend_ledger
from answers.commitments.stored_update import bring_up
from indexer.library import correct_metadata
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder

TABLES = {
    "documents": "name title region year source_digest extracted edition statements",
    "headings": "section path",
    "statements": "id document kind topic year unit bound low high start",
    "tallies": "topic kind numbered statements",
    "quoted": "id text object action form end sentence_start sentence_end section paragraph page sentence",
    "seals": "seal",
}
ALL_COLUMNS = [(table, column) for table, columns in TABLES.items() for column in columns.split()]


@pytest.fixture
def ledger(index_directory: Path) -> Path:
    bring_up(index_directory)
    assert ledger_problems(index_directory) == ()
    return index_directory


@pytest.mark.parametrize(("table", "column"), ALL_COLUMNS)
def test_the_change_of_any_column_is_told_and_mended(ledger: Path, table: str, column: str) -> None:
    before = list(StoredLedger(ledger).entries(Filter()))
    with closing(sqlite3.connect(ledger / LEDGER_NAME)) as connection:
        first = f"(SELECT rowid FROM {table} LIMIT 1)" if table not in ("headings", "tallies") else None
        where = f"rowid = {first}" if first else f"{column} = (SELECT max({column}) FROM {table})"
        connection.execute(f'UPDATE {table} SET "{column}" = 777 WHERE {where}')
        connection.commit()
    assert ledger_problems(ledger)
    mend_ledger(ledger)
    bring_up(ledger)
    assert ledger_problems(ledger) == ()
    assert list(StoredLedger(ledger).entries(Filter())) == before


def test_a_report_that_was_taken_out_by_hand_is_told(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger / LEDGER_NAME)) as connection:
        connection.execute("DELETE FROM documents")
        connection.commit()
    assert ledger_problems(ledger)


def test_a_correction_is_sealed(ledger: Path) -> None:
    correct_metadata(SEED_NAME, ledger, FakeEncoder(), {"title": "另一个标题"})
    bring_up(ledger)
    assert ledger_problems(ledger) == ()


def test_where_there_is_no_ledger_nothing_is_wrong(index_directory: Path) -> None:
    (index_directory / LEDGER_NAME).unlink(missing_ok=True)
    assert ledger_problems(index_directory) == ()
    assert not (index_directory / LEDGER_NAME).exists()
