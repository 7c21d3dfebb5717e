"""Sentences that a model makes of true words so that they say something else: none of them stands."""

from __future__ import annotations

import pytest

from answers.place import Place
from answers.quoting.draft import ClaimedQuotation, ClaimedSentence
from answers.quoting.given import Given
from answers.quoting.proof import prove
from answers.quoting.sentences import Reason, Struck
from indexer.text.span import Span

TITLE = "浙江省宁波市政府工作报告（2023年）"


def struck(
    said: str, passage: str, *quoted: str, title: str = TITLE, region: str = "浙江省宁波市"
) -> Struck | None:
    """Why a sentence over one passage does not stand; without `quoted` it quotes all of it."""
    given = Given("P1", Place("甲", title, (), 1), region, 2023, 0, Span(0, len(passage)), passage)
    claimed = tuple(ClaimedQuotation("P1", words) for words in quoted or (passage,))
    return prove(ClaimedSentence(said, claimed), (given,)).struck


CUT = (
    # What is cut off at the end turns what is left.
    ("地区生产总值达到上海。", "地区生产总值达到上海的30%。"),
    ("完成投资100亿元。", "完成投资100亿元的目标落空。"),
    ("生产总值增长目标由6%。", "生产总值增长目标由6%下调为5%。"),
    ("企业效益提高。", "企业效益提高缓慢。"),
    ("新增社会养老床位4000张。", "新增社会养老床位4000张、家庭养老床位500张。"),
    ("甲县增长5%。", "甲县、乙县分别增长5%、8%。"),
    # What is cut off at the beginning, or out of the middle, though it looks like a word that says nothing.
    ("美国出口增长5%。", "对美国出口增长5%。"),
    ("贷100亿元。", "还贷100亿元。"),
    ("建高速公路500公里。", "在建高速公路500公里。"),
    ("河流水质达标。", "主要河流水质达标。"),
    ("验收项目5个。", "通过验收项目5个。"),
    ("购企业10家。", "并购企业10家。"),
    ("税收入100亿元。", "地税收入100亿元。"),
    ("日投资100亿元。", "在日投资100亿元。"),
)
PUT_IN = (
    # A word that joins, put where it changes who, when or whether.
    ("对美国出口增长5%。", "美国出口增长5%。"),
    ("还贷款100亿元。", "贷款100亿元。"),
    ("在建地铁5公里。", "建地铁5公里。"),
    ("新建了充电桩1500个。", "新建充电桩1500个。"),
    ("要求新建充电桩1500个。", "新建充电桩1500个。"),
    ("为企业减税100亿元。", "企业减税100亿元。"),
    ("支持宁波和企业发展。", "支持宁波企业发展。"),
    ("培训教师等500人。", "培训教师500人。"),
    ("新增就业20万人，其中培训教师500人。", "新增就业20万人，培训教师500人。"),
    ("新增就业20万人，包括培训教师500人。", "新增就业20万人，培训教师500人。"),
    ("新建学校5所，其出口增长8%。", "新建学校5所，出口增长8%。"),
    ("通过新建学校5所，培训教师500人。", "新建学校5所，培训教师500人。"),
    ("主要河流水质达标。", "河流水质达标。"),
    ("有房屋100套。", "房屋100套。"),
)
SIGNS = (
    ("增长-8.2%。", "增长8.2%。"),
    ("增长−8.2%。", "增长8.2%。"),
    ("增长—8.2%。", "增长8.2%。"),
    ("新建充电桩1500个？", "新建充电桩1500个。"),
    ("新建充电桩≥1500个。", "新建充电桩1500个。"),
    ("新建充电桩1500+个。", "新建充电桩1500个。"),
    ("新建充电桩±1500个。", "新建充电桩1500个。"),
    ("增长8.2%‰。", "增长8.2%。"),
    ("新建充电桩1500个❌。", "新建充电桩1500个。"),
    ("（×）新建充电桩1500个。", "新建充电桩1500个。"),
    ("新建充电桩~1500个。", "新建充电桩1500个。"),
    ("收入$100亿元。", "收入100亿元。"),
)
UNITS = (
    ("增长8.2个百分点。", "增长8.2%。"),
    ("有效发明专利5.3亿件。", "有效发明专利5.3万件。"),
    ("有效发明专利53万件。", "有效发明专利5.3万件。"),
    ("收入100亿美元。", "收入100亿元。"),
    ("用地5亩。", "用地5公顷。"),
    ("新建充电桩近1500个。", "新建充电桩1500个。"),
    ("新建充电桩至少1500个。", "新建充电桩1500个。"),
    ("新建充电桩1500个以上。", "新建充电桩1500个。"),
    ("新建充电桩1500余个。", "新建充电桩1500个。"),
    ("增长5%。", "增长5%—6%。"),
    ("增长6%。", "增长5%—6%。"),
    ("日均新增500个。", "年均新增500个。"),
)
NAMES = (
    # Another level of the report's own place, or two of it.
    ("浙江省新建充电桩1500个。", "新建充电桩1500个。"),
    ("浙江新建充电桩1500个。", "新建充电桩1500个。"),
    ("浙江省和宁波市新建充电桩1500个。", "新建充电桩1500个。"),
    ("浙江省政府新建充电桩1500个。", "新建充电桩1500个。"),
    # What stands of another place, said of the report's own.
    ("宁波市通胀率6.8%。", "世界经济增长3.2%，通胀率6.8%。"),
    ("宁波市出口增长8%。", "杭州经济增长5%，出口增长8%。"),
    ("宁波市出口增长8%。", "全国经济增长5%，出口增长8%。"),
    ("宁波市生产总值增长5%。", "全省生产总值增长5%。"),
    ("宁波市生产总值增长5%。", "我省生产总值增长5%。"),
    ("宁波市出口增长8%。", "余姚市经济增长5%，出口增长8%。"),
    ("温州市新建充电桩1500个。", "新建充电桩1500个。"),
)
SPLICED = (
    # Clauses of several sentences in one, so that a time or a condition falls upon what it is not said of.
    ("2035年，新建充电桩1500个。", "2035年，基本实现现代化。新建充电桩1500个。"),
    ("去年，新建充电桩1500个。", "去年，全市经济增长。今年新建学校5所。新建充电桩1500个。"),
    ("新建学校5所，在农村地区。", "在农村地区，新建学校5所。"),
    ("在农村地区，新建医院3所。", "在农村地区，新建学校5所，城区扩容，新建医院3所。"),
    # What stands under a no, or an if, that another clause says.
    ("新建楼堂馆所。", "严禁以下行为：新建楼堂馆所，购置公务用车。"),
    ("购置公务用车。", "严禁以下行为：新建楼堂馆所，购置公务用车。"),
    ("出口增长8%。", "如果外需恢复，出口增长8%。"),
    ("疫情反弹。", "防止返贫、疫情反弹。"),
)
EVERY = (
    [("cut", *one) for one in CUT] + [("put in", *one) for one in PUT_IN] + [("signs", *one) for one in SIGNS]
    + [("units", *one) for one in UNITS] + [("names", *one) for one in NAMES] + [("spliced", *one) for one in SPLICED]
)  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "passage"), EVERY)
def test_true_words_that_say_something_else_do_not_stand(kind: str, said: str, passage: str) -> None:
    assert struck(said, passage) is not None, kind


