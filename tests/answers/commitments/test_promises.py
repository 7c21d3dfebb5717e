"""Promises without a number: what the plans promise, and what the later report's words settle of it."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from answers.commitments.extraction.extract import commitments
from answers.commitments.extraction.unnumbered import unnumbered_commitments
from answers.commitments.rows import Commitment
from answers.commitments.tracking.proof import Status
from answers.commitments.tracking.thing_names import abbreviates
from answers.commitments.tracking.track import Tracked
from answers.commitments.tracking.track_promises import track_promises
from answers.commitments.tracking.tracked_reports import TrackedReports
from indexer.report.passages import parse_report
from tests.answers.commitments.test_tracking import report
from tests.conftest import make_document

# So that what is common counts little: a review has more than one clause.
OTHERS = "城乡面貌焕然一新。营商氛围持续优化。粮食生产再获丰收。平安甲省建设深入人心。市场主体活力迸发。"


def promises(tasks: str) -> list[Commitment]:
    return list(unnumbered_commitments(report(2023, "稳中有进。", tasks), ()))


def tracked(promise: str, outcome: str, plans: str = "再接再厉。") -> tuple[Tracked, ...]:
    return track_promises(report(2023, "稳中有进。", promise), report(2024, OTHERS + outcome, plans))


@pytest.mark.parametrize(
    ("tasks", "found"),
    [
        ("开工建设城西客运站。", ["开工建设城西客运站"]),
        ("加快推进城西铁路、城东水库等重点项目建设。", ["加快推进城西铁路", "城东水库"]),
        ("地铁六号线实现全线运营。", ["地铁六号线实现全线运营"]),
        ("第六人民医院交付使用。", ["第六人民医院交付使用"]),
        ("尽快开通鲜活农产品“绿色通道”。", ["尽快开通鲜活农产品“绿色通道”"]),
        ("推进“三医联动、三教统筹”改革。", ["推进“三医联动、三教统筹”改革"]),
        ("今年3月底前编制完成城西发展规划。", ["今年3月底前编制完成城西发展规划"]),
        ("基本完成雨污分流工程。", ["基本完成雨污分流工程"]),
        ("建成合六路。", ["建成合六路"]),
        (
            "组建循环经济、生态城市等省级研究中心、城西重点实验室。",
            ["组建循环经济、生态城市等省级研究中心", "城西重点实验室"],
        ),
        ("城西至城东、城南至城北高等级公路建成通车。", ["城西至城东", "城南至城北高等级公路"]),
        ("主要预期目标是：居民收入与经济增长基本同步。", ["居民收入与经济增长基本同步"]),
        ("主要预期目标是：主要污染物减排完成国家下达任务。", ["主要污染物减排完成国家下达任务"]),
        ("竣工城西农产品批发市场（一期）并投入运营。", ["竣工城西农产品批发市场（一期）并投入运营"]),
        ("抓好城西无水港建设，确保年底前建成开港。", ["抓好城西无水港建设", "确保年底前建成开港"]),
        ("确保年底前建成开港。", []),
        ("全面开工建设西延、西康高铁。", ["全面开工建设西延", "西康高铁"]),
        ("实现城乡居民社会养老保险全覆盖。", ["实现城乡居民社会养老保险全覆盖"]),
        ("推进高质量发展。", []),
        ("进入高质量发展新阶段。", []),
        ("推进社会和谐稳定。", []),
        ("加快重大工程项目建设。", []),
    ],
)
def test_a_promise_is_a_thing_that_somebody_can_look_for(tasks: str, found: list[str]) -> None:
    assert [row.text for row in promises(tasks)] == found


@pytest.mark.parametrize(
    ("promise", "outcome", "status"),
    [
        ("开工建设城西客运站。", "城西客运站开工建设。", Status.DONE),
        ("建成城西客运站。", "城西客运站建成投用。", Status.DONE),
        ("建成城西客运站铁路枢纽。", "城西客运站铁路枢纽加快建设。", Status.MISSED),
        ("建成城西客运站铁路枢纽。", "城西客运站铁路枢纽主体完工。", Status.MISSED),
        ("推进城西客运站铁路枢纽建设。", "开工建设城西客运站铁路枢纽。", Status.UNDER_WAY),
        ("推进城西客运站铁路枢纽建设。", "建成投用城东机场、城西客运站铁路枢纽。", Status.DONE),
        ("推进城西客运站铁路枢纽建设。", "建成投用城东机场，加快城西客运站铁路枢纽建设。", Status.UNDER_WAY),
        ("推进城西客运站铁路枢纽建设。", "城西客运站铁路枢纽、城东机场建成投用。", Status.DONE),
        ("推进城西客运站铁路枢纽建设。", "城东机场建成投用、城西客运站铁路枢纽加快建设。", Status.UNDER_WAY),
        ("办好第十四届农民运动会。", "成功举办第十四届农民运动会。", Status.DONE),
        ("办好第十四届农民运动会。", "成功举办第十三届农民运动会。", Status.UNVERIFIED),
        ("建成城北灌溉工程二期。", "城北灌溉工程一期建成。", Status.UNVERIFIED),
        ("建设城北粮食灌溉工程。", "城北粮食灌溉二期工程建成。", Status.UNVERIFIED),
        ("建设城北海神文化中心。", "举办城北海神文化论坛。", Status.UNVERIFIED),
        ("推进“城北外送”第四通道建设。", "“城北外送”第三通道投运。", Status.UNVERIFIED),
        ("推进城北海神文化中心建设。", "出台城北海神文化中心实施方案。", Status.UNDER_WAY),
        ("出台城北海神文化中心实施方案。", "印发城北海神文化中心实施方案。", Status.DONE),
        ("推进城北海神文化中心建设。", "城北海神文化中心完成投资3亿元。", Status.UNDER_WAY),
        ("实施城北细河治理工程。", "深入实施城北细河治理工程。", Status.UNDER_WAY),
        ("深化公务用车制度改革。", "公务用车制度改革基本完成。", Status.DONE),
        ("推进城西客运站铁路枢纽建设。", "强力推进城西客运站铁路枢纽工程，全面建成通车。", Status.DONE),
        (
            "推进城西客运站铁路枢纽建设。",
            "加快推进城西客运站铁路枢纽工程，城东机场建成通航。",
            Status.UNDER_WAY,
        ),
        ("确保城北互市贸易区投入运营。", "城北互市贸易区具备通关运营能力。", Status.UNVERIFIED),
        ("完成城西至城东高速公路拓宽改造工程。", "城西至城东高速公路改扩建建成。", Status.DONE),
        ("推进城西机场改扩建项目。", "城西机场新开通航线4条。", Status.UNVERIFIED),
        ("建立城西现代企业制度。", "按照建立城西现代企业制度的方向。", Status.UNVERIFIED),
        ("建成城西环岛干道。", "城西环岛干道部分路段建成通车。", Status.MISSED),
        ("办好丝博会。", "丝博会、农高会等重大活动成功举办。", Status.DONE),
        ("办好第四届城北绿化博览会。", "成功举办第四届城北绿博会。", Status.DONE),
        ("办好第四届城北绿化博览会。", "成功举办第三届城北绿化博览会。", Status.UNVERIFIED),
        ("竣工城西农产品批发市场（一期）并投入运营。", "城西农产品批发市场（一期）投入运营。", Status.DONE),
        ("整合政务类和事业类服务热线。", "85条政务类和事业类服务热线统一整合为一个服务平台。", Status.DONE),
        ("推进城西客运站铁路枢纽建设。", "旅游收入大幅增长。", Status.NOT_MENTIONED),
        # an ambition, what was only hastened, or one of many, misses no year
        ("基本建成城北智慧城市。", "城北智慧城市建设加快推进。", Status.UNDER_WAY),
        ("建成城北崛起重要战略支点。", "城北崛起重要战略支点建设加快推进。", Status.UNDER_WAY),
        ("加快建成城西客运站铁路枢纽。", "城西客运站铁路枢纽加快建设。", Status.UNDER_WAY),
        ("建成一批城北粮食示范村。", "城北粮食示范村加快建设。", Status.UNDER_WAY),
        ("建成城西客运站铁路枢纽。", "五年来，城西客运站铁路枢纽加快建设。", Status.UNDER_WAY),
        ("建成城西客运站铁路枢纽。", "实施城西客运站铁路枢纽工程。", Status.UNDER_WAY),
        ("建成城西客运站主体工程。", "城西客运站主体工程封顶。", Status.UNDER_WAY),
        ("建成城西客运站铁路枢纽。", "城西客运站铁路枢纽、城东机场开工或通车。", Status.UNDER_WAY),
        # a part, a step, a plan or a day to come
        ("完成城西环岛干道快速化改造。", "城西环岛干道快速化改造部分试通车。", Status.UNDER_WAY),
        ("建设城西环岛大道。", "城西环岛大道龙湖段建成。", Status.UNDER_WAY),
        ("推动城西环岛大道建成通车。", "城西环岛大道龙湖段建成通车。", Status.UNDER_WAY),
        ("推动城西海神博物馆建成使用。", "城西海神博物馆完成布展。", Status.MISSED),
        ("完成城北国土空间规划编制。", "完成城北国土空间规划初稿编制。", Status.UNDER_WAY),
        ("开工建设城西客运站铁路枢纽。", "城西客运站铁路枢纽本月底开工。", Status.UNDER_WAY),
        ("加快建设城北开放发展示范区。", "加快建设城北开放发展示范区。", Status.UNDER_WAY),
        ("建成城西环岛快速路。", "城西环岛快速路局部主线建成通车。", Status.MISSED),
        ("完成城北生态修复规划编制。", "启动城北生态修复规划编制。", Status.UNDER_WAY),
        ("加快建设城西智慧运营中心。", "城西智慧运营中心荣获人居环境奖。", Status.UNVERIFIED),
        ("争创国家城西安全示范城市。", "获评国家城西安全示范城市。", Status.DONE),
        ("建成城西老年活动中心和城西怡养公寓。", "城西怡养公寓建成启用。", Status.UNVERIFIED),
        # another thing: of a lower level, or named after it
        ("创建国家全域旅游示范区。", "城北获评省全域旅游示范区。", Status.UNVERIFIED),
        ("实现基本建成法治城北目标。", "跻身法治城北建设示范市行列。", Status.UNVERIFIED),
        ("实现城北科技转化等重点指标稳定提升，建成城西客运站。", "城西客运站建成投用。", Status.DONE),
    ],
)
def test_only_words_settle_a_promise(promise: str, outcome: str, status: Status) -> None:
    (pair,) = tracked(promise, outcome)
    assert pair.status is status
    assert (pair.outcome is None) == (status is Status.NOT_MENTIONED)


def test_what_is_listed_before_an_item_with_a_number_is_promised_too() -> None:
    earlier = report(2023, "稳中有进。", "开工建设航道改扩建工程和3个码头。")
    found = unnumbered_commitments(earlier, commitments(earlier))
    assert [row.text for row in found] == ["开工建设航道改扩建工程"]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("居民收入增长快于经济增速。", Status.DONE),
        ("居民收入增长与经济增长基本同步。", Status.DONE),
        ("居民收入增长低于经济增速。", Status.MISSED),
        ("居民收入增速不低于经济增速。", Status.DONE),
        ("居民收入增长不高于经济增速。", Status.UNVERIFIED),
        ("居民收入增长5%。", Status.UNVERIFIED),
    ],
)
def test_only_words_that_compare_settle_a_relation(outcome: str, status: Status) -> None:
    (pair,) = tracked("主要预期目标是：居民收入增长与经济增长基本同步。", outcome)
    assert pair.status is status
    assert pair.outcome is not None and pair.outcome.text == outcome.rstrip("。")


def test_what_is_promised_again_is_no_result() -> None:
    (pair,) = tracked("建成城西客运站铁路枢纽。", "稳中有进。", "建成城西客运站铁路枢纽。")
    assert pair.status is Status.UNVERIFIED and "又列为新的任务" in pair.reason
    assert pair.outcome is not None and pair.outcome.text == "建成城西客运站铁路枢纽"


def test_what_is_asked_of_others_and_asked_again_is_under_way() -> None:
    (pair,) = tracked("争创国家城西安全示范城市。", "稳中有进。", "争创国家城西安全示范城市。")
    assert pair.status is Status.UNDER_WAY and pair.outcome is not None


def test_a_clause_that_names_no_thing_is_of_the_one_that_the_clause_before_promises() -> None:
    road, opened = promises("抓好城西无水港建设，确保年底前建成开港。")
    assert (road.object, opened.object) == ("城西无水港建设", "城西无水港建设")
    pairs = tracked("抓好城西无水港建设，确保年底前建成开港。", "城西无水港建设进展顺利。")
    assert [pair.status for pair in pairs] == [Status.UNDER_WAY, Status.MISSED]


def test_things_of_a_list_are_what_its_end_calls_all_of_them() -> None:
    assert [row.object for row in promises("建设稀土材料、氧化铝纤维等产业园。")] == [
        "稀土材料产业园", "氧化铝纤维产业园",
    ]  # fmt: skip


def test_a_list_tells_with_its_last_item_what_the_others_are() -> None:
    assert [row.object for row in promises("全面开工建设西延、西十、西康高铁。")] == [
        "西延高铁", "西十高铁", "西康高铁",
    ]  # fmt: skip
    assert [row.object for row in promises("建成城西水库、北山高铁。")] == ["城西水库", "北山高铁"]


@pytest.mark.parametrize(
    ("clause", "same"),
    [
        ("成功举办第四届城北绿博会", True),
        ("成功举办第四届城北博览会", False),
        ("第四届城北绿化论坛", False),
        ("绿博会", False),
    ],
)
def test_a_short_form_leaves_out_single_characters_of_a_name(clause: str, same: bool) -> None:
    assert abbreviates("第四届城北绿化博览会", clause) is same


def test_promises_with_and_without_a_number_come_together_in_the_order_of_the_text() -> None:
    earlier = report(2023, "稳中有进。", "开工建设城西客运站。新建学校20所。建成城东机场。")
    later = report(2024, "新建学校22所。城西客运站开工建设。", "再接再厉。")
    assert [pair.target.text for pair in TrackedReports.of(earlier, [later], unnumbered=True).pairs] == [
        "开工建设城西客运站", "20所", "建成城东机场",
    ]  # fmt: skip


def test_every_outcome_stands_in_the_later_report() -> None:
    later = report(2024, OTHERS + "城西客运站铁路枢纽、城东机场建成投用。", "再接再厉。")
    (pair,) = track_promises(report(2023, "稳中有进。", "建成城西客运站铁路枢纽。"), later)
    assert pair.outcome is not None and pair.outcome.is_verbatim(later)


def test_a_report_without_targets_or_results_is_said_loudly() -> None:
    filling = "各项事业全面进步。" * 400
    good = report(
        2023,
        f"新建学校20所。新建医院3所。新增就业5万人。{filling}",
        "新建学校20所。新建医院3所。新增就业5万人。",
    )
    again, silent = (
        report(2024, f"新建学校20所。新建医院3所。新增就业5万人。{filling}", "好。"),
        report(2024, filling, "新建学校20所。新建医院3所。新增就业5万人。"),
    )
    assert TrackedReports.of(good, [again]).doubts == ()
    (doubt,) = TrackedReports.of(good, [silent]).doubts
    assert "甲省2024" in doubt.zh and "0 个带数字的结果" in doubt.zh
    (doubt,) = TrackedReports.of(report(2022, f"新建学校20所。{filling}", "再接再厉。"), [good]).doubts
    assert "甲省2022" in doubt.zh and "目标" in doubt.zh


def test_twice_the_promises_take_about_twice_the_time() -> None:
    def seconds(times: int) -> float:
        names = [chr(0x4E00 + number % 97) + chr(0x5000 + number) for number in range(times)]
        plans = "".join(f"加快推进{name}水库、{name}铁路等项目建设。" for name in names)
        review = "".join(f"{name}水库、{name}铁路建成投用。" for name in names)
        one, two = report(2023, "好。", plans), report(2024, review, "好。")
        started = time.process_time()
        assert len(track_promises(one, two)) == 2 * times
        return time.process_time() - started

    seconds(50)
    assert min(seconds(600) for _ in range(2)) < 3 * min(seconds(300) for _ in range(2)) + 0.2


def test_a_promise_of_the_next_five_years_is_not_due_after_one() -> None:
    text = "一、2022年工作回顾\n稳中有进。\n二、今后五年的目标任务\n建成城西客运站铁路枢纽。新建学校200所。"
    document = make_document(text, name="甲省2023")
    earlier = parse_report(replace(document, metadata=replace(document.metadata, year=2023, region="甲省")))
    later = report(2024, OTHERS + "城西客运站铁路枢纽加快建设。新建学校30所。", "再接再厉。")
    promise, number = TrackedReports.of(earlier, [later], unnumbered=True).pairs
    assert (promise.target.year, promise.status) == (2027, Status.UNDER_WAY)
    assert (number.target.year, number.status) == (2027, Status.UNDER_WAY)
