"""Copy an index to other servers or another folder, vectors and all: nothing is embedded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from indexer.people.store import copy_people
from indexer.progress import Clock, Progress
from indexer.store.catalogue import ReportEntry
from indexer.store.database import found_store, has_store, open_store
from indexer.store.rows import EmbeddedReport
from indexer.store.settings import check_model
from indexer.store.writing import change_index, first_settings, refresh_vectors

_AT_ONCE = 32  # reports in one change
_PATIENCE = 3600.0  # seconds that Milvus may take for its graph


@dataclass(frozen=True, slots=True)
class MigrationResult:
    """What a migration did.

    Attributes:
        copied: how many reports it copied.
        there: how many were there already.
        different: the names of those that are there with another text; they were left alone.
        judgements: how many judgements it copied.
        finished: False where it was stopped: the same migration goes on from there.
    """

    copied: int
    there: int
    different: tuple[str, ...]
    judgements: int
    finished: bool


def migrate_index(
    source: Path,
    target: Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> MigrationResult:
    """Add the reports of one index, with their vectors and the judgements on them, to another.

    Reports that are there under the same name stay as they are, so a migration that was stopped goes on where it
    was. The source is left as it is.

    Raises:
        IndexFault: an index cannot be read or written, or vectors of the source were altered.
        ModelMismatch: the target was made with another model.
    """
    with open_store(source) as store:
        encoder, entries = store.settings().encoder, list(store.entries())
    if not has_store(target):
        found_store(target, first_settings(encoder, 1))
    with open_store(target) as store:
        check_model(target, store.settings(), encoder)
        known = store.text_digests()
    missing = [entry for entry in entries if entry.name not in known]
    different = [
        entry.name for entry in entries if known.get(entry.name, entry.text_digest) != entry.text_digest
    ]
    clock = Clock(len(missing), progress)
    copied, waiting = 0, iter(missing)
    while not cancelled() and (some := list(islice(waiting, _AT_ONCE))):
        clock.tell(some[0].name, some[0].title, copied, 0.0)
        _copy(source, target, some)
        copied += len(some)
    finished = copied == len(missing)
    judgements = copy_people(source, target) if finished else 0
    refresh_vectors(target, patience=_PATIENCE)
    return MigrationResult(copied, len(entries) - len(missing), tuple(different), judgements, finished)


def _copy(source: Path, target: Path, entries: list[ReportEntry]) -> None:
    with open_store(source) as store:
        read = [store.embedded_report(entry.name) for entry in entries]
    found: list[EmbeddedReport] = [report for report in read if report is not None]
    with change_index(target) as writer:
        for embedded in found:
            # Somebody may have added one of that name meanwhile.
            if writer.store.entry(embedded.report.name) is None:
                writer.add(embedded)
