"""A question in English, or with homophones typed by mistake: how it is read or may be meant, and the way to what was typed."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from answers.engine import Answerer
from answers.understanding.question import Understanding, understand
from answers.understanding.suggested import suggestion
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


def may_mean(
    answerer: Answerer, question: Understanding, ask: Callable[[str], None], words: AskWording
) -> None:
    """Offer the word of the reports that may be meant by one that none of them has."""
    if st.session_state.get(AS_TYPED):
        return
    index = answerer.index
    meant = suggestion(question, index.lexical.frequency, index.says)
    if meant is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="ask_may_mean"):
        st.markdown(words.may_mean, width="content")
        st.button(plain(meant.word), key=f"meant:{question.text}", on_click=ask, args=(meant.query,))
