"""Imports of uploads: what is kept of their files, and which a killed process left unfinished, so that it is told.

An import under way is a small file beside the uploads, on which who imports holds a lock. The system releases it when the
process ends in whatever way: a file that nobody holds is of an import that was interrupted.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from embeddings import Encoder
from indexer.errors import unwritable
from indexer.library import add_reports
from indexer.location import AnyPath, path_of
from indexer.originals import ORIGINALS, files_of_reports, forget_uploads, sweep_uploads
from indexer.outcomes import UNDECIDED, FileResult
from indexer.progress import Progress
from indexer.text.file_names import kept_path, path_kept

_SUFFIX = ".import"


@dataclass(frozen=True, slots=True)
class Interrupted:
    """An import that ended before all its files were seen to.

    Attributes:
        record: the file that tells of it.
        files: those of its files that are still there and no report's: they can be added again.
        lost: the names of those that are gone.
    """

    record: Path
    files: tuple[Path, ...]
    lost: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that were not added."""
        return (*(path.name for path in self.files), *self.lost)

    def settle(self) -> None:
        """Tell of it no more."""
        _remove(self.record)
        _remove(Path(_lock_of(self.record).lock_file))


def add_uploads(
    paths: Sequence[Path],
    directory: AnyPath,
    encoder: Encoder,
    *,
    replacing: bool = False,
    rows_of: Collection[Path] | None = None,
    asking: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[FileResult, ...]:
    """`add_reports` for uploads: a file stays where its report is in the index or waits for a decision, no longer.

    Raises:
        SourceError, IndexFault, ModelMismatch, ModelError: as `add_reports`.
    """
    directory = path_of(directory)
    former = files_of_reports(directory)
    with _recorded(directory, paths):
        results = add_reports(
            paths,
            directory,
            encoder,
            replacing=replacing,
            rows_of=rows_of,
            asking=asking,
            progress=progress,
            cancelled=cancelled,
        )
    # Of what was not reached, as of what differs or is unusual, the user still decides.
    settled = [result.path for result in results if result.outcome not in UNDECIDED]
    forget_uploads(directory, [*settled, *former])
    sweep_uploads(directory)
    return results


def interrupted(directory: AnyPath) -> tuple[Interrupted, ...]:
    """The imports that nobody is at any more, but those of which all was added.

    Raises:
        IndexFault: the index cannot be read.
    """
    directory = path_of(directory).absolute()
    records = sorted((directory / ORIGINALS).glob(f"*{_SUFFIX}"))
    added = files_of_reports(directory) if records else set()
    return tuple(left for record in records if (left := _left_by(record, added)) is not None)


def _left_by(record: Path, added: set[Path]) -> Interrupted | None:
    paths = _paths_of(record)
    if paths is None:
        return None
    missing = [path for path in paths if path not in added]
    left = Interrupted(
        record,
        tuple(path for path in missing if path.is_file()),
        tuple(path.name for path in missing if not path.is_file()),
    )
    if missing:
        return left
    left.settle()
    return None


@contextmanager
def _recorded(directory: Path, paths: Sequence[Path]) -> Iterator[None]:
    """Around an import: left in an orderly way, also by an error, nothing stays of the record."""
    folder = directory / ORIGINALS
    record = folder / f"{uuid.uuid4().hex}{_SUFFIX}"
    lock = _lock_of(record)
    try:
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
        lock.acquire(timeout=0)
        record.write_text(json.dumps([kept_path(path.absolute()) for path in paths]), encoding="utf-8")
    except (OSError, Timeout) as error:
        raise unwritable(directory, error) from error
    try:
        yield
    finally:
        _remove(record)
        lock.release()
        _remove(Path(lock.lock_file))


def _lock_of(record: Path) -> FileLock:
    return FileLock(f"{record}.lock", mode=0o600)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _paths_of(record: Path) -> list[Path] | None:
    """The files of an import that nobody is at; None where somebody is."""
    lock = _lock_of(record)
    try:
        with lock.acquire(timeout=0):
            paths = json.loads(record.read_text(encoding="utf-8"))
            return [path_kept(path) for path in paths]
    except Timeout:
        return None
    except (OSError, ValueError, TypeError, AttributeError):
        return []  # gone meanwhile, or cut short while it was written: there is nothing to tell
