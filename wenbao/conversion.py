"""From what the project works with to the flat records of the library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

import answers.answer
import answers.commitments.rows
import answers.comparison.table
from answers.citation import citation
from answers.commitments.rows import commitment_row
from answers.commitments.search import Entry
from answers.commitments.tracking.judgements import Judged
from answers.commitments.tracking.tracked_reports import TrackedReports
from answers.comparison.table import column_label
from answers.comparison.values import bound_sign, cell_value
from answers.place import Place
from answers.quantities.amounts import shown
from answers.quoting.sentences import Sentence
from embeddings.language import Language
from indexer.index import ReportIndex
from indexer.report.report import Report
from indexer.text.span import Span
from wenbao.records import (
    Answer,
    Cell,
    Commitment,
    Comparison,
    Judgement,
    Passage,
    Quotation,
    Reply,
    Tracked,
    Tracking,
    WrittenSentence,
)


def reply_record(reply: answers.answer.Reply, index: ReportIndex, language: Language) -> Reply:
    """A reply whose quotations carry their citations."""
    candidates = tuple(_answer(one, index, language) for one in reply.candidates)
    return Reply(
        question=reply.question.text,
        read_as=reply.question.query,
        answer=candidates[0] if reply.answer is not None else None,
        points=tuple(_answer(one, index, language) for one in reply.points),
        candidates=candidates,
        passages=tuple(_passage(passage, index) for passage in reply.passages),
        confidence=reply.confidence,
        elapsed_ms=reply.elapsed_ms,
    )


def written_record(sentence: Sentence, reports: Mapping[str, Report], language: Language) -> WrittenSentence:
    """A sentence of a language model with its quotations, each proven once more against its report, which `reports` has
    by its name."""
    return WrittenSentence(
        text=sentence.text,
        quotations=tuple(
            Quotation(
                **_where(one.place, one.span),
                text=one.text,
                text_digest=reports[one.place.document].document.text_digest,
                is_verbatim=one.is_verbatim(reports[one.place.document]),
            )
            for one in sentence.quotations
        ),
        struck=None if sentence.struck is None else sentence.struck.words(language),
    )


def comparison_record(
    comparison: answers.comparison.table.Comparison, index: ReportIndex, language: Language
) -> Comparison:
    """A comparison, cell by cell. A quotation that is not what the report says counts as not mentioned."""
    return Comparison(
        question=comparison.plan.question,
        cells=tuple(
            _cell(cell, column_label(column, report.year, language), report, digest, language)
            for row in comparison.rows
            for report, digest in ((index.report(row.document), index.entry(row.document).text_digest),)
            for column, cell in zip(comparison.columns, row.cells, strict=True)
            if cell.asked
        ),
        missing=comparison.plan.missing,
        elapsed_ms=comparison.elapsed_ms,
    )


def entry_records(
    entries: Iterable[Entry], text_digests: Mapping[str, str], language: Language
) -> Iterator[Commitment]:
    """Rows of the ledger, their numbers in normal form as in `commitments --json`.

    `text_digests`: of the reports that are there, by their names; rows of others, removed meanwhile, are left out.
    """
    for entry in entries:
        if digest := text_digests.get(entry.row.place.document):
            yield _commitment(entry.row, entry.sentence, entry.citation(language), digest)


def _commitment(
    row: answers.commitments.rows.Commitment, sentence: str, cited: str, text_digest: str
) -> Commitment:
    fields = commitment_row(row, sentence)
    return Commitment(
        **_where(row.place, row.span),
        text=row.text,
        sentence=fields["sentence"],
        value=fields["value"],
        high=fields["high"],
        unit=fields["unit"],
        bound=fields["bound"],
        object=row.object,
        action=row.action,
        kind=row.kind.value,
        year=row.year,
        citation=cited,
        text_digest=text_digest,
    )


def tracking_record(tracked: TrackedReports, language: Language) -> Tracking:
    """The targets of a report with what became of them."""
    return Tracking(
        tuple(f"{doubt.zh} {doubt.en}" for doubt in tracked.doubts),
        tuple(
            _tracked(one, tracked.earlier, tracked.source_of(one.tracked), language) for one in tracked.judged
        ),
    )


def _tracked(pair: Judged, earlier: Report, later: Report, language: Language) -> Tracked:
    """A tracked target with the last word of a person on it."""
    found, said = pair.tracked, pair.judgement
    return Tracked(
        indicator=found.indicator,
        target=_of_report(found.target, earlier, language),
        outcome=_of_report(found.outcome, later, language) if found.outcome else None,
        status=found.status.value,
        reason=found.reason,
        likeness=found.likeness,
        judgement=Judgement(said.status.value, said.name, said.note, said.at) if said else None,
    )


def _of_report(row: answers.commitments.rows.Commitment, report: Report, language: Language) -> Commitment:
    sentence = row.sentence.of(report.text)
    return _commitment(row, sentence, citation(row, report, language), report.document.text_digest)


class _Where(TypedDict):
    document: str
    title: str
    headings: tuple[str, ...]
    paragraph: int
    page: int | None
    start: int
    end: int


def _where(place: Place, span: Span) -> _Where:
    return {
        "document": place.document,
        "title": place.title,
        "headings": place.headings,
        "paragraph": place.paragraph,
        "page": place.page,
        "start": span.start,
        "end": span.end,
    }


def _answer(found: answers.answer.Answer, index: ReportIndex, language: Language) -> Answer:
    report = index.report(found.place.document)
    return Answer(
        **_where(found.place, found.span),
        text=found.text,
        sentence=found.sentence.of(report.text).strip(),
        passage=found.passage.of(report.text).strip(),
        citation=citation(found, report, language),
        score=found.score,
        is_verbatim=found.is_verbatim(report),
        text_digest=index.entry(report.name).text_digest,
    )


def _passage(found: answers.answer.FoundPassage, index: ReportIndex) -> Passage:
    digest = index.entry(found.place.document).text_digest
    return Passage(**_where(found.place, found.span), text=found.text, score=found.score, text_digest=digest)


def _cell(
    cell: answers.comparison.table.Cell, column: str, report: Report, text_digest: str, language: Language
) -> Cell:
    answer = cell.answer
    if answer is not None and not answer.is_verbatim(report):
        answer = None
    value = cell_value(cell, report) if answer is not None else None
    return Cell(
        document=report.name,
        title=report.title,
        region=report.region,
        year=report.year,
        column=column,
        text=answer.text if answer else None,
        value=f"{bound_sign(value.amount.bound)}{shown(value.amount)}" if value else None,
        citation=citation(answer, report, language) if answer else None,
        start=answer.span.start if answer else None,
        end=answer.span.end if answer else None,
        confidence=cell.confidence,
        text_digest=text_digest,
    )
