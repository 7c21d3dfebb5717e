"""The page 提问: a question, the answer in the report's words, and the report beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from answers.answer import Answer, Reply
from answers.caveats import caveats_of
from answers.citation import citation
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.place import Place
from answers.understanding.nearness import nearness
from answers.understanding.period import Period
from answers.understanding.wanted import Ask
from embeddings.language import Language
from indexer.text.span import Span
from indexer.twins import twins_among
from views.ask.feedback import feedback_section
from views.ask.layout import ReplyLayout, arrange, library_in_words
from views.ask.spelling import AS_TYPED
from views.ask.understanding_chips import (
    KIND,
    ONLY,
    PERIOD,
    REGIONS,
    SET,
    YEARS,
    Asked,
    understand_anew,
    understanding_chips,
)
from views.ask.wording import AskWording
from views.shared.address import address, bad_link, link_here
from views.shared.allowance import may_ask
from views.shared.either import either
from views.shared.gone import is_still_open, tell_gone
from views.shared.ledger import generation_key
from views.shared.markup import (
    STYLE,
    answer_html,
    caveats_html,
    passage_html,
    place_html,
    plain,
    report_blocks,
    verdict_html,
)
from views.shared.opened import opened_at, opened_name
from views.shared.parameters import changed, flag, names, one_of, optional, text, years
from views.shared.preparation import ready_answerer, service
from views.shared.reading_pane import Look, ShownPassage, reading_pane, section_to_read
from views.shared.titles import few_names

_QUESTION = "q"
_OPENED = "ask_opened"
_EXTENT = "ask_extent"
_ASKED_OF = "ask_question"  # the question that what was changed and opened belongs to
_REPLY = "ask_reply"
_PARAMETERS = (
    text("q", _QUESTION),
    changed(names("region", REGIONS)),
    changed(years("year", YEARS)),
    one_of("period", PERIOD, {period.value: period for period in Period}, None),
    one_of("kind", KIND, {ask.value: ask for ask in Ask}, None),
    one_of("only", ONLY, {"1": True}, None),
    optional("set", SET),
    flag("as_typed", AS_TYPED),
    optional("open", _OPENED),
    one_of("extent", _EXTENT, {"report": True}, False),
)


def ask_page(language: Language) -> None:
    """Draw the page."""
    words = AskWording(language)
    st.html(STYLE)
    with address("", _PARAMETERS, words) as read:
        _page(read, words)


def _page(read: bool, words: AskWording) -> None:
    asked = _question_box(words)
    question = asked.text
    if question != st.session_state.get(_ASKED_OF) and not read:
        understand_anew()
        st.session_state[_OPENED] = None
        st.session_state[AS_TYPED] = False
    st.session_state[_ASKED_OF] = question
    prepared = service()
    answerer = ready_answerer(prepared, words, question)
    if answerer is None:
        return
    if not question.strip() and not asked.submitted:
        st.caption(plain(library_in_words(answerer.index.reports, words)))
        return
    try:
        asked_for = understanding_chips(answerer, prepared.directory, question, words)
        reply = _replied(answerer, prepared.directory, asked_for, words)
    except QuestionError as error:
        st.warning(plain(error.message(words.language)), icon=":material/edit:")
        return
    if reply is not None:
        _reply(answerer, prepared.directory, reply, words)


def _replied(answerer: Answerer, directory: Path, asked: Asked, words: AskWording) -> Reply | None:
    """The reply, asked for once as long as the library and what is understood stay as they are."""
    wanted = generation_key(directory, answerer.index), asked
    known: tuple[object, Reply] | None = st.session_state.get(_REPLY)
    if known is not None and known[0] == wanted:
        return known[1]
    if not may_ask(asked, "ask", words):
        return None
    reply = answerer.ask(asked.question, asked.documents)
    st.session_state[_REPLY] = wanted, reply
    return reply


@dataclass(frozen=True, slots=True)
class _Asked:
    """What stands in the question box, and whether the button was pressed just now."""

    text: str
    submitted: bool


def _question_box(words: AskWording) -> _Asked:
    with st.form("ask", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        with box:
            question = st.text_input(
                words.question_label,
                key=_QUESTION,
                placeholder=words.question_placeholder,
            )
        with button:
            submitted = st.form_submit_button(words.ask_button, type="primary", width="stretch")
    if question:
        return _Asked(question, submitted)
    st.caption(words.examples)
    with st.container(horizontal=True):
        for n, example in enumerate(words.example_questions[words.language]):
            st.button(example, key=f"example_{n}", on_click=_use, args=(example,), type="tertiary")
    return _Asked(question or "", submitted)


def _use(example: str) -> None:
    st.session_state[_QUESTION] = example


def _reply(answerer: Answerer, directory: Path, reply: Reply, words: AskWording) -> None:
    layout = arrange(reply)
    catalogue = answerer.index.catalogue
    answering = [catalogue.get(point.place.document) for point in layout.points]
    tell_gone("ask:shown", reply.question.text, [*filter(None, answering)], catalogue, words)
    near = nearness(reply.scope, catalogue.entries)
    chosen = None if near is None else near.searched
    copies = twins_among(catalogue.entries).silent_among(chosen)
    found = catalogue.entries if not chosen else catalogue.of(frozenset(chosen))
    searched = [report for report in found if report.name not in copies]
    st.caption(
        words.searched.format(
            documents=len(searched),
            passages=sum(report.passages for report in searched),
            milliseconds=round(reply.elapsed_ms),
        )
    )
    left, right = st.columns([3, 2], gap="large")
    opened = _opened(answerer, layout, words)
    with left:
        if layout.points:
            _answer(answerer, reply, layout, words)
        else:
            _nothing(layout, words)
        feedback_section(answerer, directory, reply, words)
        _others(answerer, layout, words)
        _passages(answerer, reply, layout, words)
    with right:
        _report(answerer, opened, bool(layout.points), words)


def _nothing(layout: ReplyLayout, words: AskWording) -> None:
    """Say that there is no answer, and where the words that are sought stand all the same."""
    if layout.named:
        told = words.named.format(words="、".join(layout.named))
        st.info(f"**{plain(told)}**\n\n{words.named_help}", icon=":material/format_quote:")
    else:
        st.warning(f"**{words.nothing_found}**\n\n{words.nothing_found_help}", icon=":material/search_off:")


def _answer(answerer: Answerer, reply: Reply, layout: ReplyLayout, words: AskWording) -> None:
    first = layout.points[0]
    report = answerer.index.report(first.place.document)
    verbatim = all(point.is_verbatim(report) for point in layout.points)
    st.subheader(words.points if len(layout.points) > 1 else words.answer, anchor=False)
    confidence = words.confidence.format(percent=f"{reply.confidence:.0%}")
    if not verbatim:
        # A quotation that the report does not hold is never shown.
        st.html(verdict_html(False, "", words))
        return
    st.html(answer_html([point.text for point in layout.points]))
    if len(layout.points) == 1 and (told := caveats_html(
        caveats_of(reply.question.text, first, report), report.text, words
    )):  # fmt: skip
        st.html(told)
    st.html(verdict_html(True, confidence, words))
    if not layout.sure:
        st.caption(words.check_it, help=words.confidence_help.format(threshold=f"{answerer.threshold:.0%}"))
    st.html(place_html(first.place, words))
    same = twins_among(answerer.index.reports).beside(report.name)
    if same:
        st.caption(plain(words.same_in.format(names=few_names(same, words))))
    best = layout.passages[0]
    st.html(passage_html(report.text, best.passage, best.marks))
    with st.popover(words.cite, icon=":material/content_copy:"):
        st.code(citation(first, report, words.language), language=None, wrap_lines=True)
        st.caption(words.link)
        st.code(link_here("", _PARAMETERS), language=None, wrap_lines=True)


def _others(answerer: Answerer, layout: ReplyLayout, words: AskWording) -> None:
    if not layout.others:
        return
    with st.expander(f"{words.more_answers}（{len(layout.others)}）"):
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


def _passages(answerer: Answerer, reply: Reply, layout: ReplyLayout, words: AskWording) -> None:
    shown = layout.passages[1:] if layout.points else layout.passages
    heading = words.more_passages if layout.points else words.named_places if layout.named else words.nearest
    st.subheader(heading, anchor=False)
    for n, passage in enumerate(shown[:5]):
        report = answerer.index.report(passage.document)
        with st.container(border=True):
            st.html(place_html(Place.of(report, passage.section, passage.passage), words))
            st.html(passage_html(report.text, passage.passage, passage.marks))
            st.button(
                words.open_place, key=f"open_passage_{n}", on_click=_open, args=(passage,), type="tertiary"
            )


def _open(passage: ShownPassage) -> None:
    st.session_state[_OPENED] = opened_name(passage)


def _shown_answer(answer: Answer) -> ShownPassage:
    return ShownPassage(answer.passage, answer.place.document, answer.section, (answer.span,))


def _opened(answerer: Answerer, layout: ReplyLayout, words: AskWording) -> ShownPassage | None:
    """What the user opened for this question, else the best hit."""
    name = st.session_state.get(_OPENED)
    passage = opened_at(name, answerer.index) if name else None
    if passage is not None and is_still_open("ask", passage, answerer.index.catalogue):
        return passage
    if name and passage is None:
        bad_link(words.gone_place)
        st.session_state[_OPENED] = None
    return layout.passages[0] if layout.passages else None


def _report(answerer: Answerer, opened: ShownPassage | None, answered: bool, words: AskWording) -> None:
    if opened is None:
        return
    report = answerer.index.report(opened.document)
    st.subheader(words.original, anchor=False)
    extent = either(words.original, words.whole_section, words.whole_report, _EXTENT)
    within = Span(0, len(report.text))
    if not extent:
        within = section_to_read(report, opened.section)
    # Without an answer the whole passage is what was found, so it is what is marked.
    marks = opened.marks or (opened.passage,)
    key = f"{opened.document}:{within}:{marks}"
    st.html(place_html(Place.of(report, opened.section, opened.passage), words))
    look: Look = "near" if not (answered and opened.marks) else "many" if len(marks) > 1 else "answer"
    reading_pane(key, report_blocks(report, within, marks), look)
