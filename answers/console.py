"""Show a reply in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from answers.answer import Answer, FoundPassage, Reply
from answers.citation import position
from answers.place import Place
from indexer.index import ReportIndex
from indexer.text.span import Span
from indexer.twins import twins_among


def show_reply(console: Console, reply: Reply, index: ReportIndex) -> None:
    """Print the best answer highlighted in its passage, its place, and the next hits, in one piece.

    Whoever reads only the beginning of it through a pipe (`| head -1`) is no fault then.
    """
    with console:
        _show_reply(console, reply, index)


def _show_reply(console: Console, reply: Reply, index: ReportIndex) -> None:
    if reply.question.read_otherwise:
        console.print(Text(f"按“{reply.question.query}”查找"), style="dim")
    if reply.abstained or not reply.candidates:
        console.print("报告中未找到明确答案。最接近的段落：", style="bold yellow")
        for passage in reply.passages[:3]:
            console.print()
            _passage(console, passage)
        return
    first = reply.candidates[0]
    for answer in reply.points if reply.together else (first,):
        console.print(Text(answer.text, style="bold green"))
    console.print()
    console.print(_highlighted(first, index))
    _place(console, first.place)
    same = twins_among(index.reports).beside(first.place.document)
    if same:
        console.print(Text(f"  同一份报告另有：{'、'.join(same)}", style="dim"))
    verdict = "引文与原文逐字一致" if first.is_verbatim(index.report(first.place.document)) else "与原文不符"
    console.print(f"{verdict} · 把握 {reply.confidence:.0%} · {reply.elapsed_ms:.0f} 毫秒", style="dim")
    others = reply.others[:3]
    if others:
        console.print("\n其他可能的答案：", style="bold")
    for answer in others:
        console.print(Text(f"· {answer.text}"))
        _place(console, answer.place)


def _highlighted(answer: Answer, index: ReportIndex) -> Text:
    text = index.report(answer.place.document).text
    passage = answer.passage
    before, after = Span(passage.start, answer.span.start), Span(answer.span.end, passage.end)
    return Text.assemble(before.of(text).lstrip(), (answer.text, "black on yellow"), after.of(text).rstrip())


def _passage(console: Console, passage: FoundPassage) -> None:
    console.print(Text(passage.text.strip()))
    _place(console, passage.place)


def _place(console: Console, place: Place) -> None:
    words = f"  《{place.title}》 {' › '.join(place.headings)} · {position(place, between=' · ')}"
    console.print(Text(words, style="cyan"))
