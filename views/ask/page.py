"""The page 提问: a question, the answer in the report's words, and the report beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import streamlit as st

from answers.answer import Reply
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.understanding.nearness import nearness
from answers.understanding.period import Period
from answers.understanding.wanted import Ask
from embeddings.language import Language
from indexer.people.saved_questions import SavedQuestion
from indexer.twins import twins_among
from views.ask.each_report import EACH, each_report_section
from views.ask.examples import example_buttons
from views.ask.feedback import feedback_section
from views.ask.going_on import AFTER, complete_question, going_on_from
from views.ask.layout import arrange, asked_before, library_in_words
from views.ask.parts import WHOLE, draw_parts, parts_of
from views.ask.reply import (
    EXTENT,
    OPENED,
    PRINTED,
    draw_answer,
    draw_nothing,
    draw_others,
    draw_passages,
    draw_report,
    draw_take_away,
    open_answer,
    opened_passage,
)
from views.ask.saved import save_button, saved_list
from views.ask.spelling import AS_TYPED, may_mean
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
from views.ask.written import written
from views.shared.address import address, link_here
from views.shared.allowance import may_ask
from views.shared.gone import tell_gone
from views.shared.ledger import generation_key
from views.shared.markup import (
    STYLE,
    plain,
)
from views.shared.pages import link_to
from views.shared.parameters import changed, flag, names, one_of, optional, query_of, said_by, text, years
from views.shared.preparation import ready_answerer, service
from views.shared.visitors_first import visitors_first

_QUESTION = "q"
_ASKED_OF = "ask_question"  # the question that what was changed and opened belongs to
_REPLY = "ask_reply"
_HISTORY = "ask_history"  # the questions of this visit, the last first
_PARAMETERS = (
    text("q", _QUESTION),
    optional("after", AFTER),
    changed(names("region", REGIONS)),
    changed(years("year", YEARS)),
    one_of("period", PERIOD, {period.value: period for period in Period}, None),
    one_of("kind", KIND, {ask.value: ask for ask in Ask}, None),
    one_of("only", ONLY, {"1": True}, None),
    optional("set", SET),
    flag("as_typed", AS_TYPED),
    flag("whole", WHOLE),
    flag("each", EACH),
    optional("open", OPENED),
    flag("printed", PRINTED),
    one_of("extent", EXTENT, {"report": True}, False),
)
# What of the address is kept with a question: what it asks, not what was opened of the answer.
_KEPT = tuple(one for one in _PARAMETERS if one.key not in (AFTER, EACH, OPENED, PRINTED, EXTENT))


def ask_page(language: Language) -> None:
    """Draw the page."""
    words = AskWording(language)
    st.html(STYLE)
    with address("", _PARAMETERS, words) as read:
        _page(read, words)


def _page(read: bool, words: AskWording) -> None:
    state = st.session_state
    asked = _question_box(words)
    if asked.text != state.get(_ASKED_OF) and not read:
        understand_anew()
        state[OPENED] = None
        state[AS_TYPED] = state[EACH] = state[WHOLE] = False
        going_on_from(asked.text, next(iter(state.get(_HISTORY, ())), None))
    state[_ASKED_OF] = asked.text
    question = complete_question(asked.text, words)
    prepared = service()
    answerer = ready_answerer(prepared, words, question)
    if answerer is None:
        return
    if not question.strip() and not asked.submitted:
        example_buttons(answerer, prepared.directory, _use, words)
        st.caption(plain(library_in_words(answerer.index.reports, words)))
        _before(prepared.directory, "", words)
        return
    try:
        parts = parts_of(question)
        if len(parts) > 1:
            below = partial(_below_parts, prepared.directory, question, words)
            draw_parts(answerer, prepared.directory, question, parts, _use, _link_to, below, words)
            return
        asked_for = understanding_chips(answerer, prepared.directory, question, words)
        reply = _replied(answerer, prepared.directory, asked_for, words)
    except QuestionError as error:
        st.warning(plain(error.message(words.language)), icon=":material/edit:")
        return
    if reply is not None:
        state[_HISTORY] = asked_before(state.get(_HISTORY, ()), question)
        _reply(answerer, prepared.directory, asked_for, reply, words)


def _replied(answerer: Answerer, directory: Path, asked: Asked, words: AskWording) -> Reply | None:
    """The reply, asked for once as long as the library and what is understood stay as they are."""
    wanted = generation_key(directory, answerer.index), asked
    known: tuple[object, Reply] | None = st.session_state.get(_REPLY)
    if known is not None and known[0] == wanted:
        return known[1]
    if not may_ask(asked, "ask", words):
        return None
    with visitors_first.answering():
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
    return _Asked(question or "", submitted)


def _use(example: str) -> None:
    st.session_state[_QUESTION] = example


def _ask_again(kept: str) -> None:
    """Ask a question that was kept: the session as its address says."""
    said = said_by(parse_qs(kept), _PARAMETERS)
    for key, value in said.values.items():
        st.session_state[key] = value
    st.session_state[_ASKED_OF] = said.values[_QUESTION]


def _to_keep(question: str) -> SavedQuestion:
    """The question that is open, complete, with what was chosen for it."""
    values = {one.key: st.session_state.get(one.key, one.default) for one in _KEPT} | {_QUESTION: question}
    return SavedQuestion(question, urlencode(query_of(values, _KEPT), doseq=True))


def _ask_of_noun(question: str, words: AskWording) -> None:
    """Questions about what was only named."""
    with st.container(horizontal=True, vertical_alignment="center", key="ask_of_noun"):
        st.caption(words.keyword_help, width="content")
        for form in (AskWording.keyword_measures, AskWording.keyword_target):
            st.button(
                form.words(words.language), key=f"of_noun:{form.zh}", type="tertiary",
                on_click=_use, args=(question + form.zh,),
            )  # fmt: skip


def _link_to(part: str) -> str:
    """A link to one of several questions, with what was chosen for all of them."""
    return link_here("", _PARAMETERS, {_QUESTION: part, AFTER: None, WHOLE: False, OPENED: None, EACH: False})


def _below_parts(directory: Path, question: str, words: AskWording) -> None:
    st.session_state[_HISTORY] = asked_before(st.session_state.get(_HISTORY, ()), question)
    save_button(directory, _to_keep(question), words)
    _before(directory, question, words)


def _before(directory: Path, now: str, words: AskWording) -> None:
    saved_list(directory, _ask_again, words)
    _history(now, words)


def _history(now: str, words: AskWording) -> None:
    """The questions of this visit besides the one that is open; a click asks one again."""
    before = [one for one in st.session_state.get(_HISTORY, ()) if one != now]
    if not before:
        return
    st.caption(words.history)
    with st.container(key="ask_history_list", gap=None):
        for n, question in enumerate(before):
            st.button(plain(question), key=f"history_{n}", on_click=_use, args=(question,), type="tertiary")


def _reply(answerer: Answerer, directory: Path, asked: Asked, reply: Reply, words: AskWording) -> None:
    layout = arrange(reply)
    catalogue = answerer.index.catalogue
    answering = [catalogue.get(point.place.document) for point in layout.points]
    tell_gone("ask:shown", reply.question.text, [*filter(None, answering)], catalogue, words)
    near = nearness(reply.scope, catalogue.entries)
    chosen = None if near is None else near.searched
    copies = twins_among(catalogue.entries).silent_among(chosen)
    found = catalogue.entries if not chosen else catalogue.of(frozenset(chosen))
    searched = [report for report in found if report.name not in copies]
    noun = reply.question.noun
    if noun and layout.points and not answerer.index.says(noun):
        told = f"{words.not_said.format(word=noun)}{words.not_said_but}"
        st.warning(plain(told), icon=":material/search_off:")
    if noun or not layout.points:
        may_mean(answerer, reply.question, _use, words)
    left, right = st.columns([3, 2], gap="large")
    opened = opened_passage(answerer, layout, words)
    with left, st.container(key="ask_reply"):
        if layout.points:
            draw_answer(answerer, reply, layout, words)
            written(answerer, reply, words)
        else:
            draw_nothing(answerer, reply, layout, words)
            if layout.noun:
                _ask_of_noun(reply.question.text, words)
                draw_passages(answerer, reply, layout, words)
        with st.container(horizontal=True, vertical_alignment="center"):
            draw_take_away(answerer, reply, layout, link_here("", _PARAMETERS), words)
            if layout.points:
                open_answer(layout, words)
            if len(catalogue) > 1:
                link_to(
                    "compare", {"compare": reply.question.text}, words.compare_it, ":material/table_chart:"
                )
            save_button(directory, _to_keep(reply.question.text), words)
        if not layout.noun:  # nothing was asked that could be right or wrong
            feedback_section(answerer, directory, reply, words)
        st.caption(
            words.searched.format(
                documents=len(searched),
                passages=sum(report.passages for report in searched),
                milliseconds=round(reply.elapsed_ms),
            )
        )
    with left, st.container(key="ask_more"):
        each_report_section(answerer, asked, reply, OPENED, words)
        draw_others(answerer, layout, words)
        if not layout.noun:
            draw_passages(answerer, reply, layout, words)
        _before(directory, reply.question.text, words)
    with right:
        draw_report(answerer, opened, layout, words)
