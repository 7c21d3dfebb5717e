"""The reports of an index without its vectors: for work that needs no model."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from indexer.errors import IndexFault, damaged
from indexer.report.records import ParsedDocument
from indexer.store.consistency import document_problems
from indexer.store.database import open_store


def open_reports(directory: Path, names: Collection[str] | None = None) -> tuple[ParsedDocument, ...]:
    """The reports of the index in `directory`, those of `names` in their order, else all as added.

    Raises:
        IndexFault: the index is missing, foreign or damaged, a text is not what was indexed, or it
            has no report of a name.
    """
    with open_store(directory) as store:
        digests = store.text_digests()
        reports = {parsed.document.name: parsed for parsed in store.documents()}
    wanted = reports if names is None else {name: reports[name] for name in names if name in reports}
    for name in names or ():
        if name not in reports:
            known = "、".join(reports)
            raise IndexFault(
                f"索引里没有报告 {name!r}。现有：{known}。",
                f"The index has no report {name!r}. It has: {known}.",
            )
    for parsed in wanted.values():
        if digests[parsed.document.name] != parsed.document.text_digest:
            raise damaged(directory, f"{parsed.document.name}: text differs from its digest")
        for problem in document_problems(parsed):
            raise damaged(directory, f"{problem.document}: {problem.en}")
    return tuple(wanted.values())
