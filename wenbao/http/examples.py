"""The examples of the OpenAPI document, as the example report gives them (`python -m scripts.http_examples`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import JsonValue

FILE = Path(__file__).with_name("examples.json")
QUESTION: dict[str, JsonValue] = {"question": "今年新建多少个充电桩？"}
FOLLOW_UP: dict[str, JsonValue] = {"question": "那去年呢？", "after": "今年新建多少个充电桩？"}
SEVERAL: dict[str, JsonValue] = {"question": "今年新建多少个充电桩？新增高新技术企业多少家？"}
CORRECTION: dict[str, JsonValue] = {"region": "浙江省宁波市", "year": 2023, "speaker": "市长 汤飞帆"}
FEEDBACK: dict[str, JsonValue] = {
    "question": "今年新建多少个充电桩？",
    "answer": "1500个",
    "verdict": "right",
}
PROBLEM = "problem"
"""The key of the example of a problem; the others are of addresses, `POST /v1/ask`."""


def put_examples(document: dict[str, Any]) -> None:
    """Write the examples into an OpenAPI document: FastAPI would leave out what is null in them."""
    made = json.loads(FILE.read_text(encoding="utf-8"))
    document["components"]["schemas"]["Problem"]["examples"] = [made.pop(PROBLEM)]
    for address, answers in made.items():
        method, path = address.lower().split(" ", 1)
        content = document["paths"][path][method]["responses"]["200"]["content"]
        for media_type, example in answers.items():
            content[media_type]["example"] = example
