from __future__ import annotations

import hashlib
import inspect
import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from indexer.originals import ORIGINALS
from indexer.report.correction import CORRECTABLE
from tests.conftest import SEED_NAME
from tests.wenbao.http.conftest import LINES, Serve
from wenbao import Library
from wenbao.http import reports

ONE = "甲市2023年政府工作报告\n（一）扩大就业。新增就业20万人，发展态势良好。"
TWO = "甲市2023年政府工作报告\n（一）扩大就业。新增就业30万人，发展态势良好。"


def upload(
    client: TestClient,
    text: str | bytes,
    name: str = "甲.txt",
    headers: dict[str, str] | None = None,
    **fields: str,
) -> Any:
    data = text.encode() if isinstance(text, str) else text
    return client.post("/v1/reports", files={"file": (name, data)}, data=fields, headers=headers)


def names(client: TestClient) -> list[str]:
    return [one["document"] for one in client.get("/v1/reports").json()["reports"]]


def test_an_upload_is_a_report_at_once_and_answers(client: TestClient, library: Library) -> None:
    said = upload(client, ONE)
    assert said.status_code == 200, said.text
    assert said.json()["results"] == [{"file": "甲.txt", "outcome": "added", "document": "甲", "said": ""}]
    assert names(client) == [SEED_NAME, "甲"]
    asked = {"question": "新增就业多少人？", "documents": ["甲"]}
    assert client.post("/v1/ask", json=asked).json()["answer"]["text"] == "20万人"
    assert [report.name for report in library.reports] == [SEED_NAME, "甲"]
    assert library.verify() == []


def test_an_upload_into_an_empty_library_makes_it(serve: Serve, tmp_path: Path) -> None:
    client = serve(tmp_path / "new")
    assert client.get("/v1/reports").json() == {"total": 0, "offset": 0, "next_offset": None, "reports": []}
    assert client.get("/v1/ready").status_code == 503
    assert upload(client, ONE).status_code == 200
    assert names(client) == ["甲"]


def test_lines_tell_how_far_an_upload_is(client: TestClient) -> None:
    said = upload(client, ONE, headers=LINES)
    assert said.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in said.text.splitlines()]
    assert {next(iter(line)) for line in lines[:-1]} == {"progress"}
    assert lines[-1]["end"]["results"][0]["outcome"] == "added"


def test_another_text_takes_the_place_of_a_report_only_where_that_is_said(
    client: TestClient,
) -> None:
    upload(client, ONE)
    said = upload(client, TWO)
    assert (said.status_code, said.json()["type"]) == (409, "urn:wenbao:problem:differs")
    assert "replace=true" in said.json()["detail"]
    assert upload(client, ONE).json()["results"][0]["outcome"] == "unchanged"
    assert upload(client, TWO, replace="true").json()["results"][0]["outcome"] == "replaced"
    assert client.get("/v1/reports/甲/text").json()["text"] == TWO


@pytest.mark.parametrize(
    ("name", "data"), [("空.txt", b""), ("坏.docx", b"PK\x03\x04"), ("坏.pdf", b"%PDF-1.7 no")]
)
def test_what_cannot_be_read_is_a_problem_and_leaves_nothing(
    client: TestClient, directory: Path, name: str, data: bytes
) -> None:
    said = upload(client, data, name)
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"
    assert str(directory) not in said.text
    assert names(client) == [SEED_NAME]
    assert not list((directory / ORIGINALS).rglob("*.*"))


def test_a_file_name_with_a_path_is_only_a_name(client: TestClient, directory: Path) -> None:
    assert upload(client, ONE, "../../甲.txt").status_code == 200
    (path,) = (directory / ORIGINALS).rglob("*.txt")
    assert path.name == "甲.txt"


