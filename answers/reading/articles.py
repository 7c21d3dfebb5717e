"""Answer a question for an article by its number: the article is looked up, and nothing needs to be read in it."""

from __future__ import annotations

from collections.abc import Sequence

from answers.reading.reader import Candidate, LookedUp
from answers.retriever import PassageHit
from answers.understanding.articles import AskedArticle
from indexer.index import PassageKey, ReportIndex
from indexer.report.articles import article_number
from indexer.report.report import Report
from indexer.text.characters import simplified
from indexer.text.sentences import stripped
from indexer.text.span import Span

_RIGHT = (
    0.97  # the chance that an article is the one that was meant where no other rule has one of its number
)


def find_articles(index: ReportIndex, asked: AskedArticle, hits: Sequence[PassageHit]) -> LookedUp | None:
    """The articles among `hits` that are asked for, one of every rule; those of the rule that is named where one is.

    None where there is none of that number.
    """
    found: dict[str, Candidate] = {}
    for hit in hits:
        report = index.report(hit.key.document)
        if report.name not in found and article_number(report, hit.passage) == asked.number:
            found[report.name] = _candidate(report, hit)
    named = {name for name in found if asked.rule and _calls(asked.rule, index.report(name))}
    candidates = tuple(one for name, one in found.items() if not named or name in named)
    return LookedUp(candidates, _RIGHT / len(candidates)) if candidates else None


def _calls(rule: str, report: Report) -> bool:
    title = simplified(report.title)
    return rule in title or title in rule


def _candidate(report: Report, hit: PassageHit) -> Candidate:
    section = report.sections[hit.passage.section]
    first = next(p for p in report.passages if p.section == section.number)
    body = Span(min(section.heading.end, first.span.end), first.span.end)
    span = stripped(report.text, body)
    if not len(span):
        span = stripped(report.text, first.span)
    return Candidate(PassageKey(report.name, first.number), span, span, hit.score, hit.similarity, None)
