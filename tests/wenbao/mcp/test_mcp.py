"""Assistants get the library's own records, over all transports, by the SDK's own client."""

from __future__ import annotations

import dataclasses
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp_types import CallToolResult, TextContent, TextResourceContents
from typer.testing import CliRunner

import wenbao.command
from tests.conftest import ROOT, SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.ports import free_port
from wenbao import Library
from wenbao.mcp.server import MOST_LISTED, server

PATENTS = "有效发明专利拥有量达多少件？"
SILENT = "火星探测器何时登陆？"
TOOLS = [
    "ask", "ask_each", "search_passages", "compare", "list_reports", "read_range", "commitments", "track"
]  # fmt: skip


@asynccontextmanager
async def in_memory(library: Library, mode: str = "auto") -> AsyncIterator[Client]:
    async with Client(server(library), mode=mode) as client:
        yield client


def plain(record: Any) -> Any:
    """A record as it stands in JSON."""
    return json.loads(json.dumps(dataclasses.asdict(record), ensure_ascii=False))


async def called(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    (block,) = result.content
    assert isinstance(block, TextContent)
    assert json.loads(block.text) == result.structured_content, "those that read text alone read the same"
    return dict(result.structured_content)


async def refused(client: Client, tool: str, **arguments: Any) -> str:
    result: CallToolResult = await client.call_tool(tool, arguments)
    assert result.is_error
    (block,) = result.content
    assert isinstance(block, TextContent)
    return block.text


@pytest.fixture
def pair(tmp_path: Path) -> Library:
    """Two reports of one place, a year apart."""
    texts = {
        2024: "一、2024年重点工作\n新建学校7所。新增就业20万人。\n",
        2025: "一、2024年工作回顾\n新建学校8所。\n二、2025年重点工作\n新建学校9所。\n",
    }
    for year, text in texts.items():
        write_report(tmp_path / "in", f"{year}年江苏省政府工作报告", f"江苏省{year}年政府工作报告\n{text}")
    library = Library.open(tmp_path / "index", encoder=FakeEncoder())
    library.add(tmp_path / "in")
    return library


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_answer_is_the_library_s_own(library: Library, mode: str) -> None:
    async with in_memory(library, mode) as client:
        asked = await called(client, "ask", question=PATENTS)
    reply = library.ask(PATENTS)
    assert reply.answer is not None
    assert asked["answered"] is True
    assert asked["answer"] == plain(reply.answer)
    assert asked["answer"]["text_digest"] and asked["answer"]["headings"] and asked["answer"]["citation"]
    assert asked["nearest"] == [plain(one) for one in reply.candidates[1:4]]
    assert asked["passages"] == [plain(one) for one in reply.passages[:3]]


async def test_a_question_goes_on_from_the_one_before(library: Library) -> None:
    before, asked = "今年新建多少个充电桩？", "那去年呢？"
    async with in_memory(library) as client:
        found = {
            tool: await called(client, tool, question=asked, after=before)
            for tool in ("ask", "ask_each", "search_passages")
        }
        alone = await called(client, "ask", question=asked)
    reply = library.ask(asked, after=before)
    assert found["ask"]["question"] == "去年新建多少个充电桩？" and alone["question"] == asked
    assert found["ask"]["answer"] == (plain(reply.answer) if reply.answer else None)
    assert found["ask_each"]["replies"] == [found["ask"]]
    assert found["search_passages"]["passages"] == [plain(one) for one in reply.passages[:5]]


async def test_several_questions_in_one_are_answered_one_by_one(library: Library) -> None:
    several = "新建充电桩多少个？有效发明专利拥有量达多少件？"
    async with in_memory(library) as client:
        each = await called(client, "ask_each", question=several, limit=1)
        alone = [await called(client, "ask", question=part, limit=1) for part in library.parts(several)]
        whole = await called(client, "ask", question=several)
    assert each["replies"] == alone
    assert [one["answer"]["text"] for one in alone] == ["1500个", "5.3万件"]
    assert [one["answer"] for one in alone] == [plain(one.answer) for one in library.ask_each(several)]
    assert "ask_each" in whole["note"] and "ask_each" not in alone[0]["note"]


async def test_silence_is_a_result_that_says_so_in_both_languages(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "index", encoder=FakeEncoder())
    library.add(write_report(tmp_path, "甲", "今年新增就业20万人。"))
    async with in_memory(library) as client:
        asked = await called(client, "ask", question=SILENT)
        found = await called(client, "search_passages", question=SILENT)
    assert (asked["answered"], asked["answer"], found["answered"]) == (False, None, False)
    assert asked["nearest"] and found["passages"], "the nearest is there, and said to be no answer"
    for note in (asked["note"], found["note"]):
        assert "报告没有写" in note and "The reports do not say" in note


async def test_every_tool_is_listed_with_what_it_takes_and_gives(library: Library) -> None:
    async with in_memory(library) as client:
        listed = (await client.list_tools()).tools
    assert [tool.name for tool in listed] == TOOLS
    for tool in listed:
        assert tool.output_schema and tool.input_schema["properties"]
        assert tool.annotations is not None and tool.annotations.read_only_hint
        assert tool.description and not tool.description.isascii(), "in Chinese, and in English"


async def test_passages_as_many_as_asked_for(library: Library) -> None:
    async with in_memory(library) as client:
        found = await called(client, "search_passages", question=PATENTS, limit=2)
    assert found["passages"] == [plain(one) for one in library.ask(PATENTS).passages[:2]]


async def test_a_comparison_tells_its_progress_and_what_is_silent(pair: Library) -> None:
    steps: list[tuple[float, float | None]] = []

    async def told(progress: float, total: float | None, message: str | None) -> None:
        assert message
        steps.append((progress, total))

    question = "江苏近两年新建多少所学校？"
    async with in_memory(pair) as client:
        result = await client.call_tool("compare", {"question": question}, progress_callback=told)
    assert not result.is_error and result.structured_content is not None
    assert result.structured_content["cells"] == [plain(cell) for cell in pair.compare(question).cells]
    assert steps == [(1, 2), (2, 2)]


async def test_the_ledger_comes_in_pages(pair: Library) -> None:
    rows = [plain(row) for row in pair.commitments()]
    assert len(rows) == 4
    async with in_memory(pair) as client:
        first = await called(client, "commitments", limit=3)
        last = await called(client, "commitments", limit=3, offset=first["next_offset"])
        results = await called(client, "commitments", kind="achieved", documents=["2025年江苏省政府工作报告"])
    assert (first["total"], first["next_offset"], last["next_offset"]) == (4, 3, None)
    assert first["commitments"] + last["commitments"] == rows
    assert [row["text"] for row in results["commitments"]] == ["8所"]


async def test_targets_stand_beside_what_became_of_them(pair: Library) -> None:
    one, other = "2024年江苏省政府工作报告", "2025年江苏省政府工作报告"
    async with in_memory(pair) as client:
        tracked = await called(client, "track", earlier=one, later=other)
    assert tracked["rows"] == [plain(row) for row in pair.track(one, other)]
    assert [row["outcome"] and row["outcome"]["text"] for row in tracked["rows"]] == ["8所", None]
    assert tracked["doubts"] == []


async def test_any_quotation_can_be_checked_by_reading_its_characters(library: Library) -> None:
    async with in_memory(library) as client:
        answer = (await called(client, "ask", question=PATENTS))["answer"]
        read = await called(
            client, "read_range", document=answer["document"], start=answer["start"], end=answer["end"]
        )
        whole = await called(client, "read_range", document=answer["document"])
    for field in (
        "text",
        "document",
        "title",
        "headings",
        "paragraph",
        "page",
        "start",
        "end",
        "text_digest",
    ):
        assert read[field] == answer[field], field
    assert whole["text"] == library.report(SEED_NAME).text
    assert whole["end"] == whole["characters"] == len(whole["text"])


@pytest.mark.parametrize("ends", [{"start": 9_999}, {"start": 9_999, "end": 9_999}, {"start": 9, "end": 3}])
async def test_characters_that_are_not_there_are_refused(library: Library, ends: dict[str, int]) -> None:
    async with in_memory(library) as client:
        told = await refused(client, "read_range", document=SEED_NAME, **ends)
    assert "4678 个字" in told and "has 4678 characters" in told


@pytest.mark.parametrize(
    ("tool", "arguments", "zh", "en"),
    [
        ("ask", {"question": ""}, "问题", "question"),
        ("ask", {"question": "多少？" * 200}, "太长", "long"),
        ("ask_each", {"question": "多少？" * 200}, "太长", "long"),
        ("ask", {"question": PATENTS, "documents": ["没有的"]}, "索引里没有报告 '没有的'", "The index has no report"),
        ("compare", {"question": PATENTS}, "哪些", "which"),
        ("track", {"earlier": SEED_NAME, "later": SEED_NAME}, "报告", "report"),
        ("commitments", {"documents": ["没有的"]}, "索引里没有报告", "The index has no report"),
        ("search_passages", {"question": PATENTS, "limit": 11}, "参数不对", "not valid (limit: "),
        ("ask", {}, "参数不对", "not valid (question: "),
        ("commitments", {"kind": "promise"}, "参数不对", "'target' or 'achieved'"),
        ("read_range", {"document": "../../etc/passwd"}, "索引里没有报告", "The index has no report"),
    ],
)  # fmt: skip
async def test_errors_are_told_in_both_languages(
    library: Library, tool: str, arguments: dict[str, Any], zh: str, en: str
) -> None:
    async with in_memory(library) as client:
        told = await refused(client, tool, **arguments)
    assert zh in told and en in told


async def test_a_fault_of_the_program_tells_nothing_of_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object, **__: object) -> None:
        raise RuntimeError("/home/somebody/secret")

    monkeypatch.setattr(library, "ask", faulty)
    async with in_memory(library) as client:
        told = await refused(client, "ask", question=PATENTS)
    assert told == "Error executing tool ask"


