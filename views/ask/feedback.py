"""What somebody says of an answer on the page 提问: right at one click, else a form for what is wrong."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from answers.answer import Reply
from answers.engine import Answerer
from answers.feedback import VERDICTS, Verdict, give_feedback, shown_reports
from embeddings import WenbaoError
from indexer.people.changes import Did, note
from views.ask.layout import offered_verdicts
from views.ask.wording import AskWording
from views.shared.markup import plain
from views.shared.visitor import may_speak, name_box, speaking

_PENDING = "ask_feedback"  # the question and the verdict whose form is open
_GIVEN = "ask_feedback_given"  # the question and the verdict that was kept last
_NAME = "ask_feedback_name"


def feedback_section(
    answerer: Answerer, directory: Path, reply: Reply, words: AskWording, key: str = ""
) -> None:
    """Draw the buttons, the form of the one that was pressed, and what was kept.

    `key` tells several replies of one page apart.
    """
    if not may_speak():
        return
    question = reply.question.text
    with st.container(horizontal=True, vertical_alignment="center", key=f"ask_feedback_row{key}"):
        st.caption(words.is_it_right, width="content", help=words.feedback_help)
        for verdict, text in offered_verdicts(reply).items():
            st.button(
                text.words(words.language),
                key=f"feedback_{verdict}{key}",
                type="tertiary",
                icon=_ICONS.get(verdict),
                on_click=_pressed,
                args=(answerer, directory, reply, verdict, words),
            )
    fault: tuple[str, str] | None = st.session_state.get(f"{_GIVEN}:fault")
    if fault is not None and fault[0] == question:
        st.warning(plain(fault[1]), icon=":material/edit:")
    if st.session_state.get(_GIVEN, ("",))[0] == question:
        given = offered_verdicts(reply).get(st.session_state[_GIVEN][1])
        told = given.words(words.language) if given else ""
        st.caption(f":material/check: {plain(words.feedback_kept.format(verdict=told))}")
    pending = st.session_state.get(_PENDING)
    if pending is not None and pending[0] == question:
        _form(answerer, directory, reply, pending[1], words, key)


_ICONS = {Verdict.RIGHT: ":material/thumb_up:", Verdict.WRONG: ":material/thumb_down:"}


def _pressed(answerer: Answerer, directory: Path, reply: Reply, verdict: Verdict, words: AskWording) -> None:
    if verdict is Verdict.RIGHT:
        _keep(answerer, directory, reply, verdict, words)
    else:
        st.session_state[_PENDING] = reply.question.text, verdict


def _form(
    answerer: Answerer, directory: Path, reply: Reply, verdict: Verdict, words: AskWording, key: str
) -> None:
    with st.form(f"ask_feedback_form{key}"):
        st.markdown(f"**{VERDICTS[verdict].words(words.language)}**")
        wanted = ""
        if verdict is not Verdict.ABSENT:
            wanted = st.text_area(
                words.right_words,
                max_chars=2000,
                help=words.right_words_help,
                height=68,
                key=f"feedback_wanted{key}",
            )
        left, right = st.columns([3, 1])
        remark = left.text_input(words.feedback_note, max_chars=1000, key=f"feedback_note{key}")
        name = name_box(right, words.feedback_name, st.session_state.get(_NAME, ""))
        saved = st.form_submit_button(words.feedback_save, type="primary")
    if saved:
        st.session_state[_NAME] = name.strip()
        _keep(answerer, directory, reply, verdict, words, wanted or "", remark or "", name)
        st.rerun()


def _keep(
    answerer: Answerer, directory: Path, reply: Reply, verdict: Verdict, words: AskWording,
    wanted: str = "", remark: str = "", name: str = "",
) -> None:  # fmt: skip
    state, question = st.session_state, reply.question.text
    reports = [answerer.index.report(document) for document in shown_reports(reply)]
    try:
        by = speaking(name or state.get(_NAME, ""))
        give_feedback(directory, reply, reports, verdict, wanted, remark, by.name)
        note(directory, by, Did.SPOKE, question, verdict.value)
    except WenbaoError as error:
        state[f"{_GIVEN}:fault"] = question, error.message(words.language)
        return
    state[_PENDING] = state[f"{_GIVEN}:fault"] = None
    state[_GIVEN] = question, verdict
