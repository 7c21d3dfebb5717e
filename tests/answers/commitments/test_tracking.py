from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, replace
from itertools import permutations
from pathlib import Path

import pytest

from answers.commitments.tracking.finding import Finding, SentenceWords, proposal
from answers.commitments.tracking.indicators import Likeness, Name
from answers.commitments.tracking.judgements import judge
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.track import Tracked, track
from answers.errors import LedgerError
from indexer.report.passages import parse_report
from indexer.report.report import Report
from indexer.reports import open_reports
from tests.conftest import make_document
from tests.index_files import write_report
from tests.project.test_cli import Run, run  # noqa: F401
from wenbao import Library


def report(year: int, review: str, tasks: str, region: str = "甲省") -> Report:
    text = f"一、{year - 1}年工作回顾\n{review}\n二、{year}年重点工作\n{tasks}"
    document = make_document(text, name=f"{region}{year}")
    return parse_report(replace(document, metadata=replace(document.metadata, year=year, region=region)))


def pairs(target: str, outcome: str) -> tuple[Tracked, ...]:
    return track(report(2023, "稳中有进。", target), report(2024, outcome, "再接再厉。"))


@pytest.mark.parametrize(
    ("target", "outcome", "status"),
    [
        ("城镇新增就业100万人以上。", "城镇新增就业120万人。", Status.EXCEEDED),
        ("城镇新增就业100万人以上。", "城镇新增就业100万人。", Status.DONE),
        ("城镇新增就业100万人以上。", "城镇新增就业90万人。", Status.MISSED),
        ("城镇新增就业100万人以上。", "城镇新增就业60万人。", Status.UNVERIFIED),
        ("城镇新增就业岗位51万个。", "城镇新增就业51.4万人。", Status.EXCEEDED),
        ("地区生产总值增长6%以上。", "地区生产总值下降1%。", Status.MISSED),
        ("单位地区生产总值能耗下降3%以上。", "单位地区生产总值能耗上升1%。", Status.MISSED),
        ("地区生产总值增长6%以上。", "地区生产总值增长4.5%左右。", Status.MISSED),
        ("地区生产总值增长6%以上。", "地区生产总值与上年基本持平。", Status.MISSED),
        ("固定资产投资增长6%左右。", "固定资产投资、出口总额等指标未能完成预期目标。", Status.MISSED),
        ("城镇登记失业率控制在4.3%以内。", "城镇登记失业率3.4%，低于控制目标0.9个百分点。", Status.DONE),
        ("居民消费价格涨幅控制在3%左右。", "居民消费价格涨幅1.4%。", Status.DONE),
        ("居民消费价格涨幅控制在4%左右。", "居民消费价格指数上涨2.1%。", Status.DONE),
        ("居民消费价格涨幅控制在4%以内。", "居民消费价格水平呈前高后低走势，全年上涨5.6%。", Status.MISSED),
        ("居民消费价格涨幅控制在3%以内。", "居民消费价格指数102.1%。", Status.UNVERIFIED),
        ("固定资产投资增速达到9%。", "固定资产投资下降12%。", Status.MISSED),
        ("城镇登记失业率控制在4.5%以内。", "城镇登记失业率近三年持续下降，去年控制在3.6%。", Status.DONE),
        ("外贸出口总额增长5%。", "固定资产投资、出口总额等指标未能完成预期目标。", Status.MISSED),
        ("城乡居民人均可支配收入分别增长8%和9%。", "城乡居民人均可支配收入增长8%。", Status.UNVERIFIED),
        ("新认定高新技术企业1000家以上。", "高新技术企业突破1万家。", Status.UNVERIFIED),
        ("新认定高新技术企业1000家以上。", "新认定高新技术企业1100家。", Status.EXCEEDED),
        ("建设健身路径100个。", "建设健身路径140套。", Status.EXCEEDED),
        (
            "统调电力装机超过1500万千瓦。",
            "新增统调电力装机容量115万千瓦，总量达到1533万千瓦。",
            Status.EXCEEDED,
        ),
        ("工业增加值增长8%。", "工业增加值增长12%、年均增长7.5%。", Status.EXCEEDED),
        ("天然气管道联通60个县以上。", "天然气管道联通60个县。", Status.DONE),
        ("人口自然增长率控制在9.5‰。", "人口自然增长率9.2‰。", Status.DONE),
        ("公共财政预算收入增长9%。", "一般公共预算收入增长7%。", Status.MISSED),
        ("新增城镇就业人数120万人。", "城镇新增就业198万人。", Status.EXCEEDED),
        ("城镇新增就业120万人。", "城镇就业3000万人。", Status.UNVERIFIED),
        ("城镇居民人均可支配收入增长8%。", "城乡居民人均可支配收入分别增长5%和9%。", Status.MISSED),
        ("农村居民人均可支配收入增长8%。", "城乡居民人均可支配收入分别增长5%和9%。", Status.EXCEEDED),
        ("城乡居民人均可支配收入增长8%。", "城乡居民人均可支配收入分别增长5%和9%。", Status.UNVERIFIED),
        ("城乡居民人均可支配收入分别增长8%。", "城乡居民人均可支配收入分别增长5%和9%。", Status.MISSED),
        ("城乡居民人均可支配收入增长8%。", "城乡居民人均可支配收入分别增长5%和7%。", Status.MISSED),
        ("城乡居民人均可支配收入增长4%。", "城乡居民人均可支配收入分别增长5%和9%。", Status.EXCEEDED),
        ("城镇新增就业75万人。", "城镇新增就业超过60万人。", Status.MISSED),
        ("城镇新增就业65万人。", "城镇新增就业超过60万人。", Status.UNVERIFIED),
        ("地区生产总值增长10.5%左右。", "地区生产总值增长9.9%。", Status.MISSED),
        ("地区生产总值增长7.5%左右。", "地区生产总值增长7.2%。", Status.UNVERIFIED),
        ("进出口总额增长5%。", "进出口下降态势仍在延续。", Status.MISSED),
        ("新增市场主体20万户以上。", "政策直达38万户市场主体。", Status.UNVERIFIED),
        ("新建改建国省干线公路800公里。", "新建改建国省干线722公里。", Status.MISSED),
        ("城乡居民人均可支配收入分别增长4%和9%。", "城乡居民人均可支配收入分别增长5%和9%。", Status.EXCEEDED),
        ("农村户厕改造任务完成1.2万户。", "完成农村户厕改造1.2万户。", Status.DONE),
        ("改造老旧小区61个。", "改造城镇老旧小区61个。", Status.DONE),
        ("改造老旧小区61个。", "改造城镇老旧小区63个。", Status.EXCEEDED),
        ("社会固定资产投资增长18%。", "全社会固定资产投资增长12%。", Status.MISSED),
        ("赤字率下降到1.5%左右。", "赤字率降到1.5%左右。", Status.DONE),
        ("进出口增长6%左右。", "进出口总额出现下降，预期增长目标未能实现。", Status.MISSED),
        ("整修乡村公路500公里。", "提升改造乡村公路500公里。", Status.DONE),
        ("科技领军企业10家。", "科技领军企业达到55家。", Status.UNVERIFIED),
        ("进出口总值增长5%。", "开行班列600列，带动进出口400亿元、增长11.7%。", Status.UNVERIFIED),
        ("居民可支配收入增长8%。", "居民可支配收入分别增长7%和10%。", Status.UNVERIFIED),
        ("社会消费品零售总额增长11%。", "社会消费品零售总额1.28万亿元。", Status.UNVERIFIED),
        ("地区生产总值增长6%以上。", "地区生产总值增长5%。", Status.MISSED),
        ("地区生产总值增长6%左右。", "地区生产总值增长6.1%。", Status.DONE),
        ("地区生产总值增长6%左右。", "地区生产总值增长5.95%。", Status.DONE),
        ("地区生产总值增长6%左右。", "地区生产总值增长5.8%。", Status.UNVERIFIED),
        ("地区生产总值增长6%左右。", "地区生产总值增长8%。", Status.EXCEEDED),
        ("地区生产总值增长6%左右。", "地区生产总值增长4.6%。", Status.MISSED),
        ("地区生产总值增长6%—6.5%。", "地区生产总值增长6.1%。", Status.DONE),
        ("地区生产总值增长6%—6.5%。", "地区生产总值增长5.5%。", Status.MISSED),
        ("地区生产总值增长百分之六左右。", "地区生产总值增长百分之六点一。", Status.DONE),
        ("居民消费价格涨幅2%左右。", "居民消费价格上涨0.1%。", Status.UNVERIFIED),
        ("CPI涨幅3%左右。", "CPI上涨0.2%。", Status.UNVERIFIED),
        ("城乡居民收入比缩小到2.4∶1以内。", "城乡居民收入比缩小到2.38∶1。", Status.DONE),
        ("城乡居民收入比缩小到2.4∶1以内。", "城乡居民收入比由2.5∶1缩小到2.45∶1。", Status.MISSED),
        ("地方财政总收入达到24.8亿元。", "地方财政总收入完成24.85亿元。", Status.EXCEEDED),
        ("地区生产总值增长6%—6.5%。", "地区生产总值增长6.2%。", Status.DONE),
        ("居民消费价格涨幅3%左右。", "居民消费价格上涨2.1%。", Status.DONE),
        ("城镇调查失业率5.5%以内。", "城镇调查失业率5.2%。", Status.DONE),
        ("城镇调查失业率5.5%以内。", "城镇调查失业率5.8%。", Status.MISSED),
        ("单位地区生产总值能耗下降3%以上。", "单位地区生产总值能耗下降3.4%。", Status.EXCEEDED),
        ("新建改建农村公路2000公里。", "新建改建农村公路2300公里。", Status.EXCEEDED),
        ("新建改建农村公路2000公里。", "五年来，新建改建农村公路9000公里。", Status.UNVERIFIED),
        ("到2027年，森林覆盖率达到40%。", "森林覆盖率达到38%。", Status.UNDER_WAY),
        ("新建改建农村公路2000公里。", "营商环境持续优化。", Status.NOT_MENTIONED),
        ("粮食产量稳定在100亿斤以上。", "粮食产量实现“二十连丰”。", Status.UNVERIFIED),
        ("广义货币增长13%左右。", "广义货币增长11.3%，低于13%左右的预期目标。", Status.MISSED),
    ],
)
def test_only_what_the_numbers_prove_is_proposed(target: str, outcome: str, status: Status) -> None:
    assert pairs(target, outcome)[0].status is status