@pytest.mark.parametrize(
    ("said", "passage"),
    [
        ("宁波市新建充电桩1500个。", "推进加氢站建设，新建充电桩1500个。"),
        ("浙江省宁波市新建充电桩1500个。", "全市新建充电桩1500个。"),
        ("浙江宁波新建充电桩1500个。", "新建充电桩1500个。"),
        (f"《{TITLE}》提出，新建充电桩1500个。", "新建充电桩1500个。"),
        ("宁波市2023年政府工作报告指出，2022年，新建充电桩1500个。", "2022年，新建充电桩1500个。"),
        ("同时，推进加氢站建设，新建充电桩1500个。", "推进加氢站建设，新建充电桩1500个，改造学校5所。"),
        ("新建的充电桩为1500个。", "新建充电桩1500个。"),
        ("新建充电桩1500个。改造学校5所。", "新建充电桩1500个。推进改革。改造学校5所。"),
        ("严禁以下行为：新建楼堂馆所。", "严禁以下行为：新建楼堂馆所，购置公务用车。"),
        ("如果外需恢复，出口增长8%。", "如果外需恢复，出口增长8%。"),
        ("新建充电桩1500个。", "（一）新建充电桩1500个。"),
        ("新增“千企转型”企业12家、出口增长-8.2%。", "新增“千企转型”企业12家、出口增长-8.2%。"),
        ("宁波市出口增长8%。", "今年经济增长5%，出口增长8%。"),
        ("宁波市余姚市出口增长8%。", "余姚市出口增长8%。"),
        ("宁波市建设人与自然和谐共生的美丽宁波。", "建设人与自然和谐共生的美丽宁波。"),
    ],
)
def test_the_same_words_in_the_same_sense_stand(said: str, passage: str) -> None:
    assert struck(said, passage) is None


def test_a_title_lends_a_sentence_no_words() -> None:
    """Somebody may name a report as he likes: it counts as a whole, as the name of the report."""
    title = "宁波市否决关于取消充电桩的政府工作报告"
    for said in ("宁波市否决新建充电桩1500个。", "取消新建充电桩1500个。", "关于取消，新建充电桩1500个。"):
        found = struck(said, "新建充电桩1500个。", title=title)
        assert found is not None and found.reason is Reason.OWN_WORDS
    assert struck(f"《{title}》提出，新建充电桩1500个。", "新建充电桩1500个。", title=title) is None


@pytest.mark.parametrize(
    ("region", "stands", "falls"),
    [
        ("浙江省湖州市德清县", ("德清县", "浙江省湖州市德清县", "湖州德清"), ("湖州市", "浙江省", "湖州")),
        ("广西壮族自治区", ("广西", "广西壮族自治区"), ("壮族", "自治区")),
        ("江苏省苏州市", ("苏州市", "江苏苏州"), ("江苏省", "苏")),
        ("江苏省徐州市沛县", ("沛县", "徐州市沛县"), ("徐州", "徐州市")),
        ("北京市", ("北京", "北京市"), ("京",)),
        # A number in the name of a place is none that the quotation has to have.
        ("广西壮族自治区百色市", ("百色市", "广西百色"), ("广西", "千色市")),
        ("海南省万宁市", ("万宁市", "海南省万宁市"), ("海南省", "百宁市")),
    ],
)
def test_a_report_is_named_by_its_own_place(
    region: str, stands: tuple[str, ...], falls: tuple[str, ...]
) -> None:
    for name in stands:
        assert (
            struck(f"{name}新建充电桩1500个。", "新建充电桩1500个。", title="报告", region=region) is None
        ), name
    for name in falls:
        assert struck(f"{name}新建充电桩1500个。", "新建充电桩1500个。", title="报告", region=region), name
