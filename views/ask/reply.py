"""What of a reply the page 提问 draws: the answer, what is taken away, further answers and passages, the report beside."""

from __future__ import annotations

from functools import partial

import streamlit as st

from answers.answer import Answer, Reply
from answers.caveats import caveats_of
from answers.engine import Answerer
from answers.sheets.files import MEDIA_TYPES, Format
from answers.sheets.naming import file_name
from answers.sheets.page import PAGE_FORMATS, page_written
from answers.taken_answer import answer_page
from indexer.index import ReportIndex
from indexer.twins import twins_among
from views.ask.layout import ReplyLayout
from views.ask.wording import AskWording
from views.shared.address import bad_link
from views.shared.beside import place_shown, report_beside
from views.shared.citing import copy_citation, copy_link, draw_citations
from views.shared.gone import is_still_open
from views.shared.markup import (
    answer_html,
    caveats_html,
    clause_answer_html,
    folded_html,
    is_long,
    passage_html,
    place_html,
    plain,
    shown_clause,
    verdict_html,
)
from views.shared.opened import opened_at, opened_name
from views.shared.reading_pane import Look, ShownPassage
from views.shared.titles import few_names

OPENED = "ask_opened"
EXTENT = "ask_extent"
_OPENS = "ask_opens"  # how often something was opened: each time the page goes there
_PASSAGES = 5  # shown besides the answer's
PRINTED = "ask_printed"  # whether the page as it was printed stands beside


def draw_nothing(
    answerer: Answerer, reply: Reply, layout: ReplyLayout, words: AskWording, brief: bool = False
) -> None:
    """Say that there is no answer, and where the words that are sought stand all the same; of a lone noun only that.

    `brief` where no passages are listed below, of which the longer words would speak.
    """
    missing = reply.question.noun
    if layout.noun:
        places = sum(len(one.marks) for one in layout.naming)
        told = words.keyword.format(word=layout.noun, passages=len(layout.naming), places=places)
        st.subheader(plain(told), anchor=False)
    elif missing and not answerer.index.says(missing):
        told = words.not_said.format(word=missing)
        help_ = "" if brief else f"\n\n{words.not_said_help}"
        st.warning(f"**{plain(told)}**{help_}", icon=":material/search_off:")
    elif brief:
        st.warning(f"**{words.nothing_found}**", icon=":material/search_off:")
    elif layout.named:
        told = words.named.format(words=words.comma.join(layout.named))
        st.info(f"**{plain(told)}**\n\n{words.named_help}", icon=":material/format_quote:")
    else:
        st.warning(f"**{words.nothing_found}**\n\n{words.nothing_found_help}", icon=":material/search_off:")


def draw_answer(answerer: Answerer, reply: Reply, layout: ReplyLayout, words: AskWording) -> None:
    """The answer in large type, what must be told beside it, its place and its passage."""
    st.subheader(words.points if len(layout.points) > 1 else words.answer, anchor=False)
    if draw_quotation(answerer, reply, layout, words):
        best = layout.passages[0]
        passage = passage_html(answerer.index.report(best.document).text, best.passage, best.marks)
        # An answer of several lines is read once: its passage, which says little more, is folded up.
        long = len(layout.points) == 1 and is_long(layout.points[0].span)
        st.html(folded_html(words.whole_passage, passage) if long else passage)


def draw_quotation(answerer: Answerer, reply: Reply, layout: ReplyLayout, words: AskWording) -> bool:
    """The answer with what must be told beside it and its place; whether it is what the report says, to the letter."""
    first = layout.points[0]
    report = answerer.index.report(first.place.document)
    if not all(point.is_verbatim(report) for point in layout.points):
        # A quotation that the report does not hold is never shown.
        st.html(verdict_html(False, "", words))
        return False
    st.html(
        answer_html([point.text for point in layout.points])
        if len(layout.points) > 1
        else clause_answer_html(report.text, first.sentence, first.span)
    )
    if len(layout.points) == 1:
        shown = shown_clause(report.text, first.sentence, first.span)
        told = caveats_html(caveats_of(reply.question.text, first, report), report.text, words, shown)
        if told:
            st.html(told)
    st.html(verdict_html(True, words.confidence.format(percent=f"{reply.confidence:.0%}"), words))
    if not layout.sure:
        st.caption(
            words.check_it, help=words.confidence_help.format(threshold=f"{answerer.threshold_of(reply):.0%}")
        )
    st.html(place_html(first.place, words))
    same = twins_among(answerer.index.reports).beside(report.name)
    if same:
        st.caption(plain(words.same_in.format(names=few_names(same, words))))
    return True


