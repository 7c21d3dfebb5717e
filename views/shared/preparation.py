"""The service behind the pages, and its progress while it gets ready."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from answers.engine import Answerer
from answers.service import Service, Stage, Status
from embeddings import WenbaoError, chosen_model, load_encoder
from indexer.index import ReportIndex
from indexer.location import default_index_directory, example_reports
from views.shared.markup import plain
from views.shared.progress import Bar, show_progress
from views.shared.wording import SharedWording

SEEDS = example_reports()


def service() -> Service:
    """The one service of this process for the configured index and model, started."""
    found = _service(str(default_index_directory()), chosen_model())
    found.start()
    return found


@st.cache_resource(show_spinner=False)
def _service(directory: str, model: str) -> Service:
    return Service(Path(directory), SEEDS, load_encoder)


def ready_answerer(prepared: Service, words: SharedWording, question: str = "") -> Answerer | None:
    """What answers; where there is none yet the progress or the error is drawn, and the page draws no more."""
    try:
        answerer = prepared.answerer()
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return None
    if answerer is None:
        show_preparation(prepared, words, question)
    return answerer


def ready_index(prepared: Service, words: SharedWording) -> ReportIndex | None:
    """The library, without waiting for the model; where there is none yet the progress or the error is drawn."""
    try:
        index = prepared.index()
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return None
    if index is None:
        show_preparation(prepared, words)
    return index


def index_at_hand(prepared: Service) -> ReportIndex | None:
    """The library, if it can be read already; what is wrong with it is told by whoever waits for it."""
    try:
        return prepared.index()
    except WenbaoError:
        return None


def show_preparation(prepared: Service, words: SharedWording, question: str = "") -> None:
    """The progress, or what went wrong and a button to try again."""
    error = prepared.status.error
    if error is not None:
        st.error(f"{words.failed}\n\n{plain(error.message(words.language))}", icon=":material/error:")
        if st.button(words.retry):
            prepared.retry()
            st.rerun()
        return
    show_progress(
        prepared.start(), lambda status: preparation_bar(status, words), before=words.preparing_model
    )
    if question.strip():
        st.caption(words.question_waits)


def preparation_bar(status: Status, words: SharedWording) -> Bar:
    """How much of the preparation is done, and what is being done now."""
    if status.stage is Stage.MODEL:
        return Bar(0.1, words.preparing_model)
    if status.stage is not Stage.BUILDING:
        return Bar(0.97, words.opening)
    step = status.progress
    if step is None:
        return Bar(0.2, words.preparing_index)
    text = words.preparing_units.format(title=step.title, done=step.file, total=step.files)
    return Bar(0.2 + 0.75 * step.done / max(1, step.total), text)
