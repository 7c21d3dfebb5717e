"""The library of reports: add, replace, remove and correct one report without touching the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from embeddings import Encoder
from indexer.apart import CalledOff, Waiting
from indexer.embedding_line import embedded_reports
from indexer.errors import DamagedIndex, beyond_repair, no_report
from indexer.intake import Intake, ensure_index, known_in
from indexer.location import AnyPath, Names, Paths, names_of, path_of, paths_of
from indexer.originals import forget_uploads
from indexer.outcomes import FileResult, Outcome
from indexer.progress import Clock, Progress
from indexer.proof.mending import mend_written
from indexer.proof.shared_repair import mend_shared
from indexer.proof.soundness import is_as_made
from indexer.remaking import bring_in, take_over
from indexer.report.metadata import corrected
from indexer.report.passages import parse_report, shaped_by
from indexer.report.records import Document, Origin
from indexer.report.sketch import sketch_of
from indexer.reports import Problem, proven_report
from indexer.sources import report_files, unknown_kinds
from indexer.store.catalogue import ReportEntry
from indexer.store.database import found_store, open_store
from indexer.store.locking import REPAIRING, remaking_alone
from indexer.store.replacing import remove_index
from indexer.store.servers import folder_aside, servers_of
from indexer.store.settings import check_model, embedded_by, same_weights
from indexer.store.words import mend_words
from indexer.store.writing import change_index, first_settings, refresh_vectors
from indexer.tables_of_texts import divide
from indexer.text.file_names import path_kept


def add_reports(
    sources: Paths,
    directory: AnyPath,
    encoder: Encoder,
    *,
    replacing: bool = False,
    rows_of: Collection[Path] | None = None,
    asking: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[FileResult, ...]:
    """Add reports, one or several files or folders, to the index in `directory`, made if there is none.

    Reports are committed every few seconds: killed in between, those before are in and whole. A report
    whose text is in the index already is left alone; one with a known name and another text replaces
    the old one only if `replacing`. One unreadable file does not stop the others. Of tables with a column of texts
    each row becomes a document: of those in `rows_of`, or, where it is None, of those whose rows look like documents.
    What is no document of a government is left out if `asking`.

    Raises:
        SourceError: a source does not exist, or a folder has no report in it.
        IndexFault: the index is foreign, damaged or cannot be written.
        ModelMismatch: it was made with another model.
        ModelError: the model failed.
    """
    directory, sources = path_of(directory), paths_of(sources)
    files = report_files(sources)
    ensure_index(directory, encoder)
    intake = Intake(directory, encoder, replacing=replacing, whole=False, progress=progress, asking=asking)
    try:
        with suppress(CalledOff):  # before the first file was at hand
            intake.take_divided(divide(files, directory, rows_of, Waiting(cancelled)), cancelled)
    finally:
        refresh_vectors(directory)
    others = (FileResult(left.path, Outcome.REFUSED, None, left.error) for left in unknown_kinds(sources))
    return (*intake.results, *others)


def remove_reports(names: Names, directory: AnyPath) -> None:
    """Remove the report of a name, or of several, from the index: all or, where one is not there, none.

    A file that was uploaded goes with its report; one that was read where it lay stays.

    Raises:
        IndexFault: the index cannot be read or written, or has no report of such a name.
    """
    directory, wanted = path_of(directory), names_of(names)
    with change_index(directory) as writer:
        files = [path_kept(found.source) for name in wanted if (found := writer.store.entry(name))]
        for name in wanted:
            if not writer.remove(name):
                raise no_report(name, writer.store.names())
    refresh_vectors(directory)
    forget_uploads(directory, files)


def correct_metadata(
    name: str, directory: AnyPath, encoder: Encoder, changes: Mapping[str, str | int | None]
) -> None:
    """Write what a person says of a report. Another place or year is embedded with every passage of it.

    Raises:
        IndexFault: the index cannot be read or written, or has no such report.
        TypeError: there is no such field, or its value is of another kind.
    """
    directory = path_of(directory)
    while not _is_corrected(name, directory, encoder, changes):
        # Somebody else changed the report while it was embedded.
        pass
    refresh_vectors(directory)


def _is_corrected(
    name: str, directory: Path, encoder: Encoder, changes: Mapping[str, str | int | None]
) -> bool:
    with open_store(directory) as store:
        # What was altered behind our back does not become true by being written again.
        found, entry = proven_report(directory, store, name), store.entry(name)
        if found is None or entry is None:
            raise no_report(name, store.names())
    metadata = corrected(entry.metadata, Origin.USER, **changes)
    if shaped_by(metadata) != shaped_by(entry.metadata):
        return _embed_anew(directory, entry, replace(found.document, metadata=metadata), encoder)
    with change_index(directory) as writer:
        if writer.store.entry(name) != entry:
            return False
        writer.write_metadata(name, metadata)
    return True


def renew_index(
    directory: AnyPath,
    encoder: Encoder,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Embed anew the reports that a former version of this program embedded; how many there were.

    They answer meanwhile as they did. Stopped or killed, it goes on from there the next time.

    Raises:
        IndexFault: the index cannot be read or written.
        ModelMismatch: it was made with another model.
        ModelError: the model failed.
    """
    directory = path_of(directory)
    now = embedded_by(encoder.identity)
    with open_store(directory) as store:
        check_model(directory, store.settings(), encoder.identity)
        stale = [entry.name for entry in store.entries() if entry.embedded != now]
    if not stale:
        return 0
    clock = Clock(len(stale), progress)
    for number, name in enumerate(stale):
        if cancelled():
            break
        with open_store(directory) as store:
            found, entry = store.report(name), store.entry(name)
        # One that was removed meanwhile stays removed; one that was corrected keeps the correction.
        if found is not None and entry is not None:
            clock.tell(name, found.title, number, 0.0)
            _embed_anew(directory, entry, found.document, encoder)
    with change_index(directory) as writer:
        writer.write_encoder(encoder.identity)
    refresh_vectors(directory)
    return len(stale)


