"""What a comparing question asks of every single report: the question without regions, years and 各自."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answers.understanding.places import named_places
from answers.knowledge.tables import source
from answers.understanding.tokens import PLACE, TIME, YEAR, Token, Tokens
from answers.understanding.years import named_years, with_arabic_years, year_token

COUNTED_UNIT, COUNTED_PLACES = source("places", "unit"), source("places", "counted")
_ANY = f"[{PLACE}{TIME}]"
_NUMERAL = r"[一二两三四五六七八九十几数0-9]"
_YEAR = rf"{YEAR}(?:年度?)?(?!\s*(?:[届级版]|学年))"
_TIL = r"(?:\s*(?:[—\-–~～至到、，,和与及跟]|以及)\s*)"
# 2024年底, 截至2024年末, 从2018年到2022年, 2016年以来; 2024届毕业生 and 2035年远景规划 stay.
_YEARS = re.compile(
    rf"(?P<lead>截至|截止到?|从|自|在|到|至|早在)?(?P<years>{_YEAR}(?:{_TIL}{_YEAR})*)"
    rf"(?:全年|一年|年?[底末]|以[来后前]|之[间后]|期间|往后|开始|间|起|至今|到现在)*(?:这{_NUMERAL}+年)?(?![^，。？]{{0,4}}规划)"
)
_SPANS = re.compile(
    r"(?:最近|过去|近来|[近这前])(?:的)?[二两三四五六七八九十几数\d]+个?(?:年|次|份|届)(?:来|以来|间|里)?|历年来?|历次|历届|逐年"
    r"|各(?:个)?年度?(?![级龄])|不同的?年[份度]|每一年|(?:十多|十几|多|几)年来|这些年来?|近年来?|一直以来"
)
_ENGLISH_SPANS = re.compile(
    r"\s*\b(?:(?:in|over|for|during|of|from) )?(?:(?:each|every one|all) of )?the (?:last|past|recent) "
    r"(?:\w+ )?years?\b|\s*\b(?:(?:in|for) )?(?:each|every) year\b|\s*\byear by year\b|\s*\b(?:over|through) the years\b",
    re.I,
)
_EACH_YEAR = re.compile(rf"(?<={_ANY})每年|^每年|(?<=[，,])每年(?!都?新增)")
_TIMES_IN_BRACKETS = re.compile(rf"[（(][{TIME}、，,和\s年]+[）)]")
_REPORTS = re.compile(
    rf"(?:{_ANY}(?:的|在|年|各份|每份)*|(?:^|(?<=[，,在]))(?:各份|每份|这些|总理)?)(?:国务院|中央|全国)?(?:的)?(?:政府)?(?:工作)?报告(?:的?回顾|的?总结)?(?:里面?|之?中(?![央国])|上)?(?:都|是)?"
    r"|政府工作报告(?:里面?|中(?![央国])|上)?(?:都|是)?"
)
# 两地, 哪个省, 三者 where no name stands beside them; 几个省重点实验室 are no provinces.
_COUNTED_ALONE = re.compile(
    rf"(?<!是)(?:(?:这|那|上述)?(?:{_NUMERAL}+个?|哪些|哪几?个?|哪一?个?)(?:[\u4e00-\u9fff]{{0,4}}?大?(?=省|直辖市|自治区))?{COUNTED_UNIT}(?:一市)?"
    r"(?=[的都分各是有在对怎哪今去上谁、，,；;。？?和与]|比|更|$)|三者|两者|各级政府)"
)
_ALL_CITIES = re.compile(r"(?:各个?|哪[些几]个?|每个)(?:地级市|城市|市[县区]?|[县区]市?)(?![场民区政值域])")
_ENGLISH_PROVINCES = re.compile(rf"{PLACE}\s+(?:provinces?|regions?|municipalities|cities)\b", re.I)
# What binds the places and times, and counts them: 辽宁、吉林和黑龙江三省, 河北、山东等产粮大省.
_BOUND = r"(?:[、，,\s]|和|与|及|跟|同|等|以及|还有|\band\b|\bvs\b)"
_COUNTING = (
    rf"(?:周边|沿线)?(?:{COUNTED_PLACES}|(?:等|这|那|上述)?{_NUMERAL}+个?[\u4e00-\u9fff]{{0,4}}?大?(?:{COUNTED_UNIT}|城市|市(?![场民政值]))"
    r"|(?:等|[这那]些|各|几个)(?:城市|市(?![场民区政值县]))|等[\u4e00-\u9fff]{1,5}?(?:省区|省份|省|地区|城市)|级政府|人民政府)?"
)
_UNIT = rf"(?:{PLACE}{_COUNTING}|{TIME})"
_LISTED = re.compile(
    rf"(?:\b(?:of|in|for|by|does|do|did|will)\s+)?(?:the\s+)?(?:在|从|来自|[对就](?={PLACE}[^，。？]{{0,3}}(?:来[说讲]|而言)))?{_UNIT}(?:{_BOUND}*{_UNIT})*(?:等(?![级候同于效量额]))?"
    r"(?:之间|(?:范围)?内(?![需外陆部河]))?(?:来[说讲]|而言)?(?:的|都(?!市)|所(?![有需在])|'s)?",
    re.I,
)
# Asked of all cells together: the table answers it, no report does.
_WHICH = r"(?:其中)?(?:(?:哪一?(?:个|里|家)|哪一?[个些]?[省地市年](?:份|方|区)?|谁)(?:的)?)?(?:最|更|较)(?:高|低|大|小|多|少|快|慢|强|重视|积极)(?:些)?"
_DIFFERENCE = r"(?:之间)?(?:有|存在)?(?:什么|何|哪些|没有|无)?(?:明显|主要)?(?:的)?(?:不同(?!年|的)|不一样|区别|差别|差异|异同)(?:之处|点)?(?:在哪里?|吗|是什么)?(?=[，,；;。？?]|$)"
_TOGETHER = re.compile(
    rf"(?:[，,；;。？?]\s*)?(?:{_WHICH})(?=[，,；;。？?]|$)|{_DIFFERENCE}|[，,；;。？?]\s*(?:请)?(?:做|列|排)[^，。？]*(?:比较|对比|排序|排名|表格?)"
)
_WHO = re.compile(r"哪一?[个里家省地市年些]|谁")
_CHANGE = re.compile(
    r"(?:是|都)?(?:怎么|如何|怎样|有(?:什么|何|哪些|没有)?|发生了(?:什么|哪些))(?:逐年)?(?:变化|变动|演变|调整|变)(?:过程|趋势)?(?:的)?(?:吗|呢)?"
    r"|的?(?:变化|走势|演变)(?:趋势|情况|过程)?(?=[？?。]|$)"
)
# 打算怎么调整 asks for a plan, not for what differs between reports.
_INTENDS = re.compile(
    r"(?:打算|准备|计划|将|拟|要|今年|明年|下一步)[^，。？]{0,12}(?:怎么|如何|怎样)(?:变|调)"
)
_LEAD = re.compile(
    r"^(?:请|帮我|麻烦|给我)*(?:对比|比较|比一比|比对|列出|汇总|梳理)(?:一下|下)?|^\s*compare\s+", re.I
)
# 各 before what is done, not before what there are several of: 各类、各级、各行各业.
_EACH = re.compile(
    r"各自(?:的|都)?|分别(?:都)?|(?<!每)各(?![类种级方项界族地国业部环领阶县区市省乡镇村单位个校院派式样条层司色尽显展其大高企园站线主平岗街社学民年季]|行[各业]|有关|相关|有特色|自为)"
)
_SAYING = re.compile(r"都?是?(?:怎么|如何|怎样)(?:说|提|讲|写|表述|描述|提及|回答)的?")
# A topic that ends so is asked for its amount: 近三年的赤字率？
_AMOUNT = re.compile(
    r"(?:[率量额]|目标|增速|增幅|规模|人数|面积|里程|收入|支出|总值|投资|比重|比例|占比|预算|GDP|指标|强度)$",
    re.I,
)
_ASKS = re.compile(r"多[少大高长远久快重宽]|[几吗哪何咋谁]|什么|怎|[A-Za-z]{4}|是否|有没有|还是")
_DANGLING = re.compile(
    r"^(?:的|把|说(?:的|到|了)?(?![法明服])|和(?![谐平美顺解])|与(?![会时世])|都(?!市))+|(?:(?<![说提讲写])的|和|与|在|对)+(?=[？?]?$)"
)
_MARKS = " ，,；;。？?：:、"


def strip_scope(query: str, newest: int | None = None) -> str:
    """`query`, in Simplified characters, as each report can be asked it about itself.

    «东三省今年打算怎么鼓励大家生孩子？» becomes «今年打算怎么鼓励大家生孩子？»: in a report on its own
    the names of regions and years only draw the search to sentences that repeat them. Words that ask
    about all reports together (哪个最高, 有什么不同) go as well. `newest` is the year of the newest report
    asked: 到2027年 then stays, 到2024年底 is a time of which the report itself tells.
    """
    text = _without_together(_LEAD.sub("", with_arabic_years(query)))
    text = _of_one_report(text, newest)
    text = _EACH.sub("", text)
    text = _tidy(_without_saying(_without_change(text)))
    if len(re.findall(r"\w", text)) < 2:
        return query
    if _AMOUNT.search(text) and not _ASKS.search(text):
        text += "是多少"
    elif _ASKS.search(query) and not _ASKS.search(text):
        text += "是什么"  # 提法有什么不同 asks each report for its own
    return text + "？" if query.endswith(("?", "？")) or text.endswith("多少") else text


def _of_one_report(text: str, newest: int | None) -> str:
    """The text without the places asked and the times of the reports, and without what binds them."""
    places = [m for m in named_places(text).mentions if m.asked and not m.topic]
    tokens = Tokens.of(text).joined(
        [
            *(Token(text[m.start : m.end], PLACE, m.start, m.end) for m in places),
            *map(year_token, named_years(text).mentions),
        ]
    )
    several_years = bool(_SPANS.search(tokens.signs)) or len(re.findall(_YEAR, tokens.signs)) > 1
    found = tokens
    tokens = tokens.replaced(_YEARS, TIME, lambda match: not _is_ahead(found.within(match, "years"), match["lead"], newest))
    tokens = tokens.replaced(_SPANS, TIME).replaced(_ENGLISH_SPANS, "").replaced(_TIMES_IN_BRACKETS, TIME)
    tokens = tokens.replaced(_EACH_YEAR, TIME).replaced(_REPORTS, TIME).replaced(_EACH_YEAR, TIME)
    if not places:
        tokens = tokens.replaced(_ALL_CITIES, PLACE)
    tokens = tokens.replaced(_COUNTED_ALONE, PLACE).replaced(_ENGLISH_PROVINCES, PLACE)
    text = tokens.replaced(_LISTED, "").text
    if several_years:
        # The report's own year, whichever that is.
        text = re.sub(r"当年度?(?!价)", "今年", text)
    return re.sub(r"前一年度?", "去年", text)


def _is_ahead(time: Sequence[Token], lead: str | None, newest: int | None) -> bool:
    """Whether a time is a year until which something shall be done: 到2030年."""
    years = [int(token.text) for token in time if token.sign == YEAR]
    return lead in ("到", "至") and len(years) == 1 and (newest is None or years[0] > newest)


def _without_together(text: str) -> str:
    """Without what the table answers and no report does; 怎样让收入更高 asks each report."""
    text = re.sub(_DIFFERENCE, "", text)
    return (
        _TOGETHER.sub("", text)
        if _WHO.search(text) or not re.search(r"[更最较][\u4e00-\u9fff]{1,2}[？?]?$", text)
        else text
    )


def _without_change(text: str) -> str:
    return text if _INTENDS.search(text) else _CHANGE.sub("", text)


def _without_saying(text: str) -> str:
    """Drop a clause that only says 各怎么说 if what is asked stands in another."""
    parts = re.split(r"(?<=[，,；;。？?：:])", text)
    kept = [part for part in parts if _SAYING.sub("", part).strip(_MARKS + "的又")]
    return "".join(kept) if _ASKS.search("".join(kept)) else text


def _tidy(text: str) -> str:
    text = re.sub(r"[（(][\s、，,和年]*[）)]", "", text)
    text = re.sub(r"\s+", " ", text).strip(_MARKS)
    text = _DANGLING.sub("", text).strip(_MARKS)
    return re.sub(r"([，,、；;：:])[，,、；;：:]+", r"\1", text)
