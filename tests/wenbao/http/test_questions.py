from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from embeddings import Encoder
from tests.conftest import SEED_NAME
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from tests.wenbao.http.conftest import LINES, Serve
from wenbao import Library
from wenbao.http.application import application
from wenbao.http.examples import FOLLOW_UP
from wenbao.http.questions import Passages, Replies
from wenbao.http.settings import Settings

PATENTS = "有效发明专利拥有量达多少件？"
QUESTIONS = (
    PATENTS,
    "今年新建多少个充电桩？",
    "火星探测器何时登陆？",
    "新增省部级重点实验室几家",
    "胡北的GDP目标",
)
TWO_IN_ONE = "今年新建多少个充电桩？新增高新技术企业多少家？"
ONE = "甲市2023年政府工作报告\n（一）扩大就业。新增就业20万人，发展态势良好。"
TWO = "乙市2023年政府工作报告\n（一）扩大就业。新增就业30万人，发展态势良好。"


def untimed(text: str) -> str:
    """JSON without the milliseconds that it took."""
    return re.sub(r'"elapsed_ms": [\d.e-]+', '"elapsed_ms": 0', text)


def of_library(record: Any) -> str:
    return json.dumps(asdict(record), ensure_ascii=False)


def quotations(value: Any) -> Iterator[dict[str, Any]]:
    """Everything in an answer that has a place in a report."""
    if isinstance(value, dict):
        if value.get("text") is not None and value.get("start") is not None:
            yield value
        for inner in value.values():
            yield from quotations(inner)
    if isinstance(value, list):
        for inner in value:
            yield from quotations(inner)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_that_of_the_library_byte_for_byte(
    client: TestClient, library: Library, question: str
) -> None:
    said = client.post("/v1/ask", json={"question": question})
    assert said.status_code == 200, said.text
    assert said.headers["content-type"] == "application/json"
    assert untimed(said.text) == untimed(of_library(library.ask(question)))


@pytest.mark.parametrize("address", ["/v1/ask", "/v1/passages", "/v1/ask/each"])
def test_a_question_goes_on_from_the_one_before_at_every_address_that_asks(
    client: TestClient, library: Library, address: str
) -> None:
    said = client.post(address, json=FOLLOW_UP)
    assert said.status_code == 200, said.text
    reply = library.ask("那去年呢？", after="今年新建多少个充电桩？")
    assert reply.question == "去年新建多少个充电桩？"
    wanted = {
        "/v1/ask": of_library(reply),
        "/v1/passages": of_library(Passages(reply.question, reply.read_as, reply.passages)),
        "/v1/ask/each": of_library(Replies((reply,))),
    }
    assert untimed(said.text) == untimed(wanted[address])


@pytest.mark.parametrize("question", [*QUESTIONS, TWO_IN_ONE, "那去年呢？"])
def test_replies_part_by_part_are_those_of_the_library_byte_for_byte(
    client: TestClient, library: Library, question: str
) -> None:
    replies = library.ask_each(question)
    assert len(replies) == (2 if question == TWO_IN_ONE else 1)
    said = client.post("/v1/ask/each", json={"question": question})
    assert untimed(said.text) == untimed(of_library(Replies(tuple(replies))))


@pytest.mark.parametrize("address", ["/v1/ask", "/v1/ask/each"])
@pytest.mark.parametrize(
    ("asked", "status", "sort"),
    [
        ({"question": "？", "after": PATENTS}, 422, "question"),
        ({"question": "多少？" * 200}, 422, "question"),
        ({"question": "那去年呢？", "after": 5}, 422, "request"),
        ({"question": PATENTS, "documents": ["没有的"]}, 404, "report"),
    ],
)
def test_what_cannot_be_asked_is_a_problem_one_by_one_too(
    client: TestClient, address: str, asked: dict[str, Any], status: int, sort: str
) -> None:
    said = client.post(address, json=asked)
    assert (said.status_code, said.json()["type"]) == (status, f"urn:wenbao:problem:{sort}"), said.text


