from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from starlette.testclient import TestClient

from tests.wenbao.http.conftest import LINES, Serve
from wenbao import Library
from wenbao.http.application import application
from wenbao.http.settings import Settings

DOCUMENT: dict[str, Any] = application(Settings(Path("nowhere"))).openapi()
METHODS = [(method, path) for path, item in DOCUMENT["paths"].items() for method in item]


def schema_of(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of the document that can be used by itself."""
    return {**schema, "components": DOCUMENT["components"]}


def examples() -> Iterator[Any]:
    for method, path in METHODS:
        told = DOCUMENT["paths"][path][method]
        for status, answer in told["responses"].items():
            for kind, content in answer.get("content", {}).items():
                if "example" in content:
                    yield pytest.param(
                        content["schema"], content["example"], id=f"{method} {path} {status} {kind}"
                    )
    for name, schema in DOCUMENT["components"]["schemas"].items():
        for example in schema.get("examples", []):
            yield pytest.param(schema, example, id=name)


@pytest.mark.parametrize(("schema", "example"), [*examples()])
def test_an_example_is_what_its_schema_says(schema: dict[str, Any], example: Any) -> None:
    jsonschema.validate(example, schema_of(schema))


def test_every_address_that_answers_with_records_has_an_example() -> None:
    without = [
        (method, path)
        for method, path in METHODS
        for answer in [DOCUMENT["paths"][path][method]["responses"].get("200", {})]
        if "example" not in answer.get("content", {}).get("application/json", {"example": None})
    ]
    assert without == [("get", "/v1/health"), ("get", "/v1/ready")]


def test_every_address_tells_of_problems_and_tokens() -> None:
    for method, path in METHODS:
        problem = DOCUMENT["paths"][path][method]["responses"]["default"]["content"]
        assert list(problem) == ["application/problem+json"]
    assert DOCUMENT["security"] == [{"token": []}, {}]


def test_nothing_is_said_that_a_browser_would_fetch_elsewhere(client: TestClient) -> None:
    assert client.get("/openapi.json").json() == json.loads(json.dumps(DOCUMENT))
    for path in ("/docs", "/redoc"):
        assert client.get(path).status_code == 404


def test_an_answer_is_what_its_schema_says(client: TestClient) -> None:
    asked = {"question": "新建多少个充电桩？"}
    for path, said in (
        ("/v1/ask", client.post("/v1/ask", json=asked)),
        ("/v1/ask/each", client.post("/v1/ask/each", json=asked)),
        ("/v1/passages", client.post("/v1/passages", json=asked)),
        ("/v1/commitments", client.get("/v1/commitments", params={"unnumbered": True})),
        ("/v1/reports", client.get("/v1/reports")),
    ):
        method = "post" if path in ("/v1/ask", "/v1/ask/each", "/v1/passages") else "get"
        told = DOCUMENT["paths"][path][method]["responses"]["200"]["content"]["application/json"]
        jsonschema.validate(said.json(), schema_of(told["schema"]))


@pytest.mark.parametrize(
    ("method", "path", "request_", "status", "word"),
    [
        ("GET", "/nowhere", {}, 404, "/nowhere"),
        ("GET", "/v1/ask", {}, 405, "GET"),
        ("POST", "/v1/ask", {"content": b"{", "headers": {"content-type": "application/json"}}, 422, "body"),
        ("POST", "/v1/ask", {"content": b"\xff", "headers": {"content-type": "application/json"}}, 400, "/v1/ask"),
        ("POST", "/v1/ask", {"json": {}}, 422, "body.question"),
        ("POST", "/v1/ask", {"json": {"question": "？"}}, 422, ""),
        ("POST", "/v1/ask", {"json": {"question": "多少" * 300}}, 422, "500"),
        ("POST", "/v1/ask", {"json": {"question": "多少", "documents": []}}, 422, "body.documents"),
        ("POST", "/v1/ask", {"json": {"question": "多少", "more": 1}}, 422, "body.more"),
        ("POST", "/v1/ask", {"content": b'{"question": "\\ud800"}', "headers": {"content-type": "application/json"}}, 422, ""),
        ("GET", "/v1/commitments", {"params": {"limit": 100_000}}, 422, "query.limit"),
        ("GET", "/v1/commitments", {"params": {"offset": 10**30}}, 422, "query.offset"),
        ("GET", "/v1/commitments", {"params": {"low": "nan"}}, 422, "query.low"),
        ("GET", "/v1/track", {"params": {"earlier": "甲"}}, 422, "query.later"),
        ("POST", "/v1/reports", {"files": {"x": ("a", b"b")}}, 422, "body.file"),
        ("POST", "/v1/reports", {"content": b"--x", "headers": {"content-type": "multipart/form-data"}}, 400, ""),
    ],
)  # fmt: skip
def test_a_request_that_is_not_valid_is_a_problem_in_both_languages(
    client: TestClient, method: str, path: str, request_: dict[str, Any], status: int, word: str
) -> None:
    said = client.request(method, path, **request_)
    assert said.status_code == status, said.text
    assert said.headers["content-type"] == "application/problem+json"
    problem = said.json()
    jsonschema.validate(problem, schema_of(DOCUMENT["components"]["schemas"]["Problem"]))
    assert problem["detail"] == problem["zh"]
    assert word in problem["zh"] and word in problem["en"]
    assert re.search(r"[一-鿿]", problem["zh"])
    assert problem["request"] == said.headers["x-request-id"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/ask", "POST"),
        ("/v1/reports", "GET, POST"),
        ("/v1/reports/甲", "DELETE, GET, PATCH"),
        ("/v1/reports/甲/text", "GET"),
        ("/metrics", "GET"),
        ("/openapi.json", "GET, HEAD"),
    ],
)
def test_a_wrong_method_is_told_which_are_right(client: TestClient, path: str, allowed: str) -> None:
    said = client.put(path)
    assert (said.status_code, {*said.headers["allow"].split(", ")}) == (405, {*allowed.split(", ")})


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("en", "en"),
        ("en-GB,zh;q=0.5", "en"),
        ("zh-CN,en", "zh"),
        ("fr, en;q=0.3", "en"),
        ("fr", "zh"),
        ("", "zh"),
    ],
)
def test_the_detail_is_in_the_language_that_is_asked_for(
    client: TestClient, accepts: str, language: str
) -> None:
    problem = client.get("/v1/reports/丙", headers={"accept-language": accepts}).json()
    assert problem["detail"] == problem[language]


def test_a_fault_of_the_program_tells_nothing_but_the_request(
    serve: Serve, directory: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(Library, "compare", broken)
    client = serve(directory)
    for headers in ({}, LINES):
        said = client.post("/v1/compare", json={"question": "就业"}, headers=headers)
        assert (said.status_code, said.json()["type"]) == (500, "urn:wenbao:problem:fault")
        assert "secret" not in said.text
        assert said.json()["request"] == said.headers["x-request-id"]
    assert "secret" in caplog.text


def test_without_an_index_questions_are_told_so(serve: Serve, tmp_path: Path) -> None:
    said = serve(tmp_path / "none").post("/v1/ask", json={"question": "新建多少个充电桩？"})
    assert (said.status_code, said.json()["type"]) == (503, "urn:wenbao:problem:index")
    assert "没有索引" in said.json()["zh"] and str(tmp_path) not in said.text


def test_a_server_is_ready_when_its_models_are_loaded(client: TestClient, library: Library) -> None:
    for _ in range(100):
        said = client.get("/v1/ready")
        if said.status_code == 200:
            break
    assert said.json() == {"ready": True, "reports": 1, "warm": True}
    library.remove(library.reports[0].name)
    assert client.get("/v1/ready").status_code == 503