async def test_reports_are_resources_and_their_text_is_what_spans_count(library: Library) -> None:
    async with in_memory(library) as client:
        listed = (await client.list_resources()).resources
        (about,) = json.loads(await text_of(client, "wenbao://reports"))
        text = await text_of(client, listed[-1].uri)
    assert [str(one.uri) for one in listed] == ["wenbao://reports", about["uri"]]
    (entry,) = library.catalogue
    assert (about["document"], about["text_digest"]) == (SEED_NAME, entry.text_digest)
    assert listed[-1].meta and listed[-1].meta["text_digest"] == entry.text_digest
    assert text == library.report(SEED_NAME).text


async def text_of(client: Client, uri: str) -> str:
    (content,) = (await client.read_resource(uri)).contents
    assert isinstance(content, TextResourceContents)
    return content.text


@pytest.mark.parametrize("name", ["云南省／2023 报告", "50%的%41", "a..b"])
async def test_a_report_of_any_name_is_read_by_its_address(tmp_path: Path, name: str) -> None:
    library = Library.open(tmp_path / "index", encoder=FakeEncoder())
    library.add(write_report(tmp_path / "in", "甲", "今年新增就业20万人。"))
    library.add(write_report(tmp_path / "in", name, "今年新建学校7所。"))
    (entry,) = library.catalogue[1:]
    async with in_memory(library) as client:
        assert "7所" in await text_of(client, f"wenbao://reports/{quote(entry.name, safe='')}")
        with pytest.raises(MCPError) as gone:
            await text_of(client, "wenbao://reports/%2Fetc%2Fpasswd")
    assert "索引里没有报告" in str(gone.value) and "The index has no report" in str(gone.value)


