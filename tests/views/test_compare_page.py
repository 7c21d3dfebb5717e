"""The page 对比: what is decided without drawing, and the page itself with the fake encoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import views.shared.preparation
from answers.answer import Answer
from answers.comparison.batch import MOST_QUESTIONS, Compared, csv_questions, pasted_questions
from answers.comparison.cells import CellConfidence
from answers.comparison.compare import Comparer
from answers.comparison.table import Cell
from answers.comparison.values import Point, Series
from answers.comparison.wording import Evidence
from answers.engine import Answerer
from answers.errors import QuestionError
from answers.place import Place
from answers.quantities.amounts import Amount, Bound
from embeddings import WenbaoError
from indexer.build import build_index
from indexer.index import open_index
from indexer.text.span import Span
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.compare.batch import BatchJob, batch_bar, batch_job, batch_rows, filled
from views.compare.layout import cell_html, counted, differences_html, drawn_columns, heads, ordered
from views.compare.wording import CompareWording
from views.shared.chart import chart, chart_rows, line_ticks, point_label, round_ticks

ROOT = Path(__file__).parent.parent.parent
ZH = CompareWording("zh")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    for place, planned in (
        ("江苏省", "新建学校11所"),
        ("湖北省", "新建学校<b>33所以上"),
        ("湖南省", "新建学校22所"),
    ):
        write_report(
            folder,
            f"2025年{place}政府工作报告",
            f"一、2024年工作回顾\n学校教育事业发展良好。\n二、2025年重点工作\n今年{planned}，办好教育。\n",
        )
    for year in (2024, 2025):
        text = f"一、今年工作\n（一）教育。新建学校{year}所，发展“{year}式”教育。\n"
        write_report(folder, f"{year}年国务院政府工作报告", text)
    build_index([folder], folder / "index", FakeEncoder())
    return folder / "index"


@pytest.fixture(scope="module")
def comparer(library: Path) -> Comparer:
    encoder = FakeEncoder()
    return Comparer(Answerer(open_index(library, encoder.identity), encoder))


def results(job: BatchJob) -> tuple[Compared, ...]:
    found = job.result()
    assert not isinstance(found, WenbaoError)
    return found


def test_a_job_answers_many_questions_and_tells_what_went_wrong(comparer: Comparer) -> None:
    index = comparer.answerer.index
    job = batch_job(comparer, ["江苏和湖北今年新建多少所学校？", "今年新建多少所学校？", "？？"])
    good, unclear, empty = results(job)
    assert job.done and job.progress is not None
    assert batch_bar(job.progress, index, ZH).text.startswith("第 3 / 3 个问题")
    assert good.comparison is not None and len(good.comparison.rows) == 2
    assert unclear.comparison is None and isinstance(unclear.error, QuestionError)
    assert isinstance(empty.error, QuestionError)
    (row,) = batch_rows(good, index, ZH)
    assert row["问题"] == "江苏和湖北今年新建多少所学校？"
    assert set(row) == {"问题", "", "江苏 2025", "湖北 2025"}
    chosen = [p.name for p in index.reports][:2]
    (forced,) = results(batch_job(comparer, ["今年新建多少所学校？"], chosen))
    assert forced.comparison is not None and len(forced.comparison.rows) == 2


def test_a_cancelled_job_keeps_what_was_finished(comparer: Comparer) -> None:
    job = batch_job(comparer, ["各省今年新建多少所学校？"] * 50)
    job.cancel()
    job.wait(20)
    assert job.done and len(results(job)) < 50


def test_cells_are_escaped_and_rows_sorted_by_value(comparer: Comparer) -> None:
    index = comparer.answerer.index
    found = comparer.plan("各省今年新建多少所学校？")
    assert found is not None
    table = comparer.compare(found)
    assert heads(table, index, "zh") == ("2025年目标",)
    assert counted(table).found + counted(table).silent == 3
    for row in table.rows:
        shown = cell_html(row.cells[0], index.report(row.document), ZH)
        assert "<b>" not in shown
    (column,) = drawn_columns(table, index)
    drawn = column.series
    if drawn is not None:
        labels = {row["name"]: row["label"] for row in chart_rows(drawn, index, False)}
        assert labels["江苏"] == "11所"
        assert point_label(drawn.points[0], "所") == "11所"
        first = ordered(table, column)[0]
        assert first.document == "2025年湖北省政府工作报告"


@pytest.mark.parametrize(
    ("question", "said"), [("学校教育事业发展", "没有找到明确答案"), ("轨道交通网络", "没有出现这些词")]
)
def test_a_cell_without_an_answer_says_whether_the_words_stand_in_the_report(
    library: Path, question: str, said: str
) -> None:
    encoder = FakeEncoder()
    silent = replace(CellConfidence(), threshold=1.1)
    comparer = Comparer(Answerer(open_index(library, encoder.identity), encoder), silent)
    names = ["2025年江苏省政府工作报告", "2025年湖南省政府工作报告"]
    plan = comparer.plan(question, names)
    assert plan is not None
    for row in comparer.compare(plan).rows:
        report = comparer.answerer.index.report(row.document)
        assert all(said in cell_html(cell, report, ZH) for cell in row.cells)


def test_questions_come_from_a_box_or_a_csv() -> None:
    assert pasted_questions("甲？\n\n 乙？ \n甲？") == ("甲？", "乙？")
    assert csv_questions("编号,问题\n1,甲？\n2,乙？\n".encode("gb18030")) == ("甲？", "乙？")
    assert csv_questions("\ufeff甲？,x\n乙？,y\n".encode()) == ("甲？", "乙？")
    with pytest.raises(QuestionError):
        pasted_questions("\n")
    with pytest.raises(QuestionError):
        csv_questions(b"")
    with pytest.raises(QuestionError, match="太多"):
        pasted_questions("\n".join(map(str, range(MOST_QUESTIONS + 1))))


@pytest.fixture
def page(library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    monkeypatch.setenv("WENBAO_INDEX", str(library))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    st.cache_resource.clear()
    script = "from views.compare.page import compare_page\ncompare_page('zh')\n"
    views.shared.preparation.service().wait(30)
    yield AppTest.from_string(script, default_timeout=30)
    st.cache_resource.clear()


def _html(page: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in page.get("html"))


def test_the_page_shows_the_table_and_opens_a_cell(page: AppTest) -> None:
    page.query_params["compare"] = "江苏和湖南今年新建多少所学校？"
    page.run()
    assert not page.exception
    assert "2025年江苏省政府工作报告" in _html(page)
    opened = [button for button in page.button if str(button.key).startswith("compare_open:")]
    opened[-1].click().run()
    assert not page.exception


def test_a_link_with_reports_compares_these(page: AppTest) -> None:
    names = ["2025年湖南省政府工作报告", "2024年国务院政府工作报告"]
    page.query_params["compare"] = "今年新建多少所学校？"
    page.query_params["reports"] = "|".join([*names, "没有这份"])
    page.run()
    assert not page.exception
    assert all(name in _html(page) for name in names)
    assert any("没有这份" in warning.value for warning in page.warning)
    assert page.query_params["reports"] == names
    link = next(code.value for code in page.code if "/compare?" in code.value)
    assert parse_qs(urlsplit(link).query) == {"compare": ["今年新建多少所学校？"], "reports": names}


def test_years_show_what_is_new_and_gone(page: AppTest) -> None:
    page.query_params.update({"compare": "近两年国务院报告的学校教育", "view": "wording"})
    page.run()
    assert not page.exception
    assert "wb-new" in _html(page) and "wb-gone" in _html(page)
    assert "2025式" in _html(page) and "2024式" in _html(page)


def test_words_that_differ_are_marked_where_no_phrase_is_new() -> None:
    def said(text: str) -> Evidence:
        span = Span(0, len(text))
        return Evidence(text, span, span, span, 0, Place("r", "r", (), 1))

    before = [said("居民消费价格涨幅控制在3%。"), said("新增就业12万人。")]
    html = differences_html(before, [said("居民消费价格涨幅控制在4%左右。"), said("新增就业12万人。")])
    assert html.count("wb-change") == 1, "what stayed the same is not shown"
    assert "<del>3</del>" in html and "<ins>4</ins>" in html and "<ins>左右</ins>" in html
    assert differences_html([], before) == ""


def test_all_reports_are_compared_by_a_click(page: AppTest) -> None:
    page.query_params["compare"] = "新建学校多少所？"
    page.run()
    assert "也可以点“全部报告”" in page.info[0].value
    page.button(key="compare_all").click().run()
    assert not page.exception
    assert len(page.query_params["reports"]) == 5
    assert all(place in _html(page) for place in ("江苏省", "湖北省", "湖南省", "国务院"))


def test_regions_and_years_choose_the_reports_that_are_compared(page: AppTest) -> None:
    page.query_params["compare"] = "江苏和湖南今年新建多少所学校？"
    page.run()
    page.multiselect(key="compare_by_regions").set_value(["湖北", "国务院"]).run()
    assert not page.exception
    assert page.query_params["reports"] == [
        "2024年国务院政府工作报告", "2025年国务院政府工作报告", "2025年湖北省政府工作报告"
    ]  # fmt: skip
    page.multiselect(key="compare_by_years").set_value([2025]).run()
    assert page.query_params["reports"] == ["2025年国务院政府工作报告", "2025年湖北省政府工作报告"]


def test_many_questions_are_put_to_a_set_of_reports(comparer: Comparer) -> None:
    inside = ["2025年江苏省政府工作报告", "2025年湖南省政府工作报告"]
    (all_of_it, one) = results(
        batch_job(comparer, ["新建多少所学校？", "湖南和湖北今年新建多少所学校？"], among=inside)
    )
    assert all_of_it.comparison is not None
    assert [row.document for row in all_of_it.comparison.rows] == inside
    # 湖北 is in the library but not in the set.
    assert one.comparison is None or "2025年湖北省政府工作报告" not in {
        row.document for row in one.comparison.rows
    }


def test_a_question_that_compares_nothing_is_told_so(page: AppTest) -> None:
    page.query_params["compare"] = "今年新建多少所学校？"
    page.run()
    assert not page.exception
    assert any(ZH.no_plan in info.value for info in page.info)


def test_a_report_that_was_not_asked_has_an_empty_field() -> None:
    rows = [{"问题": "一", "辽宁 2025": "500亿斤"}, {"问题": "二", "宁夏 2025": "未提及"}]
    assert filled(rows)[0] == {"问题": "一", "辽宁 2025": "500亿斤", "宁夏 2025": ""}


def test_reports_of_one_title_stay_apart_when_the_page_is_run_again(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for year in (2024, 2025):
        text = f"江苏省政府工作报告\n一、今年工作\n（一）教育。新建学校{year}所，办好教育。\n"
        write_report(tmp_path, f"{year}年江苏省政府工作报告", text)
    build_index([tmp_path], tmp_path / "index", FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(tmp_path / "index"))
    views.shared.preparation.service().wait(30)
    page.query_params["compare"] = "近两年江苏报告的新建学校"
    page.run()
    box = "compare_reports:近两年江苏报告的新建学校"
    assert len(set(page.multiselect(key=box).options)) == 2
    assert len(page.run().multiselect(key=box).value) == 2
    assert not page.exception and "2024所" in _html(page) and "2025所" in _html(page)


def test_every_sentence_of_a_cell_is_unfolded_and_folded_up_again(page: AppTest) -> None:
    page.query_params["compare"] = "江苏和湖南今年新建多少所学校？"
    page.run()
    name = "1-2025年江苏省政府工作报告"
    page.button(key=f"compare_every:{name}").click().run()
    assert not page.exception and page.query_params["every"] == name
    assert sum(str(button.key).startswith("compare_sentence_open:") for button in page.button) >= 1
    # Its place is opened beside it too.
    assert "2025年江苏省政府工作报告" in page.query_params["open"]
    page.button(key=f"compare_every:{name}").click().run()
    assert "every" not in page.query_params
    assert not any(str(button.key).startswith("compare_sentence_open:") for button in page.button)


def test_a_link_to_a_cell_that_is_not_there_says_so(page: AppTest) -> None:
    page.query_params.update({"compare": "江苏和湖南今年新建多少所学校？", "every": "7-没有这份"})
    page.run()
    assert not page.exception and "every" not in page.query_params
    assert any(ZH.gone_place in warning.value for warning in page.warning)


def test_a_clause_that_is_its_own_value_is_said_once(comparer: Comparer) -> None:
    index = comparer.answerer.index
    report = index.report("2025年江苏省政府工作报告")
    start = report.text.index("办好教育")
    span = Span(start, start + 4)
    passage = next(passage for passage in report.passages if passage.span.holds(span))
    answer = Answer(
        Place.of(report, passage.section, span),
        "办好教育",
        span,
        passage.span,
        passage.span,
        passage.section,
        1.0,
    )
    summary = cell_html(Cell(answer, answer, 0.9), report, ZH).split("</summary>")[0]
    assert summary.count("办好教育") == 1


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ((0.0, 6.0), [0, 2, 4, 6]),
        ((3.0, 4.0), [3, 3.2, 3.4, 3.6, 3.8, 4]),
        ((41_000.0, 43_000.0), [41_000, 41_500, 42_000, 42_500, 43_000]),
        ((-3.0, 7.0), [-4, -2, 0, 2, 4, 6, 8]),
        ((0.1, 0.3), [0.1, 0.15, 0.2, 0.25, 0.3]),
    ],
)
def test_numbers_on_an_axis_are_few_and_round(values: tuple[float, float], ticks: list[float]) -> None:
    assert round_ticks(*values) == ticks
    line = line_ticks(values)
    assert line[: len(ticks)] == ticks and line[-1] > values[1]


def test_a_level_line_stands_in_the_middle_and_bars_begin_at_nought(comparer: Comparer) -> None:
    assert line_ticks([5.0, 5.0])[0] < 5 < line_ticks([5.0, 5.0])[-1]
    amount = Amount(42_000.0, 42_000.0, "人", Bound.EXACT)
    points = tuple(Point("2025年江苏省政府工作报告", high, high, amount) for high in (4.1, 4.3))
    drawn = Series("万人", points, (), ())
    made = chart(drawn, comparer.answerer.index, False, sort=False, ink="#000").to_dict(validate=False)
    (bars, _) = made["layer"]
    axis = bars["encoding"]["x"]
    assert axis["scale"]["domain"][0] == 0 and axis["axis"]["values"][0] == 0
    assert max(axis["axis"]["values"]) <= axis["scale"]["domain"][1]
    assert made["title"]["text"] == "万人"


@pytest.mark.parametrize(
    ("high", "label"), [(134.9084, "134.9084万亿元"), (1_349_084.5, "1349084.5万亿元"), (5.0, "5万亿元")]
)
def test_a_label_has_no_powers_of_ten(high: float, label: str) -> None:
    amount = Amount(high, high, "元", Bound.EXACT)
    assert point_label(Point("甲", high, high, amount), "万亿元") == label
