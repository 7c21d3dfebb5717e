"""A box in which reports, regions or other values are chosen, of ten or of ten thousand.

Streamlit sends every option to the browser at each rerun. Where there are many, a line to type in comes first, and
the box offers what is found for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

import streamlit as st

from indexer.report.described import Described
from views.shared.markup import plain
from views.shared.titles import matching, titles
from views.shared.wording import SharedWording

MOST_OPTIONS = 100


def choose_reports(
    reports: Sequence[Described],
    label: str,
    words: SharedWording,
    *,
    key: str,
    default: Sequence[str] = (),
    placeholder: str = "",
    help: str | None = None,
    hide_label: bool = False,
) -> list[str]:
    """Draw the box; the names of the reports chosen. `default` are those that are chosen at first."""
    known = titles(reports)
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
        list(dict.fromkeys([*_chosen(key, default, known), *names])),
        default=default,
        format_func=lambda name: known.get(name, name),
        placeholder=placeholder or None,
        key=key,
        help=help,
        label_visibility="collapsed" if hide_label else "visible",
    )


def choose_regions(
    regions: Sequence[str],
    label: str,
    *,
    key: str,
    default: Sequence[str] = (),
    names: Mapping[str, str] | None = None,
    placeholder: str = "",
    help: str | None = None,
) -> list[str]:
    """Draw a box of regions; the first hundred are offered, and any other one can be typed.

    `names` are what is shown of those that are called otherwise. What is typed and is not among `regions` is left to
    the caller.
    """
    shown = names or {}
    offered = list(dict.fromkeys([*_chosen(key, default), *default, *regions[:MOST_OPTIONS]]))
    return st.multiselect(
        label,
        offered,
        default=default,
        format_func=lambda region: shown.get(region, region),
        placeholder=placeholder or None,
        key=key,
        help=help,
        disabled=len(regions) == 1,
        accept_new_options=len(regions) > MOST_OPTIONS,
    )


def _chosen(key: str, default: Sequence[str], known: Mapping[str, str] | None = None) -> list[str]:
    """What is chosen now: it must stay among the options, or it would be forgotten."""
    chosen = st.session_state.get(key, default)
    return [name for name in chosen if known is None or name in known]
