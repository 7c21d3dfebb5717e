"""Build an index from sources: read, parse, embed, and remove what is not among them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from embeddings import Encoder, EncoderIdentity
from indexer.errors import DamagedIndex, IndexFault
from indexer.intake import Intake, Outcome
from indexer.location import AnyPath, Paths, path_of
from indexer.progress import Progress
from indexer.sources import Refusal, nothing_given, report_files
from indexer.store.catalogue import Catalogue
from indexer.store.database import has_store, open_store
from indexer.store.replacing import remove_index, take_place
from indexer.store.servers import folder_aside
from indexer.store.settings import same_weights
from indexer.store.writing import change_index, refresh_vectors

_ASIDE = ".building"  # a folder in the index directory: a new index until it is whole


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made, and the files it had to leave out.

    Attributes:
        finished: False where it was stopped: what was done stays, and the same build goes on from there.
    """

    documents: int
    passages: int
    refusals: tuple[Refusal, ...]
    finished: bool = True


def build_index(
    sources: Paths,
    directory: AnyPath,
    encoder: Encoder,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> BuildResult:
    """Make the index in `directory` hold exactly the reports in `sources`, one or several paths.

    Reports are committed as they are embedded: a build that was killed or stopped goes on where it was. Those that
    were there before answer until the end, and those that are not among the sources are removed last. What was
    embedded with the same model is not embedded again. In the place of an index of another model, or of a damaged
    one, a new one is built beside it.

    Raises:
        SourceError: a source is missing or nothing in it could be read.
        IndexFault: the directory cannot be written, or holds something that is not our index.
        ModelError: the model failed; what was committed before stays.
    """
    directory = path_of(directory)
    _check_place(directory)
    former, aside = _former(directory, encoder.identity), folder_aside(directory, _ASIDE)
    if former is None or former.goes_on:
        try:
            result = _built(sources, directory, encoder, progress, cancelled)
        except DamagedIndex:
            if former is None:
                raise
        else:
            # What was begun with another model, and nobody goes on with.
            remove_index(aside)
            return result
    begun = _former(aside, encoder.identity)
    if begun is not None and not begun.goes_on:
        remove_index(aside)
    result = _built(sources, aside, encoder, progress, cancelled)
    if result.finished:
        take_place(aside, directory, former.generation + 1)
    return result


def _built(
    sources: Paths,
    directory: Path,
    encoder: Encoder,
    progress: Progress | None,
    cancelled: Callable[[], bool],
) -> BuildResult:
    files = report_files(sources)
    if not files:
        raise nothing_given()
    intake = Intake(directory, encoder, replacing=True, whole=True, progress=progress)
    intake.take(files, cancelled)
    refusals = tuple(Refusal(r.path, r.error) for r in intake.results if r.error is not None)
    if refusals and len(refusals) == len(intake.results):
        raise refusals[0].error
    finished = not cancelled()
    if not has_store(directory):
        # Stopped before the first report was embedded: there is nothing that could answer.
        return BuildResult(0, 0, refusals, finished)
    if finished:
        _remove_others(directory, {r.document for r in intake.results if r.outcome is not Outcome.REFUSED})
    refresh_vectors(directory)
    with open_store(directory) as store:
        catalogue = Catalogue(store.entries())
    return BuildResult(len(catalogue), catalogue.passages, refusals, finished)


def _remove_others(directory: Path, kept: set[str | None]) -> None:
    with open_store(directory) as store:
        gone = [name for name in store.names() if name not in kept]
    if gone:
        with change_index(directory) as writer:
            for name in gone:
                writer.remove(name)


def _check_place(directory: Path) -> None:
    if directory.exists() and not directory.is_dir():
        raise IndexFault(
            f"{directory} 是一个文件，不能放索引。请用 --index 指定一个目录。",
            f"{directory} is a file and cannot hold an index. Name a directory with --index.",
        )


@dataclass(frozen=True, slots=True)
class _Former:
    """An index that is there already: its generation, 0 where it cannot be read, and whether a build goes on in it."""

    generation: int
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
        return _Former(0, goes_on=False)
    return _Former(settings.generation, same_weights(settings.encoder, encoder))
