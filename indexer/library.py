"""The library of reports: add, replace, remove and correct one report without touching the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from embeddings import Encoder, EncoderIdentity
from indexer.build import BuildProgress, Progress, embed_reports, known_in, seal
from indexer.errors import IndexFault, SourceError, no_report
from indexer.location import AnyPath, Names, Paths, names_of, path_of
from indexer.report.metadata import corrected
from indexer.report.passages import parse_report
from indexer.report.records import Document, Origin
from indexer.report.report import Report
from indexer.sources import read_document, report_files
from indexer.store.database import STORE_NAME, change_store, create_store, open_store
from indexer.store.settings import check_model
from indexer.store.tables import Store
from indexer.store.vectors import remove_stale_vectors


class Outcome(StrEnum):
    """What became of a file that was to be added."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"  # this very report is there already, under this or another name
    DIFFERS = "differs"  # there is a report of this name with another text, and nobody said to replace it
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileResult:
    """The outcome for one file.

    Attributes:
        document: the report's name in the index; None where the file could not be read.
        error: why it was refused.
    """

    path: Path
    outcome: Outcome
    document: str | None
    error: SourceError | None = None


def add_reports(
    sources: Paths,
    directory: AnyPath,
    encoder: Encoder,
    *,
    replacing: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[FileResult, ...]:
    """Add reports, one or several files or folders, to the index in `directory`, made if there is none.

    Every report is committed by itself: killed in between, those before are in and whole. A report
    whose text is in the index already is left alone; one with a known name and another text replaces
    the old one only if `replacing`. One unreadable file does not stop the others.

    Raises:
        SourceError: a source does not exist, or a folder has no report in it.
        IndexFault: the index is foreign, damaged or cannot be written.
        ModelMismatch: it was made with another model.
        ModelError: the model failed.
    """
    directory = path_of(directory)
    files = report_files(sources)
    _ensure_index(directory, encoder.identity)
    results: list[FileResult] = []
    try:
        for number, path in enumerate(files):
            if cancelled():
                break
            results.append(_add(path, directory, encoder, replacing, _share(progress, number, len(files))))
    finally:
        if any(r.outcome in (Outcome.ADDED, Outcome.REPLACED) for r in results):
            refresh_vectors(directory)
    return tuple(results)


def remove_reports(names: Names, directory: AnyPath) -> None:
    """Remove the report of a name, or of several, from the index: all or, where one is not there, none.

    Raises:
        IndexFault: the index cannot be read or written, or has no report of such a name.
    """
    directory, wanted = path_of(directory), names_of(names)
    with change_store(directory) as store:
        known = store.text_digests()
        for name in wanted:
            if not store.remove(name):
                raise no_report(name, known)
        _changed(store)
    refresh_vectors(directory)


def correct_metadata(
    name: str, directory: AnyPath, encoder: Encoder, changes: Mapping[str, str | int | None]
) -> None:
    """Write what a person says of a report. A new title is embedded with every unit of it.

    Raises:
        IndexFault: the index cannot be read or written, or has no such report.
        TypeError: there is no such field, or its value is of another kind.
    """
    directory = path_of(directory)
    with open_store(directory) as store:
        found = _named(store, name)
    document = found.document
    metadata = corrected(document.metadata, Origin.USER, **changes)
    if metadata.title == document.metadata.title:
        with change_store(directory) as store:
            store.write_metadata(name, metadata)
            _changed(store, vectors=False)
        return
    _write(replace(document, metadata=metadata), directory, encoder, None)
    refresh_vectors(directory)


def repair_index(directory: AnyPath, encoder: Encoder, progress: Progress | None = None) -> None:
    """Make the index whole again from the texts in its store.

    Sections, passages and units are derived anew; vectors that are sound and of the same text are kept,
    so nothing is embedded again unless it has to be. With another model everything is. A text that is no
    longer the one that was indexed is read from its file again.

    Raises:
        IndexFault: the texts cannot be read, or one was altered and its file is no longer the same.
    """
    directory = path_of(directory)
    with open_store(directory) as store:
        generation = store.settings().generation + 1
        digests = store.text_digests()
        documents = [_true_text(directory, d, digests[d.name]) for d in store.stored_documents()]
    reports = [parse_report(document) for document in documents]
    embedded = embed_reports(reports, encoder, known_in(directory, encoder.identity), progress)
    with create_store(directory) as store:
        for report, units in zip(reports, embedded, strict=True):
            store.add(report, units)
        digest = seal(directory, store, encoder.identity, generation)
    remove_stale_vectors(directory, digest)


def refresh_vectors(directory: Path) -> None:
    """Derive the FAISS file of the store as it now is, and let the store name it.

    Raises:
        IndexFault: the index cannot be read or written.
    """
    with change_store(directory) as store:
        settings = store.settings()
        digest = seal(directory, store, settings.encoder, settings.generation)
    remove_stale_vectors(directory, digest)


def _add(
    path: Path, directory: Path, encoder: Encoder, replacing: bool, progress: Progress | None
) -> FileResult:
    try:
        document = read_document(path)
    except SourceError as error:
        return FileResult(path, Outcome.REFUSED, None, error)
    with open_store(directory) as store:
        known = store.text_digests()
    same = next((name for name, digest in known.items() if digest == document.text_digest), None)
    if same is not None:
        return FileResult(path, Outcome.UNCHANGED, same)
    if document.name in known and not replacing:
        return FileResult(path, Outcome.DIFFERS, document.name)
    _write(document, directory, encoder, progress)
    outcome = Outcome.REPLACED if document.name in known else Outcome.ADDED
    return FileResult(path, outcome, document.name)


def _write(document: Document, directory: Path, encoder: Encoder, progress: Progress | None) -> None:
    """Put a report into the store, in the place of the one with its name if there is one."""
    report = parse_report(document)
    # Embedding takes seconds, so it is done before the store is locked.
    (units,) = embed_reports([report], encoder, known_in(directory, encoder.identity), progress)
    with change_store(directory) as store:
        check_model(directory, store.settings(), encoder.identity)
        store.remove(document.name)
        store.add(report, units)
        _changed(store)


def _ensure_index(directory: Path, encoder: EncoderIdentity) -> None:
    if (directory / STORE_NAME).exists():
        with open_store(directory) as store:
            check_model(directory, store.settings(), encoder)
        return
    with create_store(directory) as store:
        seal(directory, store, encoder, 1)


def _changed(store: Store, *, vectors: bool = True) -> None:
    """A new generation; while the FAISS file is stale no digest names it, and readers derive their own."""
    settings = store.settings()
    digest = "" if vectors else settings.vector_digest
    store.write_settings(replace(settings, generation=settings.generation + 1, vector_digest=digest))


def _named(store: Store, name: str) -> Report:
    for report in store.reports():
        if report.name == name:
            return report
    raise no_report(name, store.text_digests())


def _true_text(directory: Path, stored: Document, digest: str) -> Document:
    """The document with the text that was indexed; an altered one is never taken for true."""
    if stored.text_digest == digest:
        return stored
    try:
        fresh = read_document(Path(stored.source))
    except SourceError:
        fresh = None
    if fresh is None or fresh.text_digest != digest:
        raise IndexFault(
            f"报告 {stored.name!r} 在索引里的正文被改动过，源文件 {stored.source} 也已不是当初的内容。"
            f"请移除它再重新加入：python -m indexer remove {stored.name} --index {directory}",
            f"The text of {stored.name!r} in the index was altered, and its file {stored.source} is no longer "
            f"what was indexed. Remove it and add it again: python -m indexer remove {stored.name} --index {directory}",
        )
    return replace(fresh, name=stored.name, metadata=stored.metadata)


def _share(progress: Progress | None, number: int, files: int) -> Progress | None:
    """Progress over all files, each counted as one thousand, since the later ones are not read yet."""
    if progress is None:
        return None

    def report(step: BuildProgress) -> None:
        done = number * 1000 + 1000 * step.done // max(1, step.total)
        progress(BuildProgress(step.document, step.title, done, files * 1000))

    return report