def draw_take_away(
    answerer: Answerer, reply: Reply, layout: ReplyLayout, link: str, words: AskWording, key: str = "answer"
) -> None:
    """The citation at one click, and folded up: its other forms, the link and the files of a reply.

    `key` tells several replies of one page apart.
    """
    index = answerer.index
    first = next((p for p in layout.points if p.is_verbatim(index.report(p.place.document))), None)
    if first is not None:
        copy_citation(first, index.report(first.place.document), words, key=f"copy_{key}")
    with st.popover(words.take_away, icon=":material/ios_share:", key=f"take_away_{key}"):
        if first is not None:
            report = index.report(first.place.document)
            draw_citations(first, report, link, words, key=f"copy_forms_{key}", link_name=words.link)
        else:
            copy_link(link, words.link, words, key=f"copy_link_{key}")
        name = file_name(words.file_of_answer, reply.question.text)
        with st.container(horizontal=True):
            for form in PAGE_FORMATS:
                st.download_button(
                    words.formats[form],
                    partial(_file, index, reply, layout, link, form, words),
                    file_name=f"{name}.{form.value}",
                    mime=MEDIA_TYPES[form],
                    key=f"{key}_{form.value}",
                    on_click="ignore",
                    icon=":material/download:",
                )


def _file(
    index: ReportIndex, reply: Reply, layout: ReplyLayout, link: str, form: Format, words: AskWording
) -> bytes:
    return page_written(answer_page(reply, layout.points, index, link, words.language), form)


def draw_others(answerer: Answerer, layout: ReplyLayout, words: AskWording) -> None:
    """Further answers that may be right, folded up."""
    if not layout.others:
        return
    with st.expander(words.counted.format(name=words.more_answers, count=len(layout.others))):
        for n, answer in enumerate(layout.others):
            report = answerer.index.report(answer.place.document)
            if not answer.is_verbatim(report):
                continue
            st.html(passage_html(report.text, answer.sentence, (answer.span,)))
            st.html(place_html(answer.place, words))
            st.button(
                words.open_place,
                key=f"open_answer_{n}",
                on_click=_open,
                args=(_shown_answer(answer),),
                type="tertiary",
            )


def draw_passages(answerer: Answerer, reply: Reply, layout: ReplyLayout, words: AskWording) -> None:
    """Further passages, or the nearest ones where there is no answer."""
    shown = layout.naming or layout.passages[:_PASSAGES]
    if layout.points:
        shown = layout.passages[1 : _PASSAGES + 1]
    heading = words.more_passages if layout.points else words.named_places if layout.named else words.nearest
    if shown and not layout.noun:
        st.subheader(heading, anchor=False)
    for n, passage in enumerate(shown):
        report = answerer.index.report(passage.document)
        with st.container(border=True):
            st.html(place_html(place_shown(report, passage), words))
            st.html(passage_html(report.text, passage.passage, passage.marks, numbered=False))
            st.button(
                words.open_place, key=f"open_passage_{n}", on_click=_open, args=(passage,), type="tertiary"
            )


def open_answer(layout: ReplyLayout, words: AskWording) -> None:
    """The button that leads to the answer in its report: on a phone it is below, and another passage may stand there."""
    st.button(
        words.open_place, key="open_answer", icon=":material/menu_book:", type="tertiary",
        on_click=_open, args=(layout.passages[0],),
    )  # fmt: skip


def _open(passage: ShownPassage) -> None:
    st.session_state[OPENED] = opened_name(passage)
    st.session_state[_OPENS] = st.session_state.get(_OPENS, 0) + 1


def _shown_answer(answer: Answer) -> ShownPassage:
    return ShownPassage(answer.passage, answer.place.document, answer.section, (answer.span,))


def opened_passage(answerer: Answerer, layout: ReplyLayout, words: AskWording) -> ShownPassage | None:
    """What the user opened for this question, else the best hit."""
    name = st.session_state.get(OPENED)
    passage = opened_at(name, answerer.index) if name else None
    if passage is not None and is_still_open("ask", passage, answerer.index.catalogue):
        return passage
    if name and passage is None:
        bad_link(words.gone_place)
        st.session_state[OPENED] = None
    return layout.passages[0] if layout.passages else None


def draw_report(
    answerer: Answerer,
    opened: ShownPassage | None,
    layout: ReplyLayout,
    words: AskWording,
) -> None:
    """The report beside the answer, scrolled to what is opened."""
    if opened is None:
        return
    st.subheader(words.original, anchor=False)
    many = len(opened.marks) > 1
    found = bool(opened.marks and (layout.points or layout.noun))
    look: Look = "near" if not found else "many" if many and layout.points else "answer"
    report_beside(
        answerer.index,
        opened,
        words,
        name="reading_pane",
        look=look,
        others=[one for one in layout.passages if one != opened],
        opened=0 if st.session_state.get(OPENED) is None else 1 + st.session_state.get(_OPENS, 0),
        fits=True,
        extent=EXTENT,
        printed=PRINTED,
    )
