"""Several reports at once on the page 文库: removed, put into a set, corrected alike."""

from __future__ import annotations

import json
from collections.abc import Sequence

import streamlit as st

from answers.service import Service
from embeddings import WenbaoError
from indexer.library import correct_metadata
from indexer.people.changes import Did, note
from indexer.people.report_sets import LONGEST_TITLE, keep_set, report_sets
from indexer.report.correction import LEVELS
from indexer.report.records import DocumentKind
from indexer.store.catalogue import ReportEntry
from views.library.layout import kind_words, several_edited
from views.library.removing import Removal
from views.library.wording import LibraryWording
from views.shared.done import UNDO_SECONDS, attempt, tell
from views.shared.markup import plain
from views.shared.titles import few_names, titles
from views.shared.visitor import editing, may_edit

REPORT = "library_report"  # the one report that is opened
_TICKED = "library_ticked"  # the reports whose boxes are ticked, where these are several
_SET, _TITLE = "library_several_set", "library_several_title"
_SAME = ("region", "issuer")  # what is typed of several at once
_LONGEST = 200  # characters of what is typed


def chosen_reports() -> tuple[str, ...]:
    """The names of the reports that are chosen: the one that is opened, or the several that are ticked."""
    one = st.session_state.get(REPORT)
    return (one,) if one else st.session_state.get(_TICKED, ())


def choose_reports_alone(*names: str) -> None:
    """Choose these reports and no others; one alone is opened."""
    st.session_state[REPORT] = names[0] if len(names) == 1 else None
    st.session_state[_TICKED] = names if len(names) > 1 else ()


def tick(listed: Sequence[str], ticked: Sequence[str]) -> None:
    """Choose those `ticked` of the reports that a page of the table lists, and those chosen on others as before."""
    choose_reports_alone(*(name for name in chosen_reports() if name not in listed), *ticked)


def several_section(prepared: Service, chosen: Sequence[ReportEntry], words: LibraryWording) -> None:
    """Draw what can be done with several reports."""
    shown = [titles(chosen)[one.name] for one in chosen]
    with st.container(border=True, key="library_several"):
        line = st.container(horizontal=True, vertical_alignment="center")
        line.markdown(
            words.several.format(count=len(chosen), names=plain(few_names(shown, words))), width="stretch"
        )
        if may_edit():
            with line.popover(
                words.remove_several.format(count=len(chosen)), icon=":material/delete:", key="remove_several"
            ):
                asked = words.really_remove_several.format(
                    count=len(chosen), names=few_names(shown, words), minutes=round(UNDO_SECONDS / 60)
                )
                st.write(plain(asked))
                st.button(
                    words.yes_remove, type="primary", key=f"yes_remove_several:{len(chosen)}",
                    on_click=_remove, args=(Removal(prepared, chosen, words),),
                )  # fmt: skip
        line.button(words.choose_none, key="choose_none", on_click=choose_reports_alone)
        if not may_edit():
            return
        left, right = st.columns(2, gap="large")
        with left:
            _into_a_set(prepared, chosen, words)
        with right:
            _correct_all(prepared, chosen, words)


def _remove(removal: Removal) -> None:
    removal()
    choose_reports_alone()


def _into_a_set(prepared: Service, chosen: Sequence[ReportEntry], words: LibraryWording) -> None:
    try:
        known = [one.title for one in report_sets(prepared.directory)]
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return
    st.markdown(f"**{words.into_set}**")
    if st.session_state.get(_SET) not in (None, *known):
        st.session_state[_SET] = None
    if known:
        st.selectbox(
            words.report_set, [None, *known], key=_SET,
            format_func=lambda title: words.new_set if title is None else title,
        )  # fmt: skip
    if st.session_state.get(_SET) is None:
        st.text_input(
            words.set_title, key=_TITLE, max_chars=LONGEST_TITLE, placeholder=words.set_title_placeholder
        )
    names = [one.name for one in chosen]
    st.button(
        words.put_in, key="put_in_set", on_click=_put_in, args=(prepared, names, words),
        icon=":material/folder_copy:", disabled=not (st.session_state.get(_SET) or st.session_state.get(_TITLE)),
    )  # fmt: skip


def _put_in(prepared: Service, names: Sequence[str], words: LibraryWording) -> None:
    state = st.session_state
    title = state.get(_SET) or state.get(_TITLE, "")

    def put_in() -> None:
        by = editing()
        there = {one.title: one.documents for one in report_sets(prepared.directory)}
        kept = keep_set(prepared.directory, title, [*there.get(" ".join(title.split()), ()), *names])
        note(prepared.directory, by, Did.KEPT_SET, kept.title, "、".join(kept.documents))
        tell(words.set_saved.format(title=kept.title, count=len(kept.documents)))
        state[_TITLE] = ""

    attempt(put_in, words.language)


def _correct_all(prepared: Service, chosen: Sequence[ReportEntry], words: LibraryWording) -> None:
    encoder = prepared.encoder
    # What was typed for some reports is not meant for others.
    with st.form(f"several:{hash(tuple(one.name for one in chosen))}", border=False):
        st.markdown(f"**{words.correct_several}**", help=words.correct_several_help)
        boxes = st.columns(2)
        typed: dict[str, str | int | None] = {
            field: box.text_input(words.fields[field], max_chars=_LONGEST, placeholder=words.as_it_is)
            for field, box in zip(_SAME, boxes, strict=True)
        }
        left, middle, right = st.columns([2, 3, 2])
        level = left.selectbox(
            words.level, ("", *filter(None, LEVELS)), format_func=lambda one: one or words.as_it_is
        )
        kind = middle.selectbox(
            words.kind, (None, *DocumentKind),
            format_func=lambda one: words.as_it_is if one is None else kind_words(one, words),
        )  # fmt: skip
        year = right.number_input(
            words.year, 1949, 2100, None, step=1, format="%d", placeholder=words.as_it_is
        )
        saved = st.form_submit_button(words.save, type="primary", disabled=encoder is None)
    changes = {
        one.name: several_edited(one.metadata, {**typed, "level": level, "kind": kind, "year": year})
        for one in chosen
    }
    changed = {name: values for name, values in changes.items() if values}
    if not saved or not changed or encoder is None:
        return

    def correct() -> None:
        for name, values in changed.items():
            by = editing()
            correct_metadata(name, prepared.directory, encoder, values)
            note(prepared.directory, by, Did.CORRECTED, name, json.dumps(values, ensure_ascii=False))
        tell(words.several_corrected.format(count=len(changed)))

    with st.spinner(words.saving):
        attempt(correct, words.language)
    st.rerun()
