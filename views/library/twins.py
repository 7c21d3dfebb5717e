"""Reports that are in the library more than once, told on its page."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from indexer.index import ReportIndex
from indexer.twins import twins_among
from views.library.wording import LibraryWording
from views.shared.markup import plain
from views.shared.titles import few_names

_TWINS = 10  # reports that are there twice, a line each


def tell_twins(index: ReportIndex, names: Collection[str | None], words: LibraryWording) -> None:
    """Say which of these reports are in the library more than once."""
    groups = [group for group in twins_among(index.reports).groups if not {*group}.isdisjoint(names)]
    for group in groups[:_TWINS]:
        told = words.twin.format(
            title=index.entry(group[0]).title,
            count=len(group),
            names=few_names(group, words),
            first=group[0],
        )
        st.info(plain(told), icon=":material/content_copy:")
