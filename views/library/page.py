"""The page 文库: add reports, see them, correct what is known of them, open and remove them."""

from __future__ import annotations

import json
import shlex
from functools import partial

import streamlit as st

from answers.commitments.search import Filter
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_update import is_current
from answers.service import Service
from answers.understanding.places_of_reports import report_places
from embeddings import Encoder, WenbaoError
from embeddings.language import Language
from indexer.errors import DamagedIndex
from indexer.index import ReportIndex
from indexer.library import correct_metadata
from indexer.originals import kept_original
from indexer.people.changes import Did, note
from indexer.report.correction import LEVELS, YEARS
from indexer.report.records import DocumentKind
from indexer.store.catalogue import ReportEntry
from views.library.adding import add_files
from views.library.change_log import change_log_section
from views.library.layout import (
    bar,
    corrected_words,
    edited,
    kind_words,
    origin_words,
    report_entries,
    report_row,
)
from views.library.maintenance import can_be_mended, guarded, maintenance
from views.library.removing import Removal
from views.library.report_sets import report_sets_section
from views.library.said import feedback_section
from views.library.several import (
    REPORT,
    choose_reports_alone,
    chosen_reports,
    several_section,
    tick,
)
from views.library.twins import tell_twins
from views.library.versions import OTHER, versions_section
from views.library.wording import LibraryWording
from views.shared.address import address, bad_link
from views.shared.beside import whole_report
from views.shared.done import UNDO_SECONDS, tell, tell_done
from views.shared.ledger import kept
from views.shared.markup import STYLE, plain
from views.shared.pages import link_to
from views.shared.paging import ROWS, choose_page
from views.shared.parameters import optional, text, years
from views.shared.preparation import service, show_preparation
from views.shared.progress import show_progress
from views.shared.rows import choose_rows
from views.shared.visitor import editing, may_edit

_LONGEST = 200  # characters of a title or a name
_PARAMETERS = (
    optional("report", REPORT),
    optional("beside", OTHER),
    text("find", "library_find"),
    years("years", "library_years"),
)


def library_page(language: Language) -> None:
    """Draw the page."""
    words = LibraryWording(language)
    st.html(STYLE)
    with address("library", _PARAMETERS, words):
        _page(words)


def _page(words: LibraryWording) -> None:
    prepared = service()
    try:
        answerer, index = prepared.answerer(), prepared.index()
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        maintenance(prepared, words, broken=True)
        return
    if answerer is None:
        # What is there can be read and removed meanwhile.
        show_preparation(prepared, words)
        if can_be_mended(prepared.status.error):
            maintenance(prepared, words, broken=True)
            return
    if index is None:
        return
    renewal = prepared.renewal
    if renewal is not None and not renewal.done:
        show_progress(
            renewal, lambda progress: bar(progress, words, words.renewing),
            stop=words.stop, stopping=words.stopping,
        )  # fmt: skip
    tell_done(words)
    if answerer is not None and may_edit():
        add_files(prepared, index, words)
    chosen = _table(index, words)
    if len(chosen) == 1:
        _opened(prepared, index, chosen[0], words)
    elif chosen:
        several_section(prepared, chosen, words)
    report_sets_section(prepared.directory, index, words)
    feedback_section(prepared.directory, index, words)
    change_log_section(prepared.directory, words)
    maintenance(prepared, words)


