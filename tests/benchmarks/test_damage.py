"""The damaged copies are damaged, and what is left of them is counted."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from benchmarks.damage.__main__ import app
from benchmarks.damage.kinds import KINDS, Damage
from benchmarks.damage.structure import structure
from indexer.report.passages import parse_report
from indexer.report.report import Report
from tests.conftest import make_document

PARAGRAPHS = (
    "政府工作报告", "各位代表：", "一、2022年工作回顾", "城市面貌焕然一新，新增就业3.2万人，建成“口袋公园”12个，增长5.6%。" * 40,
    "二、2023年工作安排", "今年要新建学校15所，完成投资310亿元。" * 40,
)  # fmt: skip


def parsed(text: str) -> Report:
    return parse_report(make_document(text))


@pytest.mark.parametrize("damage", KINDS[1:], ids=lambda damage: damage.name)
def test_every_kind_damages_a_report_and_keeps_its_words(damage: Damage) -> None:
    damaged = damage.make(PARAGRAPHS)
    assert damaged != "\n".join(PARAGRAPHS)
    assert damaged == damage.make(PARAGRAPHS)
    words = damaged.replace("\n", "").replace(" ", "").replace("　", "")
    assert words.count("就业") == 40


def test_a_copy_that_lost_nothing_has_everything() -> None:
    report = parsed("\n".join(PARAGRAPHS))
    found = structure(report, parsed("\n\n".join(PARAGRAPHS)))
    assert (found.headings, found.paragraphs, found.figures, found.strange) == (1, 1, 1, 0)
    assert found.sections == found.sections_of_report == 3


def test_what_a_copy_lost_is_counted() -> None:
    report = parsed("一、总体要求\n增长12.5%。\n新建学校15所。\n二、主要任务\n投资310亿元。")
    copy = parsed("一、总体要求\n增长2.5%。\n新建学校15所。\n主要事情\n投资310亿元。")
    found = structure(report, copy)
    assert (found.sections, found.sections_of_report) == (2, 3)
    assert found.headings == 0.5
    assert found.paragraphs == 0.6
    assert found.figures == pytest.approx(2 / 3)
    assert found.strange == pytest.approx(1 / 3)


def test_the_command_tells_a_row_for_every_kind_that_was_chosen() -> None:
    told = CliRunner().invoke(app, ["--only", "spaced"])
    assert told.exit_code == 0
    rows = [line.split("  ")[0] for line in told.stdout.splitlines()[2:]]
    assert rows == ["none", *(kind.name for kind in KINDS if "spaced" in kind.name)]
    assert all("55/55" in line for line in told.stdout.splitlines()[2:])


DAMAGES = ("columns 70, blank lines", "pages, form feeds", "spaced figures", "half-width marks", "page junk")


@pytest.mark.model
@pytest.mark.slow
def test_damaged_copies_of_a_report_answer_as_well_within_two_points() -> None:
    """`python -m benchmarks.damage --ask` does it for all kinds; what no reader could tell again is told in the docs."""
    chosen = [word for name in DAMAGES for word in ("--only", name)]
    told = CliRunner().invoke(app, ["--ask", *chosen])
    assert told.exit_code == 0
    rows = told.stdout.splitlines()[2:]
    right = {row[:38].strip(): float(row.split()[-3]) for row in rows}
    assert set(DAMAGES) <= set(right)
    assert {name: share for name, share in right.items() if share < right["none"] - 0.02} == {}
