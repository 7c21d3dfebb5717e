"""The examples of the OpenAPI document, made by asking the server about the example report.

    python -m scripts.http_examples

Long lists are cut to their first member, so that a page shows them whole.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from indexer.location import example_reports
from wenbao.http.application import application
from wenbao.http.examples import CORRECTION, FEEDBACK, FILE, PROBLEM, QUESTION, SEVERAL
from wenbao.http.settings import Settings
from wenbao.http.streams import MEDIA_TYPE

_LINES = {"accept": MEDIA_TYPE}
_LATER = "浙江省宁波市政府工作报告2024\n一、2023年工作回顾\n过去一年，新建充电桩1720个。\n二、2024年工作安排\n今年新建充电桩2000个。\n"
_TITLE = "宁波市政府工作报告（2023年，下半部分）"
_CUT = (
    "points",
    "candidates",
    "passages",
    "cells",
    "commitments",
    "tracked",
    "reports",
    "feedback",
    "changes",
)


def main() -> None:
    """Write them anew."""
    with tempfile.TemporaryDirectory() as folder:
        made = asked(Path(folder) / "index")
    FILE.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def asked(directory: Path) -> dict[str, Any]:
    """What the server answers, by what was asked of it."""
    (report,) = sorted(example_reports().glob("*.txt"))
    with TestClient(application(Settings(directory)), base_url="http://127.0.0.1") as client:
        files = {"file": (report.name, report.read_bytes())}
        added = client.post("/v1/reports", files=files)
        first = client.get("/v1/reports").json()["reports"][0]["document"]
        client.patch(f"/v1/reports/{first}", json=CORRECTION | {"title": _TITLE})
        one = client.get(f"/v1/reports/{first}")
        files = {"file": ("宁波2024.txt", _LATER.encode())}
        other = client.post("/v1/reports", files=files, headers=_LINES)
        client.patch("/v1/reports/宁波2024", json={"region": "浙江省宁波市", "year": 2024})
        question = {**QUESTION, "documents": [first]}
        answers = {
            "POST /v1/reports": added,
            "GET /v1/reports/{name}": one,
            "PATCH /v1/reports/{name}": one,
            "POST /v1/ask": client.post("/v1/ask", json=question),
            "POST /v1/ask/each": client.post("/v1/ask/each", json={**SEVERAL, "documents": [first]}),
            "POST /v1/passages": client.post("/v1/passages", json=question),
            "POST /v1/compare": client.post("/v1/compare", json=question),
            "GET /v1/commitments": client.get(
                "/v1/commitments", params={"text": "充电桩", "document": first}
            ),
            "GET /v1/track": client.get("/v1/track", params={"earlier": first, "later": "宁波2024"}),
            "GET /v1/reports": client.get("/v1/reports"),
            "GET /v1/reports/{name}/text": client.get(
                f"/v1/reports/{first}/text", params={"start": 3064, "end": 3083}
            ),
        }
        answers["POST /v1/feedback"] = client.post("/v1/feedback", json=FEEDBACK | {"documents": [first]})
        answers |= {f"GET {path}": client.get(path) for path in ("/v1/feedback", "/v1/log")}
        problem = client.get("/v1/reports/没有的报告").json()
        lines = client.post("/v1/compare", json=question, headers=_LINES)
    answered = {address: answer.json() for address, answer in answers.items()}
    answered["GET /v1/track"]["tracked"].sort(key=lambda row: row["outcome"] is None)
    made = {address: {"application/json": _cut(answer)} for address, answer in answered.items()}
    for address, told in (("POST /v1/compare", lines), ("POST /v1/reports", other)):
        made[address][MEDIA_TYPE] = _steady(told.text)
    return made | {PROBLEM: _cut(problem)}


def _cut(value: Any) -> Any:
    """An answer with the first member of its lists, and without what differs from one time to the next."""
    if isinstance(value, list):
        return [_cut(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    steady = {
        "elapsed_ms": 150.0, "request": "4bf92f3577b34da6a3ce929d0e0e4736", "at": "2026-03-05T01:02:03+00:00",
    }  # fmt: skip
    return {
        key: steady.get(key) or _cut(inner[:1] if key in _CUT and isinstance(inner, list) else inner)
        for key, inner in value.items()
    }


def _steady(lines: str) -> str:
    rows = (_cut(json.loads(line)) for line in lines.splitlines())
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    main()