def _opened(prepared: Service, index: ReportIndex, chosen: ReportEntry, words: LibraryWording) -> None:
    """What is known of a report, and its text."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        _details(prepared, chosen, words)
    with right:
        st.subheader(plain(chosen.title), anchor=False)
        tell_twins(index, {chosen.name}, words)
        if not chosen.is_unchanged():
            told = words.changed_source.format(document=chosen.name, command=_command(prepared, chosen))
            st.warning(plain(told), icon=":material/description:")
        _targets(prepared, chosen, words)
        versions_section(index, chosen, words)
        _read(index, chosen, words)


def _read(index: ReportIndex, chosen: ReportEntry, words: LibraryWording) -> None:
    try:
        report = index.report(chosen.name)
    except DamagedIndex as error:
        # The page goes on: what mends it is below.
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return
    whole_report(report, words, name="library_pane")


def _targets(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    """How many targets and results the ledger has of it, where the ledger is up to date, and the way to them."""
    if not is_current(prepared.directory):
        return
    ledger = StoredLedger(prepared.directory)
    count = kept(ledger, ledger.totals, Filter(documents=(report.name,), numbered=True))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(words.targets_in_it.format(targets=count.targets, results=count.results), width="content")
        link_to("commitments", {"report": report.name}, words.see_them, ":material/checklist:")


def _command(prepared: Service, report: ReportEntry) -> str:
    return f"python -m indexer add --replace {shlex.quote(report.source)} --index {prepared.directory}"


def _table(index: ReportIndex, words: LibraryWording) -> tuple[ReportEntry, ...]:
    """The table of reports, a page at a time; those that are chosen, of which the address names one alone."""
    catalogue = index.catalogue
    st.subheader(words.reports.format(count=len(catalogue)), anchor=False)
    if not len(catalogue):
        st.caption(words.empty)
        return ()
    found = _found(catalogue.entries, words)
    if not found:
        return ()
    page = choose_page(len(found), "library", words)
    shown = found[page.slice]
    listed = [report.name for report in shown]
    chosen = tuple(filter(None, map(catalogue.get, chosen_reports())))
    choose_rows(
        [report_row(report, words) for report in shown],
        listed,
        [report.name for report in chosen],
        choose_reports_alone,
        partial(tick, listed),
        key="library_table",
        height=460 if len(shown) > 11 else "auto",
    )
    if len(catalogue) > 1 and may_edit():
        st.caption(words.several_help)
    name = st.session_state.get(REPORT)
    if name and not chosen:
        bad_link(words.gone_reports.format(names=name))
        choose_reports_alone()
    return chosen


def _found(reports: tuple[ReportEntry, ...], words: LibraryWording) -> tuple[ReportEntry, ...]:
    """All reports of a small library, else those that are sought."""
    if len(reports) <= ROWS:
        return reports
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    typed = left.text_input(words.find_report, placeholder=words.find_report_placeholder, key="library_find")
    chosen = right.multiselect(
        words.year, report_places(reports).years, placeholder=words.any_year, key="library_years"
    )
    found = tuple(report_entries(reports, typed, chosen))
    if not found:
        st.info(plain(words.no_such_report.format(text=typed)), icon=":material/search_off:")
    return found


def _details(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    name, meta = report.name, report.metadata
    origins = origin_words(meta, words)
    levels = ("", *filter(None, LEVELS))
    if not may_edit():
        _download(prepared, report, words)
        return
    with st.container(horizontal=True):
        _removal(prepared, report, words)
        _download(prepared, report, words)
    with st.form(f"metadata_{name}"):
        values = {
            field: st.text_input(label, getattr(meta, field), max_chars=_LONGEST, help=origins.get(field))
            for field, label in words.fields.items()
        }
        level = st.selectbox(words.level, levels, index=levels.index(meta.level), help=origins.get("level"))
        kind = st.selectbox(
            words.kind,
            (None, *DocumentKind),
            index=(None, *DocumentKind).index(meta.kind),
            format_func=lambda one: kind_words(one, words),
            help=origins.get("kind"),
        )
        year = st.number_input(
            words.year, YEARS[0], YEARS[-1], meta.year, step=1, help=origins.get("year"), format="%d"
        )
        saved = st.form_submit_button(words.save, type="primary", disabled=prepared.encoder is None)
    # A kind can be named, but not unnamed.
    kind = kind or meta.kind
    changes = edited(meta, {**values, "level": level, "year": year, "kind": kind})
    encoder = prepared.encoder
    if saved and changes and encoder is not None:
        with st.spinner(words.saving):
            guarded(lambda: _correct(prepared, name, encoder, changes), words)
        tell(corrected_words(meta, changes, words))
        st.rerun()


def _correct(prepared: Service, name: str, encoder: Encoder, changes: dict[str, str | int | None]) -> None:
    by = editing()
    correct_metadata(name, prepared.directory, encoder, changes)
    note(prepared.directory, by, Did.CORRECTED, name, json.dumps(changes, ensure_ascii=False))


def _removal(prepared: Service, report: ReportEntry, words: LibraryWording) -> None:
    """Above the form, where there is room below for what it asks: at the foot of the page that lay outside the window."""
    # The report is in the keys: a second click on a button means the report that stood beside it at the first.
    with st.popover(words.remove, icon=":material/delete:", key=f"remove:{report.name}"):
        st.write(
            plain(words.really_remove.format(title=report.metadata.title, minutes=round(UNDO_SECONDS / 60)))
        )
        st.button(
            words.yes_remove, type="primary", key=f"yes_remove:{report.name}",
            on_click=Removal(prepared, [report], words),
        )  # fmt: skip


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
