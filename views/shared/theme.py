"""The colour of letters in pictures: those of Streamlit's charts follow its theme, but not those that stand in the picture."""

from __future__ import annotations

import streamlit as st

_ON_LIGHT, _ON_DARK = "#1f2937", "#f3f4f6"


def ink() -> str:
    """Dark on the light theme, light on the dark one."""
    return _ON_DARK if st.context.theme.type == "dark" else _ON_LIGHT
