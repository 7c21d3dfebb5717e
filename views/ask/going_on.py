"""A question that goes on from the one before (那去年呢？): how it is read, and the way to ask just what was typed."""

from __future__ import annotations

import streamlit as st

from answers.understanding.follow_up import completed, follow_up
from views.ask.understanding_chips import understand_anew
from views.ask.wording import AskWording
from views.shared.markup import plain

AFTER = "ask_after"  # the complete question that the one typed now goes on from; None where it stands alone


def going_on_from(typed: str, last: str | None) -> None:
    """Remember whether a question that was just typed goes on from the last one that was answered."""
    st.session_state[AFTER] = last if last and follow_up(typed, last) else None


def complete_question(typed: str, words: AskWording) -> str:
    """What is asked; where it goes on from the question before that is told and can be undone."""
    before: str | None = st.session_state.get(AFTER)
    complete = completed(typed, before)
    if complete == typed:
        return typed
    with st.container(horizontal=True, vertical_alignment="center", key="ask_going_on"):
        st.markdown(plain(words.goes_on.format(question=complete)), width="content")
        st.button(words.as_typed, key=f"alone:{typed}", on_click=_alone, type="tertiary")
    return complete


def _alone() -> None:
    st.session_state[AFTER] = None
    understand_anew()
