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

from answers.commitments.rows import StatementKind
from answers.commitments.search import Filter
from embeddings.errors import WenbaoError
from embeddings.language import Text
from wenbao.ledger_page import CommitmentPage
from wenbao.library import Library
from wenbao.listing import ListedReport, TextRange
from wenbao.mcp.results import (
    Asked,
    AskedEach,
    Compared,
    FactsPage,
    Passages,
    ReportFacts,
    TrackedPage,
)
from wenbao.pages import next_offset
from wenbao.records import Progress, Reply

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
After = Annotated[
    str | None,
    Field(
        description="上一个完整的问题（上次结果的 question）；“那去年呢？”按它补全 the complete question before, `question` of its "
        "result: one that cannot stand alone is completed from it"
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
SEVERAL = Text(
    "问题里有几个问题，这里当作一个回答；要逐个回答，请用 ask_each。",
    "Several questions were asked in one and answered as one; `ask_each` answers them one by one.",
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


def tools(library: Library) -> tuple[Tool, ...]:
    """The tools of a library, in the order in which they are listed."""
    found = (_asking(library), _reading(library), _ledger(library))
    return tuple(_told(tool) for several in found for tool in several)


def facts(report: ListedReport) -> ReportFacts:
    """What an assistant is told of a report."""
    return ReportFacts(
        report.document, report.title, report.region, report.level, report.year, report.characters,
        report.text_digest, f"{SCHEME}/{quote(report.document, safe='')}",
    )  # fmt: skip


def _told(tool: Tool) -> Tool:
    """A tool whose errors that a user can mend reach the assistant in both languages."""

    @wraps(tool)
    def telling(*values: Any, **named: Any) -> Any:
        try:
            return tool(*values, **named)
        except WenbaoError as error:
            raise ToolError(error.text.both) from error

    return telling


def _asking(library: Library) -> tuple[Tool, ...]:
    def ask(question: Question, documents: Documents = None, after: After = None, limit: Most = 3) -> Asked:
        """用政府工作报告的原话回答问题；报告没写，answered 为 false。
        Answer a question with the words of government work reports; `answered` is false where they are silent."""
        reply = library.ask(question, documents, after=after)
        several = len(library.parts(question, after=after)) > 1
        return _asked(reply, limit, SEVERAL if several else None)

    def ask_each(
        question: Question, documents: Documents = None, after: After = None, limit: Most = 3
    ) -> AskedEach:
        """一次问几件事（GDP增速和新增就业目标分别是多少？），逐个回答；只是一个问题，就一个回答。
        Several questions in one, each answered as `ask` does, at most 6; one reply where it is one question."""
        replies = library.ask_each(question, documents, after=after)
        return AskedEach(tuple(_asked(reply, limit) for reply in replies))

    def search_passages(
        question: Question, documents: Documents = None, after: After = None, limit: Most = 5
    ) -> Passages:
        """找出与问题最有关的段落，每段带位置和校验值。
        The passages that bear most on a question, each with its place and digest."""
        reply = library.ask(question, documents, after=after)
        return Passages(
            reply.answer is not None, _note(reply), reply.question, reply.read_as, reply.passages[:limit]
        )

    def compare(context: Context[Any, Any], question: Question, documents: Documents = None) -> Compared:
        """同一个问题分别问几份报告（问题里写明各省、近三年或地名，或给 documents），一份报告一格或几格。
        Put one question to several reports, each on its own: name regions or years in the question, or give documents."""

        def told(step: Progress) -> None:
            anyio.from_thread.run(context.report_progress, step.done, step.total, step.title)

        found = library.compare(question, documents, progress=told)
        silent = found.missing or any(cell.text is None for cell in found.cells)
        return Compared(
            found.question, found.cells, found.missing, (SOME_SILENT if silent else ALL_SPEAK).both
        )

    return ask, ask_each, search_passages, compare


def _asked(reply: Reply, limit: int, also: Text | None = None) -> Asked:
    """A reply with at most so many further quotations and passages, and what must be told besides."""
    others = tuple(one for one in reply.candidates if one not in reply.points)
    return Asked(
        reply.answer is not None, _note(reply, also), reply.question, reply.read_as, reply.answer, reply.points,
        reply.confidence, others[:limit], reply.passages[:limit],
    )  # fmt: skip


def _note(reply: Reply, also: Text | None = None) -> str:
    note = SILENT if reply.answer is None else ANSWERED
    return note.both if also is None else f"{note.both} {also.both}"


def _reading(library: Library) -> tuple[Tool, ...]:
    def list_reports(
        words: Annotated[str, Field(description="标题或地区里的字 words of the title or the place")] = "",
        year: int | None = None,
        limit: Rows = 50,
        offset: Offset = 0,
    ) -> FactsPage:
        """列出报告：名称（document）、标题、地区、年份、校验值。
        List the reports: name (`document`), title, place, year, digests."""
        page = library.report_page(words=words, year=year, offset=offset, limit=limit)
        return FactsPage(page.total, page.offset, page.next_offset, tuple(map(facts, page.reports)))

    def read_range(
        document: Annotated[str, Field(description="报告的名称 the name of a report")],
        start: Annotated[int, Field(ge=0, description="第一个字 the first character")] = 0,
        end: Annotated[
            int | None, Field(description=f"最后一个字之后，不写则读 {LONGEST} 字 after the last character")
        ] = None,
    ) -> TextRange:
        """读报告正文的一段（字的区间，左闭右开），可用来核对引文。
        Read characters `start` to `end` of a report's text, to check a quotation or to see more around it."""
        return library.text_range(document, start, end, most=LONGEST)

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
    ) -> CommitmentPage:
        """承诺台账：报告里每个带数字的目标和结果，数量化成标准形式，带原句和位置。
        The ledger: every quantified target and result of the reports, in normal form, with its sentence and place."""
        kinds = (StatementKind(kind),) if kind else ()
        wanted = Filter(text=text, kinds=kinds, numbered=not unnumbered)
        return library.commitment_page(wanted, documents, offset=offset, limit=limit)

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
    return rows[offset : offset + limit], next_offset(len(rows), offset, limit)
