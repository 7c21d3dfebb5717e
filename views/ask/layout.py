"""What of a reply is shown where: decisions without any drawing."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answers.answer import Answer, FoundPassage, Reply
from answers.comparison.table import Cell, Row, silence
from answers.feedback import VERDICTS, Verdict, sayable
from answers.understanding.places_of_reports import region_label, report_places
from embeddings.language import Text
from indexer.report.described import Described
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.span import Span
from views.ask.wording import AskWording
from views.shared.markup import clause_html
from views.shared.reading_pane import ShownPassage

_SURE = 0.6
_BETWEEN = re.compile(r"\W+")
_REMEMBERED = 30  # questions of a visit
_OTHERS = 3
_NAMED = 3  # reports whose titles are listed


@dataclass(frozen=True, slots=True)
class ReplyLayout:
    """A reply, arranged.

    Attributes:
        points: the answers that together answer, in order of place; empty when the reports do not answer.
        others: further candidates, from other places.
        passages: every hit, best first; the one of `points` is the first when there is an answer.
        sure: whether the confidence is high enough to say nothing more about it.
        named: without an answer the words of the question that stand in the passages, where they are marked.
        noun: the lone noun that was typed, whose places are what is wanted; empty where something is asked.
    """

    points: tuple[Answer, ...]
    others: tuple[Answer, ...]
    passages: tuple[ShownPassage, ...]
    sure: bool
    named: tuple[str, ...] = ()
    noun: str = ""

    @property
    def naming(self) -> tuple[ShownPassage, ...]:
        """The passages that have the words."""
        return tuple(one for one in self.passages if one.marks) if self.named else ()


def library_in_words(reports: Sequence[Described], words: AskWording) -> str:
    """What there is to ask: a few reports by their titles, many by how many they are, of how many places and years."""
    if len(reports) <= _NAMED:
        return words.scope.format(
            count=len(reports), titles=words.comma.join(report.title for report in reports)
        )
    library = report_places(reports)
    years = library.years
    span = (
        words.year_span.format(first=years[-1], last=years[0]) if len(years) > 1 else "".join(map(str, years))
    )
    regions = sum(bool(label) for label in library.labels)
    return words.scope_counted.format(count=len(reports), regions=regions, years=span or "—")


def arrange(reply: Reply) -> ReplyLayout:
    """Arrange a reply for the page."""
    noun = reply.question.noun
    if noun:
        # 养老 asks for no figure, sure as the reader may be of one: the places of the word are what is wanted.
        named, shown = places_of_words(reply.passages, noun)
        if named:
            return ReplyLayout((), (), shown, False, named, noun)
    if reply.abstained or not reply.candidates:
        named, shown = places_of_words(reply.passages, reply.question.terms)
        return ReplyLayout((), (), shown, False, named)
    points = reply.points
    first = points[0]
    marked = tuple(point.span for point in points)
    best = ShownPassage(first.passage, first.place.document, first.section, marked)
    rest = tuple(
        _shown(passage, ())
        for passage in reply.passages
        if (passage.place.document, passage.span) != (first.place.document, first.passage)
    )
    here = {(point.place.document, point.span) for point in points}
    others = tuple(a for a in reply.others if (a.place.document, a.span) not in here)[:_OTHERS]
    return ReplyLayout(points, others, (best, *rest), reply.confidence >= _SURE)


def places_of_words(
    passages: Sequence[FoundPassage], terms: str
) -> tuple[tuple[str, ...], tuple[ShownPassage, ...]]:
    """The words that are sought and stand together in some of these passages, and the passages with them marked.

    Those that have all of them come first. Without such a passage there are no words, and nothing is marked.
    """
    words = tuple(dict.fromkeys(word for word in _BETWEEN.split(simplified(terms)) if len(word) > 1))
    places = [_places(passage, words) for passage in passages]
    if not words or not any(places):
        return (), tuple(_shown(passage, ()) for passage in passages)
    shown = [_shown(passage, marks) for passage, marks in zip(passages, places, strict=True)]
    return words, tuple(sorted(shown, key=lambda one: not one.marks))


def _places(passage: FoundPassage, words: Sequence[str]) -> tuple[Span, ...]:
    """Where all the words stand in a passage; nowhere where one of them is missing."""
    text = simplified(passage.text).lower()
    found = [[match.span() for match in re.finditer(re.escape(word.lower()), text)] for word in words]
    if not all(found):
        return ()
    marks = sorted(Span(*span).shifted(passage.span.start) for spans in found for span in spans)
    return tuple(mark for n, mark in enumerate(marks) if not n or marks[n - 1].end <= mark.start)


def each_line(row: Row, report: Report, words: AskWording) -> str:
    """What one report says, in a line: its place, the words that answer in their sentence, or why there are none."""
    name = html.escape(region_label(report) or report.title)
    year = f" <span class='wb-place'>{report.year}</span>" if report.year is not None else ""
    said = "；".join(_cell_words(cell, report, words) for cell in row.cells)
    return f"<div class='wb-each'><b>{name}</b>{year} {said}</div>"


def _cell_words(cell: Cell, report: Report, words: AskWording) -> str:
    answer = cell.answer
    if answer is None or not answer.is_verbatim(report):
        return f"<span class='wb-place'>{html.escape(silence(cell, words.language))}</span>"
    return clause_html(report.text, answer.sentence, answer.span)


def asked_before(history: Sequence[str], question: str) -> tuple[str, ...]:
    """The questions of a visit with this one, the last first, each once."""
    return tuple(dict.fromkeys((question, *history)))[:_REMEMBERED] if question.strip() else tuple(history)


def offered_verdicts(reply: Reply) -> Mapping[Verdict, Text]:
    """What may be said of a reply, in its words: of one without an answer that it is right, or that there is one."""
    if reply.answer is not None:
        return VERDICTS
    silent = {Verdict.RIGHT: AskWording.silence_right, Verdict.WRONG: AskWording.silence_wrong}
    return {verdict: silent[verdict] for verdict in sayable(reply)}


def _shown(passage: FoundPassage, marks: tuple[Span, ...]) -> ShownPassage:
    return ShownPassage(passage.span, passage.place.document, passage.section, marks)
