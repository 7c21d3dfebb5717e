"""Which row of the ledger is chosen on the page 承诺: it is named by its report and its characters."""

from __future__ import annotations

import streamlit as st

from answers.commitments.rows import Commitment

ROW = "commitments_row"


def row_name(row: Commitment) -> str:
    """What names a row for good: 12-18-江苏省2025年政府工作报告."""
    return f"{row.span.start}-{row.span.end}-{row.place.document}"


def choose_commitment(name: str | None) -> None:
    """Remember the row that is chosen."""
    st.session_state[ROW] = name
