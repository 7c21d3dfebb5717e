"""The examples on the page 提问 while no question is asked: each was asked, and is shown only where it is answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from answers.engine import Answerer
from embeddings import WenbaoError
from embeddings.language import Language
from views.ask.wording import AskWording
from views.shared.examples import ExamplesJob, checked_examples
from views.shared.ledger import generation_key
from views.shared.markup import plain
from views.shared.progress import GRACE


def example_buttons(
    answerer: Answerer, directory: Path, ask: Callable[[str], None], words: AskWording
) -> None:
    """Draw those that were found to be answered; while others are still asked they come as they are found."""
    job = _job(generation_key(directory, answerer.index), words.language, answerer)
    job.wait(GRACE)
    if job.done:
        found = job.result()
        if not isinstance(found, WenbaoError):  # what is wrong with the library is told where it is asked
            _buttons(found, ask, words)
    else:
        _coming(job, ask, words)


@st.fragment(run_every=1.0)
def _coming(job: ExamplesJob, ask: Callable[[str], None], words: AskWording) -> None:
    if job.done or _buttons(job.progress or (), ask, words):
        st.rerun()


def _buttons(examples: tuple[str, ...], ask: Callable[[str], None], words: AskWording) -> bool:
    """Whether one was clicked."""
    if not examples:
        return False
    st.caption(words.examples)
    with st.container(horizontal=True, key="ask_examples"):
        clicked = [
            st.button(plain(example), key=f"example_{n}", on_click=ask, args=(example,), type="tertiary")
            for n, example in enumerate(examples)
        ]
    return any(clicked)


@st.cache_resource(show_spinner=False, max_entries=4)
def _job(key: tuple[str, int, str], language: Language, _answerer: Answerer) -> ExamplesJob:
    return checked_examples(_answerer, language)