def test_a_comparison_goes_on_from_nothing(client: TestClient) -> None:
    said = client.post("/v1/compare", json=FOLLOW_UP)
    assert (said.status_code, said.json()["type"]) == (422, "urn:wenbao:problem:request")
    assert "body.after" in said.json()["zh"]


@pytest.mark.model
@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_is_that_of_the_library_also_with_the_model(
    tmp_path_factory: pytest.TempPathFactory, model_encoder: Encoder, question: str
) -> None:
    directory = tmp_path_factory.getbasetemp() / "asked-over-http"
    library = Library.open(directory, encoder=model_encoder)
    if not library.reports:
        library.add(Path("seeds"))
    with TestClient(application(Settings(directory), model_encoder), base_url="http://127.0.0.1") as client:
        said = client.post("/v1/ask", json={"question": question})
    assert untimed(said.text) == untimed(of_library(library.ask(question)))


def test_every_quotation_can_be_checked_against_the_text(client: TestClient) -> None:
    answers = [
        client.post("/v1/ask", json={"question": PATENTS}),
        client.post("/v1/passages", json={"question": PATENTS}),
        client.post("/v1/compare", json={"question": "有效发明专利拥有量", "documents": [SEED_NAME]}),
        client.get("/v1/commitments", params={"unnumbered": True, "limit": 1000}),
    ]
    texts = {}
    for answer in answers:
        found = list(quotations(answer.json()))
        assert found
        for one in found:
            name = one["document"]
            if name not in texts:
                texts[name] = client.get(f"/v1/reports/{name}/text").json()["text"]
            assert hashlib.sha256(texts[name].encode()).hexdigest() == one["text_digest"]
            assert texts[name][one["start"] : one["end"]] == one["text"]


def test_there_is_no_answer_where_the_reports_do_not_answer(serve: Serve, tmp_path: Path) -> None:
    Library.open(tmp_path / "index", encoder=FakeEncoder()).add(
        write_report(tmp_path, "甲", "今年新增就业20万人。")
    )
    reply = serve(tmp_path / "index").post("/v1/ask", json={"question": "火星探测器何时登陆？"})
    assert reply.status_code == 200
    assert reply.json()["answer"] is None
    assert reply.json()["passages"]


def test_passages_are_those_of_the_answer(client: TestClient) -> None:
    asked = {"question": PATENTS, "documents": [SEED_NAME]}
    reply, found = (client.post(f"/v1/{what}", json=asked).json() for what in ("ask", "passages"))
    assert found == {name: reply[name] for name in ("question", "read_as", "passages")}


def test_a_comparison_is_that_of_the_library_whole_and_cell_by_cell(
    client: TestClient, library: Library, tmp_path: Path
) -> None:
    library.add([write_report(tmp_path, "甲", ONE), write_report(tmp_path, "乙", TWO)])
    asked = {"question": "新增就业多少人？", "documents": ["甲", "乙"]}
    wanted = of_library(library.compare("新增就业多少人？", ["甲", "乙"]))
    assert untimed(client.post("/v1/compare", json=asked).text) == untimed(wanted)

    said = client.post("/v1/compare", json=asked, headers=LINES)
    assert said.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in said.text.splitlines()]
    assert [next(iter(line)) for line in lines] == ["progress", "progress", "cell", "cell", "end"]
    assert [line["progress"]["done"] for line in lines[:2]] == [1, 2]
    assert [line["cell"] for line in lines[2:4]] == json.loads(wanted)["cells"]
    assert lines[4]["end"]["missing"] == []


@pytest.mark.parametrize("headers", [{}, LINES])
def test_a_question_that_compares_nothing_is_a_problem_also_where_lines_are_wanted(
    client: TestClient, headers: dict[str, str]
) -> None:
    said = client.post("/v1/compare", json={"question": PATENTS}, headers=headers)
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"
    assert said.json()["type"] == "urn:wenbao:problem:question"


