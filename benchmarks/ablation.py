"""What each part of the answering brings: the same questions, one part more in every row.

usage: python -m benchmarks.ablation INDEX QUESTIONS.jsonl… [--same=RUN_NAME=QUESTION_NAME] [--indexed]

Asks the reports of an index. Two rows need vectors of other texts than the index has (bare chunks, bare
sentences); they are computed first, which takes as long as building the index; `--indexed` leaves these
rows out. A row is a
`Configuration`: whoever adds a part to the answering adds one to `configurations`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from rich.progress import track

from answers.engine import Answerer
from answers.errors import QuestionError
from answers.evaluation.figures import Figure, figure_of
from answers.evaluation.judgement import Judgement, judge
from answers.evaluation.metrics import METRICS
from answers.evaluation.questions import GoldQuestion, read_gold_questions
from answers.evaluation.replies import GivenReply, given_reply, missing_reply, same_names
from answers.reading.similarity_reader import SimilarityReader
from answers.retriever import Retriever, passage_score
from answers.runs import run_row
from answers.understanding.question import understand
from benchmarks.embedded_texts import HEADS, SCORES, Embedded, embed, similarities
from embeddings import Encoder, PassageText, PassageVectors, Vectors, load_encoder
from indexer.command_line import err
from indexer.index import ReportIndex, UnitHit, open_index
from indexer.report.records import Passage, UnitKind
from indexer.report.report import Report
from indexer.text.span import Span

SHOWN = (
    "passage_recall@1",
    "passage_recall@10",
    "passage_ndcg@10",
    "answer_right@1",
    "answer_f1",
    "evidence_recall",
    "abstain_auroc",
)
_CHUNK = 250


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a report, and how near it is to the question."""

    document: str
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Configuration:
    """A row of the table: a way to answer a question with a row of a run."""

    name: str
    ask: Callable[[GoldQuestion], dict[str, object]]


