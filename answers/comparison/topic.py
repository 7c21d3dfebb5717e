"""What a comparing question asks of every single report: the question without regions, years and 各自."""

from __future__ import annotations

import re

from answers.places import named_places
from answers.region_names import ABBREVIATIONS, ENGLISH, ENGLISH_GROUPS, GROUPS

# 长三角一体化 is what a question is about, not where.
_NOT_A_TOPIC = (
    r"(?!一体化|协同|双城|大湾区|经济[带圈]|城市群|都市圈|生态绿色|自[由主]贸|全面振兴|崛起|振兴|大开发)"
)
_NUMERAL = r"[一二两三四五六七八九十几数0-9]"
_COUNTED = (
    rf"(?:这|那|上述)?(?:(?:{_NUMERAL}+个?|各个?|哪些|哪几?个|哪一?)(?:[\u4e00-\u9fff]{{0,4}}?大?(?=省|直辖市|自治区))?"
    r"(?:省区市|省市|省[份区]?|直辖市|自治区|城市|市(?![场民区政值县])|地(?:方|区(?!生产))?(?![面下铁区])|级政府)(?:一市)?|三者|两者)"
)
_YEAR = r"(?:19|20)\d\d年?"
_YEARS = (
    rf"(?:从|自|在)?{_YEAR}(?:度)?(?:\s*(?:[—\-–~～至到、，和与及跟]|以及)\s*{_YEAR})*(?:以来|之间|期间|间)?"
    rf"(?:这{_NUMERAL}+年)?"
    rf"|(?:最近|过去|近来|[近这前])(?:的)?{_NUMERAL}+(?:年|次|份|届)(?:来|以来|间|里)?"
    r"|历年来?|历次|逐年|每一?年|(?:十多|十几|多|几)年来|这些年来?|一直以来"
)
_REPORTS = r"(?:的|在|历年|历次)*(?:国务院|中央|全国)?(?:的)?(?:政府)?(?:工作)?报告(?:里|中|上)?(?:都|是|对)?"
# Asked of all cells together: the table answers it, no report does.
_WHICH = r"(?:其中)?(?:(?:哪一?(?:个|里|家)|哪一?[个些]?[省地市年](?:份|方|区)?|谁)(?:的)?)?(?:最|更|较)(?:高|低|大|小|多|少|快|慢|强|重视|积极)(?:些)?"
_DIFFERENCE = r"(?:之间)?(?:有|存在)?(?:什么|何|哪些|没有|无)?(?:明显|主要)?(?:的)?(?:不同|区别|差别|差异|异同)(?:之处|点)?(?:在哪里?|吗|是什么)?(?=[，,；;。？?]|$)"
_TOGETHER = re.compile(
    rf"(?:[，,；;。？?]\s*)?(?:{_WHICH})(?=[，,；;。？?]|$)|{_DIFFERENCE}|[，,；;。？?]\s*(?:请)?(?:做|列|排)[^，。？]*(?:比较|对比|排序|排名|表格?)"
)
_CHANGE = re.compile(
    r"(?:是|都)?(?:怎么|如何|怎样|有(?:什么|何|哪些|没有)?|发生了(?:什么|哪些))(?:逐年)?(?:变化|变动|演变|调整|变)(?:过程|趋势)?(?:的)?(?:吗|呢)?"
    r"|的?(?:变化|走势|演变)(?:趋势|情况|过程)?(?=[？?。]|$)"
)
_LEAD = re.compile(
    r"^(?:请|帮我|麻烦|给我)*(?:对比|比较|比一比|比对|列出|汇总|梳理)(?:一下|下)?|^\s*compare\s+", re.I
)
# 各 before what is done, not before what there are several of: 各类、各级、各行各业.
_EACH = re.compile(
    r"各自(?:的|都)?|分别|(?<!每)各(?![类种级方项界族地国业部环领阶县区市省乡镇村单位个校院界派式样条层族司色尽显展其]|行[各业]|有关|相关|有特色|自为)"
)
_SAYING = re.compile(r"都?是?(?:怎么|如何|怎样)(?:说|提|讲|写|表述|描述|提及|回答)的?")
# A topic that ends so is asked for its amount: 近三年的赤字率？
_AMOUNT = re.compile(
    r"(?:[率量额]|目标|增速|增幅|规模|人数|面积|里程|收入|支出|总值|投资|比重|比例|占比|预算|GDP|指标|强度)$",
    re.I,
)
_MARKS = " ，,；;。？?：:、"


