"""Take reports into an index file by file: what is done stays done, whatever ends the work."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from embeddings import Encoder
from indexer.allowance import Slow
from indexer.apart import CalledOff, Waiting
from indexer.embedding_line import embedded_reports
from indexer.errors import IndexFault, SourceError
from indexer.naming import names_by_place, names_of_files, place_of
from indexer.originals import forget_uploads
from indexer.outcomes import UNDECIDED, FileResult, Outcome
from indexer.progress import Clock, Progress, Step
from indexer.proof.soundness import stored_problems
from indexer.reading import read_report
from indexer.report.metadata import with_corrections
from indexer.report.passages import shaped_by
from indexer.report.records import Document, DocumentKind
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.store.database import found_store, has_store, open_store
from indexer.store.embedding import KnownVectors
from indexer.store.packing import PackedPassage
from indexer.store.rows import EmbeddedReport
from indexer.store.settings import check_model, embedded_by
from indexer.store.store import Store
from indexer.store.writing import change_index, first_settings
from indexer.tables_of_texts import Divided
from indexer.text.file_names import readable

_COMMIT_EVERY = 5.0  # seconds: so much work is lost at most where the process is killed


def ensure_index(directory: Path, encoder: Encoder) -> None:
    """Make an empty index in `directory` where there is none.

    Raises:
        ModelMismatch: there is one of another model.
        IndexFault: it is foreign or damaged, or the directory cannot be written.
    """
    if has_store(directory):
        with open_store(directory) as store:
            check_model(directory, store.settings(), encoder.identity)
        return
    found_store(directory, first_settings(encoder.identity, 1))


def known_in(directory: Path) -> KnownVectors:
    """Looks vectors up in the index in `directory`, where there is a sound one."""

    def look_up(digests: Sequence[bytes]) -> dict[bytes, PackedPassage]:
        try:
            with open_store(directory) as store:
                return store.known_vectors(digests)
        except IndexFault:
            return {}

    return look_up


@dataclass(frozen=True, slots=True)
class _Begun:
    """A report that is being embedded.

    Attributes:
        there: the report of its name that was there when that was decided.
    """

    path: Path
    name: str
    text_digest: str
    there: ReportEntry | None


def _files_of(directory: Path) -> dict[str, str]:
    """The files that the reports of an index came from, by the reports' names; none where there is no sound index."""
    if not has_store(directory):
        return {}
    try:
        with open_store(directory) as store:
            return store.sources()
    except IndexFault:
        return {}


class _Reading:
    """Tells that a file is being read, and what of it takes long; `finished` files are done by then."""

    def __init__(self, clock: Clock, document: str, path: Path, finished: int) -> None:
        self._clock = clock
        self._document = document
        self._title = Path(readable(path)).name
        self._finished = finished
        self._pages = 0

    def tell(self, step: Step) -> None:
        self._clock.tell(self._document, self._title, self._finished, 0.0, step, self._pages)

    def slow(self, work: Slow) -> None:
        self._pages += work is Slow.RECOGNISING
        self.tell(Step(work.value))


