"""What a figure is in its sentence: of which of several matters, and whether the former value or the new.

Reports save words by naming several matters first and their figures after 分别, in the same order: 粮食、油料
产量分别达118万吨、33万吨. The figure of the second matter then stands far from its name and next to a
neighbour's. 从1484元提高到1536元 tells two values of one matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answers.quantities.figures import Figure
from answers.reading.twins import Twin, parts_told
from indexer.text.sentences import CLAUSE_MARK, PART_MARK, Clauses
from indexer.text.span import Span

_RESPECTIVELY = re.compile(r"分别|依次")
_BETWEEN_FIGURES = re.compile(
    r"(?:[、，,和与及]|以及|[^\S\n]|增长|增加|提高|下降|降低|达到?|[为至到])*+(?:[（(][^）)]*[）)])?"
)
_THEN = re.compile(r"[^，,；;。！？：:、\n\d]{0,8}(?:到|至|为|成)了?[^，,；;。！？：:、\n\d]{0,4}")
# By which the matter asked for must be more like the question than any other: of 143 such sentences behind the
# training's questions 115 are then decided right, 5 wrong, the rest left to the model.
_EDGE = 0.1


@dataclass(frozen=True, slots=True)
class Respective:
    """A matter and the figure that belongs to it, and its earlier figure where that is told too.

    `twin` tells which it is where the words of `matter` stand for all of the list: 城镇 for the first of 城乡居民.
    """

    matter: Span
    figure: Figure
    former: Figure | None = None
    twin: Twin | None = None


def lists_of(text: str, sentence: Span, figures: Sequence[Figure]) -> tuple[tuple[Respective, ...], ...]:
    """The lists of a sentence of `text`, in Simplified characters; `figures` are those of the sentence."""
    return tuple(_groups(text, sentence, figures))


def asked(text: str, listed: Sequence[Respective], query: str) -> Respective | None:
    """The matter of a list that `query` has most of; None if not clearly more than of any other."""
    twins = [r for r in listed if r.twin is not None]
    if twins:
        named = [r for r in twins if r.twin is not None and r.twin.pattern.search(query)]
        return named[0] if len(named) == 1 else None
    matters = [re.sub(r"\W", "", respective.matter.of(text)) for respective in listed]
    # The last one often ends with what all have in common: 厦门、福州机场旅客吞吐量.
    matters[-1] = matters[-1][: max(map(len, matters[:-1]))]
    shares = [_share(matter, query) for matter in matters]
    first, second = sorted(shares, reverse=True)[:2]
    return listed[shares.index(first)] if first - second >= _EDGE else None


def named_before(text: str, sentence: Span, figures: Sequence[Figure], words: str) -> list[float]:
    """How alike, 0..1, the words before each figure and `words` are: the F1 of their pairs of characters (Dice 1945).

    人均地区生产总值 is less like 地区生产总值 than that itself, and so is 出生率 than 全年出生人口 like 出生人口.

    Before it means since the figure before or since the clause began: 完成铁路投资8000亿元、公路投资1.8万亿元.
    """
    shares, since = [], sentence.start
    wanted = {word[n : n + 2] for word in words.split() for n in range(len(word) - 1)}
    for figure in figures:
        before = PART_MARK.split(text[since : figure.span.start])[-1]
        pairs = {before[n : n + 2] for n in range(len(before) - 1)}
        both = len(pairs & wanted)
        shares.append(2 * both / (len(pairs) + len(wanted)) if both else 0.0)
        since = figure.span.end
    return shares


def words_of(text: str, sentence: Span, figure: Figure, lists: Sequence[Sequence[Respective]]) -> str:
    """What a sentence says of a figure: its matter in a list, else all that stands before it."""
    for respective in (r for listed in lists for r in listed):
        if figure in (respective.figure, respective.former):
            # Of 城乡居民 … 分别 the words stand for all of the list, and `asked` has chosen.
            return "" if respective.twin is not None else respective.matter.of(text)
    return text[sentence.start : figure.span.start]


def _groups(text: str, sentence: Span, figures: Sequence[Figure]) -> Iterator[tuple[Respective, ...]]:
    within = Clauses.of(text, sentence)
    for word in _RESPECTIVELY.finditer(text, sentence.start, sentence.end):
        run = _run(text, word.end(), figures)
        clause = Span(within.around(Span(*word.span())).start, word.start())
        matters = _matters(text, clause, len(run))
        if matters:
            yield tuple(map(Respective, matters, run))
        elif parts := parts_told(clause.of(text), len(run)):
            # 城乡居民人均可支配收入分别增长5.2%、7.3%
            yield tuple(Respective(clause, f, twin=part) for f, part in zip(run, parts, strict=True))
        elif len(run) % 2 == 0 and (pairs := _changed(text, run)):
            # 补贴、护理标准分别从202元、270元提高到209元、280元
            matters = _matters(text, clause, len(pairs))
            yield tuple(Respective(m, new, old) for m, (old, new) in zip(matters, pairs, strict=False))


def _run(text: str, start: int, figures: Sequence[Figure]) -> list[Figure]:
    """The figures after `start` with hardly a word between them."""
    run: list[Figure] = []
    position = start
    for figure in figures:
        if figure.span.start < start:
            continue
        gap = text[position : figure.span.start]
        near = _BETWEEN_FIGURES.fullmatch(gap) if run else len(gap) <= 8 and not CLAUSE_MARK.search(gap)
        if not near:
            break
        run.append(figure)
        position = figure.span.end
    return run


def _changed(text: str, run: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The old and the new figure of each matter, where the run tells first all the old and then all the new."""
    half = len(run) // 2
    if half < 2 or not _THEN.fullmatch(text[run[half - 1].span.end : run[half].span.start]):
        return []
    return list(zip(run[:half], run[half:], strict=True))


def _matters(text: str, clause: Span, count: int) -> list[Span]:
    """The clause in `count` matters; empty where it does not divide so."""
    if count < 2:
        return []
    for pattern in (r"[、和与及]", "、"):
        borders = [m.span() for m in re.finditer(pattern, text[clause.start : clause.end])]
        if len(borders) == count - 1:
            edges = [0, *(edge for border in borders for edge in border), len(clause)]
            return [
                Span(clause.start + edges[n], clause.start + edges[n + 1]) for n in range(0, len(edges), 2)
            ]
    return []


def _share(matter: str, query: str) -> float:
    """The share of the matter's characters and pairs of characters that the question has."""
    parts = [*matter, *(matter[n : n + 2] for n in range(len(matter) - 1))]
    return sum(part in query for part in parts) / len(parts) if parts else 0.0
