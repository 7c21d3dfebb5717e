"""What is right in a reply: every verdict that a figure is made of, reached once a question.

The rules are the benchmark's (`answers.evaluation.scoring`), so that the figures are the same as its scorer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from answers.evaluation.questions import SPAN_KINDS, GoldQuestion, QuestionKind
from answers.evaluation.replies import GivenAnswer, GivenReply, missing_reply
from answers.evaluation.scoring import Gold, bare, character_f1, is_evidence, is_right, shows

_RIGHT_AMONG = 3
_EVIDENCE_AMONG = 5
_PASSAGES = 10


@dataclass(frozen=True, slots=True)
class PassageVerdict:
    """Where the passages show the gold.

    Attributes:
        first: the place, from 0, of the first that shows any gold entry; None where none does.
        gains: of the first ten, whether it shows an entry that none before it shows; where any one entry
            is enough, only the first such passage counts.
        relevant: how many passages would have such a gain at best. An entry that no passage shows is
            taken to stand in one of its own.
    """

    first: int | None
    gains: tuple[bool, ...]
    relevant: int


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """Of a question that one span answers.

    Attributes:
        first_right: the place, from 0, of the first right answer among the first three.
        exact: the first is right and is, but for punctuation, an accepted answer.
        f1: of the first answer; 0 where it does not stand in the evidence.
    """

    first_right: int | None
    exact: bool
    f1: float


@dataclass(frozen=True, slots=True)
class EvidenceVerdict:
    """Of a question that several sentences answer: how many of the `parts` the first answers show.

    Attributes:
        first: whether the first answer stands in any of them.
    """

    found: int
    parts: int
    first: bool


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """Of a comparison: cells that are right, gold cells, and cells filled wrongly."""

    right: int
    parts: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A question, the reply to it, and the verdicts that its kind has."""

    question: GoldQuestion
    reply: GivenReply
    passages: PassageVerdict | None = None
    answer: AnswerVerdict | None = None
    evidence: EvidenceVerdict | None = None
    cells: CellVerdict | None = None

    @property
    def first_is_right(self) -> bool:
        """Whether the first answer is right; nothing is right where the reports do not answer."""
        if self.answer:
            return self.answer.first_right == 0
        return self.evidence is not None and self.evidence.first

    @property
    def mark(self) -> float:
        """One figure, 0..1, by which two replies to the question are compared.

        The first answer is right; or the share of the parts or cells found; or that it abstained
        where nothing answers.
        """
        if self.evidence:
            return self.evidence.found / self.evidence.parts
        if self.cells:
            return self.cells.right / self.cells.parts
        return float(self.first_is_right if self.answer else self.reply.abstained)


def judge_all(questions: Sequence[GoldQuestion], replies: Sequence[GivenReply]) -> tuple[Judgement, ...]:
    """A judgement for every question; a question without a reply counts as not answered."""
    by_id = {reply.id: reply for reply in replies}
    return tuple(judge(q, by_id.get(q.id) or missing_reply(q.id)) for q in questions)


def judge(question: GoldQuestion, reply: GivenReply) -> Judgement:
    """The verdicts on one reply."""
    if question.kind is QuestionKind.UNANSWERABLE:
        return Judgement(question, reply)
    if question.kind is QuestionKind.COMPARE:
        return Judgement(question, reply, cells=_cells(question.gold, reply))
    passages = _passages(question, reply)
    if question.kind in SPAN_KINDS:
        return Judgement(question, reply, passages, answer=_span(question.gold, reply.answers))
    return Judgement(question, reply, passages, evidence=_evidence(question.gold, reply.answers))


def _passages(question: GoldQuestion, reply: GivenReply) -> PassageVerdict:
    first: int | None = None
    unseen, gains = set(question.gold), []
    for place, passage in enumerate(reply.passages):
        shown = {g for g in question.gold if g.document == passage.document and shows(passage.text, g)}
        if shown and first is None:
            first = place
        gains.append(bool(shown & unseen))
        unseen -= set(question.gold) if shown and question.kind in SPAN_KINDS else shown
    relevant = 1 if question.kind in SPAN_KINDS else sum(gains) + len(unseen)
    return PassageVerdict(first, tuple(gains[:_PASSAGES]), relevant)


def _span(gold: Sequence[Gold], answers: Sequence[GivenAnswer]) -> AnswerVerdict:
    right = (n for n, answer in enumerate(answers[:_RIGHT_AMONG]) if any(_right(answer, g) for g in gold))
    first_right = next(right, None)
    if not answers:
        return AnswerVerdict(None, False, 0.0)
    top, accepted = answers[0], [text for g in gold for text in g.answers]
    return AnswerVerdict(
        first_right,
        exact=first_right == 0 and any(bare(top.text) == bare(text) for text in accepted),
        f1=character_f1(top.text, accepted) if any(_in_place(top, g) for g in gold) else 0.0,
    )


def _evidence(gold: Sequence[Gold], answers: Sequence[GivenAnswer]) -> EvidenceVerdict:
    looked_at = answers[: max(_EVIDENCE_AMONG, len(gold))]
    return EvidenceVerdict(
        found=sum(any(_in_place(answer, g) for answer in looked_at) for g in gold),
        parts=len(gold),
        first=any(_in_place(answer, g) for answer in answers[:1] for g in gold),
    )


def _cells(gold: Sequence[Gold], reply: GivenReply) -> CellVerdict:
    filled = {cell.document: cell.answer for cell in reply.cells}
    right = wrong = 0
    for entry in gold:
        answer = filled.get(entry.document)
        if answer and _right(answer, entry):
            right += 1
        elif answer:
            wrong += 1
    asked = {entry.document for entry in gold}
    extra = sum(answer is not None and document not in asked for document, answer in filled.items())
    return CellVerdict(right, len(gold), wrong + extra)


def _in_place(answer: GivenAnswer, gold: Gold) -> bool:
    return answer.document == gold.document and is_evidence(answer.sentence, gold)


def _right(answer: GivenAnswer, gold: Gold) -> bool:
    return answer.document == gold.document and is_right(answer.text, answer.sentence, gold)
