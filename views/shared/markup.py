"""Report text as HTML and Markdown, always escaped, cut by offsets and never by search."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.caveats import Caveats
from answers.place import Place
from indexer.report.report import Report
from indexer.text.sentences import clause_around
from indexer.text.span import Span
from views.shared.wording import SharedWording

STYLE = """
<style>
[data-testid="stMainBlockContainer"] { padding-top: 4.2rem; }
[data-testid="stMainBlockContainer"] h3 { font-size: 1.2rem; padding: .4rem 0 .9rem 0; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 3.8rem 1rem 2rem 1rem; }
  [data-testid="stMainBlockContainer"] h3 { font-size: 1.1rem; }
}
.wb-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .9rem; }
.wb-head h1 { font-size: 1.55rem; font-weight: 700; line-height: 1.4; margin: 0; padding: 0; }
.wb-head span { opacity: .74; font-size: .92rem; }
/* What only runs in the browser takes no room. */
.st-key-browser_page { position: absolute; height: 0; overflow: hidden; }
/* Streamlit's grey of captions is too pale to be read by many. */
[data-testid="stCaptionContainer"] { color: inherit !important; opacity: .74; }
/* The red of the dark theme is light, to be read on a dark ground: letters on it are dark. */
@media (prefers-color-scheme: dark) {
  [data-testid^="stBaseButton-primary"] p, [data-tag], [data-tag] * { color: #16181d !important; }
}
[data-testid="stColumn"]:has(.wb-pane) { position: sticky; top: 1rem; align-self: flex-start; }
.wb-answer { font-size: 1.3rem; font-weight: 500; line-height: 1.6; margin: 0 0 .35rem 0;
  padding: .1rem 0 .1rem .9rem; border-left: 4px solid #c8102e; white-space: pre-wrap; }
.wb-answer mark { background: none; color: #c8102e; font-weight: 700; }
@media (prefers-color-scheme: dark) { .wb-answer mark, .wb-number { color: #f2788a !important; } }
.wb-answer.wb-long { font-size: 1.1rem; font-weight: 400; line-height: 1.8; }
.wb-answer.wb-long mark { color: inherit !important; font-weight: 400; }
.wb-folded summary { cursor: pointer; width: fit-content; color: #1d4ed8; font-size: .95rem; }
.wb-point { font-size: 1.08rem; }
/* What is a button without a frame is seen to be one. */
[data-testid="stBaseButton-tertiary"], [data-testid="stPageLink-NavLink"] { color: #1d4ed8 !important; }
[data-testid="stPageLink-NavLink"] * { color: inherit !important; }
[data-testid="stBaseButton-tertiary"]:hover p, [data-testid="stPageLink-NavLink"]:hover p { text-decoration: underline; }
[data-testid="stBaseButton-tertiary"]:disabled { color: inherit !important; opacity: .6; }
@media (prefers-color-scheme: dark) {
  [data-testid="stBaseButton-tertiary"], [data-testid="stPageLink-NavLink"], .wb-folded summary { color: #93c5fd !important; }
}
/* The controls of a row stand on one line. */
:is(.st-key-ask_understood, .st-key-commitments_filters) [data-testid="stButtonGroup"] button { min-height: 2.5rem; }
/* What does not fit into a row goes on in the next, where it is seen. */
[data-testid="stButtonGroup"] [role="toolbar"]:has([data-variant="pills"]) { flex-wrap: wrap; mask: none; overflow: visible; }
/* On a phone the report stands right below its answer, before what else there is. */
@media (max-width: 640px) {
  [data-testid="stHorizontalBlock"]:has(> [data-testid="stColumn"] .st-key-ask_more) { flex-direction: column; flex-wrap: nowrap; }
  [data-testid="stColumn"]:has(.st-key-ask_more), [data-testid="stColumn"] > [data-testid="stVerticalBlock"]:has(.st-key-ask_more) {
    display: contents; }
  [data-testid="stColumn"]:has(.st-key-reading_pane) { order: 1; position: static !important; width: 100%; min-width: 100%; }
  [data-testid="stLayoutWrapper"]:has(> .st-key-ask_more) { order: 2; }
}
[data-testid="stImage"] img { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); }
.wb-each { line-height: 1.7; }
.wb-each mark { background: #ffe08a; color: #111; padding: .05rem .1rem; border-radius: .2rem; }
.wb-caveat { margin: .15rem 0 .35rem 0; padding: .15rem .7rem; border-left: 4px solid #b45309; font-size: .95rem;
  line-height: 1.7; background: color-mix(in srgb, #b45309 8%, transparent); }
.wb-number { color: #c8102e; font-weight: 600; margin-right: .35rem; }
.wb-passage { line-height: 1.9; font-size: 1.02rem; margin: .2rem 0; white-space: pre-wrap; }
.wb-place { opacity: .74; font-size: .9rem; margin: .1rem 0 .4rem 0; }
.wb-badge { display: inline-block; border-radius: .7rem; padding: 0 .6rem; font-size: .85rem;
  line-height: 1.5rem; margin-right: .5rem; color: #fff; background: #15803d; }
.wb-badge.wb-bad { background: #b91c1c; }
.wb-confidence { font-size: .9rem; opacity: .74; }
.wb-many mark::before { content: attr(data-mark); color: #c8102e; font-weight: 700; font-size: .75em;
  margin-right: .15rem; }
.wb-passage mark { background: #ffe08a; color: #111; padding: .05rem .1rem; border-radius: .2rem; }
</style>
"""
_LONGEST_CLAUSE = 80  # characters of a line
_LONGEST_SEEN = 40  # characters that are seen at once
_ACTIVE = frozenset(r"\`*_{}[]()#+-.!|~$<>:&")  # what Markdown acts on


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one kind: `mark` is the number of the highlight, from 1, or 0."""

    text: str
    mark: int
    heading: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the report, with its number and its runs."""

    paragraph: int
    runs: tuple[Run, ...]


def plain(text: str) -> str:
    """`text` for Streamlit's Markdown elements, with every sign that they would act on escaped.

    Report titles and error messages hold `5%~6%`, `$`, `<` and paths with `_`.
    """
    return "".join(f"\\{character}" if character in _ACTIVE else character for character in text)


def passage_html(text: str, passage: Span, marks: Sequence[Span], numbered: bool = True) -> str:
    """The passage with its highlights, for `st.html`; several are `numbered` where they are points of one answer."""
    runs = _runs(text, _inside(text, passage), marks, ())
    body = "".join(
        f"<mark data-mark='{run.mark}'>{html.escape(run.text)}</mark>" if run.mark else html.escape(run.text)
        for run in runs
    )
    many = " wb-many" if numbered and len(marks) > 1 else ""
    return f"<div class='wb-passage{many}'>{body}</div>"


def head_html(title: str, tagline: str) -> str:
    """The heading of a page, and beside it what the app is."""
    return f"<div class='wb-head'><h1>{html.escape(title)}</h1><span>{html.escape(tagline)}</span></div>"


def clause_html(text: str, sentence: Span, span: Span) -> str:
    """A span marked in its clause, by which one sees what the number is of; where that is long, the span alone."""
    clause = shown_clause(text, sentence, span)
    marked = f"<mark>{html.escape(span.of(text))}</mark>"
    before, after = text[clause.start : span.start].lstrip(), text[span.end : clause.end].rstrip()
    return f"{html.escape(before)}{marked}{html.escape(after)}"


def shown_clause(text: str, sentence: Span, span: Span) -> Span:
    """The clause in which a span is shown; where that is long, the span alone."""
    clause = clause_around(text, sentence, span)
    return span if len(clause) > _LONGEST_CLAUSE or not clause.holds(span) else clause


def is_long(span: Span) -> bool:
    """Whether the words that answer are sentences to be read rather than a figure or a name to be seen."""
    return len(span) > _LONGEST_SEEN


def clause_answer_html(text: str, sentence: Span, span: Span) -> str:
    """An answer as a quotation: the clause, and in it the words that answer."""
    kind = "wb-answer wb-long" if is_long(span) else "wb-answer"
    return f"<blockquote class='{kind}'>{clause_html(text, sentence, span)}</blockquote>"


def folded_html(title: str, body: str) -> str:
    """Something that a click unfolds; `body` is HTML."""
    return f"<details class='wb-folded'><summary>{html.escape(title)}</summary>{body}</details>"


def answer_html(texts: Sequence[str]) -> str:
    """The answer as a quotation; several points are numbered as their highlights are."""
    if len(texts) == 1:
        return f"<blockquote class='wb-answer'>{html.escape(texts[0])}</blockquote>"
    points = "".join(
        f"<div class='wb-point'><span class='wb-number'>{n}</span>{html.escape(text)}</div>"
        for n, text in enumerate(texts, 1)
    )
    return f"<blockquote class='wb-answer'>{points}</blockquote>"


def caveats_html(found: Caveats, text: str, words: SharedWording, shown: Span | None = None) -> str:
    """What must be told beside an answer, in words of the report but those `shown` already; empty where there is nothing."""
    told = []
    if found.pair is not None and shown is not None and shown.holds(found.pair):
        told.append(html.escape(words.pair_shown))
    elif found.pair is not None:
        told.append(f"{words.pair}{html.escape(found.pair.of(text))}")
    if found.of_other_time is not None:
        told.append(html.escape(found.of_other_time.words(words.language)))
    return "".join(f"<div class='wb-caveat'>{one}</div>" for one in told)


def place_html(place: Place, words: SharedWording) -> str:
    """Where it stands: report, headings, paragraph."""
    above = " › ".join(html.escape(heading) for heading in place.headings)
    page = words.page_number.format(number=place.page) if place.page else ""
    parts = [f"《{html.escape(place.title)}》", above, page, words.paragraph.format(number=place.paragraph)]
    return f"<div class='wb-place'>{' · '.join(part for part in parts if part)}</div>"


def verdict_html(verbatim: bool, confidence: str, words: SharedWording) -> str:
    """The badge that the quotation was compared with the report, and the confidence."""
    kind, word = ("", words.verbatim) if verbatim else (" wb-bad", words.not_verbatim)
    return (
        f"<div><span class='wb-badge{kind}'>{'✓ ' if verbatim else ''}{html.escape(word)}</span>"
        f"<span class='wb-confidence'>{html.escape(confidence)}</span></div>"
    )


def report_blocks(report: Report, within: Span, marks: Sequence[Span]) -> tuple[Block, ...]:
    """The paragraphs of a section or of the whole report, with headings and highlights told apart."""
    text, paragraphs = report.text, report.paragraphs
    # Both are in the order of the text: each paragraph is asked only for those headings that touch it.
    headings = sorted(section.heading for section in report.sections if len(section.heading))
    first, blocks = 0, []
    for number, paragraph in enumerate(paragraphs, 1):
        start, end = max(paragraph.start, within.start), min(paragraph.end, within.end)
        while first < len(headings) and headings[first].end <= paragraph.start:
            first += 1
        last = first
        while last < len(headings) and headings[last].start < paragraph.end:
            last += 1
        if start < end:
            blocks.append(Block(number, tuple(_runs(text, Span(start, end), marks, headings[first:last]))))
    return tuple(blocks)


def _runs(text: str, within: Span, marks: Sequence[Span], headings: Sequence[Span]) -> Iterator[Run]:
    """Cut `within` wherever a highlight or a heading begins or ends."""
    edges = {within.start, within.end}
    for span in (*marks, *headings):
        edges.update(edge for edge in (span.start, span.end) if within.start < edge < within.end)
    cuts = sorted(edges)
    for start, end in itertools.pairwise(cuts):
        piece = Span(start, end)
        mark = next((n for n, span in enumerate(marks, 1) if span.holds(piece)), 0)
        yield Run(piece.of(text), mark, any(span.holds(piece) for span in headings))


def _inside(text: str, span: Span) -> Span:
    """Without the blanks at its ends, which only separate it from its neighbours."""
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.end - len(piece) + len(piece.rstrip()))
