"""A target beside its result on the page 兑现, and the form in which a person judges it."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from answers.commitments.tracking.judgements import Judged, Judgement, judge, target_key
from answers.commitments.tracking.proof import Status
from embeddings import WenbaoError
from indexer.index import ReportIndex
from indexer.people.changes import Did, note
from indexer.report.report import Report
from views.shared.beside import whole_report
from views.shared.done import tell
from views.shared.ledger import row_in_place
from views.shared.markup import passage_html, plain
from views.shared.visitor import editing, may_edit, name_box
from views.tracking.layout import history, history_line, outcome_span
from views.tracking.wording import TrackingWording

_NAME = "tracking_judge"


def side_by_side(
    judged: Judged, earlier: Report, later: Report, index: ReportIndex,
    words: TrackingWording,
) -> None:  # fmt: skip
    """Both sentences, each in its report."""
    pair = judged.tracked
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(plain(words.target_of.format(title=earlier.title)), anchor=False)
        row_in_place(pair.target, index, words, "tracking_target_pane", opened=True)
    with right:
        st.subheader(plain(words.outcome_of.format(title=later.title)), anchor=False)
        chosen = outcome_span(judged, later)
        if chosen is not None:
            st.html(passage_html(later.text, chosen, (chosen,)))
            st.html(f"<div class='wb-place'>{html.escape(words.by_person)}</div>")
            whole_report(later, words, name="tracking_outcome", mark=chosen)
        elif pair.outcome is not None:
            row_in_place(pair.outcome, index, words, "tracking_outcome")
        else:
            st.info(words.no_outcome, icon=":material/search_off:")
            whole_report(later, words, name="tracking_outcome")


def judging(
    judged: Judged, made: Sequence[Judgement], earlier: Report, later: Report,
    directory: Path, after: str | None, open_target: Callable[[str | None], None], words: TrackingWording,
) -> None:  # fmt: skip
    """The form, and who said what before. Saved with 看下一个, `open_target` is called with the next one, `after`."""
    if may_edit():
        _form(judged, earlier, later, directory, after, open_target, words)
    before = history(made, judged, earlier, later)
    if before:
        zone = st.context.timezone
        st.caption(words.history)
        st.dataframe([history_line(one, words, zone) for one in before], hide_index=True)


def _form(
    judged: Judged, earlier: Report, later: Report, directory: Path, after: str | None,
    open_target: Callable[[str | None], None], words: TrackingWording,
) -> None:  # fmt: skip
    key = f"{target_key(judged.tracked, earlier)}:{later.name}"
    statuses = list(Status)
    with st.form(f"judge:{key}"):
        st.markdown(f"**{words.judge}**")
        status = st.radio(
            words.judge_status,
            statuses,
            index=statuses.index(judged.status),
            format_func=words.statuses.__getitem__,
            horizontal=True,
        )
        outcome = st.text_area(words.judge_outcome, max_chars=2000, help=words.judge_outcome_help, height=68)
        remark = st.text_input(words.judge_note, max_chars=1000)
        name = name_box(st.container(), words.judge_name, st.session_state.get(_NAME, ""))
        with st.container(horizontal=True):
            saved = st.form_submit_button(words.judge_save, type="primary")
            onward = st.form_submit_button(
                words.judge_next, icon=":material/arrow_forward:", disabled=after is None
            )
    if saved or onward:
        try:
            by = editing(name)
            judge(directory, judged.tracked, earlier, later, status, by.name, remark, outcome)
            told = f"{judged.tracked.indicator}：{words.statuses[status]}"
            note(directory, by, Did.JUDGED, earlier.name, told)
        except WenbaoError as error:
            st.warning(plain(error.message(words.language)), icon=":material/edit:")
        else:
            st.session_state[_NAME] = by.name
            tell(words.saved.format(target=judged.tracked.indicator, status=words.statuses[status]))
            if onward:
                open_target(after)
            st.rerun()
