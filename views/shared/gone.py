"""What stands on a page though its report was removed or replaced meanwhile, by whomever: it is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from indexer.store.catalogue import Catalogue, ReportEntry
from views.shared.markup import plain
from views.shared.reading_pane import ShownPassage
from views.shared.titles import few_names
from views.shared.wording import SharedWording


def gone_reports(shown: Iterable[ReportEntry], catalogue: Catalogue) -> tuple[ReportEntry, ...]:
    """Those of the reports shown before that are no longer in the library with the same text."""
    return tuple(entry for entry in shown if not is_there(entry, catalogue))


def is_there(entry: ReportEntry, catalogue: Catalogue) -> bool:
    """Whether the library has the report with the same text; its metadata may have been corrected."""
    now = catalogue.get(entry.name)
    return now is not None and now.text_digest == entry.text_digest


def is_still_open(key: str, opened: ShownPassage, catalogue: Catalogue) -> bool:
    """Whether what a user opened on the page `key` can be shown: its report has the text that it had then."""
    now = catalogue.get(opened.document)
    state = f"{key}:opened_in"
    before, digest = st.session_state.get(state, (None, ""))
    if now is not None and before != opened:
        st.session_state[state] = (opened, now.text_digest)
        return True
    return now is not None and now.text_digest == digest


def tell_gone(
    key: str, asked: object, shown: Sequence[ReportEntry], catalogue: Catalogue, words: SharedWording
) -> None:
    """Say which reports the answer to this very question was from before, and is not any more.

    `shown` are those that it is from now; `key` tells the places of the app apart that remember this.
    """
    before: tuple[ReportEntry, ...]
    question, before = st.session_state.get(key, (None, ()))
    gone = gone_reports(before, catalogue) if question == asked else ()
    if gone:
        titles = few_names([f"《{entry.title}》" for entry in gone], words)
        st.info(plain(words.result_gone.format(titles=titles)), icon=":material/history:")
    st.session_state[key] = (asked, tuple(dict.fromkeys((*gone, *shown))))
