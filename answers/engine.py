"""From a question to a reply: retrieve, read, weigh."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from answers.answer import Answer, FoundPassage, Reply, Signals
from answers.place import Place
from answers.reading.all_work import find_all_work
from answers.reading.articles import find_articles
from answers.reading.confidence import Calibration
from answers.reading.cross_reader import CrossReader
from answers.reading.reader import Candidate, LookedUp, Reader, ReadPassages
from answers.reading.seen import signals_of
from answers.retriever import PassageHit, Retrieval, Retriever
from answers.understanding.nearness import Nearness, nearness
from answers.understanding.question import Understanding
from answers.understanding.scope import Scope
from answers.understanding.spelling import understand_spelled
from embeddings import Encoder, Vectors
from embeddings.cross_encoder import load_cross_encoder
from indexer.index import ReportIndex
from indexer.location import names_of
from indexer.twins import twins_among

_PASSAGES = 10
_ANSWERS = 10


class Answerer:
    """Answers questions from one index. Safe to use from several threads.

    A better retriever or reader takes the place of the ones here behind the same interfaces.
    """

    def __init__(
        self,
        index: ReportIndex,
        encoder: Encoder,
        reader: Reader | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.index = index
        self._retriever = Retriever(index, encoder)
        self._reader = reader or shipped_reader(index)
        self._calibration = calibration or self._reader.calibration

    def threshold_of(self, reply: Reply) -> float:
        """The confidence under which such a reply abstains."""
        return self._threshold(reply.signals)

    def _threshold(self, signals: Signals | None) -> float:
        return (self._calibration if signals is None else self._calibration.of(signals)).threshold

    def understand(self, text: str) -> Understanding:
        """What a question asks, with characters typed for others of the same sound read as the reports' words.

        Raises:
            QuestionError: it is empty, too long or no question.
        """
        return understand_spelled(text, self.index.lexical.frequency)

    def ask(self, asked: str | Understanding, documents: Collection[str] | None = None) -> Reply:
        """Answer a question from the reports it is about, or from `documents` alone.

        `asked` is what the user typed, or what was understood of it, with the user's corrections.
        A lone name in `documents` means that report.

        Raises:
            QuestionError: the question is empty, too long or no question.
            IndexFault: a document is not in the index.
        """
        started = time.perf_counter()
        question = self.understand(asked) if isinstance(asked, str) else asked
        scope = question.scope(self.index.reports)
        if documents is not None:
            scope = replace(scope, documents=names_of(documents), strict=True)
        near = nearness(scope, self.index.reports)
        # Of a report that is there twice only one copy answers: the other would be its own rival.
        copies = twins_among(self.index.reports).silent_among(None if near is None else near.searched)
        retrieval = self._retriever.retrieve_near(question, near, _PASSAGES, copies)
        return self._reply(question, scope, near, retrieval, started)

    def encode(self, question: Understanding) -> Vectors:
        """The vector of a question, for `ask_report`."""
        return self._retriever.encode(question)

    def ask_report(
        self,
        question: Understanding,
        vector: Vectors,
        document: str,
        passages: int = _PASSAGES,
        bonus: Callable[[str], float] = lambda passage: 0.0,
    ) -> Reply:
        """Answer from one report alone, and only from its parts that speak of the period asked for.

        `passages` of them are read; the question is not embedded again. `bonus` of a passage's text,
        in Simplified characters, is added to its similarity.

        Raises:
            IndexFault: the document is not in the index.
        """
        started = time.perf_counter()
        found = self._retriever.retrieve_report(question, vector, document)
        whole = self.index.report(document).simplified
        fitting = [
            replace(hit, score=hit.score + bonus(hit.passage.span.of(whole)))
            for hit in found.hits
            if hit.agreement >= 0
        ]
        fitting.sort(key=lambda hit: -hit.score)
        return self._reply(
            question,
            Scope((document,), strict=True),
            None,
            replace(found, hits=tuple(fitting[:passages])),
            started,
        )

    def _reply(
        self,
        question: Understanding,
        scope: Scope,
        near: Nearness | None,
        retrieval: Retrieval,
        started: float,
    ) -> Reply:
        """Read and weigh what was retrieved since `started`, on the clock of `time.perf_counter`."""
        looked_up = self._looked_up(question, scope, retrieval.hits)
        signals = None
        if looked_up is not None:
            read = ReadPassages(retrieval.hits, looked_up.candidates, apart=0.0)
            confidence = looked_up.chance
        else:
            read = self._reader.read(question, retrieval.hits)
            signals = signals_of(self.index, retrieval, question, read, near) if read.candidates else None
            confidence = self._calibration.confidence(signals) if signals is not None else 0.0
        together = looked_up is not None and looked_up.together
        return Reply(
            question=question,
            scope=scope,
            candidates=tuple(self._answer(c) for c in read.candidates[: None if together else _ANSWERS]),
            passages=tuple(self._passage(hit) for hit in read.hits),
            confidence=confidence,
            abstained=confidence < self._threshold(signals),
            signals=signals,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            apart=read.apart,
            together=together,
        )

    def _looked_up(
        self, question: Understanding, scope: Scope, hits: Sequence[PassageHit]
    ) -> LookedUp | None:
        """What answers without being read: an article by its number, all the work of a year by the headings of the one report asked."""
        if question.article is not None:
            return find_articles(self.index, question.article, hits)
        # A cell of a table has room for one of the headings, which would stand for all.
        if not question.all_work or question.brief:
            return None
        asked = [r.name for r in self.index.reports] if scope.documents is None else list(scope.documents)
        if len(asked) != 1:
            return None
        report = self.index.report(asked[0])
        return find_all_work(report, question.period_for(report.year))

    def _answer(self, candidate: Candidate) -> Answer:
        report = self.index.report(candidate.passage.document)
        passage = report.passages[candidate.passage.number]
        return Answer(
            place=Place.of(report, passage.section, candidate.span),
            text=candidate.span.of(report.text),
            span=candidate.span,
            sentence=candidate.sentence,
            passage=passage.span,
            section=passage.section,
            score=candidate.score,
        )

    def _passage(self, hit: PassageHit) -> FoundPassage:
        report = self.index.report(hit.key.document)
        span = hit.passage.span
        return FoundPassage(
            place=Place.of(report, hit.passage.section, span),
            text=span.of(report.text),
            span=span,
            section=hit.passage.section,
            score=hit.score,
        )


def shipped_reader(index: ReportIndex) -> Reader:
    """The trained reader whose weights ship with the project.

    Raises:
        ModelError: its files are missing or broken.
    """
    return CrossReader(index, load_cross_encoder())
