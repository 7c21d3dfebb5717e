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
from views.shared.ledger import row_beside, row_quoted
from views.shared.markup import passage_html, plain
from views.shared.visitor import editing, may_edit, name_box
from views.tracking.layout import history, history_line, outcome_span
from views.tracking.wording import TrackingWording

_NAME = "tracking_judge"


def opened_pair(
    judged: Judged, earlier: Report, later: Report, index: ReportIndex, words: TrackingWording,
    form: Callable[[], None],
) -> None:  # fmt: skip
    """Both sentences, what `form` draws, and the reports around the sentences.

    The form stands beside all of them; on a phone after the sentences, since the panes would push it off the screen.
    """
    pair, chosen = judged.tracked, outcome_span(judged, later)
    # The style sheet of the page places the five.
    with st.container(key="opened_pair"):
        with st.container(gap="small"):
            st.subheader(plain(words.target_of.format(title=earlier.title)), anchor=False)
            row_quoted(pair.target, index, words, "tracking_target")
        with st.container(gap="small"):
            st.subheader(plain(words.outcome_of.format(title=later.title)), anchor=False)
            if chosen is not None:
                st.html(passage_html(later.text, chosen, (chosen,)))
                st.html(f"<div class='wb-place'>{html.escape(words.by_person)}</div>")
            elif pair.outcome is not None:
                row_quoted(pair.outcome, index, words, "tracking_result")
            else:
                st.info(words.no_outcome, icon=":material/search_off:")
        with st.container():
            form()
        with st.container():
            row_beside(pair.target, index, words, "tracking_target_pane", opened=True)
        with st.container():
            if chosen is None and pair.outcome is not None:
                row_beside(pair.outcome, index, words, "tracking_outcome")
            else:
                whole_report(later, words, name="tracking_outcome", mark=chosen)


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
