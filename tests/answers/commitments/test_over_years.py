from __future__ import annotations

from answers.commitments.over_years import over_years
from answers.commitments.tracking.proof import Status
from embeddings.language import Language
from tests.answers.commitments.test_tracking import report
from views.tracking.layout import chain_points, chain_row
from views.tracking.wording import TrackingWording

ZH: Language = "zh"
REPORTS = [
    report(2021, "地区生产总值增长5%。", "地区生产总值增长6%以上。海洋生产总值增长9%。"),
    report(2022, "地区生产总值达到900亿元、增长6.2%。", "地区生产总值增长7%。"),
    report(2023, "地区生产总值增长4%。海洋生产总值增长12%。", "地区生产总值增长5%。"),
    report(2025, "地区生产总值增长5.5%。", "地区生产总值增长6%。"),
]


def test_each_year_has_its_target_its_result_and_what_became_of_it() -> None:
    found = over_years(REPORTS, "地区生产总值")
    assert found.unit == "%"
    assert [(one.year, one.target and one.target.text, one.outcome and one.outcome.text, one.status) for one in found.years] == [
        (2020, None, "5%", None),
        (2021, "6%", "6.2%", Status.EXCEEDED),
        (2022, "7%", "4%", Status.MISSED),
        (2023, "5%", None, None),
        (2024, None, "5.5%", None),
        (2025, "6%", None, None),
    ]  # fmt: skip


def test_every_point_is_quoted_from_its_report() -> None:
    by_name = {one.name: one for one in REPORTS}
    rows = [row for one in over_years(REPORTS, "GDP").years for row in (one.target, one.outcome) if row]
    assert len(rows) == 8
    assert all(row.is_verbatim(by_name[row.place.document]) for row in rows)


def test_a_unit_may_be_chosen_and_another_indicator_is_none() -> None:
    assert [one.outcome and one.outcome.text for one in over_years(REPORTS, "地区生产总值", "元").years] == [
        "900亿元"
    ]
    assert over_years(REPORTS, "森林覆盖率").years == ()
    assert over_years([], "地区生产总值").years == ()


def test_what_is_drawn_are_targets_and_sure_results() -> None:
    words = TrackingWording(ZH)
    found = over_years(REPORTS, "地区生产总值")
    points = chain_points(found, words)
    assert [(p["year"], p["value"]) for p in points if p["kind"] == words.outcome] == [
        (2020, 5.0), (2021, 6.2), (2022, 4.0), (2024, 5.5),
    ]  # fmt: skip
    assert chain_row(found.years[0], words)[words.proposal] == ""


def test_a_mean_over_several_years_is_no_result_of_one() -> None:
    reports = [
        report(2021, "好。", "地区生产总值增长6%以上。"),
        report(2022, "五年来，地区生产总值年均增长7.1%。", "地区生产总值增长7%。"),
        report(2023, "五年来，地区生产总值年均增长6.4%。一年来，地区生产总值增长3.3%。", "再接再厉。"),
    ]
    found = over_years(reports, "地区生产总值").years
    assert [(one.year, one.outcome and one.outcome.text, one.status) for one in found] == [
        (2021, None, None), (2022, "3.3%", Status.MISSED),
    ]  # fmt: skip
