"""The tools: each is one method of the library, its errors told in Chinese and English."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import quote

import anyio
from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from answers.place import Place
from embeddings.errors import WenbaoError
from embeddings.language import Text
from indexer.store.catalogue import ReportEntry
from indexer.text.span import Span
from wenbao.library import Library
from wenbao.mcp.results import (
    Asked,
    CommitmentsPage,
    Compared,
    Passages,
    ReportFacts,
    ReportsPage,
    TextRange,
    TrackedPage,
)
from wenbao.records import Progress

T = TypeVar("T")
Tool = Callable[..., Any]

Question = Annotated[
    str,
    Field(
        description="问题，中文最好；地区和年份写在问题里 the question, best in Chinese, with place and year"
    ),
]
Documents = Annotated[
    list[str] | None,
    Field(
        description="只问这些报告（list_reports 的 document） only these reports, by `document` of list_reports"
    ),
]
Most = Annotated[int, Field(ge=1, le=10, description="最多几条 at most so many")]
Rows = Annotated[int, Field(ge=1, le=200, description="一页几行 rows of a page")]
Offset = Annotated[int, Field(ge=0, description="从第几行起 the first row")]
Unnumbered = Annotated[bool, Field(description="也要没有数字的承诺 promises without a number too")]
LONGEST = 20_000
"""Characters of a report that are read at once."""
SCHEME = "wenbao://reports"

ANSWERED = Text(
    "answer 是报告的原话，请照引，并附 citation。",
    "`answer` is the report's own words: quote it as it is, with its citation.",
)
SILENT = Text(
    "报告没有写。这是结果，不是出错：nearest 和 passages 只是最接近的文字，不是答案，不要当作答案。",
    "The reports do not say. That is a result and no error: `nearest` and `passages` are the nearest words there are, not an "
    "answer; do not present them as one.",
)
ALL_SPEAK = Text("每份报告都写了。", "Every report mentions it.")
SOME_SILENT = Text(
    "text 为 null 的格子，那份报告没有写；missing 里的地方没有报告。",
    "Where `text` is null that report does not mention it; of the places in `missing` there is no report.",
)


class RangeFault(WenbaoError):
    """Characters were asked for that a report has not, or too many at once."""


def tools(library: Library) -> tuple[Tool, ...]:
    """The tools of a library, in the order in which they are listed."""
    found = (_asking(library), _reading(library), _ledger(library))
    return tuple(_told(tool) for several in found for tool in several)


def facts(entry: ReportEntry) -> ReportFacts:
    """What an assistant is told of a report."""
    return ReportFacts(
        entry.name, entry.title, entry.region, entry.level, entry.year, entry.characters,
        entry.text_digest, f"{SCHEME}/{quote(entry.name, safe='')}",
    )  # fmt: skip


def both(text: Text) -> str:
    """A text in both languages."""
    return f"{text.zh} {text.en}"


def _told(tool: Tool) -> Tool:
    """A tool whose errors that a user can mend reach the assistant in both languages."""

    @wraps(tool)
    def telling(*values: Any, **named: Any) -> Any:
        try:
            return tool(*values, **named)
        except WenbaoError as error:
            raise ToolError(both(error.text)) from error

    return telling


def _asking(library: Library) -> tuple[Tool, ...]:
    def ask(question: Question, documents: Documents = None, limit: Most = 3) -> Asked:
        """用政府工作报告的原话回答问题；报告没写，answered 为 false。
        Answer a question with the words of government work reports; `answered` is false where they are silent."""
        reply = library.ask(question, documents)
        note = both(SILENT if reply.answer is None else ANSWERED)
        others = tuple(one for one in reply.candidates if one not in reply.points)
        return Asked(
            reply.answer is not None, note, reply.question, reply.read_as, reply.answer, reply.points, reply.confidence,
            others[:limit], reply.passages[:limit],
        )  # fmt: skip

    def search_passages(question: Question, documents: Documents = None, limit: Most = 5) -> Passages:
        """找出与问题最有关的段落，每段带位置和校验值。
        The passages that bear most on a question, each with its place and digest."""
        reply = library.ask(question, documents)
        note = both(SILENT if reply.answer is None else ANSWERED)
        return Passages(reply.answer is not None, note, reply.question, reply.read_as, reply.passages[:limit])

    def compare(context: Context[Any, Any], question: Question, documents: Documents = None) -> Compared:
        """同一个问题分别问几份报告（问题里写明各省、近三年或地名，或给 documents），一份报告一格或几格。
        Put one question to several reports, each on its own: name regions or years in the question, or give documents."""

        def told(step: Progress) -> None:
            anyio.from_thread.run(context.report_progress, step.done, step.total, step.title)

        found = library.compare(question, documents, progress=told)
        silent = found.missing or any(cell.text is None for cell in found.cells)
        return Compared(
            found.question, found.cells, found.missing, both(SOME_SILENT if silent else ALL_SPEAK)
        )

    return ask, search_passages, compare


def _reading(library: Library) -> tuple[Tool, ...]:
    def list_reports(
        words: Annotated[str, Field(description="标题或地区里的字 words of the title or the place")] = "",
        year: int | None = None,
        limit: Rows = 50,
        offset: Offset = 0,
    ) -> ReportsPage:
        """列出报告：名称（document）、标题、地区、年份、校验值。
        List the reports: name (`document`), title, place, year, digests."""
        entries = [
            entry
            for entry in library.catalogue
            if (year is None or entry.year == year)
            and all(word in f"{entry.name} {entry.title} {entry.region}" for word in words.split())
        ]
        shown, following = _page(entries, limit, offset)
        return ReportsPage(len(entries), offset, following, tuple(map(facts, shown)))

    def read_range(
        document: Annotated[str, Field(description="报告的名称 the name of a report")],
        start: Annotated[int, Field(ge=0, description="第一个字 the first character")] = 0,
        end: Annotated[
            int | None, Field(description=f"最后一个字之后，不写则读 {LONGEST} 字 after the last character")
        ] = None,
    ) -> TextRange:
        """读报告正文的一段（字的区间，左闭右开），可用来核对引文。
        Read characters `start` to `end` of a report's text, to check a quotation or to see more around it."""
        report = library.report(document)
        whole = len(report.text)
        last = min(whole, start + LONGEST) if end is None else end
        if not start < last <= whole or last - start > LONGEST:
            raise RangeFault(
                f"区间 {start}—{last} 不对：{document} 有 {whole} 个字，一次最多读 {LONGEST} 个。请改正 start 和 end。",
                f"The range {start}-{last} is not valid: {document} has {whole} characters, and at most {LONGEST} are read "
                "at once. Correct start and end.",
            )
        span = Span(start, last)
        place = Place.of(report, report.passage_at(start).section, span)
        return TextRange(
            span.of(report.text), report.name, report.title, place.headings, place.paragraph, place.page,
            start, last, whole, report.document.text_digest,
        )  # fmt: skip

    return list_reports, read_range


