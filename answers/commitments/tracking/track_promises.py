"""What became of the promises without a number: 开工建设宁波西站.

A promise meets the clause of the later report's review that holds most of its name, rare characters counting most.
Only words settle it: 建成投用 keeps the promise to build, 加快建设 does not. Where the name is not all there, or a
part, a stage or a number of it differs (一期, 二期), nothing is settled.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from answers.commitments.extraction.extract import commitments
from answers.commitments.extraction.target_or_result import kind_of, looks_back
from answers.commitments.extraction.unnumbered import STAGE_ALONE, unnumbered_commitments
from answers.commitments.rows import Commitment, StatementKind
from answers.commitments.tracking.indicators import Likeness, Name, indicator_name
from answers.commitments.tracking.proof import PROVED, SAID_MISSED, Status
from answers.commitments.tracking.relations import related, relation_of
from answers.commitments.tracking.stages import (
    Stage,
    is_asked_of_others,
    may_be_missed,
    promised,
    settled,
    told,
)
from answers.commitments.tracking.thing_names import abbreviates, has_numbers, is_it, thing_name
from answers.commitments.tracking.track import Tracked, check_pair
from answers.knowledge.tables import Row, alternatives, rows
from answers.place import Place
from answers.reading.years_told import YearsTold
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.sentences import clauses, sentences
from indexer.text.span import Span

_promises = partial(rows, Row, "promises")
_FRAME = re.compile(alternatives(_promises("frame")))
_MENTIONED = 0.45  # of the weight of a name must stand in a clause for it to speak of the thing
_PROMISED_AGAIN = 0.8  # … of a plan, where the review is silent
_BEFORE, _COUNTS_BEFORE = 60, 0.5  # characters before a clause in its sentence, and what they count
_TELLING = 64  # clauses that a pair of characters may be in and still propose them
_NEAREST = 12  # clauses that share most pairs with a name, which are weighed
_SHORT_NAME = 6  # characters of a name that must be there as a whole
_EXACT = 0.9  # … of what is pursued without an end
_RELATION_NAMED = 0.6  # of an indicator's name, in the clause that says how it compares
_GAP = 6  # characters between two pairs of a name that stand together
_NAMED = 0.72  # … for its words to settle what became of it


def track_promises(earlier: Report, later: Report) -> tuple[Tracked, ...]:
    """Every promise without a number of `earlier`, in its order, with what `later` says of it.

    Raises:
        LedgerError: as `track`.
    """
    check_pair(earlier, later)
    return promises_in(unnumbered_commitments(earlier, commitments(earlier)), later)


def promises_in(promises: Sequence[Commitment], later: Report) -> tuple[Tracked, ...]:
    """Some promises without a number, in their order, with what `later` says of them."""
    done, planned = (_Said.of(later, kind) for kind in (StatementKind.ACHIEVED, StatementKind.TARGET))
    return tuple(_tracked(promise, done, planned) for promise in promises)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause that tells of what was done, with its sentence and the number of its section; `before` are the words of its
    sentence in front of it, which may name what it is of."""

    span: Span
    sentence: Span
    section: int
    name: Name
    before: Name


@dataclass(frozen=True, slots=True)
class _Said:
    """What a report says was done, or is to be done: its clauses, and in which of them each pair of neighbouring
    characters is."""

    report: Report
    clauses: tuple[_Clause, ...]
    holding: dict[str, list[int]]
    likeness: Likeness
    years: YearsTold

    @classmethod
    def of(cls, report: Report, kind: StatementKind) -> _Said:
        found = tuple(_clauses(report, kind))
        holding: dict[str, list[int]] = defaultdict(list)
        for number, clause in enumerate(found):
            for pair in clause.name.pairs:
                if len(pair) == 2:
                    holding[pair].append(number)
        return cls(
            report,
            found,
            holding,
            Likeness.of_forms(clause.name.form for clause in found),
            YearsTold.of(report),
        )

    def nearest(self, name: Name) -> tuple[_Clause | None, float]:
        """The clause that holds most of a name, the first of equals, and how much, 0..1."""
        found = [self.holding.get(pair, ()) for pair in sorted(name.pairs)]
        shared = Counter(number for clauses in found if len(clauses) <= _TELLING for number in clauses)
        nearest = sorted(shared, key=lambda number: (-shared[number], number))[:_NEAREST]
        weights = {n: self._shared(name, self.clauses[n]) for n in nearest}
        if not weights:
            return None, 0.0
        best = max(weights, key=lambda number: (weights[number], -number))
        return self.clauses[best], weights[best] / self.likeness.weigh(name.pairs)

    def _shared(self, name: Name, clause: _Clause) -> float:
        """How much of a name a clause holds, and for less what stands before it in its sentence."""
        here = name.pairs & clause.name.pairs
        before = (name.pairs - here) & clause.before.pairs
        return self.likeness.weigh(here) + _COUNTS_BEFORE * self.likeness.weigh(before)


def _clauses(report: Report, kind: StatementKind) -> Iterator[_Clause]:
    """The clauses that tell of what was done, or of what is to be done, in order."""
    text = report.simplified
    for passage in report.passages:
        role = report.role_of(passage)
        if role is Role.GLOSSARY or report.is_aside(passage.span.start):
            continue
        heading = report.sections[passage.section].heading
        back = False
        for sentence in sentences(text, passage.span):
            if heading.holds(sentence):
                continue
            words = sentence.of(text)
            back = looks_back(words, back)
            for clause in clauses(text, sentence):
                if kind_of(role, words, clause.of(text), back) is kind:
                    before = text[max(sentence.start, clause.start - _BEFORE) : clause.start]
                    yield _Clause(
                        clause, sentence, passage.section, thing_name(clause.of(text)), thing_name(before)
                    )


