"""What the last change did, told until the next one; and what can be undone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from embeddings import WenbaoError
from embeddings.language import Language
from views.shared.markup import plain
from views.shared.wording import SharedWording

UNDO_SECONDS = 30 * 60.0
_DONE = "done"  # where the session has what was done; what a part of a page tells by itself has a shelf of its own


@dataclass(frozen=True, slots=True)
class Undo:
    """How a change is undone, and what lets go of what that needs; each of them may fail with a WenbaoError."""

    back: Callable[[], None]
    forget: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Done:
    """A change: what it did, in the language of the page, or the error; when, by the monotonic clock."""

    said: str
    at: float
    undo: Undo | None = None
    failed: bool = False


def still_told(done: Sequence[Done], now: float) -> tuple[Done, ...]:
    """Of all changes the last one, and those before it that can still be undone."""
    last = done[-1:] if done and not (done[-1].undo and _is_over(done[-1], now)) else ()
    return (*(one for one in done[:-1] if one.undo is not None and not _is_over(one, now)), *last)


def _is_over(one: Done, now: float) -> bool:
    return now - one.at > UNDO_SECONDS


def tell(said: str, undo: Undo | None = None, shelf: str = _DONE) -> None:
    """Remember a change that was made, to be told by `tell_done` of the same shelf."""
    _add(Done(said, time.monotonic(), undo), shelf)


def tell_once(done: Done) -> None:
    """Remember a change, however often it is said to have been made."""
    if done not in st.session_state.get(_DONE, ()):
        _add(done, _DONE)


def attempt(work: Callable[[], None], language: Language, shelf: str = _DONE) -> None:
    """Do something in a callback; where it fails, the error is told by `tell_done` of the same shelf."""
    try:
        work()
    except WenbaoError as error:
        _add(Done(error.message(language), time.monotonic(), failed=True), shelf)


def tell_done(words: SharedWording, shelf: str = _DONE) -> None:
    """Draw what was changed, and the buttons that undo it."""
    before: tuple[Done, ...] = st.session_state.get(shelf, ())
    now = time.monotonic()
    done = still_told(before, now)
    for one in before:
        if one.undo is not None and one not in done:
            attempt(one.undo.forget, words.language, shelf)
    st.session_state[shelf] = done
    for one in done:
        if one.failed:
            st.error(plain(one.said), icon=":material/error:")
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.success(plain(one.said), icon=":material/check:")
            if one.undo is not None:
                st.button(
                    words.undo, key=f"undo:{one.at}", icon=":material/undo:",
                    on_click=_undo, args=(one, words.language, shelf),
                )  # fmt: skip


def _undo(one: Done, language: Language, shelf: str) -> None:
    done: tuple[Done, ...] = st.session_state.get(shelf, ())
    if one in done and one.undo is not None:  # a double click undoes once
        st.session_state[shelf] = tuple(other for other in done if other is not one)
        attempt(one.undo.back, language, shelf)


def _add(one: Done, shelf: str) -> None:
    st.session_state[shelf] = (*st.session_state.get(shelf, ()), one)
