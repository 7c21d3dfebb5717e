"""A sentence stands where it says what its quotations say, and no more: everything else is struck out with the reason."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from answers.place import Place
from answers.quoting.draft import ClaimedQuotation, ClaimedSentence, read_draft
from answers.quoting.given import Given
from answers.quoting.proof import prove
from answers.quoting.sentences import Reason, Sentence
from benchmarks.quoting import CHANGES, COPIED, counted
from indexer.report.report import Report
from indexer.text.span import Span

NINGBO = (
    "推进加氢站建设,新建充电桩1500个。力争建成地铁3号线，坚决防止重大安全事故，进一步提高企业效益。"
    "全市有效发明专利拥有量超5.3万件，同比增长8.2%。农村居民收入增长7%，超常规推动改革，办事不拖不卡。水质保持Ⅱ类以上。2022年以来，新增第二批试点企业12家，不断增强活力。"
)
WENZHOU = "去年，新建充電樁2600个。"
OFFSET = 100  # where the passages stand in their reports
PASSAGES = (
    Given("P1", Place("甲", "宁波市政府工作报告（2023年）", (), 7), "浙江省宁波市", 2023, 0,
          Span(OFFSET, OFFSET + len(NINGBO)), NINGBO),
    Given("P2", Place("乙", "温州市政府工作报告", (), 3), "浙江省温州市", 2024, 2,
          Span(OFFSET, OFFSET + len(WENZHOU)), WENZHOU),
)  # fmt: skip


def proven(text: str, *quoted: str, passage: str = "P1") -> Sentence:
    return prove(ClaimedSentence(text, tuple(ClaimedQuotation(passage, one) for one in quoted)), PASSAGES)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("新建充电桩1500个。", "新建充电桩1500个"),
        ("宁波市推进加氢站建设，并新建充电桩1500个。", "推进加氢站建设,新建充电桩1500个。"),
        ("宁波市2023年政府工作报告提出，新建充电桩1500个。", "新建充电桩1500个"),
        ("《宁波市政府工作报告（2023年）》提出，新建充电桩1500个。", "新建充电桩1500个"),
        ("同时，新建的充电桩为1500个。", "新建充电桩1500个"),
        ("力争建成地铁3号线。", "力争建成地铁3号线"),
        ("坚决防止重大安全事故。", "坚决防止重大安全事故"),
        ("进一步提高企业效益。", "进一步提高企业效益"),
        ("有效发明专利拥有量超53000件。", "有效发明专利拥有量超5.3万件"),
        ("有效发明专利拥有量超5.3万件，增长8.2%。", "有效发明专利拥有量超5.3万件，同比增长8.2%"),
        ("2022年以来，新增第二批试点企业12家。", "2022年以来，新增第二批试点企业12家"),
    ],
)
def test_what_the_quotations_say_stands(text: str, quoted: str) -> None:
    sentence = proven(text, quoted)
    assert sentence.struck is None
    (quotation,) = sentence.quotations
    assert quotation.text == quotation.span.shifted(-OFFSET).of(NINGBO) == quoted
    assert (quotation.place.document, quotation.passage, quotation.section) == ("甲", PASSAGES[0].span, 0)


@pytest.mark.parametrize(
    ("text", "quoted", "reason", "detail"),
    [
        # Numbers: another, another unit, without the bound, a year that only the report has, another rank.
        ("新建充电桩1600个。", "新建充电桩1500个", Reason.NUMBER, "1600个"),
        ("新建充电桩1500座。", "新建充电桩1500个", Reason.NUMBER, "1500座"),
        ("新建充电桩超1500个。", "新建充电桩1500个", Reason.NUMBER, "超1500个"),
        ("有效发明专利拥有量5.3万件。", "有效发明专利拥有量超5.3万件", Reason.NUMBER, "5.3万件"),
        ("2023年新建充电桩1500个。", "新建充电桩1500个", Reason.NUMBER, "2023年"),
        ("建成地铁4号线。", "力争建成地铁3号线", Reason.NUMBER, "4号"),
        ("新增第三批试点企业。", "新增第二批试点企业12家", Reason.NUMBER, "三批"),
        ("新建充电桩一千六百个。", "新建充电桩1500个", Reason.NUMBER, "一千六百个"),
        # Of the passage, but not of what is quoted.
        ("新建充电桩1500个，增长8.2%。", "新建充电桩1500个", Reason.NUMBER, "8.2%"),
        # Names and words of its own.
        ("温州市新建充电桩1500个。", "新建充电桩1500个", Reason.OWN_WORDS, "温州"),
        ("张三新建充电桩1500个。", "新建充电桩1500个", Reason.OWN_WORDS, "张三"),
        ("取消充电桩1500个。", "新建充电桩1500个", Reason.OWN_WORDS, "取消"),
        ("不新建充电桩。", "新建充电桩1500个", Reason.OWN_WORDS, "不"),
        ("Tesla新建充电桩。", "新建充电桩1500个", Reason.OWN_WORDS, "Tesla"),
        ("计划新建充电桩1500个。", "新建充电桩1500个", Reason.OWN_WORDS, "计划"),
        ("推进加氢站建设。", "新建充电桩1500个", Reason.OWN_WORDS, "推进加氢站建设"),
        # What is put together from several clauses, or turned round.
        ("有效发明专利拥有量增长8.2%。", "有效发明专利拥有量超5.3万件，同比增长8.2%", Reason.PUT_TOGETHER, "增长"),
        ("同比增长超5.3万件。", "有效发明专利拥有量超5.3万件，同比增长8.2%", Reason.PUT_TOGETHER, "5.3万件"),
        ("发明专利有效拥有量超5.3万件。", "有效发明专利拥有量超5.3万件", Reason.PUT_TOGETHER, "发明"),
        # A quotation that was cut so that it says the contrary, or more.
        ("重大安全事故。", "重大安全事故", Reason.LEFT_OUT, "防止"),
        ("建成地铁3号线。", "建成地铁3号线", Reason.LEFT_OUT, "力争"),
        ("建成地铁3号线。", "力争建成地铁3号线", Reason.LEFT_OUT, "力争"),
        ("居民收入增长7%。", "农村居民收入增长7%", Reason.LEFT_OUT, "农村"),
        ("专利拥有量超5.3万件。", "发明专利拥有量超5.3万件", Reason.LEFT_OUT, "有效发明"),
        ("常规推动改革。", "超常规推动改革", Reason.LEFT_OUT, "超"),
        ("水质保持Ⅱ类。", "水质保持Ⅱ类以上", Reason.LEFT_OUT, "以上"),
        ("办事不拖卡。", "办事不拖不卡", Reason.OWN_WORDS, "卡"),
        ("办事不拖，不卡。", "办事不拖不卡", Reason.LEFT_OUT, "不"),
        # Quotations that are none.
        ("新建充电桩1500个。", "新建充电桩1,500个", Reason.NOT_VERBATIM, "1,500个"),
        ("新建充电桩1500个。", "新建充电桩1500座", Reason.NOT_VERBATIM, "1500座"),
        ("推进加氢站建设，新建充电桩1500个。", "推进加氢站建设，新建充电桩1500个。", Reason.NOT_VERBATIM, ""),
        ("建设。", "。", Reason.NOT_VERBATIM, "。"),
        ("建设。", "", Reason.NOT_VERBATIM, ""),
        ("建设" * 200, "建设", Reason.TOO_LONG, "400"),
    ],
)  # fmt: skip
def test_what_they_do_not_say_is_struck_out(text: str, quoted: str, reason: Reason, detail: str) -> None:
    struck = proven(text, quoted).struck
    assert struck is not None
    assert (struck.reason, detail in struck.detail) == (reason, True), struck
    assert struck.words("zh") != struck.words("en")


def test_a_sentence_without_a_quotation_does_not_stand() -> None:
    struck = proven("新建充电桩1500个。").struck
    assert struck is not None and struck.reason is Reason.NO_QUOTATION


def test_a_quotation_is_sought_in_the_passage_it_names_and_nowhere_else() -> None:
    words = "新建充电桩1500个"
    for passage, reason in (
        ("P2", Reason.NOT_VERBATIM), ("P9", Reason.UNKNOWN_PASSAGE), ("甲", Reason.UNKNOWN_PASSAGE),
        ("", Reason.UNKNOWN_PASSAGE), ("p1", Reason.UNKNOWN_PASSAGE),
    ):  # fmt: skip
        struck = proven(f"{words}。", words, passage=passage).struck
        assert struck is not None and struck.reason is reason


def test_one_false_quotation_among_true_ones_strikes_the_sentence_and_the_true_ones_are_kept() -> None:
    sentence = proven("新建充电桩1500个。", "新建充电桩1500个", "新建充电桩9个")
    assert sentence.struck is not None and sentence.struck.reason is Reason.NOT_VERBATIM
    assert [one.text for one in sentence.quotations] == ["新建充电桩1500个"]


def test_reports_are_not_mixed_in_a_sentence() -> None:
    claimed = ClaimedSentence(
        "宁波市新建充电桩1500个，温州市新建充电桩2600个。",
        (ClaimedQuotation("P1", "新建充电桩1500个"), ClaimedQuotation("P2", "新建充電樁2600个")),
    )
    struck = prove(claimed, PASSAGES).struck
    assert struck is not None and struck.reason is Reason.SEVERAL_REPORTS


def test_traditional_and_simplified_characters_are_the_same_words() -> None:
    assert proven("温州市新建充电桩2600个。", "新建充電樁2600个", passage="P2").struck is None
    assert proven("溫州市新建充電樁2600個。", "新建充電樁2600个", passage="P2").struck is None


def test_words_that_say_nothing_may_be_left_out_and_nothing_else() -> None:
    assert proven("有效发明专利拥有量超5.3万件。", "全市有效发明专利拥有量超5.3万件").struck is None
    assert proven("增长8.2%。", "同比增长8.2%").struck is None
    struck = proven("进一步提高企业。", "进一步提高企业效益").struck
    assert struck is not None and (struck.reason, struck.detail) == (Reason.LEFT_OUT, "效益")


def test_a_character_alone_between_marks_counts_where_it_stands_so() -> None:
    text = "有色金属：铜、铝、锌。“百村示范”村200个。“稳”的基础不断巩固。"
    given = Given("P1", Place("甲", "甲", (), 1), "", None, 0, Span(0, len(text)), text)

    def struck(said: str) -> bool:
        return prove(ClaimedSentence(said, (ClaimedQuotation("P1", text),)), (given,)).struck is not None

    assert not struck(text)
    assert struck("有色金属：锌、铝。") and struck("有色金属：铜、金。") and struck("“进”的基础不断巩固。")


def test_every_sentence_of_a_report_stands_and_with_anything_made_up_none(seed_parsed: Report) -> None:
    standing, there = counted([seed_parsed])
    assert set(there) == {COPIED, *CHANGES}
    assert there[COPIED] == 184 and there.total() > 600  # docs/quoting.md tells how many
    assert standing == {COPIED: there[COPIED]} | dict.fromkeys(CHANGES, 0)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("浙江省宁波市每万人口高价值发明专利增长28.2%。", "每万人口高价值发明专利增长28.2%。"),
        ("浙江省宁波市一、为老年人提供服务。", "一、为老年人提供服务。"),
        ("浙江省宁波市新一轮改革任务落实。", "新一轮改革任务落实。"),
    ],
)
def test_a_character_that_begins_what_is_quoted_is_quoted(text: str, quoted: str) -> None:
    passage = Given("P1", PASSAGES[0].place, "浙江省宁波市", 2023, 0, Span(0, len(quoted)), quoted)
    assert prove(ClaimedSentence(text, (ClaimedQuotation("P1", quoted),)), (passage,)).struck is None


NOISE = st.text(
    st.one_of(st.characters(), st.sampled_from("新建充电桩1500个超力争不，。、“”《》第三二〇百分之点万亿·٣²①—－/%")), max_size=60
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@drawn(NOISE, NOISE, st.sampled_from(["P1", "P2", ""]))
def test_whatever_a_model_says_is_proven_or_struck_out(text: str, quoted: str, passage: str) -> None:
    reply = json.dumps({"sentences": [{"text": text, "quotes": [{"passage": passage, "text": quoted}]}]})
    (claimed,) = read_draft(reply)
    for one in (claimed, ClaimedSentence(claimed.text, (ClaimedQuotation("P1", NINGBO),))):
        sentence = prove(one, PASSAGES)
        assert sentence.struck is not None or all(
            quotation.text in NINGBO or quotation.text in WENZHOU for quotation in sentence.quotations
        )


def test_a_long_hostile_sentence_is_proven_in_time() -> None:
    """At most 300 characters are looked at, whatever is quoted."""
    text = "建" * 4_000
    given = Given("P1", Place("甲", "甲", (), 1), "", None, 0, Span(0, len(text)), text)
    claimed = ClaimedSentence("建" * 300, tuple(ClaimedQuotation("P1", "建" * 2_000) for _ in range(8)))
    struck = prove(claimed, (given,)).struck
    assert struck is not None and struck.reason is Reason.LEFT_OUT


@pytest.mark.parametrize("mark", ["，", "。", "：", "；"])
def test_a_sentence_of_very_many_clauses_is_proven_in_time(mark: str) -> None:
    text = f"建{mark}" * 2_000
    given = Given("P1", Place("甲", "甲", (), 1), "浙江省宁波市", None, 0, Span(0, len(text)), text)
    quoted = tuple(ClaimedQuotation("P1", f"建{mark}" * (1_000 + number)) for number in range(8))
    began = time.process_time()
    prove(ClaimedSentence(f"建{mark}" * 150, quoted), (given,))
    assert time.process_time() - began < 5
