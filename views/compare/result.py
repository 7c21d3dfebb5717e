"""The result of a comparison: the charts and the table, the wording over the years, and what can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from answers.comparison.export import exported
from answers.comparison.file_names import said_in_name
from answers.comparison.table import Comparison, Row
from answers.comparison.values import Series
from answers.comparison.wording import wording_over_years
from answers.sheets.files import MEDIA_TYPES, Format
from answers.sheets.naming import file_name
from indexer.index import ReportIndex
from views.compare.layout import (
    Drawn,
    cell_html,
    differences_html,
    drawn_columns,
    first_points,
    heads,
    names,
    ordered,
    others_html,
    phrases_html,
    report_html,
    sentence_html,
    shown_answer,
    shown_evidence,
)
from views.compare.sentences import sentences_below, unfold_button
from views.compare.wording import CompareWording
from views.shared.address import page_address
from views.shared.changed import STYLE as CHANGED
from views.shared.chart import draw_chart
from views.shared.markup import plain
from views.shared.paging import choose_page
from views.shared.reading_pane import ShownPassage

_ROWS = 50  # of the table on a page: each holds a quotation and a button
_BARS = 100  # of a chart
_DRAWN = "compare_drawn"
ORDER = "compare_order"


def take_away(comparison: Comparison, index: ReportIndex, words: CompareWording, link: str) -> None:
    """The files to download, and the link that opens this comparison again."""
    name = file_name(words.page_title, *said_in_name(comparison, index))
    base = page_address("commitments")
    with st.popover(words.take_away, icon=":material/download:"):
        for to in Format:
            st.download_button(
                to.value.upper(),
                partial(exported, [comparison], index, to, words.language, base=base),
                file_name=f"{name}.{to.value}",
                mime=MEDIA_TYPES[to],
                key=f"download_{to.value}",
                on_click="ignore",
            )
        st.caption(words.link)
        st.code(link, language=None, wrap_lines=True)


def table_section(
    comparison: Comparison,
    index: ReportIndex,
    words: CompareWording,
    open_passage: Callable[[ShownPassage], None],
) -> None:
    """Order, charts and rows; a click on a cell calls `open_passage`."""
    over_years = comparison.plan.over_years
    drawn = _drawn(comparison, index)
    titles = heads(comparison, index, words.language)
    valued = [n for n, found in enumerate(drawn) if found.series is not None and found.series.points]
    # In the address: the number of the column, from 1.
    orders = {"": words.by_place}
    orders |= {
        str(n + 1): words.by_value if len(titles) == 1 else f"{words.by_value}：{titles[n]}" for n in valued
    }
    if st.session_state.get(ORDER) not in orders:
        st.session_state[ORDER] = ""
    if len(orders) > 1:
        st.segmented_control(
            words.order, list(orders), format_func=orders.__getitem__, required=True, key=ORDER
        )
    chosen = st.session_state[ORDER]
    sort = int(chosen) - 1 if chosen else None
    rows = ordered(comparison, None if sort is None else drawn[sort])
    page = choose_page(len(rows), f"compare:{comparison.plan.question}:{sort}", words, _ROWS)
    for row in rows[page.slice]:
        _row(row, comparison, index, titles, words, open_passage)
    for title, found in zip(titles, drawn, strict=True):
        if found.series is None:
            continue
        if len(titles) > 1:
            st.markdown(f"**{plain(title)}**")
        _chart(found.series, index, over_years, sort is not None, words)


def _row(
    row: Row,
    comparison: Comparison,
    index: ReportIndex,
    titles: Sequence[str],
    words: CompareWording,
    open_passage: Callable[[ShownPassage], None],
) -> None:
    """A line of the table: the report, and of each column the value, its clause and the way to its place."""
    report = index.report(row.document)
    with st.container(key=f"compare_row:{row.document}"):
        name, *cells = st.columns([1.0, *[4.0] * len(titles)], gap="small", vertical_alignment="top")
        name.html(report_html(report, comparison.plan.over_years))
        for n, (place_, cell) in enumerate(zip(cells, row.cells, strict=True)):
            label = titles[n] if len(titles) > 1 else ""
            # One column has room for what is clicked beside its clause.
            kind = "wide" if len(titles) == 1 else "narrow"
            key = f"compare_{kind}_cell:{row.document}:{n}"
            with place_, st.container(horizontal=True, vertical_alignment="top", key=key):
                st.html(cell_html(cell, report, words, label, comparison.columns[n].query))
                shown = cell.answer or cell.nearest
                if shown is not None:
                    st.button(
                        words.original,
                        key=f"compare_open:{row.document}:{n}",
                        help=words.open_place,
                        on_click=open_passage,
                        args=(shown_answer(shown),),
                        type="tertiary",
                    )
                if cell.asked:
                    unfold_button(row, n, words, open_passage)
        sentences_below(row, comparison, index, words, open_passage)


def _drawn(comparison: Comparison, index: ReportIndex) -> tuple[Drawn, ...]:
    """What is drawn of each column, kept while the comparison is shown."""
    known: tuple[Comparison, tuple[Drawn, ...]] | None = st.session_state.get(_DRAWN)
    if known is None or known[0] is not comparison:
        known = comparison, drawn_columns(comparison, index)
        st.session_state[_DRAWN] = known
    return known[1]


def _chart(found: Series, index: ReportIndex, over_years: bool, sort: bool, words: CompareWording) -> None:
    if found.points:
        draw_chart(first_points(found, _BARS), index, over_years, sort=sort)
        st.caption(plain(words.chart_help.format(unit=found.unit)))
    else:
        st.caption(words.nothing_drawn)
    if len(found.points) > _BARS:
        st.caption(words.chart_first.format(count=_BARS))
    if found.points and found.others:
        st.caption(words.chart_others)
        st.html(others_html(found.others, index, over_years, words))
    if found.silent:
        silent = names(index, found.silent, over_years, words)
        st.caption(plain(words.no_value_in.format(names=silent)))


def wording_section(
    comparison: Comparison,
    index: ReportIndex,
    words: CompareWording,
    open_passage: Callable[[ShownPassage], None],
) -> None:
    """Draw each year, the newest first; a click calls `open_passage`."""
    st.caption(words.wording_help)
    st.html(CHANGED)
    years = wording_over_years(comparison.plan.question, comparison.plan.documents, index)
    former = {year.document: year.sentences for year in years}
    for year in reversed(years):
        report = index.report(year.document)
        with st.container(border=True):
            st.markdown(f"**{year.year}** · {plain(report.title)}")
            if not year.sentences:
                st.caption(words.not_named)
            if year.new:
                st.html(f"<span class='wb-small'>{words.new}</span><br>{phrases_html(year.new, 'new')}")
            if year.gone:
                st.html(f"<span class='wb-small'>{words.gone}</span><br>{phrases_html(year.gone, 'gone')}")
            if year.before and year.sentences and not (year.new or year.gone):
                st.caption(words.nothing_new if year.same else words.only_figures)
                st.html(differences_html(former[year.before], year.sentences))
            if year.sentences:
                with st.expander(f"{words.sentences}（{len(year.sentences)}）"):
                    for n, found in enumerate(year.sentences):
                        marks = [new.span for new in year.new]
                        st.html(sentence_html(report, found.sentence, marks))
                        st.button(
                            words.open_place,
                            key=f"wording:{year.document}:{n}",
                            on_click=open_passage,
                            args=(shown_evidence(found),),
                            type="tertiary",
                        )