@pytest.mark.parametrize("comma", ["，", ","])
@pytest.mark.parametrize(
    ("target", "outcome", "status"),
    [
        ("城镇新增就业100万人以上。", "以投资带动消费，城镇新增就业120万人。", Status.EXCEEDED),
        ("建设数字乡村试点30个。", "新的一批加快推进，建设数字乡村试点42个。", Status.EXCEEDED),
        ("建设数字乡村试点30个。", "建设数字乡村试点42个，新的一批加快推进。", Status.EXCEEDED),
        ("新增市场主体20万户以上。", "引进项目15个，市场主体38万户。", Status.UNVERIFIED),
        ("城乡居民人均可支配收入增长8%。", "分别施策，城乡居民人均可支配收入分别增长5%和9%。", Status.UNVERIFIED),
        ("新建农村公路2000公里。", "五年来，新建农村公路9000公里。", Status.UNVERIFIED),
        ("新建农村公路2000公里。", "累计投入8亿元，新建农村公路2300公里。", Status.EXCEEDED),
    ],
)  # fmt: skip
def test_a_clause_ends_at_a_comma_of_either_width(
    target: str, outcome: str, status: Status, comma: str
) -> None:
    assert pairs(target, outcome.replace("，", comma))[0].status is status


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        ("城镇登记失业率4.5%以内。", "城镇调查失业率4.2%。"),
        ("城镇居民收入增长6%。", "农村居民收入增长8%。"),
        ("完成铁路投资8000亿元。", "完成公路投资9000亿元。"),
        ("新建学校20所。", "新建学校3000平方米。"),
        ("数字经济占比达到50%。", "数字经济增长12%。"),
    ],
)
def test_another_indicator_is_no_outcome(target: str, outcome: str) -> None:
    (pair,) = pairs(target, outcome)
    assert pair.outcome is None


