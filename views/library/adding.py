"""Adding files on the page 文库: the box for uploads, the question of rows, the progress, what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from answers.commitments.stored_update import bring_up
from answers.service import Service
from embeddings import WenbaoError
from indexer.formats import SUFFIXES
from indexer.formats.limits import BATCH_BYTES, FILE_BYTES
from indexer.imports import add_uploads, interrupted
from indexer.index import ReportIndex
from indexer.jobs import Cancelled, Job, Progress
from indexer.originals import forget_uploads, keep_upload
from indexer.outcomes import FileResult, Outcome
from indexer.people.changes import note_added
from indexer.progress import BuildProgress
from indexer.tables_of_texts import TableOfTexts, table_in
from views.library.layout import (
    bar,
    result_line,
)
from views.library.maintenance import guarded
from views.library.twins import tell_twins
from views.library.wording import LibraryWording
from views.shared.allowance import UPLOADS, allowed
from views.shared.markup import plain
from views.shared.progress import show_progress
from views.shared.titles import few_names
from views.shared.visitor import editing

_JOB = "library_job"
_UPLOADS = "library_uploads"
_TABLES = "library_tables"
_TOLD = 50  # files that went well, a line each

AddJob = Job[tuple[FileResult, ...], BuildProgress]


@dataclass(frozen=True, slots=True)
class _Adding:
    """Uploads, and the work that adds them."""

    paths: tuple[Path, ...]
    job: AddJob
    rows_of: tuple[Path, ...] | None


@dataclass(frozen=True, slots=True)
class _Tables:
    """Uploads that wait for somebody to say whether the rows of the tables among them are documents."""

    paths: tuple[Path, ...]
    tables: dict[Path, TableOfTexts]


def add_files(prepared: Service, index: ReportIndex, words: LibraryWording) -> None:
    """Draw what adds files, or the progress of the work that does."""
    adding: _Adding | None = st.session_state.get(_JOB)
    if adding is not None and not adding.job.done:
        show_progress(
            adding.job,
            lambda progress: bar(progress, words, words.embedding),
            stop=words.stop,
            before=words.reading,
        )
        return
    asked: _Tables | None = st.session_state.get(_TABLES)
    if asked is not None:
        _ask_of_rows(prepared, asked, words)
        return
    generation = st.session_state.setdefault(_UPLOADS, 0)
    files = st.file_uploader(
        words.upload.format(megabytes=FILE_BYTES // 1_000_000),
        type=[suffix.lstrip(".") for suffix in SUFFIXES],
        accept_multiple_files=True,
        key=f"uploads_{generation}",
        # Shown as MB, counted in MiB: to the byte it is checked where the file is read.
        max_upload_size=FILE_BYTES // 1_000_000,
    )
    if st.button(words.add, type="primary", disabled=not files) and files and _may_add(files, words):
        guarded(lambda: _begin(prepared, _kept(prepared, files)), words)
    if adding is not None:
        _results(prepared, index, adding, words)
    _interrupted(prepared, words)


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
            bring_up(directory, cancelled=cancelled)
        return results

    st.session_state[_JOB] = _Adding(tuple(paths), Job(add, "wenbao-add"), rows_of)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    st.rerun()


def _results(prepared: Service, index: ReportIndex, adding: _Adding, words: LibraryWording) -> None:
    results = adding.job.result()
    if isinstance(results, WenbaoError):
        st.error(plain(results.message(words.language)), icon=":material/error:")
        return
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
    differing = [result.path for result in results if result.outcome is Outcome.DIFFERS]
    if differing and st.button(words.replace.format(count=len(differing))):
        _start(prepared, differing, rows_of=(), replacing=True)
    unusual = [result.path for result in results if result.outcome is Outcome.UNUSUAL]
    if unusual and st.button(words.add_anyway.format(count=len(unusual))):
        _start(prepared, unusual, rows_of=(), asking=False)
    reached = {result.path for result in results}
    stopped = [path for path in adding.paths if path not in reached and path.is_file()]
    if stopped:
        names = few_names([path.name for path in stopped], words)
        st.warning(plain(words.stopped.format(count=len(stopped), names=names)), icon=":material/stop:")
        if st.button(words.resume.format(count=len(stopped))):
            _start(prepared, stopped, rows_of=adding.rows_of)
