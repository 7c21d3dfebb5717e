"""Addresses of the reports: list them, read a range of one, add, correct and remove."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Header, Query, UploadFile
from fastapi import Path as InPath
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from indexer.people.changes import Did, note
from indexer.report.correction import YEARS, Level
from indexer.report.records import DocumentKind
from wenbao.http import examples
from wenbao.http.line import LongWork
from wenbao.http.service import At, answer
from wenbao.http.streams import LINES_TOO, told, wants_lines
from wenbao.http.uploads import AddedFiles, added_upload
from wenbao.listing import ListedReport, ReportPage, TextRange

router = APIRouter(prefix="/v1/reports", tags=["reports"])
_Name = Annotated[str, InPath(description="The name of a report, `document` in every record")]
_Short = Annotated[str | None, Field(max_length=200)]


class Correction(BaseModel):
    """What a report is, where that was read wrongly. What is not given stays; "" empties a field."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [examples.CORRECTION]})

    title: _Short = None
    region: _Short = None
    level: Level | None = None
    year: Annotated[int | None, Field(ge=YEARS[0], le=YEARS[-1])] = None
    issuer: _Short = None
    meeting: _Short = None
    date: _Short = None
    speaker: _Short = None
    kind: DocumentKind | None = None


@router.get("", response_model=ReportPage)
async def list_reports(
    here: At,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """The reports, in the order they were added, a page of them."""
    library = here.service.library
    work = here.service.reading.do(
        lambda: library.report_page(offset=offset, limit=limit), here.service.seconds
    )
    return answer(await work)


@router.post(
    "",
    response_model=AddedFiles,
    responses=LINES_TOO,
)
async def add(
    here: At,
    file: Annotated[
        UploadFile, File(description="txt, md, DOCX, PDF, OFD, a web page, EPUB, a table; at most 50 MB")
    ],
    replace: Annotated[bool, Form(description="Replace a report of this name that has another text")] = False,
    accept: Annotated[str | None, Header()] = None,
) -> Response:
    """Add a report. `outcome` says what became of the file; one that cannot be read is a problem.

    With `Accept: application/x-ndjson` lines of JSON tell how far it is, and the last one what became of the file.
    """
    service = here.service
    data, name, by = await file.read(), file.filename or "report", here.visit.by
    work = LongWork(
        service.changing,
        lambda tell: added_upload(service.library, name, data, replace, by, tell),
        service.long_seconds,
    )
    if wants_lines(accept):
        return await told(work, here.visit.teller, _lines)
    return answer(await work.done())


@router.get("/{name}", response_model=ListedReport)
async def report(here: At, name: _Name) -> Response:
    """What is known of one report."""
    library = here.service.library
    return answer(await here.service.reading.do(lambda: library.listed(name), here.service.seconds))


@router.get("/{name}/text", response_model=TextRange)
async def text(
    here: At,
    name: _Name,
    start: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    end: Annotated[
        int | None, Query(ge=0, le=1_000_000_000, description="Half-open; without it, to the end")
    ] = None,
) -> Response:
    """The text of a report, or a range of its characters: what a quotation is checked against."""
    library = here.service.library
    work = here.service.reading.do(lambda: library.text_range(name, start, end), here.service.seconds)
    return answer(await work)


@router.patch("/{name}", response_model=ListedReport)
async def correct(here: At, name: _Name, correction: Correction) -> Response:
    """Say what a report is, where that was read wrongly."""
    library = here.service.library

    def corrected() -> ListedReport:
        changed = correction.model_dump(exclude_none=True)
        library.correct(name, **changed)
        if changed:
            detail = json.dumps(changed, ensure_ascii=False)
            note(library.directory, here.visit.by, Did.CORRECTED, name, detail)
        return library.listed(name)

    return answer(await here.service.changing.do(corrected, here.service.long_seconds))


@router.delete("/{name}", status_code=HTTPStatus.NO_CONTENT)
async def remove(here: At, name: _Name) -> Response:
    """Remove a report. It stops answering in all workers at once."""
    library = here.service.library

    def removed() -> None:
        library.remove(name)
        note(library.directory, here.visit.by, Did.REMOVED, name)

    await here.service.changing.do(removed, here.service.long_seconds)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _lines(added: AddedFiles) -> Iterator[dict[str, Any]]:
    yield {"end": asdict(added)}
