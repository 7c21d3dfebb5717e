"""Every sentence of a cell on the page 对比, unfolded below its row on a click."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from answers.comparison.every_sentence import Matched, matching
from answers.comparison.table import Comparison, Row
from answers.understanding.period import Period
from indexer.index import ReportIndex
from views.compare.layout import shown_answer, shown_evidence
from views.compare.wording import CompareWording
from views.shared.markup import passage_html
from views.shared.paging import choose_page
from views.shared.reading_pane import ShownPassage

EVERY = "compare_every"  # which cell is unfolded, as `cell_name`; None where none is
_FOUND = "compare_sentences_found"
_MOST = 20  # sentences at once


def cell_name(document: str, column: int) -> str:
    """A cell in the address: the number of its column, from 1, and its report."""
    return f"{column + 1}-{document}"


def is_cell(name: str, comparison: Comparison) -> bool:
    """Whether such a name names a cell of the table."""
    columns = range(len(comparison.columns))
    return any(name == cell_name(row.document, n) for row in comparison.rows for n in columns)


def unfold_button(
    row: Row, column: int, words: CompareWording, open_passage: Callable[[ShownPassage], None]
) -> None:
    """The button that unfolds the sentences of a cell, beside its place in the report, and folds them up again."""
    name = cell_name(row.document, column)
    shown = row.cells[column].answer or row.cells[column].nearest

    def unfold() -> None:
        folded = st.session_state.get(EVERY) != name
        st.session_state[EVERY] = name if folded else None
        if folded and shown is not None:
            open_passage(shown_answer(shown))

    st.button(
        words.fold if st.session_state.get(EVERY) == name else words.every,
        key=f"compare_every:{name}",
        help=words.every_help,
        on_click=unfold,
        type="tertiary",
    )


def unfolded(comparison: Comparison, index: ReportIndex) -> tuple[Matched, ...]:
    """The sentences of the cell that is unfolded; none where none is."""
    name = st.session_state.get(EVERY)
    for row in comparison.rows:
        for n in range(len(comparison.columns)):
            if name == cell_name(row.document, n):
                return _sentences(comparison, row, n, index)
    return ()


def sentences_below(
    row: Row,
    comparison: Comparison,
    index: ReportIndex,
    words: CompareWording,
    open_passage: Callable[[ShownPassage], None],
) -> None:
    """Draw the sentences of a row's cell if one of its cells is unfolded; a click on one calls `open_passage`."""
    name = st.session_state.get(EVERY)
    for n, column in enumerate(comparison.columns):
        if name != cell_name(row.document, n):
            continue
        found = _sentences(comparison, row, n, index)
        text = index.report(row.document).text
        with st.container(key="compare_sentences"):
            st.caption((words.sentences_found if found else words.no_sentence).format(count=len(found)))
            shown = found[choose_page(len(found), f"every:{name}", words, _MOST).slice]
            for number, one in enumerate(shown):
                if not one.fits and (number == 0 or shown[number - 1].fits):
                    behind = column.period is Period.TARGET
                    st.caption(words.of_review if behind else words.of_plans)
                with st.container(
                    horizontal=True, vertical_alignment="top", key=f"compare_sentence:{number}"
                ):
                    st.html(passage_html(text, one.found.sentence, one.marks))
                    st.button(
                        words.original,
                        key=f"compare_sentence_open:{number}:{one.found.span.start}",
                        help=words.open_place,
                        on_click=open_passage,
                        args=(shown_evidence(one.found),),
                        type="tertiary",
                    )


def _sentences(comparison: Comparison, row: Row, column: int, index: ReportIndex) -> tuple[Matched, ...]:
    """Kept while the comparison is shown: they stand in the table and are marked beside it."""
    name = cell_name(row.document, column)
    known: tuple[Comparison, str, tuple[Matched, ...]] | None = st.session_state.get(_FOUND)
    if known is None or known[0] is not comparison or known[1] != name:
        cell = row.cells[column]
        found = matching(comparison.columns[column], row.document, index, cell.answer or cell.nearest)
        known = comparison, name, found
        st.session_state[_FOUND] = known
    return known[2]
