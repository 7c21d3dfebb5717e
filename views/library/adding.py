"""Adding files on the page 文库: the box for uploads, the question of rows, the progress, what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from answers.commitments.stored_update import LedgerProgress, bring_up
from answers.service import Service
from embeddings import WenbaoError
from indexer.formats.limits import BATCH_BYTES, FILE_BYTES
from indexer.imports import add_uploads, interrupted
from indexer.index import ReportIndex
from indexer.jobs import Cancelled, Progress
from indexer.originals import forget_uploads, keep_upload
from indexer.outcomes import FileResult, Outcome
from indexer.people.changes import note_added
from indexer.progress import BuildProgress, Step
from indexer.tables_of_texts import TableOfTexts, table_in
from indexer.text.file_names import readable
from views.library.layout import import_bar, result_line
from views.library.maintenance import guarded
from views.library.shelf import Import, Shelf, shelf
from views.library.twins import tell_twins
from views.library.wording import LibraryWording
from views.shared.allowance import UPLOADS, allowed
from views.shared.done import attempt
from views.shared.markup import plain
from views.shared.progress import show_progress
from views.shared.times import shown_time
from views.shared.titles import few_names
from views.shared.visitor import editing, visitor

_UPLOADS = "library_uploads"
_TABLES = "library_tables"
_TOLD = 50  # files that went well, a line each


@dataclass(frozen=True, slots=True)
class _Tables:
    """Uploads that wait for somebody to say whether the rows of the tables among them are documents."""

    paths: tuple[Path, ...]
    tables: dict[Path, TableOfTexts]


def add_files(prepared: Service, index: ReportIndex, words: LibraryWording) -> None:
    """Draw what adds files, or the progress of the work that does."""
    imports = shelf(prepared.directory)
    at_work = imports.under_way()
    for one in at_work:
        _under_way(one, words)
    _box(prepared, words)
    now = visitor()
    for one in imports.ended("" if now is None else now.name or ""):
        # What has ended while the page is drawn stands there once; its progress draws the page anew.
        if one not in at_work:
            _ended(prepared, index, imports, one, words)
    _interrupted(prepared, words)


def _under_way(one: Import, words: LibraryWording) -> None:
    """The progress of an import, whoever began it and in whatever window; each editor may stop it."""
    with st.container(border=True, key=f"import_{one.number}"):
        time = shown_time(one.at, st.context.timezone)
        by = f" {one.by}" if one.by else ""
        st.caption(plain(words.adding_since.format(time=time, by=by, count=len(one.paths))))
        show_progress(
            one.job,
            lambda progress: import_bar(progress, words),
            stop=words.stop,
            stopping=words.stopping,
            before=words.reading,
        )


def _box(prepared: Service, words: LibraryWording) -> None:
    asked: _Tables | None = st.session_state.get(_TABLES)
    if asked is not None:
        _ask_of_rows(prepared, asked, words)
        return
    generation = st.session_state.setdefault(_UPLOADS, 0)
    files = st.file_uploader(
        words.upload.format(megabytes=FILE_BYTES // 1_000_000),
        type=None,  # of a kind that is not read we say what to do with it; the box itself would only say no
        accept_multiple_files=True,
        key=f"uploads_{generation}",
        # Shown as MB, counted in MiB: to the byte it is checked where the file is read.
        max_upload_size=FILE_BYTES // 1_000_000,
    )
    if st.button(words.add, type="primary", disabled=not files) and files and _may_add(files, words):
        guarded(lambda: _begin(prepared, _kept(prepared, files)), words)


def _begin(prepared: Service, paths: list[Path]) -> None:
    """Add uploads, where there are tables of texts among them after a question."""
    tables = {path: table for path in paths if (table := table_in(path)) is not None}
    if tables:
        st.session_state[_TABLES] = _Tables(tuple(paths), tables)
        st.rerun()
    _start(prepared, paths, rows_of=())


def _ask_of_rows(prepared: Service, asked: _Tables, words: LibraryWording) -> None:
    with st.form("library_rows"):
        chosen = [
            path
            for path, table in asked.tables.items()
            if st.radio(
                plain(words.rows_question.format(file=path.name, column=table.column, rows=table.rows)),
                [words.each_row, words.one_document],
                index=0 if table.are_documents else 1,
                key=f"rows:{path}",
            )
            == words.each_row
        ]
        with st.container(horizontal=True):
            go_on = st.form_submit_button(words.go_on, type="primary")
            leave = st.form_submit_button(words.leave)
    if go_on:
        del st.session_state[_TABLES]
        _start(prepared, list(asked.paths), rows_of=tuple(chosen))
    if leave:
        del st.session_state[_TABLES]
        forget_uploads(prepared.directory, asked.paths)
        st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
        st.rerun()


def _may_add(files: Sequence[UploadedFile], words: LibraryWording) -> bool:
    size = sum(file.size for file in files)
    if size > BATCH_BYTES:
        told = words.too_much.format(size=size // 1_000_000, most=BATCH_BYTES // 1_000_000)
        st.warning(told, icon=":material/weight:")
        return False
    return allowed(UPLOADS, "uploads", words, len(files))


def _kept(prepared: Service, files: Sequence[UploadedFile]) -> list[Path]:
    paths: list[Path] = []
    try:
        for file in files:
            paths.append(keep_upload(prepared.directory, file.name, file.getvalue()))
    except WenbaoError:
        forget_uploads(prepared.directory, paths)
        raise
    return paths


def _interrupted(prepared: Service, words: LibraryWording) -> None:
    """Tell of imports that ended with the process they ran in; their files can be added again."""
    for left in interrupted(prepared.directory):
        names = few_names(left.names, words)
        st.warning(
            plain(words.interrupted.format(count=len(left.names), names=names)), icon=":material/warning:"
        )
        with st.container(horizontal=True):
            if left.files and st.button(
                words.resume.format(count=len(left.files)), key=f"resume:{left.record.name}"
            ):
                left.settle()
                _begin(prepared, list(left.files))
            if st.button(words.leave, key=f"leave:{left.record.name}"):
                left.settle()
                forget_uploads(prepared.directory, left.files)
                st.rerun()


def _start(
    prepared: Service,
    paths: list[Path],
    *,
    rows_of: tuple[Path, ...] | None,
    replacing: bool = False,
    asking: bool = True,
) -> None:
    """Start to add uploads; the arguments are those of `add_uploads`."""
    encoder, directory, by = prepared.encoder, prepared.directory, editing()
    if encoder is None:
        return

    def add(progress: Progress[BuildProgress], cancelled: Cancelled) -> tuple[FileResult, ...]:
        results = add_uploads(
            paths, directory, encoder,
            replacing=replacing, rows_of=rows_of, asking=asking, progress=progress, cancelled=cancelled,
        )  # fmt: skip
        note_added(directory, by, results)
        with suppress(WenbaoError):  # the reports are in; what is wrong with the ledger its own page tells
            bring_up(directory, lambda step: progress(_listing(step)), cancelled)
        return results

    shelf(directory).begin(tuple(paths), rows_of, by.name, add)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    st.rerun()


def _listing(step: LedgerProgress) -> BuildProgress:
    return BuildProgress("", step.title, step.done + 1, step.total, step.done, step.total, step=Step.LISTING)


def _ended(prepared: Service, index: ReportIndex, imports: Shelf, one: Import, words: LibraryWording) -> None:
    """What became of an import, until it is put away or the next one is begun."""
    try:
        results = one.job.result()
    except Exception:
        imports.let_go(one)  # a fault of the program, told once
        raise
    settled_since = imports.taken_up(one)
    still_open = [] if isinstance(results, WenbaoError) else [
        path for path in one.left_open() if path not in settled_since
    ]  # fmt: skip
    with st.container(border=True, key=f"import_{one.number}"):
        line = st.container(horizontal=True, vertical_alignment="center")
        time = shown_time(one.at, st.context.timezone)
        line.caption(words.added_at.format(time=time, count=len(one.paths)), width="stretch")
        line.button(
            words.leave if still_open else words.noted, key=f"noted_{one.number}", type="tertiary",
            on_click=_put_away, args=(prepared, imports, one, still_open, words),
        )  # fmt: skip
        if isinstance(results, WenbaoError):
            st.error(plain(results.message(words.language)), icon=":material/error:")
            return
        # Of one before the last, what is still to be decided is told alone.
        _lines(index, [r for r in results if not settled_since or r.path in still_open], words)
        _still_to_do(prepared, one, results, still_open, words)


def _put_away(
    prepared: Service, imports: Shelf, one: Import, left: Sequence[Path], words: LibraryWording
) -> None:
    imports.let_go(one)
    attempt(lambda: forget_uploads(prepared.directory, left), words.language)


def _lines(index: ReportIndex, results: Sequence[FileResult], words: LibraryWording) -> None:
    settled = 0
    for result in results:
        line = plain(result_line(result, words))
        if result.outcome not in (Outcome.ADDED, Outcome.REPLACED, Outcome.UNCHANGED, Outcome.DIVIDED):
            st.warning(line, icon=":material/warning:")
            continue
        settled += 1
        if settled > _TOLD:
            continue
        if result.outcome in (Outcome.ADDED, Outcome.REPLACED):
            st.success(line, icon=":material/check:")
        else:
            st.info(line, icon=":material/info:")
    if settled > _TOLD:
        st.caption(words.more_added.format(count=settled - _TOLD))
    added = {r.document for r in results if r.outcome in (Outcome.ADDED, Outcome.REPLACED)}
    tell_twins(index, added, words)


def _still_to_do(
    prepared: Service,
    one: Import,
    results: Sequence[FileResult],
    still_open: Sequence[Path],
    words: LibraryWording,
) -> None:
    """What somebody has to decide, and the files that were not reached when it was stopped."""
    became = {result.path: result.outcome for result in results}
    differing = [path for path in still_open if became.get(path) is Outcome.DIFFERS]
    if differing and st.button(words.replace.format(count=len(differing)), key=f"replace_{one.number}"):
        _start(prepared, differing, rows_of=(), replacing=True)
    unusual = [path for path in still_open if became.get(path) is Outcome.UNUSUAL]
    if unusual and st.button(words.add_anyway.format(count=len(unusual)), key=f"anyway_{one.number}"):
        _start(prepared, unusual, rows_of=(), asking=False)
    stopped = [path for path in still_open if path not in became]
    if stopped:
        names = few_names([readable(Path(path.name)) for path in stopped], words)
        st.warning(plain(words.stopped.format(count=len(stopped), names=names)), icon=":material/stop:")
        if st.button(words.resume.format(count=len(stopped)), key=f"resume_{one.number}"):
            _start(prepared, stopped, rows_of=one.rows_of)
