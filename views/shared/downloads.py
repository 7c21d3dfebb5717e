"""Buttons that take a table of the ledger away as XLSX or CSV."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from answers.commitments.export import Sheet, as_csv, as_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download_buttons(sheet: Callable[[], Sheet], name: str, label: str) -> None:
    """A button for each form. The file is made when it is asked for; `name` is the file's, without an ending."""

    def xlsx() -> bytes:
        return as_xlsx(sheet())

    def csv() -> bytes:
        return as_csv(sheet())

    for suffix, write, media in (("xlsx", xlsx, _XLSX), ("csv", csv, "text/csv")):
        st.download_button(
            f"{label} {suffix.upper()}",
            write,
            file_name=f"{name}.{suffix}",
            mime=media,
            key=f"{name}_{suffix}",
            on_click="ignore",
            icon=":material/download:",
        )
