"""Values of one column say the same kind of thing: where one cell's unit is not the others', look again.

«城镇新增就业目标» is answered in 万人 by eight reports and by «4.5%以内», the figure beside it in the same
sentence, by the ninth. A single report cannot tell; the column can.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from answers.answer import Answer, Reply
from answers.comparison.values import Kind, Value, answer_value, is_of_kind, kind_of
from answers.understanding.wanted import Ask
from indexer.index import ReportIndex

# How many logits a figure of the common kind may stand below the reader's first choice, in one sentence.
_SAME_SENTENCE = 8.0
_FEWEST = 3  # cells that must agree


def agreeing(replies: Sequence[Reply], index: ReportIndex) -> list[Reply]:
    """The replies of one column, their answers reordered where a figure of the commonest kind was near."""
    if not any(reply.question.ask is Ask.NUMBER for reply in replies):
        return list(replies)
    values = [_value(reply.candidates[0], index) if reply.candidates else None for reply in replies]
    kinds = Counter(kind_of(value) for value in values if value is not None)
    if not kinds:
        return list(replies)
    common, count = kinds.most_common(1)[0]
    if count < _FEWEST or 2 * count <= kinds.total():
        return list(replies)
    return [
        reply if value is not None and is_of_kind(value, common) else _promoted(reply, common, index)
        for reply, value in zip(replies, values, strict=True)
    ]


def _promoted(reply: Reply, common: Kind, index: ReportIndex) -> Reply:
    """The reply with the best figure of the kind first, if its first sentence has one that is near enough."""
    for answer in reply.candidates[1:]:
        first = reply.candidates[0]
        near = answer.sentence == first.sentence and first.score - answer.score <= _SAME_SENTENCE
        value = _value(answer, index) if near else None
        if value is not None and is_of_kind(value, common):
            others = tuple(other for other in reply.candidates if other is not answer)
            return replace(reply, candidates=(answer, *others))
    return reply


def _value(answer: Answer, index: ReportIndex) -> Value | None:
    return answer_value(answer, index.report(answer.place.document).text)
