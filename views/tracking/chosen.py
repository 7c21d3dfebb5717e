"""What is chosen on the page 兑现, as its address says it: set, pair, filters, the target that is opened."""

from __future__ import annotations

import streamlit as st

from answers.commitments.tracking.finding import Finding
from views.shared.parameters import flag, names, optional, several_of, text
from views.tracking.over_years import INDICATOR

PLACE = "tracking_place"
TARGET = "tracking_target"
REGION = "tracking_region"
SET = "tracking_set"  # the title of the set whose places are offered
FROM, TO = "tracking_from", "tracking_to"
STATUSES = "tracking_statuses"  # the findings that are listed
ALSO = "tracking_also"
EVERY = "tracking_every_year"  # whether the overview has every pair of the place
PARAMETERS = (
    optional("set", SET),
    optional("from", FROM),
    optional("to", TO),
    several_of("status", STATUSES, {finding.name.lower(): finding for finding in Finding}),
    text("words", "tracking_words"),
    flag("unnumbered", "tracking_unnumbered"),
    flag("every_year", EVERY),
    optional("target", TARGET),
    names("also", ALSO),
    text("indicator", INDICATOR),
)


def set_chosen() -> None:
    """Forget the place and the pair: in another set there may be others."""
    st.session_state[REGION] = None
    _forget_pair()


def pair_chosen(earlier: str, later: str) -> None:
    """Remember the reports that the boxes with these keys have; `later` is empty where the next one is to be taken."""
    st.session_state[FROM] = st.session_state[earlier]
    st.session_state[TO] = st.session_state[later] if later else None
    st.session_state[TARGET] = None


def place_chosen() -> None:
    """Remember the place; its latest pair is shown."""
    st.session_state[REGION] = st.session_state[PLACE]
    _forget_pair()


def choose_target(target: str | None) -> None:
    """Remember the target that is opened."""
    st.session_state[TARGET] = target


def _forget_pair() -> None:
    st.session_state[FROM] = st.session_state[TO] = st.session_state[TARGET] = None
