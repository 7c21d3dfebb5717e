"""The outline beside a report, and the examples made of the reports that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.text.span import Span
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.shared.examples import Read, comparison_examples, example_questions, latest_reports
from views.shared.reading_pane import outline

_TEXT = (
    "一、{last}年工作回顾\n{place}新建公路30公里。\n二、{year}年工作安排\n（一）扩大内需。新建充电桩{year}个。\n"
    "（二）改善民生。加快发展养老服务。\n"
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> ReportIndex:
    folder = tmp_path_factory.mktemp("examples")
    for place, year in (("江苏省", 2024), ("江苏省", 2025), ("湖北省", 2025)):
        write_report(
            folder, f"{year}年{place}政府工作报告", _TEXT.format(place=place, last=year - 1, year=year)
        )
    build_index([folder], folder / "index", FakeEncoder())
    return open_index(folder / "index", FakeEncoder().identity)


def test_the_outline_has_the_headings_with_their_depths_and_paragraphs(index: ReportIndex) -> None:
    report = index.report("2025年湖北省政府工作报告")
    found = outline(report, Span(0, len(report.text)))
    assert [(one.depth, one.text.rstrip("。")) for one in found] == [
        (0, "一、2024年工作回顾"),
        (0, "二、2025年工作安排"),
        (1, "（一）扩大内需"),
        (1, "（二）改善民生"),
    ]
    for one in found:
        assert report.paragraphs[one.paragraph - 1].of(report.text).startswith(one.text[:4])


def test_the_outline_of_a_section_has_nothing_from_elsewhere(index: ReportIndex) -> None:
    report = index.report("2025年湖北省政府工作报告")
    section = next(one for one in report.sections if one.heading.of(report.text).startswith("二、"))
    assert [one.depth for one in outline(report, section.span)] == [0, 1, 1]


def test_examples_are_of_the_latest_reports_in_turn_and_only_of_what_stands_in_them(
    index: ReportIndex,
) -> None:
    latest = latest_reports(index)
    assert {one.place for one in latest} == {"江苏", "湖北"}
    assert all("2025个" in one.text for one in latest)
    first, second = example_questions(latest, "zh")
    assert first.endswith("今年新建多少个充电桩？") and second.endswith("怎样发展养老服务？")
    assert {first[:2], second[:2]} == {"江苏", "湖北"}
    assert example_questions((Read("宁波", "发展养老服务。"),), "zh") == ("怎样发展养老服务？",)
    assert example_questions((), "zh") == ()


def test_a_place_of_one_character_is_called_by_its_full_name(tmp_path: Path) -> None:
    for place in ("江苏省沛县", "浙江省德清县"):
        write_report(tmp_path, f"2025年{place}政府工作报告", _TEXT.format(place=place, last=2024, year=2025))
    build_index([tmp_path], tmp_path / "index", FakeEncoder())
    reports = open_index(tmp_path / "index", FakeEncoder().identity)
    assert {one.place for one in latest_reports(reports)} == {"沛县", "德清"}
    assert "沛县" in comparison_examples(reports.reports, "zh")[0]


def test_comparisons_are_offered_of_the_regions_and_years_that_there_are(index: ReportIndex) -> None:
    regions, years = comparison_examples(index.reports, "zh")
    assert "江苏" in regions and "湖北" in regions
    assert years.startswith("江苏近两年")
    assert not any("江苏" in one for one in comparison_examples(index.reports, "en"))
