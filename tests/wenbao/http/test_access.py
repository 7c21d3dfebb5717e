from __future__ import annotations

import json
import logging
import os
import re
import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import wenbao.command
from indexer.people.accounts import FILE_NAME, Accounts, Role
from tests.conftest import SEED_NAME
from tests.wenbao.http.conftest import Serve
from wenbao import Library
from wenbao.http.rate import Rates, TooOften

REPORTS = "/v1/reports"
ONE = "甲市2023年政府工作报告\n（一）扩大就业。新增就业20万人，发展态势良好。"
CHANGES = (("DELETE", f"{REPORTS}/{SEED_NAME}"), ("PATCH", f"{REPORTS}/{SEED_NAME}"), ("POST", REPORTS))


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def added(accounts: Accounts, name: str, role: Role) -> str:
    """The token of somebody who is let in."""
    token = accounts.add(name, role, token=True)
    assert token is not None
    return token


def test_nobody_comes_in_without_a_token_where_there_are_tokens(client: TestClient, directory: Path) -> None:
    assert client.get(REPORTS).status_code == 200
    token = added(Accounts(directory), "CMS", Role.READER)
    for headers in ({}, bearer("wenbao_wrong"), {"authorization": f"Basic {token}"}, bearer("")):
        said = client.get(REPORTS, headers=headers)
        assert (said.status_code, said.headers["www-authenticate"]) == (401, 'Bearer realm="wenbao"')
        assert said.headers["content-type"] == "application/problem+json"
    assert client.get(REPORTS, headers=bearer(token)).status_code == 200
    assert client.get("/v1/health").status_code == 200
    assert client.get("/metrics").status_code == 401


def test_a_reader_may_not_change_anything(client: TestClient, directory: Path) -> None:
    reader = added(Accounts(directory), "CMS", Role.READER)
    for method, address in CHANGES:
        said = client.request(method, address, headers=bearer(reader), json={})
        assert (said.status_code, said.json()["type"]) == (403, "urn:wenbao:problem:forbidden")
        assert "'CMS'" in said.json()["zh"]
    asked = client.post("/v1/ask", headers=bearer(reader), json={"question": "新建多少个充电桩？"})
    assert asked.status_code == 200
    assert len(client.get(REPORTS, headers=bearer(reader)).json()["reports"]) == 1


def test_an_editor_may(client: TestClient, directory: Path) -> None:
    editor = bearer(added(Accounts(directory), "编辑部", Role.EDITOR))
    said = client.post(REPORTS, headers=editor, files={"file": ("甲.txt", ONE.encode())})
    assert said.status_code == 200
    assert client.patch(f"{REPORTS}/甲", headers=editor, json={"year": 2024}).status_code == 200
    assert client.delete(f"{REPORTS}/甲", headers=editor).status_code == 204


def test_a_removed_token_opens_nothing_from_then_on_and_nothing_opens_with_the_last(
    client: TestClient, serve: Serve, directory: Path
) -> None:
    accounts = Accounts(directory)
    token = added(accounts, "甲", Role.EDITOR)
    guarded = serve(directory, guarded=True)
    assert guarded.get(REPORTS, headers=bearer(token)).status_code == 200
    accounts.remove("甲")
    assert guarded.get(REPORTS, headers=bearer(token)).status_code == 401
    assert guarded.get(REPORTS).status_code == 401


def test_a_server_open_to_a_network_without_tokens_only_reads(serve: Serve, directory: Path) -> None:
    client = serve(directory, loopback=False)
    assert client.get("/v1/health").json()["read_only"] is True
    for method, address in CHANGES:
        said = client.request(method, address, headers={"host": "wenbao.example"}, json={})
        assert said.status_code == 403
        assert "wenbao people add" in said.json()["detail"]
    assert client.get(REPORTS, headers={"host": "wenbao.example"}).status_code == 200
    editor = bearer(added(Accounts(directory), "甲", Role.EDITOR))
    assert client.delete(f"{REPORTS}/{SEED_NAME}", headers=editor).status_code == 204


@pytest.mark.parametrize("name", ["forwarded", "x-forwarded-for", "x-real-ip"])
def test_what_comes_through_a_proxy_does_not_come_from_this_computer(client: TestClient, name: str) -> None:
    for method, address in CHANGES:
        assert client.request(method, address, headers={name: "203.0.113.7"}, json={}).status_code == 403
    assert client.get(REPORTS, headers={name: "203.0.113.7"}).status_code == 200
    # A page that made its own name point here can say so, too.
    assert client.get(REPORTS, headers={name: "203.0.113.7", "host": "evil.example"}).status_code == 403


