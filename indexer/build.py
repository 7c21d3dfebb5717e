"""Build an index from sources: read, parse, embed, and remove what is not among them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings import Encoder, EncoderIdentity
from indexer.errors import DamagedIndex, IndexFault
from indexer.intake import Intake
from indexer.location import AnyPath, Paths, path_of, paths_of
from indexer.outcomes import FileResult, Outcome
from indexer.progress import Progress
from indexer.remaking import entries_of, take_over
from indexer.sources import Refusal, nothing_given, report_files, unknown_kinds
from indexer.store.catalogue import Catalogue
from indexer.store.database import has_store, open_store
from indexer.store.locking import BUILDING, remaking_alone
from indexer.store.replacing import remove_index
from indexer.store.servers import folder_aside
from indexer.store.settings import same_weights
from indexer.store.writing import change_index, refresh_vectors
from indexer.tables_of_texts import divide


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, and the files it had to leave out.

    Attributes:
        finished: False where it was stopped: what was done stays, and the same build goes on from there.
        twins: the files whose very text came from another file too, with the name of that one's report.
        tables: the files with a column of texts, divided into their rows or taken as one document.
    """

    documents: int
    passages: int
    refusals: tuple[Refusal, ...]
    finished: bool = True
    twins: tuple[FileResult, ...] = ()
    tables: tuple[FileResult, ...] = ()


def build_index(
    sources: Paths,
    directory: AnyPath,
    encoder: Encoder,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    rows_of: Collection[Path] | None = None,
) -> BuildResult:
    """Make the index in `directory` hold exactly the reports in `sources`, one or several paths.

    Reports are committed as they are embedded: a build that was killed or stopped goes on where it was. Those that
    were there before answer until the end, and those that are not among the sources are removed last. What was
    embedded with the same model is not embedded again. Tables of texts are divided as `add_reports` does. In the place of an index of another model, or of a damaged
    one, a new one is built beside it.

    Raises:
        SourceError: a source is missing or nothing in it could be read.
        IndexFault: the directory cannot be written, or holds something that is not our index.
        ModelError: the model failed; what was committed before stays.
    """
    directory, sources = path_of(directory), paths_of(sources)
    _check_place(directory)
    former = _former(directory, encoder.identity)
    if former is None or former.goes_on:
        try:
            result = _built(_Work(sources, directory, encoder, progress, cancelled, rows_of))
        except DamagedIndex:
            if former is None:
                raise
        else:
            # What was begun with another model, and nobody goes on with.
            remove_index(folder_aside(directory, BUILDING))
            return result
    with remaking_alone(directory):
        return _built_aside(_Work(sources, directory, encoder, progress, cancelled, rows_of))


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be built, and where."""

    sources: Paths
    directory: Path
    encoder: Encoder
    progress: Progress | None
    cancelled: Callable[[], bool]
    rows_of: Collection[Path] | None
    former: Path | None = None


def _built_aside(work: _Work) -> BuildResult:
    """Build beside an index of another model, or a damaged one, and put it in its place."""
    directory, encoder = work.directory, work.encoder
    aside = folder_aside(directory, BUILDING)
    begun = _former(aside, encoder.identity)
    if begun is not None and not begun.goes_on:
        remove_index(aside)
    before = {entry.id for entry in entries_of(directory)}
    result = _built(replace(work, directory=aside, former=directory))
    if result.finished:
        # What others added meanwhile is no less wanted than what they added before a build that goes on in its place.
        take_over(aside, directory, encoder, lambda entry: entry.id not in before)
    return result


def _built(work: _Work) -> BuildResult:
    files = report_files(work.sources)
    if not files:
        raise nothing_given()
    directory = work.directory
    before = {entry.id for entry in entries_of(directory)}
    intake = Intake(
        directory, work.encoder, replacing=True, whole=True, progress=work.progress, former=work.former
    )
    divided = divide(files, work.former or directory, work.rows_of)
    intake.take_divided(divided, work.cancelled)
    refusals = tuple(Refusal(r.path, r.error) for r in intake.results if r.error is not None)
    others = unknown_kinds(work.sources)
    twins = tuple(r for r in intake.results if r.is_twin)
    tables = tuple(r for r in intake.results if r.table is not None)
    if refusals and all(r.outcome in (Outcome.REFUSED, Outcome.DIVIDED) for r in intake.results):
        raise refusals[0].error
    finished = not work.cancelled()
    if not has_store(directory):
        # Stopped before the first report was embedded: there is nothing that could answer.
        return BuildResult(0, 0, (*refusals, *others), finished)
    if finished:
        kept = {r.document for r in intake.results if r.outcome is not Outcome.REFUSED}
        _remove_others(directory, kept, before)
    refresh_vectors(directory)
    catalogue = Catalogue(entries_of(directory))
    return BuildResult(len(catalogue), catalogue.passages, (*refusals, *others), finished, twins, tables)


def _remove_others(directory: Path, kept: set[str | None], before: set[int]) -> None:
    """Remove what was there before and is not among the sources; what somebody added meanwhile stays."""
    gone = [entry for entry in entries_of(directory) if entry.name not in kept and entry.id in before]
    if gone:
        with change_index(directory) as writer:
            for entry in gone:
                now = writer.store.entry(entry.name)
                if now is not None and now.id == entry.id:
                    writer.remove(entry.name)


def _check_place(directory: Path) -> None:
    if directory.exists() and not directory.is_dir():
        raise IndexFault(
            f"{directory} 是一个文件，不能放索引。请用 --index 指定一个目录。",
            f"{directory} is a file and cannot hold an index. Name a directory with --index.",
        )


@dataclass(frozen=True, slots=True)
class _Former:
    """An index that is there already, and whether a build goes on in it."""

    goes_on: bool


def _former(directory: Path, encoder: EncoderIdentity) -> _Former | None:
    """The index in `directory`; None where there is none. What is not ours is never replaced."""
    if not has_store(directory):
        return None
    try:
        with open_store(directory) as store:
            settings = store.settings()
    except IndexFault as fault:
        if fault.foreign:
            raise
        return _Former(goes_on=False)
    return _Former(goes_on=same_weights(settings.encoder, encoder))
