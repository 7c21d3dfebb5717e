"""The outline beside a report, and the examples made of the reports that are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.text.span import Span
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.shared.beside import place_shown
from views.shared.examples import Offered, Read, comparison_examples, example_questions, latest_reports
from views.shared.reading_pane import ShownPassage, outline

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
    first, second = _examples(latest)
    assert first.endswith("今年新建多少个充电桩？") and second.endswith("怎样发展养老服务？")
    assert {first[:2], second[:2]} == {"江苏", "湖北"}
    assert _examples([Read("甲", "宁波", "发展养老服务。")]) == ["怎样发展养老服务？"]
    assert _examples([]) == []


def test_an_example_that_one_report_answers_wrongly_is_asked_of_the_next(index: ReportIndex) -> None:
    latest = latest_reports(index)
    asked: list[Offered] = []

    def answers(offered: Offered) -> bool:
        asked.append(offered)
        return offered.words == "充电桩" and offered.question.startswith(latest[1].place)

    assert list(example_questions(latest, "zh", answers)) == [f"{latest[1].place}今年新建多少个充电桩？"]
    assert [one.document for one in asked[:2]] == [latest[0].name, latest[1].name]
    assert {one.words for one in asked} == {"充电桩", "养老"}


def _examples(latest: Sequence[Read]) -> list[str]:
    return list(example_questions(latest, "zh", lambda _: True))


def test_the_place_beside_is_that_of_what_is_marked(index: ReportIndex) -> None:
    report = index.report("2025年湖北省政府工作报告")
    marked = report.text.index("新建充电桩")
    passage = next(one for one in report.passages if one.span.start <= marked < one.span.end)
    whole = Span(report.text.index("二、2025年"), passage.span.end)  # it begins a paragraph before
    mark = Span(marked, marked + 5)
    shown = ShownPassage(whole, report.name, passage.section, (mark,))
    assert place_shown(report, shown).paragraph == report.paragraph_of(marked)
    unmarked = ShownPassage(whole, report.name, passage.section, ())
    assert place_shown(report, unmarked).paragraph == report.paragraph_of(whole.start)
    assert report.paragraph_of(marked) != report.paragraph_of(whole.start)


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
