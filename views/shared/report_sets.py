"""The box in which a named set of reports is chosen, wherever reports are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from indexer.index import ReportIndex
from indexer.people.report_sets import ReportSet, report_sets
from views.shared.address import bad_link
from views.shared.wording import SharedWording


def choose_set(
    directory: Path, index: ReportIndex, words: SharedWording, *, key: str,
    on_change: Callable[[], None] | None = None,
) -> ReportSet | None:  # fmt: skip
    """Draw the box where there are sets; the one that is chosen, with those of its reports that are in the library.

    The session has its title under `key`. One of a link that is not there is told.
    """
    there = sets_to_choose(directory, index, words, key=key)
    wanted: str | None = st.session_state.get(key)
    if not there:
        return None
    box = f"{key}:box"
    st.session_state[box] = wanted

    def chosen() -> None:
        st.session_state[key] = st.session_state[box]
        if on_change is not None:
            on_change()

    st.selectbox(
        words.report_set,
        [None, *there],
        format_func=lambda title: words.every_report if title is None else _label(there[title], words),
        key=box,
        on_change=chosen,
    )
    return there[wanted] if wanted is not None else None


def sets_to_choose(
    directory: Path, index: ReportIndex, words: SharedWording, *, key: str
) -> Mapping[str, ReportSet]:
    """The sets by their titles. The one that the session has under `key`, of a link, is told and let go of where there is none such."""
    there = {one.title: one for one in in_library(report_sets(directory), index)}
    wanted: str | None = st.session_state.get(key)
    if wanted is not None and wanted not in there:
        bad_link(words.gone_set.format(title=wanted))
        st.session_state[key] = None
    return there


def in_library(sets: tuple[ReportSet, ...], index: ReportIndex) -> tuple[ReportSet, ...]:
    """The sets with those of their reports that are there; one of which none is there is left out."""
    known = index.catalogue
    kept = [
        ReportSet(one.title, tuple(name for name in one.documents if known.get(name) is not None))
        for one in sets
    ]
    return tuple(one for one in kept if one.documents)


def _label(one: ReportSet, words: SharedWording) -> str:
    return words.counted.format(name=one.title, count=len(one.documents))