class Intake:
    """Takes files into the index in `directory`, made with the first report where there is none.

    Several reports are committed together, every few seconds; killed in between, those before are in and whole. What
    becomes of a file is decided when it is read, seconds before it is committed; where somebody changed the report of
    its name meanwhile it is decided again.

    Attributes:
        results: what became of each file so far, in their order.
    """

    def __init__(
        self,
        directory: Path,
        encoder: Encoder,
        *,
        replacing: bool,
        whole: bool,
        progress: Progress | None,
        former: Path | None = None,
        asking: bool = False,
    ) -> None:
        """`replacing`: a report of a known name with another text takes its place.

        `whole`: the files are the library to be, so they alone settle its names, and of a report that is
        there already what its file and metadata say is brought up to date. `former`: the index that this one is to
        replace; what a person said there of the same text is kept. `asking`: what is no document of a government is
        left out until somebody says that it is wanted.
        """
        self._directory = directory
        self._encoder = encoder
        self._replacing = replacing
        self._whole = whole
        self._asking = asking
        self._former = former
        self._progress = progress
        self._names: dict[Path, str] = {}  # that each file's report gets
        self._there: dict[Path, str] = {}  # the names that reports had before, by the places of their files
        self._texts: dict[str, str] = {}  # their names, by the digest of their text
        self._begun: dict[str, _Begun] = {}  # those that are to be embedded, by name
        self._overtaken: list[_Begun] = []
        self._committed: set[str] = set()
        self.results: list[FileResult] = []

    def take_divided(self, divided: Divided, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Take files, and tell with them what became of their tables.

        Raises:
            IndexFault, ModelError: as `take`.
        """
        try:
            self.take(divided.files, cancelled)
        finally:
            outcomes = {result.path: result.outcome for result in self.results}
            # Of a table whose rows were not all reached nothing is told: it can be added again.
            told = [
                *(FileResult(table, Outcome.REFUSED, None, error) for table, error in divided.failed.items()),
                *(
                    FileResult(table, Outcome.DIVIDED, None)
                    for table, rows in divided.rows.items()
                    if outcomes.keys() >= {*rows}
                ),
            ]
            self.results = [replace(r, table=divided.tables.get(r.path)) for r in (*told, *self.results)]
            # What is no report's file by now never will be, but for what somebody still decides on.
            rows_of_all = [row for rows in divided.rows.values() for row in rows]
            forget_uploads(self._directory, [r for r in rows_of_all if outcomes.get(r) not in UNDECIDED])

    def take(self, files: Sequence[Path], cancelled: Callable[[], bool] = lambda: False) -> None:
        """Read, embed and commit the files.

        Raises:
            IndexFault: the index cannot be read or written.
            ModelError: the model failed; what was committed before stays.
        """
        order = {path: number for number, path in enumerate(files)}
        self._name(files)
        self._take(files, cancelled)
        while self._overtaken and not cancelled():
            again, self._overtaken = self._overtaken, []
            for begun in again:
                del self._texts[begun.text_digest]
            paths = [begun.path for begun in again]
            self.results = [result for result in self.results if result.path not in paths]
            if not self._whole:
                self._name(paths)
            self._take(paths, cancelled)
        self.results.sort(key=lambda result: order[result.path])

    def _name(self, files: Sequence[Path]) -> None:
        """Settle the names of the reports in these files, beside those of the reports that are there now."""
        known = _files_of(self._directory)
        before = known if self._former is None else _files_of(self._former)
        self._there = names_by_place(before, files)
        self._names |= names_of_files(files, {} if self._whole else known)

    def _take(self, files: Sequence[Path], cancelled: Callable[[], bool]) -> None:
        clock = Clock(len(files), self._progress)
        waiting: list[EmbeddedReport] = []
        begun: deque[int] = deque()  # the numbers of the files whose reports are being embedded
        committed = time.monotonic()
        outcomes: dict[str, int] = {}

        def told(report: Report, share: float) -> None:
            clock.tell(report.name, report.title, outcomes[report.name], share)

        def to_embed() -> Iterator[Report]:
            for number, path in enumerate(files):
                read = _Reading(clock, self._names[path], path, begun[0] if begun else number)
                read.tell(Step.READING)
                try:
                    report = self._read(path, Waiting(cancelled, read.slow))
                except CalledOff:
                    return
                if report is not None:
                    outcomes[report.name] = number
                    begun.append(number)
                    yield report

        try:
            line = embedded_reports(to_embed(), self._encoder, known_in(self._directory), told, cancelled)
            for embedded in line:
                waiting.append(embedded)
                begun.popleft()
                if time.monotonic() - committed > _COMMIT_EVERY:
                    self._commit(waiting)
                    committed = time.monotonic()
        finally:
            # Also after an error: what was embedded before it counts.
            self._commit(waiting)
            self.results = [result for result in self.results if self._is_done(result)]

    def _read(self, path: Path, waiting: Waiting) -> Report | None:
        """The report in a file where it is to be embedded; its outcome is written down in any case."""
        try:
            report = read_report(path, waiting)
            document = replace(report.document, name=self._names[path])
            report, digest = replace(report, document=document), document.text_digest
            if digest in self._texts:
                self._end(path, Outcome.UNCHANGED, self._texts[digest])
                return None
        except SourceError as error:
            self.results.append(FileResult(path, Outcome.REFUSED, None, error))
            return None
        return self._decided(path, report, digest)

    def _decided(self, path: Path, report: Report, digest: str) -> Report | None:
        document = report.document
        there, same = self._known(document.name, digest)
        if same and not self._whole:
            self._end(path, Outcome.UNCHANGED, document.name if document.name in same else same[0])
            return None
        if there is not None and there.text_digest != digest and not self._replacing:
            self._end(path, Outcome.DIFFERS, document.name)
            return None
        said = there or self._formerly(document)
        if said is not None and said.text_digest == digest:
            document = replace(document, metadata=with_corrections(document.metadata, said.metadata))
        if there is not None and self._is_kept(there, document, digest):
            if not self._is_described(there, document):
                return self._decided(path, report, digest)
            self._texts[digest] = document.name
            self._end(path, Outcome.UNCHANGED, document.name)
            return None
        if self._asking and there is None and document.metadata.sure_kind is DocumentKind.OTHER:
            self._end(path, Outcome.UNUSUAL, document.name)
            return None
        self._texts[digest] = document.name
        self._begun[document.name] = _Begun(path, document.name, digest, there)
        self._end(path, Outcome.ADDED if there is None else Outcome.REPLACED, document.name)
        return replace(report, document=document)

    def _is_described(self, there: ReportEntry, document: Document) -> bool:
        """Write what is known of a report and its file, where that is new; False where somebody changed it meanwhile."""
        if (there.metadata, there.source, there.source_digest) == (
            document.metadata, document.source, document.source_digest,
        ):  # fmt: skip
            return True
        with change_index(self._directory) as writer:
            if writer.store.entry(document.name) != there:
                return False
            writer.write_description(document)
        return True

    def _known(self, name: str, digest: str) -> tuple[ReportEntry | None, list[str]]:
        """The report of a name, and the names of those with a text, in the index."""
        if not has_store(self._directory):
            return None, []
        with open_store(self._directory) as store:
            return store.entry(name), store.names_of_text(digest)

    def _formerly(self, document: Document) -> ReportEntry | None:
        """What was known of a document's file under another name, or in the index that this one is to replace."""
        name = self._there.get(place_of(document.source), document.name)
        try:
            with open_store(self._former or self._directory) as store:
                return store.entry(name)
        except IndexFault:
            return None

    def _is_kept(self, there: ReportEntry, document: Document, digest: str) -> bool:
        """Whether nothing of a report is to be embedded: what is in the store is what would be, and sound."""
        if (
            there.text_digest != digest
            or there.embedded != embedded_by(self._encoder.identity)
            or shaped_by(there.metadata) != shaped_by(document.metadata)
        ):
            return False
        with open_store(self._directory) as store:
            return next(stored_problems(store, there), None) is None

    def _is_done(self, result: FileResult) -> bool:
        """Not a report that was read, but was dropped when the work was stopped."""
        return result.outcome not in (Outcome.ADDED, Outcome.REPLACED) or result.document in self._committed

    def _end(self, path: Path, outcome: Outcome, document: str) -> None:
        is_twin = outcome is Outcome.UNCHANGED and document != self._names[path]
        self.results.append(FileResult(path, outcome, document, is_twin=is_twin))

    def _commit(self, waiting: list[EmbeddedReport]) -> None:
        if not waiting:
            return
        ensure_index(self._directory, self._encoder)
        with change_index(self._directory) as writer:
            check_model(self._directory, writer.store.settings(), self._encoder.identity)
            taken, overtaken = [], []
            for embedded in waiting:
                begun = self._begun[embedded.report.name]
                if self._still_holds(begun, writer.store):
                    writer.add(embedded)
                    taken.append(begun)
                else:
                    overtaken.append(begun)
        self._committed.update(begun.name for begun in taken)
        self._overtaken += overtaken
        waiting.clear()

    def _still_holds(self, begun: _Begun, store: Store) -> bool:
        """Whether what was decided on a report would be decided now."""
        if store.entry(begun.name) != begun.there:
            return False
        return self._whole or not store.names_of_text(begun.text_digest)