def test_what_the_later_report_promises_is_no_outcome() -> None:
    (pair,) = track(report(2023, "好。", "新建学校20所。"), report(2024, "好。", "新建学校30所。"))
    assert (pair.outcome, pair.status) == (None, Status.NOT_MENTIONED)


def test_both_spans_are_exact_and_the_reason_names_the_numbers() -> None:
    earlier = report(2023, "好。", "新增就业5.3万人以上。")
    later = report(2024, "新增就业6万人。", "好。")
    (pair,) = track(earlier, later)
    assert pair.outcome is not None
    assert pair.target.span.of(earlier.text) == "5.3万人"
    assert pair.outcome.span.of(later.text) == "6万人"
    assert "5.3万人" in pair.reason


def test_prices_that_hardly_rose_are_never_a_kept_promise_without_a_word() -> None:
    (ceiling,) = pairs("居民消费价格涨幅控制在3%左右。", "居民消费价格涨幅0.2%。")
    assert ceiling.status is Status.DONE and "按上限判断" in ceiling.reason and "3%左右" in ceiling.reason
    (near,) = pairs("居民消费价格涨幅控制在3%左右。", "居民消费价格涨幅2.1%。")
    assert near.status is Status.DONE and "按上限判断" not in near.reason


@pytest.mark.parametrize(
    ("outcome", "planned", "finding"),
    [
        ("新建公路42公里。", "再接再厉。", Finding.UNNAMED),
        ("新建公路42公里。", "新建养老机构7家。", Finding.UNCLEAR),
        ("新建养老机构8家。", "再接再厉。", Finding.EXCEEDED),
    ],
)
def test_a_silence_says_whether_the_words_stand_in_the_report(
    outcome: str, planned: str, finding: Finding
) -> None:
    later = report(2024, outcome, planned)
    (pair,) = track(report(2023, "稳中有进。", "新建养老机构6家。"), later)
    assert proposal(pair, SentenceWords.of([later])).finding is finding


