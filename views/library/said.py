"""What people said of answers, listed on the page 文库 and taken away as a question set."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from answers.evaluation.from_feedback import QuestionSet, question_set
from answers.feedback import Feedback, all_feedback
from embeddings import WenbaoError
from indexer.index import ReportIndex
from views.library.layout import feedback_line, feedback_told
from views.library.wording import LibraryWording
from views.shared.ledger import generation_key
from views.shared.markup import plain
from views.shared.paging import choose_page
from views.shared.visitor import may_edit


def feedback_section(directory: Path, index: ReportIndex, words: LibraryWording) -> None:
    """Draw the list, what of it makes a question set, and the file; for editors."""
    if not may_edit():
        return
    try:
        given = all_feedback(directory)
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return
    with st.expander(words.feedback.format(count=len(given)), icon=":material/reviews:", key="library_said"):
        if not given:
            st.caption(words.no_feedback)
            return
        newest = given[::-1]
        page = choose_page(len(newest), "library_feedback", words)
        zone = st.context.timezone
        st.dataframe([feedback_line(one, words, zone) for one in newest[page.slice]], hide_index=True)
        found = _set(generation_key(directory, index), given, index)
        st.markdown(feedback_told(found, words))
        if found.questions:
            st.download_button(
                words.question_set,
                found.written,
                file_name=words.question_set_file,
                mime="application/jsonl",
                icon=":material/download:",
                on_click="ignore",
            )
            st.caption(words.question_set_help)
            st.code(words.question_set_command, language=None)


@st.cache_resource(show_spinner=False, max_entries=4)
def _set(key: tuple[str, int, str], given: tuple[Feedback, ...], _index: ReportIndex) -> QuestionSet:
    there = _index.catalogue
    return question_set(given, lambda name: _index.report(name) if there.get(name) is not None else None)
