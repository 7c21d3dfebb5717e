"""A choice between two ways to see the same: 本节 or 全文, 表格 or 提法变化."""

from __future__ import annotations

import streamlit as st


def either(label: str, first: str, second: str, key: str) -> bool:
    """Draw the two side by side; whether the second is chosen, which the session holds under `key`."""
    st.session_state.setdefault(key, False)
    chosen = st.segmented_control(
        label,
        [False, True],
        format_func={False: first, True: second}.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=key,
    )
    return bool(chosen)
