from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from answers.commitments.extraction import extract
from answers.commitments.extraction.extract import _commitments
from answers.commitments.rows import Commitment
from answers.commitments.tracking.finding import Finding
from answers.commitments.tracking.proof import PROVED, Status
from answers.commitments.tracking.results import dated, source_of
from answers.commitments.tracking.totals import pair_of, reports_of, totals
from answers.commitments.tracking.tracked_reports import TrackedReports
from answers.errors import LedgerError
from indexer.report.passages import parse_report
from indexer.report.records import DocumentKind
from indexer.report.report import Report
from tests.answers.commitments.test_tracking import report
from tests.conftest import make_document
from tests.index_files import write_report
from tests.project.test_cli import Run, run  # noqa: F401

EARLIER = report(2023, "好。", "城镇新增就业10万人以上。粮食产量稳定在100亿斤以上。开工建设城东大桥。")


def document(
    text: str, kind: DocumentKind, year: int = 2023, title: str = "甲省有关情况", name: str = "另一份"
) -> Report:
    made = make_document(text, name=name, title=title)
    metadata = replace(made.metadata, year=year, region="甲省", kind=kind, kind_chance=1.0, date="2024-02-20")
    return parse_report(replace(made, metadata=metadata))


def test_what_the_next_report_leaves_out_a_communique_settles_and_is_named() -> None:
    later = report(2024, "城镇新增就业12万人。", "好。")
    communique = document(
        "全年粮食产量98亿斤，比上年下降2%。", DocumentKind.COMMUNIQUE, title="甲省2023年统计公报"
    )
    jobs, grain = TrackedReports.of(EARLIER, [later, communique]).pairs
    assert (jobs.status, source_of(jobs, [later, communique])) == (Status.EXCEEDED, later)
    assert (grain.status, source_of(grain, [later, communique])) == (Status.MISSED, communique)
    assert grain.outcome is not None and grain.outcome.place.title == "甲省2023年统计公报"
    assert dated(communique) == "2024-02-20"


def test_documents_that_say_otherwise_settle_nothing() -> None:
    later = report(2024, "城镇新增就业12万人。", "好。")
    other = document("城镇新增就业8万人。", DocumentKind.COMMUNIQUE)
    jobs = TrackedReports.of(EARLIER, [later, other]).pairs[0]
    assert (jobs.status, "不一致" in jobs.reason) == (Status.UNVERIFIED, True)


def test_a_note_on_half_a_year_settles_only_what_is_reached() -> None:
    note = document(
        "城镇新增就业11万人。粮食产量60亿斤。",
        DocumentKind.POLICY,
        title="甲省2023年上半年工作落实情况的通报",
    )
    jobs, grain = TrackedReports.of(EARLIER, [note]).pairs
    assert (jobs.status, grain.status) == (Status.EXCEEDED, Status.UNDER_WAY)


def test_a_list_of_what_was_carried_out_tells_results_of_its_own_year() -> None:
    done = document("1.城镇新增就业完成13万人。2.粮食产量预期目标100亿斤以上。", DocumentKind.POLICY)
    jobs, grain = TrackedReports.of(EARLIER, [done]).pairs
    assert (jobs.status, grain.status) == (Status.EXCEEDED, Status.NOT_MENTIONED)


def test_without_a_document_nothing_is_followed() -> None:
    with pytest.raises(LedgerError, match="--to"):
        TrackedReports.of(EARLIER, [])


def test_each_report_is_read_once_however_much_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(report: Report) -> Iterator[Commitment]:
        read.append(report.name)
        return _commitments(report)

    monkeypatch.setattr(extract, "_commitments", counted)
    documents = [
        report(2024, "城镇新增就业12万人。", "好。"),
        document("粮食产量98亿斤。", DocumentKind.COMMUNIQUE),
    ]
    tracked = TrackedReports.of(EARLIER, [*documents, documents[0]], unnumbered=True)
    assert read == [EARLIER.name, *(one.name for one in tracked.later)]
    assert tracked.later == tuple(documents)


def test_totals_count_every_promise_once() -> None:
    later = report(2024, "城镇新增就业12万人。城东大桥开工建设。", "好。")
    tracked = TrackedReports.of(EARLIER, [later], unnumbered=True)
    pairs, found = tracked.pairs, totals(tracked.told(), EARLIER)
    assert sum(one.promises for one in found) == len(pairs) == 3
    counts: Counter[Finding] = Counter()
    for one in found:
        counts.update(one.findings)
    assert counts.total() == len(pairs)
    assert sum(counts[Finding[status.name]] for status in PROVED) == 2
    assert counts[Finding.UNNAMED] + counts[Finding.UNCLEAR] == 1 and not counts[Finding.NOT_MENTIONED]


def test_a_place_is_found_by_its_short_name_and_its_next_report_by_itself() -> None:
    reports = [report(year, "好。", "好。") for year in (2021, 2022, 2024)]
    series = reports_of("甲", [*reports, report(2022, "好。", "好。", region="乙省")])
    assert [one.year for one in series.reports] == [2021, 2022, 2024]
    assert [one.year for one in pair_of(series, 2022)] == [2022, 2024]
    for year, said in ((2023, "2021、2022、2024"), (2024, "下一年")):
        with pytest.raises(LedgerError, match=said):
            pair_of(series, year)
    with pytest.raises(LedgerError, match="丙"):
        reports_of("丙", reports)


def test_the_commands_tell_of_a_place_and_of_an_indicator(run: Run, tmp_path: Path) -> None:  # noqa: F811
    for year, review, tasks in (
        (2022, "成绩来之不易。", "城镇新增就业10万人以上。"),
        (2023, "城镇新增就业12万人。", "城镇新增就业11万人以上。新建学校9所。"),
        (2024, "城镇新增就业9万人。", "再接再厉。"),
    ):
        text = f"湖北省政府工作报告\n一、{year - 1}年工作回顾\n{review}\n二、{year}年重点工作\n{tasks}"
        write_report(tmp_path / "in", f"{year}年湖北省政府工作报告", text)
    index = tmp_path / "index"
    assert run("indexer", "build", tmp_path / "in", "--index", index).status == 0
    years = run("answers", "years", "城镇新增就业", "--place", "湖北", "--json", "--index", index)
    rows = [json.loads(line) for line in years.out.splitlines()]
    assert [(row["year"], row["status"]) for row in rows] == [(2022, "超额完成"), (2023, "未完成")]
    assert rows[1]["target"]["text"] == "11万人" and rows[1]["outcome"]["text"] == "9万人"
    promised = run("answers", "promises", "--place", "湖北省", "--year", 2023, "--json", "--index", index)
    pairs = [json.loads(line) for line in promised.out.splitlines()]
    assert [pair["status"] for pair in pairs] == ["未完成", "未提及"]
    assert pairs[0]["source"]["document"] == "2024年湖北省政府工作报告" and pairs[1]["source"] is None
    table = run("answers", "promises", "--place", "湖北", "--year", 2023, "--index", index)
    assert "合计" in table.out
    refused = run("answers", "years", "城镇新增就业", "--place", "湖南", "--index", index)
    assert (refused.status, "湖北" in refused.err) == (2, True)
