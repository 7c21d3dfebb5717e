"""The log of changes on the page 文库, for editors: who did what, and when; taken away as a table."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from answers.change_log import log_headings, log_row, log_sheet
from answers.sheets.naming import file_name
from embeddings import WenbaoError
from indexer.people.changes import changes
from views.library.wording import LibraryWording
from views.shared.downloads import download_buttons
from views.shared.markup import plain
from views.shared.paging import choose_page
from views.shared.times import shown_time
from views.shared.visitor import may_edit


def change_log_section(directory: Path, words: LibraryWording) -> None:
    """Draw the log, the newest first, and the buttons that take it away; for editors."""
    if not may_edit():
        return
    try:
        log = changes(directory)
    except WenbaoError as error:
        st.error(plain(error.message(words.language)), icon=":material/error:")
        return
    with st.expander(
        words.change_log.format(count=len(log)), icon=":material/history_edu:", key="library_log"
    ):
        st.caption(words.change_log_help)
        if not log:
            return
        newest = log[::-1]
        page = choose_page(len(newest), "library_log_page", words)
        zone, headings = st.context.timezone, log_headings(words.language)
        headings = (words.change_at, *headings[1:])
        rows = [log_row(one, words.language, shown_time(one.at, zone)) for one in newest[page.slice]]
        st.dataframe([dict(zip(headings, row, strict=True)) for row in rows], hide_index=True)
        download_buttons(
            lambda: log_sheet(log, words.language),
            "library_log",
            file_name(words.change_log_file),
            words.take_log,
        )
