"""The model of what reports tell: what it learns from, and runs without what it knows by heart."""

from __future__ import annotations

import json
from pathlib import Path

from training.told import _write_unseen, examples


def test_places_are_left_out_of_the_questions_and_are_their_sources() -> None:
    given = examples()
    assert len(given) > 9000
    one = given["long-001"]  # 岳阳2014年有几项指标没达到年初的预期…
    assert "岳阳" not in one.query and one.source == "湖南省岳阳市" and one.label == "yes"


def test_a_run_is_written_anew_with_what_a_fit_without_its_questions_says(tmp_path: Path) -> None:
    run = tmp_path / "run.jsonl"
    rows = [
        {"id": "a", "signals": {"told": 3.0, "lead": 1.0}},
        {"id": "moved-a", "signals": {"told": 3.0}},
        {"id": "other", "signals": {"told": 3.0}},
        {"id": "a-refused", "signals": None},
    ]
    run.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    _write_unseen(run, {"a": -1.0})
    written = [json.loads(line) for line in (tmp_path / "run.unseen.jsonl").read_text().splitlines()]
    assert [row["signals"] and row["signals"]["told"] for row in written] == [-1.0, -1.0, 3.0, None]
    assert written[0]["signals"]["lead"] == 1.0
