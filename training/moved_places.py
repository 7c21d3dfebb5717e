"""Questions moved to another place than their report's: `python -m training.moved_places QUESTIONS… --write FILE`.

宁波's report does not say how many charging piles 杭州, 鄞州区, 浙江 or the nation builds, though it has every other word of
such a question and a figure of the right kind: the confidence learns from them what it counts that an answer is told of
another place (`answers.reading.other_subject`). What is written is a question set without answers, for
`python -m answers evaluate FILE --own-report --write RUN` and `calibrate`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from answers.evaluation.questions import GoldQuestion, QuestionKind, read_gold_questions
from indexer.report.regions import CITY, COUNTY, PROVINCE, Region, region_named, regions
from indexer.text.characters import simplified

_OF_THE_OWN = re.compile("我省|全省|本省|省里|我区|全区|我市|全市|本市")
_NATION = ("全国", "我国", "国家", "中国")

app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)


@dataclass(frozen=True, slots=True)
class MovedQuestion:
    """A question of another place; `about` is the report whose question it was, and which does not answer it."""

    id: str
    question: str
    about: str


def moved(questions: Sequence[GoldQuestion], seed: int = 13) -> Iterator[MovedQuestion]:
    """Each question that has an answer and a report of a known place, moved to another place.

    It is the nation or what lies around the place, a place of the same level that no report is of, or one inside; none
    whose name stands in the evidence.
    """
    chance = random.Random(seed)
    asked = {question.about: place_of(question.about) for question in questions if question.about}
    there = {region for region in asked.values() if region is not None}
    for question in questions:
        own = asked.get(question.about or "")
        query = simplified(question.question)
        if own is None or not question.gold or question.kind is QuestionKind.ENGLISH or query.isascii():
            continue
        name = chance.choice(list(_others(own, there, chance)))
        if any(name[:2] in simplified(gold.quote) for gold in question.gold):
            continue
        yield MovedQuestion(f"moved-{question.id}", _renamed(query, own, name), str(question.about))


def place_of(document: str) -> Region | None:
    """The place that a report's name tells, as the question sets have it: 阜阳市2019, 2025年山西省政府工作报告."""
    return region_named(document)


def _others(own: Region, there: set[Region], chance: random.Random) -> Iterator[str]:
    """A name each of a wider place, one beside and one inside, where there is one."""
    around = [region for region in regions() if region != own and own.lies_in(region)]
    yield chance.choice([*_NATION, *(name for region in around for name in (region.name, region.short))])
    beside = [
        region for region in regions() if region.level == own.level and region not in there and region != own
    ]
    one = chance.choice(beside)
    yield chance.choice((one.name, one.short)) if own.level != COUNTY else one.name
    level = {PROVINCE: CITY, CITY: COUNTY}.get(own.level)
    inside = [region for region in regions() if region.level == level and region.lies_in(own)]
    if inside:
        one = chance.choice(inside)
        yield chance.choice((one.name, one.short)) if len(one.short) > 1 else one.name


def _renamed(query: str, own: Region, name: str) -> str:
    bare = _OF_THE_OWN.sub("", query)
    for said in (own.full, own.name, own.short):
        if said in bare:
            return bare.replace(said, name, 1)
    return name + bare


@app.command()
def main(
    questions: Annotated[list[Path], typer.Argument(help="问题集 Question sets", exists=True)],
    write: Annotated[Path, typer.Option(help="写到哪里 Where to write them")],
    most: Annotated[int, typer.Option(help="最多几题 Questions at most")] = 700,
) -> None:
    """Write questions of other places."""
    found = list(moved([q for path in questions for q in read_gold_questions([path])]))
    found = random.Random(13).sample(found, min(most, len(found)))
    write.write_text(
        "".join(
            json.dumps(
                {
                    "id": one.id,
                    "kind": "unanswerable",
                    "question": one.question,
                    "doc": one.about,
                    "gold": [],
                },
                ensure_ascii=False,
            )
            + "\n"
            for one in found
        ),
        encoding="utf-8",
    )
    typer.echo(f"{len(found)}")


if __name__ == "__main__":
    app()
