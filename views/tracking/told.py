"""What is told of the targets of a pair of reports on the page 兑现: worked out once, not at every rerun."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.commitments.tracking.finding import Told
from answers.commitments.tracking.judgements import Judgement
from answers.commitments.tracking.tracked_reports import TrackedReports
from indexer.index import ReportIndex
from views.tracking.layout import last_judgement

Key = tuple[str, int, str]  # of a state of the library, as `generation_key` has it


@st.cache_resource(show_spinner=False, max_entries=16)
def tracked_reports(
    key: Key, earlier: str, later: tuple[str, ...], unnumbered: bool, _index: ReportIndex
) -> TrackedReports:
    """What became of the targets of the report `earlier`, before anybody judged; `later` are the names of the reports
    that are consulted."""
    return TrackedReports.of(_index.report(earlier), [_index.report(one) for one in later], unnumbered)


def told_of_pair(
    key: Key, index: ReportIndex, made: Sequence[Judgement], unnumbered: bool,
    earlier: str, later: tuple[str, ...],
) -> tuple[Told, ...]:  # fmt: skip
    """What is told of the targets of the report `earlier`, with the judgements that people `made`.

    `later` as in `tracked_reports`; what people judged is of the first one.
    """
    return _told(key, earlier, later, unnumbered, last_judgement(made), made, index)


@st.cache_resource(show_spinner=False, max_entries=32)
def _told(
    key: Key,
    earlier: str,
    later: tuple[str, ...],
    unnumbered: bool,
    last: str,
    _made: Sequence[Judgement],
    _index: ReportIndex,
) -> tuple[Told, ...]:
    """By the `last` it stays as long as the judgements do."""
    return tracked_reports(key, earlier, later, unnumbered, _index).with_judgements(_made).told()
