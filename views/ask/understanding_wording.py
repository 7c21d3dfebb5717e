"""What the page says of how it understood a question, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass

from answers.understanding.period import Period
from answers.understanding.wanted import Ask
from embeddings.language import Language


@dataclass(frozen=True, slots=True)
class UnderstandingWording:
    """The texts in one language. Braces are filled with `str.format`."""

    regions: str
    all_regions: str
    unknown_region: str
    state_council: str
    years: str
    all_years: str
    period: str
    periods: tuple[tuple[Period, str], ...]
    ask: str
    asks: tuple[tuple[Ask, str], ...]
    help: str
    no_report_of: str
    some_reports_of: str
    no_report_year: str


_ZH = UnderstandingWording(
    regions="地区",
    all_regions="全部地区",
    unknown_region="未注明地区",
    state_council="国务院",
    years="报告年份",
    all_years="全部年份",
    period="问的是",
    periods=((Period.RESULT, "已有结果"), (Period.TARGET, "计划目标"), (Period.BOTH, "不限")),
    ask="要的是",
    asks=(
        (Ask.NUMBER, "数字"),
        (Ask.LIST, "列举"),
        (Ask.MEANS, "举措"),
        (Ask.WHETHER, "是否"),
        (Ask.FACT, "事实"),
    ),
    help="这是对问题的理解，可以改；改了就重新回答。",
    no_report_of="文库里没有{regions}的报告，下面的内容来自其他报告。",
    some_reports_of="文库里没有{regions}的报告，下面只依据{present}的报告。",
    no_report_year="文库里没有能回答{years}年的报告，下面的内容来自其他年份。",
)
_EN = UnderstandingWording(
    regions="Regions",
    all_regions="All regions",
    unknown_region="Region not known",
    state_council="State Council",
    years="Report years",
    all_years="All years",
    period="Asked for",
    periods=((Period.RESULT, "Results"), (Period.TARGET, "Targets"), (Period.BOTH, "Either")),
    ask="Kind of answer",
    asks=(
        (Ask.NUMBER, "Number"),
        (Ask.LIST, "List"),
        (Ask.MEANS, "Measures"),
        (Ask.WHETHER, "Whether"),
        (Ask.FACT, "Fact"),
    ),
    help="How the question was understood. Change it, and the answer changes.",
    no_report_of="The library has no report from {regions}; what follows is from other reports.",
    some_reports_of="The library has no report from {regions}; what follows is from {present} only.",
    no_report_year="The library has no report that tells of {years}; what follows is from other years.",
)


def understanding_wording(language: Language) -> UnderstandingWording:
    """The texts in `language`."""
    return _ZH if language == "zh" else _EN