def strip_scope(query: str) -> str:
    """`query`, in Simplified characters, as each report can be asked it about itself.

    «东三省今年打算怎么鼓励大家生孩子？» becomes «今年打算怎么鼓励大家生孩子？»: in a report on its own
    the names of regions and years only draw the search to sentences that repeat them. Words that ask
    about all reports together (哪个最高, 有什么不同) go as well.
    """
    text = _TOGETHER.sub("", _LEAD.sub("", query))
    text = re.sub(rf"(?:{_YEARS})(?:的|里|中(?!央|部|国|小))?(?![^，。？]{{0,4}}规划)", "", text)
    text = _EACH.sub("", _without_regions(text))
    text = _tidy(_without_saying(_CHANGE.sub("", text)))
    if len(re.findall(r"\w", text)) < 2:
        return query
    if _AMOUNT.search(text) and not re.search(r"多少|[几吗哪何咋]|什么|怎", text):
        text += "是多少"
    return text + "？" if query.endswith(("?", "？")) or text.endswith("多少") else text


def _without_regions(text: str) -> str:
    one = rf"(?:{_region_names(text)}|{_COUNTED})"
    # Names, what binds them and what counts them: 辽宁、吉林和黑龙江三省.
    listed = rf"(?:在|从)?{one}(?:\s*(?:[、，,]|和|与|及|跟|同|以及|还有|\band\b|\bvs\b)?\s*{one})*(?:之间|(?:地区|范围)内)?"
    text = re.sub(listed, "〇", text, flags=re.I)
    text = re.sub(rf"〇?(?:国务院|总理|中央政府)?{_REPORTS}|(?:国务院|总理|中央政府)(?:的|在)?", "〇", text)
    text = re.sub(r"(?:\b(?:of|in|for|by|does|do|did|will)\s+)?(?:the\s+)?〇(?:的|都|在|对|所|'s)?", "", text)
    return text


def _without_saying(text: str) -> str:
    """Drop a clause that only says 各怎么说; what is asked stands in another."""
    parts = re.split(r"(?<=[，,；;。？?：:])", text)
    kept = [part for part in parts if _SAYING.sub("", part).strip(_MARKS + "的又")]
    return "".join(kept or parts)


def _tidy(text: str) -> str:
    text = re.sub(r"[（(][\s、，,和年]*[）)]", "", text)
    text = re.sub(r"\s+", " ", text).strip(_MARKS + "的和与在中里对把")
    return re.sub(r"([，,、；;：:])[，,、；;：:]+", r"\1", text)


def _region_names(query: str) -> str:
    """A pattern for the names of the regions that the question names, and of groups, the longest first."""
    named = named_places(query).regions
    names = {name for r in named for name in (r.name, r.short, r.short + "省") if len(name) >= 2}
    words = "|".join(sorted(map(re.escape, {*names, *ENGLISH}), key=len, reverse=True))
    groups = "|".join(f"(?:{pattern})" for pattern in (*GROUPS, *ENGLISH_GROUPS))
    # One-character names stand for provinces only in company: 皖鄂湘豫, 川渝.
    letters = rf"[{''.join(ABBREVIATIONS)}]{{2,}}(?=[、和与的各]|{_NUMERAL}|[今去明上]年)"
    # 黄河南岸 is not 河南.
    return (
        rf"(?:(?<![黄太泰庭阳巢])(?:{words})|{groups}|{letters}){_NOT_A_TOPIC}"
        r"(?:省份?|市(?![场民区政值县])|自治区|地区(?!生产))?"
    )
