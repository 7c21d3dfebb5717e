"""What of a comparison is shown where: decisions and HTML without any drawing."""

from __future__ import annotations

import html
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from answers.answer import Answer
from answers.caveats import caveats_of
from answers.comparison.compare import CompareProgress
from answers.comparison.table import Cell, Comparison, Row, column_labels, silence
from answers.comparison.values import Other, Series, by_value, series
from answers.comparison.wording import Evidence
from answers.understanding.places_of_reports import region_label
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.report.described import Described
from indexer.report.report import Report
from indexer.text.span import Span
from views.compare.wording import CompareWording
from views.shared.changed import change_html
from views.shared.chart import row_name
from views.shared.markup import caveats_html, clause_html, passage_html
from views.shared.reading_pane import ShownPassage
from views.shared.titles import few_names

STYLE = """
<style>
.wb-cell { margin: 0; line-height: 1.6; }
.wb-cell summary { cursor: pointer; }
.wb-value { font-size: 1.1rem; font-weight: 700; margin-right: .6rem; white-space: nowrap; }
.wb-clause { font-size: .95rem; }
.wb-clause mark { background: none; color: inherit; font-weight: 600; }
[class*="st-key-compare_"][class*="_cell"] > :first-child { flex: 1 1 12rem; min-width: 0; }
@media (min-width: 641px) {
  [class*="st-key-compare_wide_cell"] { flex-wrap: nowrap; }
  [class*="st-key-compare_wide_cell"] > :first-child { flex-basis: 0; }
}
[class*="st-key-compare_sentence-"] { flex-wrap: nowrap; }
[class*="st-key-compare_sentence-"] > :first-child { flex: 1 1 0; min-width: 0; }
.st-key-compare_sentences { border-left: 3px solid color-mix(in srgb, currentColor 25%, transparent);
  padding: .1rem 0 .3rem .8rem; }
.st-key-compare_sentences .wb-passage { font-size: .93rem; line-height: 1.7; margin: 0; }
.st-key-compare_sentences .wb-many mark::before { content: none; }
.wb-others { margin: 0 0 .4rem 0; padding-left: 1.2rem; font-size: .9rem; line-height: 1.7; }
[class*="st-key-compare_row"] { border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent);
  padding-bottom: .35rem; }
[class*="st-key-compare_row"] button { min-height: 1.6rem; padding: 0 .2rem; }
[class*="st-key-compare_row"] [data-testid="stVerticalBlock"] { gap: .2rem; }
.wb-cell .wb-passage { font-size: .93rem; line-height: 1.7; }
.wb-small { opacity: .74; font-size: .85rem; }
.wb-silent > summary { opacity: .74; }
.wb-silent summary { cursor: pointer; }
.wb-report { font-weight: 600; }
.wb-new, .wb-gone { display: inline-block; border-radius: .3rem; padding: 0 .4rem; margin: 0 .3rem .3rem 0; }
.wb-new { background: color-mix(in srgb, #15803d 18%, transparent); }
.wb-gone { background: color-mix(in srgb, #6b7280 18%, transparent); text-decoration: line-through; }
</style>
"""
_SHORT = 16  # characters of a quotation shown in large type


@dataclass(frozen=True, slots=True)
class Counted:
    """How many reports mention it in any column, and how many do not."""

    found: int
    silent: int


def counted(comparison: Comparison) -> Counted:
    """Counts for the line above the table."""
    found = sum(any(cell.answer is not None for cell in row.cells) for row in comparison.rows)
    return Counted(found, len(comparison.rows) - found)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a column, and its reports by value: worked out once, for it takes every report's text."""

    series: Series | None
    by_value: tuple[str, ...]


def reports_of(reports: Sequence[Described], regions: Collection[str], years: Collection[int]) -> list[str]:
    """The names of the reports of these regions, by their labels, and of these years; of any where none are named."""
    return [
        report.name
        for report in reports
        if (not regions or (region_label(report) or "") in regions) and (not years or report.year in years)
    ]


def drawn_columns(comparison: Comparison, index: ReportIndex) -> tuple[Drawn, ...]:
    """For each column what is drawn of it."""
    columns = range(len(comparison.columns))
    return tuple(Drawn(series(comparison, n, index), by_value(comparison, n, index)) for n in columns)


def first_points(drawn: Series, most: int) -> Series:
    """The same with at most so many points."""
    return replace(drawn, points=drawn.points[:most])


def ordered(comparison: Comparison, column: Drawn | None) -> tuple[Row, ...]:
    """The rows by the value of a column, or as planned for None."""
    if column is None:
        return comparison.rows
    rows = {row.document: row for row in comparison.rows}
    return tuple(rows[name] for name in column.by_value)