def test_a_problem_on_the_way_is_the_last_line(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from wenbao import IndexFault, Progress

    def broken(self: Library, question: str, documents: object, *, progress: Any) -> None:
        progress(Progress("甲", 1, 2))
        raise IndexFault("坏了", "broken")

    monkeypatch.setattr(Library, "compare", broken)
    said = client.post("/v1/compare", json={"question": "就业"}, headers=LINES)
    assert said.status_code == 200
    first, last = (json.loads(line) for line in said.text.splitlines())
    assert first == {"progress": {"title": "甲", "done": 1, "total": 2}}
    assert (last["problem"]["zh"], last["problem"]["en"], last["problem"]["status"]) == (
        "坏了",
        "broken",
        503,
    )


def test_commitments_are_those_of_the_library_page_by_page(client: TestClient, library: Library) -> None:
    wanted = [json.loads(of_library(row)) for row in library.commitments()]
    pages = [
        client.get("/v1/commitments", params={"offset": at, "limit": 20}).json()
        for at in range(0, len(wanted), 20)
    ]
    assert {page["total"] for page in pages} == {len(wanted)}
    assert [row for page in pages for row in page["commitments"]] == wanted
    beyond = client.get("/v1/commitments", params={"offset": 10_000})
    assert beyond.json()["commitments"] == []


def test_commitments_are_filtered(client: TestClient, library: Library) -> None:
    def found(**params: Any) -> list[dict[str, Any]]:
        said = client.get("/v1/commitments", params={"limit": 1000, **params})
        assert said.status_code == 200, said.text
        rows: list[dict[str, Any]] = said.json()["commitments"]
        return rows

    everything = found()
    assert {row["object"] for row in found(text="充电桩")} == {"充电桩"}
    assert found(kind="target") == [row for row in everything if row["kind"] == "target"]
    assert {row["unit"] for row in found(unit="%")} == {"%"}
    assert all(row["value"] >= 1000 for row in found(unit="个", low=1000))
    assert len(found(unnumbered=True)) > len(everything)
    assert found(document=SEED_NAME) == everything
    assert found(region="浙江") == everything
    assert found(region="江苏") == []
    values = [row["value"] for row in found(unit="%", order="largest")]
    assert values == sorted(values, reverse=True)
    said = client.get("/v1/commitments", params={"low": 5, "high": 1})
    assert (said.status_code, said.json()["type"]) == (422, "urn:wenbao:problem:ledger")


def test_a_target_is_tracked_as_by_the_library(client: TestClient, library: Library, tmp_path: Path) -> None:
    earlier = "甲市2022年政府工作报告\n二、2022年工作安排\n（一）扩大就业。今年新增就业20万人。"
    later = "甲市2023年政府工作报告\n一、2022年工作回顾\n（一）扩大就业。过去一年，新增就业21万人。"
    library.add([write_report(tmp_path, "前", earlier), write_report(tmp_path, "后", later)])
    for name, year in (("前", 2022), ("后", 2023)):
        library.correct(name, region="浙江省宁波市", year=year)
    said = client.get("/v1/track", params={"earlier": "前", "later": "后"}).json()
    assert said["tracked"] == [json.loads(of_library(row)) for row in library.track("前", "后")]
    assert said["tracked"][0]["outcome"]["text"] == "21万人"
    assert said["doubts"] == []


def test_a_report_that_was_hardly_read_is_doubted_without_a_warning_in_the_server(
    client: TestClient, library: Library, tmp_path: Path
) -> None:
    library.add(write_report(tmp_path, "后", "甲市2024年政府工作报告\n" + "发展态势良好。" * 500))
    library.correct("后", region="浙江省宁波市", year=2024)
    said = client.get("/v1/track", params={"earlier": SEED_NAME, "later": "后"})
    assert said.status_code == 200, said.text
    (doubt,) = said.json()["doubts"]
    assert "Beware: in all of 后 only 0 results" in doubt


def test_a_removed_report_stops_answering_whoever_removed_it(client: TestClient, library: Library) -> None:
    assert client.post("/v1/ask", json={"question": PATENTS}).json()["answer"]
    library.remove(SEED_NAME)
    said = client.post("/v1/ask", json={"question": PATENTS})
    assert said.status_code == 200
    assert said.json()["candidates"] == []
