"""A quotation to copy, in the forms in which people cite; a click on the sign beside one copies it."""

from __future__ import annotations

import streamlit as st

from answers.references import FORMS, QuotedSpan, in_form
from indexer.report.report import Report
from views.shared.wording import SharedWording


def draw_citations(quoted: QuotedSpan, report: Report, link: str, words: SharedWording) -> None:
    """Draw them, the short one first. `link` opens the quotation."""
    for form, name in FORMS.items():
        st.caption(name.words(words.language))
        st.code(in_form(form, quoted, report, link, words.language), language=None, wrap_lines=True)
