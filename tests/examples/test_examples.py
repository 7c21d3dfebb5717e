"""The programs in examples/ do what they say."""

from __future__ import annotations

import csv
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from wenbao import DocumentKind, Library

EXAMPLES = ROOT / "examples"
OTHER = "（二）其他\n深化国有企业改革。扩大对外开放，优化营商环境。"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("wenbao.library.load_encoder", FakeEncoder)


def run(name: str, *words: str) -> None:
    program: dict[str, Any] = runpy.run_path(str(EXAMPLES / f"{name}.py"))
    program["main"]([*words, "--index", "my-index"])


def test_every_example_is_run_by_a_test() -> None:
    named = Path(__file__).read_text(encoding="utf-8")
    assert [path.stem for path in EXAMPLES.glob("*.py") if f'run("{path.stem}"' not in named] == []


def test_provinces_are_compared_and_plotted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    library = Library.open("my-index")
    for place, said in {
        "江苏省": "新建学校7所。",
        "湖北省": "新建学校超9所。",
        "浙江省": "推进教育改革。",
    }.items():
        text = f"一、2025年重点工作\n（一）教育\n今年{said}\n{OTHER}"
        library.add(write_report(tmp_path / "in", f"{place}2025年政府工作报告", text))
    run("compare_provinces", "江苏、湖北、浙江、四川今年新建学校多少所？", "--output", "schools")
    with Path("schools.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["region"]: row for row in csv.DictReader(file)}
    assert {place: row["text"] for place, row in rows.items()} == {
        "江苏省": "7所", "湖北省": "超9所", "浙江省": "",
    }  # fmt: skip
    assert all(row["text_digest"] for row in rows.values())
    said = capsys.readouterr().out
    assert "3 cells, 2 with an answer, 2 drawn" in said
    assert "no report of 四川" in said
    drawn = Path("schools.svg").read_text(encoding="utf-8")
    assert "江苏省" in drawn and "湖北省" in drawn and "浙江省" not in drawn


def test_a_new_report_tells_what_it_changed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    former = "一、2025年重点工作\n新建学校7所。城镇新增就业20万人。\n"
    latter = (
        "一、2025年工作回顾\n新建学校5所。城镇新增就业22万人。\n"
        "二、2026年重点工作\n新建学校9所。城镇新增就业20万人。新建养老机构6家。\n"
    )
    Library.open("my-index").add(write_report(tmp_path / "in", "江苏省2025年政府工作报告", former))
    new = write_report(tmp_path / "new", "江苏省2026年政府工作报告", latter)
    run("alert", str(new))
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "江苏省2026年政府工作报告: after 江苏省2025年政府工作报告"
    told = {line.partition("]")[0] + "]": line for line in lines[1:]}
    assert set(told) == {"[超额完成]", "[7所 → 9所]", "[new]"}
    assert "就业20万人" in told["[超额完成]"] and "就业22万人" in told["[超额完成]"]
    assert "养老机构6家" in told["[new]"]
    assert "文件 SHA-256" in told["[new]"]

    run("alert", str(new))
    assert capsys.readouterr().out == "江苏省2026年政府工作报告.txt: unchanged\n"


def test_the_first_report_of_a_place_has_nothing_to_be_put_beside(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    run("alert", str(write_report(tmp_path / "new", "江苏省2026年政府工作报告", "新建学校9所。")))
    assert capsys.readouterr().out == "江苏省2026年政府工作报告: no earlier report of this place\n"


def test_a_plan_of_the_same_place_is_not_what_a_report_is_put_beside(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    plan = write_report(tmp_path / "in", "江苏省2025年国民经济和社会发展计划", "新建学校7所。")
    library = Library.open("my-index")
    library.add(plan)
    library.correct("江苏省2025年国民经济和社会发展计划", kind=DocumentKind.PLAN)
    run("alert", str(write_report(tmp_path / "new", "江苏省2026年政府工作报告", "新建学校9所。")))
    assert capsys.readouterr().out == "江苏省2026年政府工作报告: no earlier report of this place\n"


def test_what_the_user_can_mend_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["alert.py", "nowhere.txt", "--index", "my-index"])
    with pytest.raises(SystemExit, match="nowhere"):
        runpy.run_path(str(EXAMPLES / "alert.py"), run_name="__main__")


def test_a_clone_of_a_country_becomes_an_index(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    clone = tmp_path / "gov"
    for place, year, said in (("青海省", 2023, "9.1"), ("青海省", 2024, "9.4"), ("甘肃省", 2024, "7.5")):
        text = (
            f"---\ntitle: {year}年{place}政府工作报告\n---\n\n各位代表：\n\n**一、{year - 1}年工作回顾**\n\n新增就业{said}万人。\n\n"
            f"**二、{year}年工作安排**\n\n新增就业10万人。\n\n{OTHER}\n"
        )
        write_report(clone / "provinces" / place, str(year), text).rename(
            clone / "provinces" / place / f"{year}.md"
        )
    (clone / "README.md").write_text("# 政府工作报告库\n", encoding="utf-8")
    (clone / ".git").mkdir()
    (clone / ".git" / "2023.md").write_text("x", encoding="utf-8")
    run("country_library", str(clone))
    assert "added: 3" in capsys.readouterr().out
    library = Library.open("my-index")
    assert sorted((entry.region, entry.year) for entry in library.catalogue) == [
        ("甘肃省", 2024), ("青海省", 2023), ("青海省", 2024),
    ]  # fmt: skip
    run("country_library", str(clone))
    assert "unchanged: 3" in capsys.readouterr().out
    assert len(library.catalogue) == 3
