"""Questions that a visitor keeps on the page 提问: listed, asked again with all that was chosen, and let go of, with undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from embeddings import WenbaoError
from indexer.people.saved_questions import SavedQuestion, keep_question, let_go_question, saved_questions
from views.ask.wording import AskWording
from views.shared.done import Undo, attempt, tell, tell_done
from views.shared.markup import plain
from views.shared.visitor import may_speak, speaking, visitor

_SHELF = "ask_saved_done"
_SHOWN = 10  # those kept last; the others are unfolded


def save_button(directory: Path, one: SavedQuestion, words: AskWording) -> None:
    """Draw the button that keeps a question; nothing for who may not say anything that is kept."""
    if not may_speak():
        return
    kept = one in _kept(directory, words)
    st.button(
        words.saved if kept else words.save,
        key="ask_save",
        icon=":material/bookmark_added:" if kept else ":material/bookmark_add:",
        help=words.save_help,
        disabled=kept,
        on_click=_keep,
        args=(directory, one, words),
    )


def saved_list(directory: Path, ask: Callable[[str], None], words: AskWording) -> None:
    """Draw the questions that are kept; `ask` asks one again, given the query of its address."""
    if not may_speak():
        return
    kept = _kept(directory, words)
    tell_done(words, _SHELF)
    if not kept:
        return
    st.caption(words.saved_questions)
    with st.container(key="ask_saved_list", gap=None):
        for number, one in enumerate(kept[:_SHOWN]):
            _line(directory, number, one, ask, words)
    if kept[_SHOWN:]:
        with st.expander(words.more_saved.format(count=len(kept) - _SHOWN)):
            for number, one in enumerate(kept[_SHOWN:], _SHOWN):
                _line(directory, number, one, ask, words)


def _line(
    directory: Path, number: int, one: SavedQuestion, ask: Callable[[str], None], words: AskWording
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"saved:{number}"):
        st.button(
            plain(one.question),
            key=f"saved_ask:{one.address}",
            on_click=ask,
            args=(one.address,),
            type="tertiary",
        )
        st.button(
            words.let_go, key=f"saved_let_go:{one.address}", icon=":material/delete:", type="tertiary",
            on_click=_let_go, args=(directory, one, words),
        )  # fmt: skip


def _kept(directory: Path, words: AskWording) -> tuple[SavedQuestion, ...]:
    now = visitor()
    try:
        return saved_questions(directory, (now.name if now else None) or "")
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return ()


def _keep(directory: Path, one: SavedQuestion, words: AskWording) -> None:
    attempt(lambda: keep_question(directory, speaking().name, one), words.language, _SHELF)


def _let_go(directory: Path, one: SavedQuestion, words: AskWording) -> None:
    def let_go() -> None:
        let_go_question(directory, speaking().name, one)
        tell(words.saved_let_go.format(question=one.question), Undo(back, lambda: None), _SHELF)

    def back() -> None:
        keep_question(directory, speaking().name, one)

    attempt(let_go, words.language, _SHELF)
