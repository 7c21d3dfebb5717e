"""The statements of a report, found apart from this process: no report can keep the ledger, or the pages, waiting."""

from __future__ import annotations

import logging

from answers.commitments.search import Entry
from answers.commitments.stored_rows import statements_of as _found_in
from indexer.apart import Apart, Exceeded
from indexer.report.report import Report

_LOG = logging.getLogger(__name__)
_APART = Apart()


def statements_of(report: Report) -> tuple[Entry, ...]:
    """The statements of a report; none, with a warning, of one that takes too much time or memory.

    Such a report stays in the library and can be asked, and removed; only the ledger does without it.
    """
    try:
        return _APART.call(_found_in, report)
    except Exceeded as error:
        _LOG.warning(
            "报告 %r 的承诺没能找出来（%s），台账里没有它。请查看它的内容，或从文库中移除。"
            " The statements of %r could not be found (%s); the ledger does without it. Look at the report, or remove it"
            " on the page 文库.",
            report.name, error, report.name, error,
        )  # fmt: skip
        return ()