class BareTexts:
    """Reports embedded without a head: as chunks of 250 characters, and passage by passage."""

    def __init__(self, index: ReportIndex, encoder: Encoder) -> None:
        reports = [index.report(entry.name) for entry in index.reports]
        self._chunks = [
            Place(report.name, Span(start, min(start + _CHUNK, len(report.text))), 0.0)
            for report in reports
            for start in range(0, len(report.text), _CHUNK)
        ]
        texts = [index.report(place.document).text for place in self._chunks]
        chunks = [
            PassageText("", place.span.of(text), ()) for place, text in zip(self._chunks, texts, strict=True)
        ]
        self._chunk_vectors = np.stack([vectors.whole for vectors in encoder.encode_passages(chunks)])
        self._passages = [
            BarePassage(report, one.passage, one.vectors)
            for report in reports
            for one in embed(report, HEADS["none"], encoder)
        ]

    def passages(self, query: Vectors) -> list[RankedPassage]:
        """Small to big: the ten passages whose best units of each kind are nearest, on the mean."""
        ranked = [one.ranked(query) for one in self._passages]
        return sorted(ranked, key=lambda one: -one.place.score)[:10]

    def sentences(self, query: Vectors) -> list[UnitHit]:
        """Every sentence of every report with its similarity."""
        found = [hit for one in self._passages for hit in one.ranked(query).units]
        return [hit for hit in found if hit.unit.kind is UnitKind.SENTENCE]

    def chunks(self, query: Vectors) -> list[Place]:
        """The ten nearest chunks."""
        scores = self._chunk_vectors @ query
        return [replace(self._chunks[n], score=float(scores[n])) for n in np.argsort(-scores)[:10]]


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage with its score, and its units with their similarities."""

    place: Place
    units: tuple[UnitHit, ...]


@dataclass(frozen=True, slots=True)
class BarePassage:
    """A passage that was embedded without a head."""

    report: Report
    passage: Passage
    vectors: PassageVectors

    def ranked(self, query: Vectors) -> RankedPassage:
        """How near it is to the question: the mean of the passage, its best sentence and its best clause."""
        units = self.report.units_of(self.passage)
        scores = [float(self.vectors.whole @ query), *(self.vectors.parts @ query).tolist()]
        best = similarities(self.report, Embedded(self.passage, self.vectors), query)
        place = Place(
            self.report.name, self.passage.span, SCORES["mean of passage, sentence, clause"](best) / 3
        )
        hits = [UnitHit(self.report.name, unit, score) for unit, score in zip(units, scores, strict=True)]
        return RankedPassage(place, tuple(hits))


def sentences_in(passages: Sequence[Place], units: Sequence[UnitHit]) -> list[Place]:
    """The nearest sentences that lie in the passages, whole or in part."""
    found = [
        Place(hit.document, hit.unit.span, hit.score)
        for hit in units
        if hit.unit.kind is UnitKind.SENTENCE
        and any(
            p.document == hit.document
            and p.span.start < hit.unit.span.end
            and hit.unit.span.start < p.span.end
            for p in passages
        )
    ]
    return sorted(found, key=lambda place: -place.score)[:10]


def configurations(index: ReportIndex, encoder: Encoder, bare: BareTexts | None) -> Iterator[Configuration]:
    """The rows, each with one part more than the row above; without `bare` not the first two."""
    retriever = Retriever(index, encoder)

    def vector(question: GoldQuestion) -> Vectors:
        return np.asarray(encoder.encode_queries([understand(question.question).query])[0])

    def row(question: GoldQuestion, passages: Sequence[Place], units: Sequence[UnitHit]) -> dict[str, object]:
        """A run's row with the nearest sentences for answers, and the nearest's similarity for confidence."""

        def told(place: Place) -> dict[str, object]:
            text = place.span.of(index.report(place.document).text)
            return {"document": place.document, "text": text, "sentence": text}

        answers = sentences_in(passages, units)
        return {
            "id": question.id,
            "confidence": answers[0].score if answers else 0.0,
            "answers": [told(place) for place in answers],
            "passages": [told(place) for place in passages],
        }

    def chunks(bare: BareTexts, question: GoldQuestion) -> dict[str, object]:
        query = vector(question)
        return row(question, bare.chunks(query), bare.sentences(query))

    def small_to_big(bare: BareTexts, question: GoldQuestion) -> dict[str, object]:
        found = bare.passages(vector(question))
        return row(question, [one.place for one in found], [hit for one in found for hit in one.units])

    def with_head(question: GoldQuestion) -> dict[str, object]:
        query = vector(question)
        found = index.scored(query, index.nearest(query, 200))
        found.sort(key=lambda one: -passage_score(one))
        places = [Place(one.report.name, one.passage.span, passage_score(one)) for one in found[:10]]
        return row(question, places, [hit for one in found[:10] for hit in one.units()])

    def scope(question: GoldQuestion) -> tuple[str, ...] | None:
        return understand(question.question).scope(index.reports).documents

    def lexical(question: GoldQuestion) -> dict[str, object]:
        ids = index.worded(understand(question.question).terms, 10, scope(question))
        known = {one.id: one for one in index.scored(vector(question), ids)}
        found = [known[key] for key in ids if key in known]
        places = [Place(one.report.name, one.passage.span, -float(place)) for place, one in enumerate(found)]
        return row(question, places, [hit for one in found for hit in one.units()])

    def retrieved(question: GoldQuestion, by_scope: bool, by_words: bool) -> dict[str, object]:
        among = scope(question) if by_scope else None
        hits = list(retriever.retrieve(understand(question.question), 50, among).hits)
        if not by_words:
            hits.sort(key=lambda hit: -hit.similarity)
        places = [Place(hit.key.document, hit.passage.span, hit.score) for hit in hits[:10]]
        return row(question, places, [unit for hit in hits[:10] for unit in hit.units])

    def answered(answerer: Answerer, question: GoldQuestion) -> dict[str, object]:
        return run_row(question.id, answerer.ask(question.question), index)

    if bare:
        yield Configuration("chunks of 250 characters, nearest sentence", partial(chunks, bare))
        yield Configuration("small to big: passages by sentences and clauses", partial(small_to_big, bare))
    dense = partial(retrieved, by_words=False)
    yield Configuration("+ place, year and heading before the embedded passage", with_head)
    yield Configuration("+ prefer the part that speaks of the year", partial(dense, by_scope=False))
    yield Configuration("+ only the reports named", partial(dense, by_scope=True))
    yield Configuration("BM25 alone, of the reports named", lexical)
    yield Configuration("+ both: BM25 as a small addend", partial(retrieved, by_scope=True, by_words=True))
    by_similarity = Answerer(index, encoder, SimilarityReader(index))
    yield Configuration("+ spans and confidence by similarity", partial(answered, by_similarity))
    yield Configuration("+ the trained reader (shipped)", partial(answered, Answerer(index, encoder)))


def main(arguments: list[str]) -> None:
    """Print the table."""
    same = same_names([a.removeprefix("--same=") for a in arguments if a.startswith("--same=")])
    directory, *sets = [Path(a) for a in arguments if not a.startswith("--")]
    questions = read_gold_questions(sets)
    encoder = load_encoder()
    index = open_index(directory, encoder.identity)
    bare = None if "--indexed" in arguments else BareTexts(index, encoder)
    print(f"{len(questions)} questions, {len(index.reports)} reports\n")
    print(f"| | {' | '.join(SHOWN)} | ms |\n|{' --- |' * (len(SHOWN) + 2)}")
    for configuration in configurations(index, encoder, bare):
        started = time.perf_counter()
        judged = []
        for question in track(questions, configuration.name, console=err, transient=True):
            judged.append(judge(question, _reply(configuration, question, same)))
        each = (time.perf_counter() - started) * 1000 / len(questions)
        cells = " | ".join(_cell(judged, metric) for metric in SHOWN)
        print(f"| {configuration.name} | {cells} | {each:.0f} |", flush=True)


def _reply(configuration: Configuration, question: GoldQuestion, same: Mapping[str, str]) -> GivenReply:
    try:
        return given_reply(configuration.ask(question), same, configuration.name)
    except QuestionError:
        return missing_reply(question.id)


def _cell(judged: Sequence[Judgement], name: str) -> str:
    (metric,) = [metric for metric in METRICS if metric.name == name]
    found: Figure | None = figure_of(metric, judged)
    return f"{found.value:.2f} ({found.interval.low:.2f}–{found.interval.high:.2f})" if found else ""


if __name__ == "__main__":
    main(sys.argv[1:])
