"""Addresses of the ledger: what reports promise and achieved, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from answers.commitments.rows import StatementKind
from answers.commitments.search import Filter, Order
from answers.commitments.topics import Topic
from answers.quantities.amounts import Bound
from wenbao.http.service import At, answer
from wenbao.ledger_page import CommitmentPage
from wenbao.records import Tracked

router = APIRouter(prefix="/v1", tags=["ledger"])

_Year = Annotated[int, Query(ge=1900, le=2200)]
_Number = Annotated[float | None, Query(allow_inf_nan=False, description="In `unit` where one is given")]


@dataclass(frozen=True, slots=True)
class Tracking:
    """Every target of one report beside what a later one says of it.

    Attributes:
        doubts: what speaks against trusting it, in Chinese and English: one of the reports was hardly read.
    """

    earlier: str
    later: str
    doubts: tuple[str, ...]
    tracked: tuple[Tracked, ...]


@router.get("/commitments", response_model=CommitmentPage)
async def commitments(
    here: At,
    document: Annotated[
        list[str] | None, Query(description="Names of reports; all where none is given")
    ] = None,
    region: Annotated[list[str] | None, Query(description="浙江 finds 浙江省宁波市")] = None,
    report_year: Annotated[list[_Year] | None, Query(description="The years of the reports")] = None,
    year: Annotated[list[_Year] | None, Query(description="The years that the statements are about")] = None,
    kind: Annotated[list[StatementKind] | None, Query()] = None,
    bound: Annotated[list[Bound] | None, Query()] = None,
    topic: Annotated[list[Topic] | None, Query()] = None,
    text: Annotated[str, Query(description="Words that must all stand in sentence, object or headings")] = "",
    unnumbered: Annotated[bool, Query(description="Also promises without a number")] = False,
    unit: Annotated[
        str, Query(max_length=20, description="Amounts in other units of its kind are found too")
    ] = "",
    low: _Number = None,
    high: _Number = None,
    order: Order = Order.PLACE,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> Response:
    """The targets and results that reports state, a page of them. Each filter may be given several times: any of these."""

    def page() -> CommitmentPage:
        wanted = Filter(
            regions=tuple(region or ()), report_years=tuple(report_year or ()),
            years=tuple(year or ()), kinds=tuple(kind or ()), bounds=tuple(bound or ()), topics=tuple(topic or ()),
            text=text, numbered=not unnumbered, unit=unit, low=low, high=high,
        )  # fmt: skip
        return here.service.library.commitment_page(wanted, document, order=order, offset=offset, limit=limit)

    return answer(await here.service.reading.do(page, here.service.seconds))


@router.get("/track", response_model=Tracking)
async def track(
    here: At,
    earlier: Annotated[str, Query(description="The name of the report with the targets")],
    later: Annotated[str, Query(description="The name of a later one of the same place")],
    unnumbered: Annotated[bool, Query(description="Also promises without a number")] = False,
) -> Response:
    """Every target of one report with what a later one says of it. The machine proposes only what numbers or words prove."""
    service = here.service

    def tracked() -> Tracking:
        found = service.library.tracking(earlier, later, unnumbered=unnumbered)
        return Tracking(earlier, later, found.doubts, found.tracked)

    return answer(await service.reading.do(tracked, service.seconds))