def repair_index(
    directory: AnyPath, encoder: Encoder, progress: Progress | None = None
) -> tuple[Problem, ...]:
    """Make the index whole again from the texts in its store; what could not be had back, or only in part.

    Settings and what is known of reports are mended first (`mending`): a report whose text was altered and whose file
    is gone leaves the index, all others stay. Then reports whose sections, passages or vectors are not what their text
    gives are made anew where they are, one by one: others add, remove and correct reports meanwhile. Only a file that
    SQLite cannot trust, or another model, makes an index anew beside it.

    Raises:
        IndexFault: the file of the store cannot be read at all, or not be written, or another repair was still at work.
        ModelError: the model failed.
    """
    directory = path_of(directory)
    with remaking_alone(directory):
        notices = _written(directory, encoder)
        servers = servers_of(directory)
        with open_store(directory) as store:
            settings = store.settings()
            whole = store.integrity() == "ok"
        if not same_weights(settings.encoder, encoder.identity) or not whole:
            _remake(directory, encoder, progress)
        elif servers is not None:
            mend_shared(directory, servers, lambda entry: _embed_again(directory, entry, encoder))
        else:
            _mend(directory, encoder, progress)
    return notices


def _written(directory: Path, encoder: Encoder) -> tuple[Problem, ...]:
    try:
        return mend_written(directory, encoder.identity)
    except DamagedIndex as fault:
        raise beyond_repair(directory, fault) from fault


def _mend(directory: Path, encoder: Encoder, progress: Progress | None) -> None:
    with open_store(directory) as store:
        entries = list(store.entries())
    clock = Clock(len(entries), progress)
    for number, entry in enumerate(entries):
        clock.tell(entry.name, entry.title, number, 0.0)
        if not is_as_made(directory, entry):
            _embed_again(directory, entry, encoder)
        clock.tell(entry.name, entry.title, number, 1.0)
    mend_words(directory)
    refresh_vectors(directory, always=True)


def _remake(directory: Path, encoder: Encoder, progress: Progress | None) -> None:
    aside = folder_aside(directory, REPAIRING)
    # What a killed repair left is of no use: nobody knows what changed since.
    remove_index(aside)
    aside = folder_aside(directory, REPAIRING)
    found_store(aside, first_settings(encoder.identity, 1))
    with open_store(directory) as store:
        names = store.names()
    clock = Clock(len(names), progress)
    numbers = {name: number for number, name in enumerate(names)}
    bring_in(
        (_stored(directory, name) for name in names), aside, encoder,
        lambda report, share: clock.tell(report.name, report.title, numbers[report.name], share), known=directory,
    )  # fmt: skip
    take_over(aside, directory, encoder, lambda entry: True, alone=True)


def _embed_again(directory: Path, entry: ReportEntry, encoder: Encoder) -> None:
    """Make a report anew from its text, unless somebody else changed or removed it meanwhile."""
    _embed_anew(directory, entry, _stored(directory, entry.name), encoder)


def _embed_anew(directory: Path, entry: ReportEntry, document: Document, encoder: Encoder) -> bool:
    """Put `document` in the place of a report; False where somebody else changed or removed that one meanwhile."""
    document = replace(document, metadata=replace(document.metadata, sketch=sketch_of(document.text)))
    # Embedding takes seconds, so it is done before the store is locked.
    (embedded,) = embedded_reports([parse_report(document)], encoder, known_in(directory))
    with change_index(directory) as writer:
        check_model(directory, writer.store.settings(), encoder.identity)
        if writer.store.entry(entry.name) != entry:
            return False
        writer.add(embedded)
    return True


def _stored(directory: Path, name: str) -> Document:
    """The document of a report. What cannot be read of its sections and passages need not be: they are derived anew."""
    with open_store(directory) as store:
        document = store.document(name)
    if document is None:
        raise no_report(name, ())
    return document