def test_a_page_of_the_web_cannot_use_a_server_without_tokens(serve: Serve, directory: Path) -> None:
    client = serve(directory)
    files = {"file": ("甲.txt", ONE.encode())}
    # A form that another page sends, and a name of another page that points to this computer.
    said = client.post(REPORTS, files=files, headers={"origin": "https://evil.example"})
    assert said.status_code == 403
    assert client.get(REPORTS, headers={"host": "evil.example:8700"}).status_code == 403
    assert len(client.get(REPORTS).json()["reports"]) == 1
    # A form that says it is text is not taken for JSON.
    plain = {"content-type": "text/plain"}
    assert client.post("/v1/ask", content='{"question": "新建？"}', headers=plain).status_code == 422


def test_no_page_of_the_web_may_read_unless_it_is_let_in(serve: Serve, directory: Path) -> None:
    page = {"origin": "https://cms.example"}
    closed = serve(directory).get(REPORTS, headers=page)
    assert not [name for name in closed.headers if name.startswith("access-control")]
    client = serve(directory, origins=("https://cms.example",))
    assert client.get(REPORTS, headers=page).headers["access-control-allow-origin"] == "https://cms.example"
    assert (
        "access-control-allow-origin"
        not in client.get(REPORTS, headers={"origin": "https://x.example"}).headers
    )
    asks = {
        **page,
        "access-control-request-method": "DELETE",
        "access-control-request-headers": "authorization",
    }
    assert client.options(REPORTS, headers=asks).status_code == 200
    assert client.post(REPORTS, files={"file": ("甲.txt", ONE.encode())}, headers=page).status_code == 200