async def test_what_is_added_and_removed_counts_at_once(library: Library, folder: Path) -> None:
    async with in_memory(library) as client:
        other = Library.open("my-index")  # another program's
        other.add(write_report(folder, "江苏省2025年政府工作报告", "今年新建学校7所。"))
        listed = await called(client, "list_reports", words="江苏")
        assert [one["document"] for one in listed["reports"]] == ["江苏省2025年政府工作报告"]
        other.remove(SEED_NAME)
        assert "索引里没有报告" in await refused(client, "read_range", document=SEED_NAME)
        assert SEED_NAME not in str((await client.list_resources()).resources)


async def test_a_large_library_is_listed_in_part_and_told_in_whole(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entry,) = library.catalogue
    many = tuple(dataclasses.replace(entry, name=f"报告{n}") for n in range(MOST_LISTED + 50))
    monkeypatch.setattr(Library, "catalogue", many)
    async with in_memory(library) as client:
        assert len((await client.list_resources()).resources) == 1 + MOST_LISTED
        assert len(json.loads(await text_of(client, "wenbao://reports"))) == len(many)
        page = await called(client, "list_reports", limit=200, offset=200)
    assert (page["total"], len(page["reports"]), page["next_offset"]) == (len(many), 50, None)


SERVE = ["-m", "tests.wenbao.mcp.serve", "mcp", "--index"]


async def test_over_stdio_it_says_the_same(library: Library) -> None:
    directory = str(library.directory.absolute())
    program = StdioServerParameters(
        command=sys.executable, args=[*SERVE, directory], cwd=str(ROOT), env={**os.environ, "OMP_NUM_THREADS": "1"}
    )  # fmt: skip
    async with Client(stdio_client(program)) as client:
        asked = await called(client, "ask", question=PATENTS)
        assert "索引里没有报告" in await refused(client, "read_range", document="没有的")
    assert asked["answer"] == plain(library.ask(PATENTS).answer)


@pytest.fixture
def address(library: Library) -> Iterator[str]:
    """Where the library is served over HTTP."""
    port = free_port()
    command = [sys.executable, *SERVE, str(library.directory.absolute()), "--http", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as program:
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
        program.terminate()
        assert program.wait(20) is not None


async def test_over_http_it_says_the_same_and_only_to_this_computer(library: Library, address: str) -> None:
    async with Client(address) as client:
        asked = await called(client, "ask", question=PATENTS)
        assert [tool.name for tool in (await client.list_tools()).tools] == TOOLS
    assert asked["answer"] == plain(library.ask(PATENTS).answer)
    async with httpx.AsyncClient() as browser:
        for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
            said = await browser.post(address, json={}, headers=headers)
            assert said.status_code in (403, 421), "a page of another site does not reach it"


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("wenbao.mcp.server")]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("mcp", "mcp.server.mcpserver"):
        monkeypatch.setitem(sys.modules, name, None)
    ended = CliRunner().invoke(wenbao.command.app, ["mcp"])
    assert "requirements-mcp.txt" in str(ended.exception)
