from __future__ import annotations

from pathlib import Path

import pytest

from answers.engine import Answerer
from answers.understanding.period import Period
from answers.understanding.question import corrected, shown_period, shown_regions, understand
from answers.understanding.scope import Scope, chosen_documents, region_label
from indexer.build import build_index
from indexer.index import open_index
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata
from indexer.report.report import Report
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


def report(region: str, year: int) -> Report:
    name = f"{region}{year}"
    return parse_report(Document(name, "文", Metadata(name, region, "省", year), "", ""))


LIBRARY = [
    report("江苏省", 2025),
    report("湖北省", 2025),
    report("河南省", 2025),
    report("内蒙古自治区", 2025),
    report("浙江省宁波市", 2023),
    report("全国", 2016),
    report("全国", 2017),
    report("全国", 2018),
]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("江苏今年有多少家高新技术企业？", ["江苏省2025"]),
        ("江苏省和湖北省的粮食产量", ["江苏省2025", "湖北省2025"]),
        ("What growth does Jiangsu target?", ["江苏省2025"]),
        ("内蒙古的草原", ["内蒙古自治区2025"]),
        ("宁波和上海、杭州怎样抱团发展？", ["浙江省宁波市2023"]),
        ("长三角怎么发展低空经济？", ["江苏省2025"]),
        ("国务院2016年提出的赤字率", ["全国2016", "全国2017"]),
        ("国务院今年的赤字率", ["全国2018"]),
        ("总理怎么说", ["全国2016", "全国2017", "全国2018"]),
        ("江苏2024年粮食产量", ["江苏省2025"]),
        ("国务院2016年赤字率目标是多少", ["全国2016"]),
        ("国务院：2016年实际新增就业多少人", ["全国2017"]),
        ("国务院：2018年实际新增就业多少人", ["全国2018"]),
        ("国务院2016年政府工作报告里去年的增速", ["全国2016"]),
        ("国务院2016—2018年的报告各定了什么目标", ["全国2016", "全国2017", "全国2018"]),
        ("国务院近两年的赤字率目标", ["全国2017", "全国2018"]),
        ("国务院去年的目标完成得怎么样", ["全国2017", "全国2018"]),
        ("国务院去年新增就业多少人", ["全国2018"]),
        ("What deficit did the State Council plan for 2016?", ["全国2016"]),
        ("2016年的赤字率", ["全国2016", "全国2017"]),
        ("到2035年要怎样", [d.name for d in LIBRARY]),
        ("鄂豫两省的粮食", ["湖北省2025", "河南省2025"]),
        ("苏州的产业园", ["江苏省2025"]),
        ("各省的增长目标", ["江苏省2025", "湖北省2025", "河南省2025", "内蒙古自治区2025"]),
    ],
)
def test_a_question_is_about_the_reports_it_names(question: str, names: list[str]) -> None:
    documents = understand(question).scope(LIBRARY).documents
    assert documents == (None if len(names) == len(LIBRARY) else tuple(names))


def test_a_place_is_known_however_an_older_index_names_it() -> None:
    older = [report("南昌市", 2024), report("江西省", 2025)]
    assert understand("南昌2024年GDP目标是多少").scope(older).documents == ("南昌市2024",)


def test_years_without_a_report_are_told() -> None:
    scope = understand("国务院2010年的赤字率目标").scope(LIBRARY)
    assert (scope.absent_years, scope.national) == ((2010,), True)
    assert understand("国务院2015年政府工作报告").scope(LIBRARY).absent_years == (2015,)
    assert understand("国务院2018年实际完成了多少").scope(LIBRARY).absent_years == ()


def test_the_years_meant_and_the_reports_chosen_are_given() -> None:
    assert understand("国务院近两年的赤字率目标").scope(LIBRARY).years == (2017, 2018)
    assert understand("国务院近两年实际完成了多少").scope(LIBRARY).years == (2016, 2017)
    assert understand("国务院2016年赤字率目标是多少").scope(LIBRARY).report_years == (2016,)
    assert understand("江苏的目标").scope(LIBRARY).report_years == ()


def test_reports_are_chosen_by_region_and_year() -> None:
    assert chosen_documents(LIBRARY, ["江苏"], []) == ("江苏省2025",)
    assert chosen_documents(LIBRARY, ["国务院"], [2016, 2017]) == ("全国2016", "全国2017")
    assert len(chosen_documents(LIBRARY, [], [])) == len(LIBRARY)


@pytest.mark.parametrize("question", ["创新发展有哪些举措？", "黄河南岸怎么治理？", "青年人才怎么引进？"])
def test_a_name_inside_another_word_names_nothing(question: str) -> None:
    assert understand(question).scope(LIBRARY) == Scope(None)


