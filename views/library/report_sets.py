"""Sets of reports on the page 文库: put together, named, changed, let go."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from embeddings import WenbaoError
from indexer.index import ReportIndex
from indexer.people.changes import Did, note
from indexer.people.report_sets import LONGEST_TITLE, ReportSet, keep_set, remove_set, report_sets
from views.library.wording import LibraryWording
from views.shared.done import Undo, attempt, tell
from views.shared.markup import plain
from views.shared.report_choice import choose_reports
from views.shared.titles import few_names, titles
from views.shared.visitor import editing, may_edit

_TITLE, _REPORTS, _EDITED = "library_set_title", "library_set_reports", "library_set_edited"


def report_sets_section(directory: Path, index: ReportIndex, words: LibraryWording) -> None:
    """Draw the sets that there are, and the form of a new one or of the one that is changed."""
    try:
        sets = report_sets(directory)
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return
    with st.expander(words.sets.format(count=len(sets)), icon=":material/folder_copy:", key="library_sets"):
        st.caption(words.sets_help)
        known = titles(index.reports)
        for one in sets:
            _line(directory, one, [known.get(name, name) for name in one.documents], words)
        if may_edit():
            _form(directory, index, words)


def _line(directory: Path, one: ReportSet, names: list[str], words: LibraryWording) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"set:{one.title}"):
        count = words.set_of.format(title=plain(one.title), count=len(one.documents))
        st.markdown(count, width="content", help=plain(few_names(names, words)))
        if not may_edit():
            return
        st.button(
            words.edit_set, key=f"edit_set:{one.title}", type="tertiary", icon=":material/edit:",
            on_click=_edit, args=(one,),
        )  # fmt: skip
        st.button(
            words.remove_set, key=f"remove_set:{one.title}", type="tertiary", icon=":material/delete:",
            on_click=_remove, args=(directory, one, words),
        )  # fmt: skip


def _form(directory: Path, index: ReportIndex, words: LibraryWording) -> None:
    edited: str | None = st.session_state.get(_EDITED)
    st.markdown(f"**{plain(words.change_set.format(title=edited)) if edited else words.new_set}**")
    title = st.text_input(
        words.set_title, key=_TITLE, max_chars=LONGEST_TITLE, placeholder=words.set_title_placeholder
    )
    chosen = choose_reports(index.reports, words.set_reports, words, key=_REPORTS)
    st.button(
        words.save_set, type="primary", key="save_set", disabled=not (title and chosen),
        on_click=_save, args=(directory, words),
    )  # fmt: skip


def _edit(one: ReportSet) -> None:
    state = st.session_state
    state[_EDITED], state[_TITLE], state[_REPORTS] = one.title, one.title, list(one.documents)


def _save(directory: Path, words: LibraryWording) -> None:
    state = st.session_state
    title, chosen, edited = state.get(_TITLE, ""), state.get(_REPORTS, []), state.get(_EDITED)

    def save() -> None:
        by = editing()
        kept = keep_set(directory, title, chosen)
        note(directory, by, Did.KEPT_SET, kept.title, "、".join(kept.documents))
        if edited and edited != kept.title:
            remove_set(directory, edited)
        tell(words.set_saved.format(title=kept.title, count=len(kept.documents)))
        state[_EDITED], state[_TITLE], state[_REPORTS] = None, "", []

    attempt(save, words.language)


def _remove(directory: Path, one: ReportSet, words: LibraryWording) -> None:
    def remove() -> None:
        by = editing()
        remove_set(directory, one.title)
        note(directory, by, Did.REMOVED_SET, one.title)
        tell(words.set_removed.format(title=one.title), Undo(back, lambda: None))

    def back() -> None:
        by = editing()
        keep_set(directory, one.title, one.documents)
        note(directory, by, Did.PUT_BACK, one.title)

    attempt(remove, words.language)