def _ledger(library: Library) -> tuple[Tool, ...]:
    def commitments(
        documents: Documents = None,
        text: Annotated[
            str, Field(description="句子、标题或所说的事里的字 words of sentence, headings or object")
        ] = "",
        kind: Annotated[
            Literal["target", "achieved"] | None, Field(description="目标或结果 targets or results")
        ] = None,
        unnumbered: Unnumbered = False,
        limit: Rows = 50,
        offset: Offset = 0,
    ) -> CommitmentsPage:
        """承诺台账：报告里每个带数字的目标和结果，数量化成标准形式，带原句和位置。
        The ledger: every quantified target and result of the reports, in normal form, with its sentence and place."""
        rows = library.commitments(documents, text=text, kind=kind, unnumbered=unnumbered)
        shown, following = _page(rows, limit, offset)
        return CommitmentsPage(len(rows), offset, following, tuple(shown))

    def track(
        earlier: Annotated[str, Field(description="前一份报告的名称 the name of the earlier report")],
        later: Annotated[str, Field(description="后一份报告的名称 the name of the later report")],
        unnumbered: Unnumbered = False,
        limit: Rows = 50,
        offset: Offset = 0,
    ) -> TrackedPage:
        """兑现：前一份报告的每个目标，后一份报告怎么说；数字和原话能证明的才有状态。
        What a later report of the same place says of every target of an earlier one; only what is proven has a status."""
        found = library.tracking(earlier, later, unnumbered=unnumbered)
        shown, following = _page(found.tracked, limit, offset)
        return TrackedPage(len(found.tracked), offset, following, found.doubts, tuple(shown))

    return commitments, track


def _page(rows: Sequence[T], limit: int, offset: int) -> tuple[Sequence[T], int | None]:
    """A page of rows, and where the next one begins."""
    end = offset + limit
    return rows[offset:end], end if end < len(rows) else None