def test_a_province_without_a_report_is_told_and_restricts_nothing() -> None:
    scope = understand("上海的目标是多少？").scope(LIBRARY)
    assert (scope.documents, scope.missing) == (None, ("上海",))
    both = understand("江苏和上海的目标是多少？").scope(LIBRARY)
    assert (both.documents, both.regions, both.missing) == (("江苏省2025",), ("江苏",), ("上海",))


def test_a_city_or_county_without_a_report_is_told_and_what_is_around_it_is_asked() -> None:
    scope = understand("余姚市今年的目标是多少？").scope(LIBRARY)
    assert (scope.documents, scope.regions, scope.missing) == (("浙江省宁波市2023",), ("宁波",), ("余姚市",))
    scope = understand("苏州今年的目标是多少？").scope(LIBRARY)
    assert (scope.regions, scope.missing) == (("江苏",), ("苏州",))
    scope = understand("全国今年的目标是多少？").scope([report("浙江省宁波市", 2023)])
    assert (scope.documents, scope.missing) == (None, ("国务院",))
    scope = understand("昆明的目标是多少？").scope(LIBRARY)
    assert (scope.documents, scope.missing) == (None, ("昆明",))


def test_the_short_name_of_a_county_counts_where_its_report_is_there() -> None:
    counties = [report("浙江省宁波市余姚市", 2023), report("浙江省宁波市慈溪市", 2023)]
    assert understand("余姚新建多少个充电桩").scope(counties).documents == ("浙江省宁波市余姚市2023",)
    assert understand("余姚新建多少个充电桩").scope(LIBRARY) == Scope(None)


def test_a_place_of_one_character_is_shown_by_its_full_name() -> None:
    library = [report("江苏省徐州市沛县", 2025), report("浙江省湖州市德清县", 2025), report("全国", 2025)]
    assert [region_label(one) for one in library] == ["沛县", "德清", "国务院"]
    scope = understand("沛县今年新建多少座桥梁？").scope(library)
    assert (scope.documents, scope.regions) == (("江苏省徐州市沛县2025",), ("沛县",))
    assert chosen_documents(library, ["沛县"], []) == ("江苏省徐州市沛县2025",)
    assert shown_regions(scope, library) == ("沛县",)


@pytest.mark.parametrize("question", ["2016年的增长目标是多少", "今年的增长目标是多少"])
def test_a_question_that_names_no_place_is_of_all_places_whatever_its_year(question: str) -> None:
    scope = understand(question).scope(LIBRARY)
    assert scope.documents is not None  # the year chooses
    assert shown_regions(scope, LIBRARY) == ()
    assert shown_regions(understand("各省今年的增长目标").scope(LIBRARY), LIBRARY) == (
        "江苏",
        "湖北",
        "河南",
        "内蒙古",
    )


def test_regions_and_years_that_the_user_chooses_hold_for_a_question_without_a_place() -> None:
    question = understand("2016年的增长目标是多少")
    scope = question.scope(LIBRARY)

    def chosen(regions: list[str], years: tuple[int, ...]) -> tuple[str, ...] | None:
        told = shown_period(question, LIBRARY) or Period.BOTH
        asked = corrected(
            question, LIBRARY, regions=regions, report_years=years, period=told, ask=question.ask
        )
        return asked.scope(LIBRARY).documents

    assert chosen([], scope.report_years) == scope.documents == ("全国2016",)
    assert chosen(["江苏"], (2025,)) == ("江苏省2025",)
    assert chosen([], ()) is None


def test_only_the_reports_in_scope_are_searched(tmp_path: Path) -> None:
    for place, count in (("江苏省", 11), ("湖北省", 22)):
        write_report(tmp_path, f"2025年{place}政府工作报告", f"（一）扩大就业。新建学校{count}所，发展良好。")
    build_index([tmp_path], tmp_path / "index", FakeEncoder())
    answerer = Answerer(open_index(tmp_path / "index", FakeEncoder().identity), FakeEncoder())
    for place, count in (("江苏", 11), ("湖北", 22)):
        reply = answerer.ask(f"{place}今年新建多少所学校？")
        assert reply.candidates[0].text == f"{count}所"
        assert {p.place.document for p in reply.passages} == {f"2025年{place}省政府工作报告"}
    chosen = answerer.ask("江苏今年新建多少所学校？", ["2025年湖北省政府工作报告"])
    assert chosen.candidates[0].text == "22所"
    everything = [parsed.name for parsed in answerer.index.reports]
    for documents in (None, everything):
        unsure = answerer.ask("上海新建多少所学校？", documents)
        assert unsure.signals is not None and unsure.signals.elsewhere == 1
