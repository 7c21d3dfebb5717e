"""Buttons that take a table of the ledger away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from answers.commitments.export import FORMATS
from answers.sheets.files import MEDIA_TYPES, Format, written
from answers.sheets.sheet import Sheet


def download_buttons(sheet: Callable[[], Sheet], key: str, name: str, label: str) -> None:
    """A button for each format. The file is made when it is asked for; `name` is the file's, without an ending."""
    for form in FORMATS:
        st.download_button(
            f"{label} {form.value.upper()}",
            partial(_content, sheet, form),
            file_name=f"{name}.{form.value}",
            mime=MEDIA_TYPES[form],
            key=f"{key}_{form.value}",
            on_click="ignore",
            icon=":material/download:",
        )


def _content(sheet: Callable[[], Sheet], form: Format) -> bytes:
    return written([sheet()], form)