@pytest.mark.parametrize(
    ("start", "end", "wanted"), [(0, 5, slice(0, 5)), (10, None, slice(10, None)), (3, 3, slice(3, 3)), (4678, None, slice(4678, None)), (4000, 99999, slice(4000, None))]
)  # fmt: skip
def test_a_range_of_the_text_is_a_slice_of_it(
    client: TestClient, library: Library, start: int, end: int | None, wanted: slice
) -> None:
    text = library.reports[0].text
    params = {"start": start} | ({"end": end} if end is not None else {})
    said = client.get(f"/v1/reports/{SEED_NAME}/text", params=params).json()
    assert said["text"] == text[wanted]
    assert said["characters"] == len(text)
    assert said["paragraph"] == library.reports[0].paragraph_of(start)
    assert (said["start"], said["end"]) == (start, start + len(said["text"]))
    assert said["text_digest"] == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("params", [{"start": 9, "end": 8}, {"start": 100_000}])
def test_a_range_that_is_not_there_is_a_problem(client: TestClient, params: dict[str, int]) -> None:
    said = client.get(f"/v1/reports/{SEED_NAME}/text", params=params)
    assert said.status_code == 422
    assert "4678" in said.json()["detail"]


def test_a_report_is_corrected_and_removed(client: TestClient, library: Library) -> None:
    said = client.patch(f"/v1/reports/{SEED_NAME}", json={"title": "新的标题", "speaker": "", "kind": "plan"})
    assert said.status_code == 200, said.text
    assert (said.json()["title"], said.json()["kind"]) == ("新的标题", "plan")
    assert said.json() == client.get(f"/v1/reports/{SEED_NAME}").json()
    assert library.reports[0].title == "新的标题"
    gone = client.delete(f"/v1/reports/{SEED_NAME}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert library.reports == []
    assert client.delete(f"/v1/reports/{SEED_NAME}").status_code == 404


@pytest.mark.parametrize(
    "correction", [{"title": " "}, {"year": 23}, {"level": "乡"}, {"kind": "诗"}, {"name": "乙"}]
)
def test_a_correction_that_cannot_be_is_a_problem(client: TestClient, correction: dict[str, Any]) -> None:
    before = client.get("/v1/reports").json()
    said = client.patch(f"/v1/reports/{SEED_NAME}", json=correction)
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"
    assert client.get("/v1/reports").json() == before


def test_a_correction_over_http_has_the_fields_that_may_be_corrected() -> None:
    assert set(reports.Correction.model_fields) == set(CORRECTABLE)
    parameters = inspect.signature(Library.correct).parameters
    assert {*parameters} - {"self", "name"} == set(CORRECTABLE)


def test_the_list_comes_in_pages(client: TestClient) -> None:
    upload(client, ONE)
    first, last = (
        client.get("/v1/reports", params={"offset": offset, "limit": 1}).json() for offset in (0, 1)
    )
    assert (last["total"], last["offset"], [one["document"] for one in last["reports"]]) == (2, 1, ["甲"])
    assert (first["next_offset"], last["next_offset"]) == (1, None)


@pytest.mark.parametrize("address", ["/v1/reports/丙", "/v1/reports/丙/text", f"/v1/track?earlier=丙&later={SEED_NAME}", "/v1/commitments?document=丙"])  # fmt: skip
def test_an_unknown_name_is_a_problem_everywhere(client: TestClient, address: str) -> None:
    said = client.get(address)
    assert (said.status_code, said.json()["type"]) == (404, "urn:wenbao:problem:report")
    assert "'丙'" in said.json()["zh"]


@pytest.mark.parametrize(
    ("address", "known"),
    [("/v1/reports", ("limit", "offset")), ("/v1/commitments", ("region", "year")), ("/v1/health", ())],
)
def test_a_parameter_that_no_address_knows_is_refused_by_name(
    client: TestClient, address: str, known: tuple[str, ...]
) -> None:
    said = client.get(address, params={"rejion": "江苏"})
    assert said.status_code == 422
    assert said.headers["content-type"] == "application/problem+json"
    told = said.json()
    assert told["type"] == "urn:wenbao:problem:request"
    for language in ("zh", "en"):
        assert "'rejion'" in told[language]
        assert all(name in told[language] for name in known)
    assert client.get(address).status_code == 200