def test_reports_of_two_places_or_in_the_wrong_order_are_refused() -> None:
    one, other = report(2023, "好。", "好。"), report(2024, "好。", "好。", region="乙省")
    with pytest.raises(LedgerError, match="甲省"):
        track(one, other)
    with pytest.raises(LedgerError, match="--from"):
        track(report(2024, "好。", "好。"), one)


def test_the_command_line_prints_one_object_a_pair(run: Run, tmp_path: Path) -> None:  # noqa: F811
    head = "甲省人民代表大会\n{}年1月10日\n"
    write_report(
        tmp_path / "in", "甲2023", head.format(2023) + "二、2023年重点工作\n新增就业5万人以上。新建学校9所。"
    )
    write_report(
        tmp_path / "in", "甲2024", head.format(2024) + "一、2023年工作回顾\n新增就业6万人。成绩来之不易。"
    )
    index = tmp_path / "index"
    assert run("indexer", "build", tmp_path / "in", "--index", index).status == 0
    ended = run("answers", "track", "--from", "甲2023", "--to", "甲2024", "--json", "--index", index)
    rows = [json.loads(line) for line in ended.out.splitlines()]
    assert [(row["target"]["text"], row["status"]) for row in rows] == [
        ("5万人", "超额完成"),
        ("9所", "未提及"),
    ]
    assert rows[0]["outcome"]["text"] == "6万人"
    assert [row["judgement"] for row in rows] == [None, None]
    earlier, later = open_reports(index, ["甲2023", "甲2024"])
    judge(index, track(earlier, later)[1], earlier, later, Status.MISSED, "张三", "问过教育局")
    ended = run("answers", "track", "--from", "甲2023", "--to", "甲2024", "--json", "--index", index)
    (judged,) = [said for line in ended.out.splitlines() if (said := json.loads(line)["judgement"])]
    (_, told) = Library.open(index).track("甲2023", "甲2024")
    assert told.judgement is not None and judged == asdict(told.judgement)
    assert (judged["status"], judged["name"], judged["note"]) == ("未完成", "张三", "问过教育局")
    shown = run("answers", "track", "--from", "甲2023", "--to", "甲2024", "--index", index)
    assert "超额完成" in shown.out.replace("\n", "")
    wrong = run("answers", "track", "--from", "甲2024", "--to", "甲2023", "--index", index)
    assert wrong.status == 2
    assert "--from" in wrong.err


def test_the_order_of_characters_never_decides_between_two_outcomes() -> None:
    alike = Likeness(97, Counter({"粮": 3, "食": 7, "产": 11, "量": 13, "粮食": 17, "食产": 19, "产量": 23}))
    pairs = sorted(Name.of("粮食产量").pairs)
    assert len({alike.weigh(order) for order in permutations(pairs)}) == 1
