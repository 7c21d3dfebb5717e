from __future__ import annotations

from pathlib import Path

import pytest

from answers.comparison.compare import Comparer
from answers.comparison.each_report import MOST, reports_to_ask
from answers.engine import Answerer
from indexer.build import build_index
from indexer.index import open_index
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

PLACES = ("江苏省", "浙江省", "湖北省", "湖南省", "广东省", "山东省", "河南省", "河北省", "四川省", "云南省", "福建省",
          "江西省", "安徽省")  # fmt: skip


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder: Path = tmp_path_factory.mktemp("each")
    for number, place in enumerate(PLACES):
        for year in (2024, 2025) if number < 2 else (2025,):
            text = f"一、{year}年重点工作\n（一）教育。新建学校{number + 11}所。\n"
            write_report(folder, f"{year}年{place}政府工作报告", text)
    build_index([folder], folder / "index", FakeEncoder())
    return Answerer(open_index(folder / "index", FakeEncoder().identity), FakeEncoder())


def test_a_question_without_a_place_is_put_to_the_latest_report_of_each_of_a_dozen(
    answerer: Answerer,
) -> None:
    reply = answerer.ask("今年新建多少所学校？")
    asked = reports_to_ask(reply, answerer.index.reports)
    assert len(asked) == MOST < len(PLACES) and all(name.startswith("2025") for name in asked)
    nearest = [p.place.document for p in reply.passages if p.place.document.startswith("2025")]
    assert set(nearest) <= set(asked)
    plan = Comparer(answerer).plan("今年新建多少所学校？", asked)
    assert plan is not None and set(plan.documents) == set(asked)


def test_a_question_that_names_its_place_asks_no_others(answerer: Answerer) -> None:
    reply = answerer.ask("江苏今年新建多少所学校？")
    assert reports_to_ask(reply, answerer.index.reports) == ()


def test_only_the_reports_of_a_set_are_asked(answerer: Answerer) -> None:
    inside = ("2024年江苏省政府工作报告", "2025年湖北省政府工作报告")
    reply = answerer.ask("新建多少所学校？", inside)
    assert set(reports_to_ask(reply, answerer.index.reports, inside)) == set(inside)
    alone = inside[:1]
    assert reports_to_ask(answerer.ask("新建多少所学校？", alone), answerer.index.reports, alone) == ()


def test_a_comparison_chooses_among_a_set_as_among_a_library_and_else_takes_all_of_it(
    answerer: Answerer,
) -> None:
    inside = ("2024年江苏省政府工作报告", "2025年江苏省政府工作报告", "2025年湖北省政府工作报告")
    comparer = Comparer(answerer)
    every = comparer.plan("各省今年新建多少所学校？", among=inside)
    assert every is not None and set(every.documents) == set(inside[1:])
    unnamed = comparer.plan("新建多少所学校？", among=inside)
    assert unnamed is not None and set(unnamed.documents) == set(inside)
