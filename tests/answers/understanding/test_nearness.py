from __future__ import annotations

from pathlib import Path

import pytest

from answers.engine import Answerer
from answers.understanding.nearness import nearness, tells_of_its_place
from answers.understanding.period import Period
from answers.understanding.question import corrected, shown_period, shown_regions, understand
from answers.understanding.scope import Scope
from indexer.build import build_index
from indexer.index import open_index
from indexer.report.records import DocumentKind, Metadata
from tests.answers.understanding.test_scope import report
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report


@pytest.mark.parametrize(
    ("metadata", "tells"),
    [
        (
            Metadata("宁波市政府工作报告", "浙江省宁波市", kind=DocumentKind.WORK_REPORT, kind_chance=0.99),
            True,
        ),
        (Metadata("政府工作报告", kind=DocumentKind.WORK_REPORT, kind_chance=0.99), True),
        (Metadata("统计公报", "浙江省宁波市", kind=DocumentKind.COMMUNIQUE, kind_chance=0.95), True),
        (
            Metadata("关于做好疫情防控的通知", "浙江省宁波市", kind=DocumentKind.POLICY, kind_chance=0.97),
            False,
        ),
        (Metadata("今天天气", "浙江省宁波市", kind=DocumentKind.OTHER, kind_chance=0.99), False),
        # Nobody knows what it is: with a place it may be a report, without one it shuts out nothing.
        (Metadata("某文件", "浙江省宁波市", kind=DocumentKind.POLICY, kind_chance=0.6), True),
        (Metadata("某文件", kind=DocumentKind.POLICY, kind_chance=0.6), False),
        (Metadata("某文件"), False),
    ],
)
def test_reports_and_plans_tell_of_one_place_and_notices_of_any(metadata: Metadata, tells: bool) -> None:
    assert tells_of_its_place(metadata) is tells


def test_other_places_stay_out_other_years_come_last_and_what_is_of_no_place_comes_between() -> None:
    asked, former, twin = (report(*one) for one in (("江苏省", 2025), ("江苏省", 2024), ("湖北省", 2025)))
    unknown = report("", 2025)
    library = [asked, former, twin, unknown]
    near = nearness(understand("江苏今年新建多少所学校？").scope(library), library)
    assert near is not None and near.preferred == {asked.name}
    assert near.searched == frozenset({asked.name, former.name, unknown.name})
    distances = [near.distance(one) for one in (asked, unknown, former)]
    assert distances[0] == 0 < distances[1] < distances[2]
    assert [near.is_twin(one) for one in (asked, unknown, former)] == [False, False, True]
    by_year = nearness(understand("2024年新建多少所学校？").scope(library), library)
    assert by_year is None or by_year.searched is None
    assert nearness(understand("新建多少所学校？").scope(library), library) is None


def test_what_the_user_chose_is_a_wall() -> None:
    library = [report("江苏省", 2025), report("", 2025)]
    near = nearness(Scope((library[0].name,), strict=True), library)
    assert near is not None and near.searched == near.preferred and not near.looks_further


def test_a_notice_of_no_known_place_answers_beside_the_reports_of_the_place_that_is_named(
    tmp_path: Path,
) -> None:
    write_report(
        tmp_path / "in", "2024年泰州市政府工作报告", "一、今年工作\n新建学校5所。\n二、其他\n发展医药产业。\n"
    )
    notice = "公积金缓缴常见问答\n各地企业可以申请公积金缓缴。泰州市公积金缓缴的期限不超过6个月。\n"
    write_report(tmp_path / "in", "9f3c", notice)
    build_index([tmp_path / "in"], tmp_path / "index", FakeEncoder())
    answerer = Answerer(open_index(tmp_path / "index", FakeEncoder().identity), FakeEncoder())
    question = understand("泰州市公积金缓缴期限不超过几个月？")
    reply = answerer.ask(question)
    assert reply.scope.documents == ("2024年泰州市政府工作报告",)
    assert reply.passages[0].place.document == "9f3c"
    reports = answerer.index.reports
    shown = shown_period(question, reports) or Period.BOTH
    only = corrected(
        question,
        reports,
        regions=shown_regions(reply.scope, reports),
        report_years=reply.scope.report_years,
        period=shown,
        ask=question.ask,
        only=True,
    )
    assert {passage.place.document for passage in answerer.ask(only).passages} == {"2024年泰州市政府工作报告"}
