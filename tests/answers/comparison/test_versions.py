"""Two versions of one report: what was taken out, put in, changed."""

from __future__ import annotations

import time

from answers.comparison.versions import Change, Piece, changes, pieces
from indexer.report.passages import parse_report
from indexer.report.records import Document, Metadata
from indexer.report.report import Report

_DELIVERED = (
    "一、2024年工作回顾\n地区生产总值增长5%。新建公路30公里。改造学校5所。\n"
    "二、2025年工作安排\n地区生产总值增长5%以上。加快发展低空经济。新建学校8所，办好人民满意的教育。整治村庄12个。\n"
)


def _report(text: str) -> Report:
    return parse_report(Document("甲", text, Metadata("甲市政府工作报告"), "甲.txt", "0" * 64))


def _said(found: tuple[Change, ...], earlier: Report, later: Report) -> list[tuple[str, str]]:
    return [
        (
            one.before.of(earlier.text).strip() if one.before else "",
            one.after.of(later.text).strip() if one.after else "",
        )
        for one in found
    ]


def test_sentences_are_taken_out_put_in_and_changed_in_the_order_of_the_text() -> None:
    amended = (
        _DELIVERED.replace("新建公路30公里。", "新建公路32公里。")
        .replace("加快发展低空经济。", "")
        .replace("整治村庄12个。", "整治村庄12个。清理拖欠企业账款。")
    )
    earlier, later = _report(_DELIVERED), _report(amended)
    assert _said(changes(earlier, later), earlier, later) == [
        ("新建公路30公里。", "新建公路32公里。"),
        ("加快发展低空经济。", ""),
        ("", "清理拖欠企业账款。"),
    ]


def test_the_same_report_has_no_change_however_its_lines_are_broken() -> None:
    earlier = _report(_DELIVERED)
    assert changes(earlier, earlier) == ()
    later = _report(_DELIVERED.replace("新建学校8所，", "新建学校8所， "))
    assert changes(earlier, later) == ()


def test_a_sentence_said_twice_is_missed_once() -> None:
    twice = _DELIVERED.replace("改造学校5所。", "改造学校5所。改造学校5所。")
    earlier, later = _report(twice), _report(_DELIVERED)
    assert _said(changes(earlier, later), earlier, later) == [("改造学校5所。", "")]


def test_pieces_tell_what_of_a_sentence_changed() -> None:
    old, new = pieces("新建公路30公里。", "新建公路32公里。")
    assert [(one.text, one.kept) for one in old] == [("新建公路3", True), ("0", False), ("公里。", True)]
    assert [one.text for one in new if not one.kept] == ["2"]
    assert not any(one.kept for one in pieces("一" * 3000, "一" * 3001)[0])
    assert pieces("", "新增就业。") == ((), (Piece("新增就业。", kept=False),))
    assert pieces("一" * 3000, "") == ((Piece("一" * 3000, kept=False),), ())


def test_time_grows_with_the_length_of_the_reports() -> None:
    def seconds(count: int) -> float:
        text = "一、工作安排\n" + "".join(f"新建第{n}号公路{n}公里。\n" for n in range(count))
        earlier, later = _report(text), _report(text.replace("7公里", "8公里"))
        started = time.process_time()
        assert len(changes(earlier, later)) == sum(str(n).endswith("7") for n in range(count))
        return time.process_time() - started

    seconds(200)
    # A busy machine adds to a draw and never takes away from it: what grows with the square fails all three.
    assert any(seconds(4000) < 2 * 8 * max(seconds(1000), 0.01) for _ in range(3))
