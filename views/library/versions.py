"""Two versions of one report side by side on the page 文库: as delivered and as amended, with what changed."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from answers.comparison.versions import Change, changes
from answers.understanding.places_of_reports import report_places
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.store.catalogue import ReportEntry
from indexer.twins import twins_among
from views.library.wording import LibraryWording
from views.shared.changed import STYLE, change_html
from views.shared.markup import plain
from views.shared.paging import choose_page
from views.shared.titles import titles

OTHER = "library_other"  # the report that the one that is opened is set beside
_OFFERED = 30
_ROWS = 50


def versions_section(index: ReportIndex, chosen: ReportEntry, words: LibraryWording) -> None:
    """Draw the box of the reports that may be another version of the chosen one, and what differs."""
    offered = other_versions(index.reports, chosen)
    if not offered:
        st.session_state[OTHER] = None
        return
    names = [one.name for one in offered]
    if st.session_state.get(OTHER) not in (None, *names):
        st.session_state[OTHER] = None
    known = titles(index.reports)
    other = st.selectbox(
        words.other_version,
        [None, *names],
        format_func=lambda name: words.no_other if name is None else known[name],
        help=words.other_version_help,
        key=OTHER,
    )
    if other is None:
        return
    earlier, later = index.report(chosen.name), index.report(other)
    found = _changes((index.settings.generation, chosen.name, other), earlier, later)
    if not found:
        st.success(words.no_change, icon=":material/check:")
        return
    counts = [sum(one.after is None for one in found), sum(one.before is None for one in found)]
    st.markdown(
        words.changed.format(
            out=counts[0], put_in=counts[1], changed=len(found) - sum(counts), title=plain(known[other])
        )
    )
    st.html(STYLE)
    page = choose_page(len(found), f"versions:{chosen.name}:{other}", words, _ROWS)
    st.html("".join(sentences_html(one, earlier, later) for one in found[page.slice]))


def other_versions(reports: Sequence[ReportEntry], chosen: ReportEntry) -> tuple[ReportEntry, ...]:
    """The reports of the same place: copies with nearly the same text first, then those of the nearest years."""
    place = next((one for one in report_places(reports).places if one.region == chosen.region), None)
    if place is None or not chosen.region:
        return ()
    copies = twins_among(reports).beside(chosen.name)

    def distance(one: ReportEntry) -> tuple[bool, int]:
        years = abs((one.year or 0) - (chosen.year or 0))
        return one.name not in copies, years

    found = [reports[n] for n in place.positions if reports[n].name != chosen.name]
    return tuple(sorted(found, key=distance)[:_OFFERED])


def sentences_html(change: Change, earlier: Report, later: Report) -> str:
    """A change as a row of the two sentences; the place of one that is not there stays empty."""
    before = change.before.of(earlier.text).strip() if change.before else ""
    after = change.after.of(later.text).strip() if change.after else ""
    return change_html(before, after)


@st.cache_resource(show_spinner=False, max_entries=8)
def _changes(key: tuple[int, str, str], _earlier: Report, _later: Report) -> tuple[Change, ...]:
    return changes(_earlier, _later)
