"""Several questions typed as one on the page 提问: each answered by itself, and the report beside one of the answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from answers.answer import Reply
from answers.engine import Answerer
from answers.understanding.among import among
from answers.understanding.parts import question_parts
from views.ask.feedback import feedback_section
from views.ask.layout import ReplyLayout, arrange
from views.ask.reply import OPENED, draw_nothing, draw_quotation, draw_report, draw_take_away, opened_passage
from views.ask.understanding_chips import SET, Asked, tell_missing, understood_in_words
from views.ask.wording import AskWording
from views.shared.allowance import may_ask
from views.shared.gone import tell_gone
from views.shared.ledger import generation_key
from views.shared.markup import plain
from views.shared.opened import opened_name
from views.shared.report_sets import choose_set
from views.shared.visitors_first import visitors_first

WHOLE = "ask_whole"  # whether what was typed is to be asked as one question
_REPLIES = "ask_part_replies"


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that one is; itself where it is one, or the user wants it asked as one."""
    return (question,) if st.session_state.get(WHOLE) else question_parts(question)


def draw_parts(
    answerer: Answerer,
    directory: Path,
    question: str,
    parts: Sequence[str],
    ask: Callable[[str], None],
    link: Callable[[str], str],
    below: Callable[[], None],
    words: AskWording,
) -> None:
    """Draw an answer to each part, in their order, as they come.

    `ask` asks one of them alone, `link` is the link to it; `below` draws what stands under them when all are answered.

    Raises:
        QuestionError: as `Answerer.ask`.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words.several.format(count=len(parts)), width="content")
        st.button(words.as_one, key=f"as_one:{question}", on_click=_as_one, type="tertiary")
    asked = _asked(answerer, directory, parts, words)
    key = generation_key(directory, answerer.index), asked
    known: tuple[object, tuple[Reply, ...]] = st.session_state.get(_REPLIES, (None, ()))
    replies = known[1] if known[0] == key else ()
    if len(replies) < len(asked) and not may_ask(key, "ask_parts", words, len(asked) - len(replies)):
        return
    layouts: list[ReplyLayout] = []
    left, right = st.columns([3, 2], gap="large")
    with left:
        for number, one in enumerate(asked):
            if number == len(replies):
                told = words.asking_part.format(number=number + 1, count=len(asked))
                with st.spinner(told), visitors_first.answering():
                    replies = (*replies, answerer.ask(one.question, one.documents))
                st.session_state[_REPLIES] = key, replies
            layouts.append(arrange(replies[number]))
            _part(answerer, directory, number, replies[number], layouts[-1], ask, link, words)
        below()
    catalogue = answerer.index.catalogue
    answering = [catalogue.get(point.place.document) for one in layouts for point in one.points]
    tell_gone("ask:parts", tuple(parts), [*filter(None, answering)], catalogue, words)
    shown = _beside(layouts)
    with right:
        draw_report(answerer, opened_passage(answerer, shown, words), shown, words)


def _as_one() -> None:
    st.session_state[WHOLE], st.session_state[OPENED] = True, None


def _asked(answerer: Answerer, directory: Path, parts: Sequence[str], words: AskWording) -> tuple[Asked, ...]:
    """What each part asks, of the set of reports that is chosen, if one is."""
    documents = answerer.index.reports
    chosen = choose_set(directory, answerer.index, words, key=SET) if st.session_state.get(SET) else None
    read = [answerer.understand(part) for part in parts]
    if chosen is None:
        return tuple(Asked(one, None) for one in read)
    return tuple(Asked(one, among(one.scope(documents), chosen.documents)) for one in read)


def _part(
    answerer: Answerer,
    directory: Path,
    number: int,
    reply: Reply,
    layout: ReplyLayout,
    ask: Callable[[str], None],
    link: Callable[[str], str],
    words: AskWording,
) -> None:
    question = reply.question
    with st.container(border=True, key=f"ask_part_{number}"):
        st.subheader(f"{number + 1}. {plain(question.text)}", anchor=False)
        st.caption(
            words.understood_part.format(told=understood_in_words(question, answerer.index.reports, words))
        )
        tell_missing(reply.scope, words)
        if layout.points:
            draw_quotation(answerer, reply, layout, words)
        else:
            draw_nothing(answerer, reply, layout, words, brief=True)
        with st.container(horizontal=True, vertical_alignment="center"):
            draw_take_away(answerer, reply, layout, link(question.text), words, key=f"part_{number}")
            if layout.passages:
                best = layout.passages[0]
                st.button(
                    words.open_place if layout.points else words.open_nearest, key=f"open_part_{number}",
                    on_click=_open, args=(opened_name(best),), type="tertiary",
                )  # fmt: skip
            st.button(
                words.ask_alone, key=f"part_alone_{number}", on_click=ask, args=(question.text,),
                type="tertiary", icon=":material/open_in_full:", help=words.ask_alone_help,
            )  # fmt: skip
        if not layout.noun:
            feedback_section(answerer, directory, reply, words, key=f"_part_{number}")


def _open(name: str) -> None:
    st.session_state[OPENED] = name


def _beside(layouts: Sequence[ReplyLayout]) -> ReplyLayout:
    """The part whose passage is opened, else the first that has an answer."""
    opened: str | None = st.session_state.get(OPENED)
    for layout in layouts:
        if layout.passages and opened == opened_name(layout.passages[0]):
            return layout
    return next((layout for layout in layouts if layout.points), layouts[0])
