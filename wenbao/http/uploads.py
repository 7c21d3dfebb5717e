"""A file that comes with a request becomes a report, and is kept beside the index as uploads of the app are."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.originals import forget_uploads, keep_upload
from indexer.outcomes import FileResult, Outcome
from indexer.people.changes import By, note_added
from wenbao.http.line import Tell
from wenbao.http.problems import ReportDiffers
from wenbao.library import Library


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file, or of a row of a table.

    Attributes:
        document: the name of its report in the index; None where there is none.
        said: why it was refused, in Chinese and in English; empty where it was not.
    """

    file: str
    outcome: Outcome
    document: str | None
    said: str


@dataclass(frozen=True, slots=True)
class AddedFiles:
    """What became of an upload: one result, of a table that was divided also one for each of its rows."""

    results: tuple[Added, ...]


def added_upload(library: Library, name: str, data: bytes, replace: bool, by: By, tell: Tell) -> AddedFiles:
    """Add a file of this name and content, and write down who did.

    Raises:
        SourceError: it cannot be read as a report.
        ChangeLogError: the report is in, but that cannot be written down.
        ReportDiffers: there is a report of this name with another text, and `replace` is not said.
        IndexFault, ModelError: as `Library.add`.
    """
    path = keep_upload(library.directory, name, data)
    try:
        results = library.add(path, replace=replace, progress=tell)
    finally:
        forget_uploads(library.directory, [path])  # unless it is a report's file now
    note_added(library.directory, by, results)
    if len(results) == 1:
        _check(results[0])
    return AddedFiles(tuple(map(_added, results)))


def _check(result: FileResult) -> None:
    if result.error is not None:
        raise result.error
    if result.outcome is Outcome.DIFFERS:
        raise ReportDiffers(result.document or result.path.stem)


def _added(result: FileResult) -> Added:
    said = result.error.text.both if result.error else ""
    return Added(result.path.name, result.outcome, result.document, said)