def heads(comparison: Comparison, index: ReportIndex, language: Language) -> tuple[str, ...]:
    """The heads of the columns: 目标 or 结果, with the year they speak of where that is one."""
    return column_labels(comparison, index, language)


def searched_text(progress: CompareProgress, index: ReportIndex, words: CompareWording) -> str:
    """Which report is being searched, and how many are."""
    title = index.entry(progress.document).title
    return words.progress.format(title=title, done=progress.done, total=progress.total)


def names(index: ReportIndex, documents: Sequence[str], over_years: bool, words: CompareWording) -> str:
    """Several reports in a line."""
    return few_names([row_name(index.entry(name), over_years) for name in documents], words)


def cell_html(cell: Cell, report: Report, words: CompareWording, label: str = "", asked: str = "") -> str:
    """The value and its clause, the sentence on a click; or why there is none, with the nearest sentence to check.

    `label` is the column's head: on a phone the columns stand below each other; `asked` what its reports were asked.
    """
    answer = cell.answer
    text = report.text
    head = f"<div class='wb-small'>{html.escape(label)}</div>" if label else ""
    if answer is not None and answer.is_verbatim(report):
        quoted = html.escape(answer.text)
        value = f"<span class='wb-value'>{quoted}</span>" if len(answer.text) <= _SHORT else ""
        inside = clause_html(text, answer.sentence, answer.span)
        clause = f"<span class='wb-clause'>{inside}</span>"
        if inside == f"<mark>{quoted}</mark>":  # a whole clause is said once
            clause = "" if value else f"<span class='wb-clause wb-whole'>{quoted}</span>"
        sentence = passage_html(text, answer.sentence, (answer.span,))
        sure = html.escape(words.confidence.format(percent=f"{cell.confidence:.0%}"))
        told = caveats_html(caveats_of(asked, answer, report), text, words)
        return (
            f"{head}<details class='wb-cell'><summary>{value}{clause}</summary>"
            f"{sentence}<span class='wb-small'>{sure}</span></details>{told}"
        )
    silent = html.escape(silence(cell, words.language))
    if not cell.asked:
        return f"{head}<div class='wb-cell wb-silent'>{silent}</div>"
    if cell.nearest is None or not cell.nearest.is_verbatim(report):
        reason = f"<span class='wb-small'>{html.escape(words.nothing_there)}</span>"
        return f"{head}<div class='wb-cell wb-silent'>{silent}<br>{reason}</div>"
    near = passage_html(text, cell.nearest.sentence, ())
    return (
        f"{head}<details class='wb-cell wb-silent'><summary>{silent}</summary>"
        f"<span class='wb-small'>{html.escape(words.nearest)}</span>{near}</details>"
    )


def others_html(others: Sequence[Other], index: ReportIndex, over_years: bool, words: CompareWording) -> str:
    """What is not drawn, a line a report: its name, what it says, and why that is of another kind."""
    lines = "".join(
        f"<li><b>{html.escape(row_name(index.entry(one.document), over_years))}</b> "
        f"{html.escape(one.text)} <span class='wb-small'>{html.escape(words.misfits[one.why])}</span></li>"
        for one in others
    )
    return f"<ul class='wb-others'>{lines}</ul>"


def report_html(report: Report, over_years: bool) -> str:
    """The name of a row; the report's title where a pointer rests on it."""
    return f"<div class='wb-report' title='{html.escape(report.title)}'>{html.escape(row_name(report, over_years))}</div>"


def phrases_html(evidence: Sequence[Evidence], kind: str) -> str:
    """Phrases as labels; `kind` is new or gone."""
    return "".join(f"<span class='wb-{kind}'>{html.escape(found.text)}</span>" for found in evidence)


def differences_html(before: Sequence[Evidence], after: Sequence[Evidence]) -> str:
    """Each sentence that differs beside the one of the report before that is most like it, what differs marked."""
    pairs = (
        [(max(before, key=lambda one: _alike(one.text, now.text)), now) for now in after] if before else []
    )
    return "".join(change_html(then.text, now.text) for then, now in pairs if then.text != now.text)


def _alike(before: str, after: str) -> float:
    """0..1: the share of their characters that two sentences have in common."""
    return SequenceMatcher(None, before, after, autojunk=False).quick_ratio()


def shown_answer(answer: Answer) -> ShownPassage:
    """What opens in the pane for a cell."""
    return ShownPassage(answer.passage, answer.place.document, answer.section, (answer.span,))


def shown_evidence(found: Evidence) -> ShownPassage:
    """What opens in the pane for a phrase or a sentence."""
    return ShownPassage(found.passage, found.place.document, found.section, (found.span,))


def sentence_html(report: Report, sentence: Span, marks: Sequence[Span]) -> str:
    """A sentence of a report with what is new in it."""
    inside = tuple(mark for mark in marks if sentence.holds(mark))
    return passage_html(report.text, sentence, inside)
