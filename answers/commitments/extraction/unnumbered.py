"""Commitments without a number: 开工建设宁波西站. A second kind, which nobody gets without asking."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answers.commitments.extraction.target_or_result import year_of
from answers.commitments.rows import Commitment, StatementKind
from answers.place import Place
from answers.quantities.figures import tally
from indexer.report.records import Passage
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.text.sentences import clauses, sentences

# Verbs whose fulfilment anybody can see. 推进, 深化 and 加强 promise nothing that could be checked.
_CONCRETE = re.compile(
    r"(?:今年|全年|年内|全面|正式|力争|确保|争取|新|再)*"
    r"(?P<verb>开工建设|建成投用|建成投产|建成投运|建成开放|建成|新建|开工|竣工|开通运营|开通|通车|启用|投用|投运|投产|"
    r"启动建设|启动实施|启动|出台|制定实施|制定|编制完成|编制|修订|颁布|设立|成立|组建|挂牌|举办|承办|办好|"
    r"完成|创建|争创|获批|实现|上线|发行|取消|废止|整合组建)"
    r"(?P<object>.{4,})"
)
# 实现高质量发展 is a wish, not a thing that gets done.
_VAGUE = re.compile(
    r"高质量|新(?:突破|跨越|提升|发展|作为|进展)|良性|有效|更大|更加|协调|同步|全覆盖$|目标|任务$"
)
_WORK = (Role.TASKS, Role.REQUIREMENTS, Role.OWN_WORK)


def unnumbered_commitments(report: Report) -> tuple[Commitment, ...]:
    """The clauses of a report's plans that promise a thing without saying how much, in their order."""
    original = report.text
    text = report.simplified
    return tuple(
        row
        for passage in report.passages
        if report.role_of(passage) in _WORK
        for row in _promises(report, text, original, passage)
    )


def _promises(report: Report, text: str, original: str, passage: Passage) -> Iterator[Commitment]:
    heading = report.sections[passage.section].heading
    for sentence in sentences(text, passage.span):
        if heading.holds(sentence):
            continue
        for clause in clauses(text, sentence):
            match = _CONCRETE.fullmatch(clause.of(text))
            if match is None or tally(text, clause) or _VAGUE.search(match["object"]):
                continue
            year = year_of(StatementKind.TARGET, text[sentence.start : clause.end], "", report.year)
            yield Commitment(
                place=Place.of(report, passage.section, clause),
                span=clause,
                text=clause.of(original),
                amount=None,
                object=match["object"],
                action=match["verb"],
                kind=StatementKind.TARGET,
                year=year,
                sentence=sentence,
                section=passage.section,
            )
