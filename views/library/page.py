"""The page 文库: add reports, see them, correct what is known of them, open and remove them."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from answers.commitments.stored_update import bring_up
from answers.engine import Answerer
from answers.service import Service
from answers.understanding.places_of_reports import report_places
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.errors import DamagedIndex
from indexer.formats import SUFFIXES
from indexer.formats.limits import BATCH_BYTES, FILE_BYTES
from indexer.imports import add_uploads, interrupted
from indexer.intake import FileResult, Outcome
from indexer.jobs import Cancelled, Job, Progress
from indexer.library import (
    correct_metadata,
    remove_reports,
)
from indexer.originals import forget_uploads, keep_upload, kept_original
from indexer.progress import BuildProgress
from indexer.report.records import DocumentKind
from indexer.store.catalogue import ReportEntry
from indexer.tables_of_texts import TableOfTexts, table_in
from indexer.text.span import Span
from indexer.twins import twins_among
from views.library.layout import (
    LEVELS,
    bar,
    edited,
    kind_words,
    origin_words,
    report_entries,
    report_row,
    result_line,
)
from views.library.maintenance import can_be_mended, guarded, maintenance
from views.library.wording import LibraryWording
from views.shared.allowance import UPLOADS, allowed
from views.shared.markup import STYLE, plain, report_blocks
from views.shared.paging import ROWS, choose_page
from views.shared.preparation import service, show_preparation
from views.shared.progress import show_progress
from views.shared.reading_pane import reading_pane
from views.shared.titles import few_names

_JOB = "library_job"
_UPLOADS = "library_uploads"
_TABLES = "library_tables"
_TOLD = 50  # files that went well, a line each
_TWINS = 10  # reports that are there twice, a line each
_LONGEST = 200  # characters of a title or a name
_REPORT = "report"  # in the address: the report that is opened

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


def library_page(language: Language) -> None:
    """Draw the page."""
    words = LibraryWording(language)
    st.html(STYLE)
    prepared = service()
    try:
        answerer = prepared.answerer()
    except WenbaoError as error:
        st.error(plain(error.message(language)), icon=":material/error:")
        maintenance(prepared, words, broken=True)
        return
    if answerer is None:
        show_preparation(prepared, words)
        if can_be_mended(prepared.status.error):
            maintenance(prepared, words, broken=True)
        return
    renewal = prepared.renewal
    if renewal is not None and not renewal.done:
        show_progress(renewal, lambda progress: bar(progress, words, words.renewing), stop=words.stop)
    _add(prepared, answerer, words)
    chosen = _table(answerer, words)
    if chosen is not None:
        left, right = st.columns([2, 3], gap="large")
        with left:
            _details(prepared, chosen, words)
        with right:
            st.subheader(plain(chosen.title), anchor=False)
            _tell_twins(answerer, {chosen.name}, words)
            if not chosen.is_unchanged():
                st.warning(
                    plain(
                        words.changed_source.format(document=chosen.name, command=_command(prepared, chosen))
                    ),
                    icon=":material/description:",
                )
            _read(answerer, chosen, words)
    maintenance(prepared, words)


def _tell_twins(answerer: Answerer, names: Collection[str | None], words: LibraryWording) -> None:
    """Say which of these reports are in the library more than once."""
    groups = [group for group in twins_among(answerer.index.reports).groups if not {*group}.isdisjoint(names)]
    for group in groups[:_TWINS]:
        told = words.twin.format(
            title=answerer.index.entry(group[0]).title,
            count=len(group),
            names=few_names(group, words),
            first=group[0],
        )
        st.info(plain(told), icon=":material/content_copy:")


def _read(answerer: Answerer, chosen: ReportEntry, words: LibraryWording) -> None:
    try:
        report = answerer.index.report(chosen.name)
    except DamagedIndex as error:
        # The page goes on: what mends it is below.
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return
    reading_pane(f"library:{chosen.name}", report_blocks(report, Span(0, len(report.text)), ()), "near")


def _command(prepared: Service, report: ReportEntry) -> str:
    return f"python -m indexer add --replace {shlex.quote(report.source)} --index {prepared.directory}"


def _add(prepared: Service, answerer: Answerer, words: LibraryWording) -> None:
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
        _results(prepared, answerer, adding, words)
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
    encoder, directory = prepared.encoder, prepared.directory
    if encoder is None:
        return

    def add(progress: Progress[BuildProgress], cancelled: Cancelled) -> tuple[FileResult, ...]:
        results = add_uploads(
            paths, directory, encoder,
            replacing=replacing, rows_of=rows_of, asking=asking, progress=progress, cancelled=cancelled,
        )  # fmt: skip
        with suppress(WenbaoError):  # the reports are in; what is wrong with the ledger its own page tells
            bring_up(directory, cancelled=cancelled)
        return results

    st.session_state[_JOB] = _Adding(tuple(paths), Job(add, "wenbao-add"), rows_of)
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    st.rerun()


def _results(prepared: Service, answerer: Answerer, adding: _Adding, words: LibraryWording) -> None:
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
    _tell_twins(answerer, added, words)
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


def _table(answerer: Answerer, words: LibraryWording) -> ReportEntry | None:
    """The table of reports, a page at a time; the one that is selected, else the one that the address names."""
    catalogue = answerer.index.catalogue
    st.subheader(words.reports.format(count=len(catalogue)), anchor=False)
    if not len(catalogue):
        st.caption(words.empty)
        return None
    found = _found(catalogue.entries, words)
    if not found:
        return None
    page = choose_page(len(found), "library", words)
    shown = found[page.slice]
    picked = st.dataframe(
        [report_row(report, words) for report in shown],
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        height=460 if len(shown) > 11 else "auto",
        # With other rows it is another table, in which nothing is selected.
        key=f"library_table:{shown[0].name}:{shown[-1].name}:{len(found)}",
    )
    rows = picked["selection"]["rows"]
    if rows and rows[0] < len(shown):
        return shown[rows[0]]
    return catalogue.get(st.query_params.get(_REPORT, ""))


def _found(reports: tuple[ReportEntry, ...], words: LibraryWording) -> tuple[ReportEntry, ...]:
    """All reports of a small library, else those that are sought."""
    if len(reports) <= ROWS:
        return reports
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    text = left.text_input(words.find_report, placeholder=words.find_report_placeholder, key="library_find")
    years = right.multiselect(
        words.year, report_places(reports).years, placeholder=words.any_year, key="library_years"
    )
    found = tuple(report_entries(reports, text, years))
    if not found:
        st.info(plain(words.no_such_report.format(text=text)), icon=":material/search_off:")
    return found


def _details(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    name, meta = report.name, report.metadata
    origins = origin_words(meta, words)
    with st.form(f"metadata_{name}"):
        values = {
            field: st.text_input(label, getattr(meta, field), max_chars=_LONGEST, help=origins.get(field))
            for field, label in words.fields.items()
        }
        level = st.selectbox(words.level, LEVELS, index=LEVELS.index(meta.level), help=origins.get("level"))
        kind = st.selectbox(
            words.kind,
            (None, *DocumentKind),
            index=(None, *DocumentKind).index(meta.kind),
            format_func=lambda one: kind_words(one, words),
            help=origins.get("kind"),
        )
        year = st.number_input(
            words.year, 1949, 2100, meta.year, step=1, help=origins.get("year"), format="%d"
        )
        saved = st.form_submit_button(words.save, type="primary")
    _download(prepared, report, words)
    # A kind can be named, but not unnamed.
    kind = kind or meta.kind
    changes = edited(meta, {**values, "level": level, "year": year, "kind": kind})
    encoder = prepared.encoder
    if saved and changes and encoder is not None:
        with st.spinner(words.saving):
            guarded(lambda: correct_metadata(name, prepared.directory, encoder, changes), words)
        st.rerun()
    with st.popover(words.remove, icon=":material/delete:"):
        st.write(plain(words.really_remove.format(title=meta.title)))
        if st.button(words.yes_remove, type="primary"):
            guarded(lambda: remove_reports([name], prepared.directory), words)
            st.rerun()


def _download(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    """The file that was uploaded, as it was; of a report that was read from elsewhere nothing is offered."""
    original = kept_original(prepared.directory, report)
    if original is not None:
        st.download_button(
            words.original_file,
            original.read_bytes,
            file_name=original.name,
            mime="application/octet-stream",  # a web page that somebody uploaded is never shown as one of ours
            icon=":material/download:",
            on_click="ignore",
        )
