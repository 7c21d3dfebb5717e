"""One page of the ledger as the library's records: what a program shows that lists thousands of commitments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from answers.commitments.search import Filter, Order
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_update import bring_up
from embeddings.language import Language
from indexer.twins import silent_reports
from wenbao.conversion import entry_records
from wenbao.current_reports import CurrentReports
from wenbao.records import Commitment


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """Some of the rows of the ledger that a filter finds.

    Attributes:
        total: how many it finds.
        offset: how many of them come before these.
    """

    total: int
    offset: int
    commitments: tuple[Commitment, ...]


def ledger_page(
    directory: Path, wanted: Filter, order: Order, offset: int, limit: int, language: Language = "zh"
) -> CommitmentPage:
    """At most `limit` rows from the one at `offset` on. Needs no model.

    Reports that are there twice are counted once, as in `Library.commitments`, unless they are named.

    Raises:
        IndexFault: a report that is named is not in the index, or there is no sound index.
        LedgerError: the ledger cannot be read or written.
    """
    stored = CurrentReports(directory)
    names = stored.names(wanted.documents or None)
    if names is None:
        wanted = replace(wanted, but=silent_reports(directory))
    bring_up(directory, only=names)
    ledger = StoredLedger(directory)
    found = ledger.page(wanted, order, offset, limit)
    rows = tuple(entry_records(found, stored.text_digests(names), language))
    return CommitmentPage(ledger.totals(wanted).rows, offset, rows)
