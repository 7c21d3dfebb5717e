from __future__ import annotations

from pathlib import Path

import pytest

from answers.commitments.extraction.extract import commitments
from answers.commitments.rows import StatementKind
from answers.commitments.tracking.pairs import series_by_place
from indexer.library import add_reports, correct_metadata
from indexer.proof.verify import verify_index
from indexer.report.kinds import kind_of
from indexer.report.metadata import corrected
from indexer.report.passages import parse_report
from indexer.report.records import DocumentKind, Metadata, Origin
from indexer.report.report import Report
from indexer.report.roles import Role
from indexer.reports import open_reports
from indexer.sources import read_document
from indexer.store.rows import metadata_from, metadata_json
from tests.fake_encoder import FakeEncoder
from tests.index_files import write_report

WEATHER = "市气象台预报：今天夜里到明天晴，最高气温25度，最低气温15度，东南风3级。后天有小雨。"


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("绍兴市2024年政府工作报告", "各位代表：现在，我代表市人民政府向大会报告工作，请予审议。", DocumentKind.WORK_REPORT),
        ("绍兴市国民经济和社会发展第十四个五年规划纲要", "第一章 发展基础 “十三五”时期取得重大成就。第二章 指导思想", DocumentKind.PLAN),
        ("关于绍兴市2022年预算执行情况和2023年预算草案的报告", "各位代表：受市人民政府委托，报告预算执行情况。一般公共预算收入", DocumentKind.BUDGET),
        ("绍兴市2022年国民经济和社会发展统计公报", "初步核算，全年地区生产总值7351亿元，比上年增长4.4%。", DocumentKind.COMMUNIQUE),
        ("绍兴市人民代表大会常务委员会工作报告", "各位代表：我受市人大常委会委托，向大会报告工作，请予审议。", DocumentKind.COMMITTEE_REPORT),
        ("绍兴市人民政府关于推进智能制造的若干意见", "各区、县人民政府，市级各部门：为加快发展，提出如下意见。", DocumentKind.POLICY),
        ("绍兴市水资源保护条例", "第一章 总则 第一条 为了保护水资源，制定本条例。第二条 本条例适用于本市。", DocumentKind.REGULATION),
        ("在全市民营经济大会上的讲话", "同志们：今天召开这次大会，主要任务是部署工作。我讲三点意见。", DocumentKind.SPEECH),
        ("", WEATHER, DocumentKind.OTHER),
    ],
)  # fmt: skip
def test_every_kind_is_known_by_title_and_opening(title: str, text: str, kind: DocumentKind) -> None:
    assert kind_of(title, f"{title}\n{text}").kind is kind


def read(folder: Path, name: str, text: str) -> Report:
    return parse_report(read_document(write_report(folder, name, text)))


def test_a_communique_tells_the_results_of_its_own_year(tmp_path: Path) -> None:
    text = (
        "绍兴市2022年国民经济和社会发展统计公报\n绍兴市统计局\n2023年3月10日\n一、综合\n初步核算，全年地区生产总值7351亿元，"
        "比上年增长4.4%。\n二、目标\n全年新增就业12万人。"
    )
    report = read(tmp_path, "公报", text)
    assert (report.metadata.kind, report.year) == (DocumentKind.COMMUNIQUE, 2022)
    rows = commitments(report)
    assert {(row.kind, row.year) for row in rows} == {(StatementKind.ACHIEVED, 2022)}


def test_what_is_no_report_is_in_no_ledger_and_in_no_pair(tmp_path: Path) -> None:
    news = [read(tmp_path, f"北京{year}", f"北京{year}年天气\n{WEATHER}" * 3) for year in (2023, 2024)]
    assert [report.metadata.sure_kind for report in news] == [DocumentKind.OTHER] * 2
    assert [commitments(report) for report in news] == [(), ()]
    assert series_by_place(tuple(news)) == ()


def test_the_kind_is_kept_with_its_chance_and_a_person_may_correct_it(tmp_path: Path) -> None:
    directory = tmp_path / "index"
    add_reports(write_report(tmp_path, "天气", WEATHER), directory, FakeEncoder())
    (report,) = open_reports(directory)
    assert (report.metadata.kind, report.metadata.kind_chance > 0.5) == (DocumentKind.OTHER, True)
    correct_metadata("天气", directory, FakeEncoder(), {"kind": "speech"})
    (report,) = open_reports(directory)
    assert (report.metadata.kind, report.metadata.kind_chance) == (DocumentKind.SPEECH, 1.0)
    with pytest.raises(TypeError, match="poem"):
        corrected(report.metadata, Origin.USER, kind="poem")


def test_what_a_former_version_knew_of_a_report_can_be_read() -> None:
    former = '{"title": "甲", "region": "浙江省", "level": "省", "year": 2023, "issuer": "", "meeting": "", "date": "", "speaker": "", "origins": [{"field": "region", "origin": "text"}]}'
    known = metadata_from(former)
    assert (known.title, known.kind, known.sure_kind, known.planned_year) == ("甲", None, None, 2023)
    assert metadata_from(metadata_json(known)) == known
    assert (
        metadata_from(metadata_json(Metadata("乙", kind=DocumentKind.PLAN, kind_chance=0.9))).kind
        is DocumentKind.PLAN
    )


def test_a_kind_that_is_corrected_changes_what_is_stored_of_the_passages(tmp_path: Path) -> None:
    directory, encoder = tmp_path / "index", FakeEncoder()
    text = "绍兴市2022年情况\n一、重点任务\n" + "全市新增就业12万人，要继续努力。" * 20
    add_reports(write_report(tmp_path, "情况", text), directory, encoder)
    correct_metadata("情况", directory, encoder, {"kind": "communique"})
    assert verify_index(directory) == ()
    (report,) = open_reports(directory)
    assert Role.TASKS not in report.roles
