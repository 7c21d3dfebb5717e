"""The service behind the pages, and its progress while it gets ready."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from answers.engine import Answerer
from answers.service import Service, Stage, Status
from embeddings import WenbaoError, chosen_model, load_encoder
from embeddings.language import Language
from indexer.location import default_index_directory
from views.shared.plain import plain
from views.shared.wording import Wording, wording

SEEDS = Path(__file__).parent.parent.parent / "seeds"


def service() -> Service:
    """The one service of this process for the configured index and model, started."""
    found = _service(str(default_index_directory()), chosen_model())
    found.start()
    return found


@st.cache_resource(show_spinner=False)
def _service(directory: str, model: str) -> Service:
    return Service(Path(directory), SEEDS, load_encoder)


def ready_answerer(prepared: Service, language: Language, question: str = "") -> Answerer | None:
    """What answers; where there is none yet the progress or the error is drawn, and the page draws no more."""
    try:
        answerer = prepared.answerer()
    except WenbaoError as error:
        st.error(plain(error.message(language)), icon=":material/error:")
        return None
    if answerer is None:
        show_preparation(prepared, wording(language), language, question)
    return answerer


@st.fragment(run_every=0.5)
def show_preparation(prepared: Service, words: Wording, language: Language, question: str) -> None:
    """Progress, redrawn twice a second; the page is run again when all is ready."""
    status = prepared.status
    if status.stage is Stage.READY:
        st.rerun()
    if status.stage is Stage.FAILED and status.error is not None:
        st.error(f"{words.failed}\n\n{plain(status.error.message(language))}", icon=":material/error:")
        if st.button(words.retry):
            prepared.retry()
            st.rerun()
        return
    st.progress(fraction(status), text=plain(progress_text(status, words)))
    if question.strip():
        st.caption(words.question_waits)


def fraction(status: Status) -> float:
    """How much of the preparation is done, 0..1, for the bar."""
    if status.stage is Stage.MODEL:
        return 0.1
    if status.stage is Stage.BUILDING and status.progress is not None:
        return 0.2 + 0.75 * status.progress.done / max(1, status.progress.total)
    return 0.2 if status.stage is Stage.BUILDING else 0.97


def progress_text(status: Status, words: Wording) -> str:
    """What is being done now."""
    if status.stage is Stage.MODEL:
        return words.preparing_model
    if status.stage is Stage.BUILDING:
        progress = status.progress
        if progress is None:
            return words.preparing_index
        return words.preparing_units.format(title=progress.title, done=progress.done, total=progress.total)
    return words.opening
