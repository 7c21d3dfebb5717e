"""The page 文库: add reports, see them, correct what is known of them, open and remove them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import streamlit as st

from answers.commitments.stored_update import bring_up
from answers.engine import Answerer
from answers.service import Service
from answers.understanding.places_of_reports import report_places
from embeddings import WenbaoError
from embeddings.language import Language
from indexer.formats import SUFFIXES
from indexer.intake import FileResult, Outcome
from indexer.jobs import Cancelled, Job, Progress
from indexer.library import (
    add_reports,
    correct_metadata,
    remove_reports,
    repair_index,
)
from indexer.location import keep_upload
from indexer.progress import BuildProgress
from indexer.report.records import DocumentKind
from indexer.store.catalogue import ReportEntry
from indexer.text.span import Span
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
from views.library.wording import LibraryWording
from views.shared.markup import STYLE, plain, report_blocks
from views.shared.paging import ROWS, choose_page
from views.shared.preparation import service, show_preparation
from views.shared.progress import show_progress
from views.shared.reading_pane import reading_pane

_JOB = "library_job"
_UPLOADS = "library_uploads"
_REPORT = "report"  # in the address: the report that is opened

AddJob = Job[tuple[FileResult, ...], BuildProgress]


def library_page(language: Language) -> None:
    """Draw the page."""
    words = LibraryWording(language)
    st.html(STYLE)
    prepared = service()
    try:
        answerer = prepared.answerer()
    except WenbaoError as error:
        st.error(plain(error.message(language)), icon=":material/error:")
        _repair(prepared, words)
        return
    if answerer is None:
        show_preparation(prepared, words)
        return
    renewal = prepared.renewal
    if renewal is not None and not renewal.done:
        show_progress(renewal, lambda progress: bar(progress, words, words.renewing), stop=words.stop)
    _add(prepared, words)
    chosen = _table(answerer, words)
    if chosen is not None:
        left, right = st.columns([2, 3], gap="large")
        with left:
            _details(prepared, chosen, words)
        with right:
            st.subheader(plain(chosen.title), anchor=False)
            if not chosen.is_unchanged():
                st.warning(
                    plain(words.changed_source.format(document=chosen.name, command=_command(prepared))),
                    icon=":material/description:",
                )
            report = answerer.index.report(chosen.name)
            reading_pane(
                f"library:{chosen.name}", report_blocks(report, Span(0, len(report.text)), ()), "near"
            )
    _repair(prepared, words)


def _command(prepared: Service) -> str:
    return f"python -m indexer build SOURCE --index {prepared.directory}"


def _add(prepared: Service, words: LibraryWording) -> None:
    job: AddJob | None = st.session_state.get(_JOB)
    if job is not None and not job.done:
        show_progress(
            job, lambda progress: bar(progress, words, words.embedding), stop=words.stop, before=words.reading
        )
        return
    generation = st.session_state.setdefault(_UPLOADS, 0)
    files = st.file_uploader(
        words.upload,
        type=[suffix.lstrip(".") for suffix in SUFFIXES],
        accept_multiple_files=True,
        key=f"uploads_{generation}",
    )
    if st.button(words.add, type="primary", disabled=not files) and files:
        paths = [keep_upload(prepared.directory, file.name, file.getvalue()) for file in files]
        _start(prepared, paths, replacing=False)
    if job is not None:
        _results(prepared, job, words)


def _start(prepared: Service, paths: list[Path], *, replacing: bool) -> None:
    encoder, directory = prepared.encoder, prepared.directory
    if encoder is None:
        return

    def add(progress: Progress[BuildProgress], cancelled: Cancelled) -> tuple[FileResult, ...]:
        results = add_reports(
            paths, directory, encoder, replacing=replacing, progress=progress, cancelled=cancelled
        )
        with suppress(WenbaoError):  # the reports are in; what is wrong with the ledger its own page tells
            bring_up(directory, cancelled=cancelled)
        return results

    st.session_state[_JOB] = Job(add, "wenbao-add")
    st.session_state[_UPLOADS] = st.session_state.get(_UPLOADS, 0) + 1
    st.rerun()


def _results(prepared: Service, job: AddJob, words: LibraryWording) -> None:
    results = job.result()
    if isinstance(results, WenbaoError):
        st.error(plain(results.message(words.language)), icon=":material/error:")
        return
    for result in results:
        line = plain(result_line(result, words))
        if result.outcome in (Outcome.ADDED, Outcome.REPLACED):
            st.success(line, icon=":material/check:")
        elif result.outcome is Outcome.UNCHANGED:
            st.info(line, icon=":material/info:")
        else:
            st.warning(line, icon=":material/warning:")
    differing = [result.path for result in results if result.outcome is Outcome.DIFFERS]
    if differing and st.button(words.replace.format(count=len(differing))):
        _start(prepared, differing, replacing=True)


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
            field: st.text_input(label, getattr(meta, field), help=origins.get(field))
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
    # A kind can be named, but not unnamed.
    kind = kind or meta.kind
    changes = edited(meta, {**values, "level": level, "year": year, "kind": kind})
    encoder = prepared.encoder
    if saved and changes and encoder is not None:
        with st.spinner(words.saving):
            _guarded(lambda: correct_metadata(name, prepared.directory, encoder, changes), words)
        st.rerun()
    with st.popover(words.remove, icon=":material/delete:"):
        st.write(plain(words.really_remove.format(title=meta.title)))
        if st.button(words.yes_remove, type="primary"):
            _guarded(lambda: remove_reports([name], prepared.directory), words)
            st.rerun()


def _repair(prepared: Service, words: LibraryWording) -> None:
    with st.expander(words.maintenance):
        st.caption(words.repair_help)
        encoder = prepared.encoder
        if st.button(words.repair, disabled=encoder is None) and encoder is not None:
            with st.spinner(words.repairing):
                _guarded(lambda: repair_index(prepared.directory, encoder), words)
            st.rerun()


def _guarded(work: Callable[[], None], words: LibraryWording) -> None:
    try:
        work()
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        st.stop()
