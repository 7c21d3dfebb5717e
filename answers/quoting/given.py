"""The passages that a language model is given: of a reply, each under a name of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from answers.answer import Reply
from answers.place import Place
from indexer.report.report import Report
from indexer.text.span import Span

MOST_PASSAGES = 6
MOST_CHARACTERS = 4_000
"""Of all passages together: what a small model reads in seconds."""


@dataclass(frozen=True, slots=True)
class Given:
    """A passage as it is given: `text` is `document.text[span]`.

    Attributes:
        name: what the model calls it, P1 or P2; no report and no other passage has that name.
        region: full name of the report's place; empty where unknown.
        year: the report's; None where unknown.
        section: the number of the section that holds it.
    """

    name: str
    place: Place
    region: str
    year: int | None
    section: int
    span: Span
    text: str


def given(reply: Reply, report: Callable[[str], Report]) -> tuple[Given, ...]:
    """The passages of a reply that are given, best first; none where the reports are taken not to answer.

    `report` gives a report by its name. A passage that its report does not hold to the letter is left out.
    """
    found: list[Given] = []
    if reply.answer is None:
        return ()
    for passage in reply.passages[:MOST_PASSAGES]:
        source = report(passage.place.document)
        room = MOST_CHARACTERS - sum(len(one.text) for one in found)
        if passage.span.of(source.text) != passage.text or len(passage.text) > room:
            continue
        found.append(
            Given(
                f"P{len(found) + 1}", passage.place, source.region, source.year, passage.section,
                passage.span, passage.text,
            )
        )  # fmt: skip
    return tuple(found)
