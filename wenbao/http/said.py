"""Addresses of what people said and did: feedback on answers, and the log of changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from answers.feedback import Verdict
from indexer.people.changes import Change, changes
from wenbao.http import examples
from wenbao.http.service import At, answer
from wenbao.pages import Page, next_offset
from wenbao.records import Feedback
from wenbao.saying import FeedbackPage, feedback_page

router = APIRouter(prefix="/v1", tags=["people"])
_Offset = Annotated[int, Query(ge=0, le=1_000_000_000)]
_Limit = Annotated[int, Query(ge=1, le=1000)]


class Said(BaseModel):
    """What somebody says of an answer, and the question and the reports that it was asked with."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.FEEDBACK]})

    question: Annotated[str, Field(description="At most 500 characters")]
    documents: Annotated[list[str] | None, Field(min_length=1)] = None
    answer: Annotated[
        str | None, Field(description="`answer.text` of the reply that it is about; null where that was null")
    ]
    verdict: Verdict
    wanted: Annotated[
        str, Field(max_length=2000, description="The right words, as one of the reports shown has them")
    ] = ""
    note: Annotated[str, Field(max_length=2000)] = ""


@dataclass(frozen=True)
class Log(Page):
    """A page of the log of changes, the newest first."""

    changes: tuple[Change, ...]


@router.post("/feedback", response_model=Feedback)
async def say(said: Said, here: At) -> Response:
    """Say whether an answer is right. The question is asked once more; where the answer is another by now, that is a problem."""
    here.visit.question = said.question
    library, by = here.service.library, here.visit.by
    work = here.service.asking.do(
        lambda: library.say(
            said.question,
            said.answer,
            said.verdict,
            said.documents,
            wanted=said.wanted,
            note=said.note,
            by=by,
        ),
        here.service.seconds,
    )
    return answer(await work)


@router.get("/feedback", response_model=FeedbackPage)
async def feedback(here: At, offset: _Offset = 0, limit: _Limit = 100) -> Response:
    """What people said of answers, through this interface and on the pages, for editors."""
    directory = here.service.directory
    work = here.service.reading.do(lambda: feedback_page(directory, offset, limit), here.service.seconds)
    return answer(await work)


@router.get("/log", response_model=Log)
async def log(here: At, offset: _Offset = 0, limit: _Limit = 100) -> Response:
    """Who added, corrected, removed, judged what through which door, for editors."""
    directory = here.service.directory
    newest = (await here.service.reading.do(lambda: changes(directory), here.service.seconds))[::-1]
    following = next_offset(len(newest), offset, limit)
    return answer(Log(len(newest), offset, following, newest[offset : offset + limit]))