def test_who_asks_too_often_is_told_when_to_come_again(serve: Serve, directory: Path) -> None:
    client = serve(directory, rate=60)
    answers = [client.post("/v1/ask", json={"question": "？"}) for _ in range(30)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert 8 <= len(refused) <= 10  # twenty at once, and one a second
    assert all(1 <= int(answer.headers["retry-after"]) <= 2 for answer in refused)
    assert refused[0].json()["type"] == "urn:wenbao:problem:rate"
    assert client.get("/v1/health").status_code == 200


def test_each_of_several_questions_in_one_counts(serve: Serve, directory: Path) -> None:
    client = serve(directory, rate=1)
    asked = {"question": "今年新建多少个充电桩？新增高新技术企业多少家？"}
    codes = [client.post("/v1/ask/each", json=asked).status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]


def test_another_client_does_not_wait_for_it(serve: Serve, directory: Path) -> None:
    accounts = Accounts(directory)
    one, other = (bearer(added(accounts, name, Role.READER)) for name in ("甲", "乙"))
    client = serve(directory, rate=1)
    codes = [client.post("/v1/ask", json={"question": "？"}, headers=one).status_code for _ in range(21)]
    assert codes == [422] * 20 + [429]
    assert client.post("/v1/ask", json={"question": "？"}, headers=other).status_code == 422


def test_rates_are_even_and_counted_by_all_workers_together(tmp_path: Path) -> None:
    now = 1000.0
    workers = [Rates(60, tmp_path, clock=lambda: now) for _ in range(2)]
    for number in range(20):
        workers[number % 2].count("甲", 1)
    with pytest.raises(TooOften) as caught:
        workers[0].count("甲", 1)
    assert caught.value.seconds == 1
    workers[1].count("乙", 1)
    now += 1
    workers[1].count("甲", 1)
    with pytest.raises(TooOften):
        workers[0].count("甲", 0.5)
    now += 100
    for _ in range(200):  # what is only read costs a tenth
        workers[0].count("甲", 0.1)
    with pytest.raises(TooOften):
        workers[0].count("甲", 0.1)


def test_what_costs_more_than_may_come_at_once_is_allowed_to_who_did_nothing_lately() -> None:
    now = 0.0
    rates = Rates(60, clock=lambda: now)
    rates.count("甲", 50)
    with pytest.raises(TooOften) as caught:
        rates.count("甲", 50)
    assert caught.value.seconds == 50
    Rates(0).count("甲", 1e9)  # no limit


@pytest.mark.parametrize("declared", [True, False])
def test_a_request_that_is_too_large_is_refused(client: TestClient, declared: bool) -> None:
    body = b'{"question": "' + b"x" * 300_000 + b'"}'
    content = body if declared else iter([body[:200_000], body[200_000:]])
    said = client.post("/v1/ask", content=content, headers={"content-type": "application/json"})
    assert (said.status_code, said.headers["content-type"]) == (413, "application/problem+json")
    assert "256000" in said.json()["zh"]


@pytest.mark.parametrize("text", ["", "[]", '{"people": 3}', '{"people": [{"name": "甲"}]}', "\udcff"])
def test_a_damaged_list_of_people_lets_nobody_in(client: TestClient, directory: Path, text: str) -> None:
    (directory / FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    said = client.get(REPORTS)
    assert (said.status_code, said.json()["type"]) == (503, "urn:wenbao:problem:people")
    assert str(directory) not in said.text


def test_people_are_added_changed_listed_and_removed_by_the_command(
    library: Library, directory: Path
) -> None:
    def run(line: str, typed: str = "") -> str:
        done = CliRunner().invoke(
            wenbao.command.app, [*shlex.split(line), "--index", str(directory)], input=typed
        )
        assert done.exit_code == 0, done.output
        return done.output

    accounts = Accounts(directory)
    token = run("people add CMS --role editor").strip()
    found = accounts.of_token(token)
    assert found is not None and found.role is Role.EDITOR
    run("people add 张三 --password --email zhang@example.cn", "correct horse battery\n")
    found = accounts.of_secret("张三", "correct horse battery")
    assert found is not None and found.role is Role.READER and found.email == "zhang@example.cn"
    run("people set 张三 --role editor")
    rows = [json.loads(line) for line in run("people list").splitlines()]
    assert [(row["name"], row["role"], row["ways"]) for row in rows] == [
        ("CMS", "editor", ["token"]),
        ("张三", "editor", ["password", "email"]),
    ]
    assert token not in run("people list") and "scrypt" not in run("people list")
    assert run("people set CMS --token").strip() != token and accounts.of_token(token) is None
    run("people remove CMS")
    run("people remove 张三")
    assert run("people list") == ""
    assert library.verify() == []


def test_a_password_that_is_none_is_told_and_nobody_is_added(directory: Path) -> None:
    command = ["people", "add", "张三", "--password", "--index", str(directory)]
    done = CliRunner().invoke(wenbao.command.app, command, input="short\n")
    assert done.exit_code != 0 and "10 到 200" in str(done.exception)
    assert Accounts(directory).all() == ()


def test_the_log_tells_of_every_request_but_not_what_was_asked(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "wenbao.http")
    said = client.post("/v1/ask", json={"question": "新建充电桩"}, headers={"x-request-id": "abc-1"})
    client.get("/v1/commitments", params={"text": "充电桩"})
    client.get("/nowhere/充电桩")
    assert said.headers["x-request-id"] == "abc-1"
    told = [record.told for record in caplog.records if hasattr(record, "told")]
    assert (told[0]["request"], told[0]["route"], told[0]["status"]) == ("abc-1", "/v1/ask", 200)
    assert [one["route"] for one in told] == ["/v1/ask", "/v1/commitments", "(none)"]
    assert "充电桩" not in str(told)


def test_the_log_tells_what_was_asked_where_that_is_wanted(
    serve: Serve, directory: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "wenbao.http")
    serve(directory, log_questions=True).post("/v1/ask", json={"question": "新建充电桩"})
    assert caplog.records[-1].told["question"] == "新建充电桩"  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", ["a b", "x" * 65, "", "日志"])
def test_an_odd_request_id_is_not_taken(client: TestClient, given: str) -> None:
    said = client.get("/v1/health", headers={b"x-request-id": given.encode()})
    assert re.fullmatch(r"[0-9a-f]{32}", said.headers["x-request-id"])


def test_prometheus_counts_requests_by_route(client: TestClient) -> None:
    client.get(f"{REPORTS}/没有")
    client.request("FOO", "/x")
    text = client.get("/metrics").text
    assert re.search(
        r'wenbao_requests_total\{method="GET",route="/v1/reports/\{name\}",status="404"\} [1-9]', text
    )
    assert 'method="(other)",route="(none)"' in text
    assert 'wenbao_pending{line="asking"} 0.0' in text
    assert "没有" not in text
    assert os.environ.get("PROMETHEUS_MULTIPROC_DIR") is None
