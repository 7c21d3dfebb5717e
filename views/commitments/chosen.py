"""What is chosen on the page 承诺, as its address says it: filters, view, the row that is opened."""

from __future__ import annotations

import streamlit as st

from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.search import Order
from answers.commitments.topics import Topic
from answers.quantities.amounts import Bound
from views.shared.parameters import (
    flag,
    names,
    number,
    one_of,
    optional,
    several_of,
    text,
    years,
)

ROW = "commitments_row"
ALL_KINDS = ""
VIEW = "commitments_view"
TOTALS = "commitments_totals"  # what the picture counts by
TOTALS_TOPIC, TOTALS_REGION, TOTALS_YEAR = "topic", "region", "year"
_KINDS = {"target": StatementKind.TARGET, "result": StatementKind.ACHIEVED}
FOLDED = (
    names("report", "commitments_reports"),
    optional("set", "commitments_set"),
    flag("by_meaning", "commitments_mode"),
    years("year", "commitments_years"),
    text("unit", "commitments_unit"),
    several_of("bound", "commitments_bounds", {bound.name.lower(): bound for bound in Bound}),
    number("from", "commitments_low"),
    number("to", "commitments_high"),
    flag("unnumbered", "commitments_unnumbered"),
)
"""The filters that are folded up."""
PARAMETERS = (
    *FOLDED,
    names("region", "commitments_regions"),
    years("report_year", "commitments_report_years"),
    one_of("view", VIEW, {"indicator": True}, False),
    one_of(
        "totals", TOTALS, {"region": TOTALS_REGION, "year": TOTALS_YEAR, "topic": TOTALS_TOPIC}, TOTALS_TOPIC
    ),
    text("words", "commitments_words"),
    one_of("kind", "commitments_kind", _KINDS, ALL_KINDS),
    several_of("topic", "commitments_topics", {topic.name.lower(): topic for topic in Topic}),
    one_of("order", "commitments_order", {order.value: order for order in Order}, Order.PLACE),
    text("name", "indicator"),
    one_of("indicator_kind", "indicator_kind", _KINDS, StatementKind.TARGET),
    text("indicator_unit", "indicator_unit"),
    flag("by_place", "indicator_order"),
    optional("row", ROW),
    # How links of a former version name an indicator, and those of an exported ledger a row, with its report.
    optional("indicator", "commitments_of"),
    optional("start", "commitments_start"),
    optional("end", "commitments_end"),
)


def row_name(row: Commitment) -> str:
    """What names a row for good: 12-18-江苏省2025年政府工作报告."""
    return f"{row.span.start}-{row.span.end}-{row.place.document}"


def row_named(name: str) -> dict[str, str]:
    """What such a name says, as an exported link does: report, start, end."""
    start, _, rest = name.partition("-")
    end, _, document = rest.partition("-")
    return {"report": document, "start": start, "end": end}


def choose_commitment(name: str | None) -> None:
    """Remember the row that is chosen."""
    st.session_state[ROW] = name


def follow_other_links() -> None:
    """Open what a link of an exported ledger or of a former version names."""
    state = st.session_state
    if state.get("commitments_of") is not None:
        state["indicator"], state[VIEW], state["commitments_of"] = state["commitments_of"], True, None
    start, end = state.get("commitments_start"), state.get("commitments_end")
    if start is not None:
        state[ROW] = f"{start}-{end}-{next(iter(state['commitments_reports']), '')}"
        state["commitments_start"] = state["commitments_end"] = None
