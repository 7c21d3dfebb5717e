"""The ledger as the library's records, whole or a page of it: what a program shows that lists thousands of commitments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from answers.commitments.search import Filter, Order
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_update import bring_up
from embeddings.language import Language
from indexer.twins import silent_reports
from wenbao.conversion import entry_records
from wenbao.current_reports import CurrentReports
from wenbao.pages import Page, next_offset
from wenbao.records import Commitment


@dataclass(frozen=True)
class CommitmentPage(Page):
    """A page of the rows of the ledger that a filter finds."""

    commitments: tuple[Commitment, ...]


class FoundCommitments:
    """The rows that a filter finds in some reports, or in all but those that another copy speaks for, up to date.

    Raises:
        IndexFault: a report that is named is not in the index, or there is no sound index.
        LedgerError: the ledger cannot be read or written.
    """

    def __init__(
        self,
        directory: Path,
        stored: CurrentReports,
        wanted: Filter,
        documents: str | Iterable[str] | None,
        language: Language,
    ) -> None:
        self._names = stored.names(documents)
        self._wanted = replace(
            wanted,
            documents=tuple(self._names or ()),
            but=silent_reports(directory) if self._names is None else (),
        )
        self._stored, self._language = stored, language
        self._ledger = StoredLedger(directory)
        if self._names != []:
            bring_up(directory, only=self._names)

    def all(self) -> Iterator[Commitment]:
        """All of them; those of reports that are named in the order of the names."""
        if self._names == []:
            return iter(())
        found = self._ledger.entries(self._wanted)
        return entry_records(found, self._stored.text_digests(self._names), self._language)

    def page(self, order: Order, offset: int, limit: int) -> CommitmentPage:
        """At most `limit` of them from the one at `offset` on; by place in the order in which the reports were added."""
        if self._names == []:
            return CommitmentPage(0, offset, None, ())
        found = self._ledger.page(self._wanted, order, offset, limit)
        total = self._ledger.totals(self._wanted).rows
        rows = tuple(entry_records(found, self._stored.text_digests(self._names), self._language))
        return CommitmentPage(total, offset, next_offset(total, offset, limit), rows)
