"""A box in which reports, regions or other values are chosen, of ten or of ten thousand.

Streamlit sends every option to the browser at each rerun. Where there are many, a line to type in comes first, and
the box offers what is found for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

import streamlit as st

from indexer.report.described import Described
from views.shared.address import bad_link
from views.shared.markup import plain
from views.shared.titles import few_names, matching, titles
from views.shared.wording import SharedWording

MOST_OPTIONS = 100


def choose_reports(
    reports: Sequence[Described],
    label: str,
    words: SharedWording,
    *,
    key: str,
    value: Sequence[str] | None = None,
    placeholder: str = "",
    help: str | None = None,
    hide_label: bool = False,
    on_change: Callable[[], None] | None = None,
) -> list[str]:
    """Draw the box; the names of the reports chosen. `value` are those that are chosen now, None: as the session has it.

    Reports of a link that are not there are told.
    """
    known = titles(reports)
    wanted = list(st.session_state.get(key, ()) if value is None else value)
    chosen = [name for name in wanted if name in known]
    if len(chosen) < len(wanted):
        lost = [name for name in wanted if name not in known]
        bad_link(words.gone_reports.format(names=few_names(lost, words)))
    st.session_state[key] = chosen
    offered = reports
    if len(reports) > MOST_OPTIONS:
        text = st.text_input(
            words.find_report,
            key=f"{key}:find",
            placeholder=words.find_report_placeholder,
            help=words.find_report_help,
        )
        offered = tuple(islice(matching(reports, text), MOST_OPTIONS + 1))
        if len(offered) > MOST_OPTIONS:
            offered = offered[:MOST_OPTIONS]
            st.caption(words.more_reports.format(count=MOST_OPTIONS))
        elif not offered:
            st.caption(plain(words.no_such_report.format(text=text)))
    names = [report.name for report in offered]
    return st.multiselect(
        label,
        list(dict.fromkeys([*chosen, *names])),
        format_func=lambda name: known.get(name, name),
        placeholder=placeholder or " ",
        select_all=False,
        key=key,
        help=help,
        label_visibility="collapsed" if hide_label else "visible",
        on_change=on_change or "rerun",
    )


def choose_regions(
    regions: Sequence[str],
    label: str,
    *,
    key: str,
    value: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    placeholder: str = "",
    help: str | None = None,
    on_change: Callable[[], None] | None = None,
) -> list[str]:
    """Draw a box of regions; the first hundred are offered, and any other one can be typed.

    `value` are those that are chosen now, None: as the session has it; `names` what is shown of those that are called
    otherwise. What is typed and is not among `regions` is left to
    the caller.
    """
    shown = names or {}
    if value is not None:
        st.session_state[key] = list(value)
    # What is chosen must stay among the options, or it would be forgotten.
    offered = list(dict.fromkeys([*st.session_state.get(key, ()), *(value or ()), *regions[:MOST_OPTIONS]]))
    return st.multiselect(
        label,
        offered,
        format_func=lambda region: shown.get(region, region),
        placeholder=placeholder or " ",
        select_all=False,
        key=key,
        help=help,
        disabled=len(regions) == 1,
        accept_new_options=len(regions) > MOST_OPTIONS,
        on_change=on_change or "rerun",
    )
