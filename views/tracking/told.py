"""What is told of the targets of a pair of reports on the page 兑现: worked out once, not at every rerun."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.commitments.tracking.doubts import doubts
from answers.commitments.tracking.finding import Told, all_told
from answers.commitments.tracking.judgements import Judgement, with_judgements
from answers.commitments.tracking.results import track_over
from answers.commitments.tracking.track import Tracked
from embeddings.language import Text
from indexer.index import ReportIndex
from views.tracking.layout import last_judgement

Key = tuple[str, int, str]  # of a state of the library, as `generation_key` has it


def told_of_pair(
    key: Key, index: ReportIndex, made: Sequence[Judgement], unnumbered: bool,
    earlier: str, later: tuple[str, ...],
) -> tuple[Told, ...]:  # fmt: skip
    """What is told of the targets of the report `earlier`, with the judgements that people `made`.

    `later` are the names of the reports that are consulted; what people judged is of the first one.
    """
    return _told(key, earlier, later, unnumbered, last_judgement(made), made, index)


@st.cache_resource(show_spinner=False, max_entries=16)
def doubts_of_pair(key: Key, earlier: str, later: str, _index: ReportIndex) -> tuple[Text, ...]:
    """What speaks against trusting what is told of the two."""
    return doubts(_index.report(earlier), _index.report(later))


@st.cache_resource(show_spinner=False, max_entries=16)
def _tracked(
    key: Key, earlier: str, later: tuple[str, ...], unnumbered: bool, _index: ReportIndex
) -> tuple[Tracked, ...]:
    return track_over(_index.report(earlier), [_index.report(one) for one in later], unnumbered)


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
    pairs = _tracked(key, earlier, later, unnumbered, _index)
    reports = [_index.report(one) for one in later]
    return all_told(with_judgements(pairs, _made, _index.report(earlier), reports[0]), reports)
