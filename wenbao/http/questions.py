"""Addresses that ask: one question, its passages, a comparison of reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Header
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from wenbao.http import examples
from wenbao.http.line import LongWork
from wenbao.http.service import At, answer
from wenbao.http.streams import LINES_TOO, told, wants_lines
from wenbao.records import Comparison, Passage, Reply

router = APIRouter(prefix="/v1", tags=["questions"])


class Question(BaseModel):
    """A question, and the names of the reports that it is put to; without them the question tells which."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.QUESTION]})

    question: Annotated[str, Field(description="At most 500 characters")]
    documents: Annotated[list[str] | None, Field(min_length=1)] = None


class GoingOn(Question):
    """A question that may go on from another (那去年呢？), and the names of the reports that it is put to."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [examples.QUESTION, examples.FOLLOW_UP, examples.SEVERAL]}
    )

    after: Annotated[
        str | None,
        Field(
            description="The complete question before, `question` of its reply: where this one cannot stand alone, it is "
            "completed from it, and `question` of the reply is what was asked then"
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages that bear on a question, best first, at most 10. `read_as`: as in `Reply`."""

    question: str
    read_as: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Replies:
    """A reply to each question that was asked in one, in their order; `question` of each is that question."""

    replies: tuple[Reply, ...]


@router.post("/ask", response_model=Reply)
async def ask(asked: GoingOn, here: At) -> Response:
    """Answer a question in the reports' own words.

    `answer` is null where the reports are taken not to answer; the nearest there is stands in `candidates`.
    """
    return answer(await _reply(asked, here))


@router.post("/ask/each", response_model=Replies)
async def ask_each(asked: GoingOn, here: At) -> Response:
    """As `ask`, with a reply to each question where several were surely asked in one, at most 6; else one reply.

    Each of them counts as a question, and may take as long as one.
    """
    here.visit.question = asked.question
    library = here.service.library
    parts = await here.service.reading.do(
        lambda: library.parts(asked.question, after=asked.after), here.service.seconds
    )
    here.visit.count(len(parts) - 1)  # the first was counted at the door
    work = here.service.asking.do(
        lambda: library.ask_each(asked.question, asked.documents, after=asked.after),
        here.service.seconds * len(parts),
    )
    return answer(Replies(tuple(await work)))


@router.post("/passages", response_model=Passages)
async def passages(asked: GoingOn, here: At) -> Response:
    """The passages that bear on a question: those of `ask`."""
    reply = await _reply(asked, here)
    return answer(Passages(reply.question, reply.read_as, reply.passages))


@router.post(
    "/compare",
    response_model=Comparison,
    responses=LINES_TOO,
)
async def compare(asked: Question, here: At, accept: Annotated[str | None, Header()] = None) -> Response:
    """Put one question to several reports, each on its own.

    With `Accept: application/x-ndjson` a line of JSON tells of every report that was read, then every cell is a line, and
    the last one has what else is known. The cells of a column are weighed against one another, so none is sure before
    the last report was read.
    """
    here.visit.question = asked.question
    library = here.service.library
    work = LongWork(
        here.service.comparing,
        lambda tell: library.compare(asked.question, asked.documents, progress=tell),
        here.service.long_seconds,
    )
    if wants_lines(accept):
        return await told(work, here.visit.teller, _lines)
    return answer(await work.done())


async def _reply(asked: GoingOn, here: At) -> Reply:
    here.visit.question = asked.question
    library = here.service.library
    return await here.service.asking.do(
        lambda: library.ask(asked.question, asked.documents, after=asked.after), here.service.seconds
    )


def _lines(comparison: Comparison) -> Iterator[dict[str, Any]]:
    rest = asdict(comparison)
    for cell in rest.pop("cells"):
        yield {"cell": cell}
    yield {"end": rest}
