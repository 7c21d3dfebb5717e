"""What a language model of the user's own writes over an answer: only where one is configured, and only on a click."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from answers.answer import Reply
from answers.engine import Answerer
from answers.errors import EndpointError
from answers.quoting.endpoint import Endpoint
from answers.quoting.given import Given, given
from answers.quoting.sentences import Quotation, Sentence
from answers.quoting.write import Written, write
from embeddings.language import Text, Wording
from indexer.report.report import Report
from indexer.text.sentences import sentences
from indexer.text.span import Span, touched
from views.shared.allowance import QUESTIONS, allowed
from views.shared.markup import passage_html, place_html, plain
from views.shared.visitor import may_speak
from views.shared.wording import SharedWording

_WRITTEN = "ask_written"


class WrittenWording(Wording):
    """The words of this part of the page."""

    title = Text("语言模型写的（不是报告的话）", "Written by a language model (not the report's words)")
    sends = Text(
        "按下按钮，会把问题和最有关的 {count} 段报告原文（{characters} 字）发送到 {address}，由模型 {model} 写几句话。别的都不发送，"
        "不按就什么也不发送。每一句都逐字核对引文、数字和名称，站不住的划掉。",
        "The button sends the question and the {count} nearest passages of the reports ({characters} characters) to {address}, where the "
        "model {model} writes a few sentences. Nothing else is sent, and nothing without a click. The quotations, figures and "
        "names of every sentence are proven; what does not stand is struck out.",
    )
    ask = Text("发送并写几句话", "Send, and have it written")
    waiting = Text("正在等语言模型回答……", "Waiting for the language model …")
    nothing = Text(
        "没有一句站得住；以上面摘录的答案为准。", "No sentence stands; the extracted answer above does."
    )
    struck = Text("划掉", "Struck out")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was sent to whom, and what came of it."""

    question: str
    passages: tuple[Given, ...]
    endpoint: Endpoint
    result: Written | EndpointError


def written(answerer: Answerer, reply: Reply, words: SharedWording) -> None:
    """The part of the page; nothing where no language model is configured, or the reports are silent."""
    if not may_speak():
        return  # strangers from a network would spend what the model costs
    told = WrittenWording(words.language)
    try:
        endpoint = Endpoint.configured()
    except EndpointError as error:
        st.caption(plain(error.message(words.language)))
        return
    passages = given(reply, answerer.index.report) if endpoint is not None else ()
    if endpoint is None or not passages:
        return
    asked: _Asked | None = st.session_state.get(_WRITTEN)
    sent = (reply.question.text, passages, endpoint)
    if asked is not None and (asked.question, asked.passages, asked.endpoint) != sent:
        asked = None
    with st.expander(told.title, expanded=asked is not None, icon=":material/edit_note:"):
        # As HTML: Markdown would make a link of the address, and of what follows it.
        st.html(f"<div class='wb-place'>{html.escape(_what_is_sent(passages, endpoint, told))}</div>")
        if st.button(told.ask, key="ask_write") and allowed(QUESTIONS, "questions", words):
            with st.spinner(told.waiting):
                asked = _Asked(*sent, _result(reply, passages, endpoint))
            st.session_state[_WRITTEN] = asked
        if asked is not None:
            _show(answerer, asked.result, told, words)


def sentence_html(sentence: Sentence, told: WrittenWording) -> str:
    """A sentence, escaped; struck through, with the reason, where it does not stand."""
    text = html.escape(sentence.text)
    if sentence.struck is None:
        return f"<p>{text}</p>"
    reason = html.escape(sentence.struck.words(told.language))
    return f"<p><s>{text}</s> <span class='wb-place'>{html.escape(told.struck)}：{reason}</span></p>"


def _what_is_sent(passages: Sequence[Given], endpoint: Endpoint, told: WrittenWording) -> str:
    return told.sends.format(
        count=len(passages),
        characters=sum(len(one.text) for one in passages),
        address=endpoint.address,
        model=endpoint.model,
    )


def _result(reply: Reply, passages: Sequence[Given], endpoint: Endpoint) -> Written | EndpointError:
    try:
        return write(reply, passages, endpoint)
    except EndpointError as error:
        return error


def _show(
    answerer: Answerer, result: Written | EndpointError, told: WrittenWording, words: SharedWording
) -> None:
    if isinstance(result, EndpointError):
        st.warning(plain(result.message(words.language)), icon=":material/cloud_off:")
        return
    if not result.standing:
        st.info(told.nothing, icon=":material/format_quote:")
    for sentence in result.sentences:
        st.html(sentence_html(sentence, told))
        if sentence.struck is None:
            for quotation in sentence.quotations:
                _quotation(answerer.index.report(quotation.place.document), quotation, words)


def _quotation(report: Report, quotation: Quotation, words: SharedWording) -> None:
    """The whole sentences that a quotation is from, so that nobody reads a part for all of it."""
    if not quotation.is_verbatim(report):
        return  # a quotation that the report does not hold is never shown
    st.html(passage_html(report.text, _around(report.text, quotation), (quotation.span,)))
    st.html(place_html(quotation.place, words))


def _around(text: str, quotation: Quotation) -> Span:
    every = touched(sentences(text, quotation.passage), quotation.span) or quotation.span
    return Span(min(quotation.span.start, every.start), max(quotation.span.end, every.end))
