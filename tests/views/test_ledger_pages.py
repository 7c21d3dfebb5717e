"""The pages 承诺 and 兑现: what is decided without drawing, and the pages themselves with the fake encoder."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import views.commitments.page
import views.shared.ledger
import views.shared.preparation
import views.tracking.overview
from answers.commitments.across_reports import over_reports
from answers.commitments.nearest import nearest
from answers.commitments.rows import StatementKind
from answers.commitments.search import Entry, Filter
from answers.commitments.stored import StoredLedger
from answers.commitments.stored_rows import statements_of
from answers.commitments.stored_update import bring_up
from answers.commitments.topics import Topic
from answers.commitments.tracking.finding import Finding, all_told
from answers.commitments.tracking.judgements import judge, judgements, target_key, with_judgements
from answers.commitments.tracking.pairs import series_by_place, usual_pair
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import track
from answers.commitments.tracking.tracked_reports import TrackedReports
from answers.engine import Answerer
from answers.quantities.amounts import Bound
from answers.quantities.scales import scale
from embeddings.language import Language
from indexer.build import build_index
from indexer.index import ReportIndex, open_index
from indexer.library import add_reports
from indexer.people.changes import Did, changes
from indexer.people.report_sets import keep_set
from indexer.report.report import Report
from indexer.reports import open_reports
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report
from views.commitments.layout import (
    count_chart,
    entry_row,
    indicator_order,
    indicator_series,
    linked,
    region_counts,
    topic_rows,
    year_counts,
)
from views.commitments.wording import CommitmentsWording
from views.shared.times import shown_time
from views.tracking.layout import (
    chosen_pair,
    finding_labels,
    kept,
    next_target,
    outcome_span,
    verdicts_html,
)
from views.tracking.overview_chart import consecutive, overview_rows, pair_label
from views.tracking.wording import TrackingWording

ZH = CommitmentsWording("zh")
TRACKING = TrackingWording("zh")
OLDER, NEWER, OTHER = "2024年江苏省政府工作报告", "2025年江苏省政府工作报告", "2025年湖北省政府工作报告"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledger")
    for name, review, plan in (
        (OLDER, "新建学校5所。", "地区生产总值增长5%左右。城镇新增就业100万人以上。新建学校30所。"),
        (
            NEWER,
            "地区生产总值增长5.8%。城镇新增就业120万人。",
            "地区生产总值增长6%。开工建设苏州<b>西站</b>。",
        ),
        (OTHER, "经济稳中有进。", "地区生产总值增长7%以上。地区生产总值达到6万亿元。新增就业<b>90万人。"),
    ):
        year = int(name[:4])
        text = f"一、{year - 1}年工作回顾\n{review}\n二、{year}年重点工作\n（一）经济。{plan}\n"
        write_report(folder, name, text)
    build_index([folder], folder / "index", FakeEncoder())
    return folder / "index"


@pytest.fixture(scope="module")
def index(library: Path) -> ReportIndex:
    return open_index(library, FakeEncoder().identity)


@pytest.fixture(scope="module")
def stored(library: Path) -> StoredLedger:
    bring_up(library)
    return StoredLedger(library)


@pytest.fixture(scope="module")
def ledger(stored: StoredLedger) -> tuple[Entry, ...]:
    return tuple(stored.entries(Filter()))


def test_the_ledger_holds_every_report_and_only_its_words(
    ledger: tuple[Entry, ...], index: ReportIndex
) -> None:
    assert {entry.row.place.document for entry in ledger} == {OLDER, NEWER, OTHER}
    assert all(entry.row.is_verbatim(index.report(entry.row.place.document)) for entry in ledger)
    assert any(entry.row.amount is None for entry in ledger)


def test_topics_and_totals(stored: StoredLedger, ledger: tuple[Entry, ...]) -> None:
    jobs = Filter(topics=(Topic.JOBS,))
    assert {entry.row.text for entry in stored.page(jobs)} == {"100万人", "120万人", "90万人"}
    count = stored.totals(jobs)
    assert count.targets == 2 and count.results == 1 and count.reports == 3
    counts = stored.by_topic(Filter())
    assert counts[0].topic is Topic.GROWTH
    assert sum(row["rows"] for row in topic_rows(counts, ZH)) == len(ledger)


def test_an_indicator_is_compared_in_the_unit_that_most_reports_use(stored: StoredLedger) -> None:
    found = over_reports(stored, "地区生产总值", StatementKind.TARGET)
    assert found.unit == "%"
    ordered = indicator_order(found, by_value=True)
    assert [one.entry.row.text for one in ordered if one.entry] == ["7%", "6%", "5%"]
    drawn = indicator_series(found, found.found)
    assert drawn is not None and sorted(point.low for point in drawn.points) == [5, 6, 7]
    money = over_reports(stored, "地区生产总值", StatementKind.TARGET, "元")
    assert [one.document for one in money.found] == [OTHER] and len(money.silent) == 2


def test_long_numbers_are_drawn_in_ten_thousands() -> None:
    assert scale([3.0, 53_000.0]) == (1e4, "万") and scale([3.0]) == (1.0, "") and scale([]) == (1.0, "")


def test_nearest_rows_come_from_the_found_ones_only(stored: StoredLedger, index: ReportIndex) -> None:
    among = Filter(documents=(OTHER,), numbered=True)
    answerer = Answerer(index, FakeEncoder())
    found = nearest(stored, among, "城镇新增就业", answerer)
    assert found and set(found) <= set(stored.entries(among)) and found[0].topic is Topic.JOBS
    assert nearest(stored, Filter(regions=("广东",)), "就业", answerer) == ()


def test_a_row_of_the_table_says_what_the_report_says(
    stored: StoredLedger, ledger: tuple[Entry, ...]
) -> None:
    entry = next(e for e in ledger if e.row.text == "100万人")
    row = entry_row(entry, "江苏 2024", ZH)
    assert (row["原文数量"], row["标准值"], row["单位"], row["界限"], row["类型"]) == (
        "100万人", 1_000_000, "人", "以上", "目标",
    )  # fmt: skip
    assert row["原话"] in entry.sentence and row["原文数量"] in row["原话"]
    offered = stored.choices(Filter())
    assert offered.units[0] == "%" and offered.years == (2025, 2024, 2023)


def test_a_link_opens_its_row_and_nothing_else(
    stored: StoredLedger, ledger: tuple[Entry, ...], index: ReportIndex
) -> None:
    row = ledger[0].row
    query = {"report": row.place.document, "start": str(row.span.start), "end": str(row.span.end)}
    there = linked(query, index)
    assert there is not None and stored.at(there.document, there.span) == ledger[0]
    for bad in ({"report": "没有"}, {"start": "9" * 15}, {"end": "99999"}, {"end": "-1"}, {"end": "0"}):
        assert linked({**query, **bad}, index) is None


def test_pairs_are_of_one_place_in_order(index: ReportIndex) -> None:
    series = series_by_place(index.reports)
    assert [one.region for one in series] == ["江苏", "湖北"]
    assert usual_pair(series[0]) == (OLDER, NEWER)
    assert chosen_pair(series, OLDER, NEWER) == (0, OLDER, NEWER)
    assert chosen_pair(series, NEWER, OLDER) is None and chosen_pair(series, OLDER, OTHER) is None


def test_what_machine_and_person_say_stays_apart(index: ReportIndex, tmp_path: Path) -> None:
    earlier, later = index.report(OLDER), index.report(NEWER)
    pairs = track(earlier, later)
    missing = next(pair for pair in pairs if pair.status is Status.NOT_MENTIONED)
    judge(
        tmp_path, missing, earlier, later, Status.DONE, "王<b>敏", "见<i>公报", outcome="城镇新增就业120万人"
    )
    told = all_told(with_judgements(pairs, judgements(tmp_path), earlier, later), [later])
    one = next(each for each in told if each.judged.judgement)
    assert one.finding is Finding.DONE and one.proposal.finding is Finding.UNNAMED
    span = outcome_span(one.judged, later)
    assert span is not None and span.of(later.text) == "城镇新增就业120万人"
    said = verdicts_html(one, TRACKING, None)
    assert "没有出现这些词" in said and "已完成" in said and "王&lt;b&gt;敏" in said and "<i>" not in said
    assert one in kept(told, earlier, [later], [Finding.DONE], "学校")
    assert one not in kept(told, earlier, [later], [Finding.UNNAMED], "")
    assert sum(int(label.split()[-1]) for label in finding_labels(told, TRACKING).values()) == len(told)


def test_times_are_of_the_readers_clock() -> None:
    at = "2026-01-31T16:05:00+00:00"
    assert shown_time(at, "Asia/Shanghai") == "2026-02-01 00:05"
    assert shown_time(at, None) == shown_time(at, "Nowhere/None") == "2026-01-31 16:05 UTC"


def test_both_languages_name_everything() -> None:
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        assert set(CommitmentsWording(language).topic_names) == set(Topic)
        assert set(CommitmentsWording(language).bounds) == set(Bound)
        assert set(TrackingWording(language).statuses) == set(Status)
        assert set(TrackingWording(language).findings) == set(Finding)


@pytest.fixture
def pages(library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("WENBAO_INDEX", str(library))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    st.cache_resource.clear()
    views.shared.preparation.service().wait(30)
    yield
    st.cache_resource.clear()


def _page(module: str, language: str = "zh") -> AppTest:
    script = f"from views.{module}.page import {module}_page\n{module}_page('{language}')\n"
    return AppTest.from_string(script, default_timeout=30)


def test_the_ledger_is_listed_filtered_and_leaves_out_what_has_no_number(pages: None) -> None:
    page = _page("commitments").run()
    assert not page.exception
    everything = page.dataframe[0].value.to_dict("records")
    page.text_input(key="commitments_words").set_value("就业").run()
    assert [row["原文数量"] for row in page.dataframe[0].value.to_dict("records")] == [
        "100万人", "120万人", "90万人",
    ]  # fmt: skip
    page.text_input(key="commitments_words").set_value("")
    page.toggle(key="commitments_unnumbered").set_value(True).run()
    assert len(page.dataframe[0].value) == len(everything) + 1
    page.number_input(key="commitments_low").set_value(9.0)
    page.number_input(key="commitments_high").set_value(1.0).run()
    assert not page.exception and page.warning


def test_a_ledger_that_is_behind_tells_how_far_it_is_and_shows_what_there_is(
    pages: None, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Path(shutil.copytree(library, tmp_path / "index"))
    text = "一、2025年重点工作\n城镇新增就业80万人。\n"
    add_reports([write_report(tmp_path, "2025年广东省政府工作报告", text)], index, FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(index))
    monkeypatch.setattr(views.shared.ledger, "GRACE", 0.0)
    going = threading.Event()

    def slowly(report: Report) -> tuple[Entry, ...]:
        going.wait(30)
        return statements_of(report)

    monkeypatch.setattr("answers.commitments.stored_update.statements_of", slowly)
    views.shared.preparation.service().wait(30)
    page = _page("commitments")
    page.query_params["words"] = "就业"
    page.run()
    assert not page.exception
    assert [row["原文数量"] for row in page.dataframe[0].value.to_dict("records")] == [
        "100万人", "120万人", "90万人",
    ]  # fmt: skip
    assert page.get("progress")
    going.set()
    bring_up(index)
    page.run()
    assert not page.exception and not page.get("progress")
    assert "80万人" in [row["原文数量"] for row in page.dataframe[0].value.to_dict("records")]


def test_a_link_of_the_exported_ledger_opens_the_row(pages: None, ledger: tuple[Entry, ...]) -> None:
    row = next(e.row for e in ledger if e.row.place.document == OTHER and e.row.text.startswith("90万"))
    page = _page("commitments")
    page.query_params.update({"report": OTHER, "start": str(row.span.start), "end": str(row.span.end)})
    page.run()
    assert not page.exception
    html = "\n".join(str(element.proto.body) for element in page.get("html"))
    assert "<mark data-mark='1'>90万人</mark>" in html and "新增就业&lt;b&gt;" in html
    assert {row["报告"] for row in page.dataframe[0].value.to_dict("records")} == {"湖北 2025"}


def test_a_link_keeps_every_filter_and_the_row_that_is_opened(pages: None, ledger: tuple[Entry, ...]) -> None:
    row = next(e.row for e in ledger if e.row.place.document == OTHER and e.row.text.startswith("90万"))
    said = {
        "report": OTHER, "report_year": "2025", "words": "就业", "kind": "target", "order": "largest", "from": "5",
        "row": f"{row.span.start}-{row.span.end}-{OTHER}",
    }  # fmt: skip
    page = _page("commitments")
    page.query_params.update(said)
    page.run()
    assert not page.exception and not page.warning
    assert dict(page.query_params) == said
    link = next(code.value for code in page.code if "/commitments?" in code.value)
    assert parse_qs(urlsplit(link).query) == {name: [word] for name, word in said.items()}
    assert (page.selectbox[0].value, page.number_input(key="commitments_low").value) == ("largest", 5.0)
    html = "\n".join(str(element.proto.body) for element in page.get("html"))
    assert "<mark data-mark='1'>90万人</mark>" in html


def test_a_link_that_cannot_be_followed_says_so(pages: None) -> None:
    page = _page("commitments")
    page.query_params.update({"row": "3-5-没有这份", "kind": "nothing", "words": "就业"})
    page.run()
    assert not page.exception
    told = "".join(warning.value for warning in page.warning).replace("\\", "")
    assert "没有这份" in told and "kind=nothing" in told
    assert page.text_input(key="commitments_words").value == "就业"
    page = _page("tracking")
    page.query_params.update({"from": "没有这份", "to": OTHER})
    page.run()
    assert not page.exception and any("没有这份" in warning.value for warning in page.warning)


def test_a_link_to_a_pair_keeps_its_filters_and_its_target(pages: None) -> None:
    page = _page("tracking").run()
    first = page.query_params["from"], page.query_params["to"]
    page.text_input(key="tracking_words").set_value("就业").run()
    link = next(code.value for code in page.code if "/tracking?" in code.value)
    assert parse_qs(urlsplit(link).query) == {"from": [first[0]], "to": [first[1]], "words": ["就业"]}


def test_one_indicator_in_every_report(pages: None) -> None:
    page = _page("commitments")
    page.query_params["indicator"] = "地区生产总值"
    page.run()
    assert not page.exception
    rows = page.dataframe[0].value.to_dict("records")
    assert [(row["报告"], row["原文数量"]) for row in rows] == [
        ("湖北 2025", "7%"), ("江苏 2025", "6%"), ("江苏 2024", "5%"),
    ]  # fmt: skip


def test_the_ledger_and_tracking_wait_for_no_model(
    library: Path, stored: StoredLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slowly() -> FakeEncoder:
        gate.wait(30)
        return FakeEncoder()

    monkeypatch.setenv("WENBAO_INDEX", str(library))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", slowly)
    st.cache_resource.clear()
    try:
        for name in ("commitments", "tracking", "library"):
            page = _page(name).run()
            assert not page.exception and len(page.dataframe[0].value) > 1
        assert views.shared.preparation.service().answerer() is None
    finally:
        gate.set()
        views.shared.preparation.service().wait(30)
        st.cache_resource.clear()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tracking_sets_targets_beside_results(pages: None, language: Language) -> None:
    page = _page("tracking", language).run()
    assert not page.exception
    words = TrackingWording(language)
    rows = page.dataframe[0].value.to_dict("records")
    jobs = next(row for row in rows if row[words.target] == "100万人以上")
    assert jobs[words.outcome] == "120万人" and jobs[words.proposal].startswith("超额完成")
    assert any("湖北" in caption.value for caption in page.caption)


def test_one_report_of_each_place_is_told_how_to_go_on(
    pages: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write_report(tmp_path, OTHER, "一、2025年重点工作\n新建学校7所。")
    build_index([report], tmp_path / "index", FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(tmp_path / "index"))
    views.shared.preparation.service().wait(30)
    page = _page("tracking").run()
    assert not page.exception
    assert any("文库" in info.value and "湖北" in info.value for info in page.info)


def test_promises_without_a_number_are_tracked_where_they_are_asked_for_and_a_silent_report_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling = "各项事业全面进步。" * 400
    for name, review, plan in (
        (OLDER, "新建学校5所。", "新建学校30所。建成城西客运站。"),
        (NEWER, f"城西客运站建成投用。{filling}", "新建学校40所。"),
    ):
        year = int(name[:4])
        write_report(tmp_path, name, f"一、{year - 1}年工作回顾\n{review}\n二、{year}年重点工作\n{plan}\n")
    build_index([tmp_path], tmp_path / "index", FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(tmp_path / "index"))
    monkeypatch.setattr(views.shared.preparation, "load_encoder", FakeEncoder)
    st.cache_resource.clear()
    views.shared.preparation.service().wait(30)
    page = _page("tracking").run()
    assert not page.exception
    assert [row["目标"] for row in page.dataframe[0].value.to_dict("records")] == ["30所"]
    assert any(NEWER in error.value and "0 个带数字的结果" in error.value for error in page.error)
    page.toggle(key="tracking_unnumbered").set_value(True).run()
    assert not page.exception
    rows = page.dataframe[0].value.to_dict("records")
    assert [(row["目标"], row["机器建议"]) for row in rows] == [
        ("30所", "没有找到明确答案"),
        ("建成城西客运站", "已完成"),
    ]
    st.cache_resource.clear()


def test_the_overview_has_a_part_for_each_finding_and_the_next_target_goes_round(
    index: ReportIndex, tmp_path: Path
) -> None:
    earlier, later = index.report(OLDER), index.report(NEWER)
    told = all_told(with_judgements(track(earlier, later), (), earlier, later), [later])
    rows = overview_rows({pair_label(earlier, later): told}, TRACKING)
    assert {row["pair"] for row in rows} == {"2024→2025"}
    assert sum(row["count"] for row in rows) == len(told)
    assert [row["start"] for row in rows] == [0, *(row["end"] for row in rows[:-1])]
    ((first, second),) = consecutive(series_by_place(index.reports)[0])
    assert (first.name, second.name) == (OLDER, NEWER)
    assert next_target(["a", "b", "c"], "b") == "c" and next_target(["a", "b"], "b") == "a"
    assert (
        next_target(["a"], "a") is None and next_target(["a"], "gone") == "a" and next_target([], "a") is None
    )


def test_saved_with_a_step_onward_the_next_target_is_open(
    pages: None, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_library = Path(shutil.copytree(library, tmp_path / "index"))
    monkeypatch.setenv("WENBAO_INDEX", str(own_library))
    views.shared.preparation.service().wait(30)
    earlier, later = open_reports(own_library, (OLDER, NEWER))
    keys = [target_key(pair, earlier) for pair in track(earlier, later)]
    page = _page("tracking").run()
    page.session_state["tracking_target"] = keys[0]
    page.run()
    assert not page.exception
    next(box for box in page.text_input if box.label == "认定人").set_value("某某")
    next(b for b in page.button if b.label == "保存并看下一个").click().run()
    assert not page.exception
    assert page.session_state["tracking_target"] == keys[1]
    assert [made.name for made in judgements(own_library)] == ["某某"]
    assert [(one.name, one.did) for one in changes(own_library)] == [("某某", Did.JUDGED)]


def test_a_rerun_of_the_ledger_and_of_tracking_works_nothing_out_again(
    pages: None, stored: StoredLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = _counted(
        monkeypatch,
        (TrackedReports, "of"),
        (TrackedReports, "told"),
        (views.tracking.overview, "overview_chart"),
        (views.commitments.page, "topic_chart"),
        (StoredLedger, "totals"),
        (StoredLedger, "by_topic"),
    )
    for name, key in (("tracking", "tracking_words"), ("commitments", "commitments_words")):
        page = _page(name).run()
        done = dict(works)
        page.run()
        assert not page.exception
        assert works == done, name
        page.text_input(key=key).set_value("就业").run()  # what is found now is another thing
        assert not page.exception
    assert set(works) == {
        "of", "told", "overview_chart", "topic_chart", "totals", "by_topic"
    }  # fmt: skip


def _counted(monkeypatch: pytest.MonkeyPatch, *works: tuple[Any, str]) -> dict[str, int]:
    """How often each of these is called from now on."""
    calls: dict[str, int] = {}

    def noted(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def called(*given: Any, **named: Any) -> Any:
            calls[name] = calls.get(name, 0) + 1
            return work(*given, **named)

        return called

    for place, name in works:
        monkeypatch.setattr(place, name, noted(name, getattr(place, name)))
    return calls


def test_a_judgement_is_told_at_once_though_what_is_told_is_kept(
    pages: None, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_library = Path(shutil.copytree(library, tmp_path / "index"))
    monkeypatch.setenv("WENBAO_INDEX", str(own_library))
    views.shared.preparation.service().wait(30)
    earlier, later = open_reports(own_library, (OLDER, NEWER))
    page = _page("tracking").run()
    assert "人工已认定 0 个" in page.markdown[0].value
    for status in (Status.MISSED, Status.DONE):
        judge(own_library, track(earlier, later)[0], earlier, later, status, "某某", "", "")
        page.run()
        assert not page.exception
        assert "人工已认定 1 个" in page.markdown[0].value
        assert TRACKING.statuses[status] in page.dataframe[0].value["人工认定"].tolist()


def test_a_set_of_reports_is_a_scope_of_tracking(
    pages: None, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_library = Path(shutil.copytree(library, tmp_path / "index"))
    monkeypatch.setenv("WENBAO_INDEX", str(own_library))
    views.shared.preparation.service().wait(30)
    keep_set(own_library, "两年的", [OLDER, NEWER])
    keep_set(own_library, "一年的", [OTHER])
    page = _page("tracking")
    page.query_params["set"] = "两年的"
    page.run()
    assert not page.exception
    assert page.selectbox(key="tracking_set:box").value == "两年的"
    assert not any("湖北" in caption.value for caption in page.caption)  # it is not in the set
    page.selectbox(key="tracking_set:box").set_value("一年的").run()
    assert not page.exception
    assert any("这个报告组里" in info.value for info in page.info)
    assert dict(page.query_params)["set"] == "一年的"


def test_the_picture_of_every_year_stays_within_the_set(
    pages: None, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_library = Path(shutil.copytree(library, tmp_path / "index"))
    text = "一、2022年工作回顾\n新建学校4所。\n二、2023年重点工作\n新建学校5所。\n"
    add_reports([write_report(tmp_path, "2023年江苏省政府工作报告", text)], own_library, FakeEncoder())
    monkeypatch.setenv("WENBAO_INDEX", str(own_library))
    views.shared.preparation.service().wait(30)
    keep_set(own_library, "两年的", [OLDER, NEWER])
    works = _counted(monkeypatch, (TrackedReports, "of"))
    page = _page("tracking").run()
    page.toggle(key="tracking_every_year").set_value(True).run()
    assert not page.exception
    assert works == {"of": 2}
    page.selectbox(key="tracking_set:box").set_value("两年的").run()
    assert not page.exception
    assert not [one for one in page.toggle if one.key == "tracking_every_year"]


def test_what_is_folded_up_says_that_it_filters(pages: None, stored: StoredLedger) -> None:
    page = _page("commitments").run()
    assert page.expander[0].label.startswith("更多条件：")
    page.toggle(key="commitments_unnumbered").set_value(True)
    page.number_input(key="commitments_low").set_value(5.0).run()
    assert page.expander[0].label == "更多条件（已用 2 项）"


def test_rows_are_counted_by_region_and_by_year(stored: StoredLedger) -> None:
    regions = region_counts(stored.by_region(Filter(numbered=True)))
    assert (
        set(regions) == {"江苏", "湖北"}
        and sum(regions.values()) == stored.totals(Filter(numbered=True)).rows
    )
    years = year_counts(stored.by_year(Filter(numbered=True)))
    assert list(years) == sorted(years, reverse=True) and "2025" in years
    drawn = count_chart(years, ZH, "#111111").to_dict()
    (rows,) = drawn["datasets"].values()
    assert [row["rows"] for row in rows] == list(years.values())
