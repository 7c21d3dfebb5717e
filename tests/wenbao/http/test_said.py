"""Feedback and the log of changes over HTTP: the same store, the same checks as the page's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import wenbao.command
from answers.errors import FeedbackError
from answers.feedback import all_feedback
from indexer.people.accounts import Accounts, Role
from indexer.people.changes import By, Did, Door, changes, note
from tests.conftest import SEED_NAME
from tests.wenbao.http.conftest import Serve
from wenbao import Library

QUESTION = "有效发明专利拥有量达多少件？"
RIGHT = {"question": QUESTION, "answer": "5.3万件", "verdict": "right"}
FEEDBACK, LOG = "/v1/feedback", "/v1/log"


def bearer(directory: Path, name: str, role: Role) -> dict[str, str]:
    return {"authorization": f"Bearer {Accounts(directory).add(name, role, token=True)}"}


def test_what_is_said_of_an_answer_is_kept_with_its_place_and_who_said_it(
    client: TestClient, directory: Path, library: Library
) -> None:
    reader, editor = bearer(directory, "CMS", Role.READER), bearer(directory, "编辑部", Role.EDITOR)
    said = client.post(FEEDBACK, json=RIGHT, headers=reader)
    assert said.status_code == 200, said.text
    answer = said.json()["answer"]
    report = library.report(SEED_NAME)
    assert report.text[answer["start"] : answer["end"]] == answer["text"] == "5.3万件"
    assert answer["text_digest"] == report.document.text_digest
    wanted = "有效发明专利拥有量达5.3万件"
    wrong = RIGHT | {"verdict": "wrong", "wanted": wanted, "note": "要连名称"}
    assert client.post(FEEDBACK, json=wrong, headers=editor).status_code == 200
    page = client.get(FEEDBACK, headers=editor).json()
    assert (page["total"], [one["name"] for one in page["feedback"]]) == (2, ["编辑部", "CMS"])
    found = page["feedback"][0]["wanted"]
    assert report.text[found["start"] : found["end"]] == wanted
    assert [
        one["name"] for one in client.get(FEEDBACK, params={"offset": 1}, headers=editor).json()["feedback"]
    ] == ["CMS"]
    # It is the store of the pages, from which question sets are made.
    assert [(one.question, one.name) for one in all_feedback(directory)] == [
        (QUESTION, "CMS"),
        (QUESTION, "编辑部"),
    ]
    assert [one.verdict for one in library.feedback()] == ["wrong", "right"]


@pytest.mark.parametrize(
    ("change", "status", "type_"),
    [
        ({"wanted": "报告里没有的话"}, 422, "feedback"),
        ({"answer": "6万件"}, 409, "answer"),
        ({"answer": None}, 409, "answer"),
        ({"question": "？"}, 422, "question"),
        ({"verdict": "perhaps"}, 422, "request"),
        ({"note": "x" * 2001}, 422, "request"),
        ({"name": "别人"}, 422, "request"),
        ({"documents": ["没有"]}, 404, "report"),
    ],
)
def test_what_cannot_be_said_is_a_problem_and_nothing_is_kept(
    client: TestClient, directory: Path, change: dict[str, Any], status: int, type_: str
) -> None:
    said = client.post(FEEDBACK, json=RIGHT | change)
    assert (said.status_code, said.json()["type"]) == (status, f"urn:wenbao:problem:{type_}"), said.text
    assert all_feedback(directory) == () and changes(directory) == ()


def test_a_program_says_it_in_the_words_of_the_interface(library: Library, directory: Path) -> None:
    said = library.say(QUESTION, "5.3万件", "right")
    assert (said.verdict, said.name, library.feedback()) == ("right", "", [said])
    assert [(one.name, one.door, one.did) for one in changes(directory)] == [("", Door.PYTHON, Did.SPOKE)]
    with pytest.raises(FeedbackError, match=r"'perhaps'.*right、wrong、passage、absent"):
        library.say(QUESTION, "5.3万件", "perhaps")  # type: ignore[arg-type]
    assert len(all_feedback(directory)) == 1


def test_an_answer_must_be_told_of_which_something_is_said(client: TestClient) -> None:
    said = client.post(FEEDBACK, json={"question": QUESTION, "verdict": "right"})
    assert said.status_code == 422 and "body.answer" in said.json()["zh"]


def test_of_silence_only_that_is_said_that_can_be(client: TestClient) -> None:
    client.delete(f"/v1/reports/{SEED_NAME}")
    client.post("/v1/reports", files={"file": ("甲.txt", "今年新增就业20万人。".encode())})
    silent = {"question": "火星探测器何时登陆？", "answer": None}
    assert client.post("/v1/ask", json={"question": silent["question"]}).json()["answer"] is None
    refused = client.post(FEEDBACK, json=silent | {"verdict": "absent"})
    assert refused.json()["type"] == "urn:wenbao:problem:feedback" and "right、wrong" in refused.json()["zh"]
    kept = client.post(FEEDBACK, json=silent | {"verdict": "right"}).json()
    assert (kept["answer"], kept["verdict"], kept["name"]) == (None, "right", "testclient")


def test_words_of_a_report_that_is_gone_stay_without_a_place(client: TestClient) -> None:
    assert client.post(FEEDBACK, json=RIGHT).status_code == 200
    assert client.delete(f"/v1/reports/{SEED_NAME}").status_code == 204
    (one,) = client.get(FEEDBACK).json()["feedback"]
    assert one["answer"] == {
        "text": "5.3万件", "document": SEED_NAME, "start": None, "end": None, "text_digest": None,
    }  # fmt: skip


def test_a_reader_sees_neither_what_others_said_nor_what_they_did(
    client: TestClient, directory: Path
) -> None:
    reader = bearer(directory, "CMS", Role.READER)
    for path in (FEEDBACK, LOG):
        assert client.get(path, headers=reader).status_code == 403
        assert client.get(path).status_code == 401


def test_a_server_open_to_a_network_without_people_keeps_nothing_of_strangers(
    serve: Serve, directory: Path
) -> None:
    client = serve(directory, loopback=False)
    headers = {"host": "wenbao.example"}
    assert client.post(FEEDBACK, json=RIGHT, headers=headers).status_code == 403
    for path in (FEEDBACK, LOG):
        assert client.get(path, headers=headers).status_code == 403
    assert all_feedback(directory) == ()


def test_every_change_is_in_the_log_with_whose_token_it_was(
    client: TestClient, directory: Path, tmp_path: Path
) -> None:
    note(directory, By("张三", Door.PAGE), Did.JUDGED, "甲", "done")
    editor = bearer(directory, "编辑部", Role.EDITOR)
    text = "甲市2023年政府工作报告\n（一）扩大就业。新增就业20万人，发展态势良好。"
    assert (
        client.post("/v1/reports", headers=editor, files={"file": ("甲.txt", text.encode())}).status_code
        == 200
    )
    for correction in ({"year": 2024}, {}):  # the second changes nothing
        assert client.patch("/v1/reports/甲", headers=editor, json=correction).status_code == 200
    assert client.post(FEEDBACK, headers=editor, json=RIGHT).status_code == 200
    assert client.delete("/v1/reports/甲", headers=editor).status_code == 204
    assert client.delete("/v1/reports/甲", headers=editor).status_code == 404
    log = client.get(LOG, headers=editor).json()
    assert log["total"] == 5
    assert [(one["name"], one["door"], one["did"], one["what"], one["detail"]) for one in log["changes"]] == [
        ("编辑部", "http", "removed", "甲", ""),
        ("编辑部", "http", "spoke", QUESTION, "right"),
        ("编辑部", "http", "corrected", "甲", '{"year": 2024}'),
        ("编辑部", "http", "added", "甲", "甲.txt"),
        ("张三", "page", "judged", "甲", "done"),
    ]
    # The same by the command, as a table too.
    run = CliRunner().invoke
    table = tmp_path / "log.csv"
    assert run(wenbao.command.app, ["log", "--index", str(directory), "--export", str(table)]).exit_code == 0
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 6 and "张三" in lines[1] and "认定" in lines[1] and "移除" in lines[5]
    printed = run(wenbao.command.app, ["log", "--index", str(directory)])
    assert len(printed.output.splitlines()) == 5