def _tracked(promise: Commitment, done: _Said, planned: _Said) -> Tracked:
    indicator = indicator_name(promise)
    if (relation := relation_of(promise.action)) is not None:
        return _tracked_relation(promise, relation, done)
    name = thing_name(promise.object)
    clause, likeness = done.nearest(name)
    if clause is None or likeness < _MENTIONED:
        again, likeness = planned.nearest(name)
        if again is None or likeness < _PROMISED_AGAIN:
            return Tracked(indicator, promise, None, Status.NOT_MENTIONED, "后一份报告没有提到这件事", 0.0)
        status, reason = Status.UNVERIFIED, "后一份报告没有说结果，又列为新的任务"
        if is_asked_of_others(promise.action):
            status, reason = Status.UNDER_WAY, "后一份报告又列为任务，还在争取"
        return Tracked(indicator, promise, _row(promise, again, planned.report), status, reason, likeness)
    report = done.report
    text = report.simplified
    outcome = _row(promise, clause, report)
    wanted = promised(promise.action, promise.object)
    exact = wanted is Stage.PURSUED
    whole = exact or len(name.form) <= _SHORT_NAME
    called = clause.span.of(text)
    if (
        not exact
        and likeness < _EXACT
        and has_numbers(promise.object, called, called)
        and abbreviates(name.form, clause.name.form)
    ):
        likeness = _EXACT
    elif likeness < (_EXACT if whole else _NAMED) or not is_it(name, promise.object, called, exact):
        reason = "两份报告的说法不完全相同，请核对是否同一件事"
        return Tracked(indicator, promise, outcome, Status.UNVERIFIED, reason, likeness)
    stage = _told(text, clause, _where(promise.object, name, text, clause.span))
    status, reason = settled(wanted, stage, clause.sentence.of(text))
    if status is Status.MISSED and (
        likeness < _EXACT
        or not may_be_missed(promise.text, promise.object, called)
        or done.years.is_among_several(clause.sentence, clause.span.start)
    ):
        status, reason = Status.UNDER_WAY, "报告说还在进行"
    if (
        status is not Status.DONE
        and promise.year is not None
        and promise.year >= (report.year or promise.year + 1)
    ):
        status, reason = Status.UNDER_WAY, f"目标年份是 {promise.year} 年，尚未到期"
    return Tracked(indicator, promise, outcome, status, reason, likeness)


def _tracked_relation(promise: Commitment, relation: str, done: _Said) -> Tracked:
    """What became of an indicator that was to keep up with another or to stay within a task."""
    report = done.report
    name = Name.of(promise.object)
    clause, likeness = done.nearest(Name.of(promise.object + promise.action))
    told = related(relation, clause.span.of(report.simplified)) if clause is not None else None
    if clause is None or told is None or done.likeness.in_clause(name, clause.name) < _MENTIONED:
        clause, likeness = done.nearest(name)
        told = None
    if clause is None or likeness < _MENTIONED:
        reason = "后一份报告没有提到这件事"
        return Tracked(indicator_name(promise), promise, None, Status.NOT_MENTIONED, reason, 0.0)
    status, reason = told or (Status.UNVERIFIED, "报告提到这一指标，没有说与承诺相比怎样")
    if status is not Status.UNVERIFIED and SAID_MISSED.search(clause.sentence.of(report.simplified)):
        status, reason = Status.UNVERIFIED, "报告提到没有做到，请看原文"
    if status in PROVED and done.likeness.in_clause(name, clause.name) < _RELATION_NAMED:
        status, reason = Status.UNVERIFIED, "两份报告的说法不完全相同，请核对是否同一指标"
    return Tracked(indicator_name(promise), promise, _row(promise, clause, report), status, reason, likeness)


def _row(promise: Commitment, clause: _Clause, report: Report) -> Commitment:
    """A clause of the later report as what it says of a promise."""
    return Commitment(
        Place.of(report, clause.section, clause.span), clause.span, clause.span.of(report.text), None,
        promise.object, "", StatementKind.ACHIEVED, (report.year or 1) - 1, clause.sentence, clause.section,
    )  # fmt: skip


def _where(promised_name: str, name: Name, text: str, clause: Span) -> Span:
    """Where in a clause a name stands: as it was promised, else the run of pairs of characters that they share, with small
    gaps, that has most of them; 服务 of 服务平台 far behind 服务热线 is no part of it."""
    words = clause.of(text)
    if (at := words.find(promised_name)) >= 0:
        return Span(clause.start + at, clause.start + at + len(promised_name))
    runs: list[list[int]] = []
    for at in range(len(words) - 1):
        if words[at : at + 2] not in name.pairs:
            continue
        if runs and at - runs[-1][-1] <= _GAP:
            runs[-1].append(at)
        else:
            runs.append([at])
    if not runs:
        return clause
    longest = max(runs, key=len)
    return Span(clause.start + longest[0], clause.start + longest[-1] + 2)


def _told(text: str, clause: _Clause, where: Span) -> Stage | None:
    """What a clause says that a thing has come to, or the one behind it that names no thing: 强力推进大桥工程，建成通车."""
    if _FRAME.match(text, clause.span.start, clause.span.end):
        return None
    stage = told(text, clause.span, where)
    if stage in (None, Stage.UNDER_WAY):
        behind = next((one for one in clauses(text, clause.sentence) if one.start >= clause.span.end), None)
        if behind is not None and STAGE_ALONE.fullmatch(text, behind.start, behind.end):
            return told(text, behind, Span(behind.start, behind.start)) or stage
    return stage
