"""An answer to take away: question, quotations with their headings and citations, and the passages beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers.answer import Answer, FoundPassage, Reply
from answers.caveats import caveats_of
from answers.citation import citation, stands
from answers.sheets.page import Passage, WrittenPage
from embeddings.language import Language, Text
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.sentences import stripped
from indexer.text.span import Span

_FURTHER = 4  # passages beside the answer
_ANSWER = Text("答案", "Answer")
_NOTHING = Text("报告中未找到明确答案", "The reports give no clear answer")
_VERBATIM = Text(
    "引文与原文逐字一致；第一个答案正确的可能性为 {percent}", "Quoted to the letter; {percent} sure that the first answer is right"
)  # fmt: skip
_PAIR = Text("原文并列写到：{words}", "The report sets side by side: {words}")
_PASSAGE = Text("出处", "Where it stands")
_MORE = Text("更多相关段落", "More passages")
_NAMED = Text("写到“{word}”的段落", "Passages with “{word}”")
_NEAREST = Text("最接近的段落", "Nearest passages")
_MADE = Text("由问报从报告原文摘出。{link}", "Quoted from the reports by Wenbao. {link}")


def answer_page(
    reply: Reply, points: Sequence[Answer], index: ReportIndex, link: str = "", language: Language = "zh"
) -> WrittenPage:
    """A reply as a page. `points` are the answers that are shown; none where there is no answer.

    A quotation that its report does not hold is left out.
    """
    shown = [one for one in points if one.is_verbatim(index.report(one.place.document))]
    notes: list[str] = []
    passages: list[Passage] = []
    if shown:
        first, report = shown[0], index.report(shown[0].place.document)
        notes.append(_VERBATIM.words(language, percent=f"{reply.confidence:.0%}"))
        told = caveats_of(reply.question.text, first, report)
        if told.pair is not None:
            notes.append(_PAIR.words(language, words=told.pair.of(report.text)))
        if told.of_other_time is not None:
            notes.append(told.of_other_time.words(language))
        citations = tuple(dict.fromkeys(citation(one, report, language) for one in shown))
        passages.append(
            _passage(report, first.passage, [one.span for one in shown], citations, first.section)
        )
    noun = "" if shown else reply.question.noun
    naming = [one for one in reply.passages if noun and noun in simplified(one.text)]
    if naming:
        return _named(reply, noun, naming, index, link, language)
    beside = [one for one in reply.passages if not shown or one.span != shown[0].passage or
              one.place.document != shown[0].place.document]  # fmt: skip
    heads = {True: _MORE, False: _NEAREST}
    further = tuple(_further(one, index, language) for one in beside[:_FURTHER])
    return WrittenPage(
        title=reply.question.text,
        heading=(_ANSWER if shown else _NOTHING).words(language),
        quotations=tuple(one.text for one in shown),
        notes=tuple(notes),
        parts=(
            *(((_PASSAGE.words(language), tuple(passages)),) if passages else ()),
            *(((heads[bool(shown)].words(language), further),) if further else ()),
        ),
        foot=_MADE.words(language, link=link).strip(),
    )


def _named(
    reply: Reply, noun: str, naming: Sequence[FoundPassage], index: ReportIndex, link: str, language: Language
) -> WrittenPage:
    """Where a lone noun stands: no answer, and none was asked for."""
    passages = tuple(_further(one, index, language, noun) for one in naming)
    heading = _NAMED.words(language, word=noun)
    foot = _MADE.words(language, link=link).strip()
    return WrittenPage(reply.question.text, heading, (), (), ((heading, passages),), foot)


def _further(found: FoundPassage, index: ReportIndex, language: Language, marked: str = "") -> Passage:
    report = index.report(found.place.document)
    where = stands(found.span, found.place, report.document.source_digest, language)
    places = re.finditer(re.escape(marked), simplified(found.text)) if marked else ()
    marks = [Span(*place.span()).shifted(found.span.start) for place in places]
    return _passage(report, found.span, marks, (where,), found.section)


def _passage(
    report: Report, span: Span, marks: Sequence[Span], citations: tuple[str, ...], section: int
) -> Passage:
    inside = stripped(report.text, span)
    held = tuple(Span(m.start - inside.start, m.end - inside.start) for m in marks if inside.holds(m))
    return Passage(
        f"《{report.title}》{' › '.join(report.headings(section))}", inside.of(report.text), held, citations
    )
