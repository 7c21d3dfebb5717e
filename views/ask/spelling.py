"""A question in English, or with homophones typed by mistake: how it is read, and the way back to what was typed."""

from __future__ import annotations

import streamlit as st

from answers.engine import Answerer
from answers.understanding.question import Understanding, understand
from views.ask.wording import AskWording
from views.shared.markup import plain

AS_TYPED = "ask_as_typed"  # whether the question is to be read as it was typed


def as_spelled(answerer: Answerer, question: str, words: AskWording) -> Understanding:
    """What a question asks; where it is read otherwise than it was typed, that is told and can be undone.

    Raises:
        QuestionError: as `Answerer.ask`.
    """
    read = answerer.understand(question)
    if not read.read_otherwise:
        return read
    if read.respelled and st.session_state.get(AS_TYPED):
        return understand(question)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(words.read_as.format(question=read.query)), width="content")
        if read.respelled:
            st.button(words.as_typed, key=f"as_typed:{question}", on_click=_as_typed, type="tertiary")
    return read


def _as_typed() -> None:
    st.session_state[AS_TYPED] = True
