"""Maintenance on the page 文库: what is wrong with the index, and mending it, also of one that cannot be opened."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from answers.commitments.stored_proof import ledger_problems, mend_ledger
from answers.service import Service
from embeddings import Encoder, WenbaoError
from indexer.errors import DamagedIndex, ModelMismatch
from indexer.library import repair_index
from indexer.people.changes import Did, note
from indexer.proof.verify import verify_index
from indexer.reports import Problem
from views.library.wording import LibraryWording
from views.shared.markup import plain
from views.shared.visitor import editing, may_edit

_SHOWN = 50  # problems
_NOTICES = "library_notices"  # what the last repair could not have back


def can_be_mended(error: WenbaoError | None) -> bool:
    """Whether it was the index that could not be opened, and a repair may help."""
    return isinstance(error, DamagedIndex | ModelMismatch)


def maintenance(prepared: Service, words: LibraryWording, *, broken: bool = False) -> None:
    """Draw what checks and mends the index; `broken`: it could not be opened, so that there is nothing else to do."""
    if not may_edit():
        return
    notices: tuple[Problem, ...] | None = st.session_state.pop(_NOTICES, None)
    with st.expander(words.maintenance, expanded=broken or notices is not None):
        st.caption(words.repair_help)
        if notices is not None:
            st.success(words.repaired, icon=":material/check:")
            _list(notices, words)
        encoder = prepared.encoder
        left, right = st.columns(2)
        if left.button(words.check):
            with st.spinner(words.checking):
                guarded(lambda: _tell(prepared, words), words)
        if right.button(words.repair, disabled=encoder is None, type="primary" if broken else "secondary"):
            if encoder is None:
                return
            with st.spinner(words.repairing):
                guarded(lambda: _mend(prepared, encoder), words)
            prepared.retry()
            st.rerun()


def _mend(prepared: Service, encoder: Encoder) -> None:
    by = editing()
    notices = repair_index(prepared.directory, encoder)
    mend_ledger(prepared.directory)
    note(prepared.directory, by, Did.MENDED)
    st.session_state[_NOTICES] = notices


def _tell(prepared: Service, words: LibraryWording) -> None:
    problems = (*verify_index(prepared.directory), *ledger_problems(prepared.directory))
    if not problems:
        st.success(words.sound, icon=":material/verified:")
        return
    _list(problems, words)


def _list(problems: tuple[Problem, ...], words: LibraryWording) -> None:
    for problem in problems[:_SHOWN]:
        st.warning(plain(_line(problem, words)), icon=":material/warning:")
    if len(problems) > _SHOWN:
        st.caption(words.more_problems.format(count=len(problems) - _SHOWN))


def _line(problem: Problem, words: LibraryWording) -> str:
    said = problem.zh if words.language == "zh" else problem.en
    return f"{problem.document}{words.colon}{said}" if problem.document else said


def guarded(work: Callable[[], None], words: LibraryWording) -> None:
    """Do something, and show the error where it fails; the page draws no more then."""
    try:
        work()
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        st.stop()
